// @ts-check
/** Mouse, finger, keyboard and assistive technology on the words of the article. */

/** @typedef {import("./paper.js").Paper} Paper */
/** @typedef {object} Doings what hands ask for
 * @property {(n: number, extend: boolean) => void} go move to a word, or select up to it
 * @property {(n: number) => void} tap open the list of codes for the mark or word there
 * @property {(n: number) => void} reach the focus has come to a word by itself
 * @property {() => void} drop the mouse lets go of what it has selected
 * @property {() => void} miss a press beside the words
 * @property {(code: string) => void} mark
 * @property {() => void} enter open the list of codes and go into it
 * @property {() => void} unmark
 * @property {() => void} leave
 * @property {() => void} undo
 * @property {(event: KeyboardEvent) => string | undefined} codeOf
 */

/**
 * @param {Paper} article
 * @param {Doings} doings
 * @returns {() => void} stops listening
 */
export function listen(article, doings) {
	let dragging = false;
	let byMouse = false;
	const { node, wordOf } = article;
	node.addEventListener("pointerdown", (event) => {
		const n = wordOf(event);
		byMouse = event.pointerType === "mouse";
		if (n === null) return doings.miss();
		if (!byMouse || event.button !== 0) return;
		event.preventDefault(); // the browser's own text selection would cover ours
		dragging = true;
		doings.go(n, event.shiftKey);
	});
	node.addEventListener("mousedown", (event) => {
		if (wordOf(event) !== null) event.preventDefault();
	});
	let last = -1;
	node.addEventListener("pointerover", (event) => {
		const n = dragging ? wordOf(event) : null;
		if (n === null || n === last || (last < 0 && n === article.at())) return;
		last = n;
		doings.go(n, true);
	});
	// The mouse may well leave the article before it lets go.
	const release = () => {
		if (!dragging) return;
		dragging = false;
		last = -1;
		doings.drop();
	};
	document.addEventListener("pointerup", release);
	document.addEventListener("pointercancel", release);
	node.addEventListener("click", (event) => {
		// A mouse has done its work by now; what comes here is a finger or an assistive technology.
		const n = wordOf(event);
		if (n !== null && !(byMouse && event.detail > 0)) doings.tap(n);
	});
	node.addEventListener("focusin", (event) => {
		// A screen reader moves the focus by itself; what is pressed next is about its word.
		const n = wordOf(event);
		if (n !== null) doings.reach(n);
	});

	node.addEventListener("keydown", (event) => {
		const n = wordOf(event);
		if (n === null) return;
		const command = event.ctrlKey || event.metaKey;
		const [low, high] = article.line(n);
		/** @type {Record<string, () => number>} */
		const moves = {
			ArrowRight: () => article.beside(n, 1),
			ArrowLeft: () => article.beside(n, -1),
			ArrowDown: () => article.vertical(n, 1),
			ArrowUp: () => article.vertical(n, -1),
			Home: () => (command ? 0 : low),
			End: () => (command ? article.count - 1 : high),
		};
		/** @type {Record<string, () => void>} */
		const acts = {
			Enter: doings.enter,
			" ": doings.enter,
			Delete: doings.unmark,
			Backspace: doings.unmark,
			Escape: doings.leave,
		};
		const code = doings.codeOf(event);
		// Alt with an arrow is the browser's own, to turn back a page.
		if (moves[event.key] && !event.altKey) doings.go(moves[event.key](), event.shiftKey);
		else if (code) doings.mark(code);
		else if (acts[event.key] && !command && !event.altKey) {
			// A key that is held down says so once.
			if (!event.repeat) acts[event.key]();
		} else if (event.key.toLowerCase() === "z" && command && !event.shiftKey) doings.undo();
		else return;
		event.preventDefault();
	});

	return () => {
		document.removeEventListener("pointerup", release);
		document.removeEventListener("pointercancel", release);
	};
}
