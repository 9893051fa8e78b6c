"""The guards of conftest.py notice what they promise to notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

# Each page has one fault, which the guard reports with these words.
FAULTS = {
    "error": ("<script>console.error('a bad thing')</script>", "console error: a bad thing"),
    "warning": ("<script>console.warn('a dull thing')</script>", "console warning: a dull thing"),
    "uncaught": ("<script>throw new Error('boom')</script>", "uncaught: boom"),
    "rejected": ("<script>Promise.reject(new Error('late'))</script>", "uncaught: late"),
    "missing": ("<img src='nowhere.png' alt='x'>", "HTTP 404: http"),
    "root": ("<img src='/picture.png' alt='x'>", "HTTP 404: http"),
    "other-host": (
        "<img src='https://example.org/spy.gif' alt='x'>",
        "request to another host: https://example.org/spy.gif",
    ),
    "refused": (
        "<img src='http://127.0.0.1:9/x.png' alt='x'>",
        "failed request: http://127.0.0.1:9",
    ),
}

PROBE = """
import pytest

@pytest.mark.parametrize("name", {names!r})
def test_page(name, page, site_url):
    page.goto(site_url + name + ".html")

def test_late(page, site_url):
    page.goto(site_url + "clean.html")
    page.evaluate("console.error('on the last line')")

def test_popup(page, site_url):
    page.goto(site_url + "clean.html")
    with page.expect_popup() as popup:
        page.evaluate("window.open('error.html')")
    popup.value.wait_for_load_state()

@pytest.mark.allow_console("a bad thing", reason="it is the test's own")
def test_allowed(page, site_url):
    page.goto(site_url + "error.html")

@pytest.mark.allow_console("another thing", reason="it is the test's own")
def test_allowed_something_else(page, site_url):
    page.goto(site_url + "error.html")

@pytest.mark.allow_console("a bad thing")
def test_allowed_without_reason(page, site_url):
    pass

def test_clean(page, site_url, axe):
    page.goto(site_url + "clean.html")
    assert axe(page) == []

def test_axe(phone, site_url, axe):
    phone.goto(site_url + "no-alt.html")
    (found,) = axe(phone)
    assert found.startswith("image-alt (critical)"), found
    assert phone.evaluate("[innerWidth, navigator.maxTouchPoints > 0]") == [390, True]

def test_pages(pages):
    assert "clean.html" in pages and not {{"_static/theme.html", "index.html"}} & set(pages)
"""

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run PROBE under a copy of the real fixtures on a site of bad pages; outcome by test name."""
    top = tmp_path_factory.mktemp("guards")
    site = top / "site"
    (site / "_static").mkdir(parents=True)
    bodies = {name: body for name, (body, _) in FAULTS.items()}
    bodies |= {"clean": "", "no-alt": "<img src='data:,'>", "_static/theme": ""}
    bodies["index"] = '<meta http-equiv="Refresh" content="0; url=clean.html">'
    for name, body in bodies.items():
        (site / f"{name}.html").write_text(HTML.format(body=body), encoding="utf-8")
    shutil.copy(CONFTEST, top / "conftest.py")
    (top / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  site: x\n  allow_console(pattern, reason): x\n"
    )
    (top / "test_probe.py").write_text(PROBE.format(names=list(FAULTS)))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--color=no", str(top)],
        cwd=top,
        env=os.environ | {"SITE_DIR": str(site), "PYTHONPATH": str(CONFTEST.parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return {"all": done.stdout, "code": str(done.returncode)}


def errors(report: dict[str, str], name: str) -> str:
    """Return the teardown report of one probe test; fails if that test did not err."""
    text = report["all"]
    assert f"ERROR test_probe.py::{name} " in text, text
    heading = f"ERROR at teardown of {name} "
    assert heading in text, text
    return text.split(heading, 1)[1].split("\n____", 1)[0]


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_a_page_fails_the_test_that_opened_it(
    name: str, report: dict[str, str]
) -> None:
    assert FAULTS[name][1] in errors(report, f"test_page[{name}]")


def test_an_error_in_the_last_moment_is_noticed(report: dict[str, str]) -> None:
    assert "console error: on the last line" in errors(report, "test_late")


def test_an_error_in_a_window_that_the_page_opens_is_noticed(report: dict[str, str]) -> None:
    assert "console error: a bad thing" in errors(report, "test_popup")


def test_a_marker_lets_only_its_own_message_pass(report: dict[str, str]) -> None:
    assert "ERROR test_probe.py::test_allowed " not in report["all"]
    assert "console error: a bad thing" in errors(report, "test_allowed_something_else")


def test_a_marker_without_a_reason_is_refused(report: dict[str, str]) -> None:
    assert "allow_console needs a reason" in report["all"]


def test_clean_pages_pass(report: dict[str, str]) -> None:
    for name in ("test_clean", "test_axe", "test_pages"):
        assert f"PASSED test_probe.py::{name}\n" in report["all"], report["all"]
        assert f"ERROR test_probe.py::{name} " not in report["all"], report["all"]
    assert report["code"] == "1"
