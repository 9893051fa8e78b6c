// Checks every page of the built book: `make html`. Each rule that is off says why.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // How the source looks, which no reader sees: Sphinx's templates write XHTML style and blank lines.
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    // The theme's templates, on every page and right in effect; our own markup is held to the same
    // by axe in tests/site. The search form is sent by Enter, no button stands in a form, an icon
    // button gets its name from a script, and the role="heading" of the sidebar has a level.
    "wcag/h32": "off",
    "no-implicit-button-type": "off",
    "text-content": "off",
    "prefer-native-element": "off",
    "no-redundant-role": "off",
    // The search page's heading is filled by Sphinx's script.
    "empty-heading": "off",
  },
};
