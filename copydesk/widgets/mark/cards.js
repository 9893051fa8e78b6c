// @ts-check
/** What the key says, as the reader meets it: the two counts, and a card with the reasons for each mark. */
import { el, LONGEST_TEXT, t, wellFormed } from "../kit.js";

/** @typedef {import("./marks.js").Task} Task */
/** @typedef {import("./marks.js").Answer} Answer */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./marks.js").KeyMark} KeyMark */
/** @typedef {import("./marks.js").Outcome} Outcome */
/** @typedef {import("./marks.js").Result} Result */
/** @typedef {import("./marks.js").Feedback} Feedback */
/** @typedef {object} Desk what the cards know of the rest
 * @property {() => Answer} answer
 * @property {(dissent: Record<string, string>) => void} keep
 * @property {(first: number, last: number) => string} quote
 * @property {(id: string) => boolean} isSwapped
 * @property {(k: KeyMark) => void} swap
 * @property {(first: number) => void} show
 */

/** The order of the groups, and which marks stand in each. */
const GROUPS = /** @type {const} */ (["both", "key", "fair", "wide", "elsewhere"]);

/**
 * @param {Task} task
 * @param {Desk} desk
 */
export function cardMaker(task, desk) {
	const ui = task.ui;
	const names = new Map(task.codes.map((c) => [c.code, c.name]));
	/** @param {string} code */
	const codeName = (code) => names.get(code) ?? code;

	/** @param {string} id @param {string} quote */
	function dissentField(id, quote) {
		const field = el("textarea", {
			rows: 2,
			maxlength: LONGEST_TEXT,
			"data-dissent": id,
			"aria-label": t(ui, "dissent-label", { quote }),
			oninput: () => {
				const { [id]: _, ...rest } = desk.answer().dissent;
				const text = wellFormed(field.value);
				desk.keep(text.trim() ? { ...rest, [id]: text } : rest);
			},
		});
		field.value = desk.answer().dissent[id] ?? "";
		return el(
			"details",
			{ class: "cd-dissent", open: Boolean(field.value) },
			el("summary", {}, ui.dissent),
			field,
			el("p", { class: "cd-small" }, ui["dissent-note"]),
		);
	}

	/** @param {number} have @param {string} key */
	const readingsLine = (have, key) =>
		el(
			"p",
			{ class: "cd-small" },
			task.readings.length === 1
				? t(ui, `${key}.one`)
				: t(ui, `${key}.other`, { n: have, all: task.readings.length }),
		);

	/** @param {string} name @param {string} text */
	const reason = (name, text) => el("p", {}, el("b", {}, `${name}: `), text);

	/** @param {string} code @param {string} [text] */
	const chip = (code, text = codeName(code)) => el("span", { class: `cd-chip ${code}` }, text);

	/** @param {string} text @param {(Node | string | null | false)[]} children */
	const card = (text, ...children) =>
		el("div", { class: "cd-card" }, el("p", { class: "cd-card-title" }, `“${text}”`), ...children);

	/** @param {number} first */
	const shower = (first) =>
		el(
			"button",
			{ type: "button", class: "cd-link cd-show", onclick: () => desk.show(first) },
			ui["show-in-text"],
		);

	/** @param {KeyMark} k @param {Mark | null} own */
	function keyCard(k, own) {
		const quote = desk.quote(k.first, k.last);
		const swap = el("button", {
			type: "button",
			class: "cd-link",
			"data-swap": k.id,
			onclick: () => desk.swap(k),
		});
		nameSwap(swap);
		return card(
			quote,
			el(
				"p",
				{ class: "cd-badges" },
				own && chip(own[2], t(ui, "you-said", { code: codeName(own[2]) })),
				chip(k.code, t(ui, "key-said", { code: codeName(k.code) })),
				el("span", { class: "cd-small" }, t(ui, `strength-${k.strength}`)),
			),
			reason(ui.why, k.why),
			reason(ui.plain, k.plain),
			reason(ui.against, k.against),
			readingsLine(k.readings.length, "readings"),
			el("p", { class: "cd-tools" }, swap, shower(k.first)),
			dissentField(k.id, quote),
		);
	}

	/** @param {Outcome} outcome @returns {HTMLElement[]} */
	function outcomeCards({ mark: own, result, found, covered, touched }) {
		if (result === "both") return found.map((k) => keyCard(k, own));
		const [first, last, code] = own;
		const quote = desk.quote(first, last);
		/** @type {HTMLElement[]} */
		const parts = [];
		if (result === "wide") {
			const quotes = covered.map((k) => `“${desk.quote(k.first, k.last)}”`).join(", ");
			parts.push(el("p", {}, t(ui, "wide-note", { quotes })));
		}
		if (result === "elsewhere") parts.push(el("p", {}, ui["elsewhere-note"]));
		for (const c of touched)
			parts.push(
				reason(`${ui["why-fair"]} (“${desk.quote(c.first, c.last)}”)`, c.why_fair),
				readingsLine(c.readings.length, "readings-fair"),
			);
		return [
			card(
				quote,
				el("p", { class: "cd-badges" }, chip(code, t(ui, "you-said", { code: codeName(code) }))),
				...parts,
				el("p", { class: "cd-tools" }, shower(first)),
				dissentField(`${first}-${last}`, quote),
			),
		];
	}

	/** A button of the swap test says what it does next. @param {HTMLElement} button */
	function nameSwap(button) {
		const now = desk.isSwapped(button.dataset.swap ?? "");
		button.textContent = now ? ui.unswap : ui.swap;
		button.setAttribute("aria-pressed", String(now));
	}

	/**
	 * A group of cards that is filled when it is first opened: there may be hundreds.
	 * @param {string} name
	 * @param {number} size how many marks stand in it
	 * @param {() => HTMLElement[]} make
	 */
	function group(name, size, make) {
		if (size === 0) return null;
		const details = el(
			"details",
			{ class: `cd-group ${name}` },
			el("summary", {}, `${ui[`group-${name}`]} (${size})`),
		);
		details.addEventListener("toggle", () => details.append(...make()), { once: true });
		return details;
	}

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

	return {
		codeName,
		keyCard,
		outcomeCards,
		/** The two counts. @param {Feedback} checked */
		counts: (checked) => [
			el(
				"div",
				{ class: "cd-counts" },
				figure(checked.found.length, task.key.length, ui["loaded-found"], "loaded"),
				figure(checked.fair.length, task.controls.length, ui["fair-marked"], "fair"),
			),
			el(
				"p",
				{ class: "cd-small" },
				t(ui, "both-matter", { all: task.key.length, controls: task.controls.length }),
			),
			checked.elsewhere > 0 ? el("p", {}, t(ui, "elsewhere-line", { n: checked.elsewhere })) : null,
			checked.wide > 0 ? el("p", {}, t(ui, "wide-line", { n: checked.wide })) : null,
		],
		/** The cards in their groups, all closed. @param {Feedback} checked */
		groups: (checked) =>
			GROUPS.map((name) => {
				if (name === "key")
					return group(name, checked.missed.length, () =>
						checked.missed.map((k) => keyCard(k, null)),
					);
				const outcomes = checked.outcomes.filter((o) => o.result === name);
				return group(name, outcomes.length, () => outcomes.flatMap(outcomeCards));
			}),
		/** In one breath, what the key says of a mark of the reader's. @param {Outcome} outcome */
		spoken: ({ result, found, touched }) => {
			const why =
				found[0]?.why ??
				touched[0]?.why_fair ??
				(result === "elsewhere" ? ui["elsewhere-note"] : "");
			return t(ui, "said-result", { result: ui[`result-${result}`], why });
		},
		/** Bring what the cards show up to date with the answer and the swaps. @param {ParentNode} root */
		refresh(root) {
			for (const button of root.querySelectorAll("[data-swap]"))
				nameSwap(/** @type {HTMLElement} */ (button));
			for (const field of root.querySelectorAll("textarea")) {
				const text = desk.answer().dissent[field.dataset.dissent ?? ""] ?? "";
				if (wellFormed(field.value).trim() !== text.trim()) field.value = text;
			}
		},
	};
}
