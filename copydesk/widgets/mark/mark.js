// @ts-check
/** The mark task: words as buttons, a code for each loaded stretch, and the key's reasons. */
import { count, el, same, settle, switchOff, t, voice } from "../kit.js";
import { cardMaker } from "./cards.js";
import { codeList } from "./codes.js";
import { listen } from "./hands.js";
import { EMPTY, fault, feedback, put, take, touches } from "./marks.js";
import { paper } from "./paper.js";

export { distinct, fault, feedback, put, take } from "./marks.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {import("./marks.js").Task} Task */
/** @typedef {import("./marks.js").Answer} Answer */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./marks.js").KeyMark} KeyMark */

/**
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const ui = task.ui;
	const article = paper(task);
	const live = voice();

	let answer = given();
	/** @type {Mark[][]} */
	const past = [];
	/** @type {{anchor: number, head: number} | null} words taken together; null: only the one in focus */
	let selection = null;
	/** @type {ReturnType<typeof feedback> | null} */
	let checked = null;
	/** @type {Mark[]} */
	let checkedMarks = [];
	let showKey = true;
	let lastCode = task.codes[0].code;
	let warned = false;

	/** The answer that was given; a notebook can hand in one that does not fit, which is passed over. */
	function given() {
		/** @type {Answer} */
		const whole = { ...EMPTY, ...model.get("answer") };
		return fault(task, whole) ? EMPTY : whole;
	}

	/** @param {number} n */
	const markAt = (n) => answer.marks.find(([first, last]) => first <= n && n <= last);
	/** @param {number} first @param {number} last */
	const outcomeOf = (first, last) =>
		checked?.outcomes.find(({ mark }) => mark[0] === first && mark[1] === last);
	/** @returns {[number, number] | null} */
	const selected = () =>
		selection && [
			Math.min(selection.anchor, selection.head),
			Math.max(selection.anchor, selection.head),
		];

	/** The mark that a word belongs to, the reader's or the key's, or the word. @param {number} n @returns {[number, number]} */
	function whole(n) {
		const own = markAt(n);
		if (own) return [own[0], own[1]];
		const key = article.swapOf(n) ?? (showKey && checked?.missed.find((k) => touches(n, n, k)));
		return key ? [key.first, key.last] : [n, n];
	}
	/** The words that a key or a button now speaks of. */
	const range = () => selected() ?? whole(article.at());

	function paint() {
		const nameOf = cards.codeName;
		/** @type {import("./paper.js").Layer[]} */
		const layers = [];
		for (const { first, last, code } of (showKey && checked?.missed) || [])
			layers.push({
				first,
				last,
				look: `key ${code}`,
				tag: letterOf(code),
				label: t(ui, "word-key", { code: nameOf(code) }),
			});
		for (const [first, last, code] of answer.marks) {
			const result = outcomeOf(first, last)?.result;
			const label = result
				? t(ui, "word-result", { code: nameOf(code), result: ui[`result-${result}`] })
				: t(ui, "word-marked", { code: nameOf(code) });
			layers.push({
				first,
				last,
				look: `own ${code}${result ? ` ${result}` : ""}`,
				tag: letterOf(code),
				label,
			});
		}
		article.paint(layers, selected());
		tally.textContent = count(ui, "count", answer.marks.length);
		switchOff(undo, past.length === 0);
		switchOff(clear, answer.marks.length === 0);
		check.textContent = answer.first_marks ? ui["check-again"] : ui.check;
		note.textContent = checked && !same(checkedMarks, answer.marks) ? ui.changed : "";
	}
	/** @param {string} code */
	const letterOf = (code) => task.codes.find((c) => c.code === code)?.letter ?? "";

	// --- answers -----------------------------------------------------------------------------

	/** @param {Partial<Answer>} part */
	function keep(part) {
		answer = { ...answer, ...part };
		model.set("answer", answer);
		model.save_changes();
	}

	/** @param {Mark[]} marks @returns {boolean} whether anything is new */
	function change(marks) {
		if (same(marks, answer.marks)) return false;
		past.push(answer.marks);
		keep({ marks });
		return true;
	}

	/** @param {string} code */
	function mark(code) {
		const [first, last] = range();
		lastCode = code;
		change(put(answer.marks, [first, last, code]));
		close(true);
		paint();
		live.say(
			t(ui, "said-marked", { quote: article.quote(first, last), code: cards.codeName(code) }),
		);
	}

	function unmark() {
		const [first, last] = range();
		const some = change(take(answer.marks, first, last));
		close(true);
		paint();
		if (some) live.say(t(ui, "said-unmarked", { quote: article.quote(first, last) }));
	}

	/** Make the selection, and the mark on it, a word longer or shorter. @param {import("./codes.js").Size} size */
	function resize(size) {
		const [first, last] = range();
		if (!sizes(first, last)[size]) return;
		const from = size === "left" ? first - 1 : first;
		const to = size === "right" ? last + 1 : size === "less" ? last - 1 : last;
		const own = answer.marks.find((m) => m[0] === first && m[1] === last);
		if (own) change(put(take(answer.marks, first, last), [from, to, own[2]]));
		article.rove(to);
		open(from, to);
		live.say(t(ui, "said-selected", { quote: article.quote(from, to) }));
	}
	/** @param {number} first @param {number} last */
	function sizes(first, last) {
		const [low, high] = article.line(first);
		return { left: first > low, less: last > first, right: last < high };
	}

	function back() {
		const marks = past.pop();
		if (!marks) return;
		keep({ marks });
		close();
		paint();
		live.say(t(ui, "said-undone", { count: count(ui, "count", marks.length) }));
	}

	function clearAll() {
		if (!change([])) return;
		close();
		paint();
		live.say(ui["said-cleared"]);
	}

	// --- moving and selecting ----------------------------------------------------------------

	/** @param {number} n @param {boolean} [extend] whether the words from where we were are taken along */
	function go(n, extend = false) {
		const anchor = selection?.anchor ?? article.at();
		const [low, high] = extend ? article.line(anchor) : [0, article.count - 1];
		const to = Math.max(low, Math.min(high, n));
		selection = extend ? { anchor, head: to } : null;
		article.rove(to);
		article.focus(true);
		const words = selected();
		if (!words) return close();
		if (list.isOpen()) open(...words);
		else paint();
		live.say(t(ui, "said-selected", { quote: article.quote(...words) }));
	}

	// --- the list of codes -------------------------------------------------------------------

	const list = codeList(task, article, { mark, unmark, resize, close: () => close(true) });

	/** What the key says of these words, if it may be seen yet. @param {number} first @param {number} last */
	function verdict(first, last) {
		const own = answer.marks.find(([a, b]) => touches(first, last, { first: a, last: b }));
		const outcome = own && outcomeOf(own[0], own[1]);
		if (outcome) return { cards: cards.outcomeCards(outcome), said: cards.spoken(outcome) };
		const missed = own ? null : checked?.missed.find((k) => touches(first, last, k));
		if (!missed) return { cards: [], said: "" };
		const said = t(ui, "said-result", { result: ui["result-key"], why: missed.why });
		return { cards: [cards.keyCard(missed, null)], said };
	}

	/** @param {number} first @param {number} last */
	function open(first, last) {
		selection = { anchor: first, head: last };
		const found = verdict(first, last);
		list.show({
			first,
			last,
			code: answer.marks.find(([a, b]) => touches(first, last, { first: a, last: b }))?.[2] ?? null,
			marks: answer.marks.length,
			can: sizes(first, last),
			cards: found.cards,
		});
		paint();
		if (found.said) live.say(found.said);
	}

	function openByKey() {
		const [first, last] = range();
		open(first, last);
		list.focus(markAt(first)?.[2] ?? lastCode);
	}

	/** @param {boolean} [giveFocus] whether the word takes the focus, wherever that is */
	function close(giveFocus = false) {
		const held = list.holdsFocus();
		const dirty = list.isOpen() || selection !== null;
		list.hide();
		selection = null;
		if (giveFocus || held) article.focus();
		if (dirty) paint();
	}
	/** @param {Event} event */
	const outside = (event) => {
		if (!list.isOpen() || !(event.target instanceof Node)) return;
		if (!list.node.contains(event.target) && !article.node.contains(event.target)) close();
	};
	document.addEventListener("pointerdown", outside);
	document.addEventListener("focusin", outside);

	const stopListening = listen(article, {
		go,
		tap(n) {
			article.rove(n);
			article.focus();
			open(...whole(n));
		},
		reach(n) {
			const words = selected();
			if (n === article.at() || (words && words[0] <= n && n <= words[1])) return;
			article.rove(n);
			close();
		},
		drop() {
			const words = selected();
			open(...(words && words[0] < words[1] ? words : whole(article.at())));
		},
		miss: () => close(),
		mark,
		enter: openByKey,
		unmark,
		leave: () => close(),
		undo: back,
		codeOf: list.codeOf,
	});

	// --- what the key says -------------------------------------------------------------------

	const cards = cardMaker(task, {
		answer: () => answer,
		keep(dissent) {
			keep({ dissent });
			cards.refresh(root);
		},
		quote: article.quote,
		isSwapped: article.isSwapped,
		swap(k) {
			if (article.isSwapped(k.id)) article.swapOut(k);
			else article.swapIn(k);
			const now = article.isSwapped(k.id);
			live.say(
				now ? t(ui, "said-swapped", { text: k.swap.text || ui["left-out"] }) : ui["said-unswapped"],
			);
			swapsChanged();
		},
		show(first) {
			if (article.node.hidden) asText.click();
			close();
			const [from, to] = whole(first);
			selection = { anchor: from, head: to };
			article.rove(first);
			article.focus(true);
			article.standing(first).scrollIntoView({ block: "center" });
			paint();
		},
	});

	function swapsChanged() {
		cards.refresh(root);
		const words = selected();
		if (words && list.isOpen()) list.place(...words);
		const some = article.swapCount() > 0;
		allPlain.textContent = some ? ui["unswap-all"] : ui["swap-all"];
		allPlain.setAttribute("aria-pressed", String(some));
	}

	function swapAll() {
		const some = article.swapCount() > 0;
		for (const k of task.key) (some ? article.swapOut : article.swapIn)(k);
		live.say(some ? ui["said-unswapped"] : ui["said-all-swapped"]);
		swapsChanged();
	}

	function showFeedback() {
		checked = feedback(task, answer.marks);
		checkedMarks = answer.marks;
		const parts = [
			...cards.counts(checked),
			el(
				"div",
				{ class: "cd-row" },
				el("label", { class: "cd-check" }, keyBox, " ", ui["show-key"]),
				allPlain,
			),
			el("p", { class: "cd-small" }, ui["tap-for-why"]),
			...cards.groups(checked),
		];
		results.replaceChildren(...parts.filter((part) => part !== null));
		results.hidden = false;
		swapsChanged();
		paint();
	}

	function checkNow() {
		close();
		if (answer.marks.length === 0 && !answer.first_marks && !warned) {
			// The key can be seen for the first time only once.
			warned = true;
			note.textContent = ui["nothing-marked"];
			live.say(ui["nothing-marked"]);
			return;
		}
		if (!answer.first_marks) keep({ first_marks: answer.marks });
		showFeedback();
		live.say(
			t(ui, "said-checked", {
				found: checked?.found.length ?? 0,
				all: task.key.length,
				fair: checked?.fair.length ?? 0,
				controls: task.controls.length,
			}),
		);
		results.focus({ preventScroll: true });
		results.scrollIntoView({ block: "nearest" });
	}

	// --- put together ------------------------------------------------------------------------

	/** @param {string} name @param {string} text @param {() => void} act @param {string} [look] */
	const button = (name, text, act, look = "") =>
		el(
			"button",
			{ type: "button", class: `cd-button ${look}`.trim(), "data-do": name, onclick: act },
			text,
		);
	const tally = el("span", { class: "cd-tally" });
	const check = button("check", ui.check, checkNow, "cd-primary");
	const undo = button("undo", ui.undo, back);
	const clear = button("clear", ui.clear, clearAll);
	const allPlain = button("swap-all", ui["swap-all"], swapAll);
	const note = el("p", { class: "cd-small cd-note" });
	const results = el("section", {
		class: "cd-feedback",
		"aria-label": ui.feedback,
		tabindex: -1,
		hidden: true,
	});
	const keyBox = el("input", {
		type: "checkbox",
		checked: true,
		onchange: () => {
			showKey = keyBox.checked;
			paint();
		},
	});

	/** @type {HTMLElement | null} the article without buttons, made when it is first wanted */
	let runningText = null;
	const asText = button("as-text", ui["as-text"], () => {
		close();
		runningText ??= article.asText();
		article.node.hidden = !article.node.hidden;
		if (article.node.hidden) article.node.after(runningText);
		else runningText.remove();
		asText.textContent = article.node.hidden ? ui["as-words"] : ui["as-text"];
	});

	settle(root, "mark");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el(
			"details",
			{ class: "cd-help" },
			el("summary", {}, ui["help-title"]),
			el("p", {}, ui.help),
			el("p", { id: article.keysId }, ui["help-keys"]),
			el(
				"dl",
				{},
				...task.codes.flatMap((c) => [
					el("dt", {}, el("span", { class: `cd-chip ${c.code}` }, `${c.letter} ${c.name}`)),
					el("dd", {}, c.what),
				]),
			),
			asText,
		),
		el("div", { class: "cd-desk-top" }, article.node, list.node),
		el("div", { class: "cd-actions" }, check, undo, clear, tally),
		note,
		live.node,
		results,
	);
	if (answer.first_marks) showFeedback();
	else paint();

	const follow = () => {
		const next = given();
		if (same(next, answer)) return;
		answer = next;
		cards.refresh(root);
		if (!checked && answer.first_marks) showFeedback();
		else paint();
	};
	model.on("change:answer", follow);
	return () => {
		model.off("change:answer", follow);
		document.removeEventListener("pointerdown", outside);
		document.removeEventListener("focusin", outside);
		stopListening();
	};
}

export default { render };
