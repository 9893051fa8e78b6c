// Checks every page of the built book: `make html`. No rule is off: what Sphinx and its extensions
// write otherwise is mended while building (copydesk/webpage.py).
export default {
  root: true,
  extends: ["html-validate:recommended"],
};
