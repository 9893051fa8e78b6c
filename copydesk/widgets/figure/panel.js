// @ts-check
/** The panel of one claim: what is claimed, the tools, the verdict, the reason, and then the references. */
import { el, LONGEST_TEXT, t } from "../kit.js";
import { quoteOf, stateOf } from "./claims.js";
import { distanceTool } from "./map.js";
import { freshId } from "./parts.js";
import { resultOf } from "./result.js";
import { seriesTool } from "./series.js";
import { calendarTool, convertTool, shareTool } from "./sums.js";
import { votesTool } from "./votes.js";

/** @typedef {import("./claims.js").Task} Task */
/** @typedef {import("./claims.js").Claim} Claim */
/** @typedef {import("./claims.js").ClaimAnswer} ClaimAnswer */
/** @typedef {import("./parts.js").Kit} Kit */
/** @typedef {import("./parts.js").Start} Start */

/** @type {Record<string, (kit: Kit, start: Start) => HTMLElement>} the kinds that have a tool of their own */
const TOOLS = {
	convert: convertTool,
	distance: distanceTool,
	calendar: calendarTool,
	share: shareTool,
	series: seriesTool,
	votes: votesTool,
};

/** The value of the choice that stands for a reason of the reader's own. */
const OWN = "";

/**
 * A list of radio buttons with a legend.
 * @param {string} legend
 * @param {[string, string, string][]} options value, name, what it means
 * @param {(value: string) => void} onchoice
 */
function radios(legend, options, onchoice) {
	const name = freshId();
	const inputs = options.map(([value]) =>
		el("input", { type: "radio", name, value, onchange: () => onchoice(value) }),
	);
	const node = el(
		"fieldset",
		{ class: "cd-radios" },
		el("legend", {}, legend),
		...options.map(([, label, what], i) => {
			const id = freshId();
			if (what) inputs[i].setAttribute("aria-describedby", id);
			return el(
				"div",
				{ class: "cd-radio" },
				el("label", {}, inputs[i], " ", el("span", {}, label)),
				what && el("small", { id }, what),
			);
		}),
	);
	return { node, inputs };
}

/**
 * A field for a text of the reader's own.
 * @param {string} label
 * @param {(text: string) => void} onchange
 * @param {string} [help]
 */
function textField(label, onchange, help) {
	const id = freshId();
	const field = el("textarea", {
		id,
		rows: 2,
		maxlength: LONGEST_TEXT,
		"aria-describedby": help && `${id}-help`,
		oninput: () => onchange(field.value),
	});
	const node = el(
		"div",
		{ class: "cd-own" },
		el("label", { for: id }, label),
		field,
		help && el("p", { class: "cd-small", id: `${id}-help` }, help),
	);
	return { node, field };
}

/**
 * @param {object} given
 * @param {Task} given.task
 * @param {Claim} given.claim
 * @param {number} given.number
 * @param {() => ClaimAnswer} given.given
 * @param {(change: Partial<ClaimAnswer>) => void} given.keep
 * @param {(text: string) => void} given.say
 * @param {() => void} given.close
 * @param {() => void} given.next
 * @param {() => boolean} given.isLast
 */
export function claimPanel({ task, claim, number, given, keep, say, close, next, isLast }) {
	const { ui } = task;
	/** @type {Kit} */
	const kit = {
		ui,
		language: task.language,
		tables: task.tables,
		points: task.points,
		shapes: task.shapes,
		say,
	};
	const heading = el("h3", { class: "cd-panel-title", tabindex: -1, id: freshId() }, claim.topic);

	// --- the check ---------------------------------------------------------------------------

	/** @param {import("./claims.js").ToolEntry} entry @param {boolean} first */
	const toolBox = ({ kind, start }, first) => {
		const place = el("div", {});
		const box = el(
			"details",
			{ class: "cd-tool", "data-tool": kind, open: first },
			el("summary", {}, t(ui, `tool.${kind}`)),
			place,
		);
		// A tool is built when it is first seen: most claims of a page are never opened.
		const build = () => {
			if (box.open && !place.hasChildNodes()) place.append(TOOLS[kind](kit, start));
		};
		// The first one comes a frame after its panel, which is shown at once.
		box.addEventListener("toggle", build);
		requestAnimationFrame(build);
		return box;
	};
	const note = textField(t(ui, "note"), (text) => keep({ note: text }), t(ui, "note-help"));

	// --- verdict and reason ------------------------------------------------------------------

	const verdicts = radios(
		t(ui, "your-verdict"),
		task.verdicts.map(({ verdict, name, what }) => [verdict, name, what]),
		(verdict) => {
			keep({ verdict });
			showResult();
		},
	);
	const reasons = radios(
		t(ui, "your-reason"),
		[
			...claim.reasons.map(
				({ id, text }) => /** @type {[string, string, string]} */ ([id, text, ""]),
			),
			[OWN, t(ui, "own-reason"), ""],
		],
		(reason) => {
			keep({ reason: reason === OWN ? null : reason });
			own.node.hidden = reason !== OWN;
			if (reason === OWN) own.field.focus();
			showResult();
		},
	);
	const own = textField(t(ui, "own-label"), (text) => {
		keep({ own_reason: text });
	});

	const trouble = el("p", { class: "cd-trouble", role: "alert" });
	const compare = el(
		"button",
		{ type: "button", class: "cd-button cd-primary", "data-do": "compare", onclick: compareNow },
		t(ui, "compare"),
	);
	const result = el("div", { class: "cd-result-area", tabindex: -1 });
	const following = el(
		"button",
		{ type: "button", class: "cd-button", "data-do": "following", onclick: next },
		t(ui, "next-in-panel"),
	);

	const compareRow = el("div", { class: "cd-row" }, compare);
	const followingRow = el("div", { class: "cd-row" }, following);

	function compareNow() {
		const { verdict, reason, own_reason, first } = given();
		const lack =
			verdict === null
				? "need-verdict"
				: reason === null && !own_reason.trim()
					? "need-reason"
					: "";
		trouble.textContent = lack && t(ui, lack);
		if (lack) {
			const { inputs } = verdict === null ? verdicts : reasons;
			(inputs.find((input) => input.checked) ?? inputs[0]).focus();
			return;
		}
		// What stood here before the references were seen is kept as it was, for good.
		if (first === null) keep({ first: verdict, first_reason: reason });
		const what = showResult();
		if (what) say(t(ui, "said-compared", { what }));
		result.focus({ preventScroll: true });
		result.scrollIntoView({ block: "nearest" });
	}

	/** Show how the verdict stands, once it has been compared; gives that sentence. */
	function showResult() {
		const answer = given();
		const compared = stateOf(answer) === "compared";
		compareRow.hidden = compared;
		followingRow.hidden = !compared || isLast();
		if (!compared) {
			result.replaceChildren();
			return "";
		}
		trouble.textContent = "";
		const { nodes, sentence } = resultOf(task, claim, answer);
		result.replaceChildren(...nodes);
		return sentence;
	}

	const tools = claim.tools.filter(({ kind }) => kind in TOOLS);
	const node = el(
		"section",
		{ class: "cd-panel-of", "aria-labelledby": heading.id, "data-claim": claim.id },
		el(
			"div",
			{ class: "cd-panel-head" },
			el("p", { class: "cd-small" }, t(ui, "claim-number", { n: number, all: task.claims.length })),
			el(
				"button",
				{ type: "button", class: "cd-button cd-close", "data-do": "close", onclick: close },
				t(ui, "close"),
			),
		),
		heading,
		el("blockquote", { class: "cd-quote" }, `“${quoteOf(task.lines, claim)}”`),
		el("p", {}, el("b", {}, `${t(ui, "claimed")}: `), claim.claimed),
		el("h4", {}, t(ui, "check")),
		el("p", {}, claim.check),
		...tools.map((entry, i) => toolBox(entry, i === 0)),
		note.node,
		verdicts.node,
		reasons.node,
		own.node,
		compareRow,
		trouble,
		result,
		followingRow,
	);

	/** Write the answer into the fields, as it stands now. */
	function show() {
		const { verdict, reason, own_reason, note: noted } = given();
		for (const input of verdicts.inputs) input.checked = input.value === verdict;
		const byOwn = reason === null && own_reason !== "";
		for (const input of reasons.inputs)
			input.checked = input.value === OWN ? byOwn : input.value === reason;
		own.node.hidden = !byOwn;
		if (own.field.value !== own_reason) own.field.value = own_reason;
		if (note.field.value !== noted) note.field.value = noted;
		showResult();
	}
	return { node, heading, show };
}
