// @ts-check
/** The counts below the article: how the verdicts stand, and what the article gets right. */
import { el, t } from "../kit.js";
import { STANDINGS, tally } from "./claims.js";

/** @typedef {import("./claims.js").Task} Task */
/** @typedef {import("./claims.js").Claim} Claim */
/** @typedef {import("./claims.js").Answer} Answer */

/**
 * As large before the first comparison as after the last: only numbers change in it, and what grows
 * is folded away.
 * @param {Task} task
 * @param {Claim[]} claims
 */
export function summaryOf({ ui }, claims) {
	const numbers = STANDINGS.map(() => el("b", {}));
	const holds = el("p", {});
	const good = el("div", {});
	const node = el(
		"section",
		{ class: "cd-sum", "aria-label": t(ui, "summary") },
		el("p", { class: "cd-sum-title" }, t(ui, "summary")),
		el(
			"ul",
			{},
			...STANDINGS.map((name, i) =>
				el(
					"li",
					{ class: name },
					el("span", { class: "cd-sign", "aria-hidden": "true" }, t(ui, `mark-${name}`)),
					" ",
					numbers[i],
					" ",
					t(ui, `sum-${name}`),
				),
			),
		),
		holds,
		el("details", { class: "cd-good" }, el("summary", {}, t(ui, "sum-good")), good),
	);
	/** @param {Answer} answer */
	const show = (answer) => {
		const found = tally(claims, answer);
		found.counts.forEach((n, i) => {
			numbers[i].textContent = String(n);
		});
		holds.textContent = t(ui, "sum-holds", { compared: found.compared, holds: found.holds.length });
		good.replaceChildren(
			found.good.length
				? el(
						"ul",
						{},
						...found.good.map((claim) => el("li", {}, el("b", {}, `${claim.topic}: `), claim.good)),
					)
				: el("p", {}, t(ui, "sum-good-none")),
		);
	};
	return { node, show };
}
