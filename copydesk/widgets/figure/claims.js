// @ts-check
/** What the figure task knows of its claims: their order, their place in the text, how a verdict stands. */
import { isRecord, LONGEST_TEXT } from "../kit.js";

/** @typedef {"key" | "defensible" | "off" | "overconfident"} Stance */
/** @typedef {{verdict: string, name: string, what: string}} VerdictInfo */
/** @typedef {{publisher: string, title: string | null, date: string | null, url: string | null,
 *   value: string, confidence: string, from_memory: boolean, copy_of: string | null, reprint: boolean,
 *   computed: boolean, later: boolean}} Reference */
/** @typedef {{kind: string, start: Record<string, string | number>}} ToolEntry */
/** @typedef {{id: string, first: number, last: number, topic: string, claimed: string, verdict: string,
 *   confidence: string, knowable: string, knowable_words: string, explanation: string, check: string,
 *   good: string | null, tools: ToolEntry[], verdicts: {verdict: string, stance: Stance, note: string}[],
 *   reasons: {id: string, text: string, right: boolean}[], references: Reference[]}} Claim */
/** @typedef {{id: string, prompt: string, language: string, lines: string[][], ui: Record<string, string>,
 *   case: {id: string}, verdicts: VerdictInfo[], claims: Claim[], tables: import("./parts.js").Table[],
 *   points: import("./parts.js").Place[], shapes: import("./parts.js").Shape[]}} Task */
/** @typedef {{verdict: string | null, reason: string | null, own_reason: string, note: string,
 *   first: string | null, first_reason: string | null}} ClaimAnswer */
/** @typedef {{claims: Record<string, ClaimAnswer>}} Answer */
/** @typedef {"open" | "given" | "compared"} State */
/** @typedef {"key-right" | "key-other" | "defensible" | "off" | "overconfident"} Standing */
/** @typedef {{text: string, claims: number[], ends: number[]}} Segment a stretch of a line, the claims that
 *   cover it, and those that end behind it */

/** How a verdict can stand to the key, the nearest first. @type {Standing[]} */
export const STANDINGS = ["key-right", "key-other", "defensible", "off", "overconfident"];
/** @type {ClaimAnswer} */
const UNANSWERED = {
	verdict: null,
	reason: null,
	own_reason: "",
	note: "",
	first: null,
	first_reason: null,
};

/**
 * The claims as they follow each other in the text; of two that begin together, the longer first.
 * @template {{first: number, last: number}} Place
 * @param {Place[]} claims
 */
export function inOrder(claims) {
	return [...claims].sort((a, b) => a.first - b.first || b.last - a.last);
}

/**
 * A line cut where a claim begins or ends; joined, the texts are the line. The last word of a claim
 * is a stretch of its own, so that its number can be kept on its line; what closes a word (a bracket,
 * a quotation mark) stays with it.
 * @param {string[]} pieces the line: gap, word, gap, ..., gap
 * @param {number} start number of the line's first word
 * @param {{first: number, last: number}[]} claims
 * @returns {Segment[]}
 */
export function segments(pieces, start, claims) {
	/** @type {Segment[]} */
	const found = [];
	/** @param {string} text @param {number[]} over @param {number[]} [ends] */
	const add = (text, over, ends = []) => {
		const before = found[found.length - 1];
		const open = before && before.ends.length + ends.length === 0;
		if (!text) return;
		if (open && String(before.claims) === String(over)) before.text += text;
		else found.push({ text, claims: over, ends });
	};
	/** @param {number} n */
	const over = (n) => claims.flatMap((c, i) => (c.first <= n && n <= c.last ? [i] : []));
	add(pieces[0], []);
	for (let at = 1; at < pieces.length; at += 2) {
		const n = start + (at - 1) / 2;
		const here = over(n);
		const gap = pieces[at + 1];
		const close = /^\S*/.exec(gap)?.[0] ?? "";
		const rest = gap.slice(close.length);
		add(
			pieces[at] + close,
			here,
			here.filter((i) => claims[i].last === n),
		);
		add(
			rest,
			here.filter((i) => claims[i].last > n),
		);
	}
	return found;
}

/**
 * The words of a claim as they stand in the text; a line's end becomes a space.
 * @param {string[][]} lines
 * @param {{first: number, last: number}} claim
 */
export function quoteOf(lines, { first, last }) {
	let seen = 0;
	const parts = lines.map((pieces) => {
		const start = seen;
		seen += (pieces.length - 1) / 2;
		if (last < start || first >= seen) return "";
		const from = Math.max(start, first) - start;
		const to = Math.min(seen - 1, last) - start;
		return pieces.slice(2 * from + 1, 2 * to + 2).join("");
	});
	return parts.filter(Boolean).join(" ");
}

/**
 * What a reader says of one claim, with everything that an answer may leave out.
 * @param {Answer} answer
 * @param {string} id
 * @returns {ClaimAnswer}
 */
export function answerOf(answer, id) {
	return { ...UNANSWERED, ...answer.claims?.[id] };
}

/**
 * How far a reader is with a claim.
 * @param {ClaimAnswer} given
 * @returns {State}
 */
export function stateOf({ verdict, first }) {
	return first !== null ? "compared" : verdict !== null ? "given" : "open";
}

/**
 * How a verdict and its reason stand to the key, looked up in the table that Python wrote.
 * @param {Claim} claim
 * @param {ClaimAnswer} given
 * @returns {{standing: Standing, note: string} | null} null without a verdict
 */
export function standingOf(claim, given) {
	const row = claim.verdicts.find((one) => one.verdict === given.verdict);
	if (!row) return null;
	const right = claim.reasons.some((one) => one.id === given.reason && one.right);
	const standing = row.stance === "key" ? (right ? "key-right" : "key-other") : row.stance;
	return { standing, note: row.note };
}

/**
 * Counts over the compared claims, by standing, and how many there are; of those, the claims of
 * which the key says that they hold.
 * @param {Claim[]} claims
 * @param {Answer} answer
 */
export function tally(claims, answer) {
	const compared = claims.filter((claim) => stateOf(answerOf(answer, claim.id)) === "compared");
	const standings = compared.map(
		(claim) => standingOf(claim, answerOf(answer, claim.id))?.standing,
	);
	return {
		compared: compared.length,
		given: claims.filter((claim) => answerOf(answer, claim.id).verdict !== null).length,
		counts: STANDINGS.map((name) => standings.filter((one) => one === name).length),
		holds: compared.filter((claim) => claim.verdict === "holds"),
		good: compared.filter((claim) => claim.good),
	};
}

/**
 * The next claim that has not been compared, from a place on and round to the start; -1 when all are.
 * @param {Claim[]} claims
 * @param {Answer} answer
 * @param {number} from
 */
export function nextOpen(claims, answer, from) {
	for (let i = 1; i <= claims.length; i++) {
		const at = (from + i) % claims.length;
		if (stateOf(answerOf(answer, claims[at].id)) !== "compared") return at;
	}
	return -1;
}

/**
 * What is wrong with an answer from a file, or null.
 * @param {Task} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function faultIn(task, answer) {
	if (!isRecord(answer)) return "not an object";
	const claims = answer.claims ?? {};
	if (!isRecord(claims)) return "claims is not an object";
	const verdicts = task.verdicts.map((one) => one.verdict);
	for (const [id, given] of Object.entries(claims)) {
		const claim = task.claims.find((one) => one.id === id);
		if (!claim) return `there is no claim ${id.slice(0, 60)}`;
		if (!isRecord(given)) return `${id} is not an object`;
		for (const name of ["verdict", "first"]) {
			const value = given[name] ?? null;
			if (value !== null && !verdicts.includes(String(value))) return `${id}: unknown ${name}`;
		}
		for (const name of ["reason", "first_reason"]) {
			const value = given[name] ?? null;
			if (value !== null && !claim.reasons.some((one) => one.id === value))
				return `${id}: unknown ${name}`;
		}
		for (const name of ["own_reason", "note"]) {
			const value = given[name] ?? "";
			if (typeof value !== "string" || value.length > LONGEST_TEXT)
				return `${id}: ${name} is not a short text`;
		}
	}
	return null;
}
