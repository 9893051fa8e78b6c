// @ts-check
/** Read it cold: the article whole, then how far it is trusted, what happened, what is missing. */
import {
	el,
	isRecord,
	isShortText,
	LONGEST_TEXT,
	paragraphs,
	same,
	settle,
	strayKey,
	t,
	wellFormed,
} from "../kit.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {{trust: number | null, happened: string, want: string}} Answer */
/** @typedef {{prompt: string, language: string, lines: string[][], ui: Record<string, string>,
 *   case: {publisher: string, published: string}}} Task */

/** @type {Answer} */
const EMPTY = { trust: null, happened: "", want: "" };
const STEPS = [1, 2, 3, 4, 5];

/**
 * What is wrong with an answer from a file, or null.
 * @param {unknown} _task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(_task, answer) {
	if (!isRecord(answer)) return "not an object";
	const stray = strayKey(answer, Object.keys(EMPTY));
	if (stray !== null) return `unknown part “${stray}”`;
	const { trust = null, happened = "", want = "" } = answer;
	if (trust !== null && !STEPS.includes(/** @type {number} */ (trust)))
		return "trust is not a number from 1 to 5";
	for (const text of [happened, want]) if (!isShortText(text)) return "a text is not a short text";
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
	let answer = given();

	/** The answer that was given; a notebook can hand in one that does not fit, which is passed over. */
	function given() {
		/** @type {Answer} */
		const whole = { ...EMPTY, ...model.get("answer") };
		return fault(task, whole) ? EMPTY : whole;
	}

	/** @param {Partial<Answer>} change */
	function keep(change) {
		answer = { ...answer, ...change };
		model.set("answer", answer);
		model.save_changes();
		show();
	}

	const who = el("span", { class: "cd-who", hidden: true }, t(ui, "who-answer", task.case));
	const whoButton = el(
		"button",
		{
			type: "button",
			class: "cd-button",
			"aria-expanded": "false",
			onclick: () => {
				who.hidden = !who.hidden;
				whoButton.setAttribute("aria-expanded", String(!who.hidden));
				whoButton.textContent = who.hidden ? ui.who : ui["who-hide"];
			},
		},
		ui.who,
	);

	const group = `cd-trust-${++groups}`;
	const radios = STEPS.map((step) =>
		el("input", { type: "radio", name: group, value: step, onchange: () => keep({ trust: step }) }),
	);
	/** @param {"happened" | "want"} name */
	const field = (name) => {
		const area = el("textarea", {
			rows: 2,
			maxlength: LONGEST_TEXT,
			oninput: () => keep({ [name]: wellFormed(area.value) }),
		});
		return area;
	};
	const happened = field("happened");
	const want = field("want");
	const kept = el("p", { class: "cd-small cd-kept" });

	function show() {
		radios.forEach((radio, i) => {
			radio.checked = answer.trust === STEPS[i];
		});
		for (const [area, text] of /** @type {const} */ ([
			[happened, answer.happened],
			[want, answer.want],
		]))
			if (wellFormed(area.value) !== text) area.value = text;
		const done = answer.trust !== null && answer.happened.trim() && answer.want.trim();
		kept.textContent = done ? ui.kept : "\u00a0";
	}

	settle(root, "impression");
	root.replaceChildren(
		el("p", { class: "cd-prompt" }, task.prompt),
		el("div", { class: "cd-article", lang: task.language }, ...paragraphs(task.lines)),
		el("div", { class: "cd-row" }, whoButton, who),
		el(
			"fieldset",
			{ class: "cd-field" },
			el("legend", {}, ui.trust),
			el(
				"div",
				{ class: "cd-scale" },
				...STEPS.map((step, i) => el("label", {}, radios[i], el("span", {}, ui[`trust-${step}`]))),
			),
		),
		el("label", { class: "cd-field" }, el("span", {}, ui.happened), happened),
		el("label", { class: "cd-field" }, el("span", {}, ui.want), want),
		kept,
	);
	show();

	const follow = () => {
		const next = given();
		if (same(next, answer)) return;
		answer = next;
		show();
	};
	model.on("change:answer", follow);
	return () => model.off("change:answer", follow);
}

export default { render };
