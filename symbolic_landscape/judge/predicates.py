"""Named predicates that are decided from the values of their arguments.

Objects: PREDICATES. A predicate that is not listed needs a decision of its setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import (
    Matrix,
    nonsingular,
    positive_definite,
    positive_semidefinite,
    shown,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.judge.comparisons import compared_matrices
from symbolic_landscape.judge.operations import real
from symbolic_landscape.judge.symbols import constant_matrix
from symbolic_landscape.statement.term import Term, num
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _matrix(a: Any) -> Matrix:
    if isinstance(a, Matrix):
        return a
    message = f"a matrix was needed, got {type(a).__name__}"
    raise ShapeError(message)


def _symmetric(a: Any) -> Verdict:
    a = _matrix(a)
    verdict = compared_matrices(a, a.T)
    return verdict.because(f"{'not ' if verdict.is_fails else ''}symmetric: {verdict.reason}")


def _definite(decide: Callable[[Matrix], Verdict]) -> Callable[[Any], Verdict]:
    """A decision about symmetric matrices; one that is not symmetric FAILS."""

    def decided(a: Any) -> Verdict:
        symmetric = _symmetric(a)
        if not symmetric.is_holds:
            return symmetric
        return decide(constant_matrix(a, "the inertia"))

    return decided


def _invertible(a: Any) -> Verdict:
    a = constant_matrix(_matrix(a), "the rank")
    if a.shape[0] != a.shape[1]:
        return fails(Evidence.EXACT, f"a matrix of shape {a.shape} has no inverse")
    return nonsingular(a)


def _integer(x: Any) -> Verdict:
    number = real(x)
    known = number.field.rational_value(number.raw)
    if known is None:
        return undecided(f"whether {shown(number)} is an integer is not known")
    good = known.denominator == 1
    return (holds if good else fails)(
        Evidence.EXACT, f"{known} is {'an' if good else 'no'} integer"
    )


def _mean(functional: Any) -> Verdict:
    """Whether a functional is a mean of values at points, with weights that sum to 1."""
    tree = getattr(functional, "term", None)
    if not isinstance(tree, Term) or tree.head != "lam":
        return undecided(f"{functional!r} is no mean that is known")
    f, body = tree.args
    weights = [_weight(part, f) for part in (body.args if body.head == "add" else (body,))]
    if None in weights:
        return undecided(f"{tree!r} is no mean that is known")
    known = [w for w in weights if w is not None]
    good = min(known) >= 0 and sum(known) == 1
    return (holds if good else fails)(Evidence.EXACT, f"weights {', '.join(map(str, known))}")


def _weight(part: Term, f: Term) -> Fraction | None:
    """The number by which a value of f is multiplied; None for a part of another form."""
    factors = part.args if part.head == "mul" else (num(1), part)
    if len(factors) != 2 or not isinstance(factors[0].name, Fraction):
        return None
    value = factors[1]
    fits = value.head == "apply" and value.args[0] is f and f not in value.args[1].free
    return factors[0].name if fits else None


PREDICATES: Mapping[str, Callable[..., Verdict]] = {
    "psd": _definite(positive_semidefinite),
    "pd": _definite(positive_definite),
    "symmetric": _symmetric,
    "invertible": _invertible,
    "integer": _integer,
    "expectation": _mean,
    "bounded law": _mean,
}
"""Positive semidefinite, positive definite, symmetric, invertible; a real that is an integer; the
expectation by a law, and by one with a bounded support: decided for means of finitely many values.
"""
