"""A figure as a page shows it: inline SVG in the page's colours, a text alternative, a table."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jinja2
from markupsafe import Markup
from matplotlib.figure import Figure

from copydesk.plots.style import PALETTE, house_style

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_REFERENCE = re.compile(r"#([\w-]+)")
_FONT = re.compile(r"'DejaVu Sans'(, [^;\"]*)?")
_NAMES = {value: name for name, value in PALETTE.items()}
_COLOUR = re.compile("|".join(_NAMES))


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure: column heads and rows, as they are read out."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A figure with its caption, a text alternative that says what it shows, and its numbers.

    In a notebook and on the page it is HTML; `figure` is the matplotlib Figure itself.
    """

    id: str
    figure: Figure
    caption: str
    alt: str
    table: Table
    table_title: str

    def svg(self) -> str:
        """The figure as an SVG element that follows the page's colours and font."""
        return themed_svg(self.figure, self.id, self.alt)

    def _repr_html_(self) -> str:
        # The SVG is made by themed_svg from numbers and labels of ours, which it escapes.
        return _template().render(picture=self, svg=Markup(self.svg()))  # noqa: S704

    def __repr__(self) -> str:
        return f"Figure {self.id}: {self.alt}"


@cache
def _template() -> jinja2.Template:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("copydesk", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    ).get_template("picture.html.j2")


def themed_svg(figure: Figure, name: str, alt: str) -> str:
    """A matplotlib figure as an accessible inline SVG.

    Each colour of the palette becomes the page's variable (with the light value where there is
    none), the font the page's own; ids carry `name`, so that two figures on a page do not clash.
    """
    stream = io.StringIO()
    with house_style():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(stream.getvalue())  # noqa: S314  matplotlib wrote it a line above
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    text = ET.tostring(root, encoding="unicode")
    used = set(_REFERENCE.findall(text))
    for node in root.iter():
        own = node.get("id")
        if own is None:
            continue
        if own in used:
            node.set("id", f"{name}-{own}")
        else:
            del node.attrib["id"]
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-label", alt)
    text = ET.tostring(root, encoding="unicode")
    text = re.sub(r"(url\(#|href=\"#)([\w-]+)", rf"\g<1>{name}-\2", text)
    text = _FONT.sub("var(--cd-sans, sans-serif)", text)
    return _COLOUR.sub(lambda m: f"var(--cd-{_NAMES[m[0]]}, {m[0]})", text)
