"""Named predicates that are decided from the values of their arguments.

Objects: PREDICATES. A predicate that is not listed needs a decision of its setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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
        return replace(decide(constant_matrix(a, "the inertia")), mutants=())

    return decided


def _invertible(a: Any) -> Verdict:
    a = constant_matrix(_matrix(a), "the rank")
    if a.shape[0] != a.shape[1]:
        return fails(Evidence.EXACT, f"a matrix of shape {a.shape} has no inverse")
    return replace(nonsingular(a), mutants=())


def _integer(x: Any) -> Verdict:
    number = real(x)
    known = number.field.rational_value(number.raw)
    if known is None:
        return undecided(f"whether {shown(number)} is an integer is not known")
    good = known.denominator == 1
    return (holds if good else fails)(
        Evidence.EXACT, f"{known} is {'an' if good else 'no'} integer"
    )


PREDICATES: Mapping[str, Callable[..., Verdict]] = {
    "psd": _definite(positive_semidefinite),
    "pd": _definite(positive_definite),
    "symmetric": _symmetric,
    "invertible": _invertible,
    "integer": _integer,
}
"""Positive semidefinite, positive definite, symmetric, invertible; a real that is an integer."""
