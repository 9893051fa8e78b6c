"""The Copy Desk: a case in, a task out, an answer scored.

In a notebook::

    from copydesk import open_case

    case = open_case("ain-al-asad-2023")
    case.task("loaded-language")
"""

from copydesk.desk import OpenCase, open_case

__all__ = ["OpenCase", "open_case"]
