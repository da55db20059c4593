"""Attacks on chosen statements of a library, each at both readings.

Function: attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symbolic_landscape.judge.attack import KINDS, Attack, attacks
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Case
from symbolic_landscape.judge.rows import Row, row_of, rows
from symbolic_landscape.judge.trial import Trials, sizes
from symbolic_landscape.library.common import common
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.run import Progress, plan
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import Term

TRIES = 120
"""So many times free objects are drawn for a rule that was changed."""

CITABLE = 12
"""So many other statements of the library are offered in place of a cited one."""


def attack(
    proofs: Statements,
    keys: Iterable[str] = (),
    *,
    paper: str | None = None,
    kinds: Sequence[str] = tuple(KINDS),
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Attack, ...]:
    """The variants of the chosen statements in the new form, and who noticed each.

    Without keys all statements, or all of a paper. Raises UnknownKeyError for an unknown key or
    paper, DeclarationError for an unknown kind.
    """
    named = {proofs.printed(key).key for key in keys}
    readings = [s for s in plan(proofs, named, paper=paper) if isinstance(s, Statement)]
    chosen = [s for s in readings if not named or s.key in named]
    chosen = [s for s in chosen if paper is None or s.paper == paper]
    derivations = Derivations(proofs.rules.values())
    settings, watched = common()
    own = dict.fromkeys((*settings, *(s.setting for s in chosen)))
    instances = _Tried(Trials(own, watched, derivations, Options(seed=seed)), seed)
    citable = [s for s in readings if s.proof][:CITABLE]
    found: list[Attack] = []
    for done, statement in enumerate(chosen, 1):
        found += attacks(
            statement,
            derivations,
            seed=seed,
            kinds=kinds,
            instances=instances,
            library=citable,
        )
        if progress is not None:
            progress(done, len(chosen), statement.key)
    return tuple(found)


class _Tried:
    """What the pool and free objects say of variants; what was asked is kept."""

    def __init__(self, trials: Trials, seed: int) -> None:
        self._trials, self._seed = trials, seed
        self._rows: tuple[Statement | None, tuple[Row, ...]] = (None, ())
        self._rules: dict[tuple[tuple[Term, ...], tuple[Term, ...], Term], str] = {}

    def _on(self, statement: Statement) -> tuple[Row, ...]:
        """The statement on the instances that fit, once."""
        if self._rows[0] is not statement:
            self._rows = (statement, self._trials.rows(statement))
        return self._rows[1]

    def refutes(self, variant: Statement, original: Statement) -> str:
        """An instance near the hypotheses that is against the variant, not against the original."""
        for row in self._on(original):
            if row.misses or (row.met and not row.refuted):
                new = row_of(variant, row.case, self._trials.pool)
                if new is not None and new.met and new.refuted and new.conclusion is not None:
                    return f"{row.case.instance.name}: {new.conclusion.reason}"
        return ""

    def refutes_rule(self, rule: Rule) -> str:
        """Free objects that refute a rule, in words."""
        says = (rule.given, rule.where, rule.then)
        if says not in self._rules:
            found = tried(rule, self._seed, TRIES)
            self._rules[says] = f"free objects: {found.reason}" if found.refuted else ""
        return self._rules[says]

    def refutes_again(self, statement: Statement) -> str | None:
        """An instance against a statement that does not come from the first such example."""
        against = [row.case for row in self._on(statement) if row.met and row.refuted]
        if not against:
            return None
        first = _example(against[0])
        others = (case.instance.name for case in against if _example(case) != first)
        return next(others, "")

    def thinned(self, statement: Statement) -> str | None:
        """The notice where one instance that meets the hypotheses is left."""
        met = (row for row in rows(statement, self._trials.pool) if row.met)
        first = next(met, None)
        return None if first is None else "it is said to be thin" * (len(sizes([first])) == 1)


def _example(case: Case) -> str:
    """The name of an example, without the values of further names."""
    return f"{case.origin} {case.setting} {case.instance.name.partition(', ')[0]}"
