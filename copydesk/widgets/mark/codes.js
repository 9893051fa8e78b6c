// @ts-check
/** The list of codes that opens at a word: beside the article, below the word, or as a bottom sheet. */
import { el, switchOff, t } from "../kit.js";

/** @typedef {import("./marks.js").Task} Task */
/** @typedef {import("./paper.js").Paper} Paper */
/** @typedef {"left" | "less" | "right"} Size */
/** @typedef {object} Doings what the list asks for
 * @property {(code: string) => void} mark
 * @property {(size: Size) => void} resize
 * @property {() => void} unmark
 * @property {() => void} close the reader wants the list gone, and the word back
 */
/** @typedef {{first: number, last: number, code: string | null, marks: number,
 *   can: Record<Size, boolean>, cards: HTMLElement[]}} Shown */

/** Width of the list in pixels; mark.css has the same. Beside the text it covers no word. */
const MENU_WIDTH = 304;
/** Pixels between a word and the list, and between the list and the edge of the window. */
const AIR = 12;
/** After this many marks a phone shows the codes without what they mean, in half the height. */
const LEARNT = 3;

/**
 * @param {Task} task
 * @param {Paper} paper
 * @param {Doings} doings
 */
export function codeList(task, paper, doings) {
	const ui = task.ui;
	const letters = new Map(task.codes.map((c) => [c.letter.toLowerCase(), c.code]));
	const title = el("p", { class: "cd-codes-title" });
	/** @type {Map<string, HTMLButtonElement>} */
	const buttons = new Map(
		task.codes.map((c) => [
			c.code,
			el(
				"button",
				{
					type: "button",
					class: `cd-code ${c.code}`,
					"data-code": c.code,
					"aria-pressed": "false",
					onclick: () => doings.mark(c.code),
				},
				el("kbd", { "aria-hidden": "true" }, c.letter),
				el("span", {}, el("b", {}, c.name), " ", el("small", {}, c.what)),
			),
		]),
	);
	/** @type {[Size, HTMLButtonElement][]} */
	const sizers = /** @type {Size[]} */ (["left", "less", "right"]).map((size) => [
		size,
		el(
			"button",
			{
				type: "button",
				class: "cd-size",
				"data-size": size,
				"aria-label": `${ui[`size-${size}`]}: ${ui[`size-${size}-what`]}`,
				title: ui[`size-${size}-what`],
				onclick: () => doings.resize(size),
			},
			ui[`size-${size}`],
		),
	]);
	const unmark = el(
		"button",
		{ type: "button", class: "cd-unmark", onclick: doings.unmark },
		ui.unmark,
	);
	const cards = el("div", { class: "cd-codes-cards" });
	const list = el("div", { class: "cd-codes-codes" }, ...buttons.values());
	const node = el(
		"div",
		{ class: "cd-codes", role: "group", hidden: true },
		el(
			"div",
			{ class: "cd-codes-head" },
			title,
			el(
				"button",
				{
					type: "button",
					class: "cd-close",
					"aria-label": ui.close,
					title: ui.close,
					onclick: doings.close,
				},
				"×",
			),
		),
		cards,
		el("div", { class: "cd-sizes" }, ...sizers.map(([, button]) => button)),
		list,
		unmark,
	);

	node.addEventListener("keydown", (event) => {
		const all = [...buttons.values()];
		const here = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
		const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
		const code = plain ? letters.get(event.key.toLowerCase()) : undefined;
		const typing = event.target instanceof HTMLTextAreaElement;
		if (event.key === "Escape") doings.close();
		else if (typing) return;
		else if (here >= 0 && (event.key === "ArrowDown" || event.key === "ArrowRight"))
			all[(here + 1) % all.length].focus();
		else if (here >= 0 && (event.key === "ArrowUp" || event.key === "ArrowLeft"))
			all[(here + all.length - 1) % all.length].focus();
		else if (code) doings.mark(code);
		else if (plain && (event.key === "Delete" || event.key === "Backspace")) doings.unmark();
		// The key that opened the list and is still held down must not choose in it as well.
		else if (!(event.repeat && (event.key === "Enter" || event.key === " "))) return;
		event.preventDefault();
		event.stopPropagation();
	});

	/** Put the list where it covers neither the word nor, if there is room, any other. @param {number} first @param {number} last */
	function place(first, last) {
		// Read before writing, so that the browser lays the page out once.
		const style = getComputedStyle(node);
		const word = paper.standing(last).getBoundingClientRect();
		if (style.position === "fixed")
			return uncover(paper.standing(first).getBoundingClientRect(), word);
		const frame = paper.node.getBoundingClientRect();
		const { clientWidth, clientHeight } = document.documentElement;
		const beside = clientWidth - frame.right >= MENU_WIDTH + 1.5 * AIR;
		const left = beside
			? frame.width + AIR
			: Math.max(0, Math.min(word.left - frame.left, frame.width - MENU_WIDTH));
		const lowest = Math.max(AIR, clientHeight - node.offsetHeight - AIR);
		const top = (beside ? Math.min(word.top - AIR, lowest) : word.bottom + AIR) - frame.top;
		node.style.setProperty("--x", `${Math.round(left)}px`);
		node.style.setProperty("--y", `${Math.round(top)}px`);
	}

	/** Scroll the words out from under a bottom sheet. @param {DOMRect} from @param {DOMRect} to */
	function uncover(from, to) {
		const covered = to.bottom + 2 * AIR - node.getBoundingClientRect().top;
		// If not all of the words fit above it, their start does.
		const most = Math.max(0, from.top - 2 * AIR);
		if (covered > 0) scrollBy({ top: Math.min(covered, most), behavior: "instant" });
	}

	/** @param {Shown} shown */
	function fill(shown) {
		const name = t(ui, "menu", { quote: paper.quote(shown.first, shown.last) });
		title.textContent = name;
		node.setAttribute("aria-label", name);
		for (const [code, button] of buttons)
			button.setAttribute("aria-pressed", String(code === shown.code));
		for (const [size, button] of sizers) switchOff(button, !shown.can[size]);
		unmark.hidden = shown.code === null;
		cards.replaceChildren(...shown.cards);
		node.classList.toggle("learnt", shown.marks >= LEARNT);
	}

	return {
		node,
		/** @param {Shown} shown */
		show(shown) {
			fill(shown);
			node.hidden = false;
			place(shown.first, shown.last);
		},
		place,
		hide() {
			node.hidden = true;
		},
		isOpen: () => !node.hidden,
		/** @param {string} code */
		focus: (code) => buttons.get(code)?.focus({ preventScroll: true }),
		holdsFocus: () => node.contains(document.activeElement),
		/** The code that a key press asks for. @param {KeyboardEvent} event */
		codeOf: (event) =>
			event.ctrlKey || event.metaKey || event.altKey
				? undefined
				: letters.get(event.key.toLowerCase()),
	};
}
