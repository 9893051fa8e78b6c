"""The handouts on the site: their list with downloads, and the buttons that launch them elsewhere.

A Sphinx extension. ``{handouts}`` in a page becomes the list. The setting `copydesk_repository`
names the public GitHub repository of the course, owner/name or owner/name@branch; while it is
empty, there is no button, for no address is made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

SETTING = "copydesk_repository"
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+(@[A-Za-z0-9._/-]+)?")


@dataclass(frozen=True)
class Repository:
    """A public repository on GitHub, the only host that both Colab and Binder open by address."""

    name: str
    branch: str = "main"

    @classmethod
    def parse(cls, text: str) -> Repository | None:
        """The repository that a setting names; None when it is empty.

        Raises ValueError when it is not of the form owner/name or owner/name@branch.
        """
        text = text.strip()
        if not text:
            return None
        if not _REPOSITORY.fullmatch(text):
            form = "write owner/name or owner/name@branch, as on GitHub, or leave it empty"
            raise ValueError(f'{SETTING} is "{text}": {form}')
        name, _, branch = text.partition("@")
        return cls(name, branch or "main")

    @property
    def url(self) -> str:
        """The address of the repository."""
        return f"https://github.com/{self.name}"

    def colab(self, path: str) -> str:
        """The address that opens a notebook of the repository in Colab."""
        place = quote(f"{self.name}/blob/{self.branch}/{path}")
        return f"https://colab.research.google.com/github/{place}"

    def binder(self, path: str) -> str:
        """The address that opens a notebook of the repository in JupyterLab on Binder."""
        branch = quote(self.branch, safe="")
        return f"https://mybinder.org/v2/gh/{self.name}/{branch}?labpath={quote(path, safe='')}"


def configured(root: Path) -> Repository | None:
    """The repository that a course's _config.yml names. Raises ValueError when it is malformed."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe").load((root / "_config.yml").read_text("utf-8")) or {}
    setting = ((data.get("sphinx") or {}).get("config") or {}).get(SETTING) or ""
    return Repository.parse(str(setting))


# --- the list on a page ---------------------------------------------------------------------------


def setup(app: Any) -> dict[str, Any]:
    """Register with Sphinx."""
    from docutils import nodes
    from sphinx import addnodes
    from sphinx.util import logging
    from sphinx.util.docutils import SphinxDirective

    from copydesk.exercise import exercise_ids, read_key
    from copydesk.task import ui_strings

    logger = logging.getLogger(__name__)

    class Handouts(SphinxDirective):
        """The list of the handouts, each with its question, its minutes and its links."""

        def run(self) -> list[nodes.Node]:
            words, listed = ui_strings("en")["exercise"], nodes.definition_list()
            listed["classes"].append("handouts")
            try:
                repository = Repository.parse(getattr(self.config, SETTING))
            except ValueError as error:
                logger.warning("%s", error, location=self.get_location())
                repository = None
            for exercise_id in exercise_ids():
                key, path = read_key(exercise_id), f"exercises/{exercise_id}.ipynb"
                self.env.note_dependency(str(Path(self.env.srcdir) / path))
                number = exercise_id[:2]
                named = words["listed"].format(number=number, title=key.title)
                links: list[nodes.Node] = [
                    addnodes.download_reference(
                        "",
                        words["download"].format(number=number),
                        reftarget=f"/{path}",
                        refdoc=self.env.docname,
                    )
                ]
                links += [
                    nodes.reference("", words[where].format(number=number), refuri=address)
                    for where, address in _addresses(repository, path)
                ]
                line = nodes.paragraph("", "")
                for link in links:
                    line += [nodes.Text(" · "), link] if line.children else [link]
                about = words["listed-about"].format(minutes=key.minutes, question=key.question)
                listed += nodes.definition_list_item(
                    "",
                    nodes.term("", named),
                    nodes.definition("", nodes.paragraph("", about), line),
                )
            return [listed]

    app.add_config_value(SETTING, "", "env")
    app.add_directive("handouts", Handouts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _addresses(repository: Repository | None, path: str) -> list[tuple[str, str]]:
    if repository is None:
        return []
    return [("colab", repository.colab(path)), ("binder", repository.binder(path))]
