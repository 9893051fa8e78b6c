"""The bench measures what it says: a page made bad on purpose is seen to be bad."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools import bench
from tools.bench_page import large_page, large_task
from tools.serve import serving

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="page.css"></head>
<body><h1>A page</h1>{body}<p>{text}</p></body></html>"""
JUMP = """<script>
const box = document.createElement("div");
box.style.height = "300px";
addEventListener("load", () => setTimeout(() => document.body.prepend(box), 50));
</script>"""


def site(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "a.html").write_text(PAGE.format(body=body, text="word " * 3000))
    (folder / "b.html").write_text(PAGE.format(body="", text="word"))
    (folder / "page.css").write_text("body { font: 1rem serif }" * 50)
    monkeypatch.setattr(bench, "FIRST_PAGE", "a.html")
    monkeypatch.setattr(bench, "NEXT_PAGE", "b.html")
    return folder


def test_a_page_that_jumps_has_a_shift_and_a_still_one_has_none(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path, JUMP, monkeypatch)
    with serving(tmp_path) as url:
        assert bench.shift(browser, url, "a.html") > 0.1
        assert bench.shift(browser, url, "b.html") == 0


def test_bytes_are_counted_gzipped_and_not_twice(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path, "", monkeypatch)
    with serving(tmp_path) as url:
        first, following = bench.wire(browser, url)
    # The page and its style sheet, then the next page alone: the sheet is in the cache.
    assert [first[1], following[1]] == [2, 1]
    assert 300 < first[2] < len("word " * 3000)
    assert following[2] < first[2]


def test_the_first_click_is_answered_after_the_word_is_there(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake = """<section class="copydesk-task"><span data-word="0">word</span></section><script>
    setTimeout(() => document.querySelector("[data-word]").onclick = (event) =>
      event.target.setAttribute("aria-pressed", "true"), 200);
    </script>"""
    site(tmp_path, wake, monkeypatch)
    with serving(tmp_path) as url:
        found = bench.first_answer(browser, url, 1)
    assert found["first click answered"] - found["first word is live"] > 50


def test_marking_in_a_large_article_is_timed(browser: Browser, tmp_path: Path) -> None:
    assert sum(len(line) // 2 for line in large_task(1000).lines) >= 1000
    large_page(tmp_path, 1000)
    with serving(tmp_path) as url:
        found = bench.large(browser, url, 4)
    assert found.keys() == {"marking by mouse", "marking by keyboard", "asking for feedback"}
    assert max(found.values()) > 0
