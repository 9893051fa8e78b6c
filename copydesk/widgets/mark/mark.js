// @ts-check
/** The mark task: words as buttons, a code for each loaded stretch, and the key's reasons. */
import { count, el, isRecord, LONGEST_TEXT, paragraphs, same, t, voice } from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {[number, number, string]} Mark first word, last word (included), code */
/** @typedef {{marks: Mark[], first_marks: Mark[] | null, dissent: Record<string, string>}} Answer */
/** @typedef {{id: string, first: number, last: number, reach: [number, number], code: string,
 *   strength: number, readings: string[], why: string, plain: string, against: string,
 *   swap: {first: number, last: number, text: string}}} KeyMark */
/** @typedef {{id: string, first: number, last: number, readings: string[], why_fair: string}} Control */
/** @typedef {{code: string, letter: string, name: string, what: string}} CodeInfo */
/** @typedef {{id: string, prompt: string, language: string, lines: string[][], ui: Record<string, string>,
 *   codes: CodeInfo[], readings: string[], key: KeyMark[], controls: Control[]}} Task */
/** @typedef {"both" | "fair" | "wide" | "elsewhere"} Result */
/** @typedef {{mark: Mark, result: Result, found: KeyMark[], covered: KeyMark[], touched: Control[]}} Outcome */

/** Width of the list of codes in pixels; mark.css has the same. Beside the text it covers no word. */
const MENU_WIDTH = 304;
/** @type {Answer} */
const EMPTY = { marks: [], first_marks: null, dissent: {} };

/**
 * Whether [first, last] and a place of the task share a word.
 * @param {number} first
 * @param {number} last
 * @param {{first: number, last: number}} place
 */
const touches = (first, last, place) => first <= place.last && last >= place.first;

/**
 * The marks with one more; marks that it overlaps give way, for a word has one code at a time.
 * @param {Mark[]} marks
 * @param {Mark} mark
 * @returns {Mark[]}
 */
export function put(marks, mark) {
	return [...take(marks, mark[0], mark[1]), mark].sort((a, b) => a[0] - b[0]);
}

/**
 * The marks without those that touch the words first to last.
 * @param {Mark[]} marks
 * @param {number} first
 * @param {number} last
 */
export function take(marks, first, last) {
	return marks.filter(([from, to]) => !touches(first, last, { first: from, last: to }));
}

/**
 * What the task's table says of these marks. No rule stands here: Python wrote how far a mark may
 * reach into the task, and this looks it up and counts.
 * @param {Pick<Task, "key" | "controls">} task
 * @param {Mark[]} marks
 */
export function feedback(task, marks) {
	/** @type {Outcome[]} */
	const outcomes = marks.map((mark) => {
		const [first, last] = mark;
		const covered = task.key.filter((k) => touches(first, last, k));
		const found = covered.filter((k) => k.reach[0] <= first && last <= k.reach[1]);
		const touched = task.controls.filter((c) => touches(first, last, c));
		/** @type {Result} */
		const result = found.length
			? "both"
			: covered.length
				? "wide"
				: touched.length
					? "fair"
					: "elsewhere";
		return { mark, result, found, covered, touched: result === "both" ? [] : touched };
	});
	const found = new Set(outcomes.flatMap((o) => o.found));
	const fair = new Set(outcomes.flatMap((o) => o.touched));
	return {
		outcomes,
		found: task.key.filter((k) => found.has(k)),
		missed: task.key.filter((k) => !found.has(k)),
		fair: task.controls.filter((c) => fair.has(c)),
		elsewhere: outcomes.filter((o) => o.result === "elsewhere").length,
		wide: outcomes.filter((o) => o.result === "wide").length,
	};
}

/**
 * What is wrong with an answer from a file, or null.
 * @param {Task} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	if (!isRecord(answer)) return "not an object";
	const words = task.lines.reduce((sum, line) => sum + (line.length - 1) / 2, 0);
	const codes = new Set(task.codes.map((c) => c.code));
	for (const name of ["marks", "first_marks"]) {
		const marks = answer[name];
		if (name === "first_marks" && (marks === null || marks === undefined)) continue;
		if (!Array.isArray(marks)) return `${name} is not a list`;
		if (marks.length > words * codes.size) return `${name} has more marks than the article has words`;
		for (const mark of marks) {
			if (!Array.isArray(mark) || mark.length !== 3) return `${name}: not [first, last, code]`;
			const [first, last, code] = mark;
			if (!Number.isInteger(first) || !Number.isInteger(last)) return `${name}: a word number is not whole`;
			if (first < 0 || last < first || last >= words) return `${name}: words ${first} to ${last} are not in the article`;
			if (!codes.has(code)) return `${name}: unknown code`;
		}
	}
	const dissent = answer.dissent ?? {};
	if (!isRecord(dissent)) return "dissent is not an object";
	if (Object.keys(dissent).length > words * codes.size) return "dissent has more entries than the article has words";
	for (const text of Object.values(dissent))
		if (typeof text !== "string" || text.length > LONGEST_TEXT) return "a dissent is not a short text";
	return null;
}

/**
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const ui = task.ui;
	const codes = new Map(task.codes.map((c) => [c.code, c]));
	const letters = new Map(task.codes.map((c) => [c.letter.toLowerCase(), c.code]));
	const live = voice();

	/** @type {HTMLElement[]} */
	const words = [];
	/** @type {number[]} the line of each word */
	const lineOf = [];
	/** @type {[number, number][]} first and last word of each line */
	const bounds = [];
	/** @type {string[]} what each word looks like now, so that only what changes is written */
	const looks = [];
	/** @type {Map<number, string>} */
	const gapLooks = new Map();

	/** @type {Answer} */
	let answer = { ...EMPTY, ...model.get("answer") };
	/** @type {Mark[][]} */
	const past = [];
	/** @type {{anchor: number, head: number} | null} */
	let selection = null;
	/** @type {ReturnType<typeof feedback> | null} */
	let checked = null;
	/** @type {Mark[]} */
	let checkedMarks = [];
	let showKey = true;
	/** @type {Map<string, {was: HTMLElement, now: HTMLElement}>} */
	const swapped = new Map();
	let lastCode = task.codes[0]?.code ?? "";
	let at = 0;

	// --- the article as words ----------------------------------------------------------------

	const article = el("div", {
		class: "cd-article",
		role: "toolbar",
		"aria-label": ui.words,
		"aria-orientation": "horizontal",
		lang: task.language,
	});
	const lines = paragraphs(task.lines, (pieces, number) => {
		/** @type {(Node | string)[]} */
		const nodes = [];
		const start = words.length;
		pieces.forEach((piece, i) => {
			if (i % 2 === 0) {
				if (piece) nodes.push(piece);
				return;
			}
			const n = words.length;
			const word = document.createElement("span");
			word.className = "cd-w";
			word.textContent = piece;
			word.dataset.word = String(n);
			word.setAttribute("role", "button");
			word.tabIndex = n === 0 ? 0 : -1;
			word.setAttribute("aria-pressed", "false");
			words.push(word);
			lineOf.push(number);
			looks.push("");
			nodes.push(word);
		});
		bounds.push([start, words.length - 1]);
		return nodes;
	});
	article.append(...lines);

	/** @param {number} first @param {number} last */
	const quote = (first, last) => {
		const [start] = bounds[lineOf[first]];
		const pieces = task.lines[lineOf[first]];
		return pieces.slice(2 * (first - start) + 1, 2 * (last - start) + 2).join("");
	};
	/** @param {string} code */
	const codeName = (code) => codes.get(code)?.name ?? code;
	/** @param {number} n */
	const markAt = (n) => answer.marks.find(([first, last]) => first <= n && n <= last);
	/** @returns {[number, number] | null} */
	const selected = () =>
		selection && [Math.min(selection.anchor, selection.head), Math.max(selection.anchor, selection.head)];

	/**
	 * Write what has changed since the last time, and only that: a long article has many words.
	 */
	function paint() {
		const next = new Array(words.length).fill("");
		/** @type {Map<number, string>} */
		const labels = new Map();
		/** @type {Map<number, string>} */
		const gaps = new Map();
		/** @param {number} first @param {number} last @param {string} look @param {string} tag */
		const wear = (first, last, look, tag) => {
			for (let n = first; n <= last; n++) {
				next[n] = `${look}${n === first ? " first" : ""}${n === last ? ` last|${tag}` : ""}`;
				if (n < last) gaps.set(n, look);
			}
		};
		if (checked && showKey)
			for (const k of checked.missed) {
				wear(k.first, k.last, `key ${k.code}`, codes.get(k.code)?.letter ?? "");
				for (let n = k.first; n <= k.last; n++)
					labels.set(n, t(ui, "word-key", { word: words[n].textContent ?? "", code: codeName(k.code) }));
			}
		for (const [first, last, code] of answer.marks) {
			const outcome = checked?.outcomes.find((o) => o.mark[0] === first && o.mark[1] === last);
			const result = outcome?.result;
			wear(first, last, `own ${code}${result ? ` ${result}` : ""}`, codes.get(code)?.letter ?? "");
			for (let n = first; n <= last; n++) {
				const word = words[n].textContent ?? "";
				labels.set(
					n,
					result
						? t(ui, "word-result", { word, code: codeName(code), result: t(ui, `result-${result}`) })
						: t(ui, "word-marked", { word, code: codeName(code) }),
				);
			}
		}
		const range = selected();
		if (range)
			for (let n = range[0]; n <= range[1]; n++) {
				const [look, tag] = next[n].split("|");
				next[n] = `${look} sel${tag ? `|${tag}` : ""}`;
			}
		for (let n = 0; n < words.length; n++) {
			if (next[n] === looks[n]) continue;
			looks[n] = next[n];
			const [look, tag] = next[n].split("|");
			const word = words[n];
			word.className = `cd-w ${look}`.trim();
			if (tag) word.dataset.tag = tag;
			else delete word.dataset.tag;
			const label = labels.get(n);
			if (label) word.setAttribute("aria-label", label);
			else word.removeAttribute("aria-label");
			word.setAttribute("aria-pressed", String(look.startsWith("own")));
		}
		for (const n of new Set([...gaps.keys(), ...gapLooks.keys()])) {
			const look = gaps.get(n) ?? "";
			if (gapLooks.get(n) !== look) gapAfter(n).className = `cd-g ${look}`.trim();
			gapLooks.set(n, look);
		}
		tally.textContent = count(ui, "count", answer.marks.length);
		undo.disabled = past.length === 0;
		clear.disabled = answer.marks.length === 0;
		check.textContent = answer.first_marks ? ui["check-again"] : ui.check;
		changed.hidden = !checked || same(checkedMarks, answer.marks);
	}

	/**
	 * The gap behind a word as an element of its own, made when it is first coloured.
	 * @param {number} n
	 */
	function gapAfter(n) {
		const gap = words[n].nextSibling;
		if (gap instanceof HTMLElement && gap.classList.contains("cd-g")) return gap;
		const wrapped = el("span", { class: "cd-g" }, gap?.textContent ?? "");
		if (gap) gap.replaceWith(wrapped);
		return wrapped;
	}

	// --- answers -----------------------------------------------------------------------------

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
	}

	/** @param {Mark[]} marks */
	function change(marks) {
		if (same(marks, answer.marks)) return;
		past.push(answer.marks);
		keep({ marks });
	}

	/** @param {string} code */
	function mark(code) {
		const range = selected();
		if (!range) return;
		lastCode = code;
		change(put(answer.marks, [range[0], range[1], code]));
		live.say(t(ui, "said-marked", { quote: quote(...range), code: codeName(code) }));
		paint();
		fillMenu();
	}

	function unmark() {
		const range = selected();
		if (!range) return;
		change(take(answer.marks, ...range));
		live.say(t(ui, "said-unmarked", { quote: quote(...range) }));
		paint();
		closeMenu();
	}

	// --- moving and selecting ----------------------------------------------------------------

	/** @param {number} n @param {{extend?: boolean, focus?: boolean}} [how] */
	function go(n, { extend = false, focus = true } = {}) {
		n = Math.max(0, Math.min(words.length - 1, n));
		if (extend && selection) {
			const [low, high] = bounds[lineOf[selection.anchor]];
			n = Math.max(low, Math.min(high, n));
			selection = { anchor: selection.anchor, head: n };
			const range = selected();
			if (range) live.say(t(ui, "said-selected", { quote: quote(...range) }));
		} else selection = { anchor: n, head: n };
		words[at].tabIndex = -1;
		at = n;
		words[n].tabIndex = 0;
		if (focus) words[n].focus({ preventScroll: false });
		paint();
	}

	/**
	 * The word nearest above or below, by where it stands on the screen.
	 * @param {number} n
	 * @param {1 | -1} step
	 */
	function vertical(n, step) {
		const here = words[n].getBoundingClientRect();
		const middle = (here.left + here.right) / 2;
		let best = n;
		let bestGap = Number.POSITIVE_INFINITY;
		/** @type {number | null} */
		let row = null;
		for (let i = n + step; i >= 0 && i < words.length; i += step) {
			const box = words[i].getBoundingClientRect();
			if (Math.abs(box.top - here.top) < here.height / 2) continue;
			row ??= box.top;
			if (Math.abs(box.top - row) >= here.height / 2) break;
			const gap = Math.abs((box.left + box.right) / 2 - middle);
			if (gap < bestGap) [best, bestGap] = [i, gap];
		}
		return best;
	}

	/** Select the whole mark that a word belongs to, or the word. @param {number} n */
	function pick(n) {
		go(n);
		const own = markAt(n);
		const missed = checked && showKey ? checked.missed.find((k) => k.first <= n && n <= k.last) : null;
		if (own) selection = { anchor: own[0], head: own[1] };
		else if (missed) selection = { anchor: missed.first, head: missed.last };
		paint();
	}

	/** @param {Event} event */
	const wordOf = (event) => {
		const target = event.target instanceof Element ? event.target.closest(".cd-w") : null;
		return target instanceof HTMLElement ? Number(target.dataset.word) : null;
	};

	let dragging = false;
	let byMouse = false;
	article.addEventListener("pointerdown", (event) => {
		const n = wordOf(event);
		byMouse = event.pointerType === "mouse";
		if (n === null || !byMouse || event.button !== 0) return;
		event.preventDefault(); // the browser's own text selection would cover ours
		dragging = true;
		go(n, { extend: event.shiftKey });
	});
	article.addEventListener("pointerover", (event) => {
		const n = dragging ? wordOf(event) : null;
		if (n !== null && n !== selection?.head) go(n, { extend: true });
	});
	const release = () => {
		if (!dragging) return;
		dragging = false;
		if (selection && selection.anchor === selection.head) pick(selection.head);
		openMenu();
	};
	article.addEventListener("pointerup", release);
	article.addEventListener("pointerleave", release);
	article.addEventListener("mousedown", (event) => {
		if (wordOf(event) !== null) event.preventDefault();
	});
	article.addEventListener("click", (event) => {
		// A mouse has done its work by now; what comes here is a finger or an assistive technology.
		const n = wordOf(event);
		if (n === null || (byMouse && event.detail > 0)) return;
		pick(n);
		openMenu();
	});
	article.addEventListener("focusin", (event) => {
		const n = wordOf(event);
		if (n !== null && !selection) go(n, { focus: false });
	});

	article.addEventListener("keydown", (event) => {
		const n = wordOf(event);
		if (n === null) return;
		const extend = event.shiftKey;
		const [low, high] = bounds[lineOf[n]];
		/** @type {Record<string, () => number>} */
		const moves = {
			ArrowRight: () => n + 1,
			ArrowLeft: () => n - 1,
			ArrowDown: () => vertical(n, 1),
			ArrowUp: () => vertical(n, -1),
			Home: () => (event.ctrlKey ? 0 : low),
			End: () => (event.ctrlKey ? words.length - 1 : high),
		};
		const code = event.ctrlKey || event.metaKey || event.altKey ? undefined : letters.get(event.key.toLowerCase());
		if (moves[event.key]) {
			if (!extend) closeMenu();
			go(moves[event.key](), { extend });
		} else if (code) {
			mark(code);
			if (!checked) closeMenu();
		} else if (event.key === "Enter" || event.key === " ") {
			const own = markAt(n);
			if (own && selection?.anchor === selection?.head) selection = { anchor: own[0], head: own[1] };
			if (!selection) go(n);
			paint();
			openMenu(true);
		} else if (event.key === "Delete" || event.key === "Backspace") unmark();
		else if (event.key === "Escape") {
			closeMenu();
			go(n);
		} else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) back();
		else return;
		event.preventDefault();
	});

	// --- the list of codes -------------------------------------------------------------------

	const menuTitle = el("p", { class: "cd-codes-title" });
	/** @type {Map<string, HTMLButtonElement>} */
	const codeButtons = new Map(
		task.codes.map((c) => [
			c.code,
			el(
				"button",
				{
					type: "button",
					class: `cd-code ${c.code}`,
					"data-code": c.code,
					"aria-pressed": "false",
					onclick: () => {
						mark(c.code);
						if (!checked) closeMenu(true);
					},
				},
				el("kbd", { "aria-hidden": "true" }, c.letter),
				el("span", {}, el("b", {}, c.name), " ", el("small", {}, c.what)),
			),
		]),
	);
	/** @param {-1 | 0 | 1} side */
	const grow = (side) => {
		const range = selected();
		if (!range) return;
		const [low, high] = bounds[lineOf[range[0]]];
		const own = answer.marks.find(([a, b]) => a === range[0] && b === range[1]);
		if (side === -1) range[0] = Math.max(low, range[0] - 1);
		else if (side === 1) range[1] = Math.min(high, range[1] + 1);
		else range[1] = Math.max(range[0], range[1] - 1);
		selection = { anchor: range[0], head: range[1] };
		if (own) change(put(take(answer.marks, own[0], own[1]), [range[0], range[1], own[2]]));
		live.say(t(ui, "said-selected", { quote: quote(...range) }));
		paint();
		fillMenu();
		placeMenu();
	};
	/** @param {string} name @param {string} sign @param {-1 | 0 | 1} side */
	const sizer = (name, sign, side) =>
		el(
			"button",
			{ type: "button", class: "cd-size", "aria-label": ui[name], title: ui[name], onclick: () => grow(side) },
			sign,
		);
	const unmarkButton = el("button", { type: "button", class: "cd-unmark", onclick: unmark }, ui.unmark);
	const menuCard = el("div", { class: "cd-codes-card" });
	const menu = el(
		"div",
		{ class: "cd-codes", role: "group", hidden: true },
		el(
			"div",
			{ class: "cd-codes-head" },
			menuTitle,
			sizer("longer-left", "‹+", -1),
			sizer("shorter", "−", 0),
			sizer("longer-right", "+›", 1),
			el(
				"button",
				{ type: "button", class: "cd-size", "aria-label": ui.close, title: ui.close, onclick: () => closeMenu(true) },
				"×",
			),
		),
		el("div", { class: "cd-codes-codes" }, ...codeButtons.values()),
		unmarkButton,
		menuCard,
	);
	menu.addEventListener("keydown", (event) => {
		const buttons = [...codeButtons.values()];
		const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
		const code = letters.get(event.key.toLowerCase());
		const typing = event.target instanceof HTMLTextAreaElement;
		if (event.key === "Escape") closeMenu(true);
		else if (typing) return;
		else if (here >= 0 && (event.key === "ArrowDown" || event.key === "ArrowRight"))
			buttons[(here + 1) % buttons.length].focus();
		else if (here >= 0 && (event.key === "ArrowUp" || event.key === "ArrowLeft"))
			buttons[(here + buttons.length - 1) % buttons.length].focus();
		else if (code && !event.ctrlKey && !event.metaKey && !event.altKey) {
			mark(code);
			closeMenu(true);
		} else return;
		event.preventDefault();
		event.stopPropagation();
	});

	function fillMenu() {
		const range = selected();
		if (!range) return;
		const own = answer.marks.find(([a, b]) => touches(range[0], range[1], { first: a, last: b }));
		const title = t(ui, "menu", { quote: quote(...range) });
		menuTitle.textContent = title;
		menu.setAttribute("aria-label", title);
		for (const [code, button] of codeButtons)
			button.setAttribute("aria-pressed", String(own?.[2] === code));
		unmarkButton.hidden = !own;
		menuCard.replaceChildren();
		if (checked && same(checkedMarks, answer.marks)) {
			const outcome = checked.outcomes.find((o) => touches(range[0], range[1], { first: o.mark[0], last: o.mark[1] }));
			const missed = checked.missed.find((k) => touches(range[0], range[1], k));
			if (outcome) menuCard.append(...outcomeCards(outcome));
			else if (missed) menuCard.append(keyCard(missed, null));
		}
	}

	function placeMenu() {
		const range = selected();
		if (!range || menu.hidden) return;
		// Read before writing, so that the browser lays the page out once.
		const frame = article.getBoundingClientRect();
		const word = words[range[1]].getBoundingClientRect();
		const beside = document.documentElement.clientWidth - frame.right >= MENU_WIDTH + 16;
		const left = beside
			? frame.width + 12
			: Math.max(0, Math.min(word.left - frame.left, frame.width - MENU_WIDTH));
		const room = document.documentElement.clientHeight - menu.offsetHeight - 12;
		const top = (beside ? Math.min(word.top - 12, Math.max(12, room)) : word.bottom + 8) - frame.top;
		menu.style.setProperty("--x", `${Math.round(left)}px`);
		menu.style.setProperty("--y", `${Math.round(top)}px`);
	}

	/** @param {boolean} [byKey] whether the list takes the focus */
	function openMenu(byKey = false) {
		fillMenu();
		menu.hidden = false;
		placeMenu();
		if (byKey) {
			const range = selected();
			const own = range && markAt(range[0]);
			codeButtons.get(own ? own[2] : lastCode)?.focus();
		}
	}

	/** @param {boolean} [giveFocus] whether the word takes the focus back */
	function closeMenu(giveFocus = false) {
		const held = menu.contains(document.activeElement);
		menu.hidden = true;
		if (giveFocus || held) words[at]?.focus({ preventScroll: true });
	}
	/** @param {Event} event */
	const outside = (event) => {
		if (menu.hidden || !(event.target instanceof Node)) return;
		if (!menu.contains(event.target) && !article.contains(event.target)) menu.hidden = true;
	};
	document.addEventListener("pointerdown", outside);
	document.addEventListener("focusin", outside);

	// --- what the key says -------------------------------------------------------------------

	/** @param {string} id @param {string} words_ */
	function dissentField(id, words_) {
		const field = el("textarea", {
			rows: 2,
			maxlength: LONGEST_TEXT,
			"aria-label": t(ui, "dissent-label", { quote: words_ }),
			oninput: () => {
				const { [id]: _, ...rest } = answer.dissent;
				const text = field.value;
				keep({ dissent: text.trim() ? { ...rest, [id]: text } : rest });
			},
		});
		field.value = answer.dissent[id] ?? "";
		return el(
			"details",
			{ class: "cd-dissent", open: Boolean(answer.dissent[id]) },
			el("summary", {}, ui.dissent),
			field,
			el("p", { class: "cd-small" }, ui["dissent-note"]),
		);
	}

	/** @param {number} have @param {string} key */
	const readingsLine = (have, key) =>
		task.readings.length === 1
			? t(ui, `${key}.one`)
			: t(ui, `${key}.other`, { n: have, all: task.readings.length });

	/** @param {string} name @param {string} text */
	const reason = (name, text) => el("p", {}, el("b", {}, `${name}: `), text);

	/** @param {string} code */
	const chip = (code) => el("span", { class: `cd-chip ${code}` }, codeName(code));

	/** @param {string} title @param {...(Node | null | false)} children */
	const card = (title, ...children) =>
		el("div", { class: "cd-card" }, el("p", { class: "cd-card-title" }, `“${title}”`), ...children);

	/** @param {number} first */
	const shower = (first) =>
		el(
			"button",
			{
				type: "button",
				class: "cd-link",
				onclick: () => {
					pick(first);
					words[first].scrollIntoView({ block: "center" });
				},
			},
			ui["show-in-text"],
		);

	/** @param {KeyMark} k @param {Mark | null} own */
	function keyCard(k, own) {
		const swap = el("button", { type: "button", class: "cd-link", onclick: () => toggleSwap(k) });
		swapButtons.set(swap, k);
		const now = swapped.has(k.id);
		swap.textContent = now ? ui.unswap : ui.swap;
		swap.setAttribute("aria-pressed", String(now));
		return card(
			quote(k.first, k.last),
			el(
				"p",
				{ class: "cd-badges" },
				own && el("span", { class: `cd-chip ${own[2]}` }, t(ui, "you-said", { code: codeName(own[2]) })),
				el("span", { class: `cd-chip ${k.code}` }, t(ui, "key-said", { code: codeName(k.code) })),
				el("span", { class: "cd-small" }, t(ui, `strength-${k.strength}`)),
			),
			reason(ui.why, k.why),
			reason(ui.plain, k.plain),
			reason(ui.against, k.against),
			el("p", { class: "cd-small" }, readingsLine(k.readings.length, "readings")),
			el("p", { class: "cd-tools" }, swap, shower(k.first)),
			dissentField(k.id, quote(k.first, k.last)),
		);
	}

	/** @param {Outcome} o @returns {HTMLElement[]} */
	function outcomeCards({ mark: own, result, found, covered, touched }) {
		const [first, last, code] = own;
		if (result === "both") return found.map((k) => keyCard(k, own));
		const badge = el("p", { class: "cd-badges" }, chip(code));
		const words_ = quote(first, last);
		const id = `${first}-${last}`;
		if (result === "elsewhere")
			return [card(words_, badge, el("p", {}, ui["elsewhere-note"]), el("p", { class: "cd-tools" }, shower(first)), dissentField(id, words_))];
		const fair = touched.map((c) =>
			el(
				"div",
				{},
				reason(`${ui["why-fair"]} (“${quote(c.first, c.last)}”)`, c.why_fair),
				el("p", { class: "cd-small" }, readingsLine(c.readings.length, "readings-fair")),
			),
		);
		const wide =
			result === "wide" &&
			el("p", {}, t(ui, "wide-note", { quotes: covered.map((k) => `“${quote(k.first, k.last)}”`).join(", ") }));
		return [card(words_, badge, wide, ...fair, el("p", { class: "cd-tools" }, shower(first)), dissentField(id, words_))];
	}

	/** @type {Map<HTMLElement, KeyMark>} */
	const swapButtons = new Map();
	const allPlain = el("button", { type: "button", class: "cd-button", onclick: () => swapAll(swapped.size === 0) }, ui["swap-all"]);

	/** @param {KeyMark} k */
	function swapIn(k) {
		if (swapped.has(k.id)) return;
		const { first, last, text } = k.swap;
		const was = el("span", { class: "cd-was", hidden: true });
		const now = text
			? el("ins", { class: "cd-now" }, text)
			: el("ins", { class: "cd-now cd-none" }, ui["left-out"]);
		// Take every node from the first word to the last, gaps between them included.
		/** @type {Node[]} */
		const nodes = [];
		for (let node = /** @type {Node | null} */ (words[first]); node; node = node.nextSibling) {
			nodes.push(node);
			if (node === words[last]) break;
		}
		words[first].before(now, was);
		was.append(...nodes);
		swapped.set(k.id, { was, now });
	}

	/** @param {KeyMark} k */
	function swapOut(k) {
		const pair = swapped.get(k.id);
		if (!pair) return;
		pair.now.remove();
		pair.was.replaceWith(...pair.was.childNodes);
		swapped.delete(k.id);
	}

	function showSwaps() {
		for (const [button, k] of swapButtons) {
			const now = swapped.has(k.id);
			button.textContent = now ? ui.unswap : ui.swap;
			button.setAttribute("aria-pressed", String(now));
		}
		allPlain.textContent = swapped.size ? ui["unswap-all"] : ui["swap-all"];
		allPlain.setAttribute("aria-pressed", String(swapped.size > 0));
	}

	/** @param {KeyMark} k */
	function toggleSwap(k) {
		if (swapped.has(k.id)) swapOut(k);
		else swapIn(k);
		live.say(swapped.has(k.id) ? t(ui, "said-swapped", { text: k.swap.text }) : ui["said-unswapped"]);
		showSwaps();
	}

	/** @param {boolean} on */
	function swapAll(on) {
		for (const k of task.key) (on ? swapIn : swapOut)(k);
		if (!on) live.say(ui["said-unswapped"]);
		showSwaps();
	}

	const results = el("section", { class: "cd-feedback", "aria-label": ui.feedback, tabindex: -1, hidden: true });

	/** @param {string} name @param {HTMLElement[]} cards @param {boolean} [open] */
	const group = (name, cards, open = false) =>
		cards.length > 0 &&
		el(
			"details",
			{ class: `cd-group ${name}`, open },
			el("summary", {}, `${ui[`group-${name}`]} (${cards.length})`),
			...cards,
		);

	/** @param {number} part @param {number} whole @param {string} label @param {string} kind */
	const figure = (part, whole, label, kind) =>
		el(
			"div",
			{ class: `cd-figure-count ${kind}` },
			el("b", {}, String(part)),
			" ",
			el("span", {}, `${t(ui, "of", { n: whole })} ${label}`),
			el("progress", { max: Math.max(whole, 1), value: part, "aria-label": label }),
		);

	function showFeedback() {
		checked = feedback(task, answer.marks);
		checkedMarks = answer.marks;
		swapButtons.clear();
		/** @param {Result} result */
		const cardsOf = (result) =>
			checked ? checked.outcomes.filter((o) => o.result === result).flatMap(outcomeCards) : [];
		const all = task.key.length;
		const controls = task.controls.length;
		results.replaceChildren(
			...[
				el(
					"div",
					{ class: "cd-counts" },
					figure(checked.found.length, all, ui["loaded-found"], "loaded"),
					figure(checked.fair.length, controls, ui["fair-marked"], "fair"),
				),
				el("p", { class: "cd-small" }, t(ui, "both-matter", { all, controls })),
				checked.elsewhere > 0 && el("p", {}, t(ui, "elsewhere-line", { n: checked.elsewhere })),
				checked.wide > 0 && el("p", {}, t(ui, "wide-line", { n: checked.wide })),
				el(
					"div",
					{ class: "cd-row" },
					el(
						"label",
						{ class: "cd-check" },
						keyBox,
						" ",
						ui["show-key"],
					),
					allPlain,
				),
				group("both", cardsOf("both")),
				group("key", checked.missed.map((k) => keyCard(k, null))),
				group("fair", cardsOf("fair")),
				group("wide", cardsOf("wide")),
				group("elsewhere", cardsOf("elsewhere")),
			].filter((node) => node instanceof Node),
		);
		results.hidden = false;
		showSwaps();
		paint();
	}
	const keyBox = el("input", {
		type: "checkbox",
		checked: true,
		onchange: () => {
			showKey = keyBox.checked;
			paint();
		},
	});

	function checkNow() {
		closeMenu();
		if (!answer.first_marks) keep({ first_marks: answer.marks });
		showFeedback();
		if (checked)
			live.say(
				t(ui, "said-checked", {
					found: checked.found.length,
					all: task.key.length,
					fair: checked.fair.length,
					controls: task.controls.length,
				}),
			);
		results.focus({ preventScroll: true });
		results.scrollIntoView({ block: "nearest" });
	}

	function back() {
		const marks = past.pop();
		if (!marks) return;
		keep({ marks });
		paint();
		live.say(t(ui, "said-undone", { count: count(ui, "count", marks.length) }));
	}

	// --- put together ------------------------------------------------------------------------

	const tally = el("span", { class: "cd-tally" });
	const check = el("button", { type: "button", class: "cd-button cd-primary", "data-do": "check", onclick: checkNow });
	const undo = el("button", { type: "button", class: "cd-button", "data-do": "undo", onclick: back }, ui.undo);
	const clear = el(
		"button",
		{
			type: "button",
			class: "cd-button",
			"data-do": "clear",
			onclick: () => {
				change([]);
				closeMenu();
				paint();
				live.say(ui["said-cleared"]);
			},
		},
		ui.clear,
	);
	const changed = el("p", { class: "cd-small cd-changed", hidden: true }, ui.changed);

	root.classList.add("cd-mark");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el(
			"details",
			{ class: "cd-help" },
			el("summary", {}, ui["help-title"]),
			el("p", {}, ui.help),
			el(
				"dl",
				{},
				...task.codes.flatMap((c) => [
					el("dt", {}, el("span", { class: `cd-chip ${c.code}` }, `${c.letter} ${c.name}`)),
					el("dd", {}, c.what),
				]),
			),
		),
		el("div", { class: "cd-desk-top" }, article, menu),
		el("div", { class: "cd-actions" }, check, undo, clear, tally),
		changed,
		live.node,
		results,
	);
	if (answer.first_marks) showFeedback();
	else paint();

	const follow = () => {
		const next = { ...EMPTY, ...model.get("answer") };
		if (same(next, answer)) return;
		answer = next;
		if (checked) showFeedback();
		else paint();
	};
	model.on("change:answer", follow);
	return () => {
		model.off("change:answer", follow);
		document.removeEventListener("pointerdown", outside);
		document.removeEventListener("focusin", outside);
	};
}

export default { render };
