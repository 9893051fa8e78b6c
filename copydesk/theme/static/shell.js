// @ts-check
// The page's own manners. Without this script the page is whole: the menu is a popover, the search a form.

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

/** The choice that the reader made, "" when none or when storage is forbidden. */
function chosenMode() {
	try {
		return localStorage.getItem("mode") ?? "";
	} catch {
		return "";
	}
}

/** @param {string} mode "light", "dark" or "" (follow the system) */
function keepMode(mode) {
	try {
		if (mode) localStorage.setItem("mode", mode);
		else localStorage.removeItem("mode");
	} catch {
		// Not kept: the choice holds for this page only.
	}
}

/** @param {string} mode "light", "dark" or "" (follow the system) */
function showMode(mode) {
	const theme = mode || (systemDark.matches ? "dark" : "light");
	root.dataset.mode = mode || "auto";
	root.dataset.theme = theme;
	const button = document.querySelector(".shell-mode");
	if (button) button.textContent = theme === "dark" ? "Light page" : "Dark page";
}

function startMode() {
	const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".shell-mode"));
	if (!button) return;
	button.hidden = false;
	button.addEventListener("click", () => {
		const wanted = root.dataset.theme === "dark" ? "light" : "dark";
		const system = systemDark.matches ? "dark" : "light";
		// A choice that equals the system's is no choice: the page follows the system again.
		const mode = wanted === system ? "" : wanted;
		keepMode(mode);
		showMode(mode);
	});
	systemDark.addEventListener("change", () => showMode(chosenMode()));
	addEventListener("storage", (event) => {
		if (event.key === "mode") showMode(chosenMode());
	});
	showMode(chosenMode());
}

function startMenu() {
	const panel = document.getElementById("shell-panel");
	if (!panel?.hidePopover) return;
	const isOpen = () => panel.matches(":popover-open");
	// The open menu covers the page, so focus that leaves it must not wander underneath.
	panel.addEventListener("focusout", (event) => {
		const next = event.relatedTarget;
		if (isOpen() && next instanceof Node && !panel.contains(next)) panel.hidePopover();
	});
	panel.addEventListener("click", (event) => {
		const link = event.target instanceof Element && event.target.closest("a");
		if (link && isOpen()) panel.hidePopover();
	});
	// On a wide screen the panel is a column of the page; an open popover would float above it.
	matchMedia("(min-width: 60rem)").addEventListener(
		"change",
		() => isOpen() && panel.hidePopover(),
	);
}

function startSearchKey() {
	addEventListener("keydown", (event) => {
		if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
			return;
		const field = document.getElementById("shell-q");
		if (!field) return;
		event.preventDefault();
		const panel = field.closest("[popover]");
		if (panel instanceof HTMLElement && !field.checkVisibility?.()) panel.showPopover?.();
		field.focus();
	});
}

/** A box that scrolls sideways must be reachable by keyboard, and only then: else it is one Tab too many. */
function startScrollBoxes() {
	const boxes = document.querySelectorAll(
		".pst-scrollable-table-container, .cd-scroll, .cell_output .text_html, .highlight pre",
	);
	const watch = new ResizeObserver((entries) => {
		for (const { target } of entries) {
			if (target.scrollWidth > target.clientWidth + 1) {
				target.setAttribute("tabindex", "0");
				if (target.matches("pre")) continue;
				target.setAttribute("role", "group");
				const caption = target.querySelector("caption, figcaption")?.textContent?.trim();
				target.setAttribute("aria-label", caption || "Table, scrolls sideways");
			} else {
				for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
			}
		}
	});
	for (const box of boxes) watch.observe(box);
}

startMode();
startMenu();
startSearchKey();
startScrollBoxes();
