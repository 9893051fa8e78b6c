// @ts-check
// Sphinx's search asks for this switch, which a script of Sphinx that we do not load would set:
// words found are not marked on the page that the reader opens.
Object.assign(window, { SPHINX_HIGHLIGHT_ENABLED: false });
