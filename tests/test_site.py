"""The pure parts of the Sphinx extension: pages and style sheets, text in, text out."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils.core import publish_doctree

from copydesk import site, stylesheet, webpage

LOOK = (site.THEME / "static" / "look.css").read_text("utf-8")
CODES = ("label", "emotive", "doubt", "soften", "verdict", "verb")


# ---- the page ----


def test_a_task_is_known_by_its_class_and_its_kind() -> None:
    body = (
        '<section class="wide copydesk-task" data-kind="mark"></section>'
        "<section data-kind='impression' class='copydesk-task'></section>"
        '<section class="copydesk-task" data-kind="mark"></section>'
        '<section class="copydesk-tasks" data-kind="map"></section><section id="x"></section>'
    )
    assert webpage.task_kinds(body) == ["impression", "mark"]


def test_a_task_without_a_kind_is_not_passed_over() -> None:
    assert webpage.task_kinds('<section class="copydesk-task"></section>') == [""]


def test_a_description_is_cut_at_a_word() -> None:
    assert webpage.shorten("one  two\nthree", 20) == "one two three"
    assert webpage.shorten("one two, three", 10) == "one two…"


def test_the_description_field_wins_over_the_first_paragraph() -> None:
    doctree = publish_doctree("Title\n=====\n\n.. note:: A box.\n\nThe first paragraph.\n")
    assert site.description_of(doctree, None) == "The first paragraph."
    assert site.description_of(doctree, {"description": "Said so."}) == "Said so."
    assert site.description_of(None, None) == ""


TOCTREE = (
    '<p aria-level="2" class="caption" role="heading"><span>Part</span></p>'
    '<ul class="current"><li class="current"><a class="current" href="#">Here</a></li>'
    '<li><a href="b.html">There</a></li></ul>'
)


def test_captions_are_no_headings_and_the_open_page_says_so() -> None:
    html = webpage.page_list(TOCTREE)
    assert "role=" not in html
    assert html.count('aria-current="page"') == 1
    assert '<a aria-current="page" class="current" href="#">Here</a>' in html


def test_the_open_page_shows_its_sections_when_it_has_two() -> None:
    one = '<ul><li><a href="#">Here</a><ul><li><a href="#a">A</a></li></ul></li></ul>'
    two = one.replace("</li></ul></li>", '</li><li><a href="#b">B</a></li></ul></li>')
    deep = two.replace(">A</a>", '>A</a><ul><li><a href="#c">C</a></li></ul>')
    assert "shell-sections" not in webpage.page_list(TOCTREE, one)
    html = webpage.page_list(TOCTREE, deep)
    assert re.findall(r'href="(#\w+)"', html) == ["#a", "#b"]


def test_a_summary_holds_no_paragraph() -> None:
    body = '<summary aria-label="Toggle hidden content">\n<p class="a">Show</p></summary><p>x</p>'
    assert webpage.mend_body(body) == '<summary>\n<span class="a">Show</span></summary><p>x</p>'


def test_a_box_of_a_list_has_a_name() -> None:
    box = '<input class="task-list-item-checkbox" disabled="disabled" type="checkbox">'
    done = box.replace("disabled=", 'checked="checked" disabled=')
    assert 'aria-label="to do"' in webpage.mend_body(box)
    assert 'aria-label="done"' in webpage.mend_body(done)


def test_remote_kernels_are_not_called() -> None:
    config = '<script type="text/x-thebe-config">\n{}\n</script>'
    assert webpage.mend_body(f"<p>a</p>{config}<script>kernelName = 'x'</script>") == "<p>a</p>"


def test_tidying_leaves_code_and_scripts_alone() -> None:
    kept = (
        "<pre>a  \n\n\n\nb <br /></pre>" + '<script type="application/json">"<br />"  \n</script>'
    )
    page = f'\n<meta charset="utf-8" />  \n{kept}<img src="a" />'
    assert webpage.tidy(page) == f'<meta charset="utf-8">\n{kept}<img src="a">'


def test_the_page_for_any_address_names_files_from_the_root() -> None:
    page = '<a href="#x"></a><a href="book/a.html"></a><script src="_static/a.js"></script>'
    page += '<a href="https://example.org/"></a>'
    assert webpage.under("/site/", page) == (
        '<a href="#x"></a><a href="/site/book/a.html"></a><script src="/site/_static/a.js">'
        '</script><a href="https://example.org/"></a>'
    )


@pytest.mark.parametrize(
    ("body", "cure"),
    [
        ('<div class="admonition note dropdown">', "{dropdown}"),
        ('<div class="toggle">', "{dropdown}"),
        ('<label data-sync-id="a">', ":sync:"),
        ('<span class="math notranslate">', "as text"),
    ],
)
def test_what_needs_an_absent_script_is_told_with_its_cure(body: str, cure: str) -> None:
    (sentence,) = webpage.unserved(body)
    assert cure in sentence


def test_what_works_without_a_script_is_not_told() -> None:
    body = '<details class="sd-sphinx-override sd-dropdown sd-card"><div class="admonition note">'
    assert webpage.unserved(body) == []


# ---- the files ----


def test_a_folder_is_a_kind_when_it_holds_the_script_of_its_name(tmp_path: Path) -> None:
    for name in ("host.js", "kit.js", "mark/mark.js", "mark/mark.test.js", "empty/other.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(site.widget_files(tmp_path)) == ["host.js", "kit.js", "mark/mark.js"]


def test_the_fingerprint_follows_name_and_content(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.write_text("a")
    first = site.fingerprint([one])
    assert site.fingerprint([one]) == first
    assert site.fingerprint([one.rename(tmp_path / "two")]) != first
    (tmp_path / "one").write_text("b")
    assert site.fingerprint([tmp_path / "one"]) != first


def test_the_sweep_takes_what_no_page_loads(tmp_path: Path) -> None:
    static = tmp_path / "_static"
    for name in ("used.js", "idle.js", "ours/mod/a.js", "theme/icons/b.woff2"):
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).touch()
    page = tmp_path / "book" / "a.html"
    wanted = webpage.loaded([(page, '<script src="../_static/used.js?v=1"></script>')], tmp_path)
    site.sweep([static], wanted, kept=[static / "ours"])
    left = sorted(p.relative_to(static).as_posix() for p in static.rglob("*"))
    assert left == ["ours", "ours/mod", "ours/mod/a.js", "used.js"]


# ---- the style sheet ----


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".in p,#there a{color:red}",
        ".in:not(.out){color:red}",
        ".in:is(.out,p){color:red}",
        "[class*=out]{color:red}",
        '.in::before{content:".out"}',
        "@media (min-width:1px){.in{color:red}}",
        "@keyframes k{from{color:red}}",
        "/*! licence */\n.in{color:red}",
    ],
)
def test_a_rule_that_may_hold_is_kept_as_it_is(rule: str) -> None:
    assert stylesheet.trim(rule, {"in", "there"}) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".out{color:red}",
        ".in.out p{color:red}",
        "#out{color:red}",
        "@media (min-width:1px){.out{color:red}}",
        "@font-face{font-family:x;src:url(x.woff2)}",
        '@import "x.css";',
        "[data-bs-theme=dark]{color:red}",
        "/* note */",
        ".in{}",
    ],
)
def test_a_rule_that_can_hold_for_no_page_goes(rule: str) -> None:
    assert stylesheet.trim(rule, {"in"}) == ""


def test_only_the_selectors_that_may_hold_are_kept() -> None:
    assert stylesheet.trim(".in,.out,p{color:red}", {"in"}) == ".in,p{color:red}"


def test_a_sheet_that_cannot_be_parsed_says_where() -> None:
    with pytest.raises(ValueError, match="line 2"):
        stylesheet.trim("p{}\n}", None)


def test_dark_also_holds_before_the_script_and_never_on_paper() -> None:
    assert stylesheet.trim('html[data-theme="dark"] p{color:red}', None) == (
        '@media screen{html[data-theme="dark"] p{color:red}}'
        "@media screen and (prefers-color-scheme:dark){html:not([data-theme]) p{color:red}}"
    )


def test_light_variables_hold_on_paper_whatever_the_screen() -> None:
    assert stylesheet.trim("html[data-theme=light]{--a:b}", None) == "html:root{--a:b}"


def test_nothing_of_theirs_loads_a_file() -> None:
    css = "a{background:url(file.png) no-repeat;color:red}b{background:url(data:image/x,1)}"
    assert stylesheet.without_files(css) == "a{color:red}b{background:url(data:image/x,1)}"


def test_unused_animations_and_variables_go_and_used_ones_stay() -> None:
    css = "@keyframes a{from{top:0}}@keyframes b{from{top:0}}p{animation:b 1s}"
    assert stylesheet.without_unused_keyframes(css) == "@keyframes b{from{top:0}}p{animation:b 1s}"
    css = "p{--bs-a:1;--bs-b:var(--bs-c);--bs-c:2;--pst-d:3;top:var(--bs-a)}"
    assert stylesheet.without_unused_variables(css) == "p{--bs-a:1;--pst-d:3;top:var(--bs-a)}"
    assert "--bs-c:2" in stylesheet.without_unused_variables(css, ["x{top:var(--bs-c)}"])


def test_ours_is_outside_the_layer_and_whole() -> None:
    css = stylesheet.join([".in{color:red}.out{color:red}"], ".later{color:blue}", {"in"})
    assert css == "@layer theme{.in{color:red}}\n.later{color:blue}"


# ---- the colours ----


def _palette(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", LOOK, re.DOTALL | re.MULTILINE)
    assert block, selector
    return dict(re.findall(r"--cd-([\w-]+): (#[0-9a-f]{6});", block.group(1)))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("selector", [":root", 'html[data-theme="dark"]'])
def test_every_colour_can_be_read(selector: str) -> None:
    colours = _palette(selector)
    text = [("ink", "accent-bg"), ("accent-ink", "accent"), ("accent", "accent-bg")]
    for ground in ("paper", "panel"):
        text += [(n, ground) for n in ("ink", "ink-soft", "accent", "good", "warn", *CODES)]
    for code in CODES:
        text += [(code, f"{code}-bg"), ("ink", f"{code}-bg")]
    lines = [(name, ground) for name in ("edge", "focus") for ground in ("paper", "panel")]
    poor = [
        f"{name} on {ground}: {_contrast(colours[name], colours[ground]):.2f}"
        for pairs, least in ((text, 4.5), (lines, 3.0))
        for name, ground in pairs
        if _contrast(colours[name], colours[ground]) < least
    ]
    assert not poor


def test_both_modes_have_the_same_colours() -> None:
    assert set(_palette(":root")) == set(_palette('html[data-theme="dark"]'))


def test_only_the_book_has_files_of_its_own_in_static(tmp_path: Path) -> None:
    for folder in ("own", ".venv/theme"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.js").write_text("")
    # An extension adds its folder by its whole path, and may be installed below the book.
    entries = ["own", str(tmp_path / ".venv" / "theme")]
    config = SimpleNamespace(html_static_path=entries)
    app = SimpleNamespace(confdir=str(tmp_path), config=config)
    assert site.own_static(app, tmp_path / "_static") == {tmp_path / "_static" / "a.js"}
    entries.pop(0)
    assert site.own_static(app, tmp_path / "_static") == set()
