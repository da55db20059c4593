"""One layer along a direction, as its weights grow (section 4, proof of Lemma 4.3).

Notation: t_i = <a, z_i> are the projections of the samples; unit j = 1..N-1 has weights -alpha a
and bias alpha t_j + beta, so that A(alpha)_ij = sigma(alpha (t_j - t_i) + beta), a matrix (N,
N-1); mu and gamma are the limits of sigma at -infinity and +infinity, s = sigma(beta).

Objects: ScaledLayer, Growth.
Functions: beside_ones, limit_matrix, displayed_limit, row_differences, layer_over_decay, layer_at,
layer_beyond, least_gap.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeVar

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    ExponentialField,
    Field,
    Matrix,
    RationalFunctions,
    Scalar,
    value_along,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Add, Call, Const, Formula, Mul, Pow, T, Var, call, evaluated
from symbolic_landscape.formula import power as formula_power
from symbolic_landscape.formula import product as formula_product
from symbolic_landscape.formula import total as formula_total
from symbolic_landscape.functions.activations import Activation

LIMITS = RationalFunctions(("mu", "s", "gamma"))
"""The field of the limit: mu, s = sigma(beta), gamma are free, equalities hold for every sigma."""

DECAYING = "decaying"
"""Names the activation that stands for every one with the growth bound and sigma(beta) not 0."""

MOST_FREE = 3
"""Up to this many samples the entries of a decaying layer are free symbols, beyond integers."""

Entry = TypeVar("Entry")

LARGEST_SCALE = Fraction(1 << 40)
SCALE_STEP = Fraction(1, 100)


@dataclass(frozen=True)
class Growth:
    """The constants of |sigma(t)| <= rho1 e^(rho2 t) for t < 0 and <= rho3 t + rho4 for t >= 0."""

    constants: tuple[Formula, ...]

    def balls(self, field: BallField) -> tuple[flint.arb, ...]:
        """(rho1, rho2, rho3, rho4) as balls."""
        zero = field.constant(Fraction(0))
        return tuple(evaluated(constant, zero, field) for constant in self.constants)


@dataclass(frozen=True, eq=False)
class ScaledLayer:
    """Projections t_1, ..., t_N of one field or of balls, the activation, beta, and its growth.

    Layers compare by identity, since balls cannot be compared for equality.
    """

    projections: tuple[Scalar, ...]
    activation: Activation
    beta: Fraction = Fraction(0)
    growth: Growth | None = None

    @property
    def count(self) -> int:
        """The number N of samples."""
        return len(self.projections)

    def difference(self, i: int, j: int) -> Scalar:
        """t_j - t_i, and exactly 0 for one projection that two samples share."""
        first, second = self.projections[i], self.projections[j]
        return QQ.scalar(0) if first is second else second - first

    @property
    def tie(self) -> int | None:
        """The first place i whose projection is shared by place i + 1, or None."""
        pairs = enumerate(itertools.pairwise(self.projections))
        return next((i for i, (first, second) in pairs if first is second), None)

    def rows(self, entry: Callable[[Scalar], Entry]) -> list[list[Entry]]:
        """The rows of A (N, N-1) when the entry is a function of t_j - t_i."""
        return [
            [entry(self.difference(i, j)) for j in range(self.count - 1)] for i in range(self.count)
        ]

    @cached_property
    def limits(self) -> tuple[Formula, Formula] | None:
        """(mu, gamma) as constant formulas where both are finite and known, else None."""
        if self.activation.is_generic:
            return None
        found = self.activation.limits()
        ends = (found.data.get("left"), found.data.get("right"))
        left, right = ends
        return (left, right) if isinstance(left, Formula) and isinstance(right, Formula) else None

    @property
    def formula(self) -> Formula:
        """The activation as a formula. Raises DomainError for a generic activation."""
        return self.activation.derivative(0)

    def value(self, field: Field) -> Scalar:
        """The value s = sigma(beta) in a field. Raises DomainError where it lies outside."""
        return Scalar(field, evaluated(self.formula, field.constant(self.beta), field))

    def best_value(self, balls: BallField) -> Scalar:
        """The value s = sigma(beta), in Q or Q(e^(1/D)) where it lies there, else a ball."""
        for field in (QQ, ExponentialField(self.beta.denominator)):
            try:
                return self.value(field)
            except DomainError:
                continue
        return self.value(balls)


def beside_ones(matrix: Matrix, *, first: bool) -> Matrix:
    """[1, A] or [A, 1] (N, N)."""
    ones = matrix.field.ones(matrix.shape[0], 1)
    return ones.hstack(matrix) if first else matrix.hstack(ones)


# --- the limit of [1, A] in the bounded case -----------------------------------------------------


def limit_matrix(layer: ScaledLayer) -> Matrix:
    """The limit of [1, A(alpha)] (N, N) over Q(mu, s, gamma), read off the signs of t_j - t_i."""
    mu, s, gamma = (LIMITS.generator(name) for name in LIMITS.names)
    by_sign = {-1: mu, 0: s, 1: gamma}
    rows = layer.rows(lambda difference: by_sign[difference.sign()])
    return beside_ones(_dense(LIMITS, rows), first=True)


def displayed_limit(size: int) -> Matrix:
    """The limit (N, N) as displayed: 1 in column 1, mu below, s beside, gamma beyond."""
    mu, s, gamma = (LIMITS.generator(name) for name in LIMITS.names)
    one = LIMITS.scalar(1)

    def entry(i: int, j: int) -> Scalar:
        if j == 1:
            return one
        if i >= j:
            return mu
        return s if j == i + 1 else gamma

    counted = range(1, size + 1)
    return LIMITS.matrix([[entry(i, j) for j in counted] for i in counted])


def row_differences(matrix: Matrix) -> Matrix:
    """The matrix with row i - 1 subtracted from row i, for every i > 1."""
    size = matrix.shape[0]
    rows = [[int(i == j) - int(i == j + 1) for j in range(size)] for i in range(size)]
    return matrix.field.matrix(rows) @ matrix


def _dense(field: Field, rows: Sequence[Sequence[Scalar]]) -> Matrix:
    return field.from_raw([[field.raw(value) for value in row] for row in rows], len(rows) - 1)


# --- exactly, over Q(u)(x, alpha) with x = e^(-alpha) --------------------------------------------


@lru_cache(maxsize=256)
def layer_over_decay(layer: ScaledLayer) -> tuple[Matrix, Scalar] | None:
    """A (N, N-1) and sigma(beta) over Q(u)(x, alpha), x = e^(-alpha); None where they lie outside.

    Where sigma is a function of t^r alone, alpha stands for its r-th power. The projections are
    first multiplied by a common denominator, which only rescales alpha. Outside lie softplus,
    arctan, and projections that are not known to be rational. The generic DECAYING has entries x l
    below the diagonal, s on it and alpha r + c above it, with free or distinct l, r, c.
    """
    if layer.activation.name == DECAYING:
        return _decaying_layer(layer)
    if layer.activation.is_generic:
        return None
    degree, inner = (1, layer.formula) if layer.beta else _in_power(layer.formula)
    try:
        known = [value.rational() for value in layer.projections]
        scale = math.lcm(*(value.denominator for value in known))
        value = value_along(inner, 0, layer.beta)
        rows = layer.rows(
            lambda difference: _along(
                inner, int(difference.rational() * scale) ** degree, layer.beta
            )
        )
    except DomainError:
        return None
    return _dense(value.field, rows), value


def _decaying_layer(layer: ScaledLayer) -> tuple[Matrix, Scalar]:
    """A (N, N-1) over Q(x, alpha, s, ...): x l where t_j < t_i, alpha r + c where t_j > t_i."""
    places = [(i, j) for i in range(layer.count) for j in range(layer.count - 1)]
    free = layer.count <= MOST_FREE
    names = [f"{letter}{i}{j}" for i, j in places for letter in "lrc"] if free else []
    field = RationalFunctions(("x", "alpha", "s", *names), decay={"x": "alpha"})
    x, alpha, s = (field.generator(name) for name in ("x", "alpha", "s"))

    def letter(name: str, i: int, j: int) -> Scalar:
        if free:
            return field.generator(f"{name}{i}{j}")
        return field.scalar((layer.count * i + j + 2) ** 2 + "lrc".index(name))

    def entry(i: int, j: int) -> Scalar:
        sign = layer.difference(i, j).sign()
        if sign == 0:
            return s
        return x * letter("l", i, j) if sign < 0 else alpha * letter("r", i, j) + letter("c", i, j)

    rows = [[entry(i, j) for j in range(layer.count - 1)] for i in range(layer.count)]
    return _dense(field, rows), s


_along = lru_cache(maxsize=1024)(value_along)


def _in_power(formula: Formula) -> tuple[int, Formula]:
    """(r, g) with formula = g(t^r) for the greatest r."""
    exponents = set(_exponents(formula))
    degree = math.gcd(*exponents) if exponents else 1
    return degree, _divided(formula, degree)


def _exponents(formula: Formula) -> Iterator[int]:
    """The powers in which the variable occurs; 1 where it stands by itself or inside pieces."""
    match formula:
        case Const():
            return
        case Pow(base=Var(), exponent=exponent):
            yield exponent
        case Add(terms=parts) | Mul(factors=parts):
            for part in parts:
                yield from _exponents(part)
        case Pow(base=part) | Call(argument=part):
            yield from _exponents(part)
        case _:
            yield 1


def _divided(formula: Formula, degree: int) -> Formula:
    """The formula with every power of the variable divided by the degree."""
    match formula:
        case Pow(base=Var(), exponent=exponent):
            return formula_power(T, exponent // degree)
        case Add(terms=parts):
            return formula_total(_divided(part, degree) for part in parts)
        case Mul(factors=parts):
            return formula_product(_divided(part, degree) for part in parts)
        case Pow(base=base, exponent=exponent):
            return formula_power(_divided(base, degree), exponent)
        case Call(name=name, argument=argument):
            return call(name, _divided(argument, degree))
    return formula


# --- in balls: at one alpha, and for every alpha from one on -------------------------------------


def layer_at(layer: ScaledLayer, alpha: Fraction, field: BallField) -> Matrix:
    """A(alpha) (N, N-1) in balls."""
    return _dense(field, layer.rows(lambda difference: _at(layer, difference, alpha, field)))


def _at(layer: ScaledLayer, difference: Scalar, alpha: Fraction, field: BallField) -> Scalar:
    argument = field.scalar(difference) * alpha + layer.beta
    return Scalar(field, evaluated(layer.formula, argument.raw, field))


def layer_beyond(layer: ScaledLayer, alpha: Fraction, field: BallField) -> Matrix:
    """Balls (N, N-1) that hold A(alpha') for every alpha' >= alpha, for monotone bounded sigma.

    Raises DomainError where a limit is infinite or not known, or sigma not known to be monotone.
    """
    if layer.limits is None or not _is_monotone(layer.activation):
        message = f"monotony and finite limits of {layer.activation} were needed beyond {alpha}"
        raise DomainError(message)
    zero = field.constant(Fraction(0))
    mu, gamma = (evaluated(end, zero, field) for end in layer.limits)

    def entry(difference: Scalar) -> Scalar:
        value = _at(layer, difference, alpha, field)
        sign = difference.sign()
        if sign == 0:
            return value
        with field.working():
            return Scalar(field, value.raw.union(gamma if sign > 0 else mu))

    return _dense(field, layer.rows(entry))


@lru_cache(maxsize=64)
def _is_monotone(activation: Activation) -> bool:
    """Whether sigma is known to be strictly monotone."""
    return activation.strictly_increasing().is_holds or activation.strictly_decreasing().is_holds


def least_gap(layer: ScaledLayer, field: BallField) -> flint.arb:
    """A lower bound of every t_{i+1} - t_i, as an exact ball."""
    pairs = itertools.pairwise(range(layer.count))
    gaps = [field.scalar(layer.difference(i, j)).raw.lower() for i, j in pairs]
    return min(gaps, key=lambda gap: gap.mid())
