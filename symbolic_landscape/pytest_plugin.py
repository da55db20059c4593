"""The pytest plugin: `pytest --lemma-check` turns a check into test items.

Each statement, instance, control and step of each reading is an item with a readable node id.
Undecided is an outcome of its own and no pass; a recorded finding of a printed reading is an
expected failure. Without paths on the command line only these items are collected.

Design notes. The statements are judged once, before the collection, by the process that was
started, and worker processes of pytest-xdist all collect the same items from the same results.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Generator, Iterator
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from symbolic_landscape.report.cases import Case

_ROWS = "lemma_check_rows"
_PATHS = "lemma_check_paths"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("lemma-check", "checks of statements, steps and controls")
    group.addoption("--lemma-check", action="store_true", help="check the statements")
    group.addoption("--paper", dest="lemma_paper", metavar="P", help="only this paper")
    group.addoption(
        "--lemma",
        dest="lemma_keys",
        action="append",
        default=[],
        metavar="KEY",
        help="only this statement and all below it; may be repeated",
    )
    group.addoption(
        "--proofs",
        dest="lemma_proofs",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of your own statements; its files are Python and run as your own code",
    )
    parser.addini("lemma_proofs", "folders of your own statements", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Registers what is needed only with --lemma-check."""
    if config.getoption("lemma_check"):
        config.pluginmanager.register(LemmaCheck(config), "lemma-check-session")


class LemmaItem(pytest.Item):
    """One case of a check."""

    def __init__(self, *, reading: str, case: Case, place: tuple[Path, int], **node: Any) -> None:
        super().__init__(**node)
        self.reading = reading
        self.case = case
        self.place = place

    def runtest(self) -> None:
        """Raises what the outcome of the case says; a pass says nothing."""
        if self.case.outcome == "recorded":
            pytest.xfail(f"recorded finding: {self.case.reason}")
        if self.case.outcome == "undecided":
            raise UndecidedError(self.case.reason)
        if self.case.outcome == "failed":
            raise RefusedError(self.case.reason)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The reason alone, without the frames of this plugin."""
        if isinstance(excinfo.value, RefusedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the statement is declared, and the name of the item."""
        path, line = self.place
        return path, line - 1, f"{self.reading}: {self.name}"


class LemmaReading(pytest.Collector):
    """The cases of one reading of a statement, or the one case of a file that cannot be loaded."""

    def __init__(self, *, cases: tuple[Case, ...], place: tuple[Path, int], **node: Any) -> None:
        super().__init__(**node)
        self.cases = cases
        self.place = place

    def collect(self) -> Iterator[LemmaItem]:
        """An item for each case."""
        for case in self.cases:
            nodeid = f"{self.nodeid}::{case.name}"
            item: LemmaItem = LemmaItem.from_parent(
                self,
                name=case.name,
                nodeid=nodeid,
                reading=self.name,
                case=case,
                place=self.place,
            )
            yield item


class RefusedError(Exception):
    """The case failed; the text says why."""


class UndecidedError(Exception):
    """The case is undecided; the text names the open obligation."""


class LemmaCheck:
    """One session with --lemma-check: judges, makes the items, and tells what stayed undecided."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.open: list[tuple[str, str]] = []
        self.worker: dict[str, str] | None = getattr(config, "workerinput", None)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """A row for each reading and each broken file: node id, place and cases, as plain data.

        Raises UsageError for an unknown key, paper or folder.
        """
        if self.worker is not None:
            received: list[dict[str, Any]] = json.loads(self.worker[_ROWS])
            return received
        return self._judged()

    def _judged(self) -> list[dict[str, Any]]:
        from symbolic_landscape.errors import LandscapeError
        from symbolic_landscape.library import run
        from symbolic_landscape.library.lemmas import load_proofs
        from symbolic_landscape.library.readings import node_of
        from symbolic_landscape.library.store import Store, location
        from symbolic_landscape.report.cases import cases

        option = self.config.option
        try:
            proofs = load_proofs(*self.config.getini("lemma_proofs"), *option.lemma_proofs)
            with Store(location(), self._warn) as store:
                report = run.check(
                    proofs,
                    option.lemma_keys,
                    paper=option.lemma_paper,
                    jobs=max(1, getattr(option, "numprocesses", None) or 1),
                    store=store,
                )
        except LandscapeError as error:
            raise pytest.UsageError(str(error)) from error
        if report.interrupted:
            raise KeyboardInterrupt
        statuses = report.statuses
        places = {node_of(reading): proofs.place(reading) for reading in proofs.readings}
        judged = [
            {
                "name": f"{result.key} ({result.reading})",
                "place": places[result.node],
                "cases": [asdict(case) for case in cases(result, statuses[result.node])],
            }
            for result in report.results
        ]
        return judged + [_broken(str(error)) for error in proofs.broken]

    def _warn(self, message: str) -> None:
        warnings.warn(pytest.PytestWarning(f"lemma-check: {message}"), stacklevel=2)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Gives the results to a worker of pytest-xdist."""
        node.workerinput[_ROWS] = json.dumps(self.rows)
        node.workerinput[_PATHS] = "given" if self._by_paths else ""

    @property
    def _by_paths(self) -> bool:
        if self.worker is not None:
            return bool(self.worker[_PATHS])
        return self.config.args_source is pytest.Config.ArgsSource.ARGS

    def pytest_ignore_collect(self) -> bool | None:
        """Leaves the ordinary tests out, unless paths were given."""
        return None if self._by_paths else True

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Adds the readings to what the session collects."""
        report = yield
        if isinstance(collector, pytest.Session) and report.result is not None:
            report.result.extend(_reading(collector, row) for row in self.rows)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Marks the report of an undecided item."""
        report = yield
        if call.excinfo is not None and isinstance(call.excinfo.value, UndecidedError):
            path, line, _ = item.location
            reason = f"undecided: {call.excinfo.value}"
            report.outcome = "skipped"
            report.longrepr = (path, line or 0, reason)
            report.user_properties.append(("lemma-check", "undecided"))
        return report

    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """An undecided item counts by itself."""
        if _is_undecided(report):
            return "undecided", "U", ("UNDECIDED", {"yellow": True})
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers what is undecided."""
        if _is_undecided(report) and isinstance(report.longrepr, tuple):
            self.open.append((report.nodeid, report.longrepr[2]))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Names each undecided item with its open obligation."""
        if self.open:
            terminalreporter.section("undecided", yellow=True)
            for nodeid, reason in self.open:
                terminalreporter.write_line(f"UNDECIDED {nodeid} - {reason}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A session with undecided items does not count as passed."""
        if self.open and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reading(session: pytest.Session, row: dict[str, Any]) -> LemmaReading:
    from symbolic_landscape.report.cases import Case

    file, _, line = row["place"].rpartition(":")
    name = row["name"]
    own = tuple(Case(**case) for case in row["cases"])
    made: LemmaReading = LemmaReading.from_parent(
        session, name=name, nodeid=name, cases=own, place=(Path(file), int(line))
    )
    return made


def _broken(message: str) -> dict[str, Any]:
    """The row of a file that cannot be loaded; its message begins with file and line."""
    found = re.match(r"(.+?):(\d+):", message)
    file, line = found.groups() if found else (message, "1")
    case = {"name": "loads", "outcome": "failed", "reason": message}
    return {"name": Path(file).name, "place": f"{file}:{line}", "cases": [case]}


def _is_undecided(report: pytest.TestReport) -> bool:
    return report.when == "call" and ("lemma-check", "undecided") in report.user_properties
