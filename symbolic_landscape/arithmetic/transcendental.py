"""Exponential and logarithm inside a field of fractions.

Functions: exponential_of, logarithm_of.

The exponential of c + sum k_i l_i, with c a rational combination of the exponents of the field and
l_i = log q_i, is a product of powers of the exponential generators and of the q_i; the logarithm
goes the same way back. With a free symbol alpha and x = e^(-alpha), e^(k alpha) is x^(-k).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.generators import (
    Decay,
    Exponential,
    Logarithm,
    prime_exponents,
)
from symbolic_landscape.arithmetic.scalars import Element, rational_root
from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.rational_functions import FractionField


def exponential_of(field: FractionField, a: Element) -> Element:
    """The power e^a in the field. Raises DomainError where it is not known to lie there."""
    result = field.constant(Fraction(1))
    for index, coefficient in _linear_form(field, a).items():
        factor = _factor(field, index, coefficient)
        if factor is None:
            message = f"exp({field.text(a)}) is not known to lie in {field.name}"
            raise DomainError(message)
        result = field.multiply(result, factor)
    return result


def _linear_form(field: FractionField, a: Element) -> dict[int | None, Fraction]:
    """The coefficients of an element of degree at most 1; None stands for the constant term."""
    top, bottom = a
    if not bottom.is_constant() or (not top.is_zero() and top.total_degree() > 1):
        message = f"exp({field.text(a)}) is not known to lie in {field.name}"
        raise DomainError(message)
    scale = int(bottom.leading_coefficient())
    form: dict[int | None, Fraction] = {}
    for monomial, coefficient in top.to_dict().items():
        index = next((i for i, exponent in enumerate(monomial) if exponent), None)
        form[index] = Fraction(int(coefficient), scale)
    return form


def _factor(field: FractionField, index: int | None, coefficient: Fraction) -> Element | None:
    """e^(coefficient * generator), or e^coefficient for no generator; None if it is not known."""
    if index is None:
        return _power_of_e(field, coefficient)
    generator = field.generators[index]
    if isinstance(generator, Logarithm):
        root = rational_root(generator.argument, coefficient.denominator)
        return None if root is None else field.constant(root**coefficient.numerator)
    for place, other in enumerate(field.generators):
        if isinstance(other, Decay) and other.parameter == generator.name:
            return _integer_power(field, place, -coefficient)
    return None


def _power_of_e(field: FractionField, exponent: Fraction) -> Element | None:
    for place, generator in enumerate(field.generators):
        if isinstance(generator, Exponential) and generator.power.field.is_rational_field:
            return _integer_power(field, place, exponent / generator.power.rational())
    return None


def _integer_power(field: FractionField, place: int, exponent: Fraction) -> Element | None:
    if exponent.denominator != 1:
        return None
    return field.power((field.ring.gen(place), field.one), int(exponent))


def logarithm_of(field: FractionField, a: Element) -> Element:
    """The logarithm of a in the field. Raises DomainError where it is not known to lie there."""
    message = f"log({field.text(a)}) is not known to lie in {field.name}"
    if any(len(part) != 1 for part in a) or a[0].leading_coefficient() < 0:
        raise DomainError(message)
    total = _rational_logarithm(
        field, Fraction(*(int(part.leading_coefficient()) for part in a)), message
    )
    for part, sign in ((a[0], 1), (a[1], -1)):
        for place, exponent in enumerate(part.degrees()):
            if exponent:
                term = _logarithm_of_generator(field, place, message)
                total = field.add(
                    total, field.multiply(field.constant(Fraction(sign * int(exponent))), term)
                )
    return total


def _logarithm_of_generator(field: FractionField, place: int, message: str) -> Element:
    generator = field.generators[place]
    if isinstance(generator, Exponential) and generator.power.field.is_rational_field:
        return field.constant(generator.power.rational())
    if isinstance(generator, Decay) and generator.parameter in field.names:
        return field.negative(field.generator(generator.parameter).raw)
    raise DomainError(message)


def _rational_logarithm(field: FractionField, value: Fraction, message: str) -> Element:
    """The combination of the logarithms of the field that equals log of a positive rational."""
    known = [(i, g.argument) for i, g in enumerate(field.generators) if isinstance(g, Logarithm)]
    wanted = prime_exponents(value)
    columns = [prime_exponents(argument) for _, argument in known]
    primes = sorted({prime for factor in (*columns, wanted) for prime in factor})
    table = [[*(c.get(prime, 0) for c in columns), wanted.get(prime, 0)] for prime in primes]
    total = field.constant(Fraction(0))
    if not primes:
        return total
    reduced, pivots = QQ.matrix(table).row_reduced()
    if len(known) in pivots:
        raise DomainError(message)
    for row, pivot in enumerate(pivots):
        coefficient = reduced[row, len(known)].rational()
        letter = field.ring.gen(known[pivot][0])
        term = field.multiply(field.constant(coefficient), (letter, field.one))
        total = field.add(total, term)
    return total
