"""Checks a certificate of `classify` without the package: python -I verifier.py FILE.

Only the standard library is used, and a certificate is data that never runs. None of its numbers
is believed: loss, gradient and Hessian are computed here from the problem that it contains, and
what it adds (a box, directions, a better point) is only tried. The same formulas run over three
kinds of numbers:
  Interval  the reals between two multiples of 2^-320, rounded outwards: these decide signs;
  Exact     fractions of polynomials in letters, which stand for values of exp, log, atan, sqrt or
            for free variables: a numerator that is the polynomial 0 is 0 whatever the letters
            are, so zeros need no theorem about transcendental numbers;
  Series    truncated power series over either: derivatives, and the loss along curves.

In this order: numbers; formulas, the problem, networks of whose units others are copies; linear
algebra in intervals, zeros in boxes (Newton); claims (Checker); reading and answering.

Objects: Interval, Exact, Ring, Series, Problem, Merged, Newton, Checker. Functions: verify, main.

Design notes. This is one file so that it can be read, and carried to another machine, alone; hence
its length. Sizes and effort are bounded claim by claim, so a hostile file ends in an answer too.
"""

from __future__ import annotations

import ast
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise, product
from operator import itemgetter
from typing import Any, NamedTuple, NoReturn

SCHEMA = "lemma-check/certificate/1"
BITS = 320
ONE = 1 << BITS
MOST_BITS = 6_000  # of an end of an Interval, or a coefficient of an Exact number
LARGE, LARGEST = 100, 2_000  # arguments of exp
MOST_TERMS = 1_000  # of an Exact number
EFFORT = 200_000  # terms and products of terms of Exact numbers for one claim
WORK = 2_000_000  # weights and functions passed, times orders of series, for one claim
MOST_ORDER = 8
MOST_SCALES = 10  # by which an Exact number is multiplied until its sign is certain
MOST_ROWS = 100  # of a matrix
MOST_CHARACTERS = 5_000_000
MOST_DIGITS = 1_000
MOST_TEXT = 4_000
MOST_CLAIMS = 8
KEYS = {
    "certificate": "schema version problem located claims",
    "problem": (
        "widths activation output_activation loss weight_decay bias near samples parameters "
        "shared frozen"
    ),
    "samples": "inputs targets weights",
    "parameters": "weights biases",
    "located": "centre radius free equations fields units",
}
"""What the objects of a certificate may say; nothing that is not checked may stand in it."""
WITNESSES: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
    "loss": {(): ("lower", "upper")},
    "critical": {(): ("multipliers",)},
    "not critical": {(): ("parameter", "falling", "rising")},
    "inertia": {(): ("inertia", "null")},
    "eigenvalues": {(): ("of", "at least", "radius")},
    "none near": {(): ("within", "field")},
    "infimum": {(): ("direction", "value")},
    "path": {(): ("within", "start", "wide", "places", "room")},
    "escape": {(): ("shares",)},
    "kind": {
        ("strict local minimum", "definite"): (),
        ("strict local minimum", "reduced curve"): ("along", "curve"),
        ("strict local minimum", "cones"): ("multipliers", "cones"),
        ("non-strict local minimum", "cones"): ("multipliers", "cones"),
        ("non-strict local minimum", "level"): ("multipliers", "sides", "field"),
        ("local minimum", "slopes"): ("multipliers",),
        ("saddle", "rays"): ("multipliers", "falling", "rising"),
        ("maximum", "definite"): (),
        ("maximum", "manifold"): ("flat", "fields"),
        ("non-strict local minimum", "manifold"): ("flat", "fields"),
        ("non-strict local minimum", "surface"): ("surface",),
        ("non-strict local minimum", "bound"): ("flat", "fields"),
        ("local minimum", "bound"): (),
        ("strict saddle", "curves"): ("falling", "rising"),
        ("saddle", "curves"): ("falling", "rising", "null"),
    },
    "global minimum": {
        ("yes", "bound"): (),
        ("yes", "slopes"): ("multipliers",),
        ("yes", "rank"): ("between",),
        ("no", "better point"): ("point",),
        ("no", "slope"): ("parameter",),
        ("no", "ray"): ("falling",),
        ("no", "curve"): ("falling",),
    },
}
"""For each claim what it may state, with the ways to show it, and their witnesses."""
STATED = {"kind": "kind", "global minimum": "answer", "inertia": "inertia"}
MINIMA = ("strict local minimum", "non-strict local minimum", "local minimum")
MOST_CONES = 64  # at a point at joints
FINEST = 64  # parts of a side of a box
NEAR = Fraction(1, 16)  # how far from the given point a located one may be, relative to its size
SMALL = Fraction(1, 1 << 20)  # how far identities reach around the point
LETTERS = "pqruvwxyz"
"""The variables of a surface."""
FUNCTIONS = ("exp", "log", "atan", "sqrt", "tanh")
NAMED = {
    "linear": "t",
    "relu": "piece(0, t)",
    "square": "t**2",
    "cubic": "t + t**3",
    "sigmoid": "1/(1 + exp(-t))",
    "tanh": "tanh(t)",
    "softplus": "log(1 + exp(t))",
    "arctan": "atan(t)",
    "algebraic": "t/sqrt(1 + t**2)",
}
METHODS = ("smoolu", "sigmoid", "softplus", "tanh")
"""Activations that numbers know themselves, as they have no formula or one that overflows."""
NEVER_NEGATIVE = {"square", "sigmoid", "softplus", "relu", "smoolu"}
IMAGES = {
    "linear": (None, None),
    "cubic": (None, None),
    "sigmoid": (Fraction(0), Fraction(1)),
    "tanh": (Fraction(-1), Fraction(1)),
    "softplus": (Fraction(0), None),
    "arctan": (Fraction(-157, 100), Fraction(157, 100)),
    "algebraic": (Fraction(-1), Fraction(1)),
}
"""Increasing activations, with an interval that their image contains; None is an infinite end."""
ODD = {"linear", "cubic", "tanh", "arctan", "algebraic"}
SQUARES = {"sum": "a**2", "half": "a**2/2", "mean": "a**2"}
LOSSES = {
    "pseudo_huber": "2*({0})**2*(sqrt(1 + a**2/({0})**2) - 1)",
    "blake_zisserman": "-log(exp(-a**2) + ({0}))",
    "cauchy": "({0})**2*log(1 + a**2/({0})**2)",
    "corrupted_gaussian": "-log(({0})*exp(-a**2) + (1 - ({0}))/({1})*exp(-a**2/({1})**2))",
}

LEAST_AT_ZERO = ("pseudo_huber", "cauchy")
"""Losses of residuals that are least where these are 0, as squares are."""
LIKELIHOODS = {"logistic": ("softplus", "sigmoid", 1), "poisson": ("exp", "exp", None)}
"""Losses A(z) - y z of each output z with its target y: A, its derivative, the largest y."""
COSTS = {"logistic": "log(exp(a))", "poisson": "exp(a)", "cross_entropy": "log(exp(a)) + exp(a)"}
"""What these cost as much as."""
MEAN = "mean "


class BadFileError(Exception):
    """The file is no certificate."""


class FailsError(Exception):
    """A claim is false, or its witness does not show it."""


class BeyondError(Exception):
    """A claim lies beyond what is computed here."""


def beyond(why: str) -> NoReturn:
    """Raise BeyondError."""
    raise BeyondError(why)


def hold(condition: Any, otherwise: str) -> None:
    """Raise FailsError unless the condition holds."""
    if not condition:
        raise FailsError(otherwise)


def printable(text: str) -> str:
    """The text in characters that every terminal prints and takes for no command; at most 300."""
    return "".join(c if " " <= c <= "~" else "?" for c in text[:300])


def need(condition: Any, otherwise: str) -> None:
    """Raise BadFileError unless the condition holds."""
    if not condition:
        raise BadFileError(otherwise)


def need_keys(data: Any, what: str, known: Iterable[str]) -> None:
    """Raise BadFileError unless an object says nothing else."""
    unknown = sorted(set(data) - set(known))
    need(not unknown, f"{what}: there is nothing to check in {', '.join(map(short, unknown))}")


def short(value: Any) -> str:
    """The value as a text of at most 60 characters."""
    text = type(value).__name__ if isinstance(value, (list, dict)) else ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."


# ---- numbers


class Number:
    """The operators that follow from addition, multiplication, inverse, exp and sign."""

    def __neg__(self: Any) -> Any:
        return self * -1

    def __radd__(self: Any, other: Any) -> Any:
        return self + other

    def __rmul__(self: Any, other: Any) -> Any:
        return self * other

    def __sub__(self: Any, other: Any) -> Any:
        return self + other * -1

    def __rsub__(self: Any, other: Any) -> Any:
        return self * -1 + other

    def __truediv__(self: Any, other: Any) -> Any:
        inverse: Any = getattr(other, "inverse", None)
        return self * (inverse() if inverse else 1 / Fraction(other))

    def __rtruediv__(self: Any, other: Any) -> Any:
        return self.inverse() * other

    def __pow__(self: Any, exponent: int) -> Any:
        if exponent < 0:
            return self.inverse() ** -exponent
        if exponent == 0:
            return self * 0 + 1
        half = self ** (exponent // 2) if exponent > 1 else 1
        return half * half * self if exponent % 2 else half * half

    def tanh(self: Any) -> Any:
        """The hyperbolic tangent, by an exponential that is not large."""
        if self.sign() == -1:
            return (self * -1).tanh() * -1
        small = (self * -2).exp()
        return (1 - small) / (small + 1)

    def sigmoid(self: Any) -> Any:
        """The logistic function, by an exponential that is not large."""
        if self.sign() == -1:
            small = self.exp()
            return small / (small + 1)
        return 1 / ((self * -1).exp() + 1)

    def softplus(self: Any) -> Any:
        """The logarithm of 1 + e^t, by an exponential that is not large."""
        if (self - LARGE).sign() == 1:
            return self + (self * -1).softplus()
        return (self.exp() + 1).log()

    def smoolu(self: Any) -> Any:
        """T exp(-1/t) where t is positive, else 0; all derivatives at 0 are 0."""
        sign = self.sign()
        if sign is None:
            beyond("a pre-activation may lie at the joint of smoolu")
        return self * (-self.inverse()).exp() if sign > 0 else self * 0


class Interval(Number):
    """The reals from low to high, in units of 2^-BITS."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int) -> None:
        if low.bit_length() > MOST_BITS or high.bit_length() > MOST_BITS:
            beyond(f"a number has more than {MOST_BITS} bits")
        self.low, self.high = low, high  # low <= high

    @staticmethod
    def of(value: Any) -> Interval:
        """The least interval around a number that is exact."""
        if isinstance(value, Interval | Exact):
            return value if isinstance(value, Interval) else value.enclose()
        top, bottom = value.numerator << BITS, value.denominator
        return Interval(top // bottom, -(-top // bottom))

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return other + self
        other = Interval.of(other)
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return other * self
        if isinstance(other, Interval | Exact):
            other = Interval.of(other)
            a, b, c, d = self.low, self.high, other.low, other.high
            ends = (a * c, a * d, b * c, b * d)
            return Interval(min(ends) >> BITS, -(-max(ends) >> BITS))
        low, high = sorted((self.low * other.numerator, self.high * other.numerator))
        return Interval(low // other.denominator, -(-high // other.denominator))

    def inverse(self) -> Interval:
        """All reciprocals."""
        if self.low <= 0 <= self.high:
            beyond("a divisor may be 0")
        return Interval(ONE * ONE // self.high, -(-ONE * ONE // self.low))

    def sign(self) -> int | None:
        """The common sign of all members, or None."""
        if self.low > 0 or self.high < 0:
            return 1 if self.low > 0 else -1
        return 0 if self.low == self.high else None

    def exp(self) -> Interval:
        """All values."""
        return Interval(_exp(self.low).low, _exp(self.high).high)

    def log(self) -> Interval:
        """All values."""
        if self.low <= 0:
            beyond("an argument of log may not be positive")
        return Interval(_log(self.low).low, _log(self.high).high)

    def atan(self) -> Interval:
        """All values."""
        return Interval(_atan(self.low).low, _atan(self.high).high)

    def tanh(self) -> Interval:
        """All values."""
        return self._increasing(Number.tanh)

    def sigmoid(self) -> Interval:
        """All values."""
        return self._increasing(Number.sigmoid)

    def softplus(self) -> Interval:
        """All values."""
        return self._increasing(Number.softplus)

    def _increasing(self, function: Callable[[Any], Any]) -> Interval:
        ends = [function(Interval(x, x)) for x in (self.low, self.high)]
        return Interval(ends[0].low, ends[1].high)

    def sqrt(self) -> Interval:
        """All values."""
        if self.low < 0:
            beyond("an argument of sqrt may be negative")
        return Interval(math.isqrt(self.low << BITS), math.isqrt(self.high << BITS) + 1)

    def widened(self, radius: Fraction) -> Interval:
        """All numbers at most so far from a member."""
        more = Interval.of(radius).high
        return Interval(self.low - more, self.high + more)


@lru_cache(4096)
def _exp(x: int) -> Interval:
    """An interval around e^x for one x: the series at x / 2^k, squared k times."""
    if x < 0:
        return Interval(0, 1) if -x > LARGEST << BITS else _exp(-x).inverse()
    if x > LARGEST << BITS:
        beyond(f"an argument of exp is above {LARGEST}")
    halvings = max(0, x.bit_length() - BITS + 8)
    part = Interval(x >> halvings, -(-x >> halvings))
    total = term = Interval(ONE, ONE)
    count = 0
    while term.high > 1:
        count += 1
        term = term * part / count
        total = total + term
    total = Interval(total.low, total.high + 1)  # part < 2^-7, so the rest is below the last term
    for _ in range(halvings):
        total = total * total
    return total


def _odd_series(z: Interval, sign: int) -> Interval:
    """An interval around z + s z^3/3 + z^5/5 + s z^7/7 + ... for the sign s and |z| <= 1/3."""
    total, power, count, step = z, z, 1, z * z * sign
    while max(-power.low, power.high) > 1:
        power, count = power * step, count + 2
        total = total + power / count
    return Interval(total.low - 1, total.high + 1)  # the rest is below the last power


@lru_cache(4096)
def _log(x: int) -> Interval:
    """An interval around log x for one x > 0: x = 2^k m, log m = 2 artanh((m - 1)/(m + 1))."""
    shift = x.bit_length() - BITS
    m = Interval(x >> shift, -(-x >> shift)) if shift > 0 else Interval(x << -shift, x << -shift)
    half_log_two = _odd_series(Interval.of(Fraction(1, 3)), 1)
    total: Interval = (_odd_series((m - 1) / (m + 1), 1) + half_log_two * shift) * 2
    return total


@lru_cache(4096)
def _atan(x: int) -> Interval:
    """An interval around atan x for one x: halved three times, the argument is below 0.2."""
    z = Interval(x, x)
    for _ in range(3):
        z = z / ((z * z + 1).sqrt() + 1)
    total: Interval = _odd_series(z, -1) * 8
    return total


Monomial = tuple[tuple[int, Any], ...]  # letters with their exponents
Terms = dict[Monomial, Fraction]


class Letter(NamedTuple):
    """What a letter stands for: a root of an integer, a logarithm, a factor of denominators ...

    `around` encloses its value; that of its argument for an exponential.
    """

    kind: str
    argument: Any
    around: Interval


class Ring:
    """The letters of Exact numbers, and the effort that is left."""

    def __init__(self) -> None:
        self.left = EFFORT
        self.places: dict[Any, int] = {}
        self.letters: list[Letter] = []

    def place(self, kind: str, key: Any, argument: Any, around: Interval) -> int:
        """The number of the letter with this kind and key."""
        place = self.places.setdefault((kind, key), len(self.letters))
        if place == len(self.letters):
            self.letters.append(Letter(kind, argument, around))
        return place

    def power(self, kind: str, key: Any, argument: Any, around: Interval, exponent: Any) -> Exact:
        """A power of the letter with this kind and key."""
        place = self.place(kind, key, argument, around)
        whole = int(exponent) if exponent.denominator == 1 else exponent  # these hash faster
        return Exact(self, {((place, whole),): Fraction(1)})

    def free(self, name: Any, around: Interval) -> Exact:
        """A free variable with values in an interval."""
        return self.power("free", name, None, around, 1)

    def number(self, value: Any) -> Exact:
        """A rational number as an Exact one."""
        return value if isinstance(value, Exact) else Exact(self, {(): Fraction(value)})

    def joined(self, a: Monomial, b: Monomial) -> tuple[Monomial, Fraction]:
        """The product of two monomials, and the number that squares of roots leave."""
        powers, number = dict(a), Fraction(1)
        for place, exponent in b:
            exponent += powers.pop(place, 0)
            if self.letters[place].kind == "root":
                whole, exponent = divmod(exponent, 2)
                number *= Fraction(self.letters[place].argument) ** int(whole)
            if exponent:
                powers[place] = exponent
        return tuple(sorted(powers.items())), number

    def product(self, a: Terms, b: Terms) -> Terms:
        """The product of two polynomials."""
        self.left -= 1 + len(a) * len(b)
        if self.left < 0:
            beyond("the exact numbers are too large")
        result: Terms = {}
        for m, c in a.items():
            for n, d in b.items():
                both, number = self.joined(m, n) if m and n else (m or n, Fraction(1))
                result[both] = result.get(both, Fraction(0)) + c * d * number
        return result


class Exact(Number):
    """A polynomial in letters with rational exponents, over powers of factors.

    `terms` are those of the numerator; `below` has the power of each factor of the denominator.
    """

    __slots__ = ("below", "ring", "terms")

    def __init__(self, ring: Ring, terms: Terms, below: dict[int, int] | None = None) -> None:
        self.ring = ring
        self.terms = {m: c for m, c in terms.items() if c}
        self.below = (below or {}) if self.terms else {}
        sizes = [max(abs(c.numerator), c.denominator).bit_length() for c in self.terms.values()]
        ring.left -= sum(sizes) // 64 + len(sizes)
        if ring.left < 0 or len(sizes) > MOST_TERMS or max(sizes, default=0) > MOST_BITS:
            beyond("the exact numbers are too large")

    def over(self, common: dict[int, int]) -> Terms:
        """The numerator over a common denominator."""
        terms = self.terms
        for factor, power in common.items():
            for _ in range(power - self.below.get(factor, 0)):
                terms = self.ring.product(terms, self.ring.letters[factor].argument)
        return terms

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Series | Interval):
            return other + self
        other = self.ring.number(other)
        either = self.below | other.below
        common = {f: max(self.below.get(f, 0), other.below.get(f, 0)) for f in either}
        terms = dict(self.over(common))
        for m, c in other.over(common).items():
            terms[m] = terms.get(m, Fraction(0)) + c
        return Exact(self.ring, terms, common)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Series | Interval):
            return other * self
        other = self.ring.number(other)
        either = self.below | other.below
        below = {f: self.below.get(f, 0) + other.below.get(f, 0) for f in either}
        return Exact(self.ring, self.ring.product(self.terms, other.terms), below)

    def inverse(self) -> Exact:
        """The reciprocal; the new denominator is divided by its term of greatest exponents."""
        if self.enclose().sign() in (0, None):
            beyond("a divisor may be 0")
        places = sorted({place for m in self.terms for place, _ in m})
        lead = max(self.terms, key=lambda m: [dict(m).get(place, 0) for place in places])
        turned = {tuple((place, -power) for place, power in lead): 1 / self.terms[lead]}
        factor = Exact(self.ring, self.ring.product(self.terms, turned))
        above = Exact(self.ring, self.ring.product(self.ring.number(1).over(self.below), turned))
        if len(factor.terms) > 1:
            place = self.ring.place("factor", factor.key, factor.terms, factor.enclose())
            above.below[place] = 1
        return above

    @property
    def key(self) -> tuple[Any, ...]:
        """The number as a key; different keys may belong to equal numbers."""
        return tuple(sorted(self.terms.items())), tuple(sorted(self.below.items()))

    @property
    def rational(self) -> Fraction | None:
        """The number where it has no letters."""
        plain = not self.below and all(m == () for m in self.terms)
        return self.terms.get((), Fraction(0)) if plain else None

    def enclose(self) -> Interval:
        """An interval around all values."""
        total = Interval(0, 0)
        for monomial, c in self.terms.items():
            value = Interval.of(c)
            for place, power in monomial:
                kind, _, around = self.ring.letters[place]
                value *= (around * power).exp() if kind == "exp" else around ** int(power)
            total += value
        for factor, count in self.below.items():
            total /= self.ring.letters[factor].around ** count
        return total

    def sign(self) -> int | None:
        """The sign where it is certain, else None.

        Where all terms are small it is that of a multiple by a power of an exponential.
        """
        if not self.terms:
            return 0
        letters = self.ring.letters
        for monomial in [(), *self.terms][:MOST_SCALES]:
            scale = tuple((p, -power) for p, power in monomial if letters[p].kind == "exp")
            with suppress(BeyondError):
                if scale or not monomial:
                    scaled = Exact(self.ring, self.ring.product(self.terms, {scale: Fraction(1)}))
                    if sign := Exact(self.ring, scaled.terms, self.below).enclose().sign():
                        return sign
        return None

    def exp(self) -> Exact:
        """A product of powers of letters e^m, one for each term c m; e^(n log a) is a^n."""
        result = self.ring.number(1)
        for m, c in self.terms.items():
            letter = self.ring.letters[m[0][0]] if len(m) == 1 and m[0][1] == 1 else None
            if letter and letter.kind == "log" and c.denominator == 1 and not self.below:
                result *= letter.argument ** int(c)
                continue
            base = Exact(self.ring, {m: Fraction(1)}, self.below)
            result *= self.ring.power("exp", base.key, None, base.enclose(), c)
        return result

    def log(self) -> Exact:
        """A letter, or 0."""
        around = self.enclose().log()
        return self * 0 if self.rational == 1 else self.ring.power("log", self.key, self, around, 1)

    def atan(self) -> Exact:
        """A letter, or 0; odd where the sign is known."""
        if self.sign() == -1:
            return (self * -1).atan() * -1  # type: ignore[no-any-return]
        around = self.enclose().atan()
        return self.ring.power("atan", self.key, self, around, 1) if self.terms else self

    def sqrt(self) -> Exact:
        """A letter; for a rational number the square is known, or the root is rational."""
        around, value = self.enclose().sqrt(), self.rational
        if value is None:
            return self.ring.power("sqrt", self.key, self, around, 1)
        inside = value.numerator * value.denominator  # sqrt(p/q) is sqrt(p q)/q
        root = math.isqrt(inside)
        if root * root == inside:
            return self.ring.number(Fraction(root, value.denominator))
        letter = self.ring.power("root", inside, inside, around * value.denominator, 1)
        return letter / value.denominator  # type: ignore[no-any-return]


class Series(Number):
    """c_0 + c_1 t + ... + c_n t^n; higher terms are left out."""

    __slots__ = ("c",)

    def __init__(self, coefficients: Sequence[Any]) -> None:
        self.c = list(coefficients)

    def __add__(self, other: Any) -> Series:
        if isinstance(other, Series):
            return type(self)([a + b for a, b in zip(self.c, other.c, strict=True)])
        return type(self)([self.c[0] + other, *self.c[1:]])

    def __mul__(self, other: Any) -> Series:
        if not isinstance(other, Series):
            return type(self)([a * other for a in self.c])
        a, b = self.c, other.c
        return type(self)([dot(a[: k + 1], b[k::-1]) for k in range(len(a))])

    def inverse(self) -> Series:
        """The reciprocal."""
        first = self.c[0].inverse()
        found = [first]
        for k in range(1, len(self.c)):
            found.append(first * dot(self.c[1 : k + 1], found[::-1]) * -1)
        return type(self)(found)

    def sign(self) -> Any:
        """The sign of the first coefficient."""
        return self.c[0].sign()

    def _solved(self, start: Any, slope: Callable[[Series, Series], Any]) -> Series:
        """The series y with y' = a' slope(a, y) and this first term."""
        found = [start]
        rates = [k * value for k, value in enumerate(self.c)]
        for n in range(1, len(self.c)):
            known = slope(Series(self.c[:n]), Series(found)).c
            found.append(dot(rates[1 : n + 1], known[::-1]) * Fraction(1, n))
        return type(self)(found)

    def exp(self) -> Series:
        """The exponential."""
        return self._solved(self.c[0].exp(), lambda a, y: y)

    def log(self) -> Series:
        """The logarithm."""
        return self._solved(self.c[0].log(), lambda a, y: a.inverse())

    def atan(self) -> Series:
        """The arc tangent."""
        return self._solved(self.c[0].atan(), lambda a, y: 1 / (a * a + 1))

    def sqrt(self) -> Series:
        """The root."""
        return self._solved(self.c[0].sqrt(), lambda a, y: 1 / (y * 2))

    def tanh(self) -> Any:
        """The hyperbolic tangent; narrow in wide intervals, by its differential equation."""
        if not self.is_enclosed:
            return super().tanh()
        return self._solved(self.c[0].tanh(), lambda a, y: 1 - y * y)

    def sigmoid(self) -> Any:
        """The logistic function."""
        if not self.is_enclosed:
            return super().sigmoid()
        return self._solved(self.c[0].sigmoid(), lambda a, y: y * (1 - y))

    def softplus(self) -> Any:
        """The logarithm of 1 + e^t."""
        if not self.is_enclosed:
            return super().softplus()
        return self._solved(self.c[0].softplus(), lambda a, y: a.sigmoid())

    @property
    def is_enclosed(self) -> bool:
        """Whether the first coefficient is an interval, or a series that begins with one."""
        first = self.c[0]
        return first.is_enclosed if isinstance(first, Series) else isinstance(first, Interval)


class Germ(Series):
    """The same for small t > 0 only, so it lies on one side of each joint."""

    __slots__ = ()

    def sign(self) -> Any:
        """The sign of the first coefficient that is not 0."""
        return next((sign for sign in map(sign_of, self.c) if sign != 0), 0)


def coefficient(value: Any, k: int) -> Any:
    """The coefficient of t^k in a series, or in a constant."""
    return value.c[k] if isinstance(value, Series) else value if k == 0 else Fraction(0)


def sign_of(value: Any) -> int | None:
    """The sign of a number of any kind, or None."""
    sign: int | None = value.sign() if hasattr(value, "sign") else (value > 0) - (value < 0)
    return sign


def vanishes(values: Sequence[Any]) -> bool:
    """Whether all exact numbers are shown to be 0."""
    return all(not (value.terms if isinstance(value, Exact) else value) for value in values)


def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    """The sum of the products of two lists."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def jet(function: Callable[[Any], Any], at: Any, order: int = 1) -> list[Any]:
    """The values of a function and of its derivatives up to this order, at least 1."""
    result = function(Series([at, Fraction(1), *[Fraction(0)] * (order - 1)]))
    value, slope, *more = (coefficient(result, k) for k in range(order + 1))
    rest = (rate * math.factorial(k) for k, rate in enumerate(more, 2))
    return [value if isinstance(value, Number) else at * 0 + value, slope, *rest]


# ---- formulas and the problem

GRAMMAR = re.compile(r"(?:\d+(?![a-zA-Z])|[a-z]+|\*\*|[-+*/(),]|\s)*", re.ASCII)
OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def syntax(text: str) -> ast.expr:
    """The tree of a formula. Raises BadFileError: the text is outside the grammar."""
    refused = f"a formula was needed, got {short(text)}"
    need(len(text) <= MOST_TEXT and GRAMMAR.fullmatch(text), refused)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise BadFileError(refused) from error


Function = Callable[[Any], Any]


def formula(text: str, variable: str, ring: Ring | None = None) -> Function:
    """The function of one variable in a text: + - * / ** n, FUNCTIONS, integers; nothing runs.

    Also piece(f, g, b): f up to the rational number b (0 where none is given), then g, which agree
    at b. Functions of constants need a ring. Raises BadFileError: the text is outside the grammar.
    """
    return formula_in(text, {variable: lambda x: x}, ring, in_pieces=variable != "")


def formula_in(
    text: str,
    variables: Mapping[str, Function],
    ring: Ring | None = None,
    *,
    in_pieces: bool = False,
) -> Function:
    """The same for several variables: each is a function of the argument."""
    refused = f"a formula was needed, got {short(text)}"

    def built(node: Any) -> Callable[[Any], Any]:
        match node:
            case ast.Constant(value=int(value)) if not isinstance(value, bool):
                constant = Fraction(value)
                return lambda x: constant
            case ast.Name(id=name) if name in variables:
                return variables[name]
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
                f = built(inner)
                return (lambda x: -f(x)) if isinstance(sign, ast.USub) else f
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                need(not any(isinstance(part, ast.Name) for part in ast.walk(right)), refused)
                f, exponent = built(left), built(right)(None)
                need(exponent.denominator == 1 and abs(exponent) <= 1000, refused)
                return lambda x: _power(f(x), int(exponent))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                f, g, apply = built(left), built(right), OPERATORS[type(op)]
                return lambda x: _bounded(apply(f(x), g(x)))
            case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in FUNCTIONS:
                f = built(inner)
                return lambda x: _applied(name, f(x), ring)
            case ast.Call(func=ast.Name(id="piece"), args=[low, high, *at], keywords=[]) if (
                in_pieces and len(at) <= 1
            ):
                need(not any(map(_has_variable, at)), refused)
                f, g, joint = built(low), built(high), built(at[0])(None) if at else Fraction(0)
                need(f(joint) == g(joint), f"pieces that agree where they join, {refused}")
                return lambda x: _piecewise(f, g, joint, x)
        raise BadFileError(refused)

    try:
        return built(syntax(text))
    except (ValueError, ArithmeticError, MemoryError, RecursionError, BeyondError) as error:
        raise BadFileError(refused) from error


def _piecewise(f: Function, g: Function, joint: Fraction, x: Any) -> Any:
    """The value of f up to the joint and of g beyond; of an interval, all values."""
    sign = sign_of(x - joint)
    if sign is None and isinstance(x, Interval):
        at = Interval.of(joint)
        low, high = (
            Interval.of(f(Interval(x.low, at.high))),
            Interval.of(g(Interval(at.low, x.high))),
        )
        return Interval(min(low.low, high.low), max(low.high, high.high))
    if sign is None or (sign == 0 and isinstance(x, Series) and not isinstance(x, Germ)):
        beyond("a pre-activation or a residual may lie at a joint of pieces")
    return f(x) if sign < 0 else g(x)


def joint_of(piece: ast.Call) -> Fraction:
    """The joint of the function piece(f, g, b)."""
    return Fraction(_constant(piece.args[2])) if piece.args[2:] else Fraction(0)


def joints(text: str) -> set[Fraction]:
    """The joints of the pieces in a formula."""
    calls = (node for node in ast.walk(syntax(text)) if isinstance(node, ast.Call))
    return {joint_of(call) for call in calls if ast.unparse(call.func) == "piece"}


class _Branch(ast.NodeTransformer):
    """A formula with the pieces next to a number, on one side of it."""

    def __init__(self, near: Any, side: int) -> None:
        self.near, self.side = near, side

    def visit_Call(self, node: ast.Call) -> Any:
        if ast.unparse(node.func) != "piece":
            return self.generic_visit(node)
        sign = sign_of(self.near - joint_of(node))
        if sign is None:
            beyond("a pre-activation or a residual may lie at a joint of pieces")
        return self.visit(node.args[(sign or self.side) > 0])


def branch(text: str, variable: str, near: Any, side: int) -> Function:
    """The smooth function that a formula is next to a number, on one side of it."""
    return formula(ast.unparse(_Branch(near, side).visit(syntax(text))), variable)


def curvature(node: ast.expr) -> int | None:
    """1 for a convex function of the one variable, -1 concave, 0 affine, None not known."""
    if not _has_variable(node):
        return 0
    match node:
        case ast.Name():
            return 0
        case ast.UnaryOp(op=op, operand=inner):
            return _scaled(-1 if isinstance(op, ast.USub) else 1, curvature(inner))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            sign = -1 if isinstance(op, ast.Sub) else 1
            a, b = curvature(left), _scaled(sign, curvature(right))
            return a if b in (0, a) else b if a == 0 else None
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if not _has_variable(left):
            return _scaled(_constant(left), curvature(right))
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            return _scaled(_constant(right), curvature(left))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return 1 if _is_even(right) and curvature(left) == 0 else None
        case ast.Call(func=ast.Name(id="piece"), args=[low, high, *at]):
            joint = _constant(at[0]) if at else Fraction(0)
            if any("piece" in ast.unparse(part) for part in (low, high)):
                return None
            left, right = (jet(formula(ast.unparse(part), "a"), joint)[1] for part in (low, high))
            return 1 if left <= right and {curvature(low), curvature(high)} <= {0, 1} else None
        case ast.Call(func=ast.Name(id="exp"), args=[inner]):
            return 1 if curvature(inner) in (0, 1) else None
        case ast.Call(func=ast.Name(id="log"), args=[inner]):
            return 1 if _is_log_convex(inner) else None
        case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
            return 1 if _is_square_of_a_norm(inner) else None
    return None


def _has_variable(node: ast.expr) -> bool:
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bool(names - set(FUNCTIONS))


def _constant(node: ast.expr) -> Any:
    """The rational number that a formula is, or None."""
    try:
        return None if _has_variable(node) else formula(ast.unparse(node), "")(None)
    except (BeyondError, ArithmeticError):
        return None


def _scaled(factor: Any, sign: int | None) -> int | None:
    """The curvature of a multiple."""
    return None if factor is None or sign is None else sign * ((factor > 0) - (factor < 0))


def _is_even(exponent: ast.expr) -> bool:
    value = _constant(exponent)
    return value is not None and value > 0 and value % 2 == 0


def _is_log_convex(node: ast.expr) -> bool:
    """Whether a function is certainly positive with a convex logarithm; sums of such are."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Mult(), right=right):
            return _is_log_convex(left) and _is_log_convex(right)
        case ast.Call(func=ast.Name(id="exp"), args=[inner]):
            return curvature(inner) in (0, 1)
    value = _constant(node)
    return value is not None and value > 0


def _is_square_of_a_norm(node: ast.expr) -> bool:
    """Whether a function is certainly a sum of squares of affine functions."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_square_of_a_norm(left) and _is_square_of_a_norm(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if not _has_variable(left):
            return (_constant(left) or 0) > 0 and _is_square_of_a_norm(right)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right) if _has_variable(left):
            return (_constant(right) or 0) > 0 and _is_square_of_a_norm(left)
        case ast.BinOp(left=left, op=ast.Pow(), right=right) if _has_variable(left):
            return _constant(right) == 2 and curvature(left) == 0
    value = _constant(node)
    return value is not None and value >= 0


def _bounded(value: Any, times: int = 1) -> Any:
    if isinstance(value, Fraction):
        bits = max(abs(value.numerator), value.denominator).bit_length()
        if bits * times > MOST_BITS:
            beyond(f"a number has more than {MOST_BITS} bits")
    return value


def _power(value: Any, exponent: int) -> Any:
    return _bounded(value, abs(exponent)) ** exponent


def _applied(name: str, value: Any, ring: Ring | None) -> Any:
    if not isinstance(value, Number):
        if ring is None:
            beyond("functions of constants in a formula are not computed")
        value = ring.number(value)
    return getattr(value, name)()


def member(data: Any, key: str, kind: type, default: Any = None) -> Any:
    """A member of an object, of a certain type. Raises BadFileError."""
    value = data.get(key, default) if isinstance(data, dict) else None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        message = f"{key!r} as {kind.__name__} was needed, got {short(value)}"
        raise BadFileError(message)
    return value


def formula_text(name: str) -> str:
    """The formula of a name, or the formula itself."""
    return {**NAMED, **SQUARES, **COSTS}.get(name, name)


class Problem:
    """A network, samples, a loss and a point, as in the problem file of `classify`."""

    def __init__(self, data: Any) -> None:
        self.ring, self.given = Ring(), data
        need_keys(data, "problem", KEYS["problem"].split())
        self.widths = member(data, "widths", list)
        sizes = all(type(n) is int and 0 < n <= 1000 for n in self.widths)
        need(sizes and 2 <= len(self.widths) <= 100, "widths: 2 to 100 sizes of layers were needed")
        self.bias = member(data, "bias", bool, True)
        self.near = member(data, "near", bool, False)
        self.places = self._places()
        texts = [
            member(data, key, str, default)
            for key, default in (
                ("activation", None),
                ("output_activation", "linear"),
                ("loss", "sum"),
            )
        ]
        is_mean = texts[2] == "mean" or texts[2].startswith(MEAN)
        texts[2] = texts[2].removeprefix(MEAN)
        need(texts[2] != "mean" or texts[2] == data.get("loss"), "loss: one mean was needed")
        hidden, output, loss = texts
        self.texts = (formula_text(hidden), formula_text(output))
        self.output_name = output
        self.loss_name = loss if loss in COSTS else loss.partition("(")[0]
        self.used = {output} | ({hidden} if len(self.widths) > 2 else set())
        self.hidden_name = hidden
        self.activation, self.output = self._activation(hidden), self._activation(output)
        samples, point = member(data, "samples", dict), member(data, "parameters", dict)
        self.slots, self.names, self.point = self._free(data, point)
        self.size = len(self.names)
        need_keys(samples, "samples", KEYS["samples"].split())
        inputs = self.matrix(member(samples, "inputs", list), None, self.widths[0])
        self.count = len(inputs)
        targets = self.matrix(member(samples, "targets", list), self.count, self.widths[-1])
        costs = [len(text) + 20 * text.count("(") for text in map(formula_text, texts)]
        units = sum(self.widths[1:-1]) * costs[0] + self.widths[-1] * (costs[1] + costs[2])
        self.work = self.count * (len(self.slots) + units)
        self.left = WORK
        need(self.work <= WORK // 5, "the problem is too large for this verifier")
        self.masses = self._masses(samples)
        self.weight = 1 / sum(self.masses, Fraction(0)) if is_mean else Fraction(1)
        self.squares = {"half": self.weight / 2}.get(loss, self.weight) if loss in SQUARES else None
        self.loss_text = None if loss in COSTS else self._loss_text(loss)
        self.loss = formula("0" if self.loss_text is None else self.loss_text, "a")
        self._need_likely(targets)
        self.decay = self._decay(data)
        self.samples = list(zip(inputs, targets, strict=True))
        self.enclosed = [([*map(Interval.of, x)], [*map(Interval.of, y)]) for x, y in self.samples]
        self.branches: dict[tuple[int, int, int], Function] = {}
        self.held: dict[tuple[int, int], Any] = {}

    def _masses(self, samples: Any) -> list[Fraction]:
        """The weight of each sample, positive and rational; 1 where none are given."""
        if "weights" not in samples:
            return [Fraction(1)] * self.count
        found = self.numbers(samples["weights"], self.count)
        right = all(isinstance(value, Fraction) and value > 0 for value in found)
        need(right, "weights of samples: positive rational numbers were needed")
        return found

    def _decay(self, data: Any) -> list[Fraction]:
        """The factor of the square of each parameter; empty where all are 0."""
        given = member(data, "weight_decay", dict, {})
        need_keys(given, "weight_decay", self.names)
        found = [self.number(given.get(name, 0)) for name in self.names]
        right = all(isinstance(value, Fraction) and value >= 0 for value in found)
        need(right, "weight_decay: rational numbers of at least 0 were needed")
        return found if any(found) else []

    def _need_likely(self, targets: Sequence[Sequence[Any]]) -> None:
        """Raise BadFileError unless the targets of a likelihood are such as it has."""
        if self.loss_text is not None:
            return
        _, _, most = LIKELIHOODS.get(self.loss_name, ("", "", 1))
        for row in targets:
            known = all(isinstance(v, Fraction) and 0 <= v <= (most or v) for v in row)
            need(known, f"targets of {self.loss_name}: probabilities or counts were needed")
            whole = self.loss_name != "cross_entropy" or (len(row) > 1 and sum(row) == 1)
            need(whole, "targets of cross_entropy: probabilities with the sum 1 were needed")

    def with_widths(self, widths: list[int]) -> Problem:
        """The same samples and loss for a network of other widths, at the point 0."""
        pairs = list(pairwise(widths))
        weights = [[["0"] * below for _ in range(above)] for below, above in pairs]
        biases = {"biases": [["0"] * above for _, above in pairs]} if self.bias else {}
        point = {"weights": weights, **biases}
        return Problem({**self.given, "widths": widths, "parameters": point})

    def _places(self) -> list[str]:
        """The names of all weights and biases, W1, b1, W2, ..., row by row."""
        sizes = sum((below + self.bias) * above for below, above in pairwise(self.widths))
        need(sizes <= 1000, f"at most 1000 parameters were needed, got {sizes}")
        gap = "_" if max(self.widths) > 9 else ""
        names = []
        for k, (below, above) in enumerate(pairwise(self.widths), 1):
            names += [f"W{k}_{i + 1}{gap}{j + 1}" for i in range(above) for j in range(below)]
            names += [f"b{k}_{i + 1}" for i in range(above) if self.bias]
        return names

    @staticmethod
    def _activation(name: str) -> Callable[[Any], Any]:
        if name in METHODS:
            return lambda x: getattr(x, name)()
        return formula(formula_text(name), "t")

    @staticmethod
    def _loss_text(name: str) -> str:
        """The formula of the loss of one residual a. Raises BadFileError: it has no value."""
        match = re.fullmatch(r"\s*([a-z_]+)\(([-+0-9/, ]*)\)\s*", name)
        if match and match.group(1) in LOSSES:
            template, given = LOSSES[match.group(1)], match.group(2).split(",")
            need(len(given) == 1 + ("{1}" in template), f"parameters of a loss in {short(name)}")
            numbers = [formula(text, "")(None) for text in given]
            defined = numbers[-1] > 0 or (match.group(1) == "cauchy" and numbers[-1] < 0)
            shares = len(given) == 1 or 0 <= numbers[0] <= 1
            need(defined and shares, f"a loss with these parameters is not defined: {short(name)}")
            name = template.format(*given)
        return formula_text(name)

    def number(self, value: Any) -> Any:
        """A Fraction, or an Exact where a text is irrational. Raises BadFileError."""
        need(type(value) in (int, str), f"an exact number was needed, got {short(value)}")
        try:
            found = formula(str(value), "", self.ring)(None)
        except (ArithmeticError, BeyondError, RecursionError) as error:
            message = f"a number was needed, got {short(value)}: {error}"
            raise BadFileError(message) from error
        rational = found.rational if isinstance(found, Exact) else found
        return found if rational is None else rational

    def numbers(self, values: Any, size: int) -> list[Any]:
        """The numbers in a list of this length. Raises BadFileError."""
        fits = isinstance(values, list) and len(values) == size
        need(fits, f"a list of {size} numbers was needed, got {short(values)}")
        return [self.number(value) for value in values]

    def matrix(self, rows: Any, height: int | None, width: int) -> list[list[Any]]:
        """The numbers in a list of rows. Raises BadFileError."""
        fits = isinstance(rows, list) and 0 < len(rows) == (height or len(rows)) <= 10_000
        need(fits, f"a list of {height or '1 to 10000'} rows was needed, got {short(rows)}")
        return [self.numbers(row, width) for row in rows]

    def _free(self, data: Any, point: Any) -> tuple[list[int | Fraction], list[str], list[Exact]]:
        """For each weight and bias its parameter, or its number; the parameters, their values.

        What is shared has the value of another, which is neither shared nor frozen; what is frozen
        keeps its value. Parameters stand in the order of their first places.
        """
        values = dict(zip(self.places, self._point(point), strict=True))
        shared, frozen = member(data, "shared", dict, {}), member(data, "frozen", list, [])
        need_keys(shared, "shared", self.places)
        known = all(
            isinstance(name, str) and name in values for name in [*shared.values(), *frozen]
        )
        need(known, "shared, frozen: names of parameters were needed")
        changed = [*shared, *frozen]
        once = len({*changed}) == len(changed) and not {*shared.values()} & {*changed}
        need(once, "shared, frozen: each name once, and shared with one that is free, was needed")
        equal = vanishes([values[name] - values[other] for name, other in shared.items()])
        need(equal, "shared parameters were not given equal values")
        labels = [shared.get(name, name) for name in self.places]
        names = [*dict.fromkeys(label for label in labels if label not in frozen)]
        need(names, "a parameter that is free was needed")
        found: list[int | Fraction] = []
        for label in labels:
            value = values[label].rational if label in frozen else None
            need(label not in frozen or value is not None, "frozen: rational values were needed")
            found.append(names.index(label) if value is None else value)
        return found, names, [values[name] for name in names]

    @cached_property
    def is_plain(self) -> bool:
        """Whether each weight and bias is a parameter of its own."""
        free = all(isinstance(slot, int) for slot in self.slots)  # a frozen one is a Fraction
        return free and self.slots == [*range(len(self.places))]

    def need_plain(self) -> None:
        """Raise BeyondError where parameters are shared or frozen."""
        if not self.is_plain:
            beyond("this is shown for networks without shared or frozen parameters only")

    def _point(self, data: Any) -> list[Exact]:
        need_keys(data, "parameters", KEYS["parameters"].split())
        weights, biases = member(data, "weights", list), member(data, "biases", list, [])
        count = len(self.widths) - 1
        fits = len(weights) == count and len(biases) == count * self.bias
        need(fits, f"weights and biases of {count} layers were needed")
        found: list[Any] = []
        for k, (below, above) in enumerate(pairwise(self.widths)):
            found += [v for row in self.matrix(weights[k], above, below) for v in row]
            found += self.numbers(biases[k], above) if self.bias else []
        return [self.ring.number(value) for value in found]

    # -- predictions, loss and derivatives, in any kind of number

    def spread(self, w: Sequence[Any]) -> Sequence[Any]:
        """All weights and biases."""
        if self.is_plain:
            return w
        kind = self.ring.number if self.data(w) is self.samples else Interval.of
        return [w[slot] if isinstance(slot, int) else kind(slot) for slot in self.slots]

    def layers(self, w: Sequence[Any]) -> list[tuple[int, list[Any], list[Any], Any]]:
        """For each layer its first place, weights as rows, biases and activation."""
        found, at = [], 0
        w = self.spread(w)
        for k, (below, above) in enumerate(pairwise(self.widths), 2):
            rows = [w[at + i * below : at + (i + 1) * below] for i in range(above)]
            end = at + above * below
            biases = list(w[end : end + above]) if self.bias else [0] * above
            function = self.output if k == len(self.widths) else self.activation
            found.append((at, rows, biases, function))
            at = end + above * self.bias
        return found

    def data(self, w: Sequence[Any]) -> list[Any]:
        """The samples, in exact numbers or enclosed as w is."""
        exact = not any(isinstance(coefficient(value, 0), Interval) for value in w)
        return self.samples if exact else self.enclosed

    def _spend(self, w: Sequence[Any]) -> None:
        self.left -= self.work * max(len(v.c) if isinstance(v, Series) else 1 for v in w)
        if self.left < 0:
            beyond("the problem is too large for this verifier")

    def predictions(self, w: Sequence[Any]) -> list[list[Any]]:
        """The outputs for each sample."""
        self._spend(w)
        return [[w[0] * 0 + a for a in row] for row in self.all_features(w)[-1]]

    def residuals(self, w: Sequence[Any]) -> list[list[Any]]:
        """Prediction minus target for each sample."""
        pairs = zip(self.predictions(w), self.data(w), strict=True)
        return [[a - b for a, b in zip(z, y, strict=True)] for z, (_, y) in pairs]

    def features(self, w: Sequence[Any]) -> list[list[Any]]:
        """The outputs of the last hidden layer for each sample."""
        return self.all_features(w)[-2]

    def all_features(self, w: Sequence[Any]) -> list[list[list[Any]]]:
        """The outputs of all layers for each sample, from the inputs on."""
        self._spend(w)
        found: list[list[list[Any]]] = [[] for _ in self.widths]
        layers = self.layers(w)
        for i, (x, _) in enumerate(self.data(w)):
            found[0].append(x)
            for k, (_, rows, biases, function) in enumerate(layers):
                inner = [dot(row, x) + b for row, b in zip(rows, biases, strict=True)]
                x = [self._function(k, i, j, function)(z) for j, z in enumerate(inner)]
                found[k + 1].append(x)
        return found

    def _function(self, layer: int, sample: int, unit: int, function: Function) -> Function:
        """The activation, or the branch of it that was chosen."""
        return self.branches.get((layer, sample, unit), function)

    def value(self, w: Sequence[Any]) -> Any:
        """The loss."""
        pairs = zip(self.masses, self.predictions(w), self.data(w), strict=True)
        terms = (_times(mass, self._term(z, y)) for mass, z, (_, y) in pairs)
        value = sum(terms) * self.weight
        if self.decay:
            value += sum(v * v * c for v, c in zip(w, self.decay, strict=True))
        return value

    def _term(self, z: Sequence[Any], y: Sequence[Any]) -> Any:
        """The loss of one sample, from outputs and targets."""
        if self.loss_text is not None:
            return sum(self.loss(a - b) for a, b in zip(z, y, strict=True))
        if self.loss_name == "cross_entropy":
            return sum(v.exp() for v in z).log() - dot(y, z)
        inner, _, _ = LIKELIHOODS[self.loss_name]
        return sum(getattr(v, inner)() for v in z) - dot(y, z)

    def _slopes(self, i: int, z: Sequence[Any], y: Sequence[Any]) -> list[Any]:
        """The derivatives of the loss of one sample by its outputs; those at joints are chosen."""
        if self.loss_text is not None:
            pairs = enumerate(zip(z, y, strict=True))
            return [
                self.held[i, c] if (i, c) in self.held else jet(self.loss, a - b)[1]
                for c, (a, b) in pairs
            ]
        if self.loss_name == "cross_entropy":
            masses = [v.exp() for v in z]
            total = sum(masses)
            return [mass / total - b for mass, b in zip(masses, y, strict=True)]
        _, slope, _ = LIKELIHOODS[self.loss_name]
        return [getattr(a, slope)() - b for a, b in zip(z, y, strict=True)]

    def backwards(
        self, w: Sequence[Any], order: int
    ) -> Iterator[tuple[list[list[Any]], list[list[list[Any]]], list[list[Any]]]]:
        """By backpropagation for each sample, without the factor of the whole loss.

        For each layer: what it reads; the values and derivatives of its activation up to this
        order; the slopes of the loss in what it reads. Those in what the last layer gives follow.
        """
        self._spend(w)
        layers = self.layers(w)
        for i, (mass, (x, y)) in enumerate(zip(self.masses, self.data(w), strict=True)):
            read, jets = [x], []
            for k, (_, rows, biases, function) in enumerate(layers):
                inner = [dot(row, read[-1]) + b for row, b in zip(rows, biases, strict=True)]
                chosen = [self._function(k, i, j, function) for j in range(len(inner))]
                jets.append([jet(f, z, order) for f, z in zip(chosen, inner, strict=True)])
                read.append([values[0] for values in jets[-1]])
            slopes = [[_times(mass, slope) for slope in self._slopes(i, read[-1], y)]]
            for (_, rows, _, _), values in zip(reversed(layers), reversed(jets), strict=True):
                errors = [e * rates[1] for e, rates in zip(slopes[0], values, strict=True)]
                slopes.insert(0, [dot(errors, column) for column in columns(rows)])
            yield read, jets, slopes

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        """The gradient."""
        gradient: list[Any] = [Fraction(0)] * len(self.slots)
        starts = [(start, len(rows)) for start, rows, _, _ in self.layers(w)]
        for read, jets, slopes in self.backwards(w, 1):
            for k, (start, height) in enumerate(starts):
                for i, (slope, rates) in enumerate(zip(slopes[k + 1], jets[k], strict=True)):
                    error = slope * rates[1]
                    first = start + i * self.widths[k]
                    for j, feature in enumerate(read[k]):
                        gradient[first + j] += error * feature
                    if self.bias:
                        gradient[start + height * self.widths[k] + i] += error
        pulls = [v * (2 * c) for v, c in zip(w, self.decay, strict=True)] if self.decay else None
        if not self.is_plain:
            gradient = self.gathered(gradient)
        found = [value * self.weight for value in gradient]
        return [a + b for a, b in zip(found, pulls, strict=True)] if pulls else found

    def gathered(self, entries: Sequence[Any]) -> list[Any]:
        """For each parameter the sum of the entries at its places."""
        found: list[Any] = [Fraction(0)] * self.size
        for slot, value in zip(self.slots, entries, strict=True):
            if isinstance(slot, int):
                found[slot] += value
        return found

    def bends(self, w: Sequence[Any]) -> list[list[list[list[Any]]]]:
        """For each unit of each hidden layer the matrix B, in its incoming weights and bias.

        It is the sum over samples of the slope of the loss in the output of the unit, times the
        second derivative of the activation, times r r^T for what the unit reads, r; 1 for a bias.
        """
        found: list[list[list[list[Any]]]] = [
            [[[Fraction(0)] * (below + self.bias)] * (below + self.bias)] * width
            for below, width in pairwise(self.widths[:-1])
        ]
        for read, jets, slopes in self.backwards(w, 2):
            for k, units in enumerate(found):
                seen = [*read[k], *([1] if self.bias else [])]
                for i, (slope, rates) in enumerate(zip(slopes[k + 1], jets[k], strict=True)):
                    share = slope * rates[2] * self.weight
                    units[i] = [
                        [value + share * a * b for value, b in zip(row, seen, strict=True)]
                        for row, a in zip(units[i], seen, strict=True)
                    ]
        return found

    def along(self, w: Sequence[Any], curve: Sequence[Sequence[Any]], order: int) -> list[Any]:
        """The gradient at w + t u_1 + t^2 u_2 + ..., up to t^order."""
        point = []
        for i, start in enumerate(w):
            rest = [u[i] for u in curve[:order]] + [Fraction(0)] * (order - len(curve))
            point.append(start if vanishes(rest) else Series([start, *rest]))
        return self.gradient(point)

    def hessian(self, w: Sequence[Any], places: Sequence[int]) -> list[list[Interval]]:
        """The Hessian in intervals, in these coordinates."""
        if len(places) > MOST_ROWS:
            beyond(f"a Hessian of more than {MOST_ROWS} rows is too large here")
        columns = [self.along(w, [unit(i, self.size)], 1) for i in places]
        return [[Interval.of(coefficient(column[j], 1)) for j in places] for column in columns]

    def means(self) -> tuple[list[int], list[list[Any]], Any]:
        """What predictions can at best be: samples, their mean targets, the least sum of squares.

        Samples with equal inputs have equal predictions; with opposite ones, opposite predictions
        if there are no biases and all activations are odd. Some outputs are never negative.
        """
        groups: dict[Any, list[tuple[Fraction, list[Any]]]] = {}
        first: dict[Any, int] = {}
        for i, (mass, (x, y)) in enumerate(zip(self.masses, self.samples, strict=True)):
            same, other = (tuple(self.ring.number(v * s).key for v in x) for s in (1, -1))
            odd = not self.bias and self.used <= ODD and other in groups
            row = (mass, [v * (-1) ** odd for v in y])
            groups.setdefault(other if odd else same, []).append(row)
            first.setdefault(other if odd else same, i)
        means, least = [], self.ring.number(0)
        for rows in groups.values():
            columns = zip(*([v * mass for v in row] for mass, row in rows), strict=True)
            total = 1 / sum(mass for mass, _ in rows)
            mean = [sum(column, least * 0) * total for column in columns]
            if self.output_name in NEVER_NEGATIVE:
                mean = [Fraction(0) if sign_of(value) == -1 else value for value in mean]
            for mass, values in rows:
                least += sum((a - b) ** 2 for a, b in zip(values, mean, strict=True)) * mass
            means.append(mean)
        return list(first.values()), means, least

    def greatest_rank(self) -> int:
        """A bound for the rank of the differential of all predictions, at any parameters.

        In layer k it is F dW^T + dF W^T, where F has s columns that are independent, at most
        n_{k-1} + 1. The image of the first term has dimension s n_k at most; beyond the range of F
        the second is N - s rows in the row space of W, and an image of dF, whose rank is at most
        the bound below. The sum grows with s. Inputs that are equal count once.
        """
        count, rank = len(self.means()[0]), 0
        for below, above in pairwise(self.widths):
            span = min(count, below + self.bias)
            rank = span * above + min((count - span) * min(below, above), rank)
        return rank

    def explained(self, linear: bool) -> list[list[Any]]:
        """Y X^T (X X^T)^-1 X Y^T, with samples as columns, centred where there are biases.

        Y Y^T where predictions are not linear in the inputs. Each sample counts by its weight.
        """
        inputs, targets = (
            [self._centred(row) for row in columns([sample[k] for sample in self.samples])]
            for k in (0, 1)
        )
        if not linear:
            return [[self._weighed(a, b) for b in targets] for a in targets]
        mixed = [[self._weighed(y, x) for x in inputs] for y in targets]
        solved = inverse([[self._weighed(a, b) for b in inputs] for a in inputs])
        carried = [[dot(row, column) for column in columns(solved)] for row in mixed]
        return [[dot(row, other) for other in mixed] for row in carried]

    def _centred(self, row: Sequence[Any]) -> list[Any]:
        mean = sum(v * mass for v, mass in zip(row, self.masses, strict=True)) * self.bias
        return [value - mean / sum(self.masses) for value in row]

    def _weighed(self, a: Sequence[Any], b: Sequence[Any]) -> Interval:
        terms = (x * y * mass for x, y, mass in zip(a, b, self.masses, strict=True))
        return Interval.of(sum(terms))

    def need_no_decay(self) -> None:
        """Raise BeyondError where the loss is not one of the predictions alone."""
        if self.decay:
            beyond("this is shown for losses of the predictions alone, without weight decay")


def _times(mass: Fraction, value: Any) -> Any:
    """A multiple; exact numbers have the less to do where it is the number itself."""
    return value if mass == 1 else value * mass


class Merged:
    """A smaller network of whose units those of a network are copies, and the ways to split them.

    Unit j of a hidden layer is a copy of unit g(j) below its sign s_j (+1, or -1 if the activation
    is odd) with share k_j, where the shares of all copies of a unit add up to 1; inputs and outputs
    are their own, with s = k = 1. With the weights V of the smaller network let W[i, j] = s_i s_j
    k_j V[g(i), g(j)] and b_i = s_i c_g(i). By induction the features are s_j times those of the
    smaller network, and the errors that run back are s_j k_j times its own: the gradients are
    multiples of its gradients, and vanish with them.

    This needs no more than that sum_j s_i s_j W[i, j] over the copies j of g is V[g(i), g] and
    sum_i k_i s_i s_j W[i, j] over the copies i is k_j V[., g]. So there is a family of such
    points: (n - 1) shares for each unit with n copies, and (m - 1)(n - 1) dimensions for each block
    with m rows and n columns. Different shares are different points where each unit that is split
    has an outgoing weight other than 0.
    """

    def __init__(self, problem: Problem, layers: list[Any]) -> None:
        need(problem.is_plain, "units: a network without shared or frozen parameters was needed")
        need(
            len(layers) == len(problem.widths) - 2, "units: a list for each hidden layer was needed"
        )
        self.problem = problem
        read = [self._layer(*pair) for pair in zip(layers, problem.widths[1:-1], strict=True)]
        ends = (
            [(i, 1, Fraction(1)) for i in range(n)] for n in (problem.widths[0], problem.widths[-1])
        )
        first, last = ends
        self.copies = [first, *read, last]
        widths = [1 + max(g for g, _, _ in layer) for layer in self.copies]
        need(widths != problem.widths, "units: two copies of one unit were needed")
        self.small = problem.with_widths(widths)
        self.box: list[Interval] = []

    def _layer(self, data: Any, width: int) -> list[tuple[int, int, Fraction]]:
        """For each unit the number of what it is a copy of, its sign and its share."""
        fits = isinstance(data, list) and len(data) == width
        need(fits, f"units: a list of {width} copies was needed, got {short(data)}")
        found, shares = [], dict[int, Fraction]()
        for copy in data:
            need(
                isinstance(copy, list) and len(copy) == 3, "units: number, sign, share were needed"
            )
            number, sign, share = copy[0], copy[1], self.problem.number(copy[2])
            fits = type(number) is int and 0 <= number <= len(shares) and sign in (1, -1)
            need(fits and type(sign) is int, f"units: number, sign, share, got {short(str(copy))}")
            need(isinstance(share, Fraction), "units: a rational share was needed")
            odd = sign == 1 or self.problem.hidden_name in ODD
            need(odd, "opposite units are copies only where the activation is odd")
            shares[number] = shares.get(number, Fraction(0)) + share
            found.append((number, sign, share))
        need(set(shares.values()) == {1}, "the shares of the copies of a unit do not add up to 1")
        return found

    def split(self) -> list[Interval]:
        """The parameters of the network whose units are copies, in intervals."""
        found: list[Interval] = []
        for layer, (below, above) in zip(
            self.small.layers(self.box), pairwise(self.copies), strict=True
        ):
            _, rows, biases, _ = layer
            found += [rows[g][h] * (s * t * k) for g, s, _ in above for h, t, k in below]
            found += [biases[g] * s for g, s, _ in above] if self.problem.bias else []
        return found

    def sizes(self) -> list[Fraction]:
        """How far each parameter of the smaller network moves, where those of the network move.

        These move as far as their size, or as 1; a weight is a sum over the copies in one row.
        """
        scales = [Fraction(max(ONE, -x.low, x.high), ONE) for x in self.split()]
        found: list[Fraction] = []
        for layer, (below, above) in zip(
            self.problem.layers(scales), pairwise(self.copies), strict=True
        ):
            _, rows, biases, _ = layer
            units = [[unit for unit, _, _ in side] for side in (below, above)]
            first = [units[1].index(g) for g in range(1 + max(units[1]))]
            found += [
                sum((rows[i][j] for j, unit in enumerate(units[0]) if unit == h), Fraction(0))
                for i in first
                for h in range(1 + max(units[0]))
            ]
            found += [biases[i] for i in first] if self.problem.bias else []
        return found

    @property
    def silent(self) -> list[int]:
        """The places of the incoming weights of copies with share 0, where one output hears them.

        With one hidden layer and one output, a gradient of such a weight changes with the outgoing
        weight only, by the gradient of what it is a copy of: that is 0. So the Hessian maps these
        directions to 0.
        """
        if not self.is_plain:
            return []
        width, count = self.problem.widths[:2]
        mute = [j for j, (_, _, share) in enumerate(self.copies[1]) if not share]
        weights = [j * width + i for j in mute for i in range(width)]
        return weights + [count * width + j for j in mute if self.problem.bias]

    @property
    def is_plain(self) -> bool:
        """Whether there is one hidden layer and one output."""
        return len(self.problem.widths) == 3 and self.problem.widths[2] == 1

    def is_null(self, direction: Sequence[Any]) -> bool:
        """Whether the Hessian certainly maps a direction to 0.

        It moves silent weights only, and copies of one unit trade their outgoing weights.
        """
        if not self.is_plain:
            return False
        first = self.problem.widths[1] * (self.problem.widths[0] + self.problem.bias)
        silent = set(self.silent)
        incoming = [v for i, v in enumerate(direction[:first]) if i not in silent]
        traded = [Fraction(0)] * self.small.widths[1]
        for (unit, sign, _), value in zip(self.copies[1], direction[first:], strict=False):
            traded[unit] += value * sign
        return vanishes([*incoming, *traded, *direction[first + len(self.copies[1]) :]])

    @property
    def dimension(self) -> int:
        """The dimension of the family. Raises BeyondError: shares may not be determined."""
        counts = [
            [sum(unit == g for unit, _, _ in layer) for g in range(width)]
            for layer, width in zip(self.copies, self.small.widths, strict=True)
        ]
        found = sum(n - 1 for layer in counts for n in layer)
        layers = self.small.layers(self.box)
        for (_, rows, _, _), (below, above) in zip(layers, pairwise(counts), strict=True):
            for g, n in enumerate(below):
                heard = any(sign_of(row[g]) for row in rows)
                if n > 1 and not heard:
                    beyond("all outgoing weights of a unit that is split may be 0")
            found += sum((m - 1) * (n - 1) for m in above for n in below)
        return found

    @cached_property
    def signs(self) -> list[int] | None:
        """So many eigenvalues of the Hessian are certainly positive, negative, 0; None: not known.

        Let each unit g that is split be read by one unit of the smaller network, with a weight v
        other than 0, and let all signs s be 1: else change the signs of weights and biases, which
        leaves the loss as it is. Move W and b by D and d, and let m_j be what unit j reads: d_j and
        the sums of D[j, i] over the copies i of one unit. To first order the copies of g move by
        the mean of their m_j, weighted with k, as in the smaller network, and each by a_j = m_j -
        mean besides, of which the layers above see nothing. To second order they see sum_j k_j of
        s''(z_g) (r a_j)^2 / 2, for what g reads, r, and sum_j e_j s'(z_g) r a_j, for the moves e_j
        of the weights to the reader of g. The slope of the loss in what g gives is v times that in
        what its reader sums, so the last sum contributes e_j a_j / v times the gradient in what g
        reads, and that is 0. So the second derivative of the loss is

            that of the smaller network along the means + sum_g sum_j k_j a_j^T B_g a_j,

        with B_g as in `bends`; means and a_j with sum_j k_j a_j = 0 may be any, independently.
        As the shares add up to 1, all (a_j) are those with this sum 0 and, orthogonal to them, the
        equal ones: with p shares positive and n negative, the last form has p - 1 times the signs
        of B_g and n times those of -B_g. Sylvester's law adds them up, and the rest is the kernel.
        """
        small, above = self.small, self.small.layers(self.box)[1:]
        found, rank = list(pivots(small.hessian(self.box, range(small.size)))), small.size
        bent = small.bends(self.box)
        for layer, bends, (_, rows, _, _) in zip(self.copies[1:-1], bent, above, strict=True):
            for g, bend in enumerate(bends):
                shares = [share for unit, _, share in layer if unit == g]
                if len(shares) == 1:
                    continue
                if len(rows) != 1 or not sign_of(rows[0][g]):
                    return None
                more = sum(share > 0 for share in shares) - 1
                less = sum(share < 0 for share in shares)
                signs = pivots([[Interval.of(value) for value in row] for row in bend])
                found[0] += more * signs[0] + less * signs[1]
                found[1] += more * signs[1] + less * signs[0]
                rank += (more + less) * len(bend)
        return [*found, self.problem.size - rank]


class Wall(NamedTuple):
    """Where a . d = 0, for the change d of the parameters and a `normal` a with a first entry 1.

    On its sides lie the branches of pre-activations (layer, sample, unit, value, sign) and of
    residuals (sample, output, slopes of the loss on both sides, sign): they change by multiples of
    a . d with this sign. `kink` is the jump of the slope of the loss in a . d.
    """

    normal: list[Any]
    units: list[tuple[int, int, int, Any, int]]
    residuals: list[tuple[int, int, list[Any], int]]
    kink: Any


class Joints:
    """An exact point at which pre-activations, or residuals, lie at joints of pieces.

    First order. A piece chosen for each joint makes the loss a smooth function of the parameters.
    A joint has a kink e (s_+ - s_-), for the slope e of the loss in the output and s of the pieces.
    Where it is 0 at all joints but those of the first layer, the chain rule gives the slope

        L'(w; d) = G . d + sum_k kappa_k max(a_k . d, 0)

    with the walls k, their kinks kappa_k, and the gradient G of the pieces with all a_k . d < 0.
    If G = -sum lambda_k a_k with 0 <= lambda_k <= kappa_k (the `multipliers`), then each term is
    kappa_k max(z, 0) - lambda_k z, and the loss falls in no direction. It is the same for joints of
    the loss, where a_k is the gradient of a residual.

    Minima. If every lambda lies inside, and all a_k span the space, L'(w; d) > 0 for all d. Else
    let all joints be in the first layer, so that z_k = a_k . d is exact, and the a_k of kinks be
    independent. To a side to which the loss rises at first order one comes from the wall by a move
    along which no other kink's z changes; so by continuity the loss rises along it at points nearby
    too. It remains to look at where z_k = 0 for walls that rise to both sides, V, on the flat side
    of those that rise to one. There the loss is one of the smooth functions of the pieces, a
    `cone` for each choice of sides of walls without kink; each has gradient 0 on V. If its Hessian
    on V is positive definite across m independent fields, tangent to V, along which it is constant,
    it is least at w (Morse and Bott). Strict, if m = 0 everywhere. Not strict, if some field in its
    cone leads along walls or to the side chosen: then the loss itself is constant from w on.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.w = problem, problem.point
        features, layers = problem.all_features(self.w), problem.layers(self.w)
        places = [joints(text) for text in problem.texts]
        self.units = [
            (k, i, j, z)
            for k, (_, rows, biases, _) in enumerate(layers)
            for i, x in enumerate(features[k])
            for j, z in enumerate(dot(row, x) + b for row, b in zip(rows, biases, strict=True))
            if any(vanishes([z - joint]) for joint in places[k == len(layers) - 1])
        ]
        corners = joints(problem.loss_text or "0")
        self.residuals = [
            (i, c, a)
            for i, row in enumerate(problem.residuals(self.w))
            for c, a in enumerate(row)
            if any(vanishes([a - joint]) for joint in corners)
        ]
        hold(self.units or self.residuals, "nothing lies at a joint")
        if self.units and self.residuals:
            beyond("units and residuals at joints together")
        if len(self.units) + len(self.residuals) > MOST_ROWS:
            beyond(f"more than {MOST_ROWS} joints")
        self.walls: list[Wall] = []
        self.take({})
        self.walls = self._walls()
        self.kinks = [n for n, wall in enumerate(self.walls) if sign_of(wall.kink) != 0]

    def _branch(self, layer: int, value: Any, side: int) -> Function:
        last = layer == len(self.problem.widths) - 2
        return branch(self.problem.texts[last], "t", value, side)

    def _walls(self) -> list[Wall]:
        problem = self.problem
        found: dict[Any, Wall] = {}
        pulls = [slopes for _, _, slopes in problem.backwards(self.w, 1)]
        for k, i, j, z in self.units:
            low, high = (jet(self._branch(k, z, side), z)[1] for side in (-1, 1))
            kink = pulls[i][k + 1][j] * (high - low) * problem.weight
            if k:
                if not vanishes([kink]):
                    beyond("a unit of a later layer has a kink at its joint")
                continue
            _add(found, self._incoming(i, j), kink, unit=(k, i, j, z))
        normals = self._differentials() if self.residuals else {}
        for i, c, a in self.residuals:
            ends = [jet(branch(problem.loss_text or "", "a", a, side), a)[1] for side in (-1, 1)]
            kink = (ends[1] - ends[0]) * (problem.masses[i] * problem.weight)
            _add(found, normals[i, c], kink, residual=(i, c, ends))
        return [*found.values()]

    def _incoming(self, sample: int, unit: int) -> list[Any]:
        """The differential of a pre-activation of the first layer."""
        problem, (width, height) = self.problem, self.problem.widths[:2]
        entries: list[Any] = [Fraction(0)] * len(problem.slots)
        entries[unit * width : (unit + 1) * width] = problem.samples[sample][0]
        if problem.bias:
            entries[height * width + unit] = Fraction(1)
        return problem.gathered(entries)

    def _differentials(self) -> dict[tuple[int, int], list[Any]]:
        """The differentials of residuals at joints."""
        found: dict[tuple[int, int], list[Any]] = {(i, c): [] for i, c, _ in self.residuals}
        for p in range(self.problem.size):
            moved = [Series([x, Fraction(1)]) if p == q else x for q, x in enumerate(self.w)]
            rows = self.problem.residuals(moved)
            for (i, c), entries in found.items():
                entries.append(coefficient(rows[i][c], 1))
        return found

    def take(self, sides: Mapping[int, int]) -> None:
        """Choose the pieces on these sides of the walls, by their numbers; else where z < 0."""
        problem = self.problem
        problem.branches = {(k, i, j): self._branch(k, z, -1) for k, i, j, z in self.units}
        lower = (
            (i, c, branch(problem.loss_text or "", "a", a, -1), a) for i, c, a in self.residuals
        )
        problem.held = {(i, c): jet(f, a)[1] for i, c, f, a in lower}
        for number, wall in enumerate(self.walls):
            side = sides.get(number, -1)
            for k, i, j, z, sign in wall.units:
                problem.branches[k, i, j] = self._branch(k, z, side * sign)
            for i, c, ends, sign in wall.residuals:
                problem.held[i, c] = ends[side * sign > 0]

    def need_balance(self, multipliers: Sequence[Any]) -> None:
        """Raise FailsError unless the multipliers show that the loss falls in no direction."""
        hold(
            len(multipliers) == len(self.kinks),
            f"{len(self.kinks)} multipliers were needed, one for each kink",
        )
        self.take({})
        rest = self.problem.gradient(self.w)
        for wall, factor in zip(map(self.walls.__getitem__, self.kinks), multipliers, strict=True):
            inside = {sign_of(factor), sign_of(wall.kink - factor)} <= {0, 1}
            hold(inside, "a multiplier does not lie between 0 and its kink")
            rest = [a + factor * b for a, b in zip(rest, wall.normal, strict=True)]
        hold(vanishes(rest), "with these multipliers the gradient is not 0")

    def cones(self, multipliers: Sequence[Any]) -> Iterator[tuple[dict[int, int], list[Wall]]]:
        """For each cone its sides, by the numbers of walls; and the walls that rise to both."""
        both, flat = [], dict[int, int]()
        for n, factor in zip(self.kinks, multipliers, strict=True):
            below, above = sign_of(factor), sign_of(self.walls[n].kink - factor)
            if below and above:
                both.append(self.walls[n])
            else:
                flat[n] = -1 if above else 1
        soft = [n for n in range(len(self.walls)) if n not in self.kinks]
        for signs in product((-1, 1), repeat=len(soft)):
            yield {**flat, **dict(zip(soft, signs, strict=True))}, both

    def need_minimum(self, multipliers: Sequence[Any], fields: Sequence[Sequence[Field]]) -> bool:
        """Raise FailsError unless it is a minimum; whether the loss is shown to be equal nearby.

        The multipliers are those of `need_balance`; there are fields for each cone.
        """
        _, both = next(self.cones(multipliers))
        normals = [wall.normal for wall in both]
        if self.residuals:
            spans = both and independent(columns(normals))
            hold(spans and not fields, "the loss was not shown to rise in every direction")
            return False
        self._need_flat_walls()
        hold(independent([self.walls[n].normal for n in self.kinks]), "kinks are not independent")
        count = 2 ** (len(self.walls) - len(self.kinks))
        if count > MOST_CONES:
            beyond(f"there are more than {MOST_CONES} cones")
        hold(len(fields) == count, f"{count} cones were needed, got {len(fields)}")
        basis = kernel(normals, self.problem.size)
        leads = False
        for (sides, _), own in zip(self.cones(multipliers), fields, strict=True):
            self.take(sides)
            self._need_least(both, basis, own)
            leads = leads or any(self.leads(field, sides) for field in own)
        return leads

    def _need_flat_walls(self) -> None:
        if any(k for k, _, _, _ in self.units):
            beyond("units of later layers at joints have cones that bend")

    def _need_least(
        self, both: Sequence[Wall], basis: Sequence[Sequence[Any]], fields: Sequence[Field]
    ) -> None:
        """Raise FailsError unless the Hessian of the pieces is definite on V across the fields."""
        problem = self.problem
        tangent = all(self.is_along(field, wall) for field in fields for wall in both)
        hold(tangent, "a field is not tangent to the walls")
        free, gradient = around(problem, self.w) if fields else ([], [])
        constant = all(vanishes([dot(gradient, vector_at(field, free))]) for field in fields)
        hold(constant, "the loss changes along a field")
        tangents = [vector_at(field, self.w) for field in fields]
        hold(not fields or independent(tangents), "the tangents are not certainly independent")
        hessian = problem.hessian([v.enclose() for v in self.w], range(problem.size))
        rows = [[Interval.of(v) for v in vector] for vector in basis]
        carried = [[dot(row, vector) for row in hessian] for vector in rows]
        form = [[Interval.of(dot(a, b)) for b in rows] for a in carried]
        definite = pivots(form)[0] + len(fields) == len(basis)
        hold(definite, "the Hessian was not shown to be definite on a cone")

    def is_along(self, field: Field, wall: Wall) -> bool:
        """Whether a . X is a multiple of a . (w' - w), identically."""
        size = self.problem.size
        constant, linear = Fraction(0), [Fraction(0)] * size
        for i, j, value in field:
            if j is None:
                constant += wall.normal[i] * value
            else:
                linear[j] += wall.normal[i] * value
        place = next(i for i, v in enumerate(wall.normal) if not vanishes([v]))
        rest = [a - linear[place] * b for a, b in zip(linear, wall.normal, strict=True)]
        return vanishes([*rest, constant + dot(linear, self.w)])

    def leads(self, field: Field, sides: Mapping[int, int]) -> bool:
        """Whether a field leads from the point along each wall, or to the side chosen."""
        direction = vector_at(field, self.w)
        return any(map(sign_of, direction)) and all(
            self.is_along(field, wall)
            or (n in sides and sign_of(dot(wall.normal, direction)) == sides[n])
            for n, wall in enumerate(self.walls)
            if wall.units
        )

    def need_equal_outputs(self, field: Field, sides: Mapping[int, int]) -> None:
        """Raise FailsError unless a field leads from the point along equal predictions."""
        self._need_flat_walls()
        self.take(sides)
        free = free_around(self.problem, self.w)
        pairs = zip(free, vector_at(field, free), strict=True)
        rows = self.problem.predictions([Series([x, u]) for x, u in pairs])
        hold(vanishes([coefficient(v, 1) for row in rows for v in row]), "predictions change")
        hold(self.leads(field, sides), "the field does not lead to these sides")


Field = list[tuple[int, int | None, Any]]
"""A vector field, linear in the parameters: (component, factor or None, coefficient)."""


def vector_at(field: Field, w: Sequence[Any]) -> list[Any]:
    """The vector of a field at w."""
    result: list[Any] = [Fraction(0)] * len(w)
    for i, j, value in field:
        result[i] += value if j is None else value * w[j]
    return result


def free_around(problem: Problem, point: Sequence[Any]) -> list[Any]:
    """Free variables around a point."""
    enclosed = map(Interval.of, point)
    return [problem.ring.free(("w", i), x.widened(SMALL)) for i, x in enumerate(enclosed)]


def around(problem: Problem, point: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Free variables around a point, and the gradient in terms of them."""
    free = free_around(problem, point)
    return free, problem.gradient(free)


def _add(found: dict[Any, Wall], entries: Sequence[Any], kink: Any, **joint: Any) -> None:
    """Add a joint to the wall with its differential; one that never moves belongs to none."""
    first = next((v for v in entries if not vanishes([v])), None)
    if first is None:
        return
    sign = sign_of(first)
    if not sign:
        beyond("a factor of a wall has no certain sign")
    normal = [v / first for v in entries]
    key = tuple(v.key if isinstance(v, Exact) else v for v in normal)
    wall = found.get(key, Wall(normal, [], [], Fraction(0)))
    units = [(*joint["unit"], sign)] if "unit" in joint else []
    residuals = [(*joint["residual"], sign)] if "residual" in joint else []
    found[key] = Wall(
        normal, wall.units + units, wall.residuals + residuals, wall.kink + kink * first * sign
    )


def unit(i: int, size: int) -> list[Fraction]:
    """The direction of one coordinate."""
    return [Fraction(i == j) for j in range(size)]


# ---- linear algebra in intervals


def columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The columns of a matrix as lists."""
    return [list(column) for column in zip(*rows, strict=True)]


def chained(weights: Sequence[Sequence[Sequence[Any]]], height: int) -> list[list[Any]]:
    """The product W_n ... W_1 of matrices, of which the last has this height."""
    product: list[list[Any]] = [[*unit(i, height)] for i in range(height)]
    for rows in reversed(weights):
        product = [[dot(row, column) for column in columns(rows)] for row in product]
    return product


def pivots(matrix: Sequence[Sequence[Interval]]) -> tuple[int, int]:
    """So many eigenvalues are certainly positive and negative, of all symmetric matrices inside.

    Symmetric elimination; where no diagonal entry has a sign, one row is added to another first.
    """
    rows, signs = [list(row) for row in matrix], []
    left = list(range(len(rows)))
    while left:
        p = max(left, key=lambda i: max(rows[i][i].low, -rows[i][i].high))
        if not rows[p][p].sign():
            pairs = ((i, j, s) for i in left for j in left if j != i for s in (1, -1))
            fits = (t for t in pairs if _joined(rows, *t).sign())
            p, other, s = next(fits, (-1, -1, 0))
            if p < 0:
                break
            rows[p] = [a + b * s for a, b in zip(rows[p], rows[other], strict=True)]
            for row in rows:
                row[p] = row[p] + row[other] * s
        signs.append(rows[p][p].sign())
        left.remove(p)
        for i in left:
            factor = rows[i][p] / rows[p][p]
            for j in left:
                rows[i][j] = rows[i][j] - factor * rows[p][j]
    return signs.count(1), signs.count(-1)


def _need_small(height: int, width: int) -> None:
    if height**2 * width > MOST_ROWS**3:
        beyond(f"a matrix of {height} rows and {width} columns is too large")


def _joined(rows: Sequence[Sequence[Interval]], i: int, j: int, s: int) -> Any:
    return rows[i][i] + rows[i][j] * (2 * s) + rows[j][j]


def inverse(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The inverse. Raises FailsError unless all matrices inside are certainly invertible."""
    size = len(matrix)
    _need_small(size, 2 * size)
    rows = [[*map(Interval.of, [*row, *unit(i, size)])] for i, row in enumerate(matrix)]
    for k in range(size):
        p = max(range(k, size), key=lambda i: max(rows[i][k].low, -rows[i][k].high))
        hold(rows[p][k].sign(), "a matrix is not certainly invertible")
        rows[k], rows[p] = rows[p], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(size):
            if i != k:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[size:] for row in rows]


def private_places(vectors: Sequence[Sequence[Any]]) -> list[int] | None:
    """For each vector a coordinate in which those not yet passed are 0, but it is not; or None.

    A sum of multiples of them that is 0 has no share of the first, then none of the next, and so
    on. In these coordinates they are an invertible matrix.
    """
    counts = [0] * max(map(len, vectors), default=0)
    supports = [[i for i, value in enumerate(v) if not vanishes([value])] for v in vectors]
    for support in supports:
        for i in support:
            counts[i] += 1
    found: dict[int, int] = {}
    ready = True
    while ready:
        ready = False
        for k, support in enumerate(supports):
            place = next((i for i in support if counts[i] == 1), None) if k not in found else None
            if place is not None and sign_of(Interval.of(vectors[k][place])):
                found[k], ready = place, True
                for i in support:
                    counts[i] -= 1
    return list(found.values()) if len(found) == len(vectors) else None


def kernel(rows: Sequence[Sequence[Any]], size: int) -> list[list[Any]]:
    """A basis of the x with A x = 0, for independent rows of rational numbers."""
    left, places = [list(row) for row in rows], list[int]()
    for k in range(len(left)):
        places.append(next(p for p in range(size) if rational(left[k][p])))
        lead = left[k][places[k]]
        left[k] = [value / lead for value in left[k]]
        for m, row in enumerate(left):
            if m != k and rational(row[places[k]]):
                left[m] = [a - row[places[k]] * b for a, b in zip(row, left[k], strict=True)]
    found = []
    for p in (p for p in range(size) if p not in places):
        vector: list[Any] = unit(p, size)
        for row, place in zip(left, places, strict=True):
            vector[place] = -row[p]
        found.append(vector)
    return found


def rational(value: Any) -> Fraction:
    """The number as a fraction. Raises BeyondError: it is not known to be one."""
    found = value.rational if isinstance(value, Exact) else value
    return beyond("rational numbers were needed") if found is None else Fraction(found)


def independent(vectors: Sequence[Sequence[Any]]) -> bool:
    """Whether vectors are certainly linearly independent."""
    if private_places(vectors) is not None:
        return True
    _need_small(len(vectors), max(map(len, vectors), default=0))
    rows = [[Interval.of(value) for value in vector] for vector in vectors]
    return pivots([[Interval.of(dot(a, b)) for b in rows] for a in rows])[0] == len(rows)


System = Callable[[list[Any]], list[Any]]


class Newton:
    """A system F with as many values as free coordinates, on a box X with the middle m.

    `steps` is C, near the inverse of F'(m), and `rest` encloses 1 - C F'(X).
    """

    def __init__(self, system: System, box: list[Interval], free: list[int]) -> None:
        self.box, self.free = box, free
        self.middle = [Interval((x.low + x.high) // 2, (x.low + x.high) // 2) for x in box]
        near = [self.middle[i] if i in free else x for i, x in enumerate(box)]
        rough = inverse(self._jacobian(system, near))
        self.steps = [[Interval(v.low, v.low) for v in row] for row in rough]  # any numbers serve
        self.at_middle = system(near)
        columns = list(zip(*self._jacobian(system, box), strict=True))
        self.rest = [
            [int(a == b) - dot(row, column) for b, column in enumerate(columns)]
            for a, row in enumerate(self.steps)
        ]

    def _jacobian(self, system: System, w: list[Any]) -> list[list[Any]]:
        columns = []
        for i in self.free:
            moved = [Series([x, Fraction(1)]) if i == j else x for j, x in enumerate(w)]
            columns.append([coefficient(value, 1) for value in system(moved)])
        return [list(row) for row in zip(*columns, strict=True)]

    def need_zero(self) -> None:
        """Raise FailsError unless there is exactly one zero in the box (Krawczyk).

        m - C F(m) + (1 - C F'(X)) (X - m) lies inside X.
        """
        for i, row, rest in zip(self.free, self.steps, self.rest, strict=True):
            change = dot(row, self.at_middle) * -1
            for j, value in zip(self.free, rest, strict=True):
                change += value * (self.box[j] - self.middle[j])
            found, x = self.middle[i] + change, self.box[i]
            hold(x.low < found.low and found.high < x.high, "no zero was shown to lie in the box")

    def is_injective(self) -> bool:
        """Whether F takes no value twice in the box: 1 - C F'(X) is less than 1 in its norm."""
        radii = [self.box[i].high - self.middle[i].low for i in self.free]
        return all(
            sum(max(-v.low, v.high) * r for v, r in zip(rest, radii, strict=True)) < ONE * radius
            for rest, radius in zip(self.rest, radii, strict=True)
        )


# ---- claims


class Checker:
    """The point of a certificate, exact or the one zero in a box, and the check of each claim."""

    def __init__(self, data: Any) -> None:
        self.problem = problem = Problem(member(data, "problem", dict))
        self.given = [value.enclose() for value in problem.point]
        self.box = self.given
        self.free = list(range(problem.size))
        self.fields: list[Any] = []
        self.equations = "gradient"
        self.merged: Merged | None = None
        self.is_located = data.get("located") is not None
        if self.is_located:
            self._locate(member(data, "located", dict))

    @property
    def is_fit(self) -> bool:
        """Whether the box is one of a fit of all mean targets."""
        return self.equations == "fit"

    @property
    def exact(self) -> list[Exact]:
        """The point, where its coordinates are given and not only digits of them."""
        if self.is_located:
            beyond("of a located point no exact coordinates are known")
        return self.problem.point

    def _locate(self, data: Any) -> None:
        problem = self.problem
        need(problem.near, "a located point belongs to a problem with near true only")
        need_keys(data, "located", KEYS["located"].split())
        if "units" in data:
            self._split(data)
            return
        names = member(data, "free", list)
        self.free = [self._place(name) for name in names]
        need(len(set(names)) == len(names), "free: different parameters were needed")
        self.equations = member(data, "equations", str)
        known = self.equations in ("gradient", "fit", "fibre")
        need(known, f"equations: gradient, fit or fibre, got {short(self.equations)}")
        plain = self.equations == "gradient" or not problem.decay
        need(plain, "a fit or a fibre belongs to a loss of the predictions alone")
        centre = self._vector(data.get("centre"))
        radius = self._fraction(data, "radius")
        need(radius > 0, "radius: a positive number was needed")
        self.box = [Interval.of(value) for value in centre]
        for i in self.free:
            self.box[i] = self.box[i].widened(radius)
        self.fields = self._fields(data)
        needless = self.fields and self.equations != "gradient"
        need(not needless, "nothing is shown with the fields of a fit or a fibre")

    def _split(self, data: Any) -> None:
        """The point of a family at which units are copies of those of a smaller network."""
        need_keys(data, "located", ("centre", "radius", "units"))
        need(not self.problem.decay, "copies of units belong to a loss of the predictions alone")
        self.merged = merged = Merged(self.problem, member(data, "units", list))
        centre = merged.small.numbers(data.get("centre"), merged.small.size)
        radius = self._fraction(data, "radius")
        need(radius > 0, "radius: a positive number was needed")
        merged.box = [Interval.of(value).widened(radius) for value in centre]
        self.box = merged.split()

    def renew(self) -> None:
        """Grant the full effort again, for another claim."""
        self.problem.left, self.problem.ring.left = WORK, EFFORT
        if self.merged:
            self.merged.small.left = WORK

    # -- reading

    def _place(self, name: Any) -> int:
        known = isinstance(name, str) and name in self.problem.names
        need(known, f"the name of a parameter was needed, got {short(name)}")
        return self.problem.names.index(name)

    def _fraction(self, data: Any, key: str) -> Fraction:
        value = self.problem.number(data.get(key))
        need(isinstance(value, Fraction), f"{key}: a rational number was needed")
        return Fraction(value)

    def _vector(self, data: Any) -> list[Any]:
        return self.problem.numbers(data, self.problem.size)

    def _vectors(self, data: Any, key: str) -> list[list[Any]]:
        found = member(data, key, list, [])
        need(len(found) <= self.problem.size + MOST_ORDER, f"{key}: too many vectors")
        return self.vectors(found)

    def vectors(self, rows: Sequence[Any]) -> list[list[Any]]:
        """The vectors in lists of numbers. Raises BadFileError."""
        return [self._vector(row) for row in rows]

    def field(self, data: Any) -> Field:
        """The vector field in an object of objects. Raises BadFileError."""
        need(isinstance(data, dict), "a field as an object was needed")
        entries = [
            (self._place(name), None if factor == "1" else self._place(factor), value)
            for name, row in data.items()
            for factor, value in (row.items() if isinstance(row, dict) else [("", 0)])
        ]
        return [(i, j, self.problem.number(value)) for i, j, value in entries]

    def _fields(self, data: Any) -> list[Any]:
        fields = member(data, "fields", list, [])
        need(len(fields) <= self.problem.size, "fields: at most one for each parameter was needed")
        return [self.field(field) for field in fields]

    # -- the critical point

    @property
    def critical(self) -> str:
        """Why the gradient is 0; where that is not shown, it is tried once for all claims."""
        if isinstance(self._at_rest, str):
            return self._at_rest
        raise self._at_rest

    @cached_property
    def _at_rest(self) -> str | Exception:
        try:
            if self.merged:
                return self._zero_of_merged(self.merged)
            return self._zero_in_box() if self.is_located else self._zero_gradient()
        except (FailsError, BeyondError, ArithmeticError, LookupError, RecursionError) as error:
            return error

    def _zero_gradient(self) -> str:
        rough: list[Any] = []
        with suppress(BeyondError):  # a joint that exact numbers may stay clear of
            rough = self.problem.gradient(self.box)
        for name, value in zip(self.problem.names, rough, strict=False):
            hold(not sign_of(value), f"the gradient in {name} is not 0")
        if not vanishes(self.problem.gradient(self.exact)):
            beyond("the gradient was not shown to be 0 identically")
        return "the gradient is exactly 0"

    def _zero_in_box(self) -> str:
        problem, free, box = self.problem, self.free, self.box
        frozen = [i for i in range(problem.size) if i not in free]
        around = self._neighbourhood(frozen)
        if self.is_fit:
            samples, means, _ = problem.means()
            hold(problem.squares is not None, "a fit belongs to a sum of squares")
            fits = len(samples) * problem.widths[-1] == len(free)
            hold(fits, "a fit needs as many free parameters as means")
            system, what = self._misfit(samples, means), "fit of all mean targets"
        else:
            if self.equations == "fibre":
                self._need_constant_rank()
            else:
                self._need_fields(frozen)
            what = "zero of the gradient"

            def system(w: list[Any]) -> list[Any]:
                gradient = problem.gradient(w)
                return [gradient[i] for i in free]

        Newton(system, box, free).need_zero()
        if not Newton(system, around, free).is_injective():
            beyond(f"another {what} may lie nearer to the given digits than the one in the box")
        slices = f", on a slice across {len(frozen)} directions of equal loss" if frozen else ""
        return f"the box contains the one {what} near the given digits{slices}"

    def _need_fields(self, frozen: Sequence[int]) -> None:
        """The loss is constant along fields that span the directions that are held.

        So the gradient is orthogonal to the fields, and is 0 if it is 0 in the free coordinates.
        """
        hold(len(self.fields) == len(frozen), "each parameter that is not free needs a field")
        inverse([[vector_at(field, self.box)[i] for i in frozen] for field in self.fields])
        for field in self.fields:
            self.need_invariance(field)

    def _need_constant_rank(self) -> None:
        """The differential of the predictions has the greatest rank that it has anywhere.

        It has this rank on the free coordinates, so the gradient is 0 if it is 0 there. By the
        constant rank theorem the predictions nearby are a manifold, of this dimension, and the
        parameters with equal predictions are one, on which the gradient vanishes too: it is the
        slope of the loss on the first one, carried back.
        """
        rank = self.problem.greatest_rank()
        hold(len(self.free) == rank, f"a fibre needs as many free parameters as the rank, {rank}")
        moves = []
        for i in self.free:
            w = [Series([x, Fraction(1)]) if i == j else x for j, x in enumerate(self.box)]
            rows = self.problem.residuals(w)
            moves.append([coefficient(value, 1) for row in rows for value in row])
        hold(independent(moves), "the differential was not shown to have the greatest rank")

    def _zero_of_merged(self, merged: Merged) -> str:
        """The smaller network has one critical point in its box, and no other near the digits."""
        farthest = self._farthest()
        hold(farthest <= SMALL, "the box is not as near to the given digits as a family asks for")
        free = list(range(merged.small.size))
        Newton(merged.small.gradient, merged.box, free).need_zero()
        around = [
            value.widened(farthest * size)
            for value, size in zip(merged.box, merged.sizes(), strict=True)
        ]
        if not Newton(merged.small.gradient, around, free).is_injective():
            beyond("another critical point of the smaller network may be nearer to the digits")
        widths = ", ".join(map(str, merged.small.widths))
        return (
            f"the box contains the one critical point of the network ({widths}) near the given "
            f"digits, and it stays critical where units are split, in {merged.dimension} dimensions"
        )

    def _farthest(self) -> Fraction:
        """How far a point of the box may be from the given digits, relative to its size above 1."""
        farthest = Fraction(0)
        for x, start in zip(self.box, self.given, strict=True):
            gap = x - start
            away = Fraction(max(-gap.low, gap.high), max(ONE, -start.low, start.high))
            hold(away <= NEAR, "the box is far from the given point")
            farthest = max(farthest, away)
        return farthest

    def _neighbourhood(self, frozen: Sequence[int]) -> list[Interval]:
        """A box around the given digits as wide as the way to the farthest point of the box.

        Distances are relative to the size of each coordinate, or to 1 where that is smaller.
        """
        farthest = self._farthest()
        for i in frozen:
            x, start = self.box[i], self.given[i]
            held = (x.low, x.high) == (start.low, start.high)
            hold(held, "a coordinate that is held is not the given one")
        sizes = [max(ONE, -v.low, v.high) for v in self.given]
        radii = [farthest * Fraction(size, ONE) for size in sizes]
        held_at = set(frozen)
        return [
            v if i in held_at else v.widened(r)
            for i, (v, r) in enumerate(zip(self.given, radii, strict=True))
        ]

    def _misfit(
        self, samples: list[int], means: list[list[Any]]
    ) -> Callable[[list[Any]], list[Any]]:
        problem = self.problem

        def residuals(w: list[Any]) -> list[Any]:
            rows = problem.residuals(w)
            data = problem.data(w)
            return [
                rows[i][c] + data[i][1][c] - target
                for i, row in zip(samples, means, strict=True)
                for c, target in enumerate(row)
            ]

        return residuals

    # -- identities in free variables

    @cached_property
    def _around(self) -> tuple[list[Any], list[Any]]:
        return around(self.problem, self.box)

    def need_invariance(self, field: Any) -> None:
        """Raise FailsError unless the loss is constant along a field, wherever w is nearby."""
        w, gradient = self._around
        hold(vanishes([dot(gradient, vector_at(field, w))]), "the loss changes along a field")

    def dimension(self, claim: Any) -> int:
        """The dimension of a manifold of critical points through the point.

        The gradient is 0 on w + span(flat), and the loss is constant along the fields, so their
        flows carry that flat to further critical points. Where units are copies, it is the family
        of all ways to split them.
        """
        flat = self._vectors(claim, "flat")
        fields = self._fields(claim)
        if self.is_located:
            need(not flat and not fields, "the fields of a located point stand with its box")
            held = self.problem.size - len(self.free)
            return self.merged.dimension if self.merged else held
        small = Interval(0, 0).widened(SMALL)
        steps = [self.problem.ring.free(("t", k), small) for k in range(len(flat))]
        moved = [x + dot(steps, column) for x, *column in zip(self.exact, *flat, strict=True)]
        hold(vanishes(self.problem.gradient(moved)), "the gradient is not 0 on the flat")
        for field in fields:
            self.need_invariance(field)
        tangents = [*flat, *(vector_at(field, self.exact) for field in fields)]
        hold(independent(tangents), "the tangents are not certainly independent")
        return len(tangents)

    def _surface(self, claim: Any) -> str:
        """The point lies on a surface of critical points, and the Hessian is definite across it.

        Parameters are given as formulas in LETTERS, which are 0 at the point. The gradient is 0 on
        the surface identically, and its tangents at the point are independent.
        """
        ring, surface = self.problem.ring, member(claim, "surface", dict)
        names = {self._place(name): member(surface, name, str) for name in surface}
        used = sorted({c for text in names.values() for c in re.findall(r"\b[a-z]\b", text)})
        need(used and set(used) <= set(LETTERS), f"a surface in the letters {LETTERS} was needed")
        variables = {c: itemgetter(c) for c in used}
        read = {i: formula_in(text, variables, ring) for i, text in names.items()}

        def at(values: dict[str, Any]) -> list[Any]:
            return [read[i](values) if i in read else x for i, x in enumerate(self.exact)]

        origin = {c: ring.number(0) for c in used}
        away = [a - b for a, b in zip(at(origin), self.exact, strict=True)]
        hold(vanishes(away), "the surface does not contain the point")
        small = Interval(0, 0).widened(SMALL)
        moved = at({c: ring.free(("s", c), small) for c in used})
        hold(vanishes(self.problem.gradient(moved)), "the gradient is not 0 on the surface")
        rates = [at({**origin, c: Series([origin[c], Fraction(1)])}) for c in used]
        tangents = [[coefficient(value, 1) for value in row] for row in rates]
        hold(independent(tangents), "the tangents are not certainly independent")
        definite = self._pivots[0] + len(used) == self.problem.size
        hold(definite, "the Hessian was not shown to be definite across the surface")
        return f"a surface of critical points of dimension {len(used)}, definite across it"

    # -- second order and curves

    @cached_property
    def _hessian(self) -> list[list[Interval]]:
        return self.problem.hessian(self.box, self.free)

    @cached_property
    def _pivots(self) -> Sequence[int]:
        """So many eigenvalues of the Hessian are certainly positive and negative."""
        return (self.merged and self.merged.signs) or pivots(self._hessian)

    def _signs(self, nulls: Sequence[Sequence[Any]]) -> tuple[int, int]:
        """So many eigenvalues of the Hessian are certainly positive and negative.

        Across independent null vectors that is seen in the other coordinates, if these vectors are
        an invertible matrix in some.
        """
        places = private_places(nulls) if nulls else None
        if places is None:
            return self._pivots[0], self._pivots[1]
        rest = [i for i in range(self.problem.size) if i not in set(places)]
        return pivots(self.problem.hessian(self.box, rest))

    def _inertia(self, nulls: Sequence[Sequence[Any]]) -> list[int]:
        """The inertia; it lacks what was not shown. The null vectors must be exact."""
        need(not (nulls and self.is_located), "of a located point no null vectors are read")
        held = self.problem.size - len(self.free)
        if self.merged:
            return self.merged.signs or [*self._pivots, self.merged.dimension]
        if self.is_fit:  # the Hessian is a sum of squares of differentials, independent on the box
            return [len(self.free), 0, held]
        if self.is_located:
            return [*self._pivots, held]
        if nulls:
            small = Interval(0, 0).widened(SMALL)
            shares = [self.problem.ring.free(("n", k), small) for k in range(len(nulls))]
            mixed = [[dot(shares, column) for column in zip(*nulls, strict=True)]]
            image = [coefficient(v, 1) for v in self.problem.along(self.exact, mixed, 1)]
            hold(vanishes(image), "the Hessian does not map a null vector to 0")
            hold(independent(nulls), "the null vectors are not certainly independent")
        return [*self._signs(nulls), len(nulls)]

    def lowest(self, curve: Sequence[Sequence[Any]]) -> tuple[int, int]:
        """Order and sign of the lowest term of the loss along w + t u_1 + t^2 u_2 + ..."""
        need(curve, "a curve of at least one vector was needed")
        if sign := self.curvature(curve[0]) if len(curve) == 1 else 0:
            return 2, sign
        if self.merged and len(curve) == 1 and self.merged.is_null(curve[0]):
            direction = [[Interval.of(value) for value in curve[0]]]
            if sign := self._term(self.box, direction, 3):
                return 3, sign
        if self.is_located:
            beyond("the first terms along a curve have no certain sign")
        for order in range(2, MOST_ORDER + 1):
            sign = self._term(self.exact, curve, order)
            if sign is None:
                beyond(f"the term of order {order} along a curve has no certain sign")
            if sign:
                return order, sign
        message = f"the loss does not change along a curve up to order {MOST_ORDER}"
        raise FailsError(message)

    def curvature(self, direction: Sequence[Any]) -> int | None:
        """The sign of the second derivative of the loss along a direction."""
        return self._term(self.box, [[Interval.of(value) for value in direction]], 2)

    def _term(self, w: Sequence[Any], curve: Sequence[Sequence[Any]], order: int) -> int | None:
        gradient = self.problem.along(w, curve, order - 1)
        return sign_of(
            sum(
                dot(u, [coefficient(g, order - k) for g in gradient]) * k
                for k, u in enumerate(curve[:order], 1)
            )
        )

    # -- one method for each claim; it returns why the claim holds

    def loss(self, claim: Any) -> str:
        """The loss lies in an interval."""
        low, high = self._fraction(claim, "lower"), self._fraction(claim, "upper")
        if low == high and not self.is_located and vanishes([self.problem.value(self.exact) - low]):
            return f"it is {low}"
        value = self.enclosed_loss()
        inside = Interval.of(low).high <= value.low and value.high <= Interval.of(high).low
        hold(inside, "the loss was not shown to lie in the interval")
        billionths = abs(value.low) * 10**9 // ONE
        sign = "-" if value.low < 0 else ""
        return f"it is near {sign}{billionths // 10**9}.{billionths % 10**9:09}"

    def enclosed_loss(self) -> Interval:
        """An interval around the loss."""
        if self.is_fit and self.critical:
            return Interval.of(self.problem.means()[2] * self.problem.squares)
        return Interval.of(self.problem.value(self.box))

    def not_critical(self, claim: Any) -> str:
        """A component of the gradient is not 0; or the loss falls at first order, and rises."""
        if "parameter" not in claim:
            falling, rising = (self.ray(claim.get(word)) for word in ("falling", "rising"))
            hold(falling == (1, -1), "the loss does not fall at first order along the ray")
            hold(rising[1] == 1, "the loss does not rise along the other ray")
            return "along a ray the loss falls at first order, and along another it rises"
        need_keys(claim, "a parameter alone", ("claim", "answer", "by", "parameter"))
        place = self._place(claim.get("parameter"))
        hold(not self.problem.near, "the point given only roughly is not the one meant")
        points = (self.box, self.problem.point)  # exact numbers may be smaller than intervals show
        found = any(sign_of(self.problem.gradient(w)[place]) for w in points)
        hold(found, "that component of the gradient was not shown to be other than 0")
        return f"the gradient in {self.problem.names[place]} is not 0"

    def none_near(self, claim: Any) -> str:
        """No critical point counts as near to the given digits.

        On the box of all points that count, the loss changes along a field; without a field the box
        is cut until in each part it changes along a direction.
        """
        problem = self.problem
        hold(
            problem.near and not self.is_located,
            "a point given roughly, and none located, was needed",
        )
        within = self._fraction(claim, "within")
        hold(within >= NEAR, f"points within {NEAR} count as near, and fewer were looked at")
        sizes = [Fraction(max(ONE, -x.low, x.high), ONE) for x in self.given]
        box = [x.widened(within * size) for x, size in zip(self.given, sizes, strict=True)]
        if "field" in claim:
            direction = vector_at(self.field(claim["field"]), box)
            hold(self._changes(box, direction), "the loss was not shown to change along the field")
        else:
            self._need_slopes(box)
        return f"the gradient is nowhere 0 within {within} of the digits, relative to their size"

    def infimum(self, claim: Any) -> str:
        """Along a ray from the given point the loss falls for ever, towards 0.

        The last layer moves, so each output z is z + t s. With a class k the term of a sample is
        log(1 + sum of e^(z_j - z_k)), the logistic one log(1 + e^(-z)) or log(1 + e^z), and e^z a
        Poisson one with the count 0: they are positive, and fall to 0 if s_k > s_j, s > 0 or s < 0.
        """
        problem = self.problem
        problem.need_no_decay()
        problem.need_plain()
        if problem.loss_text is not None or problem.output_name != "linear":
            beyond("rays are checked for likelihoods of linear outputs")
        direction = self._vector(claim.get("direction"))
        end, rows, biases, _ = problem.layers(direction)[-1]
        hold(vanishes(direction[:end]), "more than the last layer moves along the ray")
        hold(self._fraction(claim, "value") == 0, "the infimum is not the one claimed")
        for x, (_, y) in zip(problem.features(problem.point), problem.samples, strict=True):
            speeds = [dot(row, x) + b for row, b in zip(rows, biases, strict=True)]
            wanted = [1 if v == 1 else -1 if v == 0 else 0 for v in y]
            if problem.loss_name == "cross_entropy":
                fastest = speeds[wanted.index(1)] if 1 in wanted else 0
                speeds = [
                    v - fastest if sign < 0 else 1 for v, sign in zip(speeds, wanted, strict=True)
                ]
            if problem.loss_name == "poisson":
                wanted = [min(sign, 0) for sign in wanted]
            right = all(sign and sign_of(v) == sign for v, sign in zip(speeds, wanted, strict=True))
            hold(right, "a term of the loss was not shown to fall for ever")
        return "along the ray the loss falls for ever, and its infimum 0 is not attained"

    def _changes(self, box: Sequence[Interval], direction: Sequence[Any]) -> Any:
        """Whether the loss certainly changes along a direction, at all points of a box."""
        moved = [Series([x, u]) for x, u in zip(box, direction, strict=True)]
        return sign_of(coefficient(self.problem.value(moved), 1))

    def _need_slopes(self, whole: list[Interval]) -> None:
        """Raise FailsError unless the gradient is certainly nowhere 0 on a box.

        It is cut across the coordinate in which the gradient may vary most, but not without end.
        """
        problem, left = self.problem, [whole]
        while left:
            box = left.pop()
            gradient = problem.gradient(box)
            middle = [Interval((v.low + v.high) // 2, (v.low + v.high) // 2) for v in gradient]
            if any(sign_of(v) for v in gradient) or self._changes(box, middle):
                continue
            spread = [
                sum(max(-v.low, v.high) for v in row) * (x.high - x.low)
                for row, x in zip(problem.hessian(box, range(problem.size)), box, strict=True)
            ]
            k = spread.index(max(spread))
            x, most = box[k], whole[k].high - whole[k].low
            hold((x.high - x.low) * FINEST > most, "the gradient may be 0 in a part of the box")
            halves = ((x.low, (x.low + x.high) // 2), ((x.low + x.high) // 2, x.high))
            left += [[*box[:k], Interval(*half), *box[k + 1 :]] for half in halves]

    def inertia(self, claim: Any) -> str:
        """The signs of the eigenvalues of the Hessian."""
        given = member(claim, "inertia", list)
        found = self.critical and self._inertia(self._vectors(claim, "null"))
        hold(found == given and sum(given) == self.problem.size, f"shown is {found}")
        return f"it is {found}"

    def kind(self, claim: Any) -> str:
        """The kind of the critical point; that (kind, by) is known was seen before."""
        kind, by = claim["kind"], claim["by"]
        if by == "cones":
            return self._by_cones(claim)
        if by == "rays":
            return self._by_rays(claim)
        if by == "level":
            return self._on_level(claim)
        if by == "slopes":
            return f"{self._convex_at_joints(claim)}; strictness open"
        if kind == "non-strict local minimum" and by == "bound":
            return f"{self._least(claim)}; {self._spread(claim)}"
        if by == "bound":
            return f"{self._least(claim)}; strictness open"
        ways: dict[str, Callable[[Any], str]] = {
            "definite": self._definite,
            "reduced curve": self._reduced,
            "manifold": self._manifold,
            "surface": self._surface,
            "curves": self._saddle,
        }
        return f"{self.critical}; {ways[by](claim)}"

    # -- points at joints

    @contextmanager
    def at_joints(self) -> Iterator[Joints]:
        """The joints at the point; the pieces that are chosen meanwhile are dropped afterwards."""
        hold(not self.problem.near, "the point given only roughly is not the one meant")
        try:
            yield Joints(self.problem)
        finally:
            self.problem.branches, self.problem.held = {}, {}

    def _multipliers(self, claim: Any) -> list[Any]:
        given = member(claim, "multipliers", list)
        return self.problem.numbers(given, len(given))

    def rest(self, claim: Any) -> str:
        """Why the gradient is 0, or the loss falls in no direction at first order."""
        if "multipliers" not in claim:
            return self.critical
        with self.at_joints() as joints:
            joints.need_balance(self._multipliers(claim))
            count = len(joints.units) + len(joints.residuals)
        return f"at {_counted(count, 'joint')} the loss falls in no direction at first order"

    def _by_cones(self, claim: Any) -> str:
        rest, rows = self.rest(claim), member(claim, "cones", list)
        right = all(isinstance(row, list) and len(row) <= self.problem.size for row in rows)
        need(right, "cones: a list of fields for each was needed")
        cones = [[self.field(field) for field in row] for row in rows]
        with self.at_joints() as joints:
            leads = joints.need_minimum(self._multipliers(claim), cones)
        if claim["kind"] == "strict local minimum":
            hold(not any(cones), "the loss is equal along a field")
        else:
            hold(leads, "no field leads from the point within its cone")
        how = (
            f"it has a minimum on {_counted(len(cones), 'cone')}"
            if cones
            else "it rises in all directions"
        )
        return f"{rest}, and {how}{', and is equal along a curve' if leads else ''}"

    def _by_rays(self, claim: Any) -> str:
        rest = self.rest({"multipliers": member(claim, "multipliers", list)})
        falling, rising = (self.ray(claim.get(word)) for word in ("falling", "rising"))
        hold((falling[1], rising[1]) == (-1, 1), "the loss does not fall and rise along the rays")
        return f"{rest}; it falls at order {falling[0]} and rises at order {rising[0]} along rays"

    def _on_level(self, claim: Any) -> str:
        """A least loss, equal along a curve from the point on which all predictions are."""
        self.problem.need_no_decay()
        least = self._convex_at_joints(claim) if "multipliers" in claim else self._least(claim)
        sides, field = member(claim, "sides", list), self.field(claim.get("field"))
        with self.at_joints() as joints:
            known = len(sides) == len(joints.walls) and all(
                type(side) is int and side in (1, -1) for side in sides
            )
            need(known, f"sides: {len(joints.walls)} times 1 or -1 were needed")
            joints.need_equal_outputs(field, dict(enumerate(sides)))
        return f"{least}; a curve of equal predictions leads from the point"

    def _convex_at_joints(self, claim: Any) -> str:
        rest = self.rest({"multipliers": member(claim, "multipliers", list)})
        hold(self._is_convex(), "the loss is not known to be convex in predictions of affine maps")
        return f"{rest}, and the loss is convex in the predictions of affine maps"

    def ray(self, direction: Any) -> tuple[int, int]:
        """Order and sign of the lowest term of the loss along w + t u, for small t > 0."""
        hold(not self.problem.near, "the point given only roughly is not the one meant")
        rest = [Fraction(0)] * (MOST_ORDER - 1)
        pairs = zip(self.exact, self._vector(direction), strict=True)
        value = self.problem.value([Germ([x, u, *rest]) for x, u in pairs])
        for order in range(1, MOST_ORDER + 1):
            sign = sign_of(coefficient(value, order))
            if sign is None:
                beyond(f"the term of order {order} along a ray has no certain sign")
            if sign:
                return order, sign
        message = f"the loss does not change along a ray up to order {MOST_ORDER}"
        raise FailsError(message)

    def _spread(self, claim: Any) -> str:
        """The loss is equal on a manifold of dimension at least 1 through the point."""
        problem = self.problem
        dimension = self.dimension(claim)
        if self.is_fit:
            dimension = problem.size - len(self.free)
            hold(dimension, "the box determines the fit")
            return f"the fits are a manifold of dimension {dimension}"
        if dimension:
            return f"the loss is equal on a manifold of dimension {dimension}"
        problem.need_no_decay()
        samples, means, _ = problem.means()
        count = len(samples) * problem.widths[-1]
        hold(count < problem.size, "no manifold of equal loss was shown")
        off = self._misfit(samples, means)(self.exact)
        hold(vanishes(off) and self._pivots[0] == count, "no manifold was shown")
        return f"equal predictions are a manifold of dimension {problem.size - count}"

    def _definite(self, claim: Any) -> str:
        wanted = int(claim["kind"] == "maximum")
        hold(self._pivots[wanted] == self.problem.size, "the Hessian was not shown to be definite")
        return f"the Hessian is {('positive', 'negative')[wanted]} definite"

    def _manifold(self, claim: Any) -> str:
        dimension = self.dimension(claim)
        hold(dimension, "a manifold of dimension at least 1 was needed")
        wanted = int(claim["kind"] == "maximum")
        definite = self._pivots[wanted] + dimension == self.problem.size
        hold(definite, "the Hessian was not shown to be definite across the manifold")
        return f"a manifold of critical points of dimension {dimension}, definite across it"

    def _saddle(self, claim: Any) -> str:
        falling = self.lowest(self._vectors(claim, "falling"))
        rising = self.lowest(self._vectors(claim, "rising"))
        hold((falling[1], rising[1]) == (-1, 1), "the curves do not fall and rise")
        if claim["kind"] == "strict saddle":
            hold(falling[0] == 2, "no direction of negative curvature")
        else:
            positive, negative, zero = self._inertia(self._vectors(claim, "null"))
            semidefinite = negative == 0 and positive + zero == self.problem.size
            hold(semidefinite, "the Hessian was not shown to be semidefinite")
        return f"the loss falls at order {falling[0]} and rises at order {rising[0]} along curves"

    def _reduced(self, claim: Any) -> str:
        """The least loss over the other coordinates, as a function of one, starts with c t^k.

        Along a curve whose coordinate `along` is w + t, where the gradient in the others is 0 up
        to t^m and the Hessian in the others is definite, that function is the loss up to t^(2m+1).
        """
        hold(len(self.free) == self.problem.size, "the loss is equal along the held directions")
        place, curve = self._place(claim.get("along")), self._vectors(claim, "curve")
        others = [i for i in range(self.problem.size) if i != place]
        block = [[self._hessian[i][j] for j in others] for i in others]
        hold(pivots(block)[0] == len(others), "the other coordinates are not certainly definite")
        hold([u[place] for u in curve] == [1] + [0] * (len(curve) - 1), "the curve bends along t")
        order, sign = self.lowest(curve)
        gradient = self.problem.along(self.exact, curve, order // 2)
        rest = [coefficient(gradient[i], k) for i in others for k in range(order // 2 + 1)]
        hold(vanishes(rest), "the curve is not where the loss is least in the other coordinates")
        hold(order % 2 == 0 and sign > 0, "the least change of the loss is not positive")
        return f"in one direction the least change of the loss is of order {order} and positive"

    def global_minimum(self, claim: Any) -> str:
        """Whether no parameters have a lower loss."""
        by = claim["by"]
        if by == "bound":
            return self._least(claim)
        if by == "rank":
            return self._best_of_rank(claim)
        if by == "better point":
            point = [
                self.problem.ring.number(v).enclose() for v in self._vector(claim.get("point"))
            ]
            lower = Interval.of(self.problem.value(point)) - Interval.of(
                self.problem.value(self.box)
            )
            hold(sign_of(lower) == -1, "the other point was not shown to have a lower loss")
            return "another point has a lower loss"
        if by == "slopes":
            return self._convex_at_joints(claim)
        if by == "slope":
            need("parameter" in claim, "slope: a parameter was needed")
            return f"{self.not_critical(claim)}, so the loss is lower nearby"
        if by == "ray":
            hold(self.ray(claim.get("falling"))[1] == -1, "the loss does not fall along the ray")
            return "the loss is lower nearby"
        falls = self.critical and self.lowest(self._vectors(claim, "falling"))[1] == -1
        hold(falls, "the loss does not fall along the curve")
        return "the loss is lower nearby"

    def _least(self, _: Any) -> str:
        """No loss is lower."""
        problem = self.problem
        if self.is_fit:
            return f"{self.critical}, and no loss is lower"
        if self._is_convex():
            return f"{self.critical}, and the loss is convex in the predictions of affine maps"
        problem.need_no_decay()
        if self.is_located:
            beyond("this bound is shown at exact points only")
        least_at_zero = problem.squares or problem.loss_name in LEAST_AT_ZERO
        if least_at_zero and vanishes([r for row in problem.residuals(self.exact) for r in row]):
            return "all residuals are 0"
        if self._is_least_everywhere():
            return "the loss is convex and least at every residual"
        if problem.squares is None:
            beyond("other bounds are known for sums of squares only")
        gap = problem.value(self.exact) - problem.means()[2] * problem.squares
        hold(vanishes([gap]), "the loss was not shown to equal a lower bound")
        return "the least loss of outputs that are equal on equal inputs"

    def _is_least_everywhere(self) -> bool:
        """Whether a convex loss has at each residual a slope, between those of both sides, of 0."""
        text = self.problem.loss_text
        if text is None or curvature(syntax(text)) not in (0, 1):
            return False
        for a in (a for row in self.problem.residuals(self.exact) for a in row):
            low, high = (sign_of(jet(branch(text, "a", a, side), a)[1]) for side in (-1, 1))
            if low not in (-1, 0) or high not in (0, 1):
                return False
        return True

    def _is_convex(self) -> bool:
        """Whether a critical point is certainly a global minimum of a linear network.

        Of one layer it is one, since predictions are affine in the parameters, and the sum of a
        convex loss and of squares is convex. Else let there be no weight decay.

        With E the slopes of the loss at the residuals, (W_L ... W_2)^T E^T [X, 1] = 0, and
        E^T X (W_{L-1} ... W_1)^T = 0 = E^T 1. If the rows of the first product, or the columns of
        the second, are independent, then E^T [X, 1] = 0: no other affine map has a lower loss,
        which is convex in the predictions.
        """
        problem = self.problem
        text = problem.loss_text  # likelihoods are convex in the outputs
        if problem.used != {"linear"} or (
            text is not None and curvature(syntax(text)) not in (0, 1)
        ):
            return False
        if len(problem.widths) == 2:
            return True
        problem.need_no_decay()
        if not problem.is_plain:
            return False
        weights = [rows for _, rows, _, _ in problem.layers(self.box)]
        above = chained(weights[1:], problem.widths[-1])
        below = columns(chained(weights[:-1], problem.widths[-2]))
        return any(map(independent, sorted((above, below), key=len)))

    def _best_of_rank(self, claim: Any) -> str:
        """A critical point at which the predictions are a best approximation of their rank.

        Let the predictions be A B X for samples X as columns, with A of full column rank r and E =
        A B X - Y, all centred where there are biases; A^T E X^T = 0 and E X^T B^T = 0. So A B = P Y
        X^T (X X^T)^-1 and S P = P S P, for the projection P to the range of A and S = Y X^T (X
        X^T)^-1 X Y^T: that range is invariant under S, and the loss is |Y|^2 - tr P S. If S - m is
        positive definite there, and S has r eigenvalues above m only, these are the r largest, and
        no predictions of rank r have a lower loss (Eckart and Young).
        """
        problem = self.problem
        problem.need_no_decay()
        problem.need_plain()
        hold(problem.squares is not None, "squares were needed")
        hold(
            problem.output_name == "linear" and len(problem.widths) > 2,
            "linear outputs of hidden units were needed",
        )
        rank, above, seen = (self._linear if problem.used == {"linear"} else self._free_features)()
        hold(self.critical and independent(above), "a product of weights may not have full rank")
        between = self._fraction(claim, "between")
        gains = [
            [v - between * (i == j) for j, v in enumerate(row)]
            for i, row in enumerate(problem.explained(seen))
        ]
        hold(
            pivots(gains) == (rank, len(gains) - rank),
            f"there are not just {rank} eigenvalues above {between}",
        )
        image = [[dot(row, a) for row in gains] for a in above]
        hold(
            pivots([[dot(a, b) for b in image] for a in above])[0] == rank,
            "the outputs do not lie along the largest eigenvalues",
        )
        return f"{self.critical}, and no predictions of rank {rank} have a lower loss"

    def _linear(self) -> tuple[int, list[list[Any]], bool]:
        """The least width of a linear network, and the columns of A = W_L ... W_{k+1} above it.

        If W_k ... W_2 has independent rows and W_{L-1} ... W_{k+1} independent columns, then the
        gradients in W_1 and W_L give A^T E X^T = 0 and E X^T B^T = 0.
        """
        widths = self.problem.widths
        weights = [rows for _, rows, _, _ in self.problem.layers(self.box)]
        rank = min(widths[1:-1])
        k = widths.index(rank, 1)
        between = columns(chained(weights[k:-1], widths[-2]))
        full = independent(between) and (k == 1 or independent(chained(weights[1:k], rank)))
        hold(full, "a product of weights may not have full rank")
        return rank, columns(chained(weights[k:], widths[-1])), True

    def _free_features(self) -> tuple[int, list[list[Any]], bool]:
        """The width of the last hidden layer, and the columns of A = W_L; X is the identity.

        If the differentials of all its features, on all samples, are independent, then the
        gradient in the parameters below gives A^T E = 0, and that in W_L gives E F = 0, B = F^T.
        """
        problem = self.problem
        *_, (end, rows, _, _) = problem.layers(self.box)
        moves = []
        for i in range(end):
            w = [Series([x, Fraction(1)]) if i == j else x for j, x in enumerate(self.box)]
            moves.append([coefficient(value, 1) for row in problem.features(w) for value in row])
        hold(independent(columns(moves)), "the features were not shown to move freely")
        return problem.widths[-2], columns(rows), False

    def eigenvalues(self, claim: Any) -> str:
        """All eigenvalues (of minus the Hessian at a maximum) are at least so large on a box."""
        bound, radius = self._fraction(claim, "at least"), self._fraction(claim, "radius")
        of = member(claim, "of", str)
        hold(
            of in ("the Hessian", "minus the Hessian"), f"eigenvalues of {short(of)} are not known"
        )
        sign = -1 if of == "minus the Hessian" else 1
        hold(bound > 0 <= radius, "a positive bound and a radius were needed")
        box = [x.widened(radius) for x in self.box]
        hessian = self.problem.hessian(box, range(self.problem.size))
        shifted = [
            [value * sign - bound * (i == j) for j, value in enumerate(row)]
            for i, row in enumerate(hessian)
        ]
        hold(pivots(shifted)[0] == len(shifted), "the bound was not shown")
        return f"they are at least {bound} within {radius} of the point in each coordinate"

    # -- paths

    def escape(self, claim: Any) -> str:
        """A path of equal loss leads from the point to others next to which the loss is lower.

        As shares move along a line to other shares of the same copies, all is split from the same
        critical point; where the line ends, the Hessian has a negative eigenvalue.
        """
        merged, shares = self.merged, member(claim, "shares", list)
        if merged is None:
            message = "units that are copies were needed"
            raise FailsError(message)
        fits = [len(row) for row in shares if isinstance(row, list)] == self.problem.widths[1:-1]
        need(fits and len(shares) == len(merged.copies) - 2, "shares: one for each unit was needed")
        units = [
            [[unit, sign, share] for (unit, sign, _), share in zip(layer, row, strict=True)]
            for layer, row in zip(merged.copies[1:-1], shares, strict=True)
        ]
        moved = Merged(self.problem, units)
        moved.box = merged.box
        falling = moved.signs[1] if self.critical and moved.signs else 0
        hold(falling, "no negative eigenvalue was shown where the path ends")
        return f"a path of equal loss leads to a saddle with {falling} negative eigenvalues"

    def path(self, claim: Any) -> str:
        """Whether a path of non-increasing loss to a fit starts near the point.

        With Z, F, G the outputs, features and pre-activations at the start, let the outputs go from
        Z to Z + t (Y - Z). A layer l whose pre-activations are to move by M gets them from the
        features F + y + p z below it, over 1 + r z, where W y = M by the chosen columns of W, and z
        is the sum of the squares of y: its weights are W (1 + r z), its biases b - p z W 1. These
        features lie in the image if a distance e of F from its ends has 4 e (p - c r) > 1 and
        4 e (d r - p) > 1, so the layer below is asked for pre-activations in turn. The layer next
        to the wide one has what is asked by its weights from the chosen columns of [F, 1].
        """
        problem = self.problem
        problem.need_no_decay()
        problem.need_plain()
        hidden = len(problem.widths) - 2
        if problem.squares is None or problem.output_name != "linear" or not problem.bias:
            beyond("paths are checked for squares, a linear output and biases")
        wide = claim.get("wide")
        hold(type(wide) is int and 0 < wide <= hidden, "wide: the number of a hidden layer")
        start = self._vector(claim.get("start"))
        hold(all(isinstance(v, Fraction) for v in start), "start: rational numbers were needed")
        within = self._fraction(claim, "within")
        gaps = [v - w for v, w in zip(start, self.box, strict=True)]
        apart = Interval.of(within**2) - dot(gaps, gaps)
        hold(within > 0 and apart.sign() == 1, "the start is not certainly near the point")
        point = [Interval.of(v) for v in start]
        features = problem.all_features(point)
        self._columns([[*row, Interval.of(1)] for row in features[wide]], claim.get("places"))
        rooms = claim.get("room")
        fits = isinstance(rooms, list) and len(rooms) == hidden - wide
        hold(fits, f"room: {hidden - wide} layers were needed")
        for k, room in enumerate(rooms, wide + 1):
            need(isinstance(room, dict), "room: an object for each layer was needed")
            need_keys(room, "room", ("columns", "margin", "factor", "shift"))
            self._columns(problem.layers(point)[k][1], room.get("columns"))
            self._has_room(features[k], room)
        return f"from within {within} of the point to loss 0, by (1 - t)^2 times that at the start"

    @staticmethod
    def _columns(rows: Sequence[Sequence[Any]], places: Any) -> None:
        """Raise FailsError unless these columns, counted from 0, are certainly a basis."""
        known = isinstance(places, list) and all(
            type(i) is int and 0 <= i < len(rows[0]) for i in places
        )
        different = known and len(set(places)) == len(places)
        hold(different and len(places) == len(rows), "as many columns as rows were needed")
        inverse([[row[i] for i in places] for row in rows])

    def _has_room(self, features: Sequence[Sequence[Interval]], room: Any) -> None:
        """Raise FailsError unless features that move as claimed certainly stay in the image."""
        if self.problem.hidden_name not in IMAGES:
            beyond("the image of the activation is not known here")
        margin, factor, shift = (self._fraction(room, key) for key in ("margin", "factor", "shift"))
        hold(margin > 0 and factor >= 0, "margin > 0 and factor >= 0 were needed")
        for end, side in zip(IMAGES[self.problem.hidden_name], (1, -1), strict=True):
            if end is None:
                continue
            hold(4 * margin * side * (shift - end * factor) > 1, "there is no room in the image")
            for x in (x for row in features for x in row):
                hold(((x - end) * side - margin).sign() == 1, "the margin is not certainly there")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


class Line(NamedTuple):
    """What was found about one claim: holds, fails or not covered, and why."""

    outcome: str
    claim: str
    why: str

    def __str__(self) -> str:
        return f"{self.outcome:<12} {self.claim}; {self.why}"


CLAIMS: dict[str, Callable[[Checker, Any], str]] = {
    "loss": Checker.loss,
    "critical": lambda checker, claim: checker.rest(claim),
    "not critical": Checker.not_critical,
    "inertia": Checker.inertia,
    "kind": Checker.kind,
    "global minimum": Checker.global_minimum,
    "eigenvalues": Checker.eigenvalues,
    "none near": Checker.none_near,
    "infimum": Checker.infimum,
    "path": Checker.path,
    "escape": Checker.escape,
}


def opened(data: Any) -> Checker:
    """What checks the claims of a certificate. Raises BadFileError: its problem is not read."""
    try:
        return Checker(data)
    except (BeyondError, ArithmeticError, RecursionError) as error:
        message = f"the problem is not read: {error}"
        raise BadFileError(message) from error


def verify(text: str) -> list[Line]:
    """One line for each claim. Raises BadFileError: the text is no certificate."""
    need(len(text) <= MOST_CHARACTERS, f"at most {MOST_CHARACTERS} characters are read")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_once,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        message = f"JSON was needed, got {type(error).__name__}"
        raise BadFileError(message) from error
    need(member(data, "schema", str) == SCHEMA, f"the schema {SCHEMA} was needed")
    version = member(data, "version", str)
    need(re.fullmatch(r"[0-9a-z.+]{1,40}", version), "a version was needed")
    claims = member(data, "claims", list)
    need(0 < len(claims) <= MOST_CLAIMS, f"1 to {MOST_CLAIMS} claims were needed")
    need_keys(data, "certificate", KEYS["certificate"].split())
    for claim in claims:
        need(member(claim, "claim", str) in CLAIMS, f"claims are {', '.join(CLAIMS)}")
    need_consistent(claims)
    checker = opened(data)
    lines = [checked(checker, claim) for claim in claims]
    if not {"kind", "not critical", "none near"} & {claim["claim"] for claim in claims}:
        lines.append(Line("not claimed", "kind", "what kind of point it is, nobody says"))
    return lines


def need_consistent(claims: Sequence[Any]) -> None:
    """Raise BadFileError where two claims of one certificate cannot both be true."""
    names = [claim["claim"] for claim in claims]
    often = any(names.count(name) > 1 + (name == "eigenvalues") for name in names)
    need(not often, "each claim once was needed, and eigenvalues at most twice")
    said = {claim["claim"]: claim.get(STATED.get(claim["claim"], "")) for claim in claims}
    kind, answer, inertia = said.get("kind"), said.get("global minimum"), said.get("inertia")
    at_rest = {"critical", "kind", "inertia"} & set(names)
    moving = {"not critical", "none near"} & set(names)
    need(not (at_rest and moving), "it is claimed to be critical, and not")
    counts = isinstance(inertia, list) and all(type(n) is int for n in inertia)
    need(inertia is None or (counts and len(inertia) == 3), "inertia: three counts were needed")
    positive, negative, zero = inertia or (None, None, None)
    clash = (
        (answer == "yes" and kind is not None and kind not in MINIMA)
        or (answer == "yes" and (moving or {"escape", "infimum"} & set(names)))
        or ("escape" in names and (moving or kind == "strict local minimum"))
        or (negative and kind in (*MINIMA, "saddle"))
        or (positive and kind == "maximum")
        or (negative == 0 and kind == "strict saddle")
        or (zero == 0 and kind in ("non-strict local minimum", "local minimum", "saddle"))
    )
    need(not clash, "claims of the certificate contradict each other")


def checked(checker: Checker, claim: Any) -> Line:
    """What is found about one claim. Raises BadFileError: it says something that nobody checks."""
    name = claim["claim"]
    stated = claim.get(STATED.get(name, ""))
    label = f"{name}: {printable(stated)}" if isinstance(stated, str) else name
    checker.renew()
    try:
        if "not covered" in claim:
            more = [word for words in WITNESSES[name].values() for word in words]
            need_keys(claim, name, ("claim", "not covered", STATED.get(name, "claim"), *more))
            beyond(printable(member(claim, "not covered", str)))
        ways = WITNESSES[name]
        way = () if () in ways else (member(claim, STATED[name], str), member(claim, "by", str))
        hold(way in ways, f"{short(' '.join(way[-1:]))} does not show {short(' '.join(way[:1]))}")
        by = (STATED[name], "by") if way else ()
        need_keys(claim, name, ("claim", *by, *ways[way]))
        if checker.problem.near and name not in ("none near", "infimum"):
            hold(checker.critical, "the point was not located")
        return Line("holds", label, CLAIMS[name](checker, claim))
    except FailsError as error:
        return Line("fails", label, str(error))
    except (BeyondError, ArithmeticError, LookupError, RecursionError) as error:
        return Line("not covered", label, str(error))
    except (AttributeError, TypeError, ValueError) as error:  # a hostile file ends in an answer too
        return Line("not covered", label, f"it cannot be computed: {short(str(error))}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(dict(pairs)) == len(pairs), "each key once was needed")
    return dict(pairs)


def _integer(text: str) -> int:
    need(len(text) <= MOST_DIGITS, f"numbers of at most {MOST_DIGITS} digits were needed")
    return int(text)


def _no_number(text: str) -> NoReturn:
    message = f"exact numbers were needed, got {short(text)}"
    raise BadFileError(message)


def status(lines: Sequence[Line]) -> int:
    """0 where all claims hold, 1 where one fails, else 3."""
    outcomes = {line.outcome for line in lines}
    return 1 if "fails" in outcomes else 3 if "not covered" in outcomes else 0


def verify_file(path: str) -> list[Line]:
    """One line for each claim of a file. Raises BadFileError: it holds no certificate."""
    try:
        with open(path, encoding="utf-8") as file:
            return verify(file.read(MOST_CHARACTERS + 1))
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "it is no text in UTF-8"
        message = f"{path}: a readable file was needed, got: {cause}"
        raise BadFileError(message) from error
    except BadFileError as error:
        message = f"{path}: {error}"
        raise BadFileError(message) from error


def main(arguments: Sequence[str]) -> int:
    """Prints the lines of a file. The exit status is that of `status`, or 2 for a bad file."""
    try:
        need(len(arguments) == 1, "usage: python -I verifier.py FILE")
        lines = verify_file(arguments[0])
    except BadFileError as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
