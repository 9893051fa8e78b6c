// @ts-check
/** What a reader sees after comparing: how the verdict stands, why, and the references. */
import { el, t } from "../kit.js";
import { standingOf } from "./claims.js";
import { outsideLink } from "./parts.js";

/** @typedef {import("./claims.js").Task} Task */
/** @typedef {import("./claims.js").Claim} Claim */
/** @typedef {import("./claims.js").ClaimAnswer} ClaimAnswer */
/** @typedef {import("./claims.js").Reference} Reference */
/** @typedef {Record<string, string>} Strings */

/**
 * What is to be said about the weight of a reference, in words.
 * @param {Strings} ui
 * @param {Reference} reference
 * @returns {string[]}
 */
export function weights(ui, reference) {
	return [
		t(ui, "ref-strength", { what: t(ui, `ref-${reference.confidence}`) }),
		reference.computed && t(ui, "ref-computed"),
		reference.from_memory && t(ui, "ref-memory"),
		reference.copy_of && t(ui, "ref-copy", { who: reference.copy_of }),
		reference.reprint && t(ui, "ref-reprint"),
		reference.later && t(ui, "ref-later"),
	].filter((text) => typeof text === "string");
}

/** @param {Strings} ui @param {Reference} reference */
function referenceItem(ui, reference) {
	const { publisher, title, date, url, value } = reference;
	// What is computed here has no day on which it came out.
	const when = date ?? (reference.computed ? null : t(ui, "ref-undated"));
	return el(
		"li",
		{ class: `cd-ref ${reference.confidence}` },
		el("p", { class: "cd-ref-who" }, el("b", {}, publisher), when && `, ${when}`),
		el("p", {}, value),
		(title || url) &&
			el("p", { class: "cd-ref-title" }, url ? outsideLink(url, title ?? url) : String(title)),
		el("ul", { class: "cd-weights" }, ...weights(ui, reference).map((text) => el("li", {}, text))),
	);
}

/**
 * Whether the claim could be known on the day, and how; the short answer stands in front where the
 * sentence does not begin with it.
 * @param {Strings} ui
 * @param {Claim} claim
 */
export function knowableText(ui, { knowable, knowable_words }) {
	const short = t(ui, `knowable-${knowable}`);
	const begins = knowable_words.toLowerCase().startsWith(short.toLowerCase());
	return begins ? knowable_words : `${short}. ${knowable_words}`;
}

/**
 * @param {Task} task
 * @param {Claim} claim
 * @param {ClaimAnswer} given
 */
export function resultOf(task, claim, given) {
	const { ui } = task;
	const found = standingOf(claim, given);
	const nameOf = (/** @type {string | null} */ verdict) =>
		task.verdicts.find((one) => one.verdict === verdict)?.name ?? "";
	const byOwn = found?.standing === "key-other" && given.reason === null;
	const sentence = found ? t(ui, byOwn ? "standing-key-own" : `standing-${found.standing}`) : "";
	const rights = claim.reasons.filter((one) => one.right);
	const named = (/** @type {string} */ key, /** @type {string} */ text) =>
		el("p", {}, el("b", {}, `${t(ui, key)}: `), text);
	const nodes = [
		el("h4", {}, t(ui, "result")),
		found &&
			el(
				"p",
				{ class: `cd-standing ${found.standing}`, "data-standing": found.standing },
				el("span", { class: "cd-sign", "aria-hidden": "true" }, t(ui, `mark-${found.standing}`)),
				" ",
				sentence,
			),
		found?.note && el("p", { class: "cd-note-key" }, found.note),
		given.first !== given.verdict &&
			el("p", {}, t(ui, "first-was", { verdict: nameOf(given.first) })),
		el(
			"p",
			{ class: "cd-key" },
			el("b", {}, `${t(ui, "key-verdict")}: ${nameOf(claim.verdict)}. `),
			t(ui, `confidence-${claim.confidence}`),
		),
		named("key-reasons", rights.map((one) => one.text).join(" ")),
		named("explanation", claim.explanation),
		claim.good && el("p", { class: "cd-good-here" }, el("b", {}, `${t(ui, "good")}: `), claim.good),
		el("p", {}, el("b", {}, `${t(ui, "knowable")} `), knowableText(ui, claim)),
		el("h4", {}, t(ui, "references")),
		el("ul", { class: "cd-refs" }, ...claim.references.map((one) => referenceItem(ui, one))),
		claim.references.some((one) => one.url) && el("p", { class: "cd-small" }, t(ui, "links-note")),
	].filter((node) => node instanceof Node);
	return { nodes, sentence };
}
