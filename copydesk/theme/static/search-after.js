// @ts-check
// Sphinx's search looks for the page's text by role=main, which our <main> needs not say.
// @ts-expect-error TS2304: Sphinx's script declares it, but not as a property of window
Search.htmlToText = (/** @type {string} */ html, /** @type {string} */ anchor) => {
	const page = new DOMParser().parseFromString(html, "text/html");
	const article = page.querySelector("article.shell-article");
	const place = (anchor && article?.querySelector(anchor)) || article;
	for (const unread of place?.querySelectorAll("script, style, svg, h1, details") ?? [])
		unread.remove();
	return place?.textContent ?? "";
};

document.getElementById("shell-q")?.focus();
