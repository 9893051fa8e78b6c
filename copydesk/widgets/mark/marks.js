// @ts-check
/** What can be said of marks without a page: which there are, what the key says of them. */
import { isRecord, isShortText, strayKey } from "../kit.js";

/** @typedef {[number, number, string]} Mark first word, last word (included), code */
/** @typedef {{marks: Mark[], first_marks: Mark[] | null, dissent: Record<string, string>}} Answer */
/** @typedef {{id: string, first: number, last: number, reach: [number, number], code: string,
 *   strength: number, readings: string[], why: string, plain: string, against: string,
 *   swap: {first: number, last: number, text: string}}} KeyMark */
/** @typedef {{id: string, first: number, last: number, readings: string[], why_fair: string}} Control */
/** @typedef {{code: string, letter: string, name: string, what: string}} CodeInfo */
/** @typedef {{id: string, prompt: string, language: string, lines: string[][], ui: Record<string, string>,
 *   codes: CodeInfo[], readings: string[], key: KeyMark[], controls: Control[]}} Task */
/** @typedef {"both" | "fair" | "wide" | "elsewhere"} Result */
/** @typedef {{mark: Mark, result: Result, found: KeyMark[], covered: KeyMark[], touched: Control[]}} Outcome */
/** @typedef {ReturnType<typeof feedback>} Feedback */

/** @type {Answer} */
export const EMPTY = { marks: [], first_marks: null, dissent: {} };

/**
 * Whether [first, last] and a place of the task share a word.
 * @param {number} first
 * @param {number} last
 * @param {{first: number, last: number}} place
 */
export const touches = (first, last, place) => first <= place.last && last >= place.first;

/**
 * The marks with one more; marks that it overlaps give way, for a word has one code at a time.
 * @param {Mark[]} marks
 * @param {Mark} mark
 * @returns {Mark[]}
 */
export function put(marks, mark) {
	return [...take(marks, mark[0], mark[1]), mark].sort((a, b) => a[0] - b[0]);
}

/**
 * The marks without those that touch the words first to last.
 * @param {Mark[]} marks
 * @param {number} first
 * @param {number} last
 */
export function take(marks, first, last) {
	return marks.filter(([from, to]) => !touches(first, last, { first: from, last: to }));
}

/**
 * The marks in reading order, each once: a file from elsewhere may say the same thing twice.
 * @param {Mark[]} marks
 * @returns {Mark[]}
 */
export function distinct(marks) {
	const each = new Map(marks.map((mark) => [mark.join(" "), mark]));
	return [...each.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * What the task's table says of these marks. No rule stands here: Python wrote how far a mark may
 * reach into the task, and this looks it up and counts.
 * @param {Pick<Task, "key" | "controls">} task
 * @param {Mark[]} marks
 */
export function feedback(task, marks) {
	/** @type {Outcome[]} */
	const outcomes = distinct(marks).map((mark) => {
		const [first, last] = mark;
		const covered = task.key.filter((k) => touches(first, last, k));
		const found = covered.filter((k) => k.reach[0] <= first && last <= k.reach[1]);
		const touched = task.controls.filter((c) => touches(first, last, c));
		/** @type {Result} */
		let result = "elsewhere";
		if (found.length) result = "both";
		else if (covered.length) result = "wide";
		else if (touched.length) result = "fair";
		return { mark, result, found, covered, touched: result === "both" ? [] : touched };
	});
	const found = new Set(outcomes.flatMap((o) => o.found));
	const fair = new Set(outcomes.flatMap((o) => o.touched));
	return {
		outcomes,
		found: task.key.filter((k) => found.has(k)),
		missed: task.key.filter((k) => !found.has(k)),
		fair: task.controls.filter((c) => fair.has(c)),
		elsewhere: outcomes.filter((o) => o.result === "elsewhere").length,
		wide: outcomes.filter((o) => o.result === "wide").length,
	};
}

/** @param {string[][]} lines */
const wordCount = (lines) => lines.reduce((sum, line) => sum + (line.length - 1) / 2, 0);

/**
 * What is wrong with a list of marks, or null.
 * @param {Pick<Task, "lines" | "codes">} task
 * @param {string} name
 * @param {unknown} marks
 */
function marksFault(task, name, marks) {
	if (!Array.isArray(marks)) return `${name} is not a list`;
	const words = wordCount(task.lines);
	const codes = new Set(task.codes.map((c) => c.code));
	if (marks.length > words * codes.size) return `${name} has more marks than the article has words`;
	for (const mark of marks) {
		if (!Array.isArray(mark) || mark.length !== 3) return `${name}: not [first, last, code]`;
		const [first, last, code] = mark;
		if (!Number.isInteger(first) || !Number.isInteger(last))
			return `${name}: a word number is not whole`;
		if (first < 0 || last < first || last >= words)
			return `${name}: words ${first} to ${last} are not in the article`;
		if (!codes.has(code)) return `${name}: unknown code`;
	}
	return null;
}

/**
 * What is wrong with an answer from outside, or null. A part that is left out is an empty one.
 * @param {Pick<Task, "lines" | "codes">} task
 * @param {unknown} answer
 * @returns {string | null}
 */
export function fault(task, answer) {
	if (!isRecord(answer)) return "not an object";
	const stray = strayKey(answer, Object.keys(EMPTY));
	if (stray !== null) return `unknown part “${stray}”`;
	const { marks = [], first_marks = null, dissent = {} } = answer;
	const wrong =
		marksFault(task, "marks", marks) ??
		(first_marks === null ? null : marksFault(task, "first_marks", first_marks));
	if (wrong) return wrong;
	if (!isRecord(dissent)) return "dissent is not an object";
	if (Object.keys(dissent).length > wordCount(task.lines) * task.codes.length)
		return "dissent has more entries than the article has words";
	for (const text of [...Object.keys(dissent), ...Object.values(dissent)])
		if (!isShortText(text)) return "a dissent is not a short text";
	return null;
}
