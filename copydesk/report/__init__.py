"""The class report: answer files in, report.html, scores.csv and marks.csv out.

reading (files, one by one) -> sheets (rows of a file; in workers) -> store (DuckDB) -> kinds (a
section for each kind of task), gain, stats -> html and csvs. `run` goes the whole way, `teach` goes
it with a simulated class.
"""

from copydesk.report.run import Summary, make_report

__all__ = ["Summary", "make_report"]
