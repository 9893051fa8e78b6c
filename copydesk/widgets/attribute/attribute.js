// @ts-check
/** The attribution task: clauses as buttons, five questions each, and whose words the article's are. */
import { el, isRecord, LONGEST_TEXT, paragraphs, same, settle, t, voice } from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {"voice" | "verb_kind" | "party" | "document" | "checkable"} Field */
/** @typedef {Partial<Record<Field, string | null>>} Own what a reader says of one clause */
/** @typedef {{clauses: Record<string, Own>, first: Record<string, Own>, dissent: Record<string, string>}} Answer */
/** @typedef {{id: string, letter: string, name: string, what: string}} Choice */
/** @typedef {{field: Field, short: string, text: string, choices: Choice[]}} Question */
/** @typedef {{id: string, first: number, last: number, line: number, quote: string, claim: string, source: string | null,
 *   verb: string | null, key: Record<Field, string>, same: Record<Field, string[]>, why: string,
 *   against: string | null, readings: string[]}} Clause */
/** @typedef {{id: string, prompt: string, language: string, lines: string[][], ui: Record<string, string>,
 *   questions: Question[], readings: string[], clauses: Clause[], owners: number[]}} Task */
/** @typedef {"same" | "differs" | "open"} Result */

/** @type {Answer} */
const EMPTY = { clauses: {}, first: {}, dissent: {} };

/**
 * A line of the article cut where the clause changes; pieces of the line are joined in order.
 * @param {string[]} pieces gap, word, gap, ..., gap
 * @param {number} start number of the line's first word
 * @param {number[]} owners
 * @returns {{owner: number, text: string}[]} owner -1 for text of no clause
 */
export function segments(pieces, start, owners) {
	/** @type {{owner: number, text: string}[]} */
	const found = [];
	pieces.forEach((piece, i) => {
		const inside = i % 2 === 1;
		const before = i > 1 ? owners[start + i / 2 - 1] : -1;
		const after = i < pieces.length - 1 ? owners[start + i / 2] : -1;
		// A gap belongs to a clause when the words on both its sides do.
		const owner = inside ? owners[start + (i - 1) / 2] : before === after ? before : -1;
		const last = found.at(-1);
		if (last && last.owner === owner) last.text += piece;
		else if (piece) found.push({ owner, text: piece });
	});
	return found;
}

/**
 * How one question of a clause stands to the key, by the table that Python wrote into the task.
 * @param {Pick<Clause, "same">} clause
 * @param {Own | undefined} own
 * @param {Field} field
 * @returns {Result}
 */
export function result(clause, own, field) {
	const given = own?.[field];
	if (!given) return "open";
	return clause.same[field].includes(given) ? "same" : "differs";
}

/**
 * For each question how many answers are the key's, are not, or are open, over some clauses.
 * @param {Pick<Task, "questions">} task
 * @param {Pick<Clause, "id" | "same">[]} clauses
 * @param {Record<string, Own>} answers
 */
export function counts(task, clauses, answers) {
	return task.questions.map(({ field }) => {
		const tally = { field, same: 0, differs: 0, open: 0 };
		for (const clause of clauses) tally[result(clause, answers[clause.id], field)]++;
		return tally;
	});
}

/**
 * How many words each voice has; "" counts the words of clauses without a voice.
 * @param {number[]} owners
 * @param {(clause: number) => string | null | undefined} voiceOf
 */
export function wordsByVoice(owners, voiceOf) {
	/** @type {Record<string, number>} */
	const words = {};
	for (const owner of owners)
		if (owner >= 0) {
			const name = voiceOf(owner) ?? "";
			words[name] = (words[name] ?? 0) + 1;
		}
	return words;
}

/** @param {Own | undefined} own */
const begun = (own) => own !== undefined && Object.values(own).some(Boolean);

/**
 * What is wrong with an answer from a file, or null.
 * @param {Task} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	if (!isRecord(answer)) return "not an object";
	const ids = new Set(task.clauses.map((c) => c.id));
	const choices = new Map(task.questions.map((q) => [String(q.field), q.choices.map((c) => c.id)]));
	for (const name of ["clauses", "first", "dissent"]) {
		const group = answer[name] ?? {};
		if (!isRecord(group)) return `${name} is not an object`;
		for (const [id, value] of Object.entries(group)) {
			if (!ids.has(id)) return `${name}: there is no claim of this id`;
			if (name === "dissent") {
				if (typeof value !== "string" || value.length > LONGEST_TEXT)
					return "a dissent is not a short text";
				continue;
			}
			if (!isRecord(value)) return `${name}: an answer is not an object`;
			for (const [field, given] of Object.entries(value)) {
				const known = choices.get(field);
				if (!known) return `${name}: unknown question`;
				if (given !== null && !known.includes(String(given))) return `${name}: unknown answer`;
			}
		}
	}
	return null;
}

let groups = 0;

/**
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const ui = task.ui;
	const all = task.clauses.length;
	const name = `cd-attribute-${++groups}`;
	const live = voice();
	const [who] = task.questions;

	/** @type {Answer} */
	let answer = { ...EMPTY, ...model.get("answer") };
	/** @type {number | null} the clause whose questions are open */
	let open = null;
	let at = 0;

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
	}
	/** @param {Question} question @param {string | null | undefined} id */
	const choiceName = (question, id) =>
		question.choices.find((c) => c.id === id)?.name ?? ui["not-answered"];
	/** @param {number} n */
	const own = (n) => answer.clauses[task.clauses[n].id];
	/** @param {number} n */
	const isCompared = (n) => task.clauses[n].id in answer.first;

	// --- the article as clauses --------------------------------------------------------------

	/** @type {HTMLElement[][]} the pieces of each clause; the first is its button */
	const parts = task.clauses.map(() => []);
	/** @type {HTMLElement[]} */
	let lines = [];
	let words = 0;
	const article = el("div", {
		class: "cd-article cd-claims",
		role: "group",
		"aria-label": ui.claims,
		lang: task.language,
	});
	lines = paragraphs(task.lines, (pieces) => {
		const start = words;
		words += (pieces.length - 1) / 2;
		return segments(pieces, start, task.owners).map(({ owner, text }) => {
			if (owner < 0) return text;
			const first = parts[owner].length === 0;
			const part = el("span", { class: "cd-clause", "data-clause": owner }, text);
			if (first) {
				part.setAttribute("role", "button");
				part.tabIndex = owner === 0 ? 0 : -1;
			}
			parts[owner].push(part);
			return part;
		});
	});
	article.append(...lines);

	/** @param {Event} event */
	const clauseOf = (event) => {
		const target = event.target instanceof Element ? event.target.closest(".cd-clause") : null;
		return target instanceof HTMLElement ? Number(target.dataset.clause) : null;
	};
	/** @param {number} n */
	function go(n) {
		parts[at][0].tabIndex = -1;
		at = (n + all) % all;
		parts[at][0].tabIndex = 0;
		parts[at][0].focus();
	}
	article.addEventListener("click", (event) => {
		const n = clauseOf(event);
		if (n !== null) openClause(n);
	});
	article.addEventListener("keydown", (event) => {
		if (panel.contains(/** @type {Node} */ (event.target))) return;
		const n = clauseOf(event);
		if (n === null) return;
		/** @type {Record<string, number>} */
		const moves = {
			ArrowRight: n + 1,
			ArrowDown: n + 1,
			ArrowLeft: n - 1,
			ArrowUp: n - 1,
			Home: 0,
			End: all - 1,
		};
		if (event.key in moves) go(moves[event.key]);
		else if (event.key === "Enter" || event.key === " ") openClause(n);
		else if (event.key === "Escape") closePanel();
		else return;
		event.preventDefault();
	});

	// --- the questions of one clause ---------------------------------------------------------

	const panel = el("div", { class: "cd-panel", role: "group", tabindex: -1 });
	panel.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		closePanel(true);
	});
	const startButton = el("button", {
		type: "button",
		class: "cd-button cd-primary",
		"data-do": "start",
		onclick: () => openClause(next()),
	});

	/** The next clause that has no answer yet, from the one that is open on; else the first. */
	function next() {
		const from = open ?? -1;
		for (let step = 1; step <= all; step++)
			if (!begun(own((from + step + all) % all))) return (from + step + all) % all;
		return 0;
	}

	/** @param {number} n */
	function openClause(n) {
		open = (n + all) % all;
		parts[at][0].tabIndex = -1;
		at = open;
		parts[at][0].tabIndex = 0;
		fillPanel();
		const line = lines[task.clauses[open].line - 1];
		if (line.nextSibling !== panel) line.after(panel);
		panel.hidden = false;
		paint();
		panel.focus({ preventScroll: true });
		// The words asked about stay in sight above their questions.
		(parts[open][0] ?? line).scrollIntoView({ block: "start" });
		live.say(t(ui, "said-open", { n: open + 1, all, claim: task.clauses[open].claim }));
	}

	/** @param {boolean} [focus] */
	function closePanel(focus = false) {
		if (open === null) return;
		const n = open;
		open = null;
		panel.remove();
		paint();
		if (focus) parts[n][0].focus();
		live.say(ui["said-closed"]);
	}

	/** @param {number} n @param {Field} field @param {string | null} value */
	function choose(n, field, value) {
		const { id } = task.clauses[n];
		/** @type {Own} */
		const now = { ...answer.clauses[id], [field]: value };
		const clauses = { ...answer.clauses, [id]: now };
		if (!begun(now)) delete clauses[id];
		keep({ clauses });
		paint();
		showResults(n);
	}

	/** @type {Map<Field, {inputs: HTMLInputElement[], said: HTMLElement, clear: HTMLElement}>} */
	const fields = new Map();
	const compareButton = el(
		"button",
		{
			type: "button",
			class: "cd-button cd-primary",
			"data-do": "compare",
			onclick: () => open !== null && compareOne(open),
		},
		ui.compare,
	);
	const feedback = el("div", { class: "cd-compared" });

	/** @param {number} n @param {Question} question */
	function questionField(n, question) {
		const group = `${name}-${question.field}`;
		const inputs = question.choices.map((c) =>
			el("input", {
				type: "radio",
				name: group,
				value: c.id,
				onchange: () => choose(n, question.field, c.id),
			}),
		);
		const said = el("p", { class: "cd-said-key" });
		const clear = el(
			"button",
			{
				type: "button",
				class: "cd-link cd-clear",
				"aria-label": `${question.short}: ${ui["leave-open"]}`,
				onclick: () => {
					choose(n, question.field, null);
					inputs[0].focus();
				},
			},
			ui["leave-open"],
		);
		fields.set(question.field, { inputs, said, clear });
		return el(
			"fieldset",
			{ class: "cd-question", "data-field": question.field },
			el("legend", {}, question.text),
			el(
				"div",
				{ class: "cd-options" },
				...question.choices.map((c, i) =>
					el(
						"label",
						{ class: `cd-option${question === who ? ` ${c.id}` : ""}` },
						inputs[i],
						el("span", {}, el("b", {}, c.name), " ", el("small", {}, c.what)),
					),
				),
			),
			clear,
			said,
		);
	}

	function fillPanel() {
		const n = /** @type {number} */ (open);
		const clause = task.clauses[n];
		panel.setAttribute("aria-label", t(ui, "claim-n", { n: n + 1, all }));
		panel.replaceChildren(
			el(
				"div",
				{ class: "cd-panel-head" },
				el("b", {}, t(ui, "claim-n", { n: n + 1, all })),
				el(
					"button",
					{
						type: "button",
						class: "cd-button",
						"data-do": "previous",
						onclick: () => openClause(n - 1),
					},
					ui.previous,
				),
				el(
					"button",
					{
						type: "button",
						class: "cd-button",
						"data-do": "next",
						onclick: () => openClause(n + 1),
					},
					ui.next,
				),
				el(
					"button",
					{
						type: "button",
						class: "cd-button",
						"data-do": "close",
						onclick: () => closePanel(true),
					},
					ui.close,
				),
			),
			el("p", { class: "cd-quote", lang: task.language }, `“${task.clauses[n].quote}”`),
			el("p", {}, el("b", {}, `${ui["in-words"]}: `), clause.claim),
			...task.questions.map((question) => questionField(n, question)),
			el("div", { class: "cd-row" }, compareButton),
			feedback,
		);
		feedback.replaceChildren();
		showResults(n);
	}

	/** Write what the open panel shows of an answer: the choices, and beside them the key's. @param {number} n */
	function showResults(n) {
		const clause = task.clauses[n];
		const mine = own(n);
		const compared = isCompared(n);
		for (const question of task.questions) {
			const { inputs, said, clear } = /** @type {NonNullable<ReturnType<typeof fields.get>>} */ (
				fields.get(question.field)
			);
			for (const input of inputs) input.checked = input.value === mine?.[question.field];
			clear.hidden = !mine?.[question.field];
			said.hidden = !compared;
			if (!compared) continue;
			const stands = result(clause, mine, question.field);
			const key = choiceName(question, clause.key[question.field]);
			said.className = `cd-said-key ${stands}`;
			said.textContent =
				stands === "same"
					? `✓ ${ui.same}`
					: stands === "differs"
						? `✕ ${t(ui, "differs", { key })}`
						: `○ ${t(ui, "left-open", { key })}`;
		}
		compareButton.disabled = !begun(mine);
		compareButton.hidden = compared;
		if (compared && feedback.childElementCount === 0) feedback.replaceChildren(...reasons(n));
	}

	/** @param {string} title @param {string} text */
	const reason = (title, text) => el("p", {}, el("b", {}, `${title}: `), text);

	/** @param {number} n */
	function reasons(n) {
		const clause = task.clauses[n];
		const first = answer.first[clause.id];
		const said = task.questions
			.filter((q) => first[q.field])
			.map((q) => `${q.short}: ${choiceName(q, first[q.field])}`)
			.join("; ");
		const area = el("textarea", {
			rows: 3,
			maxlength: LONGEST_TEXT,
			"aria-label": t(ui, "dissent-label", { n: n + 1 }),
			oninput: () => {
				const dissent = { ...answer.dissent, [clause.id]: area.value };
				if (!area.value) delete dissent[clause.id];
				keep({ dissent });
			},
		});
		area.value = answer.dissent[clause.id] ?? "";
		return [
			reason(ui.why, clause.why),
			reason(ui.against, clause.against ?? ui["no-against"]),
			reason(ui["key-source"], clause.source ?? ui.nobody),
			reason(ui["key-verb"], clause.verb ?? ui.none),
			el(
				"p",
				{ class: "cd-small" },
				task.readings.length === 1
					? ui["readings.one"]
					: t(ui, "readings.other", { n: clause.readings.length, all: task.readings.length }),
				" ",
				t(ui, "first-was", { answers: said }),
			),
			el(
				"details",
				{ class: "cd-dissent", open: Boolean(answer.dissent[clause.id]) },
				el("summary", {}, ui.dissent),
				area,
				el("p", { class: "cd-small" }, ui["dissent-note"]),
			),
		];
	}

	/** @param {number[]} numbers clauses to compare, of which those without an answer are passed over */
	function compare(numbers) {
		const fresh = numbers.filter((n) => begun(own(n)) && !isCompared(n));
		if (fresh.length)
			keep({
				first: {
					...answer.first,
					...Object.fromEntries(fresh.map((n) => [task.clauses[n].id, own(n)])),
				},
			});
		paint();
		if (open !== null) showResults(open);
		return fresh.length;
	}

	/** @param {number} n */
	function compareOne(n) {
		if (!begun(own(n))) return live.say(ui["choose-first"]);
		compare([n]);
		/** @type {Record<Result, number>} */
		const tally = { same: 0, differs: 0, open: 0 };
		for (const { field } of task.questions) tally[result(task.clauses[n], own(n), field)]++;
		live.say(t(ui, "said-compared", tally));
		// The button that was pressed is gone; the keyboard goes on where the answer stands.
		panel.focus({ preventScroll: true });
	}

	function compareAll() {
		compare(task.clauses.map((_, n) => n));
		const compared = task.clauses.filter((clause) => clause.id in answer.first);
		if (!compared.length) return live.say(ui["said-nothing"]);
		const [tally] = counts(task, compared, answer.clauses);
		live.say(
			t(ui, "said-compared-all", { n: compared.length, same: tally.same, differs: tally.differs }),
		);
	}

	// --- whose words, the matrix, the counts -------------------------------------------------

	/** @param {Choice} c */
	const chip = (c) => el("span", { class: `cd-chip ${c.id}` }, `${c.letter} ${c.name}`);

	/** @param {string} className @param {(string | Node)[]} heads @param {HTMLElement[]} rows */
	const table = (className, heads, rows) =>
		el(
			"table",
			{ class: className },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					...heads.map((head) =>
						typeof head === "string" ? el("th", { scope: "col" }, head) : head,
					),
				),
			),
			el("tbody", {}, ...rows),
		);

	/** @param {string} title @param {HTMLElement} body @param {string} note */
	const part = (title, body, note) =>
		el(
			"div",
			{ class: "cd-part" },
			el("p", { class: "cd-part-title" }, title),
			el("div", { class: "cd-scroll", tabindex: 0, role: "group", "aria-label": title }, body),
			el("p", { class: "cd-small" }, note),
		);

	/** @type {{of: string, yours: HTMLElement, bar: HTMLElement, percent: Text, key: HTMLElement}[]} */
	const shares = [...who.choices.map((c) => c.id), "", "outside"].map((of) => ({
		of,
		yours: el("td"),
		bar: el("span"),
		percent: document.createTextNode(""),
		key: el("td"),
	}));
	const wordsTable = table(
		"cd-words",
		[who.short, ui["words-yours"], t(ui, "words-share", { all: words }), ui["words-key"]],
		shares.map(({ of, yours, bar, percent, key }, i) =>
			el(
				"tr",
				{},
				el(
					"th",
					{ scope: "row" },
					i < who.choices.length
						? chip(who.choices[i])
						: of
							? ui["words-outside"]
							: ui["words-unanswered"],
				),
				yours,
				el("td", {}, el("span", { class: `cd-bar ${of}`, "aria-hidden": "true" }, bar), percent),
				key,
			),
		),
	);

	const cells = task.clauses.map(() => who.choices.map(() => el("td")));
	const named = task.clauses.map(() => el("td", { class: "cd-source" }));
	const matrix = table(
		"cd-matrix",
		[
			ui["matrix-claim"],
			...who.choices.map((c) =>
				el(
					"th",
					{ scope: "col" },
					el("span", { class: `cd-chip ${c.id}`, "aria-hidden": "true" }, c.letter),
					el("span", { class: "cd-unseen" }, c.name),
				),
			),
			el("th", { scope: "col", class: "cd-source" }, ui["matrix-source"]),
		],
		task.clauses.map((clause, n) =>
			el("tr", {}, el("th", { scope: "row" }, `${n + 1}. ${clause.claim}`), ...cells[n], named[n]),
		),
	);

	const tallies = task.questions.map(() => [el("td"), el("td"), el("td")]);
	const resultTable = table(
		"cd-result",
		[ui.question, ui["count-same"], ui["count-differs"], ui["count-open"]],
		task.questions.map((q, i) => el("tr", {}, el("th", { scope: "row" }, q.short), ...tallies[i])),
	);

	const progress = el("p", { class: "cd-small cd-progress" });
	const compareAllButton = el(
		"button",
		{ type: "button", class: "cd-button", "data-do": "compare-all", onclick: compareAll },
		ui["compare-all"],
	);

	/** Write everything that follows from the answer, outside of the open panel. */
	function paint() {
		task.clauses.forEach((clause, n) => {
			const given = own(n)?.voice;
			const choice = who.choices.find((c) => c.id === given);
			const compared = isCompared(n);
			const stands = compared && given ? result(clause, own(n), "voice") : "open";
			const sign = stands === "same" ? " ✓" : stands === "differs" ? " ✕" : "";
			const look = `cd-clause ${given ?? "unanswered"}${open === n ? " current" : ""}`;
			for (const piece of parts[n]) piece.className = look;
			const [button] = parts[n];
			button.dataset.tag = `${n + 1}${choice ? ` ${choice.letter}${sign}` : ""}`;
			button.setAttribute("aria-expanded", String(open === n));
			const key = !given ? "clause-open" : stands === "open" ? "clause-voice" : `clause-${stands}`;
			button.setAttribute(
				"aria-label",
				t(ui, key, {
					n: n + 1,
					all,
					voice: choice?.name ?? "",
					key: choiceName(who, clause.key.voice),
					quote: task.clauses[n].quote,
				}),
			);
			who.choices.forEach((c, i) => {
				const mine = c.id === given;
				const theirs = compared && c.id === clause.key.voice;
				cells[n][i].textContent =
					mine && theirs ? ui["cell-both"] : mine ? ui["cell-you"] : theirs ? ui["cell-key"] : "";
				cells[n][i].className = mine ? `mine ${c.id}` : theirs ? `theirs ${c.id}` : "";
			});
			named[n].textContent = compared ? (clause.source ?? ui.nobody) : "";
		});

		const yours = wordsByVoice(task.owners, (n) => own(n)?.voice);
		const keys = wordsByVoice(task.owners, (n) =>
			isCompared(n) ? task.clauses[n].key.voice : null,
		);
		const outside = task.owners.filter((owner) => owner < 0).length;
		for (const share of shares) {
			const n = share.of === "outside" ? outside : (yours[share.of] ?? 0);
			const percent = words ? Math.round((100 * n) / words) : 0;
			share.yours.textContent = String(n);
			share.bar.style.width = `${percent}%`;
			share.percent.data = t(ui, "percent", { n: percent });
			share.key.textContent = String(share.of === "outside" ? outside : (keys[share.of] ?? 0));
		}

		const compared = task.clauses.filter((clause) => clause.id in answer.first);
		counts(task, compared, answer.clauses).forEach((tally, i) => {
			const [a, b, c] = tallies[i];
			a.textContent = String(tally.same);
			b.textContent = String(tally.differs);
			c.textContent = String(tally.open);
		});

		const done = task.clauses.filter((_, n) => begun(own(n))).length;
		progress.textContent = t(ui, "progress", { done, all, compared: compared.length });
		startButton.textContent =
			done === 0
				? ui.start
				: done === all
					? ui["all-answered"]
					: t(ui, "next-open", { n: next() + 1 });
		compareAllButton.disabled = !task.clauses.some((_, n) => begun(own(n)) && !isCompared(n));
	}

	// --- put together ------------------------------------------------------------------------

	settle(root, "attribute");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el(
			"details",
			{ class: "cd-help" },
			el("summary", {}, ui["help-title"]),
			el("p", {}, ui.help),
			...task.questions.flatMap((q) => [
				el("p", { class: "cd-help-head" }, q.text),
				el(
					"dl",
					{},
					...q.choices.flatMap((c) => [
						el(
							"dt",
							{},
							el(
								"span",
								{ class: `cd-chip${q === who ? ` ${c.id}` : ""}` },
								`${c.letter} ${c.name}`,
							),
						),
						el("dd", {}, c.what),
					]),
				),
			]),
		),
		article,
		el("div", { class: "cd-actions" }, startButton, compareAllButton),
		progress,
		live.node,
		part(ui["words-title"], wordsTable, ui["words-note"]),
		part(ui["matrix-title"], matrix, ui["matrix-note"]),
		part(ui.result, resultTable, ui["result-note"]),
	);
	paint();

	const follow = () => {
		const now = { ...EMPTY, ...model.get("answer") };
		if (same(now, answer)) return;
		answer = now;
		if (open !== null) fillPanel();
		paint();
	};
	model.on("change:answer", follow);
	return () => model.off("change:answer", follow);
}

export default { render };
