"""What a statement says on the instances of the pool, hypothesis by hypothesis.

Objects: Row. Functions: rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symbolic_landscape.judge.pool import Case, Pool
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.verdict import Verdict

PATIENCE = 10
"""A conclusion that is undecided on so many instances, and never decided, is not asked further."""


@dataclass(frozen=True)
class Row:
    """A statement on one instance that meets the standing assumptions.

    `given` has a verdict for each hypothesis, in order, up to the second one that does not hold.
    The conclusion is decided where at most one hypothesis fails and the others hold, unless it has
    been undecided all along.
    """

    case: Case
    given: Mapping[str, Verdict]
    conclusion: Verdict | None = None

    @property
    def met(self) -> bool:
        """Whether all hypotheses hold."""
        return all(v.is_holds for v in self.given.values())

    @property
    def misses(self) -> str:
        """The one hypothesis that fails while all others hold; empty where there is none."""
        failing = [name for name, v in self.given.items() if v.is_fails]
        rest = [v for v in self.given.values() if not v.is_fails]
        return failing[0] if len(failing) == 1 and all(v.is_holds for v in rest) else ""

    @property
    def kept(self) -> bool:
        """Whether the conclusion holds."""
        return self.conclusion is not None and self.conclusion.is_holds

    @property
    def refuted(self) -> bool:
        """Whether the conclusion fails."""
        return self.conclusion is not None and self.conclusion.is_fails

    @property
    def open(self) -> bool:
        """Whether a hypothesis, or the conclusion where all hold, is undecided."""
        doubted = any(v.is_undecided for v in self.given.values())
        return doubted or (self.met and not self.kept and not self.refuted)


def rows(statement: Statement, pool: Pool) -> Iterator[Row]:
    """The statement on each instance of the pool that meets the standing assumptions."""
    undecided, decided = 0, 0
    for case in pool.cases(statement):
        row = _row(statement, case, pool, asked=decided > 0 or undecided < PATIENCE)
        if row is None:
            continue
        if row.conclusion is not None:
            undecided += row.conclusion.is_undecided
            decided += not row.conclusion.is_undecided
        yield row


def _row(statement: Statement, case: Case, pool: Pool, asked: bool) -> Row | None:
    claim, setting = statement.claim, statement.setting
    if not all(pool.decide(f, case.instance, setting).is_holds for f in claim.standing):
        return None
    given: dict[str, Verdict] = {}
    for name, f in claim.given.items():
        given[name] = pool.decide(f, case.instance, setting)
        if sum(not v.is_holds for v in given.values()) > 1:
            break
    row = Row(case, given)
    whole = len(given) == len(claim.given)
    if not asked or not whole or not (row.met or row.misses):
        return row
    return Row(case, given, pool.decide(claim.then, case.instance, setting))
