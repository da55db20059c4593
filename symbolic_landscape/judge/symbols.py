"""Numbers with free symbols: what is certain of them for every value of the symbols at once.

A number here is a quotient of polynomials in free symbols whose denominator is nowhere 0; the
evaluation divides by nothing else. So a difference that is the zero polynomial is 0 everywhere.

Functions: symbol, is_symbolic, lowered, radical, linear_form, possible_signs, nowhere_zero,
constant_matrix.

Design notes. Signs are certain by three exact ways: even powers with coefficients of one sign, a
quadratic polynomial by the inertia of its symmetric matrix, one symbol by Sturm's theorem; for
functions of one real variable see `line`. What they do not settle may have every sign; that is
never a wrong answer, only none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    Field,
    FractionField,
    Matrix,
    RationalFunctions,
    Scalar,
    nonnegative_on,
    positive_on,
)
from symbolic_landscape.arithmetic.bounded import Polynomial as Raw
from symbolic_landscape.arithmetic.exponential import field_of
from symbolic_landscape.arithmetic.polynomials import Interval
from symbolic_landscape.arithmetic.rational_functions import terms_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.judge.line import HIGHEST, Line

Exponents = tuple[int, ...]
Polynomial = Mapping[Exponents, Scalar]

ANY_SIGN = frozenset({-1, 0, 1})

LARGEST_RADICAL = 60
"""Polynomials with more terms than this are not looked through for repeated factors."""

LARGEST_FORM = 24
"""Quadratic polynomials in more symbols than this are not judged by their inertia."""


def symbol(name: str) -> Scalar:
    """A free symbol, which stands for every real number."""
    return RationalFunctions((name,)).generator(name)


def is_symbolic(value: Scalar | Matrix) -> bool:
    """Whether its field has free symbols."""
    return bool(value.field.free_symbols)


def _free(field: FractionField) -> list[int]:
    return [i for i, generator in enumerate(field.generators) if generator.is_free]


def _numbers(field: FractionField) -> Field:
    """The field of what is left when the free symbols are taken away."""
    return field_of([generator for generator in field.generators if not generator.is_free])


def _polynomial(field: FractionField, raw: Raw) -> Polynomial:
    """The polynomial in the free symbols alone, coefficients in the field of the numbers."""
    free = _free(field)
    if len(free) == len(field.generators):
        return {m: Scalar(QQ, flint.fmpq(c)) for m, c in terms_of(raw)}
    smaller = _numbers(field)
    kept = [i for i in range(len(field.generators)) if i not in free]
    parts: dict[Exponents, dict[Exponents, int]] = {}
    for monomial, coefficient in terms_of(raw):
        inside = parts.setdefault(tuple(monomial[i] for i in free), {})
        inside[tuple(monomial[i] for i in kept)] = coefficient
    if isinstance(smaller, FractionField):
        ring, one = smaller.ring, smaller.one
        return {e: Scalar(smaller, (ring.from_dict(p), one)) for e, p in parts.items()}
    return {e: smaller.scalar(p[()]) for e, p in parts.items()}


def _quotient(value: Scalar) -> tuple[Polynomial, Polynomial] | None:
    """Numerator and denominator as polynomials in the free symbols, or None in other fields."""
    if not isinstance(value.field, FractionField):
        return None
    top, bottom = value.raw
    return _polynomial(value.field, top), _polynomial(value.field, bottom)


def lowered(value: Scalar) -> Scalar:
    """The same number in a field without free symbols, where none occurs in it."""
    if not is_symbolic(value):
        return value
    known = value.field.rational_value(value.raw)
    if known is not None:
        return QQ.scalar(known)
    quotient = _quotient(value)
    if quotient is None or any(any(e) for p in quotient for e in p):
        return value
    top, bottom = quotient
    zero = _numbers(value.field).scalar(0)  # type: ignore[arg-type]
    return next(iter(top.values()), zero) / next(iter(bottom.values()))


def radical(value: Scalar) -> Scalar:
    """A number that is 0 for the same values of the symbols: repeated factors are taken once."""
    if not isinstance(value.field, FractionField) or len(value.raw[0]) > LARGEST_RADICAL:
        return value
    _, factors = value.raw[0].factor_squarefree()
    if all(exponent == 1 for _, exponent in factors):
        return value
    ring = value.field.ring
    top = prod((factor for factor, _ in factors), start=ring.from_dict({(0,) * ring.nvars(): 1}))
    return Scalar(value.field, (top, value.field.one))


def linear_form(value: Scalar, names: Sequence[str]) -> Mapping[str, Scalar] | None:
    """The coefficients of a sum of multiples of these symbols; that of "" is the rest.

    The coefficients are numbers; the rest may have other free symbols in it. None where the number
    is no such sum.
    """
    if not isinstance(value.field, FractionField):
        return None if is_symbolic(value) else {"": value}
    top, bottom = value.raw
    places = [i for i, name in enumerate(value.field.names) if name in names]
    terms = [(m, c, [i for i in places if m[i]]) for m, c in terms_of(top)]
    rest = {m: c for m, c, used in terms if not used}
    if len(rest) < len(terms) and any(any(e) for e in _polynomial(value.field, bottom)):
        return None
    out = {"": Scalar(value.field, value.field.quotient(value.field.ring.from_dict(rest), bottom))}
    for e, c in _polynomial(value.field, top).items():
        used = [name for name, k in zip(value.field.free_symbols, e, strict=True) if k]
        if set(used).isdisjoint(names):
            continue
        if sum(e) > 1:
            return None
        out[used[0]] = c / next(iter(_polynomial(value.field, bottom).values()))
    return {name: lowered(c) for name, c in out.items() if not c.is_zero}


def nowhere_zero(value: Scalar) -> bool:
    """Whether it is certainly not 0, whatever the values of the symbols."""
    return 0 not in possible_signs(value)


def possible_signs(value: Scalar) -> frozenset[int]:
    """Signs among which are all that it takes. Raises DomainError where a number has none."""
    if not is_symbolic(value):
        return frozenset({value.sign()})
    if isinstance(value.field, Line):
        return value.field.signs(value.raw) or ANY_SIGN
    quotient = _quotient(value)
    if quotient is None:
        return ANY_SIGN
    top, bottom = quotient
    if not top:
        return frozenset({0})
    turns = _signs(bottom)
    return ANY_SIGN if 0 in turns else frozenset(a * b for a in turns for b in _signs(top))


def _signs(p: Polynomial) -> frozenset[int]:
    used = [i for i in range(len(next(iter(p)))) if any(e[i] for e in p)]
    if not used:
        return frozenset({next(iter(p.values())).sign()})
    for sign in (1, -1):
        if all(c.sign() == sign and not any(k % 2 for k in e) for e, c in p.items()):
            strict = any(not any(e) for e in p)
            return frozenset({sign}) if strict else frozenset({0, sign})
    if max(map(sum, p)) <= 2 and len(used) <= LARGEST_FORM:
        return _signs_of_quadratic(p, used)
    if len(used) == 1:
        return _signs_of_univariate({e[used[0]]: c for e, c in p.items()})
    return ANY_SIGN


def _signs_of_quadratic(p: Polynomial, used: list[int]) -> frozenset[int]:
    """The signs of (1, x)^T M (1, x), by the inertia of M and of what M sends to 0."""
    size = len(used) + 1
    field = next(iter(p.values())).field
    rows = [[field.scalar(0)] * size for _ in range(size)]
    for exponents, c in p.items():
        places = [k + 1 for k, i in enumerate(used) for _ in range(exponents[i])]
        a, b = (*places, 0, 0)[:2]
        rows[a][b] = rows[a][b] + c / 2
        rows[b][a] = rows[b][a] + c / 2
    form = field.matrix(rows)
    positive, negative, _ = form.inertia()
    if positive and negative:
        return ANY_SIGN
    sign = 1 if positive else -1
    kernel = form.kernel()
    touches = any(not kernel[0, j].is_zero for j in range(kernel.shape[1]))
    return frozenset({0, sign}) if touches else frozenset({sign})


def _signs_of_univariate(p: Mapping[int, Scalar]) -> frozenset[int]:
    values = {k: c.field.rational_value(c.raw) for k, c in p.items()}
    if max(p) > HIGHEST or None in values.values():
        return ANY_SIGN
    coefficients = [values.get(k) or Fraction(0) for k in range(max(p) + 1)]
    for sign in (1, -1):
        turned = [sign * c for c in coefficients]
        if positive_on(turned, Interval()).is_holds:
            return frozenset({sign})
        if nonnegative_on(turned, Interval()).is_holds:
            return frozenset({0, sign})
    return ANY_SIGN


def constant_matrix(matrix: Matrix, what: str) -> Matrix:
    """The matrix over a field without free symbols. Raises DomainError where one occurs in it."""
    if not is_symbolic(matrix):
        return matrix
    entries = [[lowered(x) for x in row] for row in matrix.tolist()]
    if any(is_symbolic(x) for row in entries for x in row):
        message = f"{what} of a matrix with free symbols depends on their values"
        raise DomainError(message)
    field = _numbers(matrix.field) if isinstance(matrix.field, FractionField) else QQ
    return field.from_raw([[field.raw(x) for x in row] for row in entries], matrix.shape[1])
