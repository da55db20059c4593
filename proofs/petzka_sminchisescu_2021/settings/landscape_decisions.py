"""Definition 1: what settles whether a region of a polynomial is attracting, or non-attracting.

Where all monomials have one positive degree k in some coordinate, scaling it by s scales the
polynomial by s^k. So from a point with a negative value one can go down by scaling up, and from any
other one down to 0, at 0 in that coordinate, where the polynomial is 0 throughout; if it is negative
somewhere, then from every point a path leads lower, and no path ends lowest.
Where no monomial has an odd degree or a negative coefficient, the polynomial is not negative.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import flint

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.arithmetic.sturm import count_roots, sign_at
from symbolic_landscape.errors import DomainError
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.term import Term, num, term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

VALUES = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(-2))
"""The coordinates of points that are looked at."""
Monomials = Mapping[tuple[int, ...], Fraction]
"""Coefficients by the degrees in the coordinates."""


def _monomials(function: Any) -> Monomials:
    """The monomials of a polynomial of a vector. Raises DomainError for other functions."""
    tree = getattr(function, "term", None)
    if not isinstance(tree, Term) or tree.head != "lam":
        message = f"{function!r} is no polynomial that is known"
        raise DomainError(message)
    place, body = tree.args
    values = dict(getattr(function, "values", ()))
    sizes = [values.get(size, size.name) for size in place.args[0].args]
    if not isinstance(sizes[0], (int, Fraction)) or sizes[1] != 1:
        message = f"{function!r} is no function of a vector of a known length"
        raise DomainError(message)
    length = int(sizes[0])
    units = [term("entry", place, num(i), num(1)) for i in range(1, length + 1)]
    found: dict[tuple[int, ...], Fraction] = {}
    for (atoms, word), c in Normal().poly(body).items():
        degrees = tuple(sum(atom is unit for atom in atoms) for unit in units)
        if word or sum(degrees) < len(atoms):
            message = f"{function!r} is no polynomial in its coordinates"
            raise DomainError(message)
        found[degrees] = c
    if not found:
        message = "the function is 0 everywhere"
        raise DomainError(message)
    return found


def _value(monomials: Monomials, point: tuple[Fraction, ...]) -> Fraction:
    total = Fraction(0)
    for degrees, c in monomials.items():
        for x, k in zip(point, degrees, strict=True):
            c *= x**k
        total += c
    return total


def _scaled(monomials: Monomials) -> tuple[int, tuple[Fraction, ...]] | None:
    """A coordinate of one positive degree, and a point with a negative value; None without."""
    length = len(next(iter(monomials)))
    for i in range(length):
        powers = {degrees[i] for degrees in monomials}
        if len(powers) == 1 and min(powers) > 0:
            for point in product(VALUES, repeat=length):
                if _value(monomials, point) < 0:
                    return i, point
    return None


def attracting(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where no path along which the polynomial does not rise ends lowest; else UNDECIDED."""
    function, _region = arguments
    try:
        found = _scaled(_monomials(function))
    except DomainError as cause:
        return undecided(str(cause))
    if found is None:
        return undecided("whether some path ends lowest is not known")
    i, point = found
    said = (
        f"scaling coordinate {i + 1} scales the function, which is negative at "
        f"({', '.join(map(str, point))}): a path leads lower from every point, so none ends lowest"
    )
    return holds(Evidence.EXACT, said)


def non_attracting(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where a path leads down from a point of the region, FAILS where nothing is lower."""
    function, region, value = arguments
    try:
        monomials = _monomials(function)
        level = value.rational() if hasattr(value, "rational") else Fraction(value)
    except DomainError as cause:
        return undecided(str(cause))
    lowest = monomials.get((0,) * len(next(iter(monomials))), Fraction(0))
    if level <= lowest and all(
        not any(k % 2 for k in degrees) and (c >= 0 or not any(degrees))
        for degrees, c in monomials.items()
    ):
        return fails(Evidence.EXACT, f"no value is lower than {level}")
    found = _scaled(monomials)
    if found is None or level != 0:
        return undecided("whether a path leads down from the region is not known")
    i, point = found
    for start in product(VALUES, repeat=len(point)):
        column = matrix_of([[x] for x in start], "point")
        if start[i] == 0 and region(column).is_holds:
            said = (
                f"from ({', '.join(map(str, start))}) in the region the function stays 0 up to "
                f"coordinate {i + 1} of ({', '.join(map(str, point))}), and falls from there"
            )
            return holds(Evidence.EXACT, said)
    return undecided("no point of the region is known at which the function is 0")


def _bounds(region: Any, i: int) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a segment of the plane on which coordinate i + 1 is 0; None for infinity.

    Raises DomainError where the region is not given by that equation and strict bounds.
    """
    tree = getattr(getattr(region, "args", (None,))[0], "term", None)
    if not isinstance(tree, Term) or tree.head != "lam":
        message = "the region is not given by a formula"
        raise DomainError(message)
    place, body = tree.args
    units = [term("entry", place, num(k), num(1)) for k in (1, 2)]
    low: Fraction | None = None
    high: Fraction | None = None
    zero = False
    for part in body.args if body.head == "and" else (body,):
        below, above = _number(part.args[0]), _number(part.args[-1])
        if part is term("eq", units[i], num(0)):
            zero = True
        elif part.head == "lt" and part.args[1] is units[1 - i] and below is not None:
            low = below if low is None else max(low, below)
        elif part.head == "lt" and part.args[0] is units[1 - i] and above is not None:
            high = above if high is None else min(high, above)
        else:
            zero = False
            break
    if not zero:
        message = f"the region is no segment on which coordinate {i + 1} is 0"
        raise DomainError(message)
    return low, high


def _number(t: Term) -> Fraction | None:
    return t.name if t.head == "num" and isinstance(t.name, Fraction) else None


def region_of_minima(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS for x^k g(z) with k even and g positive on a segment of the line x = 0; else open.

    FAILS where the polynomial has another value at some point of the region.
    """
    function, region, value = arguments
    try:
        monomials = _monomials(function)
        level = value.rational() if hasattr(value, "rational") else Fraction(value)
        length = len(next(iter(monomials)))
        for point in product(VALUES, repeat=length):
            column = matrix_of([[x] for x in point], "point")
            if region(column).is_holds and _value(monomials, point) != level:
                said = f"at ({', '.join(map(str, point))}) in the region the value is not {level}"
                return fails(Evidence.EXACT, said)
        for i in range(length):
            powers = {degrees[i] for degrees in monomials}
            if length != 2 or level or len(powers) > 1 or min(powers) % 2 or not min(powers):
                continue
            low, high = _bounds(region, i)
            factor = flint.fmpq_poly()
            for degrees, c in monomials.items():
                power = flint.fmpq_poly([0] * degrees[1 - i] + [1])
                factor += power * flint.fmpq(c.numerator, c.denominator)
            if _is_positive(factor, low, high):
                said = f"coordinate {i + 1} to the power {min(powers)}, times a factor that is positive there"
                return holds(Evidence.EXACT, said)
    except DomainError as cause:
        return undecided(str(cause))
    return undecided("whether the region consists of local minima is not known")


def _is_positive(factor: flint.fmpq_poly, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether a polynomial is positive between two numbers, which may be zeros of it."""
    ends = sum(end is not None and sign_at(factor, end) == 0 for end in (low, high))
    start, end = (low if low is not None else (high or 1) - 1), high
    middle = (start + end) / 2 if end is not None else start + 1
    return count_roots(factor, low, high) == ends and sign_at(factor, Fraction(middle)) > 0
