"""The report of a check as one text, in each of its formats.

Functions: written.
"""

from __future__ import annotations

from collections.abc import Collection

from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.data import dump
from symbolic_landscape.report.junit import junit
from symbolic_landscape.report.output import plain
from symbolic_landscape.report.text import check_lines


def written(
    report: CheckReport, form: str, named: Collection[str] = (), verbose: bool = False
) -> str:
    """The report as "text", "json" or "junit"."""
    if form == "json":
        return dump(report.to_data())
    if form == "junit":
        return junit(report)
    return plain(check_lines(report, named, verbose=verbose))
