// @ts-check
/** The figure task: every claim underlined in the article, a tool to check it, a verdict, the references. */
import { el, paragraphs, same, settle, t, voice } from "../kit.js";
import { answerOf, faultIn, inOrder, nextOpen, segments, stateOf, tally } from "./claims.js";
import { claimPanel } from "./panel.js";
import { summaryOf } from "./summary.js";

/** @typedef {import("../kit.js").Model} Model */
/** @typedef {import("./claims.js").Task} Task */
/** @typedef {import("./claims.js").Answer} Answer */
/** @typedef {import("./claims.js").ClaimAnswer} ClaimAnswer */

/** From this width on the panel stands beside the article; figure.css has the same. */
const WIDE = "(min-width: 75rem)";

export const fault = faultIn;

/**
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el: root }) {
	/** @type {Task} */
	const task = model.get("task");
	const { ui } = task;
	const claims = inOrder(task.claims);
	const live = voice();
	/** @type {Answer} */
	let answer = { claims: {}, ...model.get("answer") };
	/** Number of the claim that is open, -1 when none is. */
	let open = -1;
	/** @type {HTMLElement | null} what opened it, and takes the focus back */
	let opener = null;
	/** @type {Map<number, ReturnType<typeof claimPanel>>} each is built when it is first opened */
	const panels = new Map();
	const wide = matchMedia(WIDE);

	// --- the article -------------------------------------------------------------------------

	/** @type {HTMLElement[][]} the stretches of text of each claim */
	const stretches = claims.map(() => []);
	/** @type {HTMLElement[]} the paragraph in which each claim ends */
	const lineOf = [];
	/** @param {number} i */
	const marker = (i) =>
		el(
			"button",
			{
				type: "button",
				class: "cd-num",
				"data-claim": claims[i].id,
				"aria-expanded": "false",
				onclick: () => openClaim(i, markers[i]),
			},
			el("span", { "aria-hidden": "true" }, String(i + 1)),
		);
	const markers = claims.map((_, i) => marker(i));
	let word = 0;
	const lines = paragraphs(task.lines, (pieces) => {
		const nodes = segments(pieces, word, claims).flatMap(({ text, claims: over, ends }) => {
			const inside = over.length
				? el("span", { class: `cd-said-here ${over.length > 1 ? "twice" : ""}` }, text)
				: text;
			if (inside instanceof HTMLElement) {
				for (const i of over) stretches[i].push(inside);
				inside.addEventListener("click", () => openAt(over));
			}
			if (!ends.length) return [inside];
			return [el("span", { class: "cd-tail" }, inside, ...ends.map((i) => markers[i]))];
		});
		word += (pieces.length - 1) / 2;
		return nodes;
	});
	for (const [i, mark] of markers.entries())
		lineOf[i] = /** @type {HTMLElement} */ (lines.find((line) => line.contains(mark)) ?? lines[0]);
	const article = el("div", { class: "cd-article", lang: task.language }, ...lines);

	/**
	 * A tap on the text itself: the shortest claim there, and the next one where that is open.
	 * @param {number[]} over
	 */
	function openAt(over) {
		if (getSelection()?.isCollapsed === false) return; // the reader is selecting text
		const size = (/** @type {number} */ i) => claims[i].last - claims[i].first;
		const order = [...over].sort((a, b) => size(a) - size(b));
		const i = order[(order.indexOf(open) + 1) % order.length];
		openClaim(i, markers[i]);
	}

	// --- the list ----------------------------------------------------------------------------

	const rows = claims.map((claim, i) => {
		const sign = el("span", { class: "cd-sign", "aria-hidden": "true" });
		const state = el("span", { class: "cd-state" });
		const button = el(
			"button",
			{
				type: "button",
				class: "cd-go",
				"aria-expanded": "false",
				onclick: () => openClaim(i, button),
			},
			el("b", { "aria-hidden": "true" }, String(i + 1)),
			el("span", { class: "cd-topic" }, claim.topic),
			el("span", { class: "cd-how", "aria-hidden": "true" }, sign, " ", state),
		);
		return { button, sign, state };
	});
	const progress = el("p", { class: "cd-progress" });
	const next = el("button", {
		type: "button",
		class: "cd-button cd-primary",
		"data-do": "next",
		onclick: () => openNext(next),
	});
	const list = el(
		"div",
		{ class: "cd-list" },
		progress,
		el("div", { class: "cd-row" }, next),
		el("ol", { class: "cd-claims" }, ...rows.map(({ button }) => el("li", {}, button))),
	);
	const side = el("div", { class: "cd-side" }, list);
	const summary = summaryOf(task, claims);

	/** Write what has changed: the states, the counts. */
	function paint() {
		claims.forEach((claim, i) => {
			const state = stateOf(answerOf(answer, claim.id));
			const words = t(ui, `state-${state}`);
			const label = t(ui, "claim-button", { n: i + 1, topic: claim.topic, state: words });
			for (const button of [markers[i], rows[i].button]) {
				button.setAttribute("aria-label", label);
				button.setAttribute("aria-expanded", String(i === open));
				button.dataset.state = state;
			}
			rows[i].sign.textContent = t(ui, `sign-${state}`);
			rows[i].state.textContent = words;
			for (const stretch of stretches[i])
				stretch.classList.toggle("now", stretches[open]?.includes(stretch) ?? false);
		});
		const { given, compared } = tally(claims, answer);
		progress.textContent = t(ui, "progress", { given, compared, all: claims.length });
		const at = nextOpen(claims, answer, open);
		next.textContent = t(ui, at < 0 ? "all-done" : "next");
		next.disabled = at < 0;
		summary.show(answer);
	}

	// --- answers -----------------------------------------------------------------------------

	/** @param {string} id @param {Partial<ClaimAnswer>} change */
	function keep(id, change) {
		answer = {
			...answer,
			claims: { ...answer.claims, [id]: { ...answerOf(answer, id), ...change } },
		};
		model.set("answer", answer);
		model.save_changes();
		paint();
	}

	// --- opening and closing -----------------------------------------------------------------

	/** @param {HTMLElement} from */
	function openNext(from) {
		const i = nextOpen(claims, answer, open);
		if (i >= 0) openClaim(i, from === next ? from : markers[i]);
	}

	/** @param {number} i @param {HTMLElement} from */
	function openClaim(i, from) {
		if (i === open && from === opener) return closeClaim();
		panels.get(open)?.node.remove();
		open = i;
		opener = from;
		const id = claims[i].id;
		const panel =
			panels.get(i) ??
			claimPanel({
				task,
				claim: claims[i],
				number: i + 1,
				given: () => answerOf(answer, id),
				keep: (change) => keep(id, change),
				say: live.say,
				close: closeClaim,
				next: () => openNext(markers[i]),
				isLast: () => nextOpen(claims, answer, i) < 0,
			});
		panels.set(i, panel);
		panel.show();
		place();
		paint();
		panel.heading.focus({ preventScroll: true });
		if (wide.matches) {
			stretches[i][0]?.scrollIntoView({ block: "nearest" });
			panel.node.scrollIntoView({ block: "nearest" });
			panel.node.scrollTop = 0;
		} else panel.heading.scrollIntoView({ block: "center" });
	}

	/** Put the open panel where this width has room for it: beside the article, or below the line. */
	function place() {
		const panel = panels.get(open);
		list.hidden = Boolean(panel) && wide.matches;
		if (!panel) return;
		const held = document.activeElement;
		const stays = panel.node.contains(held);
		if (wide.matches) {
			if (panel.node.parentNode !== side) side.append(panel.node);
		} else if (panel.node.previousSibling !== lineOf[open]) lineOf[open].after(panel.node);
		// A window that is turned moves the panel, and what is moved loses the focus.
		if (stays && held instanceof HTMLElement && held !== document.activeElement) held.focus();
	}

	function closeClaim() {
		panels.get(open)?.node.remove();
		const was = open;
		open = -1;
		place();
		paint();
		const back = opener?.isConnected ? opener : markers[was];
		back?.focus();
	}

	root.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || open < 0) return;
		event.preventDefault();
		closeClaim();
	});
	wide.addEventListener("change", place);

	// --- put together ------------------------------------------------------------------------

	settle(root, "figure");
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
				...task.verdicts.flatMap(({ name, what }) => [
					el("dt", {}, el("b", {}, name)),
					el("dd", {}, what),
				]),
			),
		),
		el("div", { class: "cd-desk-two" }, article, side),
		summary.node,
		live.node,
	);
	paint();

	const follow = () => {
		const incoming = { claims: {}, ...model.get("answer") };
		if (same(incoming, answer)) return;
		answer = incoming;
		for (const panel of panels.values()) panel.show();
		paint();
	};
	model.on("change:answer", follow);
	return () => {
		model.off("change:answer", follow);
		wide.removeEventListener("change", place);
	};
}

export default { render };
