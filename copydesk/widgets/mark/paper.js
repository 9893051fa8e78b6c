// @ts-check
/** The article as words that can be marked: what each looks like, and plain words that stand in. */
import { el, paragraphs, t } from "../kit.js";

/** @typedef {import("./marks.js").Task} Task */
/** @typedef {import("./marks.js").KeyMark} KeyMark */
/** @typedef {{first: number, last: number, look: string, tag: string, label: string}} Layer
 *   what the words first to last wear; the label, a message with a place for the word, is their name */
/** @typedef {ReturnType<typeof paper>} Paper */

/** From so many words on, only the lines on the screen are laid out. */
const LONG = 2000;

let papers = 0;

/**
 * @param {Task} task
 */
export function paper(task) {
	const ui = task.ui;
	/** @type {HTMLElement[]} */
	const words = [];
	/** @type {(Text | HTMLElement | null)[]} what stands behind each word, up to the next */
	const gaps = [];
	/** @type {number[]} the line of each word */
	const lineOf = [];
	/** @type {[number, number][]} first and last word of each line */
	const bounds = [];
	/** @type {number} the word that the Tab key reaches */
	let at = 0;

	const keysId = `cd-keys-${++papers}`;
	const node = el("div", {
		class: "cd-article",
		role: "toolbar",
		"aria-label": ui.words,
		"aria-describedby": keysId,
		"aria-orientation": "horizontal",
		lang: task.language,
	});
	/** @param {string} piece @param {number} line */
	const newWord = (piece, line) => {
		const word = document.createElement("span");
		word.className = "cd-w";
		word.textContent = piece;
		word.dataset.word = String(words.length);
		word.setAttribute("role", "button");
		word.tabIndex = words.length === 0 ? 0 : -1;
		words.push(word);
		gaps.push(null);
		lineOf.push(line);
		return word;
	};
	const lines = paragraphs(task.lines, (pieces, line) => {
		const start = words.length;
		/** @type {Node[]} */
		const nodes = [];
		pieces.forEach((piece, i) => {
			if (i % 2 === 1) nodes.push(newWord(piece, line));
			else if (piece) {
				const gap = document.createTextNode(piece);
				nodes.push(gap);
				if (words.length > start) gaps[words.length - 1] = gap;
			}
		});
		bounds.push([start, words.length - 1]);
		return nodes;
	});
	lines.forEach((line, i) => {
		// A screen reader says which line the reader has come to.
		line.setAttribute("role", "group");
		line.setAttribute("aria-label", t(ui, "line", { n: i + 1 }));
	});
	node.append(...lines);
	node.classList.toggle("cd-long", words.length > LONG);

	// --- what words look like ------------------------------------------------------------------

	/** @type {Map<number, {look: string, tag: string, label: string}>} */
	let shown = new Map();
	/** @type {Map<number, string>} */
	let shownGaps = new Map();

	/**
	 * Dress the words: later layers lie on earlier ones. Only words whose look changes are touched,
	 * for a long article has thousands.
	 * @param {Layer[]} layers
	 * @param {[number, number] | null} selected
	 */
	function paint(layers, selected) {
		/** @type {typeof shown} */
		const next = new Map();
		/** @type {Map<number, string>} */
		const nextGaps = new Map();
		for (const { first, last, look, tag, label } of layers)
			for (let n = first; n <= last; n++) {
				const ends = `${n === first ? " first" : ""}${n === last ? " last" : ""}`;
				next.set(n, { look: look + ends, tag: n === last ? tag : "", label });
				if (n < last) nextGaps.set(n, look);
			}
		for (let n = selected?.[0] ?? 0; selected && n <= selected[1]; n++) {
			const { look = "", tag = "", label = "" } = next.get(n) ?? {};
			next.set(n, { look: `${look} sel`, tag, label });
		}
		for (const n of new Set([...shown.keys(), ...next.keys()])) {
			const [old, now] = [shown.get(n), next.get(n)];
			if (old?.look !== now?.look || old?.tag !== now?.tag) dress(words[n], now);
		}
		for (const n of new Set([...shownGaps.keys(), ...nextGaps.keys()])) {
			const look = nextGaps.get(n) ?? "";
			if (look !== (shownGaps.get(n) ?? "")) dressGap(n, look);
		}
		shown = next;
		shownGaps = nextGaps;
	}

	/** @param {HTMLElement} word @param {{look: string, tag: string, label: string}} [now] */
	function dress(word, now) {
		word.className = `cd-w ${now?.look ?? ""}`.trim();
		if (now?.tag) word.dataset.tag = now.tag;
		else delete word.dataset.tag;
		if (now?.label)
			word.setAttribute(
				"aria-label",
				t({ label: now.label }, "label", { word: word.textContent ?? "" }),
			);
		else word.removeAttribute("aria-label");
		// Only a marked word is a pressed button: "not pressed" a hundred times over helps nobody.
		if (now?.look.startsWith("own")) word.setAttribute("aria-pressed", "true");
		else word.removeAttribute("aria-pressed");
	}

	/** The gap becomes an element of its own when it is first coloured. @param {number} n @param {string} look */
	function dressGap(n, look) {
		let gap = gaps[n];
		if (gap instanceof Text) {
			const wrapped = el("span", { class: "cd-g" });
			gap.replaceWith(wrapped);
			wrapped.append(gap);
			gaps[n] = gap = wrapped;
		}
		if (gap) gap.className = `cd-g ${look}`.trim();
	}

	// --- plain words in place of the article's --------------------------------------------------

	/** @type {Map<string, {key: KeyMark, now: HTMLElement, was: HTMLElement}>} */
	const swaps = new Map();
	/** @param {number} n */
	const swapAt = (n) => {
		for (const swap of swaps.values())
			if (swap.key.swap.first <= n && n <= swap.key.swap.last) return swap;
		return null;
	};
	/** The element that stands for a word: itself, or the plain words in its place. @param {number} n */
	const standing = (n) => swapAt(n)?.now ?? words[n];

	/** Moving a word in the page takes the focus from it; this gives it back. @param {() => void} move */
	function keepingFocus(move) {
		const held = node.contains(document.activeElement);
		const before = words.length ? standing(at) : null;
		move();
		if (before) before.tabIndex = -1;
		if (words.length) rove(at);
		if (held) focus();
	}

	/** @param {KeyMark} key */
	function swapIn(key) {
		if (swaps.has(key.id)) return;
		const { first, last, text } = key.swap;
		for (const other of [...swaps.values()])
			if (first <= other.key.swap.last && other.key.swap.first <= last) swapOut(other.key);
		keepingFocus(() => {
			const was = el("span", { class: "cd-was", hidden: true });
			const now = el(
				"ins",
				{
					class: text ? "cd-now" : "cd-now cd-none",
					role: "button",
					tabindex: -1,
					"data-stands": first,
				},
				text || ui["left-out"],
			);
			words[first].before(now, was);
			// Every node from the first word to the last, gaps between them included.
			while (was.nextSibling) {
				const done = was.nextSibling === words[last];
				was.append(was.nextSibling);
				if (done) break;
			}
			swaps.set(key.id, { key, now, was });
		});
	}

	/** @param {KeyMark} key */
	function swapOut(key) {
		const swap = swaps.get(key.id);
		if (!swap) return;
		keepingFocus(() => {
			swap.now.remove();
			swap.was.replaceWith(...swap.was.childNodes);
			swaps.delete(key.id);
		});
	}

	// --- places -------------------------------------------------------------------------------

	/** Make a word the one that the Tab key reaches. @param {number} n */
	function rove(n) {
		standing(at).tabIndex = -1;
		at = n;
		standing(n).tabIndex = 0;
	}

	/** Give that word the focus. @param {boolean} [scroll] whether it must come into view */
	function focus(scroll = false) {
		standing(at).focus({ preventScroll: !scroll });
	}

	/**
	 * The word nearest above or below, by where it stands on the screen.
	 * @param {number} n
	 * @param {1 | -1} step
	 */
	function vertical(n, step) {
		const here = standing(n).getBoundingClientRect();
		const middle = (here.left + here.right) / 2;
		let best = n;
		let bestGap = Number.POSITIVE_INFINITY;
		/** @type {number | null} */
		let row = null;
		// The next row is in this line or the next: a search that goes on would lay out the whole text.
		let edges = 0;
		for (let i = n + step; i >= 0 && i < words.length; i += step) {
			if (lineOf[i] !== lineOf[i - step] && ++edges > 1) break;
			const box = standing(i).getBoundingClientRect();
			if (Math.abs(box.top - here.top) < here.height / 2) continue;
			row ??= box.top;
			if (Math.abs(box.top - row) >= here.height / 2) break;
			const gap = Math.abs((box.left + box.right) / 2 - middle);
			if (gap < bestGap) [best, bestGap] = [i, gap];
		}
		return best;
	}

	return {
		node,
		keysId,
		count: words.length,
		paint,
		rove,
		focus,
		vertical,
		at: () => at,
		standing,
		/** First and last word of the line of a word. @param {number} n */
		line: (n) => bounds[lineOf[n]],
		/** @param {number} first @param {number} last */
		quote(first, last) {
			const [start] = bounds[lineOf[first]];
			return task.lines[lineOf[first]]
				.slice(2 * (first - start) + 1, 2 * (last - start) + 2)
				.join("");
		},
		/** The number of the word that an event is about, or null. @param {Event} event */
		wordOf(event) {
			const target =
				event.target instanceof Element ? event.target.closest(".cd-w, .cd-now") : null;
			return target instanceof HTMLElement
				? Number(target.dataset.word ?? target.dataset.stands)
				: null;
		},
		/** The article as running text, for whoever wants to read or hear it without buttons. */
		asText: () =>
			el("div", { class: "cd-article", lang: task.language }, ...paragraphs(task.lines)),
		swapIn,
		swapOut,
		/** Whether plain words stand in for a mark of the key. @param {string} id */
		isSwapped: (id) => swaps.has(id),
		swapCount: () => swaps.size,
		/** The mark of the key whose plain words stand at a word, or null. @param {number} n */
		swapOf: (n) => swapAt(n)?.key ?? null,
		/** The word after (1) or before (-1) a word; plain words count as one. @param {number} n @param {1 | -1} step */
		beside(n, step) {
			const swap = swapAt(n)?.key.swap;
			return (swap ? (step === 1 ? swap.last : swap.first) : n) + step;
		},
	};
}
