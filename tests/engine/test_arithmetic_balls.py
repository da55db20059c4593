"""Certified zeros, definiteness, eigenvalues: what is enclosed, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    System,
    certainly_definite,
    certify_zero,
    definite,
    eigenvalue_enclosures,
    ldl_pivots,
    newton,
    positive,
    raising_precision,
    unique_zero,
    working_precision,
    zero_near,
)
from symbolic_landscape.arithmetic.definite import BLOCK
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.formula import derivative, parse_formula
from symbolic_landscape.verdict import Verdict, undecided

BALLS = BallField(128)


def box(*sides: tuple[Fraction | int, Fraction | int], bits: int = 128) -> BallMatrix:
    """The box with these sides (n, 1)."""
    with working_precision(bits):
        entries = [
            flint.arb(flint.fmpq(a.numerator, a.denominator)).union(
                flint.arb(flint.fmpq(b.numerator, b.denominator))
            )
            for a, b in sides
        ]
    return BallMatrix(BallField(bits), flint.arb_mat(len(entries), 1, entries))


def circle_and_line() -> System:
    """x^2 + y^2 = 2, x = y: zeros (1, 1) and (-1, -1)."""

    def value(point: BallMatrix) -> Matrix:
        x, y = point[0, 0], point[1, 0]
        return point.field.matrix([[x**2 + y**2 - 2], [x - y]])

    def jacobian(point: BallMatrix) -> Matrix:
        x, y = point[0, 0], point[1, 0]
        return point.field.matrix([[2 * x, 2 * y], [1, -1]])

    return System(value, jacobian)


def scalar_system(text: str) -> System:
    """One equation f(x) = 0 for a formula f."""
    formula = parse_formula(text)
    slope = derivative(formula)
    return System(lambda p: p.field.apply(formula, p), lambda p: p.field.apply(slope, p))


def test_krawczyk_certifies_one_zero() -> None:
    system = circle_and_line()
    point = newton(system, QQ.column([Fraction(3, 2), Fraction(1, 2)]), 128)
    found = certify_zero(system, point, 128)
    assert all(value.contains(1) for value in found.box.raw.entries())
    assert found.contraction < 1
    assert found.inner.raw[0, 0].rad() <= found.box.raw[0, 0].rad()
    verdict = unique_zero(system, found.box)
    assert verdict.is_holds
    assert verdict.data["zero"].inner.shape == (2, 1)
    assert unique_zero(system, box((3, 4), (0, 1))).is_fails


def test_krawczyk_on_wide_boxes() -> None:
    system = circle_and_line()
    assert unique_zero(system, box((Fraction(1, 2), 2), (Fraction(1, 2), 2))).is_holds
    assert unique_zero(system, box((2, 3), (2, 3))).is_fails
    assert unique_zero(system, box((Fraction(1, 2), 1), (-1, 0))).is_fails
    assert unique_zero(system, box((-2, 2), (-2, 2))).is_undecided
    nothing = System(lambda p: p, lambda p: p.field.zeros(0, 0))
    assert unique_zero(nothing, box()).is_holds


def test_double_zero_is_not_certified() -> None:
    system = scalar_system("t**2")
    with pytest.raises(DomainError, match="no box"):
        certify_zero(scalar_system("t**2 + 1/10**60"), QQ.column([Fraction(1, 10**9)]), 64)
    with pytest.raises(DomainError, match="certainly nonsingular"):
        certify_zero(system, QQ.column([0]), 64)
    assert unique_zero(system, box((-1, 1))).is_undecided


@pytest.mark.parametrize(
    ("text", "start", "root"),
    [
        ("t**2 - 2", 1, "sqrt"),
        ("exp(t) - 2", 1, "log"),
        ("tanh(t) - 1/2", 0, "atanh"),
        ("t**3 - 2*t + 2", -2, "cubic"),
    ],
)
def test_certified_boxes_contain_known_roots(text: str, start: int, root: str) -> None:
    system = scalar_system(text)
    point = newton(system, QQ.column([start]), 200)
    found = certify_zero(system, point, 200)
    with working_precision(300):
        known = {
            "sqrt": flint.arb(2).sqrt(),
            "log": flint.arb(2).log(),
            "atanh": flint.arb(3).log() / 2,
            "cubic": flint.fmpz_poly([2, -2, 0, 1]).complex_roots()[0][0].real,
        }[root]
        assert found.inner.raw[0, 0].overlaps(known)
        assert found.box.raw[0, 0].contains(known)
        assert found.inner.raw[0, 0].rad() < flint.arb(2) ** -150


def test_newton_and_certificates_check_their_input() -> None:
    system = scalar_system("t**2 - 2")
    with pytest.raises(DomainError, match="certainly nonsingular"):
        newton(system, QQ.column([0]), 64)
    with pytest.raises(ShapeError, match=r"\(n, 1\)"):
        certify_zero(system, QQ.matrix([[1, 2]]), 64)
    exact_system = System(lambda _: QQ.column([1]), lambda _: QQ.identity(1))
    with pytest.raises(DomainError, match="must answer in balls"):
        newton(exact_system, QQ.column([1]), 64)


@st.composite
def spectra(draw: st.DrawFn) -> tuple[list[Fraction], Matrix]:
    """Rational eigenvalues and a symmetric matrix with them, rotated by rational rotations."""
    values = draw(
        st.lists(st.fractions(min_value=-5, max_value=5, max_denominator=3), min_size=2, max_size=5)
    )
    matrix = QQ.diagonal(values)
    size = len(values)
    for k in range(size - 1):
        t = draw(st.fractions(min_value=-1, max_value=1, max_denominator=4))
        cosine, sine = (1 - t**2) / (1 + t**2), 2 * t / (1 + t**2)
        rows = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
        rows[k][k] = rows[k + 1][k + 1] = cosine
        rows[k][k + 1], rows[k + 1][k] = -sine, sine
        rotation = QQ.matrix(rows)
        matrix = rotation @ matrix @ rotation.T
    return sorted(values), matrix


@given(pair=spectra())
@settings(max_examples=20, deadline=None)
def test_eigenvalue_enclosures_contain_the_eigenvalues(
    pair: tuple[list[Fraction], Matrix],
) -> None:
    values, matrix = pair
    balls = matrix.over(BALLS)
    assert isinstance(balls, BallMatrix)
    found = eigenvalue_enclosures(balls)
    assert len(found) == len(values)
    for ball, value in zip(found, values, strict=True):
        assert ball.contains(QQ.scalar(value).enclose(1000))
        assert ball.rad() < flint.arb("1e-10")
    smallest = values[0]
    assert certainly_definite(balls) == (smallest > 0)
    pivots = ldl_pivots(balls)
    if smallest > 0:
        assert pivots.are_positive
        assert pivots.are_certain
        assert pivots.smallest > 0
    elif pivots.are_certain:
        assert not pivots.are_positive


def test_eigenvalues_that_cannot_be_enclosed_should_fail() -> None:
    with pytest.raises(ShapeError, match="symmetric"):
        eigenvalue_enclosures(BALLS.matrix([[1, 2], [3, 4]]))
    with pytest.raises(DomainError, match="too large"):
        eigenvalue_enclosures(BALLS.diagonal([10**400, 1]))
    assert eigenvalue_enclosures(BALLS.zeros(0, 0)) == ()


def test_wide_balls_give_wide_eigenvalues() -> None:
    wide = BALLS.matrix([[flint.arb(1, 0.5), 0], [0, flint.arb(1.25, 0.125)]])
    low, high = eigenvalue_enclosures(wide)
    for first in (Fraction(1, 2), Fraction(3, 2)):
        for second in (Fraction(9, 8), Fraction(11, 8)):
            a, b = sorted((first, second))
            assert low.contains(flint.fmpq(a.numerator, a.denominator))
            assert high.contains(flint.fmpq(b.numerator, b.denominator))


@pytest.mark.parametrize("size", [2, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_definiteness_in_blocks_agrees_with_the_exact_answer(size: int) -> None:
    factor = QQ.matrix(
        [
            [Fraction((i * 7 + j * 3) % 11 - 5, 1 + (i + j) % 3) for j in range(size)]
            for i in range(size)
        ]
    )
    gram = factor @ factor.T + QQ.identity(size)
    assert certainly_definite(gram.over(BALLS))
    assert ldl_pivots(gram.over(BALLS)).are_positive
    shifted = gram - QQ.diagonal([0] * (size - 1) + [gram[size - 1, size - 1] + 1])
    assert not certainly_definite(shifted.over(BALLS))
    singular = factor @ factor.T if factor.rank() < size else QQ.zeros(size, size)
    assert not certainly_definite(singular.over(BALLS))
    wide = gram.over(BALLS) + BALLS.matrix([[flint.arb(0, 100)] * size] * size)
    assert not certainly_definite(wide)


def test_definiteness_needs_symmetry() -> None:
    with pytest.raises(ShapeError, match="symmetric"):
        certainly_definite(BALLS.matrix([[1, 2], [3, 4]]))
    with pytest.raises(ShapeError, match="square"):
        ldl_pivots(BALLS.ones(2, 3))
    assert ldl_pivots(BALLS.zeros(0, 0)).smallest is None
    assert BALLS.zeros(0, 0).inertia() == (0, 0, 0)


def test_precision_rises_until_decided() -> None:
    tried: list[int] = []
    gap = Fraction(1, 10**60)

    def decide(bits: int) -> Verdict:
        tried.append(bits)
        field = BallField(bits)
        third = field.scalar(3).sqrt() ** 2
        return positive(third - 3 + gap)

    verdict = raising_precision(decide)
    assert verdict.is_holds
    assert tried == [64, 128, 256]
    low = raising_precision(decide, most=128)
    assert low.is_undecided
    assert "up to 128 bits" in low.reason

    def failing(bits: int) -> Verdict:
        return positive(BallField(bits).scalar(BallField(bits).log(BallField(bits).raw(0))))

    assert raising_precision(failing, most=64).is_undecided
    assert raising_precision(lambda _: undecided("no"), most=32).is_undecided


def test_eigenvalues_need_a_basis_that_is_nearly_orthogonal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(definite, "_approximate_eigenvectors", lambda _: [[1.0, 1.0], [1.0, 1.0]])
    with pytest.raises(DomainError, match="close to orthogonal"):
        eigenvalue_enclosures(BALLS.identity(2))


def test_newton_stops_after_its_steps() -> None:
    system = scalar_system("t**2 - 2")
    rough = newton(system, QQ.column([1]), 64, steps=1)
    assert rough[0, 0] < Fraction(8, 5)
    assert rough[0, 0] > Fraction(7, 5)


def test_system_that_does_not_vanish_on_a_box() -> None:
    verdict = unique_zero(scalar_system("t**2 + 1"), box((Fraction(-1, 2), Fraction(3, 4))))
    assert verdict.is_fails
    assert "component 0" in verdict.reason


def test_image_that_does_not_meet_the_box() -> None:
    """The function x + 1, written so that its enclosure on the box contains 0."""

    def value(point: BallMatrix) -> Matrix:
        x = point[0, 0]
        return point.field.matrix([[x * (1 - x) + x * x + 1]])

    system = System(value, lambda point: point.field.identity(1))
    verdict = unique_zero(system, box((Fraction(-9, 10), Fraction(9, 10))))
    assert verdict.is_fails
    assert "does not meet" in verdict.reason


def test_a_start_in_floats_is_only_a_guess() -> None:
    """Whatever floating point says, what is certified is a zero of the system."""
    system = scalar_system("t**2 - 2")
    guesses = {
        "right": lambda x: (x * x - 2, np.diag(2 * x)),
        "another zero": lambda x: (x + 2**0.5, np.diag(1 + 0 * x)),
        "no zero there": lambda x: (x - 100, np.diag(1 + 0 * x)),
        "not finite": lambda x: (x * float("nan"), np.diag(x)),
        "singular": lambda x: (x, np.diag(0 * x)),
        "never at rest": lambda x: (1 + 0 * x, np.diag(1 + 0 * x)),
    }
    for name, floats in guesses.items():
        found = zero_near(replace(system, floats=floats), QQ.column([1]), 256)
        root = flint.arb(2).sqrt() * (-1 if name == "another zero" else 1)
        assert found.inner.raw[0, 0].overlaps(root), name
        assert found.inner.raw[0, 0].rad() < 1e-60
        point = newton(replace(system, floats=floats), QQ.column([1]), 256)
        assert abs(point.raw[0, 0] - found.inner.raw[0, 0]) < 1e-60
    nowhere = replace(scalar_system("t**2 + 1"), floats=guesses["right"])
    with pytest.raises(DomainError):
        zero_near(nowhere, QQ.column([1]), 64)
    with pytest.raises(ShapeError, match=r"\(n, 1\)"):
        zero_near(system, QQ.matrix([[1, 2]]), 64)


def test_solving_takes_the_larger_precision() -> None:
    low, high = BallField(64).matrix([[3]]), BallField(256).matrix([[1]])
    assert low.solve(high).field == BallField(256)
    assert low.solve(high).raw[0, 0].rel_accuracy_bits() > 200


@pytest.mark.parametrize("exponent", [1, 2, 3, 6])
def test_power_of_a_ball_around_zero_is_finite_and_contains_the_powers(exponent: int) -> None:
    ball = flint.arb(0, flint.arb(1) / 8)
    power = BALLS.power(ball, exponent)
    assert power.is_finite()
    for value in (0, flint.fmpq(1, 8), flint.fmpq(-1, 16)):
        assert power.contains(flint.arb(flint.fmpq(value) ** exponent))
