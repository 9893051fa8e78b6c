// @ts-check
/** Several accounts of one event, side by side, point by point: who says so, with which words. */
import { el, isRecord, LONGEST_TEXT, same, settle, t, voice } from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {"key" | "accepted" | "partly" | "other"} Result */
/** @typedef {{kind: string, text: string, multiple: boolean, fits: Record<string, string>,
 *   results: Result[], why: string, against: string | null}} Question */
/** @typedef {{first: number, last: number, quote: string, source: string | null,
 *   verb: string | null, label: string | null}} Cell */
/** @typedef {{id: string, name: string, what: string, cells: Record<string, Cell | undefined>,
 *   questions: Question[]}} Point */
/** @typedef {{id: string, letter: string, name: string, publisher: string, published: string,
 *   constructed: boolean, lines: string[][]}} Account */
/** @typedef {{id: string, prompt: string, language: string, accounts: Account[], points: Point[],
 *   ui: Record<string, string>}} Task */
/** @typedef {Record<string, string[]>} Choices by kind of question; [] is "none of them" */
/** @typedef {{points: Record<string, Choices>, first: Record<string, Choices>,
 *   dissent: Record<string, string>}} Answer */

/** More columns than this leave no room for a line of text. */
const MOST_SHOWN = 3;

/** @returns {Answer} */
const empty = () => ({ points: {}, first: {}, dissent: {} });

/**
 * How a choice stands to the key, looked up where Python put it.
 * @param {Question} question
 * @param {Account[]} accounts
 * @param {string[]} chosen
 */
export function resultOf(question, accounts, chosen) {
	const place = accounts.reduce(
		(sum, { id }, bit) => sum + (chosen.includes(id) ? 2 ** bit : 0),
		0,
	);
	return question.results[place];
}

/**
 * A line cut in three: before, inside and after the words first to last of the whole text.
 * @param {string[]} pieces gap, word, gap, word, ..., gap
 * @param {number} start number of the line's first word
 * @param {number} first
 * @param {number} last
 * @returns {[string, string, string]}
 */
export function segments(pieces, start, first, last) {
	const end = start + (pieces.length - 1) / 2 - 1;
	if (last < start || first > end) return [pieces.join(""), "", ""];
	const from = 2 * (Math.max(first, start) - start) + 1;
	const to = 2 * (Math.min(last, end) - start) + 2;
	return [
		pieces.slice(0, from).join(""),
		pieces.slice(from, to).join(""),
		pieces.slice(to).join(""),
	];
}

/**
 * The choices after one account is switched; a question for one account has one at most.
 * @param {string[] | undefined} chosen
 * @param {string} id
 * @param {boolean} multiple
 * @returns {string[] | undefined} undefined: the question is open again
 */
export function toggled(chosen, id, multiple) {
	if (!multiple) return [id];
	const rest = (chosen ?? []).filter((other) => other !== id);
	const next = (chosen ?? []).includes(id) ? rest : [...rest, id];
	return next.length > 0 ? next : undefined;
}

/**
 * What is wrong with an answer from a file, or null.
 * @param {unknown} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	const { points, accounts } = /** @type {Task} */ (task);
	if (!isRecord(answer)) return "not an object";
	const known = new Map(points.map((point) => [point.id, point.questions]));
	for (const field of ["points", "first"]) {
		const given = answer[field] ?? {};
		if (!isRecord(given)) return `${field} is not an object`;
		for (const [point, choices] of Object.entries(given)) {
			const questions = known.get(point);
			if (!questions || !isRecord(choices)) return `a point is unknown: ${point}`;
			for (const [kind, chosen] of Object.entries(choices)) {
				const question = questions.find((q) => q.kind === kind);
				if (!question || !Array.isArray(chosen)) return `a question is unknown: ${kind}`;
				if (chosen.some((id) => !accounts.some((account) => account.id === id)))
					return "an account is unknown";
				if (new Set(chosen).size !== chosen.length || (!question.multiple && chosen.length > 1))
					return "too many accounts are chosen";
			}
		}
	}
	const dissent = answer.dissent ?? {};
	if (!isRecord(dissent)) return "dissent is not an object";
	for (const [point, text] of Object.entries(dissent))
		if (!known.has(point) || typeof text !== "string" || text.length > LONGEST_TEXT)
			return "a dissent is not short text on a point";
	return null;
}

let groups = 0;

/** @param {{model: Model, el: HTMLElement}} context */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const { ui, accounts, points } = task;
	/** @type {Answer} */
	let answer = { ...empty(), ...model.get("answer") };
	let at = 0;
	let front = accounts[0].id;
	let shown = accounts.slice(0, MOST_SHOWN).map((account) => account.id);
	const group = `cd-compare-${++groups}`;
	const speech = voice();

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
	}
	/** @param {Account} account */
	const nameOf = (account) => t(ui, "account", { letter: account.letter, name: account.name });
	/** @param {(account: Account) => unknown} test */
	const letters = (test) =>
		accounts
			.filter(test)
			.map((account) => account.letter)
			.join(", ") || ui.none;
	/** @param {string} name @param {string} text */
	const badge = (name, text) => el("span", {}, el("b", {}, name), ` ${text}`);

	// --- the accounts ------------------------------------------------------------------------------

	const views = accounts.map((account) => {
		const text = el("div", {
			class: "cd-article",
			lang: task.language,
			tabindex: 0,
			role: "region",
			"aria-label": t(ui, "account-text", { letter: account.letter, name: account.name }),
		});
		const about = account.constructed
			? ui.constructed
			: `${account.publisher}, ${account.published}`;
		const head = el(
			"p",
			{ class: "cd-account-head" },
			el("b", {}, nameOf(account)),
			" ",
			el("span", {}, about),
		);
		return { account, text, box: el("div", { class: "cd-account" }, head, text) };
	});

	/** Put the highlighted words of an account where those of the others are. */
	function align() {
		for (const { text } of views) {
			const hit = text.querySelector("mark");
			if (!hit || text.clientHeight === 0) continue;
			const above = hit.getBoundingClientRect().top - text.getBoundingClientRect().top;
			text.scrollTop += above - text.clientHeight / 4;
		}
	}

	function showTexts() {
		const point = points[at];
		for (const { account, text } of views) {
			const cell = point.cells[account.id];
			let start = 0;
			text.replaceChildren(
				...account.lines.map((pieces) => {
					const [before, hit, after] = cell
						? segments(pieces, start, cell.first, cell.last)
						: [pieces.join(""), "", ""];
					start += (pieces.length - 1) / 2;
					return el("p", { class: "cd-line" }, before, hit && el("mark", {}, hit), after);
				}),
			);
		}
		align();
	}

	function showBoxes() {
		for (const { account, box } of views) {
			box.classList.toggle("front", account.id === front);
			box.classList.toggle("shown", shown.includes(account.id));
		}
		fronts.forEach((radio, i) => {
			radio.checked = accounts[i].id === front;
		});
		besides.forEach((box, i) => {
			box.checked = shown.includes(accounts[i].id);
		});
		align();
	}

	const fronts = accounts.map((account) =>
		el("input", {
			type: "radio",
			name: `${group}-front`,
			onchange: () => {
				front = account.id;
				showBoxes();
				speech.say(t(ui, "said-front", { letter: account.letter, name: account.name }));
			},
		}),
	);
	const besides = accounts.map((account) =>
		el("input", {
			type: "checkbox",
			onchange: () => {
				if (!shown.includes(account.id)) shown = [...shown, account.id].slice(-MOST_SHOWN);
				else if (shown.length > 2) shown = shown.filter((id) => id !== account.id);
				showBoxes();
			},
		}),
	);

	// --- the points and their questions ------------------------------------------------------------

	const numbers = points.map((_, i) => el("b", {}, String(i + 1)));
	const dones = points.map(() => el("span", { class: "cd-voice" }));
	const radios = points.map((_, i) =>
		el("input", { type: "radio", name: `${group}-point`, onchange: () => go(i) }),
	);
	const title = el("p", { class: "cd-point-name", tabindex: -1 });
	const what = el("p", {});
	const here = el("dl", { class: "cd-here" });
	const asked = el("div", { class: "cd-asks" });
	const feedback = el("div", { class: "cd-feedback" });
	const compare = el(
		"button",
		{ type: "button", class: "cd-button cd-primary", onclick: check },
		ui.compare,
	);
	const next = el(
		"button",
		{
			type: "button",
			class: "cd-button",
			onclick: () => {
				go((at + 1) % points.length);
				title.focus();
			},
		},
		ui.next,
	);
	const tally = el("span", { class: "cd-tally" });

	/** @param {number} i */
	function go(i) {
		at = i;
		showPoint();
		showTexts();
		const point = points[at];
		speech.say(
			t(ui, "said-point", {
				n: at + 1,
				name: point.name,
				accounts: letters((a) => point.cells[a.id]),
			}),
		);
	}

	/** @param {Question} question @param {string[] | undefined} chosen */
	function choose(question, chosen) {
		const { [question.kind]: _, ...rest } = answer.points[points[at].id] ?? {};
		const choices = chosen ? { ...rest, [question.kind]: chosen } : rest;
		keep({ points: { ...answer.points, [points[at].id]: choices } });
		showState();
	}

	function check() {
		const point = points[at];
		const mine = answer.points[point.id] ?? {};
		if (!answer.first[point.id]) keep({ first: { ...answer.first, [point.id]: mine } });
		showState();
		const key = point.questions.filter(
			(q) => mine[q.kind] && resultOf(q, accounts, mine[q.kind]) === "key",
		);
		speech.say(t(ui, "said-compared", { key: key.length, all: point.questions.length }));
	}

	/** @type {(() => void)[]} what brings the inputs of the point up to date */
	let refresh = [];

	/** @param {Question} question */
	function ask(question) {
		const type = question.multiple ? "checkbox" : "radio";
		const mine = () => answer.points[points[at].id]?.[question.kind];
		const name = `${group}-${points[at].id}-${question.kind}`;
		const options = accounts.map((account) => {
			const input = el("input", {
				type,
				name: question.multiple ? null : name,
				onchange: () => choose(question, toggled(mine(), account.id, question.multiple)),
			});
			const state = el("small", {});
			refresh.push(() => {
				const chosen = mine()?.includes(account.id) ?? false;
				input.checked = chosen;
				const fit = answer.first[points[at].id] ? question.fits[account.id] : "";
				const how =
					fit === "key"
						? chosen
							? "both"
							: "key"
						: !fit || !chosen
							? ""
							: fit === "accepted"
								? fit
								: "own";
				state.className = how;
				state.textContent = how ? ui[`option-${how}`] : "";
			});
			return el("label", {}, input, badge(account.letter, account.name), state);
		});
		if (question.multiple) {
			const none = el("input", {
				type,
				onchange: () => choose(question, none.checked ? [] : undefined),
			});
			refresh.push(() => {
				none.checked = mine()?.length === 0;
			});
			options.push(el("label", {}, none, el("span", {}, ui.none)));
		}
		return el(
			"fieldset",
			{ class: "cd-field cd-ask" },
			el("legend", {}, question.text),
			el("div", {}, ...options),
		);
	}

	function showPoint() {
		const point = points[at];
		title.textContent = t(ui, "point", { n: at + 1, all: points.length, name: point.name });
		what.textContent = point.what;
		here.replaceChildren(
			...accounts.flatMap((account) => {
				const cell = point.cells[account.id];
				return [
					el("dt", {}, account.letter),
					el("dd", { class: cell ? null : "none" }, cell ? `“${cell.quote}”` : ui["nothing-here"]),
				];
			}),
		);
		refresh = [];
		asked.replaceChildren(...point.questions.map(ask));
		feedback.replaceChildren();
		showState();
	}

	/** @param {Question} question */
	function say(question) {
		const chosen = answer.points[points[at].id]?.[question.kind];
		const result = chosen ? resultOf(question, accounts, chosen) : "open";
		return el(
			"div",
			{ class: `cd-card ${result}` },
			el("p", { class: "cd-verdict" }, el("b", {}, ui[`result-${result}`])),
			el(
				"p",
				{},
				question.text,
				" ",
				el("b", {}, t(ui, "key-is", { accounts: letters((a) => question.fits[a.id] === "key") })),
			),
			el("p", {}, question.why),
			question.against && el("p", {}, el("b", {}, `${ui.against}. `), question.against),
		);
	}

	function showFeedback() {
		const point = points[at];
		if (!answer.first[point.id]) return feedback.replaceChildren();
		// The field keeps its text and its cursor while the reader writes or changes an answer.
		const old = feedback.querySelector("details");
		const area = el("textarea", {
			rows: 3,
			maxlength: LONGEST_TEXT,
			oninput: () => {
				const { [point.id]: _, ...rest } = answer.dissent;
				keep({ dissent: area.value.trim() ? { ...rest, [point.id]: area.value } : rest });
			},
		});
		area.value = answer.dissent[point.id] ?? "";
		const dissent =
			old ??
			el(
				"details",
				{ class: "cd-dissent", open: Boolean(answer.dissent[point.id]) },
				el("summary", {}, ui.dissent),
				el("label", {}, t(ui, "dissent-label", { name: point.name }), area),
				el("p", { class: "cd-small" }, ui["dissent-note"]),
			);
		feedback.replaceChildren(
			el("p", { class: "cd-feedback-title" }, ui.feedback),
			...point.questions.map(say),
			dissent,
		);
	}

	function showState() {
		const point = points[at];
		for (const one of refresh) one();
		radios.forEach((radio, i) => {
			const done = Boolean(answer.first[points[i].id]);
			radio.checked = i === at;
			numbers[i].textContent = done ? "✓" : String(i + 1);
			dones[i].textContent = done ? `, ${ui.done}` : "";
		});
		compare.disabled = Object.keys(answer.points[point.id] ?? {}).length === 0;
		const done = points.filter((p) => answer.first[p.id]).length;
		tally.textContent = t(ui, "tally", { n: done, all: points.length });
		showFeedback();
		showTable();
	}

	// --- the table ---------------------------------------------------------------------------------

	const rows = el("tbody", {});

	/** @param {Cell | undefined} cell */
	function summary(cell) {
		if (!cell) return el("td", { class: "none" }, ui.absent);
		return el(
			"td",
			{},
			.../** @type {const} */ (["source", "verb", "label"]).map((name) =>
				el("div", {}, el("small", {}, `${ui[`row-${name}`]}: `), cell[name] ?? ui["row-none"]),
			),
		);
	}

	function showTable() {
		rows.replaceChildren(
			...points.map((point) =>
				el(
					"tr",
					{},
					el("th", { scope: "row" }, point.name),
					...accounts.map((account) =>
						answer.first[point.id]
							? summary(point.cells[account.id])
							: el(
									"td",
									{ class: "open" },
									el("span", { "aria-hidden": "true" }, ui.open),
									el("span", { class: "cd-voice" }, ui["open-cell"]),
								),
					),
				),
			),
		);
	}

	const table = el(
		"section",
		{ class: "cd-sheet", "aria-label": ui["table-title"], tabindex: 0 },
		el(
			"table",
			{},
			el("caption", {}, ui["table-title"]),
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					el("th", { scope: "col" }, ui["table-point"]),
					...accounts.map((account) =>
						el(
							"th",
							{ scope: "col" },
							nameOf(account),
							account.constructed && el("small", {}, ` ${ui.constructed}`),
						),
					),
				),
			),
			rows,
		),
	);

	/** @param {string} name @param {string} legend @param {HTMLElement[]} labels */
	const picks = (name, legend, labels) =>
		el(
			"fieldset",
			{ class: `cd-picks ${name}` },
			el("legend", {}, legend),
			el("div", {}, ...labels),
		);
	/** @param {HTMLInputElement[]} inputs */
	const named = (inputs) =>
		accounts.map((account, i) => el("label", {}, inputs[i], badge(account.letter, account.name)));

	settle(root, "compare");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el(
			"p",
			{ class: "cd-small cd-made" },
			t(ui, "constructed-note", { accounts: letters((a) => a.constructed) }),
		),
		picks(
			"cd-points",
			ui.points,
			points.map((point, i) =>
				el("label", {}, radios[i], el("span", {}, numbers[i], ` ${point.name}`, dones[i])),
			),
		),
		el(
			"div",
			{ class: "cd-view" },
			picks("cd-front", ui.front, named(fronts)),
			picks("cd-beside", ui.beside, named(besides)),
			el("div", { class: "cd-accounts" }, ...views.map((view) => view.box)),
		),
		el(
			"div",
			{ class: "cd-point" },
			title,
			what,
			el("p", { class: "cd-small cd-here-title" }, ui.here),
			here,
			asked,
			el("div", { class: "cd-actions" }, compare, next, tally),
			feedback,
		),
		el("p", { class: "cd-small cd-sheet-note" }, ui["table-note"]),
		table,
		speech.node,
	);
	showBoxes();
	showPoint();
	showTexts();

	const follow = () => {
		const other = { ...empty(), ...model.get("answer") };
		if (same(other, answer)) return;
		answer = other;
		showPoint();
	};
	model.on("change:answer", follow);
	return () => model.off("change:answer", follow);
}

export default { render };
