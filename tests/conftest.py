"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE_TESTS = Path(__file__).resolve().parent / "site"


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers that the fixtures here read."""
    # Machines are shared: how long one example takes says nothing of the code.
    hypothesis.settings.register_profile("shared", deadline=None)
    hypothesis.settings.load_profile("shared")
    config.addinivalue_line(
        "markers",
        "allow_console(pattern, reason): the browser may report what the pattern matches",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, and run them last: a broken unit is told before a book is built.

    Playwright's loop, once started, also counts as running for asyncio in the tests after it.
    """
    for item in items:
        if SITE_TESTS in item.path.parents:
            item.add_marker(pytest.mark.site)
    items.sort(key=lambda item: SITE_TESTS in item.path.parents)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the repository."""
    return ROOT
