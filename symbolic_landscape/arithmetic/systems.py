"""All solutions of polynomial systems with finitely many, exactly.

Objects: Solutions, InfinitelyManyError.
Functions: solve_system, solutions_are, values_on_solutions, polynomial_field.

Notation: A = Q[x] / I the quotient by the ideal of the system, of finite dimension; M_v the matrix
of multiplication by v in A; l a linear form that takes different values at all solutions.

Design notes. A Groebner basis (SymPy, exact over Q) gives A. The distinct complex solutions are as
many as the rank of the form Tr(M_v M_w), the real ones as its signature (Hermite). The points come
from the characteristic polynomial of M_l by Rouillier's trace formulas, as elements of number
fields; each is put into the system again, and their number must agree with the signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import prod
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.algebraic import NumberField, square_root
from symbolic_landscape.arithmetic.decisions import distinct, vanishes
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.rational_functions import FractionField, terms_of
from symbolic_landscape.arithmetic.scalars import Scalar, common_field, fraction
from symbolic_landscape.arithmetic.sturm import isolate_roots, squarefree
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.matrices import Matrix

MOST_DIMENSIONS = 80
"""The largest dimension of A that is worked with."""
MOST_ELIMINATED = 400
"""Largest product of degrees of a system from which variables are eliminated."""
ORDER_BITS = 256
"""Precision of the balls by which roots are put in order."""

Monomial = tuple[int, ...]
Point = tuple[Scalar, ...]


class InfinitelyManyError(DomainError):
    """A polynomial system has infinitely many complex solutions."""


@dataclass(frozen=True)
class Solutions:
    """The solutions of a system in the symbols `names`.

    `points` are the real ones, exact; `complex_count` counts the distinct complex ones, and
    `with_multiplicity` all of them with their multiplicities.
    """

    names: tuple[str, ...]
    points: tuple[Point, ...]
    complex_count: int
    with_multiplicity: int


@dataclass(frozen=True)
class _Algebra:
    """A: the monomials that span it, and the multiplication matrix of each symbol."""

    basis: tuple[Monomial, ...]
    letters: tuple[Matrix, ...]

    def of_monomial(self, monomial: Monomial) -> Matrix:
        """The multiplication matrix of a monomial."""
        product = QQ.identity(len(self.basis))
        for letter, exponent in zip(self.letters, monomial, strict=True):
            for _ in range(exponent):
                product = product @ letter
        return product


def solve_system(system: Sequence[Scalar]) -> Solutions:
    """All solutions of p = 0 for the polynomials p of the system, elements of Q(x, y, ...).

    Raises DomainError if they are no polynomials over Q, or have infinitely many solutions.

    >>> from symbolic_landscape.arithmetic import RationalFunctions
    >>> field = RationalFunctions(("x", "y"))
    >>> x, y = field.generator("x"), field.generator("y")
    >>> found = solve_system([x**2 + y**2 - 2, x - y])
    >>> len(found.points), found.complex_count
    (2, 2)
    """
    field = polynomial_field(system)
    algebra = _algebra(system, field)
    size = len(algebra.basis)
    if size == 0:
        return Solutions(field.names, (), 0, 0)
    matrices = [algebra.of_monomial(monomial) for monomial in algebra.basis]
    traces = QQ.matrix([[matrix.trace() for matrix in matrices]])
    form = QQ.from_raw([(traces @ matrix).raw_rows()[0] for matrix in matrices])
    positive, negative, zero = form.inertia()
    points = _points(algebra, size - zero)
    for point in points:
        _check(system, field, point)
    if len(points) != positive - negative:
        message = f"{len(points)} real solutions were found, but {positive - negative} are counted"
        raise DomainError(message)
    return Solutions(field.names, points, size - zero, size)


def polynomial_field(system: Sequence[Scalar]) -> FractionField:
    """The one field Q(x, ...) of all polynomials of the system. Raises DomainError otherwise."""
    for value in system:
        field = value.field
        if (
            not isinstance(field, FractionField)
            or len(field.free_symbols) != len(field.names)
            or not value.raw[1].is_constant()
            or field != system[0].field
        ):
            message = f"polynomials in one Q(x, ...) were needed, got {value} of {field.name}"
            raise DomainError(message)
    if not system or not isinstance(system[0].field, FractionField):
        message = "a system needs at least one polynomial, got none"
        raise DomainError(message)
    return system[0].field


def _algebra(system: Sequence[Scalar], field: FractionField) -> _Algebra:
    """The quotient of the polynomials by the ideal of the system, by a Groebner basis."""
    import sympy

    symbols = sympy.symbols(field.names)
    polynomials = _sympy_polynomials(system, symbols)
    if not polynomials:
        message = "a system of zero polynomials has infinitely many solutions"
        raise InfinitelyManyError(message)
    basis = sympy.groebner(polynomials, *symbols, order="grevlex", domain="QQ")
    leading = [tuple(max(poly.monoms(), key=sympy.grevlex)) for poly in basis.polys]
    spanning = _standard_monomials(leading, len(symbols))
    places = {monomial: i for i, monomial in enumerate(spanning)}
    letters = []
    for k in range(len(symbols)):
        columns = []
        for monomial in spanning:
            shifted = tuple(e + (i == k) for i, e in enumerate(monomial))
            columns.append(_coordinates(basis, shifted, places, symbols))
        letters.append(QQ.from_raw([list(row) for row in columns], width=len(spanning)).T)
    return _Algebra(tuple(spanning), tuple(letters))


def _sympy_polynomials(system: Sequence[Scalar], symbols: Sequence[Any]) -> list[Any]:
    """The polynomials that are not 0, with SymPy, up to factors."""
    import sympy

    return [
        sympy.Poly.from_dict(dict(terms_of(value.raw[0])), *symbols, domain="QQ")
        for value in system
        if not value.is_zero
    ]


def values_on_solutions(system: Sequence[Scalar], value: Scalar) -> tuple[Scalar, ...]:
    """The real numbers among the values of a polynomial at the complex solutions of a system.

    There may be infinitely many solutions, as long as the polynomial takes finitely many values on
    them: these are the roots of the generator of the ideal of the system in the value alone.
    Raises DomainError: these are no polynomials, or the polynomial takes infinitely many values.

    >>> from symbolic_landscape.arithmetic import RationalFunctions
    >>> field = RationalFunctions(("x", "y"))
    >>> x, y = field.generator("x"), field.generator("y")
    >>> [str(root) for root in values_on_solutions([x * y * (x * y - 2)], x * y + 1)]
    ['1', '3']
    """
    field = polynomial_field([*system, value])
    try:
        algebra = _algebra(system, field)
    except InfinitelyManyError:
        polynomial = _eliminated(system, value, field)
    else:
        polynomial = _of_value(algebra, value)
    roots: list[Scalar] = []
    for factor, _ in squarefree(polynomial).numer().factor()[1]:
        irreducible = flint.fmpq_poly(factor)
        roots += [_root(irreducible, *ends) for ends in isolate_roots(irreducible)]
    return tuple(sorted(roots, key=lambda root: root.enclose(ORDER_BITS).mid()))


def _of_value(algebra: _Algebra, value: Scalar) -> flint.fmpq_poly:
    """The characteristic polynomial of the multiplication by a polynomial in A."""
    if not algebra.basis:
        return flint.fmpq_poly([1])
    size = len(algebra.basis)
    matrix = QQ.zeros(size, size)
    for monomial, coefficient in terms_of(value.raw[0]):
        matrix = matrix + algebra.of_monomial(monomial).scale(coefficient)
    bottom = int(value.raw[1].leading_coefficient())
    return matrix.scale(Fraction(1, bottom)).raw.charpoly()


def _eliminated(system: Sequence[Scalar], value: Scalar, field: FractionField) -> flint.fmpq_poly:
    """The generator of the ideal of (system, v - value) in v alone."""
    import sympy

    degrees = [max(poly.raw[0].total_degree(), 1) for poly in system]
    if prod(degrees) > MOST_ELIMINATED:
        message = (
            f"elimination: degrees with a product of at most {MOST_ELIMINATED} were needed, "
            f"got {prod(degrees)}"
        )
        raise DomainError(message)
    symbols = sympy.symbols(field.names)
    name = sympy.Dummy("v")
    bottom = sympy.Integer(int(value.raw[1].leading_coefficient()))
    top = sympy.Poly.from_dict(dict(terms_of(value.raw[0])), *symbols, domain="QQ")
    given = [poly.as_expr() for poly in _sympy_polynomials(system, symbols)]
    equations = [*given, bottom * name - top.as_expr()]
    basis = sympy.groebner(equations, *symbols, name, order="lex", domain="QQ")
    alone = [poly for poly in basis.exprs if poly.free_symbols <= {name}]
    if not alone:
        message = f"{value} takes infinitely many values on the solutions of the system"
        raise DomainError(message)
    coefficients = sympy.Poly(alone[0], name, domain="QQ").all_coeffs()
    return flint.fmpq_poly([flint.fmpq(int(c.p), int(c.q)) for c in reversed(coefficients)])


def _standard_monomials(leading: Sequence[Monomial], symbols: int) -> list[Monomial]:
    """The monomials that no leading monomial divides. Raises DomainError if there are too many."""
    for k in range(symbols):
        if not any(all(not e for i, e in enumerate(m) if i != k) for m in leading):
            message = "the system has infinitely many solutions, or none that are isolated"
            raise InfinitelyManyError(message)
    found: list[Monomial] = []
    work = [(0,) * symbols]
    seen = set(work)
    while work:
        monomial = work.pop()
        if any(all(a <= b for a, b in zip(m, monomial, strict=True)) for m in leading):
            continue
        found.append(monomial)
        if len(found) > MOST_DIMENSIONS:
            message = f"the system has more than {MOST_DIMENSIONS} solutions with multiplicity"
            raise DomainError(message)
        for k in range(symbols):
            larger = tuple(e + (i == k) for i, e in enumerate(monomial))
            if larger not in seen:
                seen.add(larger)
                work.append(larger)
    return sorted(found)


def _coordinates(
    basis: Any, monomial: Monomial, places: dict[Monomial, int], symbols: Any
) -> list[flint.fmpq]:
    """The coordinates of a monomial in A."""
    import sympy

    row = [flint.fmpq(0)] * len(places)
    if monomial in places:
        row[places[monomial]] = flint.fmpq(1)
        return row
    power = sympy.Mul(*(s**e for s, e in zip(symbols, monomial, strict=True)))
    rest = sympy.Poly(basis.reduce(power)[1], *symbols, domain="QQ")
    for exponents, coefficient in rest.terms():
        if coefficient:
            place = places[tuple(exponents)]
            row[place] = flint.fmpq(int(coefficient.p), int(coefficient.q))
    return row


def _points(algebra: _Algebra, complex_count: int) -> tuple[Point, ...]:
    """The real solutions, by a linear form that separates all solutions."""
    for seed in count(1):
        weights = [seed**k for k in range(len(algebra.letters))]
        matrix = QQ.zeros(len(algebra.basis), len(algebra.basis))
        for weight, letter in zip(weights, algebra.letters, strict=True):
            matrix = matrix + letter.scale(weight)
        minimal = squarefree(matrix.raw.charpoly())
        if minimal.degree() == complex_count:
            break
    numerators = [_trace_polynomial(algebra, matrix, minimal, None)]
    numerators += [
        _trace_polynomial(algebra, matrix, minimal, letter) for letter in algebra.letters
    ]
    points: list[Point] = []
    for factor, _ in minimal.numer().factor()[1]:
        irreducible = flint.fmpq_poly(factor)
        for lower, upper in isolate_roots(irreducible):
            theta = _root(irreducible, lower, upper)
            bottom, *tops = (_evaluated(part, theta) for part in numerators)
            points.append(tuple(top / bottom for top in tops))
    return tuple(points)


def _trace_polynomial(
    algebra: _Algebra, form: Matrix, minimal: flint.fmpq_poly, letter: Matrix | None
) -> flint.fmpq_poly:
    """The polynomial g with g(l(p)) = multiplicity(p) v(p) minimal'(l(p)) at every solution p.

    v is the symbol whose multiplication matrix is `letter`, or 1 for None.
    """
    degree = minimal.degree()
    power = QQ.identity(len(algebra.basis)) if letter is None else letter
    total = flint.fmpq_poly([])
    for i in range(degree):
        tail = flint.fmpq_poly([minimal[k] for k in range(i + 1, degree + 1)])
        total += tail * power.trace().raw
        power = power @ form
    return total


def _root(polynomial: flint.fmpq_poly, lower: Fraction, upper: Fraction) -> Scalar:
    """The root of an irreducible polynomial strictly between two rationals, or its only root."""
    if polynomial.degree() == 1:
        return QQ.scalar(-fraction(polynomial[0] / polynomial[1]))
    if polynomial.degree() == 2:
        c, b, a = (fraction(value) for value in polynomial.coeffs())
        surd = square_root(b * b - 4 * a * c)
        first, second = (-b - surd) / (2 * a), (-b + surd) / (2 * a)
        return first if lower < first < upper else second
    coefficients = [fraction(value) for value in polynomial.coeffs()]
    return NumberField(coefficients, lower, upper).theta


def _evaluated(polynomial: flint.fmpq_poly, point: Scalar) -> Scalar:
    total = point.field.scalar(0)
    for coefficient in reversed(polynomial.coeffs()):
        total = total * point + fraction(coefficient)
    return total


def _value(value: Scalar, point: Sequence[Scalar]) -> Scalar:
    """The numerator of a polynomial at a point."""
    total = QQ.scalar(0)
    for monomial, coefficient in terms_of(value.raw[0]):
        term = QQ.scalar(coefficient)
        for coordinate, exponent in zip(point, monomial, strict=True):
            term = term * coordinate**exponent
        total = total + term
    return total


def _check(system: Sequence[Scalar], field: FractionField, point: Point) -> None:
    for value in system:
        if not _value(value, point).is_zero:
            message = f"{point} was found in {field.name} but is no zero of {value}"
            raise DomainError(message)


def solutions_are(
    system: Sequence[Scalar], points: Sequence[Sequence[Scalar | Fraction | int]]
) -> Verdict:
    """Whether these points are all the real solutions of the system, each listed once.

    Raises ShapeError for a point of another dimension, DomainError as `solve_system` does.
    """
    listed = [tuple(_scalar(value) for value in point) for point in points]
    names = polynomial_field(system).names
    if any(len(point) != len(names) for point in listed):
        message = f"points in ({', '.join(names)}) were needed, got {points}"
        raise ShapeError(message)
    return _solutions_are(system, listed)


def _scalar(value: Scalar | Fraction | int) -> Scalar:
    return value if isinstance(value, Scalar) else QQ.scalar(value)


def _solutions_are(system: Sequence[Scalar], points: Sequence[Point]) -> Verdict:
    for point in points:
        for value in system:
            verdict = vanishes(_value(value, point))
            if not verdict.is_holds:
                return verdict.because(f"{value} at {_shown(point)}: {verdict.reason}")
    parts = distinct([_column(point) for point in points])
    if not parts.is_holds:
        return parts
    found = len(solve_system(system).points)
    reason = f"{len(points)} distinct points solve the system, which has {found} real solutions"
    return (holds if found == len(points) else fails)(Evidence.EXACT, reason)


def _column(point: Point) -> Matrix:
    field: Field = QQ
    for value in point:
        field = common_field(field, value.field)
    return field.column(point)


def _shown(point: Point) -> str:
    return f"({', '.join(map(str, point))})"
