"""How a proof is written: a list of steps, each with what it gives, why, and from what.

`have("first errors vanish", Delta[1] == 0, by(kernel_of_full_column_rank), "independent", "flat")`

Reasons: `by` (a rule), `calculation`, `linear`, `definition`, `logic`, `at` (a quantified fact at
a value), `obtain` (names for what exists), `take` (a witness), `arbitrary`, `induct`, `cases`,
`suppose_not`, `cite`; and those that are never accepted: `identity`, `claimed`, `sampled`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cases,
    Cite,
    Claimed,
    Construct,
    Contradiction,
    Definition,
    Generic,
    Identity,
    Induct,
    Instantiate,
    Linear,
    Logic,
    Obtain,
    Reason,
    Sampled,
    Step,
)

Steps = Sequence[Step]

calculation, linear, definition, logic = Calculation(), Linear(), Definition(), Logic()


def have(
    name: str, gives: Expr | None, reason: Reason, *uses: str, lines: tuple[int, int] | None = None
) -> Step:
    """A step: its name, what it gives (None: what the reason gives), why, the facts it uses."""
    return Step(name, None if gives is None else the(gives), reason, uses, lines)


def by(rule: Rule, **terms: Any) -> Apply:
    """A rule; terms for those of its free objects that are not found by matching."""
    return Apply(rule, {name: the(t) for name, t in terms.items()})


def at(*values: Any) -> Instantiate:
    """The quantified fact at these values."""
    return Instantiate(tuple(map(the, values)))


def obtain(*names: Expr) -> Obtain:
    """Fresh names for what the fact says exists."""
    return Obtain(tuple(map(the, names)))


def take(*witnesses: Any) -> Construct:
    """These witnesses; what is asked of them is among the facts used."""
    return Construct(tuple(map(the, witnesses)))


def arbitrary(*names: Expr, proof: Steps) -> Generic:
    """The proof for arbitrary values; an index brings its range, an `if` its condition.

    Within the proof of a step S the range of i is the fact `S.i`, the condition `S.if`.
    """
    return Generic(tuple(map(the, names)), tuple(proof))


def induct(i: Expr, *, base: Steps, step: Steps, down: bool = False) -> Induct:
    """Induction over the range of the yield; in the step of S, `S.before` is the fact at i."""
    return Induct(the(i), tuple(base), tuple(step), down)


def cases(*branches: Steps, split: Expr | None = None) -> Cases:
    """A proof for each part of the disjunction used, or for `split` and its negation.

    In the n-th proof of a step S the assumption is the fact `S.n`.
    """
    return Cases(tuple(map(tuple, branches)), None if split is None else the(split))


def suppose_not(proof: Steps) -> Contradiction:
    """From the negation of the yield, the fact `S.not` in a step S, a contradiction."""
    return Contradiction(tuple(proof))


def cite(statement: Statement, **terms: Any) -> Cite:
    """Another statement; terms for those of its variables that mean something else here."""
    return Cite(statement, {name: the(t) for name, t in terms.items()})


def identity(*shapes: dict[str, int]) -> Identity:
    """An identity with free symbols for these shapes, and for these only."""
    return Identity(tuple(shapes))


def claimed(words: str) -> Claimed:
    """The reason that the paper gives, where no rule says it."""
    return Claimed(words)


def sampled(lacks: str) -> Sampled:
    """Decided on instances only; `lacks` says what the language or the rules lack."""
    return Sampled(lacks)
