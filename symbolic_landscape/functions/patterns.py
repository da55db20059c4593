"""Where a real function is zero and which sign it has between its zeros.

Objects: Side, Pattern; POSITIVE, NEGATIVE, NULL. Functions: to_power, multiplied, common_zeros,
composed. Each answers None where the order of two zeros is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from symbolic_landscape.functions.substitutions import Root


class Side(Enum):
    """The open sets on which signs are asked for."""

    LINE = "the line"
    NEGATIVE = "t < 0"
    POSITIVE = "t > 0"


@dataclass(frozen=True)
class Pattern:
    """Zeros in increasing order and the sign on each open interval between them.

    A function that is zero throughout has no zeros listed and the one sign 0.
    """

    zeros: tuple[Root, ...]
    signs: tuple[int, ...]

    @property
    def is_positive(self) -> bool:
        """Positive at every point."""
        return self.signs == (1,)

    @property
    def is_zero(self) -> bool:
        """Zero at every point."""
        return self.signs == (0,)

    @property
    def is_nonnegative(self) -> bool:
        """Never negative."""
        return -1 not in self.signs

    @property
    def is_nonpositive(self) -> bool:
        """Never positive."""
        return 1 not in self.signs

    @property
    def never_zero(self) -> bool:
        """No zeros."""
        return not self.zeros and not self.is_zero

    def negated(self) -> Pattern:
        """The pattern of minus the function."""
        return Pattern(self.zeros, tuple(-sign for sign in self.signs))

    def absolute(self) -> Pattern:
        """The pattern of the absolute value."""
        return Pattern(self.zeros, tuple(abs(sign) for sign in self.signs))


POSITIVE, NEGATIVE, NULL = Pattern((), (1,)), Pattern((), (-1,)), Pattern((), (0,))


def to_power(base: Pattern | None, exponent: int) -> Pattern | None:
    """The pattern of a power; None for a negative one of a function with zeros."""
    if base is None or (exponent < 0 and not base.never_zero):
        return None
    if exponent == 0:
        return POSITIVE
    return base if exponent % 2 else base.absolute()


def multiplied(a: Pattern, b: Pattern) -> Pattern | None:
    """The pattern of a product."""
    if a.is_zero or b.is_zero:
        return NULL
    merged = _merged(a.zeros, b.zeros)
    if merged is None:
        return None
    signs = [a.signs[0] * b.signs[0]]
    i = j = 0
    for point in merged:
        i += point in a.zeros
        j += point in b.zeros
        signs.append(a.signs[i] * b.signs[j])
    return Pattern(merged, tuple(signs))


def _merged(a: Sequence[Root], b: Sequence[Root]) -> tuple[Root, ...] | None:
    """All points of both in order, common ones once; None if an order is not known."""
    result: list[Root] = []
    rest = list(b)
    for point in a:
        while rest:
            order = rest[0].compare(point)
            if order is None:
                return None
            if order > 0:
                break
            other = rest.pop(0)
            if order < 0:
                result.append(other)
        result.append(point)
    return (*result, *rest)


def common_zeros(patterns: Iterable[Pattern]) -> tuple[Root, ...]:
    """The zeros of a sum of nonnegative functions, not all of them zero throughout."""
    sets = [one.zeros for one in patterns if not one.is_zero]
    return tuple(point for point in sets[0] if all(point in zeros for zeros in sets[1:]))


def composed(signs: tuple[int, ...], inner: Pattern) -> Pattern | None:
    """The pattern of G(h), G with signs[0] below its zero and signs[1] above it, h given."""
    return Pattern(inner.zeros, tuple(signs[0] if s < 0 else signs[1] for s in inner.signs))
