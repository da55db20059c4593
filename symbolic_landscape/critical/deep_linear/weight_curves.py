"""Curves through a critical point of a deep linear network along which the risk falls and rises.

Objects: WeightCurve. Functions: measured, saddle_curves.

Design notes. At a saddle of rank r < k the weights are first moved along a line on which the
product stays the same, each layer by a part that the others do not see; there the gradient of one
layer is no longer zero, and that layer moves along it. At a saddle of rank k the product can turn
freely, and a direction of negative curvature is found among the turns. Every coefficient is exact,
and a curve counts only if the lowest one has the right sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from itertools import product as pairs_of
from random import Random

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.critical.deep_linear.point import DeepLinearPoint, inner
from symbolic_landscape.critical.deep_linear.spectrum import column_basis
from symbolic_landscape.errors import DomainError

TRIES = 40
"""How many draws are looked at for a curve."""

ENOUGH = 3
"""How many draws that give curves are compared for the lowest order."""


@dataclass(frozen=True)
class WeightCurve:
    """W(t) = W + t C_1 + t^2 C_2 + ...; L(W(t)) - L(W) = coefficient t^order + higher terms.

    `terms` are C_1, C_2, ..., each with one matrix for each layer.
    """

    terms: tuple[tuple[Matrix, ...], ...]
    order: int
    coefficient: Scalar

    def text(self) -> str:
        """One line: the lowest term of the change of the risk."""
        return f"the risk changes by {self.coefficient} t^{self.order} + ..."


def measured(point: DeepLinearPoint, terms: Sequence[Sequence[Matrix]]) -> WeightCurve | None:
    """The curve with the lowest nonzero coefficient of the risk along it; None if it is level."""
    for order, value in enumerate(point.loss_along(terms)[1:], 1):
        if not value.is_zero:
            return WeightCurve(tuple(map(tuple, terms)), order, value)
    return None


def saddle_curves(point: DeepLinearPoint) -> tuple[WeightCurve | None, WeightCurve | None]:
    """A curve along which the risk falls and one along which it rises; None where none was found.

    Raises DomainError unless the point is critical.
    """
    if not point.is_critical:
        message = "curves at a saddle: a critical point was needed, but the gradient is not zero"
        raise DomainError(message)
    if point.correlation.is_zero:
        return None, None
    if point.rank < point.narrowest:
        return _curves_of_low_rank(point)
    return _curves_of_full_rank(point)


def _curves_of_low_rank(
    point: DeepLinearPoint,
) -> tuple[WeightCurve | None, WeightCurve | None]:
    """Both curves at a point whose product has a rank below every width."""
    drawn = (_level_and_off(point, Random(seed)) for seed in range(TRIES))
    found = islice((curves for curves in drawn if curves is not None), ENOUGH)
    return min(found, key=lambda curves: curves[0].order, default=(None, None))


def _level_and_off(
    point: DeepLinearPoint, random: Random
) -> tuple[WeightCurve, WeightCurve] | None:
    """W + t D, along which the product is constant, and then W_f by -t^q G and +t^q G.

    f - 1 is the last j with Q_j of full row rank. Below f the layers move by columns that P_k maps
    to 0, above f by rows that vanish on Q_{k-1}. G is the lowest term of the gradient of layer f.
    """
    last = point.depth - 1
    free = max(j for j in range(last + 1) if point.below[j].rank() == point.widths[j])
    line = [weight.scale(0) for weight in point.weights]
    for k in range(point.depth):
        height, width = point.weights[k].shape
        if k < free:
            line[k] = _in_span(point.above[k + 1].kernel(), random) @ _any(1, width, random)
        elif k > free:
            seen = _in_span(point.below[k].T.kernel(), random)
            line[k] = _any(height, 1, random) @ seen.T
    below = point.product_along([line], 0, free)
    above = point.product_along([line], free + 1)
    slope = _lowest(_product([part.T for part in above], [point.correlation], below))
    if slope is None:
        return None
    order, gradient = slope
    bend = _lowest([part @ point.inputs for part in _product(above, [gradient.T], below, flip=1)])
    power = max(1, order + 1 - 2 * bend[0]) if bend is not None else 1
    curves = []
    for sign in (-1, 1):
        terms = [line, *([w.scale(0) for w in line] for _ in range(power - 1))]
        terms[power - 1] = [
            part + gradient.scale(sign) if k == free else part
            for k, part in enumerate(terms[power - 1])
        ]
        curves.append(measured(point, terms))
    falling, rising = curves
    if falling is None or rising is None:
        return None
    fits = falling.coefficient.sign() < 0 < rising.coefficient.sign()
    return (falling, rising) if fits else None


def _in_span(basis: Matrix, random: Random) -> Matrix:
    """A random combination of the columns, (n, 1)."""
    return basis @ _any(basis.shape[1], 1, random)


def _any(height: int, width: int, random: Random) -> Matrix:
    choices = (-2, -1, 1, 1, 1, 2, 3)
    return QQ.matrix([[random.choice(choices) for _ in range(width)] for _ in range(height)])


def _product(
    left: Sequence[Matrix], middle: Sequence[Matrix], right: Sequence[Matrix], flip: int = 0
) -> list[Matrix]:
    """The coefficients of left(t) M right(t)^T, or of left(t) M^T right(t) with `flip`."""
    centre = middle[0].T if flip else middle[0]
    found: list[Matrix | None] = [None] * (len(left) + len(right) - 1)
    for (i, a), (j, b) in pairs_of(enumerate(left), enumerate(right)):
        term = a @ centre @ (b if flip else b.T)
        before = found[i + j]
        found[i + j] = term if before is None else before + term
    return [part for part in found if part is not None]


def _lowest(parts: Sequence[Matrix]) -> tuple[int, Matrix] | None:
    """The lowest power with a nonzero coefficient, and the coefficient."""
    return next(((i, part) for i, part in enumerate(parts) if not part.is_zero), None)


def _curves_of_full_rank(
    point: DeepLinearPoint,
) -> tuple[WeightCurve | None, WeightCurve | None]:
    """Both curves at a point whose product has rank k: lines R -> (I + t K) R (I + t M)."""
    height, width = point.product.shape
    basis, dual = column_basis(point.product), column_basis(point.product.T)
    turns = [
        (unit @ (basis.T @ basis).inverse() @ basis.T, QQ.zeros(width, width))
        for unit in _units(height, basis.shape[1])
    ]
    turns += [
        (QQ.zeros(height, height), dual @ (dual.T @ dual).inverse() @ unit.T)
        for unit in _units(width, dual.shape[1])
    ]
    form = _second_order(point, turns)
    falling = None
    descent = _negative_direction(form)
    if descent is not None:
        left, right = QQ.zeros(height, height), QQ.zeros(width, width)
        for (one, other), weight in zip(turns, descent, strict=True):
            left, right = left + one.scale(weight), right + other.scale(weight)
        falling = measured(point, [_turned(point, left, right)])
    rising = measured(point, [_turned(point, QQ.identity(height), QQ.zeros(width, width))])
    if falling is not None and falling.coefficient.sign() > 0:
        falling = None
    if rising is not None and rising.coefficient.sign() < 0:
        rising = None
    return falling, rising


def _units(height: int, width: int) -> list[Matrix]:
    """The matrices of this shape with a single 1."""
    places = [(i, j) for i in range(height) for j in range(width)]
    return [
        QQ.matrix([[int((i, j) == place) for j in range(width)] for i in range(height)])
        for place in places
    ]


def _turned(point: DeepLinearPoint, left: Matrix, right: Matrix) -> list[Matrix]:
    """The direction K W_n in the last layer and W_1 M in the first."""
    terms = [weight.scale(0) for weight in point.weights]
    terms[-1] = left @ point.weights[-1]
    terms[0] = terms[0] + point.weights[0] @ right
    return terms


def _second_order(point: DeepLinearPoint, turns: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    """The symmetric form of the coefficient of t^2, doubled, over combinations of the (K, M)."""
    product = point.product
    firsts = [(left @ product + product @ right) @ point.inputs for left, right in turns]
    pulled = [left.T @ point.correlation for left, _ in turns]
    pushed = [product @ right for _, right in turns]
    size = range(len(turns))
    rows = [
        [
            inner(firsts[p], firsts[q]) + inner(pulled[p], pushed[q]) + inner(pulled[q], pushed[p])
            for q in size
        ]
        for p in size
    ]
    return QQ.matrix(rows)


def _negative_direction(form: Matrix) -> list[Scalar] | None:
    """A vector v with v^T A v < 0 for a symmetric A; None if there is none."""
    split = form.ldl()
    at = 0
    for size in split.blocks:
        column = [QQ.scalar(0)] * form.shape[0]
        column[at] = QQ.scalar(1)
        if size == 2:
            column[at + 1] = QQ.scalar(-split.middle[at, at + 1].sign())
        if size == 2 or split.middle[at, at].sign() < 0:
            solved = split.lower.T.solve(QQ.column(column)).tolist()
            result = [QQ.scalar(0)] * form.shape[0]
            for place, row in zip(split.permutation, solved, strict=True):
                result[place] = row[0]
            return result
        at += size
    return None


__all__ = ["WeightCurve", "measured", "saddle_curves"]
