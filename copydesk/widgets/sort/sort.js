// @ts-check
/** The sort task: a bin for each card, then card by card how it stands to the key, and why. */
import { el, isRecord, LONGEST_TEXT, same, settle, t, voice } from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {{placed: Record<string, string>, first: Record<string, string>, dissent: Record<string, string>}} Answer */
/** @typedef {"key" | "accepted" | "other"} Fit */
/** @typedef {{id: string, letter: string, name: string, what: string}} Bin */
/** @typedef {{publisher: string, title: string | null, date: string | null, url: string | null,
 *   from_memory: boolean}} Source */
/** @typedef {{id: string, text: string, line: number | null, fits: Record<string, Fit>, why: string,
 *   against: string | null, sources: Source[]}} Card */
/** @typedef {{id: string, prompt: string, language: string, ui: Record<string, string>, bins: Bin[],
 *   cards: Card[]}} Task */

/** @type {Answer} */
const EMPTY = { placed: {}, first: {}, dissent: {} };
/** What stands before a card's result, so that colour is not alone. */
const SIGNS = { key: "✓", accepted: "≈", other: "✕" };

/**
 * How many cards stand how to the key, by the table that Python wrote into the task.
 * @param {Pick<Card, "id" | "fits">[]} cards
 * @param {Record<string, string>} placed
 */
export function counts(cards, placed) {
	const tally = { key: 0, accepted: 0, other: 0, open: 0 };
	for (const card of cards) tally[placed[card.id] ? card.fits[placed[card.id]] : "open"]++;
	return tally;
}

/**
 * What is wrong with an answer from a file, or null.
 * @param {Pick<Task, "bins" | "cards">} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	if (!isRecord(answer)) return "not an object";
	const cards = new Set(task.cards.map((c) => c.id));
	const bins = new Set(task.bins.map((b) => b.id));
	for (const name of ["placed", "first", "dissent"]) {
		const group = answer[name] ?? {};
		if (!isRecord(group)) return `${name} is not an object`;
		for (const [card, value] of Object.entries(group)) {
			if (!cards.has(card)) return `${name}: there is no card of this id`;
			if (typeof value !== "string") return `${name}: not a text`;
			if (name === "dissent" && value.length > LONGEST_TEXT) return "a dissent is not a short text";
			if (name !== "dissent" && !bins.has(value)) return `${name}: unknown bin`;
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
	const all = task.cards.length;
	const group = `cd-sort-${++groups}`;
	const live = voice();
	const bins = new Map(task.bins.map((b) => [b.id, b]));
	/** @type {Answer} */
	let answer = { ...EMPTY, ...model.get("answer") };

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
	}
	/** @param {string} id */
	const binName = (id) => bins.get(id)?.name ?? id;
	/** @param {Card} card @param {number} n */
	const cardName = (card, n) =>
		card.line ? t(ui, "line", { n: card.line }) : t(ui, "card-n", { n: n + 1 });
	/** @param {Bin} bin */
	const letter = (bin) => el("span", { class: "cd-letter" }, bin.letter);
	const sorted = () => task.cards.filter((card) => answer.placed[card.id]).length;

	const rows = task.cards.map((card, n) => {
		const inputs = task.bins.map((bin) =>
			el("input", {
				type: "radio",
				name: `${group}-${n}`,
				value: bin.id,
				onchange: () => {
					keep({ placed: { ...answer.placed, [card.id]: bin.id } });
					show();
					live.say(
						t(ui, "said-placed", { card: cardName(card, n), bin: bin.name, done: sorted(), all }),
					);
				},
			}),
		);
		const result = el("div", { class: "cd-card-result" });
		const node = el(
			"li",
			{ class: "cd-sort-card", "data-card": card.id },
			el(
				"fieldset",
				{ class: "cd-choice" },
				el(
					"legend",
					{ class: "cd-sort-text" },
					card.line !== null && el("span", { class: "cd-small" }, t(ui, "line", { n: card.line })),
					card.line !== null && " ",
					el("span", { lang: task.language }, card.text),
				),
				el(
					"div",
					{ class: "cd-pills" },
					...task.bins.map((bin, i) =>
						el(
							"label",
							{ class: `cd-pill cd-bin-${bin.letter}` },
							inputs[i],
							letter(bin),
							` ${bin.name}`,
						),
					),
				),
			),
			result,
		);
		return { card, inputs, result, node, shown: "" };
	});

	/** @param {Source} source */
	const sourceLine = ({ publisher, title, date, url, from_memory }) =>
		el(
			"li",
			{},
			[publisher, date].filter(Boolean).join(", "),
			title && ": ",
			title && (url ? el("a", { href: url, rel: "noopener" }, title) : title),
			!title && url && " ",
			!title && url && el("a", { href: url, rel: "noopener" }, new URL(url).hostname),
			from_memory && ` (${ui["from-memory"]})`,
		);

	/** @param {Card} card */
	function dissentField(card) {
		const area = el("textarea", {
			rows: 3,
			maxlength: LONGEST_TEXT,
			"aria-label": t(ui, "dissent-label", { text: card.text }),
			oninput: () => {
				const dissent = { ...answer.dissent, [card.id]: area.value };
				if (!area.value) delete dissent[card.id];
				keep({ dissent });
			},
		});
		area.value = answer.dissent[card.id] ?? "";
		return el(
			"details",
			{ class: "cd-dissent", open: Boolean(area.value) },
			el("summary", {}, ui.dissent),
			area,
			el("p", { class: "cd-small" }, ui["dissent-note"]),
		);
	}

	/** @param {Card} card */
	function feedback(card) {
		const placed = answer.placed[card.id];
		const fit = card.fits[placed];
		const key = binName(Object.keys(card.fits).find((id) => card.fits[id] === "key") ?? "");
		const first = answer.first[card.id];
		return [
			el("p", { class: `cd-fit ${fit}` }, `${SIGNS[fit]} ${t(ui, fit, { bin: key })}`),
			el("p", {}, el("b", {}, `${ui.why}: `), card.why),
			card.against && el("p", {}, el("b", {}, `${ui.against}: `), card.against),
			first !== placed &&
				el("p", { class: "cd-small" }, t(ui, "first-was", { bin: binName(first) })),
			card.sources.length > 0 &&
				el(
					"div",
					{ class: "cd-small" },
					`${ui.sources}:`,
					el("ul", {}, ...card.sources.map(sourceLine)),
				),
			dissentField(card),
		].filter((node) => node instanceof Node);
	}

	const tally = el("span", { class: "cd-tally" });
	const check = el("button", {
		type: "button",
		class: "cd-button cd-primary",
		"data-do": "check",
		onclick: checkNow,
	});
	const counted = el("p", { class: "cd-counted" });
	const piles = el("section", { class: "cd-piles", "aria-label": ui.piles });

	/** @param {ReturnType<typeof counts>} tallied */
	const resultLine = (tallied) => t(ui, "result", tallied);

	function show() {
		for (const row of rows) {
			const { card, inputs, result } = row;
			const placed = answer.placed[card.id];
			for (const input of inputs) input.checked = input.value === placed;
			const now = card.id in answer.first && placed ? placed : "";
			// Only what changed is written anew, so that a text that is being typed stays.
			if (now !== row.shown) result.replaceChildren(...(now ? feedback(card) : []));
			row.shown = now;
		}
		const checked = task.cards.filter((card) => card.id in answer.first);
		counted.textContent = checked.length
			? resultLine({ ...counts(checked, answer.placed), open: all - sorted() })
			: "\u00a0";
		tally.textContent = t(ui, "progress", { done: sorted(), all });
		check.textContent = checked.length ? ui["check-again"] : ui.check;
		piles.replaceChildren(
			...task.bins.map((bin) => {
				const here = task.cards
					.map((card, n) => ({ card, n }))
					.filter(({ card }) => answer.placed[card.id] === bin.id);
				return el(
					"div",
					{ class: `cd-pile cd-bin-${bin.letter}` },
					el(
						"p",
						{ class: "cd-pile-name" },
						letter(bin),
						` ${t(ui, "pile", { name: bin.name, n: here.length })}`,
					),
					el(
						"p",
						{ class: "cd-small" },
						here.map(({ card, n }) => cardName(card, n)).join(", ") || ui.nothing,
					),
				);
			}),
		);
	}

	function checkNow() {
		const fresh = task.cards.filter((card) => answer.placed[card.id] && !(card.id in answer.first));
		if (fresh.length)
			keep({
				first: {
					...answer.first,
					...Object.fromEntries(fresh.map((card) => [card.id, answer.placed[card.id]])),
				},
			});
		show();
		live.say(sorted() ? resultLine(counts(task.cards, answer.placed)) : ui["said-nothing"]);
	}

	settle(root, "sort");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el("details", { class: "cd-help" }, el("summary", {}, ui["help-title"]), el("p", {}, ui.help)),
		el(
			"dl",
			{ class: "cd-bins" },
			...task.bins.map((bin) =>
				el(
					"div",
					{ class: `cd-bin cd-bin-${bin.letter}` },
					el("dt", {}, letter(bin), ` ${bin.name}`),
					el("dd", {}, bin.what),
				),
			),
		),
		el("ol", { class: "cd-cards" }, ...rows.map(({ node }) => node)),
		el("div", { class: "cd-actions" }, check, tally),
		counted,
		live.node,
		piles,
	);
	show();

	const follow = () => {
		const next = { ...EMPTY, ...model.get("answer") };
		if (same(next, answer)) return;
		answer = next;
		for (const row of rows) row.shown = "";
		for (const { result } of rows) result.replaceChildren();
		show();
	};
	model.on("change:answer", follow);
	return () => model.off("change:answer", follow);
}

export default { render };
