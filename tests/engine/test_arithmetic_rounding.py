"""Definiteness and eigenvalues by floating point with bounds: never a wrong answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from operator import mul

import flint
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    RationalMatrix,
    certainly_definite,
    definite,
    eigenvalue_enclosures,
    matrix_decisions,
    rounding,
)
from symbolic_landscape.arithmetic.congruence import shifted_floats
from symbolic_landscape.arithmetic.rounding import (
    definite_by_rounding,
    inertia_by_rounding,
    spectrum_by_rounding,
)
from symbolic_landscape.errors import DomainError

BALLS = BallField(128)
SIZE = 40


def balls(matrix: Matrix) -> flint.arb_mat:
    held = matrix.over(BALLS)
    assert isinstance(held, BallMatrix)
    return held.raw


def gram(size: int, inner: int, seed: int, most: int = 5) -> Matrix:
    """J^T J for a random integer J (inner, size): singular where inner < size."""
    source = random.Random(seed)
    factor = QQ.matrix([[source.randint(-most, most) for _ in range(size)] for _ in range(inner)])
    return factor.T @ factor


def identity(size: int, factor: Fraction) -> Matrix:
    return QQ.identity(size).scale(factor)


def positive_definite(matrix: Matrix) -> bool:
    assert isinstance(matrix, RationalMatrix)
    return matrix.inertia()[0] == matrix.shape[0]


@pytest.mark.parametrize("seed", range(30))
def test_singular_matrices_are_never_definite_even_where_cholesky_succeeds(seed: int) -> None:
    singular = gram(SIZE, SIZE - 1, seed)
    assert definite_by_rounding(balls(singular)) is None
    for exponent in (60, 50, 40, 30):
        below = singular - identity(SIZE, Fraction(1, 2**exponent))
        assert not definite_by_rounding(balls(below))
    assert not certainly_definite(singular.over(BALLS))


@pytest.mark.slow
def test_floating_point_alone_is_wrong_on_some_of_them() -> None:
    """Cholesky runs to its end on singular and on indefinite matrices."""
    wrong = 0
    for seed in range(30):
        below = gram(SIZE, SIZE - 1, seed) - identity(SIZE, Fraction(1, 2**52))
        assert not positive_definite(below)
        floats = np.array([[float(x.rational()) for x in row] for row in below.tolist()])
        try:
            np.linalg.cholesky(floats)
        except np.linalg.LinAlgError:
            continue
        wrong += 1
        assert definite_by_rounding(balls(below)) is None
        assert not certainly_definite(below.over(BALLS))
    assert wrong > 5


@pytest.mark.parametrize("exponent", [0, 10, 20, 30])
def test_definite_matrices_are_settled_down_to_a_small_eigenvalue(exponent: int) -> None:
    matrix = gram(SIZE, SIZE - 1, 1) + identity(SIZE, Fraction(1, 2**exponent))
    assert positive_definite(matrix)
    assert definite_by_rounding(balls(matrix)) is True


def test_what_rounding_leaves_open_balls_settle() -> None:
    matrix = gram(SIZE, SIZE - 1, 1) + identity(SIZE, Fraction(1, 2**60))
    assert definite_by_rounding(balls(matrix)) is None
    assert certainly_definite(matrix.over(BALLS))


def test_clearly_indefinite_matrices_need_no_second_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definite, "_definite", None)
    matrix = gram(SIZE, SIZE - 1, 1) - identity(SIZE, Fraction(1))
    assert definite_by_rounding(balls(matrix)) is False
    assert not certainly_definite(matrix.over(BALLS))


@given(st.integers(0, 10**6), st.integers(-3, 60))
def test_a_yes_agrees_with_exact_elimination(seed: int, shift: int) -> None:
    source = random.Random(seed)
    size = source.randint(2, 12)
    table = [[source.randint(-9, 9) for _ in range(size)] for _ in range(size)]
    matrix = QQ.matrix(table)
    matrix = matrix + matrix.T + identity(size, Fraction(shift))
    answer = definite_by_rounding(balls(matrix))
    assert answer is not True or positive_definite(matrix)
    assert answer is not False or not positive_definite(matrix)


@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_matrices_next_to_the_border(seed: int, steps: int) -> None:
    """The last pivot is a few units of rounding on either side of 0."""
    source = random.Random(seed)
    size = source.randint(2, 8)
    matrix = gram(size, size - 1, seed, most=1000)
    corner = matrix[0, 0].rational() * Fraction(steps, 2**52)
    moved = matrix + QQ.diagonal([corner] + [0] * (size - 1))
    assert definite_by_rounding(balls(moved)) is not True or positive_definite(moved)


@pytest.mark.parametrize("seed", range(5))
def test_scaling_of_rows_and_columns_changes_nothing(seed: int) -> None:
    source = random.Random(seed)
    powers = QQ.diagonal([Fraction(2) ** source.randint(-150, 150) for _ in range(SIZE)])
    good = powers @ (gram(SIZE, SIZE, seed) + QQ.identity(SIZE)) @ powers
    assert definite_by_rounding(balls(good)) is True
    bad = powers @ gram(SIZE, SIZE - 1, seed) @ powers
    assert definite_by_rounding(balls(bad)) is not True


def around(matrix: list[list[Fraction]], radius: Fraction) -> flint.arb_mat:
    """Balls of this radius off the diagonal."""
    with BALLS.working():
        ball = flint.arb(0, flint.arb(flint.fmpq(radius.numerator, radius.denominator)))
        return flint.arb_mat(
            [
                [
                    flint.arb(flint.fmpq(x.numerator, x.denominator)) + (ball if i != j else 0)
                    for j, x in enumerate(row)
                ]
                for i, row in enumerate(matrix)
            ]
        )


def test_radii_decide() -> None:
    """I + x (J - I) is singular for x = -1/(n - 1)."""
    eye = [[Fraction(i == j) for j in range(SIZE)] for i in range(SIZE)]
    border = Fraction(1, SIZE - 1)
    assert definite_by_rounding(around(eye, border)) is None
    assert definite_by_rounding(around(eye, border * 10**6)) is None
    assert definite_by_rounding(around(eye, border / 5)) is True
    assert definite_by_rounding(around(eye, Fraction(0))) is True


def test_one_wide_ball_spoils_it_wherever_it_stands() -> None:
    for i, j in ((0, 0), (SIZE - 1, 0), (SIZE - 1, SIZE - 1), (7, 5)):
        table = balls(QQ.identity(SIZE)).table()
        table[i][j] += flint.arb(0, 1)
        table[j][i] = table[i][j]
        assert definite_by_rounding(flint.arb_mat(table)) is None


def test_wide_lower_and_narrow_upper_triangle() -> None:
    table = balls(QQ.identity(SIZE)).table()
    table[3][1] = flint.arb(3, 3)
    assert definite_by_rounding(flint.arb_mat(table)) is not True
    table[3][1] = flint.arb(0)
    table[1][3] = flint.arb(3, 3)
    assert definite_by_rounding(flint.arb_mat(table)) is None


@pytest.mark.parametrize("entry", ["nan", "+/- inf", "inf", "-1", "0", "1e400", "1e-400", "1e-320"])
def test_entries_that_doubles_do_not_hold(entry: str) -> None:
    table = balls(QQ.identity(SIZE)).table()
    table[4][4] = flint.arb(entry)
    assert definite_by_rounding(flint.arb_mat(table)) is None
    table[4][4] = flint.arb(1)
    table[4][2] = table[2][4] = flint.arb(entry)
    answer = definite_by_rounding(flint.arb_mat(table))
    assert answer is (True if entry in {"0", "1e-400", "1e-320"} else answer or None)
    assert answer is not True or entry in {"0", "1e-400", "1e-320"}


def test_tiny_matrices_whose_entries_round_to_zero() -> None:
    """[[1, 2], [2, 1]] 10^-320 beside an identity of the same size: indefinite."""
    for power in ("1e-160", "1e-300", "1e-310", "1e-322", "1e-330"):
        small = flint.arb(power)
        table = [[small * x for x in row] for row in balls(QQ.identity(SIZE)).table()]
        table[1][0] = table[0][1] = 2 * small
        assert definite_by_rounding(flint.arb_mat(table)) is not True


def test_no_sum_of_more_terms_than_the_bounds_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "MOST_ROWS", 3)
    assert definite_by_rounding(balls(QQ.identity(4))) is None
    assert spectrum_by_rounding(balls(QQ.identity(4))) is None
    assert definite_by_rounding(balls(QQ.identity(3))) is True


# ---- eigenvalues


def reflected(values: list[Fraction], seed: int) -> Matrix:
    """A symmetric rational matrix with these eigenvalues: two reflections of a diagonal."""
    source = random.Random(seed)
    matrix = QQ.diagonal(values)
    for _ in range(2):
        column = QQ.column([source.randint(-4, 4) or 1 for _ in values])
        length = (column.T @ column)[0, 0].rational()
        mirror = QQ.identity(len(values)) - (column @ column.T).scale(2 / length)
        matrix = mirror @ matrix @ mirror
    return matrix


SPECTRA = {
    "many zeros": [Fraction(0)] * 40 + [Fraction(k) for k in range(30)],
    "clusters": [1 + Fraction(k % 3, 2**50) for k in range(70)],
    "wide": [Fraction(-1) ** k * Fraction(2) ** (k - 35) for k in range(70)],
    "small": [Fraction(k, 10**90) for k in range(70)],
    "large": [Fraction(k * 10**90) for k in range(-35, 35)],
}


@pytest.mark.parametrize("name", SPECTRA)
def test_enclosures_contain_the_eigenvalues(name: str) -> None:
    values = sorted(SPECTRA[name])
    matrix = reflected(values, len(name)).over(BALLS)
    assert isinstance(matrix, BallMatrix)
    assert matrix.shape[0] > definite.LARGEST_IN_BALLS
    assert spectrum_by_rounding(matrix.raw) is not None
    top = max(map(abs, values))
    for ball, value in zip(eigenvalue_enclosures(matrix), values, strict=True):
        assert ball.contains(flint.fmpq(value.numerator, value.denominator))
        assert float(ball.rad()) < 1e-9 * float(top)


def test_enclosures_contain_the_eigenvalues_of_all_matrices_inside() -> None:
    """Those of x (J - I) are x (n - 1) and -x, for -r <= x <= r."""
    size, radius = 70, Fraction(1, 8)
    zero = [[Fraction(0)] * size for _ in range(size)]
    found = eigenvalue_enclosures(BallMatrix(BALLS, around(zero, radius)))
    for x in (radius, -radius, radius / 2):
        values = sorted([x * (size - 1)] + [-x] * (size - 1))
        for ball, value in zip(found, values, strict=True):
            assert ball.contains(flint.fmpq(value.numerator, value.denominator))


def test_narrow_route_in_balls_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = reflected([Fraction(k, 3) for k in range(-35, 35)], 2).over(BALLS)
    assert isinstance(matrix, BallMatrix)
    quick = eigenvalue_enclosures(matrix)
    monkeypatch.setattr(definite, "LARGEST_IN_BALLS", 100)
    for mine, narrow in zip(quick, eigenvalue_enclosures(matrix), strict=True):
        assert mine.overlaps(narrow)
        assert narrow.rad() <= mine.rad()


def test_a_basis_far_from_orthogonal_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = balls(QQ.identity(70))
    monkeypatch.setattr(rounding, "eigenvectors", lambda found: 2 * np.eye(len(found)))
    assert spectrum_by_rounding(matrix) is None
    monkeypatch.setattr(rounding, "eigenvectors", lambda found: None)
    assert spectrum_by_rounding(matrix) is None


@pytest.mark.parametrize("seed", range(5))
def test_any_basis_gives_true_enclosures(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A basis that LAPACK got wrong makes them wide and not wrong."""
    values = [Fraction(k) for k in range(-35, 35)]
    matrix = reflected(values, seed).over(BALLS)
    assert isinstance(matrix, BallMatrix)
    exact = rounding.eigenvectors
    source = np.random.default_rng(seed)

    def disturbed(found: np.ndarray) -> np.ndarray:
        basis = exact(found)
        assert basis is not None
        return basis + 1e-4 * source.standard_normal(basis.shape)

    monkeypatch.setattr(rounding, "eigenvectors", disturbed)
    for ball, value in zip(eigenvalue_enclosures(matrix), values, strict=True):
        assert ball.contains(flint.fmpq(value.numerator, 1))
        assert ball.rad() > 1e-4


@pytest.mark.parametrize("seed", range(5))
def test_any_factor_gives_a_true_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A factor that LAPACK got wrong can cost the answer and not spoil it."""
    source = np.random.default_rng(seed)
    exact = rounding._cholesky

    def disturbed(matrix: np.ndarray, shift: float) -> np.ndarray | None:
        factor = exact(matrix, shift + 1e-3)
        return None if factor is None else factor + 1e-5 * source.standard_normal(factor.shape)

    monkeypatch.setattr(rounding, "_cholesky", disturbed)
    assert definite_by_rounding(balls(gram(SIZE, SIZE - 1, seed))) is None


# ---- inertia


def inertia_of(matrix: Matrix) -> tuple[int, int] | None:
    assert isinstance(matrix, RationalMatrix)
    return inertia_by_rounding(*shifted_floats(matrix.integral()))


@given(st.integers(0, 10**6), st.integers(0, 10**200))
def test_an_inertia_agrees_with_exact_elimination(seed: int, factor: int) -> None:
    source = random.Random(seed)
    size = source.randint(1, 10)
    matrix = QQ.matrix([[source.randint(-3, 3) for _ in range(size)] for _ in range(size)])
    powers = QQ.diagonal([2 ** source.randint(0, 40) for _ in range(size)])
    matrix = (powers @ (matrix + matrix.T) @ powers).scale(1 + factor)
    found = inertia_of(matrix)
    assert found is None or (*found, 0) == matrix.ldl().inertia()
    if source.randint(0, 1) and matrix.rank() == size:
        assert found is not None


@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_no_inertia_next_to_the_border(seed: int, steps: int) -> None:
    source = random.Random(seed)
    size = source.randint(2, 8)
    matrix = gram(size, size - 1, seed, most=1000).scale(2**60)
    corner = matrix[0, 0].rational() * Fraction(steps, 2**52)
    moved = matrix + QQ.diagonal([round(corner)] + [0] * (size - 1))
    found = inertia_of(moved)
    assert found is None or (*found, 0) == moved.ldl().inertia()


def test_errors_besides_rounding_are_taken_into_account() -> None:
    assert inertia_by_rounding([[1.0, 0.0], [0.0, -3.0]], 0.0) == (1, 1)
    assert inertia_by_rounding([[1.0, 0.0], [0.0, -3.0]], 0.2) == (1, 1)
    assert inertia_by_rounding([[1.0, 0.0], [0.0, -3.0]], 1.0) is None
    for wrong in (0.0, float("nan"), float("inf"), 1e-300):
        assert inertia_by_rounding([[1.0, 0.0], [0.0, wrong]], 0.0) is None
    assert inertia_by_rounding([], 0.0) is None


def test_verdicts_on_large_matrices_need_no_pivots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix_decisions, "ldl_pivots", None)
    size = matrix_decisions.LARGEST_PIVOTED + 1
    definite_one = gram(size, size + 3, 1).over(BALLS)
    assert matrix_decisions.positive_definite(definite_one).is_holds
    singular = gram(size, size - 1, 1)
    assert matrix_decisions.positive_definite(singular.over(BALLS)).is_undecided
    below = (singular - identity(size, Fraction(1))).over(BALLS)
    assert matrix_decisions.positive_definite(below).is_fails
    assert matrix_decisions.positive_semidefinite(below).is_fails
    huge = BALLS.diagonal([10**400] * (size - 1) + [0])
    assert matrix_decisions.positive_definite(huge).is_undecided


def test_eigenvalues_next_to_the_largest_double() -> None:
    matrix = BALLS.diagonal([10**307 * k for k in range(-17, 18)] * 2)
    assert isinstance(matrix, BallMatrix)
    assert spectrum_by_rounding(matrix.raw) is not None
    found = eigenvalue_enclosures(matrix)
    assert found[0].contains(-17 * 10**307)
    assert found[-1].contains(17 * 10**307)
    assert float(found[-1].rad()) < 1e297


def test_large_entries_have_no_enclosures() -> None:
    with pytest.raises(DomainError, match="too large"):
        eigenvalue_enclosures(BALLS.diagonal([10**400] * 70))
    assert spectrum_by_rounding(flint.arb_mat(70, 70, [flint.arb("nan")] * 4900)) is None
    zero = spectrum_by_rounding(flint.arb_mat(70, 70))
    assert zero is not None
    assert set(zero.centres) == {0.0}


@pytest.mark.parametrize("bound", [rounding._whole_bound, rounding._split_bound])
@pytest.mark.parametrize("seed", range(20))
def test_bounds_of_the_residual_are_not_below_it(bound: Callable[..., float], seed: int) -> None:
    """The residual in fractions, of factors that LAPACK finds and of some that it got wrong."""
    source = np.random.default_rng(seed)
    size = int(source.integers(1, 8))
    table = source.normal(size=(size, size)) * 10.0 ** source.integers(-3, 4)
    matrix = table @ table.T
    matrix = (matrix + matrix.T) / 2 + np.eye(size) * abs(matrix).max() * 1e-9
    factor = np.linalg.cholesky(matrix) * (1 + source.choice([0.0, 1e-14, 1e-8, 1e-2]))
    shift = float(abs(matrix).max() * 10.0 ** -source.integers(9, 15))
    held, found = (
        [[Fraction(x) for x in row] for row in part.tolist()] for part in (matrix, factor)
    )
    rows = [
        sum(
            abs(held[i][j] - Fraction(shift) * (i == j) - sum(map(mul, found[i], found[j])))
            for j in range(size)
        )
        for i in range(size)
    ]
    assert max(rows) <= Fraction(bound(matrix, factor, shift))


def test_a_matrix_with_room_needs_one_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "_split_bound", None)
    matrix = gram(SIZE, SIZE - 1, 1) + identity(SIZE, Fraction(1, 2**20))
    assert definite_by_rounding(balls(matrix)) is True
