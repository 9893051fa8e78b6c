"""The book builds from nothing, with every reference resolved and no warning (see `site_dir`)."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

# What Sphinx and the theme add.
OTHERS = {"404.html", "genindex.html", "search.html"}


def test_every_page_of_the_table_of_contents_is_built(root: Path, pages: list[str]) -> None:
    toc = YAML(typ="safe").load((root / "_toc.yml").read_text("utf-8"))
    listed = [toc["root"]]
    for part in toc["parts"]:
        for entry in part["chapters"]:
            if "glob" in entry:
                listed += [p.relative_to(root) for p in root.glob(entry["glob"]) if p.suffix]
            else:
                listed.append(entry["file"])
    assert len(listed) > 3
    names = {Path(name).with_suffix(".html").as_posix() for name in listed}
    assert names <= set(pages), f"not built: {names - set(pages)}"
    extra = set(pages) - names - OTHERS
    assert not extra, f"built, but not in the table of contents: {extra}"
