"""Where a Hessian is degenerate: curves that bend as it asks, and the function on them to order 4.

Notation: f is a function of one matrix with gradient 0 and semidefinite Hessian H at Z; d lies in
the kernel of H, and f3(d) is the column of the third derivatives along d, d and each entry. Where
f3(d) is orthogonal to the kernel, H B = -f3(d) / 2 has a solution B. On Z + t d + t^2 B the terms
below t^4 vanish, and that of t^4 is the least of all curves that start so.

If f has four continuous derivatives, the kernel is a line and that term is positive, then Z is a
strict local minimum: with w' across the kernel, f(Z + t d + t^2 B + w') - f(Z) is that term plus
H(w', w') / 2, and the rest is small against both.

Class: Bent. Functions: bent_curves, shaped.

Source: D. Gromoll and W. Meyer, On differentiable functions with isolated critical points, 1969.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import gcd
from typing import TYPE_CHECKING, Any, NamedTuple

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.errors import DomainError
from symbolic_landscape.judge.operations import assembled, real
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.symbols import is_symbolic
from symbolic_landscape.judge.values import UnsettledError
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.term import REAL, Term, num, substitute, term, var

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

MOST_FLAT = 3
"""Kernels of more dimensions are left alone."""

SIZES = range(-2, 3)
"""Directions are sums of the basis of the kernel with these coefficients."""

T = var("#step", REAL)


class Bent(NamedTuple):
    """The curve Z + t d + t^2 B, and the fourth derivative of the function on it at t = 0."""

    direction: Matrix
    bend: Matrix
    fourth: Scalar


def bent_curves(
    owner: Evaluation,
    f: Term,
    center: Matrix,
    hessian: Matrix,
    kernel: Sequence[Matrix],
    place: Place,
) -> Iterator[Bent]:
    """Such curves through Z = `center`, where the kernel, of which this is a basis, is small.

    Ends where a derivative has no exact value.
    """
    if len(kernel) > MOST_FLAT or not hessian.field.decides_equality:
        return
    flat = assembled([[x for row in k.tolist() for x in row] for k in kernel], hessian.shape[0]).T
    regular = hessian + flat @ flat.T
    inside = Place({f.args[0]: center}, place)
    try:
        thirds = _thirds(owner, f, kernel, inside)
        for numbers in _coefficients(len(kernel)):
            squares = [numbers[i] * numbers[j] for i, j in thirds]
            third = _combined(squares, list(thirds.values()))
            if not third.field.decides_equality or not (flat.T @ third).is_zero:
                continue
            direction = _combined(numbers, kernel)
            bend = shaped(regular.solve(third.scale(Fraction(-1, 2))), center.shape[1])
            yield Bent(direction, bend, _fourth(owner, f, direction, bend, inside))
    except (DomainError, UnsettledError):
        return


def _combined(numbers: Sequence[int], matrices: Sequence[Matrix]) -> Matrix:
    """The sum of the matrices, of at least one, with these coefficients."""
    made, *more = (matrix.scale(c) for c, matrix in zip(numbers, matrices, strict=True))
    for part in more:
        made = made + part
    return made


def _coefficients(dimension: int) -> list[tuple[int, ...]]:
    """The coefficients of different directions, of opposite ones one; small ones first."""
    found = [c for c in product(SIZES, repeat=dimension) if gcd(*c) == 1 and c > (0,) * dimension]
    return sorted(found, key=lambda c: (sum(map(abs, c)), c))


def _thirds(
    owner: Evaluation, f: Term, kernel: Sequence[Matrix], place: Place
) -> Mapping[tuple[int, int], Matrix]:
    """f3 as a quadratic form on the kernel: its coefficients, for i <= j."""
    alone = [_third(owner, f, k, place) for k in kernel]
    found = {(i, i): column for i, column in enumerate(alone)}
    for i, j in combinations(range(len(kernel)), 2):
        both = _third(owner, f, kernel[i] + kernel[j], place)
        found[i, j] = both - alone[i] - alone[j]
    return found


def _third(owner: Evaluation, f: Term, direction: Matrix, place: Place) -> Matrix:
    """The second derivative along the direction of the gradient, as a column."""
    y = f.args[0]
    along = var("#direction", y.args[0])
    slopes = term("lam", T, term("grad", f, add(y, mul(T, along))))
    found = _derived(owner, slopes, 2, Place({along: direction}, place))
    return assembled([[x] for row in found.tolist() for x in row], 1)


def _fourth(owner: Evaluation, f: Term, direction: Matrix, bend: Matrix, place: Place) -> Scalar:
    """The fourth derivative at 0 on the curve."""
    y, value = f.args
    along, bent = var("#direction", y.args[0]), var("#bend", y.args[0])
    there = Place({along: direction, bent: bend}, place)
    moved = substitute(value, {y: add(y, mul(T, along), mul(T, T, bent))})
    return real(_derived(owner, term("lam", T, moved), 4, there))


def _derived(owner: Evaluation, function: Term, order: int, place: Place) -> Any:
    """The derivative of this order at 0. Raises UnsettledError where its value is not exact."""
    for _ in range(order):
        function = term("deriv", function)
    found = owner.value(term("apply", function, num(0)), place)
    if is_symbolic(found):
        message = f"the derivative of order {order} is {found}"
        raise UnsettledError(message)
    return found


def shaped(column: Matrix, width: int) -> Matrix:
    """The matrix of this width with the entries of a column, row by row."""
    numbers = [x for (x,) in column.tolist()]
    rows = [numbers[i : i + width] for i in range(0, len(numbers), width)]
    return column.field.matrix(rows)
