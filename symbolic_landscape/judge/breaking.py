"""Near misses of hypotheses: an instance that breaks one alone, and where the proof fails on it.

Objects: Break. Functions: broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from symbolic_landscape.judge.hunting import Found, near_miss
from symbolic_landscape.judge.pool import Case, Pool
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.shrinking import is_empty
from symbolic_landscape.judge.walking import Seen, Walk
from symbolic_landscape.statement.lemma import Statement


@dataclass(frozen=True)
class Break:
    """A hypothesis, its near miss if one was found, and the walk through the proof on it.

    Without a near miss, `words` say what was tried.
    """

    statement: Statement
    hypothesis: str
    found: Found
    walk: Walk | None = None
    words: str = ""

    @property
    def case(self) -> Case | None:
        """The near miss."""
        return None if self.found.row is None else self.found.row.case

    @property
    def first_failing(self) -> Seen | None:
        """The first step of the proof that fails on the near miss."""
        return None if self.walk is None else self.walk.first_failing

    def _repr_html_(self) -> str:
        if self.walk is None:
            words = f"{self.statement.key}: no near miss of {self.hypothesis}: {self.words}"
            return f"<p>{escape(words)}</p>"
        step = self.first_failing
        where = "no step of the proof fails there" if step is None else f"step {step.path} fails"
        words = f"{self.hypothesis} is broken, all else is kept; {where}"
        return f"<p>{escape(words)}</p>{self.walk._repr_html_()}"

    def _repr_latex_(self) -> str:
        return "" if self.walk is None else self.walk._repr_latex_()

    def __repr__(self) -> str:
        said = self.words if self.case is None else self.case.instance.name
        return f"Break({self.statement.key}, {self.hypothesis}: {said})"


def broken(
    statement: Statement,
    name: str,
    rows: Callable[[], Iterable[Row]],
    pool: Pool,
    walked: Callable[[Case], Walk],
    surplus: Callable[[], Sequence[str]],
) -> Break:
    """The near miss of one hypothesis, from the pool or by a search.

    `rows` gives the known rows, which are looked at one after the other, `walked` the walk on an
    instance, and `surplus` the hypotheses that a complete derivation does not use; it is asked
    only where there is no near miss.
    """
    found = near_miss(statement, rows(), pool, name, tries=0)
    unused = found.row is None and name in surplus()
    if not unused and (found.row is None or is_empty(found.row.case.instance)):
        found = near_miss(statement, rows(), pool, name)
    if found.row is not None:
        return Break(statement, name, found, walked(found.row.case))
    if unused:
        words = "surplus: the derivation does not use it"
    elif kept := sum(row.misses == name and row.kept for row in rows()):
        one = "1 instance breaks it alone and keeps the conclusion"
        many = f"{kept} instances break it alone and keep the conclusion"
        words = f"{one if kept == 1 else many} ({found.tried} tried)"
    elif found.met:
        one = "one breaks it alone, and the conclusion is not refuted there"
        many = f"{found.met} break it alone, and none refutes the conclusion"
        words = f"{found.tried} tried; {one if found.met == 1 else many}"
    else:
        words = f"{found.tried} tried, none breaks it alone"
    return Break(statement, name, found, None, words)
