"""Balls whose middles and radii are doubles, in whole arrays: sums and products with proven bounds.

Objects: Doubles.

Notation: e = 2^-52, twice the unit of rounding, g_n = n e / (1 - n e), TINY and SLACK as in
`rounding`, whose lemma bounds the error of a product of matrices. Let |x - a| <= r, |y - b| <= s.

Theorem (sum). |(x + y) - fl(a + b)| <= r + s + e |fl(a + b)| + TINY: a sum of two doubles has a
relative error of at most half of e, and an underflow that is flushed to zero changes it by less
than TINY.

Theorem (product). |x y - fl(a b)| <= |a| s + r (|b| + s) + e |fl(a b)| + TINY, for x y - a b =
a (y - b) + (x - a) b + (x - a) (y - b).

Theorem (product of matrices). If X, Y lie in A +- R, B +- S entry by entry, with inner size n, then
|X Y - fl(A B)| <= |A| (S + g_n |B|) + R (|B| + S) + n TINY. This is the theorem above for each
term, and the lemma for A B.

Design notes. The bounds are computed in doubles too; each is a sum of at most 2^18 nonnegative
terms of at most four factors, and the factor SLACK covers its roundings. An overflow gives an
infinite or undefined middle or radius, and `is_finite` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic.rounding import EPSILON, SLACK, TINY, gamma

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

BITS = 53
"""The bits of a double."""


class Doubles:
    """An array of balls: all numbers within `radius` of `middle`, two arrays of one shape."""

    __slots__ = ("middle", "radius")
    __array_ufunc__ = None

    def __init__(self, middle: Floats, radius: Floats) -> None:
        self.middle = middle
        self.radius = radius

    @staticmethod
    def of_balls(raw: flint.arb_mat) -> Doubles:
        """An array (m, n) whose balls contain those of a matrix."""
        import numpy as np

        shape = raw.nrows(), raw.ncols()
        entries = raw.entries()
        middle = np.array([float(x.mid()) for x in entries], dtype=float).reshape(shape)
        radii = np.array([float(x.rad()) for x in entries], dtype=float)
        return Doubles(middle, SLACK * (radii.reshape(shape) + EPSILON * abs(middle)) + TINY)

    def to_balls(self) -> flint.arb_mat:
        """The matrix of balls of flint."""
        pairs = zip(self.middle.ravel().tolist(), self.radius.ravel().tolist(), strict=True)
        return flint.arb_mat(*self.shape, [flint.arb(middle, radius) for middle, radius in pairs])

    @property
    def is_symmetric(self) -> bool:
        """Whether every ball of a matrix certainly meets the one at the mirrored place."""
        if self.shape[0] != self.shape[1]:
            return False
        apart = abs(self.middle - self.middle.T) * SLACK * SLACK
        return bool((apart <= self.radius + self.radius.T).all())

    @staticmethod
    def zeros(shape: tuple[int, ...]) -> Doubles:
        """The number 0 everywhere."""
        import numpy as np

        return Doubles(np.zeros(shape), np.zeros(shape))

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of both arrays."""
        return self.middle.shape

    def __len__(self) -> int:
        return len(self.middle)

    @property
    def T(self) -> Doubles:  # noqa: N802
        """The transpose."""
        return Doubles(self.middle.T, self.radius.T)

    @property
    def is_finite(self) -> bool:
        """Whether all middles and radii are finite."""
        import numpy as np

        return bool(np.isfinite(self.middle).all() and np.isfinite(self.radius).all())

    def reshape(self, *shape: int) -> Doubles:
        """The same balls in their order, in another shape."""
        return Doubles(self.middle.reshape(*shape), self.radius.reshape(*shape))

    def ravel(self) -> Doubles:
        """All balls in one row."""
        return Doubles(self.middle.ravel(), self.radius.ravel())

    def transpose(self, *axes: int) -> Doubles:
        """The axes in another order."""
        return Doubles(self.middle.transpose(*axes), self.radius.transpose(*axes))

    def __getitem__(self, place: Any) -> Doubles:
        return Doubles(self.middle[place], self.radius[place])

    def __setitem__(self, place: Any, value: Doubles) -> None:
        self.middle[place] = value.middle
        self.radius[place] = value.radius

    def __add__(self, other: Doubles) -> Doubles:
        middle = self.middle + other.middle
        return Doubles(middle, _widened(self.radius + other.radius, middle))

    def __sub__(self, other: Doubles) -> Doubles:
        middle = self.middle - other.middle
        return Doubles(middle, _widened(self.radius + other.radius, middle))

    def __mul__(self, other: Doubles) -> Doubles:
        middle = self.middle * other.middle
        radius = abs(self.middle) * other.radius
        radius = radius + self.radius * (abs(other.middle) + other.radius)
        return Doubles(middle, _widened(radius, middle))

    def __matmul__(self, other: Doubles) -> Doubles:
        inner = self.middle.shape[-1]
        size, radius = abs(other.middle), other.radius
        bound = abs(self.middle) @ (radius + gamma(inner) * size)
        bound += self.radius @ (size + radius)
        return Doubles(self.middle @ other.middle, SLACK * bound + inner * TINY)


def _widened(radius: Floats, middle: Floats) -> Floats:
    """The radius with the rounding of the middle, enlarged for its own roundings."""
    widened: Floats = SLACK * (radius + EPSILON * abs(middle)) + TINY
    return widened
