"""Real roots, signs and slopes on intervals, against SymPy's root isolation and plain values."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import flint
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    ExponentialField,
    Interval,
    NumberField,
    RationalFunctions,
    Scalar,
    count_roots,
    isolate_roots,
    nondecreasing_on,
    nonincreasing_on,
    nonnegative_on,
    nonnegative_on_box,
    positive_near,
    positive_on,
    positive_on_box,
    real_function,
    root_count_is,
    solutions_are,
    solve_system,
    strictly_decreasing_on,
    strictly_increasing_on,
    systems,
)
from symbolic_landscape.arithmetic.polynomials import roots_on, sample_points
from symbolic_landscape.arithmetic.sturm import root_bound, sign_at, squarefree
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Verdict

X = RationalFunctions(("x",)).generator("x")
LINE = Interval()
UNIT = Interval(Fraction(0), Fraction(1))

roots_and_units = st.tuples(
    st.lists(st.fractions(min_value=-3, max_value=3, max_denominator=3), max_size=4),
    st.lists(st.sampled_from([(1, 0, 1), (2, -2, 1), (-2, 0, 1), (-1, 0, -1)]), max_size=2),
)


def product(parts: tuple[list[Fraction], list[tuple[int, ...]]]) -> flint.fmpq_poly:
    """The product of x - r for the rational roots, and of some quadratics."""
    result = flint.fmpq_poly([3])
    for root in parts[0]:
        result *= flint.fmpq_poly([flint.fmpq(-root.numerator, root.denominator), 1])
    for unit in parts[1]:
        result *= flint.fmpq_poly(list(unit))
    return result


def coefficients(polynomial: flint.fmpq_poly) -> list[Fraction]:
    return [Fraction(int(c.p), int(c.q)) for c in polynomial.coeffs()]


def value_at(polynomial: flint.fmpq_poly, point: Fraction) -> Fraction:
    value = polynomial(flint.fmpq(point.numerator, point.denominator))
    return Fraction(int(value.p), int(value.q))


def as_sympy(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


ends = st.none() | st.fractions(min_value=-4, max_value=4, max_denominator=3)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    if low is not None and low == high:
        open_low = open_high = False
    return Interval(low, high, open_low, open_high)


def grid(interval: Interval) -> list[Fraction]:
    """Points of the interval, among them all possible rational roots."""
    points = [Fraction(k, 12) for k in range(-72, 73)]
    return [
        p
        for p in points
        if (interval.lower is None or p > interval.lower or interval.has_end(p))
        and (interval.upper is None or p < interval.upper or interval.has_end(p))
        and (p not in (interval.lower, interval.upper) or interval.has_end(p))
    ]


@given(parts=roots_and_units, interval=intervals())
@settings(max_examples=60, deadline=None)
def test_root_counts_agree_with_the_factors(
    parts: tuple[list[Fraction], list[tuple[int, ...]]], interval: Interval
) -> None:
    polynomial = product(parts)
    rational_roots = set(parts[0])
    surds = (-2, 0, 1) in parts[1]
    expected = sum(
        (interval.lower is None or root > interval.lower or interval.has_end(root))
        and (interval.upper is None or root < interval.upper or interval.has_end(root))
        for root in rational_roots
    )
    if surds:
        for sign in (-1, 1):
            low, high = interval.lower, interval.upper
            above = low is None or sign * 2 > low * abs(low)
            expected += above and (high is None or sign * 2 < high * abs(high))
    assert roots_on(polynomial, interval) == expected
    assert root_count_is(coefficients(polynomial), expected, interval).is_holds
    assert root_count_is(coefficients(polynomial), expected + 1, interval).is_fails


@given(parts=roots_and_units)
@settings(max_examples=40, deadline=None)
def test_isolation_agrees_with_sympy(
    parts: tuple[list[Fraction], list[tuple[int, ...]]],
) -> None:
    polynomial = product(parts)
    symbol = sympy.Symbol("t")
    expression = sympy.Poly(list(map(as_sympy, reversed(coefficients(polynomial)))), symbol)
    expected = sorted(set(sympy.real_roots(expression))) if expression.degree() > 0 else []
    found = isolate_roots(polynomial, width=Fraction(1, 8))
    assert len(found) == len(expected) == count_roots(polynomial)
    for (a, b), root in zip(found, expected, strict=True):
        assert as_sympy(a) <= root <= as_sympy(b)
        assert b - a <= Fraction(1, 8)
        assert (a == b) == (sign_at(polynomial, a) == 0)
        assert abs(root) < root_bound(polynomial)
    assert squarefree(polynomial).degree() <= polynomial.degree()


@given(parts=roots_and_units, interval=intervals())
@settings(max_examples=60, deadline=None)
def test_sample_points_meet_every_sign(
    parts: tuple[list[Fraction], list[tuple[int, ...]]], interval: Interval
) -> None:
    polynomial = product(parts)
    points = sample_points(polynomial, interval)
    assert points == sorted(points)
    for point in points:
        assert interval.lower is None or interval.lower <= point
        assert interval.upper is None or point <= interval.upper
        if interval.lower is None or interval.lower != interval.upper:
            assert value_at(polynomial, point) != 0
            assert point not in (interval.lower, interval.upper)
    seen = {value_at(polynomial, point) > 0 for point in points}
    inner = [p for p in grid(interval) if value_at(polynomial, p) != 0]
    assert {value_at(polynomial, p) > 0 for p in inner} <= seen


@given(parts=roots_and_units, interval=intervals())
@settings(max_examples=60, deadline=None)
def test_signs_agree_with_values_on_a_grid(
    parts: tuple[list[Fraction], list[tuple[int, ...]]], interval: Interval
) -> None:
    polynomial = product(parts)
    values = [value_at(polynomial, point) for point in grid(interval)]
    above = positive_on(coefficients(polynomial), interval)
    weakly = nonnegative_on(coefficients(polynomial), interval)
    assert not above.is_undecided
    assert not weakly.is_undecided
    if above.is_holds:
        assert weakly.is_holds
        assert all(value > 0 for value in values)
    if weakly.is_holds:
        assert all(value >= 0 for value in values)
    if any(value < 0 for value in values):
        assert weakly.is_fails
    if any(value <= 0 for value in values):
        assert above.is_fails


@given(parts=roots_and_units, interval=intervals())
@settings(max_examples=40, deadline=None)
def test_monotonicity_agrees_with_values_on_a_grid(
    parts: tuple[list[Fraction], list[tuple[int, ...]]], interval: Interval
) -> None:
    listed = coefficients(product(parts))
    values = [value_at(product(parts), point) for point in grid(interval)]
    pairs = list(pairwise(values))
    up, down = nondecreasing_on(listed, interval), nonincreasing_on(listed, interval)
    strictly_up = strictly_increasing_on(listed, interval)
    strictly_down = strictly_decreasing_on(listed, interval)
    if up.is_holds:
        assert all(a <= b for a, b in pairs)
    if down.is_holds:
        assert all(a >= b for a, b in pairs)
    if strictly_up.is_holds:
        assert up.is_holds
        assert all(a < b for a, b in pairs)
    if strictly_down.is_holds:
        assert down.is_holds
        assert all(a > b for a, b in pairs)
    if any(a > b for a, b in pairs):
        assert up.is_fails
    if any(a <= b for a, b in pairs):
        assert strictly_down.is_fails


def claim(value: Verdict | str) -> str:
    """The name of a test case: a verdict by its reason."""
    return value.reason if isinstance(value, Verdict) else value


HALF_OPEN = Interval(Fraction(0), Fraction(1), lower_open=True)
RIGHT = Interval(Fraction(0), None)
POINT = Interval(Fraction(2), Fraction(2))


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (positive_on([0, 1], HALF_OPEN), "holds"),
        (positive_on([0, 1], UNIT), "fails"),
        (positive_on([0, 0, 1], LINE), "fails"),
        (nonnegative_on([0, 0, 1], LINE), "holds"),
        (nonnegative_on([0], LINE), "holds"),
        (positive_on([0], LINE), "fails"),
        (positive_on([-2, 0, 1], Interval(Fraction(7, 5), Fraction(3, 2))), "fails"),
        (positive_on([-2, 0, 1], Interval(Fraction(3, 2), None)), "holds"),
        (positive_on([-2, 0, 1], Interval(None, Fraction(-3, 2))), "holds"),
        (positive_on([-4, 0, 1], POINT), "fails"),
        (nonnegative_on([-4, 0, 1], POINT), "holds"),
        (positive_on([-3, 0, 1], POINT), "holds"),
        (positive_on(1 / X, Interval(Fraction(0), None, lower_open=True)), "holds"),
        (positive_on(1 / X, RIGHT), "fails"),
        (nonnegative_on(1 / X**2, LINE), "fails"),
        (positive_on((X**2 + 1) / (X**2 - X + 1), LINE), "holds"),
        (positive_on(X.field.scalar(2), LINE), "holds"),
        (positive_on(QQ.scalar(-2), LINE), "fails"),
        (strictly_increasing_on([0, 0, 0, 1], LINE), "holds"),
        (strictly_increasing_on([0, 0, 1], RIGHT), "holds"),
        (strictly_increasing_on([0, 0, 1], LINE), "fails"),
        (strictly_increasing_on([5], LINE), "fails"),
        (nondecreasing_on([5], LINE), "holds"),
        (nonincreasing_on([5], LINE), "holds"),
        (nonincreasing_on([0, 1], POINT), "holds"),
        (strictly_decreasing_on(1 / X, Interval(Fraction(0), None, lower_open=True)), "holds"),
        (strictly_decreasing_on(1 / X, LINE), "fails"),
        (strictly_increasing_on(-1 / (1 + X**2), RIGHT), "holds"),
        (nonincreasing_on([0, 1, -1], Interval(Fraction(1, 2), Fraction(1))), "holds"),
        (nonincreasing_on([0, 1, -1], UNIT), "fails"),
    ],
    ids=claim,
)
def test_known_signs_and_slopes(verdict: Verdict, outcome: str) -> None:
    assert verdict.outcome.value == outcome
    assert verdict.evidence is Evidence.EXACT


def test_reasons_name_a_witness() -> None:
    assert "the root 0" in positive_on([0, 1], UNIT).reason
    assert "a root between" in positive_on([-2, 0, 1], RIGHT).reason
    assert "pole" in positive_on(1 / (X - 3), RIGHT).reason
    assert "-1 at" in nonnegative_on([-1], LINE).reason
    assert "single point" in nonincreasing_on([0, 1], POINT).reason


PLANE = RationalFunctions(("x", "y"))
A, B = PLANE.generator("x"), PLANE.generator("y")
SQUARE = {"x": (0, 1), "y": (0, 1)}
CENTRED = {"x": (-1, 1), "y": (-1, Fraction(3, 2))}


@pytest.mark.parametrize(
    "neighbour",
    [
        strictly_decreasing_on([0, 1], UNIT),
        strictly_increasing_on([0, -1], UNIT),
        strictly_decreasing_on([1], UNIT),
        nonincreasing_on([0, 1], UNIT),
        positive_on([-1, 0, -1], LINE),
        positive_on([0, 0, 1], LINE),
        nonnegative_on([0, 0, -1], LINE),
        positive_on_box(-(A**2) - B**2 + A * B - Fraction(1, 100), CENTRED),
        nonnegative_on_box(A * B * (A - 1), SQUARE),
        *(root_count_is([-2, 0, 1], count, LINE) for count in (1, 3)),
    ],
    ids=claim,
)
def test_wrong_neighbours_of_true_claims_fail(neighbour: Verdict) -> None:
    assert neighbour.is_fails


def test_functions_of_one_symbol_over_the_rationals() -> None:
    both = RationalFunctions(("x", "y"))
    assert str(real_function(both.generator("y") ** 2)) == "x^2"
    assert str(real_function(1 / (X + 1))) == "(1)/(x + 1)"
    exponential = ExponentialField(1).generator("u")
    over = RationalFunctions(("x",), over=ExponentialField(1))
    wrong: tuple[Scalar, ...] = (
        exponential,
        NumberField.of_sqrt(2).theta,
        both.generator("x") + both.generator("y"),
        over.generator("x") * over.generator("u"),
        over.generator("u"),
    )
    for value in wrong:
        with pytest.raises(DomainError, match="one symbol over Q"):
            real_function(value)


def test_intervals() -> None:
    assert str(UNIT) == "[0, 1]"
    assert str(LINE) == "(-oo, oo)"
    assert str(Interval(Fraction(0), Fraction(1), upper_open=True)) == "[0, 1)"
    for low, high, is_open in ((1, 0, False), (1, 1, True)):
        with pytest.raises(DomainError, match="interval"):
            Interval(Fraction(low), Fraction(high), is_open)
    with pytest.raises(DomainError, match="lower <= upper"):
        count_roots(flint.fmpq_poly([0, 1]), Fraction(1), Fraction(0))
    assert isolate_roots(flint.fmpq_poly([0, 1]), Fraction(1), Fraction(0)) == ()
    zero = flint.fmpq_poly([])
    for call in (squarefree, root_bound, count_roots, isolate_roots):
        with pytest.raises(DomainError, match="zero polynomial"):
            call(zero)
    assert sign_at(zero, None) == 0
    assert sign_at(flint.fmpq_poly([0, 0, 0, -1]), None, towards=-1) == 1
    with pytest.raises(DomainError, match="zero polynomial"):
        root_count_is([0], 0, LINE)


def test_roots_at_and_near_the_ends() -> None:
    polynomial = flint.fmpq_poly([0, -1, 1])
    assert isolate_roots(polynomial, Fraction(0), Fraction(1)) == ((0, 0), (1, 1))
    assert isolate_roots(polynomial, Fraction(1), Fraction(1)) == ((1, 1),)
    near = flint.fmpq_poly([flint.fmpq(-1, 1000), 1]) * flint.fmpq_poly([-1, 0, 0, 7])
    assert positive_on(coefficients(near), Interval(Fraction(0), Fraction(1, 2))).is_fails
    assert count_roots(near, Fraction(0), Fraction(1, 1000)) == 1
    surd = flint.fmpq_poly([flint.fmpq(-2, 10**6), 0, 1])
    points = sample_points(surd, Interval(Fraction(0), Fraction(1), lower_open=True))
    assert value_at(surd, points[0]) < 0 < value_at(surd, points[1])


@pytest.mark.parametrize(
    ("function", "point", "side", "outcome", "order"),
    [
        ([0, 0, 0, 2], 0, 1, "holds", 3),
        ([0, 0, 0, 2], 0, -1, "fails", 3),
        ([0, 0, -1, 9], 0, 1, "fails", 2),
        ([1, -2, 1], 1, -1, "holds", 2),
        ([5], 7, 1, "holds", 0),
        (1 / X, 0, 1, "holds", -1),
        (1 / X, 0, -1, "fails", -1),
        ((X - 1) / (1 - X) ** 3, 1, 1, "fails", -2),
    ],
)
def test_sign_next_to_a_point(
    function: Scalar | list[int], point: int, side: int, outcome: str, order: int
) -> None:
    verdict = positive_near(function, point, side)
    assert verdict.outcome.value == outcome
    assert verdict.data["order"] == order
    other = [-c for c in function] if isinstance(function, list) else -function
    assert positive_near(other, point, side).is_fails == (outcome == "holds")


def test_zero_function_is_positive_nowhere() -> None:
    assert positive_near([0], 0).is_fails


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (positive_on_box(A**2 + B**2 - A * B + Fraction(1, 100), CENTRED), "holds"),
        (positive_on_box(A**2 + B**2 - A * B - Fraction(1, 100), CENTRED), "fails"),
        (positive_on_box(A**2 + B**2, {"x": (-1, 1), "y": (-1, 1)}), "fails"),
        (nonnegative_on_box(A * B * (1 - A), SQUARE), "holds"),
        (nonnegative_on_box(A * B * (1 - A), CENTRED), "fails"),
        (nonnegative_on_box((A - B) ** 2, SQUARE), "undecided"),
        (positive_on_box(1 / (3 - A - B), SQUARE), "holds"),
        (positive_on_box(1 / (A + B - 3), SQUARE), "fails"),
        (positive_on_box((A - 2) / (A + B - 3), SQUARE), "holds"),
        (positive_on_box(1 / (A - B), SQUARE), "undecided"),
        (positive_on_box(PLANE.scalar(3), SQUARE), "holds"),
        (nonnegative_on_box(PLANE.scalar(0), SQUARE), "holds"),
        (positive_on_box(A, {"x": (1, 1), "y": (0, 0)}), "holds"),
    ],
    ids=claim,
)
def test_signs_on_boxes(verdict: Verdict, outcome: str) -> None:
    assert verdict.outcome.value == outcome


@given(
    terms=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-4, 4)), min_size=1, max_size=4
    )
)
@settings(max_examples=25, deadline=None)
def test_boxes_agree_with_values_on_a_grid(terms: list[tuple[int, int, int]]) -> None:
    value = PLANE.scalar(0)
    for i, j, coefficient in terms:
        value = value + A**i * B**j * coefficient
    fifths = [Fraction(k, 5) for k in range(-5, 6)]
    values = [
        PLANE.scalar(PLANE.substitute(PLANE.substitute(value.raw, "x", p), "y", q)).rational()
        for p in fifths
        for q in fifths
    ]
    sides = {"x": (-1, 1), "y": (-1, 1)}
    above, weakly = positive_on_box(value, sides), nonnegative_on_box(value, sides)
    assert not (above.is_holds and min(values) <= 0)
    assert not (weakly.is_holds and min(values) < 0)
    assert not (above.is_fails and weakly.is_holds and min(values) > 0)
    line = RationalFunctions(("x",))
    single = line.raw(line.scalar(0))
    for i, _, coefficient in terms:
        single = line.add(single, (line.generator("x") ** i * coefficient).raw)
    on_line = nonnegative_on(line.scalar(single), Interval(Fraction(-1), Fraction(1)))
    on_box = nonnegative_on_box(line.scalar(single), {"x": (-1, 1)})
    assert on_box.is_undecided or on_box.outcome == on_line.outcome


def test_boxes_that_do_not_fit_should_fail() -> None:
    with pytest.raises(DomainError, match="side for each"):
        positive_on_box(A, {"x": (0, 1)})
    with pytest.raises(DomainError, match="low <= high"):
        positive_on_box(A, {"x": (1, 0), "y": (0, 1)})
    with pytest.raises(DomainError, match="rational function of symbols"):
        positive_on_box(ExponentialField(1).generator("u"), {"u": (0, 1)})


@pytest.mark.parametrize(
    ("system", "real", "complex_count", "with_multiplicity"),
    [
        ([A**2 + B**2 - 2, A - B], 2, 2, 2),
        ([A**2, B**2], 1, 1, 4),
        ([A**2 + 1, B], 0, 2, 2),
        ([A**3 - 2, B**2 - A], 2, 6, 6),
        ([A**2 + B**2 - 5, A * B - 2], 4, 4, 4),
        ([A - 1, A - 2], 0, 0, 0),
        ([(A - 1) ** 2 * (A + 1), B**2 - A - 1], 3, 3, 6),
        ([A**2 - 2, B**2 - 2, PLANE.scalar(0)], 4, 4, 4),
        ([A / 2 - 3, B * 3 + Fraction(1, 2)], 1, 1, 1),
    ],
    ids=str,
)
def test_systems_are_solved(
    system: list[Scalar], real: int, complex_count: int, with_multiplicity: int
) -> None:
    found = solve_system(system)
    assert len(found.points) == real
    assert found.complex_count == complex_count
    assert found.with_multiplicity == with_multiplicity
    assert found.names == ("x", "y")
    verdict = solutions_are(system, found.points)
    assert verdict.is_holds
    if real:
        assert solutions_are(system, found.points[:-1]).is_fails


def test_wrong_lists_of_solutions_fail() -> None:
    system = [A**2 + B**2 - 5, A * B - 2]
    good = [(1, 2), (2, 1), (-1, -2), (-2, -1)]
    assert solutions_are(system, good).is_holds
    assert solutions_are(system, good[:3]).is_fails
    assert solutions_are(system, [*good, (1, 2)]).is_fails
    assert solutions_are(system, [*good[:3], (0, 0)]).is_fails
    root = NumberField.of_sqrt(2).theta
    assert solutions_are([A**2 - 2, B - A], [(root, root), (-root, -root)]).is_holds
    assert solutions_are([A**2 - 2, B - A], [(root, -root), (-root, -root)]).is_fails
    with pytest.raises(ShapeError, match="points in"):
        solutions_are(system, [(1, 2, 3)])


@pytest.mark.parametrize(
    ("system", "word"),
    [
        ([A * B], "infinitely many"),
        ([PLANE.scalar(0)], "infinitely many"),
        ([A**2 - B], "infinitely many"),
        ([A**9 - 1, B**9 - 2], "more than"),
        ([1 / A, B], "polynomials in one"),
        ([A, X], "polynomials in one"),
        ([NumberField.of_sqrt(2).theta], "polynomials in one"),
        ([], "at least one"),
    ],
    ids=str,
)
def test_systems_without_finitely_many_solutions_should_fail(
    system: list[Scalar], word: str
) -> None:
    with pytest.raises(DomainError, match=word):
        solve_system(system)


@given(roots=st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_grids_of_known_points_are_found(roots: list[tuple[int, int]]) -> None:
    """The zeros of prod (x - a_i), prod (y - b_j) are all pairs of distinct a_i and b_j."""
    first, second = PLANE.scalar(1), PLANE.scalar(1)
    for a, b in roots:
        first, second = first * (A - a), second * (B - b)
    expected = {(a, b) for a, _ in roots for _, b in roots}
    found = solve_system([first, second])
    assert {tuple(int(v.rational()) for v in point) for point in found.points} == expected
    assert found.complex_count == len(expected)
    assert found.with_multiplicity == len(roots) ** 2


def test_solutions_are_checked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    system = [A - 1, B - 2]
    monkeypatch.setattr(systems, "_points", lambda *_: ())
    with pytest.raises(DomainError, match="1 are counted"):
        solve_system(system)
    wrong = ((QQ.scalar(0), QQ.scalar(0)),)
    monkeypatch.setattr(systems, "_points", lambda *_: wrong)
    with pytest.raises(DomainError, match="no zero"):
        solve_system(system)
