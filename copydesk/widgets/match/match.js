// @ts-check
/** Several names for one referent: who used which, and how far does each of them judge? */
import { el, isRecord, LONGEST_TEXT, same, t, voice } from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {{id: string, name: string, what: string}} Standing */
/** @typedef {{publisher: string, title: string | null, date: string | null, url: string | null,
 *   from_memory: boolean}} Source */
/** @typedef {{id: string, text: string, cut: boolean, fits: Record<string, string>, outlet: string,
 *   owner: string, date: string, source: Source, level: number, arguable: boolean, why: string,
 *   against: string | null, note: string}} Label */
/** @typedef {{id: string, name: string, what: string, labels: Label[], pairs: [string, string][]}} Round */
/** @typedef {{id: string, prompt: string, language: string, standings: Standing[], rounds: Round[],
 *   ui: Record<string, string>}} Task */
/** @typedef {{guesses: Record<string, string>, order: string[]}} RoundAnswer */
/** @typedef {{rounds: Record<string, RoundAnswer>, first: Record<string, RoundAnswer>,
 *   dissent: Record<string, string>}} Answer */

/** @returns {Answer} */
const empty = () => ({ rounds: {}, first: {}, dissent: {} });

/**
 * How many of the key's pairs stand in an order as the key has them.
 * @param {[string, string][]} pairs
 * @param {string[]} order
 */
export function sameOrder(pairs, order) {
	return pairs.filter(([plainer, other]) => order.indexOf(plainer) < order.indexOf(other)).length;
}

/**
 * The order with one label moved by one place.
 * @param {string[]} order
 * @param {string} id
 * @param {-1 | 1} step
 */
export function moved(order, id, step) {
	const from = order.indexOf(id);
	const to = from + step;
	if (to < 0 || to >= order.length) return order;
	const next = order.filter((other) => other !== id);
	next.splice(to, 0, id);
	return next;
}

/**
 * The labels of a round in a reader's order.
 * @param {Round} round
 * @param {string[]} order
 */
export function inOrder(round, order) {
	if (order.length === 0) return round.labels;
	return [...round.labels].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/**
 * What is wrong with an answer from a file, or null.
 * @param {unknown} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	const { rounds, standings } = /** @type {Task} */ (task);
	if (!isRecord(answer)) return "not an object";
	const kinds = new Set(standings.map((standing) => standing.id));
	for (const field of ["rounds", "first"]) {
		const given = answer[field] ?? {};
		if (!isRecord(given)) return `${field} is not an object`;
		for (const [name, entry] of Object.entries(given)) {
			const round = rounds.find((r) => r.id === name);
			if (!round || !isRecord(entry)) return `a round is unknown: ${name}`;
			const ids = round.labels.map((label) => label.id);
			const { guesses = {}, order = [] } = entry;
			if (!isRecord(guesses) || !Array.isArray(order)) return "a round is damaged";
			for (const [label, standing] of Object.entries(guesses))
				if (!ids.includes(label) || !kinds.has(/** @type {string} */ (standing)))
					return "a guess is unknown";
			if (order.length > 0 && !same([...order].sort(), [...ids].sort()))
				return "an order has not each label once";
		}
	}
	const dissent = answer.dissent ?? {};
	if (!isRecord(dissent)) return "dissent is not an object";
	const labels = rounds.flatMap((round) => round.labels.map((label) => label.id));
	for (const [label, text] of Object.entries(dissent))
		if (!labels.includes(label) || typeof text !== "string" || text.length > LONGEST_TEXT)
			return "a dissent is not short text on a label";
	return null;
}

let groups = 0;

/** @param {{model: Model, el: HTMLElement}} context */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const { ui, rounds, standings } = task;
	/** @type {Answer} */
	let answer = { ...empty(), ...model.get("answer") };
	let at = 0;
	const group = `cd-match-${++groups}`;
	const speech = voice();

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
	}
	/** @returns {RoundAnswer} */
	const mine = () => answer.rounds[rounds[at].id] ?? { guesses: {}, order: [] };
	/** @param {Partial<RoundAnswer>} change */
	const keepRound = (change) =>
		keep({ rounds: { ...answer.rounds, [rounds[at].id]: { ...mine(), ...change } } });
	const checked = () => Boolean(answer.first[rounds[at].id]);

	const numbers = rounds.map((_, i) => el("b", {}, String(i + 1)));
	const dones = rounds.map(() => el("span", { class: "cd-voice" }));
	const radios = rounds.map((_, i) =>
		el("input", {
			type: "radio",
			name: group,
			onchange: () => {
				at = i;
				show();
				const { name, labels } = rounds[at];
				speech.say(t(ui, "said-round", { name, n: labels.length }));
			},
		}),
	);
	const what = el("p", { class: "cd-round-what" });
	const list = el("ol", { class: "cd-labels" });
	const summary = el("div", { class: "cd-feedback" });
	const compare = el(
		"button",
		{ type: "button", class: "cd-button cd-primary", onclick: check },
		ui.compare,
	);
	const tally = el("span", { class: "cd-tally" });

	/** @param {Label} label @param {-1 | 1} step */
	function move(label, step) {
		const round = rounds[at];
		const order = moved(
			inOrder(round, mine().order).map(({ id }) => id),
			label.id,
			step,
		);
		keepRound({ order });
		show();
		const place = order.indexOf(label.id);
		const row = list.children[place];
		// At an end of the list its button is off, and the other one takes the focus.
		const [up, down] = row.querySelectorAll("button");
		(step < 0 ? (up.disabled ? down : up) : down.disabled ? up : down).focus();
		speech.say(t(ui, "said-moved", { text: label.text, n: place + 1, all: order.length }));
	}

	function counts() {
		const round = rounds[at];
		const { guesses, order } = mine();
		const fits = round.labels.map((label) => label.fits[guesses[label.id]]);
		return {
			all: round.labels.length,
			key: fits.filter((fit) => fit === "key").length,
			accepted: fits.filter((fit) => fit === "accepted").length,
			pairs: round.pairs.length,
			same: sameOrder(round.pairs, order),
		};
	}

	function check() {
		const round = rounds[at];
		// To compare is to stand by the order that is shown, moved or not.
		if (mine().order.length === 0) keepRound({ order: round.labels.map(({ id }) => id) });
		if (!checked()) keep({ first: { ...answer.first, [round.id]: mine() } });
		show();
		speech.say(t(ui, "said-compared", counts()));
	}

	/** @param {Label} label */
	function say(label) {
		const { source } = label;
		const guess = mine().guesses[label.id];
		const fit = guess ? label.fits[guess] : "open";
		const key = standings.find(({ id }) => label.fits[id] === "key");
		const levels = Math.max(...rounds[at].labels.map(({ level }) => level));
		const where = t(ui, "source", { name: source.publisher });
		const area = el("textarea", {
			rows: 3,
			maxlength: LONGEST_TEXT,
			oninput: () => {
				const { [label.id]: _, ...rest } = answer.dissent;
				keep({ dissent: area.value.trim() ? { ...rest, [label.id]: area.value } : rest });
			},
		});
		area.value = answer.dissent[label.id] ?? "";
		return el(
			"div",
			{ class: `cd-card ${fit}` },
			el(
				"p",
				{},
				el("b", {}, `${ui[`fit-${fit}`]}. `),
				fit !== "key" && `${t(ui, "key-is", { name: key?.name ?? "" })}. `,
				t(ui, "really", {
					outlet: label.outlet,
					owner: label.owner,
					date: label.date || ui["no-date"],
				}),
				". ",
				source.url ? el("a", { href: source.url, rel: "noopener" }, where) : where,
				source.from_memory && ` (${ui["from-memory"]})`,
				label.note && `. ${label.note}`,
			),
			el(
				"p",
				{},
				el("b", {}, t(ui, "level", { n: label.level, all: levels })),
				label.arguable && el("span", { class: "cd-arguable" }, ` (${ui.arguable})`),
				". ",
				label.why,
			),
			label.against && el("p", {}, el("b", {}, `${ui.against}. `), label.against),
			el(
				"details",
				{ class: "cd-dissent", open: Boolean(answer.dissent[label.id]) },
				el("summary", {}, ui.dissent),
				el("label", {}, t(ui, "dissent-label", { text: label.text }), area),
				el("p", { class: "cd-small" }, ui["dissent-note"]),
			),
		);
	}

	/** @param {Label} label @param {number} place @param {number} all */
	function row(label, place, all) {
		/** @param {"earlier" | "later"} name @param {-1 | 1} step @param {boolean} off */
		const button = (name, step, off) =>
			el(
				"button",
				{
					type: "button",
					class: "cd-size",
					disabled: off,
					"aria-label": t(ui, name, { text: label.text }),
					onclick: () => move(label, step),
				},
				step < 0 ? "↑" : "↓",
			);
		const select = el(
			"select",
			{
				onchange: () => {
					const { [label.id]: _, ...rest } = mine().guesses;
					keepRound({ guesses: select.value ? { ...rest, [label.id]: select.value } : rest });
					showState();
					const card = item.querySelector(".cd-card");
					if (card) card.replaceWith(say(label));
				},
			},
			el("option", { value: "" }, ui.choose),
			...standings.map(({ id, name }) => el("option", { value: id }, name)),
		);
		select.value = mine().guesses[label.id] ?? "";
		const item = el(
			"li",
			{},
			el(
				"div",
				{ class: "cd-label-row" },
				el(
					"span",
					{ class: "cd-moves" },
					button("earlier", -1, place === 0),
					button("later", 1, place === all - 1),
				),
				el(
					"span",
					{ class: "cd-label-text", lang: task.language },
					t(ui, "quoted", { text: label.text }),
					label.cut && el("small", {}, ` ${ui.cut}`),
				),
				el("label", { class: "cd-guess" }, el("span", {}, ui.guess), select),
			),
			checked() && say(label),
		);
		return item;
	}

	function showState() {
		compare.disabled = Object.keys(mine().guesses).length === 0;
		radios.forEach((radio, i) => {
			const done = Boolean(answer.first[rounds[i].id]);
			radio.checked = i === at;
			numbers[i].textContent = done ? "✓" : String(i + 1);
			dones[i].textContent = done ? `, ${ui.done}` : "";
		});
		const done = rounds.filter((round) => answer.first[round.id]).length;
		tally.textContent = t(ui, "tally", { n: done, all: rounds.length });
		if (!checked()) return summary.replaceChildren();
		const found = counts();
		summary.replaceChildren(
			el("p", { class: "cd-found" }, t(ui, "found", found)),
			el("p", { class: "cd-order" }, t(ui, "order", found)),
			el("p", { class: "cd-small" }, ui["order-note"]),
		);
	}

	function show() {
		const round = rounds[at];
		what.textContent = `${round.what} ${ui.labels}`;
		const labels = inOrder(round, mine().order);
		list.replaceChildren(...labels.map((label, place) => row(label, place, labels.length)));
		showState();
	}

	root.classList.add("cd-match");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el(
			"details",
			{ class: "cd-help" },
			el("summary", {}, ui.standings),
			el("dl", {}, ...standings.flatMap((s) => [el("dt", {}, s.name), el("dd", {}, s.what)])),
		),
		el(
			"fieldset",
			{ class: "cd-picks" },
			el("legend", {}, ui.rounds),
			el(
				"div",
				{},
				...rounds.map((round, i) =>
					el("label", {}, radios[i], el("span", {}, numbers[i], ` ${round.name}`, dones[i])),
				),
			),
		),
		el(
			"div",
			{ class: "cd-round" },
			what,
			el("p", { class: "cd-end" }, `↑ ${ui.plain}`),
			list,
			el("p", { class: "cd-end" }, `↓ ${ui.judging}`),
		),
		el("div", { class: "cd-actions" }, compare, tally),
		summary,
		speech.node,
	);
	show();

	const follow = () => {
		const other = { ...empty(), ...model.get("answer") };
		if (same(other, answer)) return;
		answer = other;
		show();
	};
	model.on("change:answer", follow);
	return () => model.off("change:answer", follow);
}

export default { render };
