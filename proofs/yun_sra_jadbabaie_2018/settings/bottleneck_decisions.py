"""Section 3.1: least maps of bounded rank and separated spaces, on exact data.

Decisions: those of DECISIONS, each from inputs, targets and a matrix, UNDECIDED where X X^T is
singular.

Design notes. The relaxed risk of Z is that of the fit F and half of |Z X - F|^2, and where Z X is
nearest to F among all matrices of bounded rank its rows are those of X, as are those of F.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar, at_most, positive_definite, vanishes
from symbolic_landscape.critical.deep_linear.low_rank import (
    dominance,
    is_nearest,
    leading_spaces,
)
from symbolic_landscape.critical.deep_linear.point import squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_decisions import (
    Decision,
    settled,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, holds, undecided

HALF = Fraction(1, 2)


def _fit(X: Matrix, Y: Matrix) -> Matrix:
    return Y @ X.T @ (X @ X.T).inverse() @ X


def _least(_: Any, X: Matrix, Y: Matrix, k: int, R: Matrix) -> Verdict:
    """Whether R minimises the relaxed risk among maps of rank at most k."""
    return is_nearest(_fit(X, Y), k, R @ X)


def _only_least(_: Any, X: Matrix, Y: Matrix, k: int, R: Matrix) -> Verdict:
    """Whether it alone does."""
    return is_nearest(_fit(X, Y), k, R @ X, strict=True)


def _bounds(_: Any, X: Matrix, Y: Matrix, k: int, s: Scalar) -> Verdict:
    """Whether the relaxed risk is at least a number at all maps of rank at most k."""
    fit, best = _fit(X, Y), Y @ X.T @ (X @ X.T).inverse()
    spaces = leading_spaces(fit @ fit.T, k) if 0 < k < fit.rank() else iter(())
    maps = (A @ (A.T @ A).inverse() @ A.T @ best for A in spaces)
    for Z in (best if k else best.scale(0), *maps):
        if Z.rank() > k:
            continue
        least, error = is_nearest(fit, k, Z @ X), Z @ X - Y
        value = squared_norm(error) * HALF
        if least.is_holds or value < s:
            return at_most(s, value).because(f"{value} at {Z}")
    return undecided("no least map was found")


def _separated(_: Any, X: Matrix, Y: Matrix, U: Matrix) -> Verdict:
    """Whether orthonormal columns span the only leading space of left singular vectors."""
    fit = _fit(X, Y)
    gram, rest = fit @ fit.T, U.T.kernel()
    space = all_of(
        orthonormal=vanishes(U.T @ U - U.field.identity(U.shape[1])),
        invariant=vanishes(gram @ U - U @ U.T @ gram @ U),
    )
    if not space.is_holds:
        return space
    if not (rest.shape[1] and U.shape[1]):
        return holds(Evidence.EXACT, "it is nothing or the whole space")
    return positive_definite(dominance(U, gram, rest, gram))


DECISIONS: Mapping[str, Decision] = {
    "lower bound": settled(_bounds),
    "optimum": settled(_least),
    "only optimum": settled(_only_least),
    "separated": settled(_separated),
}
"""The decisions by the names of the definitions that they settle."""
