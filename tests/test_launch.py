"""The list of handouts on the site, and buttons only once the repository is known."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from copydesk.exercise import exercise_ids, read_key
from copydesk.launch import Repository, configured


def build(tmp_path: Path, root: Path, setting: str) -> tuple[str, str]:
    """Build a page with the list; return its HTML and the warnings."""
    source, out = tmp_path / "source", tmp_path / "out"
    (source / "pages").mkdir(parents=True)
    (source / "exercises").symlink_to(root / "exercises")
    (source / "index.rst").write_text("Top\n===\n\n.. toctree::\n\n   pages/list\n")
    (source / "pages" / "list.rst").write_text("List\n====\n\n.. handouts::\n")
    overrides = {
        "extensions": ["copydesk.launch"],
        "exclude_patterns": ["exercises"],
        "copydesk_repository": setting,
    }
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            source, None, out, tmp_path / "trees", "html", overrides, status=None, warning=warnings
        )
        app.build()
    return (out / "pages" / "list.html").read_text("utf-8"), warnings.getvalue()


def links(page: str) -> list[str]:
    """Return the addresses of the links in the list."""
    body = page[page.index('class="handouts') : page.index("</dl>")]
    return re.findall(r'href="([^"]+)"', body)


def test_without_a_repository_there_are_downloads_and_no_other_link(
    tmp_path: Path, root: Path
) -> None:
    page, warnings = build(tmp_path, root, "")
    assert not warnings
    found = links(page)
    assert [Path(link).stem for link in found] == exercise_ids()
    for link in found:
        file = tmp_path / "out" / "pages" / link
        assert file.read_bytes() == (root / "exercises" / Path(link).name).read_bytes()
    for exercise_id in exercise_ids():
        key = read_key(exercise_id)
        assert key.title in page
        assert f"{key.minutes} minutes" in page
    assert "colab" not in page.lower()
    assert "binder" not in page.lower()


def test_with_a_repository_each_handout_has_both_buttons(tmp_path: Path, root: Path) -> None:
    page, warnings = build(tmp_path, root, "some-school/copy-desk@term-2")
    assert not warnings
    found = links(page)
    assert len(found) == 3 * len(exercise_ids())
    first = exercise_ids()[0]
    assert found[1:3] == [
        "https://colab.research.google.com/github/some-school/copy-desk/blob/term-2/"
        f"exercises/{first}.ipynb",
        f"https://mybinder.org/v2/gh/some-school/copy-desk/term-2?labpath=exercises%2F{first}.ipynb",
    ]


def test_a_malformed_repository_is_a_warning_with_its_cure(tmp_path: Path, root: Path) -> None:
    page, warnings = build(tmp_path, root, "https://example.org/x")
    assert "write owner/name or owner/name@branch" in warnings
    assert len(links(page)) == len(exercise_ids())


@pytest.mark.parametrize(
    ("text", "name", "branch"),
    [("a/b", "a/b", "main"), ("a/b@c", "a/b", "c"), (" a-b/c.d_e@x/y ", "a-b/c.d_e", "x/y")],
)
def test_a_repository_is_named_as_on_the_host(text: str, name: str, branch: str) -> None:
    assert Repository.parse(text) == Repository(name, branch)


@pytest.mark.parametrize("text", ["a", "a/b/c", "a/b@", "https://github.com/a/b", 'a/b"x', "a b/c"])
def test_what_is_no_repository_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="copydesk_repository"):
        Repository.parse(text)


def test_the_committed_setting_is_read(root: Path, tmp_path: Path) -> None:
    assert configured(root) is None
    (tmp_path / "_config.yml").write_text("sphinx: {config: {copydesk_repository: a/b}}\n")
    assert configured(tmp_path) == Repository("a/b")


def test_binder_installs_the_repository_and_its_pins(root: Path) -> None:
    """Binder reads requirements.txt in .binder/ at the top of the repository."""
    lines = (root / ".binder" / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted == ["-c constraints.txt", ".[exercises,lab]"]
    assert (root / "constraints.txt").is_file()
