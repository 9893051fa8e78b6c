"""report.html: one file, no script, nothing from anywhere, every text of a file as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from copydesk.picture import Picture
from copydesk.report.gain import Gain
from copydesk.report.kinds.base import SMALLEST_CLASS, Section
from copydesk.report.kinds.heat import level
from copydesk.report.stats import Estimate
from copydesk.task import ui_strings


def _number(value: float) -> str:
    # A minus that is as long as a plus; and no "-0.00".
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "\u2212")


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


@cache
def _colours() -> str:
    """The site's colours and fonts, light and dark, from its own sheet: they stand there only."""
    sheet = (files("copydesk") / "theme" / "static" / "look.css").read_text("utf-8")
    blocks = [
        re.search(rf"^{re.escape(head)} \{{(.*?)^\}}", sheet, re.DOTALL | re.MULTILINE)
        for head in (":root", 'html[data-theme="dark"]')
    ]
    light, dark = (
        "\n".join(re.findall(r"--cd-[\w-]+:\s[^;]+;", block[1])) if block else ""
        for block in blocks
    )
    if not light or not dark:
        raise RuntimeError("look.css has no variables for light or for dark: see _colours")
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def render(
    sections: Sequence[Section],
    summary: Mapping[str, Any],
    unused: Sequence[tuple[str, str, str]],
    again: Sequence[tuple[str, int, int]],
    gain: Gain | None,
    date: str,
    language: str = "en",
) -> str:
    """The whole report as HTML. `unused`: name, state, reason; `date` is shown as it is."""
    strings = ui_strings(language)
    ui = strings["report"]

    def t(name: str, /, **values: Any) -> str:
        return ui[name].format(**values)

    def estimate(found: Estimate, percent: bool = False) -> str:
        show = _percent if percent else _number
        if found.low is None or found.high is None:
            return t("no-interval", value=show(found.value))
        return t("interval", value=show(found.value), low=show(found.low), high=show(found.high))

    def picture(of: Picture) -> Markup:
        # Made by picture.html.j2, which escapes.
        return Markup(of._repr_html_())  # noqa: S704

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("copydesk", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.globals |= {
        "t": t, "est": estimate, "pct": _percent, "num": _number, "show": picture, "level": level,
    }  # fmt: skip
    parts = environment.get_template("report/parts.html.j2").make_module()
    environment.globals |= {"bar": parts.bar, "places": parts.places}  # type: ignore[attr-defined]
    # A style sheet of ours and no text of a file.
    style = Markup(_colours() + environment.get_template("report/report.css.j2").render())  # noqa: S704
    return environment.get_template("report/page.html.j2").render(
        language=language,
        style=style,
        sections=sections,
        summary=summary,
        unused=unused,
        again=again,
        gain=gain,
        date=date,
        least=SMALLEST_CLASS,
        titles={kind: words["title"] for kind, words in strings.items() if "title" in words},
    )
