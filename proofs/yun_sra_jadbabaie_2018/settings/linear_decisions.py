"""Sections 2 and 3: kinds of points of deep linear networks, singular values, on exact data.

Decisions: those of DECISIONS, each from weights, inputs and targets, or from a matrix and both.

Design notes. A point with a gradient has points of less and of more risk nearby. A critical one is
a global minimum where its risk is a proven lower bound; curves show that it is none. Eigenvalues of
a symmetric G of size n are counted without computing one: the Hankel matrix of the traces of G^0,
..., G^(2n - 2) has as many independent rows as G has different eigenvalues.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, positive_semidefinite
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.critical.deep_linear import (
    DeepLinearPoint,
    attains_relaxed_optimum,
    measured,
    saddle_curves,
)
from symbolic_landscape.critical.deep_linear.low_rank import dominance
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, negation, undecided

Decision = Callable[[Any, tuple[Any, ...]], Verdict]
LINES = 8
"""So many lines are looked at for one on which the risk rises."""


def settled(decide: Callable[..., Verdict]) -> Decision:
    """The decision, UNDECIDED for values in no exact field."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        values = {str(v.name): x for v, x in instance.values.items()}
        try:
            return decide(values, *arguments)
        except (LandscapeError, KeyError) as cause:
            return undecided(str(cause))

    return decided


def _of_point(decide: Callable[[DeepLinearPoint], Verdict]) -> Decision:
    """A decision about the risk at a point, whose factor is positive."""

    def decided(values: Mapping[str, Any], W: Any, X: Matrix, Y: Matrix) -> Verdict:
        if values["c"].sign() <= 0:
            return undecided(f"the factor {values['c']} is not positive")
        member = W if callable(W) else W.at
        layers = (matrix_of(member(k), f"W[{k}]") for k in range(1, values["H"] + 2))
        return decide(DeepLinearPoint.of(X, Y, layers))

    return settled(decided)


def _least(point: DeepLinearPoint) -> Verdict:
    """Whether no other weights have less risk."""
    least = attains_relaxed_optimum(point)
    return negation(_falls(point)) if least.is_undecided else least


def _falls(point: DeepLinearPoint) -> Verdict:
    """Whether points as near as one likes have less risk."""
    if not point.is_critical:
        return holds(Evidence.EXACT, "the gradient is not 0")
    least = attains_relaxed_optimum(point)
    if least.is_holds:
        return negation(least)
    falling, _ = saddle_curves(point)
    if falling is None:
        return undecided("no curve was found on which the risk falls")
    return holds(Evidence.EXACT, f"on a curve {falling.text()}")


def _rises(point: DeepLinearPoint) -> Verdict:
    """Whether points as near as one likes have more risk."""
    if point.inputs.is_zero:
        return fails(Evidence.EXACT, "X = 0, so the risk is constant")
    if not point.is_critical:
        return holds(Evidence.EXACT, "the gradient is not 0")
    _, rising = saddle_curves(point)
    random = Random(0)
    for _ in range(LINES):
        if rising is not None and rising.coefficient.sign() > 0:
            return holds(Evidence.EXACT, f"on a curve {rising.text()}")
        line = [
            QQ.matrix([[random.randint(-2, 3) for _ in range(w.shape[1])] for _ in w.tolist()])
            for w in point.weights
        ]
        rising = measured(point, [line])
    return undecided("no curve was found on which the risk rises")


@settled
def is_leading(_: Any, X: Matrix, Y: Matrix, U: Matrix) -> Verdict:
    """Whether orthonormal columns span a leading space of left singular vectors of the fit."""
    fit = Y @ X.T @ (X @ X.T).inverse() @ X
    gram = fit @ fit.T
    if U.T @ U != U.field.identity(U.shape[1]):
        return fails(Evidence.EXACT, "the columns are not orthonormal")
    if gram @ U != U @ U.T @ gram @ U:
        return fails(Evidence.EXACT, "F F^T does not map the space into itself")
    rest = U.T.kernel()
    if not rest.shape[1]:
        return holds(Evidence.EXACT, "it is the whole space")
    return positive_semidefinite(dominance(U, gram, rest, gram))


def _are_distinct(X: Matrix, Y: Matrix, *, with_zero: bool) -> Verdict:
    """Whether no eigenvalue of F F^T or F^T F, whichever is smaller, is double, or none but 0."""
    fit = Y @ X.T @ (X @ X.T).inverse() @ X
    gram = fit @ fit.T if fit.shape[0] <= fit.shape[1] else fit.T @ fit
    size, rank = gram.shape[0], gram.rank()
    power, traces = gram.field.identity(size), []
    for _ in range(2 * size - 1):
        traces.append(power.trace())
        power = power @ gram
    count = gram.field.matrix([traces[i : i + size] for i in range(size)]).rank()
    different, number = (count, size) if with_zero else (count - (rank < size), rank)
    word = "singular values" if with_zero else "nonzero singular values"
    answer = holds if different == number else fails
    return answer(Evidence.EXACT, f"{different} different ones among {number} {word}")


DECISIONS: Mapping[str, Decision] = {
    "global minimum": _of_point(_least),
    "falls nearby": _of_point(_falls),
    "rises nearby": _of_point(_rises),
    "local minimum": _of_point(lambda point: negation(_falls(point))),
    "local maximum": _of_point(lambda point: negation(_rises(point))),
    "leading": is_leading,
    "distinct singular values": settled(lambda _, *data: _are_distinct(*data, with_zero=True)),
    "distinct nonzero singular values": settled(
        lambda _, *data: _are_distinct(*data, with_zero=False)
    ),
}
"""The decisions by the names of the definitions that they settle."""
