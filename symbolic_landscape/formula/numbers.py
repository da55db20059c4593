"""The exact rational numbers that users type.

Functions: parse_number (int, Fraction, text or SymPy rational), decimal, rational_root.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import InexactError, ParseError

if TYPE_CHECKING:
    import sympy

MOST_DIGITS = 2_000

DECIMAL = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
"""A number without a sign as it is written in decimals; each is one exact rational."""

_FRACTION = re.compile(r"\s*([+-]?)\s*(\d+)\s*/\s*(\d+)\s*", re.ASCII)
_DECIMAL = re.compile(rf"\s*([+-]?)\s*({DECIMAL})\s*", re.ASCII)


def parse_number(value: int | Fraction | str | sympy.Rational, where: str = "number") -> Fraction:
    """The exact rational in an int, a Fraction, a text, or a SymPy Integer or Rational.

    A text is "p/q", an integer, or a decimal such as "0.01" and "7.2E+01", which is exact.

    Raises InexactError: a float, a NaN or an infinity; the message says how to write it exactly.
    Raises ParseError: a text outside the grammar, a bool, or another type.

    >>> parse_number("-3/4")
    Fraction(-3, 4)
    >>> parse_number("7.25e-1")
    Fraction(29, 40)
    """
    if isinstance(value, bool):
        message = f"{where}: an exact number was needed, got the truth value {value}"
        raise ParseError(message)
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, str):
        return _number_in(value, where)
    if isinstance(value, (float, complex)):
        raise InexactError(_inexact(value, where))
    if getattr(value, "is_Rational", False) and hasattr(value, "p") and hasattr(value, "q"):
        return Fraction(int(value.p), int(value.q))
    if getattr(value, "is_Float", False) or type(value).__module__.startswith(("numpy", "mpmath")):
        raise InexactError(_inexact(value, where))
    if value is not None and str(value) in {"nan", "zoo", "oo", "-oo"}:
        message = f"{where}: a finite exact number was needed, got {value}"
        raise InexactError(message)
    message = f"{where}: an int, a Fraction or a text 'p/q' was needed, got {type(value).__name__}"
    raise ParseError(message)


def _inexact(value: Any, where: str) -> str:
    if isinstance(value, complex) or value != value or value in (math.inf, -math.inf):
        return f"{where}: a finite exact real number was needed, got {value}"
    near = Fraction(float(value)).limit_denominator(1_000_000)
    return (
        f"{where}: an exact number was needed, got the float {value}; "
        f'write it as a text such as "{near}" or as Fraction({near.numerator}, {near.denominator})'
    )


def _number_in(text: str, where: str) -> Fraction:
    shown = text if len(text) <= 40 else text[:37] + "..."
    if len(text) > 2 * MOST_DIGITS:
        message = (
            f"{where}: a number of at most {2 * MOST_DIGITS} characters was needed, got {len(text)}"
        )
        raise ParseError(message)
    if match := _FRACTION.fullmatch(text):
        sign, top, bottom = match.groups()
        if not int(bottom):
            message = f"{where}: a number was needed, got a division by zero in {shown!r}"
            raise ParseError(message)
        size = Fraction(int(top), int(bottom))
    elif match := _DECIMAL.fullmatch(text):
        sign, digits = match.groups()
        size = decimal(digits, where)
    elif re.fullmatch(r"\s*[+-]?(nan|inf(inity)?|oo|zoo)\s*", text, re.IGNORECASE):
        message = f"{where}: a finite exact number was needed, got {shown!r}"
        raise InexactError(message)
    else:
        message = (
            f"{where}: an integer, a fraction 'p/q' or a decimal such as '0.01' was needed, "
            f"got {shown!r}"
        )
        raise ParseError(message)
    return -size if sign == "-" else size


def decimal(digits: str, where: str = "number") -> Fraction:
    """The exact value of a text of the form `DECIMAL`.

    Raises ParseError: it has more than 2000 digits, or so many zeros.
    """
    exponent = digits.lower().partition("e")[2]
    size = len(digits) if len(exponent) > 6 else len(digits) + abs(int(exponent or 0))
    if size > MOST_DIGITS or len(exponent) > 6:
        shown = digits if len(digits) <= 40 else digits[:37] + "..."
        message = f"{where}: a number of at most {MOST_DIGITS} digits was needed, got {shown!r}"
        raise ParseError(message)
    return Fraction(digits)


def rational_root(value: Fraction) -> Fraction | None:
    """The nonnegative rational square root, or None where there is none."""
    if value < 0:
        return None
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        return None
    return Fraction(top, bottom)
