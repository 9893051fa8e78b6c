"""The site gives out the handouts, and never a solution."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from copydesk.exercise import exercise_ids, read_key
from copydesk.handout_source import read_source
from tools.build import ROOT

PAGE = "book/exercises.html"
# Shorter lines, such as "n = 4", may stand in any text.
LONG = 14


def secrets(name: str) -> set[str]:
    """Return the lines that only the solution of an exercise has."""
    source = read_source(ROOT / "exercises" / "source" / f"{name}.md")
    given = "\n".join(cell.without_solution() for cell in source.cells)
    lines = {line for cell in source.cells for line in cell.solution()}
    return {line for line in lines if len(line) >= LONG and line not in given}


def leaks(folder: Path, lines: set[str]) -> list[str]:
    """Return each file of a site that holds one of these lines, as text, HTML or JSON."""
    wanted = {line.replace('"', mark) for line in lines for mark in ('"', "&quot;", '\\"', '\\\\"')}
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = file.read_bytes().decode("utf-8", "replace")
        # Highlighted code is cut into spans.
        for each in (text, re.sub(r"<[^>]+>", "", text)):
            found += [f"{file.relative_to(folder)}: {line}" for line in wanted if line in each]
    return found


@pytest.mark.parametrize("name", exercise_ids())
def test_the_site_holds_no_solution(name: str, site_dir: Path) -> None:
    lines = secrets(name)
    assert lines
    assert leaks(site_dir, lines) == []


def test_no_marker_of_a_solution_is_in_the_site(site_dir: Path) -> None:
    for file in site_dir.rglob("*.*"):
        if file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN)", text), file


def test_a_planted_solution_is_found(tmp_path: Path) -> None:
    line = sorted(secrets("06-loaded-words-by-a-list"))[0]
    for name, text in {
        "a.html": f"<pre><span>{line[:6]}</span>{line[6:]}</pre>",
        "b/c.ipynb": f'{{"source": ["{line}"]}}',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert len(leaks(tmp_path, {line})) >= 2


def test_each_handout_can_be_downloaded_as_it_is_committed(page: Page, site_url: str) -> None:
    page.goto(site_url + PAGE)
    links = page.get_by_role("link", name="Download the notebook")
    expect(links).to_have_count(len(exercise_ids()))
    for number, name in enumerate(exercise_ids()):
        with page.expect_download() as waiting:
            links.nth(number).click()
        assert waiting.value.suggested_filename == f"{name}.ipynb"
        committed = (ROOT / "exercises" / f"{name}.ipynb").read_bytes()
        assert Path(waiting.value.path()).read_bytes() == committed


def test_the_list_gives_question_and_minutes_and_no_button_without_an_address(
    page: Page, site_url: str
) -> None:
    page.goto(site_url + PAGE)
    listed = page.locator("dl.handouts")
    for name in exercise_ids():
        key = read_key(name)
        expect(listed).to_contain_text(f"{name[:2]} {key.title}")
        expect(listed).to_contain_text(f"({key.minutes} minutes)")
    assert listed.locator("a:not([download])").count() == 0
    assert not re.search("colab|binder", listed.inner_text(), re.IGNORECASE)


@pytest.mark.parametrize("path", [PAGE, "book/teach/exercises.html"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(
    path: str,
    width: int,
    scheme: str,
    new_context: Callable[..., BrowserContext],
    site_url: str,
    axe: Callable[..., list[str]],
) -> None:
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site_url + path)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
