"""Local minima of a function of one matrix: "for some r > 0 no matrix within r of Z has less".

Decided at Z: by the gradient, by the inertia of the Hessian, and where that is semidefinite by the
space on which it is 0: if the gradient vanishes on all of it through Z, the function is constant
there and bends up across, so Z is a local minimum that is not strict (Morse and Bott); if the
function falls along a line in it, or a curve that starts there, Z is none; and if the space is a
line, and the function rises to fourth order on a curve that starts along it and bends as the
Hessian asks, Z is a strict one. A function of one entry is one of a real number.

Functions: local_minimum.

Design notes. Each way is exact and for functions that are twice continuously differentiable by
their tree; a semidefinite Hessian with a smaller critical space is left undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.errors import DomainError
from symbolic_landscape.judge.bent_curves import bent_curves, shaped
from symbolic_landscape.judge.comparisons import compared, compared_matrices
from symbolic_landscape.judge.germs import near_zero
from symbolic_landscape.judge.matrices import unit_matrix
from symbolic_landscape.judge.operations import assembled, real, total
from symbolic_landscape.judge.operations import product as product_of
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.smoothness import smooth
from symbolic_landscape.judge.symbols import is_symbolic, symbol
from symbolic_landscape.judge.values import UnsettledError
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.term import (
    INT,
    NUMBERS,
    REAL,
    Term,
    num,
    substitute,
    term,
    var,
)
from symbolic_landscape.verdict import Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

MOST_ENTRIES = 16
"""Functions of larger matrices are left undecided."""


MOST_BENT, BENDS = 4, (Fraction(1, 2), Fraction(-1, 2))
"""Curves that bend by these numbers are tried for matrices of so few entries."""


class Nearby(NamedTuple):
    """Z, the bound matrix, the function's value at it, and whether other values must be larger."""

    center: Term
    other: Term
    value: Term
    strict: bool


def local_minimum(owner: Evaluation, r: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "r > 0, and f(Z) <= f(Y) for all Y within r of Z"; with < for Y other than Z.

    None for other forms, and where it is open.

    Raises what an evaluation raises where f, Z or a derivative has no value.
    """
    asked = _asked(r, body)
    if asked is None:
        return None
    center = owner.value(asked.center, place)
    if not isinstance(center, Matrix) or is_symbolic(center):
        return None
    size = center.shape[0] * center.shape[1]
    if size == 1:
        return _on_curve(owner, r, asked, QQ.ones(1, 1), QQ.zeros(1, 1), place)
    if not 1 <= size <= MOST_ENTRIES:
        return None
    f = term("lam", asked.other, asked.value)
    if not smooth(owner, "twice smooth", owner.value(f, place)).is_holds:
        return None
    slopes = owner.value(term("grad", f, asked.center), place)
    if is_symbolic(slopes):
        return None
    flat = compared_matrices(slopes, QQ.zeros(*center.shape))
    if flat.is_fails:
        return flat.because(f"the gradient is not 0: {flat.reason}")
    return _by_curvature(owner, r, asked, center, place) if flat.is_holds else None


def _asked(r: Term, body: Term) -> Nearby | None:
    """What is asked, if the formula has the form."""
    if r.args[0] is not REAL or body.head != "and" or len(body.args) != 2:
        return None
    positive, every = body.args
    if positive is not term("lt", num(0), r) or every.head != "forall":
        return None
    other, inner = every.args
    if other.args[0].head != "matrix" or inner.head != "implies":
        return None
    near, then = inner.args
    strict = then.head == "lt"
    if strict:
        if near.head != "and" or len(near.args) != 2:
            return None
        near, differs = near.args
    center = _center(near, other)
    if center is None or then.head not in ("le", "lt") or r in then.free | center.free:
        return None
    if strict and not Normal().same(differs, term("not", term("eq", other, center))):
        return None
    low, high = then.args
    if high.sort not in NUMBERS or other in low.free:
        return None
    same = Normal().same(_within(r, other, center), near)
    same = same and Normal().same(substitute(high, {other: center}), low)
    return Nearby(center, other, high, strict) if same else None


def _center(near: Term, other: Term) -> Term | None:
    """Z, where a condition may say that the matrix is near it."""
    inner = near
    while inner.head == "each":
        inner = inner.args[-1]
    if inner.head != "and" or inner.args[-1].head != "lt":
        return None
    entry = inner.args[-1].args[0]
    if entry.head != "entry":
        return None
    difference = entry.args[0]
    parts = difference.args if difference.head == "add" else (difference,)
    if other not in parts:
        return None
    others = [mul(num(-1), x) for x in parts if x is not other]
    made = add(*others) if others else term("zeros", *other.args[0].args)
    center = Normal().form(made)
    return None if other in center.free else center


def _within(r: Term, other: Term, center: Term) -> Term:
    """Each entry of the difference is less than r in size."""
    row, column = var("row", INT), var("column", INT)
    entry = term("entry", add(other, mul(num(-1), center)), row, column)
    between = term("and", term("lt", mul(num(-1), r), entry), term("lt", entry, r))
    rows, columns = other.args[0].args
    return term("each", row, num(1), rows, term("each", column, num(1), columns, between))


def _on_curve(
    owner: Evaluation, r: Term, asked: Nearby, direction: Matrix, bend: Matrix, place: Place
) -> Verdict | None:
    """The same for the function on the curve Z + t D + t^2 B, as one of a real number."""
    t, along = var("#step", REAL), var("#direction", asked.other.args[0])
    bent = var("#bend", asked.other.args[0])
    moved = add(asked.center, mul(t, along), mul(t, t, bent))
    low, high = (substitute(asked.value, {asked.other: x}) for x in (asked.center, moved))
    then = term("lt" if asked.strict else "le", low, high)
    if asked.strict:
        then = term("or", term("eq", t, num(0)), then)
    inside = term("and", term("lt", mul(num(-1), r), t), term("lt", t, r))
    body = term("forall", t, term("implies", inside, then))
    there = Place({along: direction, bent: bend}, place)
    return near_zero(owner, r, term("and", term("lt", num(0), r), body), there)


def _entries(matrix: Matrix) -> list[Scalar]:
    return [real(x) for row in matrix.tolist() for x in row]


def _by_curvature(
    owner: Evaluation, r: Term, asked: Nearby, center: Matrix, place: Place
) -> Verdict | None:
    """The verdict at a critical point, by the second derivatives."""
    y, f = asked.other, term("lam", asked.other, asked.value)
    (rows, columns), inside = center.shape, Place({y: center}, place)
    places = product(range(1, rows + 1), range(1, columns + 1))
    partial = [term("lam", y, term("entry", term("grad", f, y), num(i), num(j))) for i, j in places]
    hessian = assembled(
        [_entries(owner.value(term("grad", g, y), inside)) for g in partial], rows * columns
    )
    if is_symbolic(hessian):
        return None
    up, down, zero = hessian.inertia()
    said = f"the gradient is 0, the Hessian has inertia ({up}, {down}, {zero})"
    evidence = hessian.field.evidence
    if down:
        return fails(evidence, said)
    if not zero:
        return holds(evidence, said)
    kernel = [shaped(column, columns) for column in hessian.kernel().columns()]
    if _is_critical_on(owner, f, center, kernel, place):
        more = f"{said}, and the gradient is 0 on a space of dimension {zero} through the point"
        return (fails if asked.strict else holds)(evidence, more)
    for direction, bend in _curves(kernel):
        verdict = _on_curve(owner, r, asked, direction, bend, place)
        if verdict is not None and verdict.is_fails:
            return verdict.because(f"on a curve: {verdict.reason}")
    return _by_fourth_order(owner, f, center, hessian, kernel, place)


def _by_fourth_order(
    owner: Evaluation,
    f: Term,
    center: Matrix,
    hessian: Matrix,
    kernel: Sequence[Matrix],
    place: Place,
) -> Verdict | None:
    """The verdict by a curve that bends as the Hessian asks: it falls, or it rises and is alone."""
    if not smooth(owner, "infinitely smooth", owner.value(f, place)).is_holds:
        return None
    for direction, _, fourth in bent_curves(owner, f, center, hessian, kernel, place):
        start = f"a curve that starts along {direction} has the derivatives 0, 0, 0 and {fourth}"
        if len(kernel) == 1 and compared("lt", 0, fourth).is_holds:
            said = "the gradient is 0, the Hessian is 0 on a line and positive across it"
            return holds(fourth.field.evidence, f"{said}, and {start}")
        if compared("lt", fourth, 0).is_holds:
            return fails(fourth.field.evidence, start)
    return None


def _is_critical_on(
    owner: Evaluation, f: Term, center: Matrix, space: Sequence[Matrix], place: Place
) -> bool:
    """Whether the gradient is certainly 0 on all of the space through the center."""
    names = owner.fresh("s", len(space))
    steps = [product_of((symbol(name), move)) for name, move in zip(names, space, strict=True)]
    y, value = f.args
    there, (rows, columns) = total((center, *steps)), center.shape
    t, along = var("#step", REAL), var("#direction", y.args[0])
    moved = term("lam", t, substitute(value, {y: add(y, mul(t, along))}))
    slope = term("apply", term("deriv", moved), num(0))
    for i, j in product(range(rows), range(columns)):
        unit = unit_matrix(rows, columns, i, j)
        try:
            found = owner.value(slope, Place({y: there, along: unit}, place))
        except (DomainError, UnsettledError):
            return False
        if not compared("eq", found, 0).is_holds:
            return False
    return True


def _curves(space: Sequence[Matrix]) -> Iterator[tuple[Matrix, Matrix]]:
    """Lines in the space, along sums and differences too; for few entries also bent curves."""
    rows, columns = space[0].shape
    straight = QQ.zeros(rows, columns)
    yield from ((direction, straight) for direction in space)
    for a, b in combinations(space, 2):
        yield from ((a + b, straight), (a - b, straight))
    if rows * columns > MOST_BENT:
        return
    units = [unit_matrix(rows, columns, i, j) for i, j in product(range(rows), range(columns))]
    for direction, unit, size in product(space, units, BENDS):
        yield direction, unit.scale(size)
