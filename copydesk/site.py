"""The Sphinx extension: puts the widget files and the page host into the site, and nothing twice."""

from __future__ import annotations

from typing import Any


def setup(app: Any) -> dict[str, Any]:
    """Register with Sphinx."""
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
