"""The report of a check as JUnit XML, for programs that collect test results.

A suite is one reading of a statement; its cases are those of `cases`. Undecided cases and the
recorded findings of a printed reading count as skipped, with words that say which.

Functions: junit.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.cases import Case, cases

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TAGS = {"failed": "failure", "recorded": "skipped", "undecided": "skipped"}


def junit(report: CheckReport) -> str:
    """The XML text, with a declaration, indented."""
    statuses = report.statuses
    root = ElementTree.Element("testsuites", name="lemma-check")
    everything: list[Case] = []
    for result in report.results:
        name = f"{result.key} ({result.reading})"
        suite = ElementTree.SubElement(root, "testsuite", name=_clean(name))
        own = list(cases(result, statuses[result.node]))
        for case in own:
            _add(suite, name, case)
        _count(suite, own, result.seconds)
        everything += own
    _count(root, everything, report.seconds)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _count(element: ElementTree.Element, own: list[Case], seconds: float) -> None:
    tags = [_TAGS.get(case.outcome) for case in own]
    element.set("tests", str(len(own)))
    element.set("failures", str(tags.count("failure")))
    element.set("skipped", str(tags.count("skipped")))
    element.set("errors", "0")
    element.set("time", f"{seconds:.3f}")


def _add(suite: ElementTree.Element, classname: str, case: Case) -> None:
    element = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_clean(classname),
        name=_clean(case.name),
        time=f"{case.seconds:.3f}",
    )
    tag = _TAGS.get(case.outcome)
    if tag is not None:
        said = "as recorded" if case.outcome == "recorded" else case.outcome
        first = case.reason.partition("\n")[0]
        child = ElementTree.SubElement(element, tag, message=_clean(f"{said}: {first}"))
        child.text = _clean(case.reason)


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("?", text)
