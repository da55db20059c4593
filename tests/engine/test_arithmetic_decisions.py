"""Decisions: outcomes, evidence, and wrong neighbours of true claims, which fail."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction

import flint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    ExponentialField,
    LogarithmField,
    NumberField,
    RationalFunctions,
    Scalar,
    at_most,
    determinant_is,
    distinct,
    equal,
    less,
    nonnegative,
    nonsingular,
    nonzero,
    positive,
    positive_definite,
    positive_semidefinite,
    rank_at_least,
    rank_at_most,
    rank_is,
    shown,
    size_at_least,
    size_at_most,
    sizes_equal,
    strictly_increasing,
    vanishes,
)
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Verdict

EXPONENTIALS = ExponentialField(1)
U = EXPONENTIALS.generator("u")
ROOT = NumberField.of_sqrt(2).theta
BALLS = BallField(64)
SYMBOLS = RationalFunctions(("x", "y"))
X, Y = SYMBOLS.generator("x"), SYMBOLS.generator("y")
ZERO_BALL = BALLS.scalar(flint.arb(0, 1))
HALF_LINE = BALLS.scalar(flint.arb((1, 0), (1, 0)))
THIRD = BALLS.scalar(Fraction(1, 3))
A = QQ.matrix([[1, 2], [2, 4]])
B = QQ.matrix([[2, 1], [1, 2]])


TABLE = [
    (equal(1, 1), "holds", Evidence.EXACT),
    (equal(Fraction(1, 2), 1), "fails", Evidence.EXACT),
    (equal(ROOT**2, 2), "holds", Evidence.EXACT),
    (equal(U * (1 / U), 1), "holds", Evidence.EXACT),
    (equal(ROOT, U), "fails", Evidence.ENCLOSED),
    (equal(X + Y, Y + X), "holds", Evidence.IDENTITY),
    (equal(X, Y), "fails", Evidence.EXACT),
    (equal(X, ROOT), "undecided", None),
    (equal(THIRD * 3, 1), "undecided", None),
    (equal(THIRD, 1), "fails", Evidence.ENCLOSED),
    (equal(A, A), "holds", Evidence.EXACT),
    (equal(A, B), "fails", Evidence.EXACT),
    (equal(A, A.submatrix([0], [0, 1])), "fails", Evidence.EXACT),
    (equal(A, A.over(BALLS)), "undecided", None),
    (equal(B, A.over(BALLS)), "fails", Evidence.ENCLOSED),
    (equal(A.scale(X), A.scale(ROOT)), "undecided", None),
    (equal(A.scale(U), B.scale(ROOT)), "fails", Evidence.ENCLOSED),
    (equal(A.scale(X), A.scale(X)), "holds", Evidence.IDENTITY),
    (equal(A.scale(X), B.scale(X)), "fails", Evidence.EXACT),
    (equal(QQ.zeros(0, 2), QQ.zeros(0, 2)), "holds", Evidence.EXACT),
    (vanishes(0), "holds", Evidence.EXACT),
    (vanishes(U - U), "holds", Evidence.EXACT),
    (vanishes(X - X), "holds", Evidence.IDENTITY),
    (vanishes(X), "fails", Evidence.EXACT),
    (vanishes(ZERO_BALL), "undecided", None),
    (vanishes(THIRD), "fails", Evidence.ENCLOSED),
    (vanishes(A - A), "holds", Evidence.EXACT),
    (vanishes(A), "fails", Evidence.EXACT),
    (vanishes(QQ.zeros(0, 0)), "holds", Evidence.EXACT),
    (nonzero(3), "holds", Evidence.EXACT),
    (nonzero(0), "fails", Evidence.EXACT),
    (nonzero(X), "holds", Evidence.EXACT),
    (nonzero(X - X), "fails", Evidence.IDENTITY),
    (nonzero(ZERO_BALL), "undecided", None),
    (nonzero(A), "holds", Evidence.EXACT),
    (positive(U - 2), "holds", Evidence.EXACT),
    (positive(U - 3), "fails", Evidence.EXACT),
    (positive(0), "fails", Evidence.EXACT),
    (positive(X), "undecided", None),
    (positive(SYMBOLS.scalar(2)), "holds", Evidence.EXACT),
    (positive(THIRD), "holds", Evidence.ENCLOSED),
    (positive(-THIRD), "fails", Evidence.ENCLOSED),
    (positive(ZERO_BALL), "undecided", None),
    (positive(-HALF_LINE), "fails", Evidence.ENCLOSED),
    (nonnegative(0), "holds", Evidence.EXACT),
    (nonnegative(HALF_LINE), "holds", Evidence.ENCLOSED),
    (nonnegative(-HALF_LINE), "undecided", None),
    (nonnegative(-1), "fails", Evidence.EXACT),
    (less(ROOT, U), "holds", Evidence.ENCLOSED),
    (less(1, ROOT), "holds", Evidence.EXACT),
    (less(U, ROOT), "fails", Evidence.ENCLOSED),
    (less(1, 1), "fails", Evidence.EXACT),
    (less(X, ROOT), "undecided", None),
    (at_most(1, 1), "holds", Evidence.EXACT),
    (at_most(2, 1), "fails", Evidence.EXACT),
    (at_most(X, X), "holds", Evidence.EXACT),
    (strictly_increasing([1, ROOT, 2]), "holds", Evidence.EXACT),
    (strictly_increasing([1, 1]), "fails", Evidence.EXACT),
    (strictly_increasing([1, X, 0]), "undecided", None),
    (strictly_increasing([]), "holds", Evidence.EXACT),
    (strictly_increasing([X]), "holds", Evidence.EXACT),
    (distinct([1, 2, ROOT]), "holds", Evidence.EXACT),
    (distinct([1, 2, 1]), "fails", Evidence.EXACT),
    (distinct([A, B]), "holds", Evidence.EXACT),
    (distinct([A, A]), "fails", Evidence.EXACT),
    (distinct([X, Y, X + Y]), "holds", Evidence.EXACT),
    (distinct([THIRD, Fraction(1, 3)]), "undecided", None),
    (distinct([]), "holds", Evidence.EXACT),
    (rank_is(A, 1), "holds", Evidence.EXACT),
    (rank_is(A, 2), "fails", Evidence.EXACT),
    (rank_is(A, -1), "fails", Evidence.EXACT),
    (rank_is(A.scale(X), 1), "holds", Evidence.EXACT),
    (rank_is(A.scale(X - X), 0), "holds", Evidence.IDENTITY),
    (rank_is(A.over(BALLS), 1), "undecided", None),
    (rank_is(A.over(BALLS), 0), "fails", Evidence.ENCLOSED),
    (rank_is(B.over(BALLS), 2), "holds", Evidence.ENCLOSED),
    (rank_is(B.over(BALLS), 3), "fails", Evidence.ENCLOSED),
    (rank_at_least(A, 1), "holds", Evidence.EXACT),
    (rank_at_least(A, 2), "fails", Evidence.EXACT),
    (rank_at_least(A, 3), "fails", Evidence.EXACT),
    (rank_at_least(A.scale(X), 1), "holds", Evidence.EXACT),
    (rank_at_least(A.over(BALLS), 2), "undecided", None),
    (rank_at_most(A, 1), "holds", Evidence.EXACT),
    (rank_at_most(A, 0), "fails", Evidence.EXACT),
    (rank_at_most(A, -1), "fails", Evidence.EXACT),
    (rank_at_most(A, 7), "holds", Evidence.EXACT),
    (rank_at_most(A.scale(X), 1), "holds", Evidence.IDENTITY),
    (rank_at_most(A.over(BALLS), 1), "undecided", None),
    (rank_at_most(A.over(BALLS), 2), "holds", Evidence.ENCLOSED),
    (nonsingular(B), "holds", Evidence.EXACT),
    (nonsingular(A), "fails", Evidence.EXACT),
    (nonsingular(QQ.zeros(0, 0)), "holds", Evidence.EXACT),
    (nonsingular(B.over(BALLS)), "holds", Evidence.ENCLOSED),
    (nonsingular(A.over(BALLS)), "undecided", None),
    (nonsingular(B.scale(X)), "holds", Evidence.EXACT),
    (determinant_is(B, 3), "holds", Evidence.EXACT),
    (determinant_is(B, -3), "fails", Evidence.EXACT),
    (determinant_is(B.scale(X), 3 * X**2), "holds", Evidence.IDENTITY),
    (determinant_is(B.over(BALLS), 3), "undecided", None),
    (determinant_is(B.over(BALLS), 4), "fails", Evidence.ENCLOSED),
    (positive_definite(B), "holds", Evidence.EXACT),
    (positive_definite(A), "fails", Evidence.EXACT),
    (positive_definite(B.scale(ROOT)), "holds", Evidence.EXACT),
    (positive_definite(B.scale(U)), "holds", Evidence.EXACT),
    (positive_definite(B.scale(X)), "undecided", None),
    (positive_definite(B.over(BALLS)), "holds", Evidence.ENCLOSED),
    (positive_definite(A.over(BALLS)), "fails", Evidence.ENCLOSED),
    (positive_definite(BALLS.diagonal([THIRD, ZERO_BALL])), "undecided", None),
    (positive_definite(BALLS.diagonal([THIRD, -THIRD])), "fails", Evidence.ENCLOSED),
    (positive_definite(QQ.zeros(0, 0)), "holds", Evidence.EXACT),
    (positive_definite(BALLS.zeros(0, 0)), "holds", Evidence.ENCLOSED),
    (positive_semidefinite(A), "holds", Evidence.EXACT),
    (positive_semidefinite(-A), "fails", Evidence.EXACT),
    (positive_semidefinite(B.over(BALLS)), "holds", Evidence.ENCLOSED),
    (positive_semidefinite(A.over(BALLS)), "undecided", None),
    (positive_semidefinite(-B.over(BALLS)), "fails", Evidence.ENCLOSED),
    (positive_semidefinite(QQ.zeros(0, 0)), "holds", Evidence.EXACT),
    (sizes_equal(2, 2), "holds", Evidence.EXACT),
    (sizes_equal(2, 3), "fails", Evidence.EXACT),
    (size_at_least(3, 2), "holds", Evidence.EXACT),
    (size_at_least(1, 2), "fails", Evidence.EXACT),
    (size_at_most(2, 2), "holds", Evidence.EXACT),
    (size_at_most(3, 2), "fails", Evidence.EXACT),
]


@pytest.mark.parametrize(("verdict", "outcome", "evidence"), TABLE)
def test_outcomes(verdict: Verdict, outcome: str, evidence: Evidence | None) -> None:
    assert verdict.outcome.value == outcome
    assert verdict.reason
    if evidence is not None:
        assert verdict.evidence is evidence


SQUARE = QQ.matrix([[1, 2], [3, 4]])
ROW = QQ.matrix([[0, 0]])


@pytest.mark.parametrize(
    "neighbour",
    [
        *(equal(2, other) for other in (3, -2, 4)),
        equal(0, 1),
        *(equal(X, other) for other in (X + 1, -X, X * 2)),
        *(equal(SQUARE, other) for other in (SQUARE.scale(-1), SQUARE.scale(2), SQUARE.T)),
        equal(SQUARE, QQ.matrix([[1, 2], [3, 5]])),
        *(equal(B, B.scale(factor)) for factor in (-1, 2)),
        equal(A - A, QQ.matrix([[0, 0], [0, 1]])),
        equal(ROW, ROW.T),
        equal(ROW, QQ.matrix([[0, 1]])),
        vanishes(1),
        vanishes(QQ.matrix([[0, 0], [0, 1]])),
        nonzero(0),
        *(positive(value) for value in (-2, 0)),
        nonnegative(-2),
        *(less(2, other) for other in (1, 2)),
        at_most(2, 1),
        *(strictly_increasing(values) for values in ([3, 2, 1], [2, 1, 3], [1, 1, 2])),
        distinct([1, 1]),
        *(rank_is(A, rank) for rank in (0, 2)),
        rank_at_least(A, 2),
        *(rank_at_most(matrix, rank) for matrix, rank in ((A, 0), (B, 1))),
        nonsingular(A),
        *(determinant_is(B, value) for value in (4, -3, 6)),
        *(positive_definite(matrix) for matrix in (B.scale(-1), A)),
        *(positive_semidefinite(matrix.scale(-1)) for matrix in (A, B)),
        *(sizes_equal(1, other) for other in (0, 2)),
        size_at_least(2, 3),
        size_at_most(2, 1),
    ],
)
def test_wrong_neighbours_of_true_claims_fail(neighbour: Verdict) -> None:
    assert neighbour.is_fails


numbers = st.fractions(min_value=-3, max_value=3, max_denominator=3)


@given(a=numbers, b=numbers)
@settings(max_examples=60, deadline=None)
def test_number_decisions_agree_with_python(a: Fraction, b: Fraction) -> None:
    for one in (QQ.scalar(1), U / U, ROOT / ROOT, X / X):
        x, y = one * a, one * b
        expected: list[tuple[Callable[[Scalar, Scalar], Verdict], bool]] = [
            (equal, a == b),
            (less, a < b),
            (at_most, a <= b),
            (lambda p, q: strictly_increasing([p, q]), a < b),
            (lambda p, q: distinct([p, q]), a != b),
            (lambda p, _: positive(p), a > 0),
            (lambda p, _: nonnegative(p), a >= 0),
            (lambda p, _: vanishes(p), a == 0),
            (lambda p, _: nonzero(p), a != 0),
        ]
        for decide, truth in expected:
            verdict = decide(x, y)
            assert verdict.is_holds == truth
            assert verdict.is_fails == (not truth)


@given(a=numbers, b=numbers, radius=st.fractions(min_value=0, max_value=1, max_denominator=4))
@settings(max_examples=60, deadline=None)
def test_ball_decisions_are_never_wrong(a: Fraction, b: Fraction, radius: Fraction) -> None:
    """A decided answer about a ball is the answer for the number inside it."""
    width = flint.arb(flint.fmpq(radius.numerator, radius.denominator))
    ball = BALLS.scalar(flint.arb(0, width)) + a
    for verdict, truth in (
        (equal(ball, b), a == b),
        (less(ball, b), a < b),
        (at_most(ball, b), a <= b),
        (positive(ball), a > 0),
        (nonnegative(ball), a >= 0),
        (vanishes(ball), a == 0),
        (distinct([ball, b]), a != b),
    ):
        assert not (verdict.is_holds and not truth)
        assert not (verdict.is_fails and truth)
    assert not equal(ball, b).is_holds


def test_decisions_refuse_what_makes_no_sense() -> None:
    with pytest.raises(ShapeError, match="matrix"):
        equal(A, 1)
    with pytest.raises(ShapeError, match="square"):
        nonsingular(QQ.ones(1, 2))
    with pytest.raises(ShapeError, match="square"):
        determinant_is(QQ.ones(1, 2), 1)
    with pytest.raises(ShapeError, match="symmetric"):
        positive_definite(QQ.matrix([[1, 2], [3, 4]]))
    for call in (sizes_equal, size_at_least, size_at_most):
        with pytest.raises(DomainError, match="int"):
            call(True, 1)
        with pytest.raises(DomainError, match="int"):
            call(1, Fraction(1))


def test_rank_over_a_field_that_cannot_tell_is_undecided() -> None:
    field = LogarithmField((2, 3))
    a, b = field.generator("l2"), field.generator("l3")
    middle = (b / a).enclose(40000).mid().fmpq()
    gap = a * (b - a * Fraction(int(middle.p), int(middle.q)))
    matrix = field.diagonal([gap, 1])
    assert rank_is(matrix, 2).is_undecided
    assert vanishes(gap).is_undecided
    assert vanishes(matrix).is_fails
    assert equal(field.diagonal([gap]), field.diagonal([0])).is_undecided


def test_data_and_reasons() -> None:
    assert positive_definite(B).data["inertia"] == (2, 0, 0)
    assert determinant_is(B, 3).data["determinant"] == 3
    assert "rank 1" in rank_is(A, 2).reason
    assert "entry (1, 0): 4 against 1" in equal(B @ B, QQ.matrix([[5, 4], [1, 5]])).reason
    assert "entry (0, 1)" in equal(A, QQ.matrix([[1, 3], [2, 4]])).reason
    assert "as a function of x, y" in vanishes(X).reason
    assert "identically" in equal(X, X).reason
    assert len(shown(10**1000)) < 200
    assert shown(10**1000).endswith("(1001 characters)")


def test_values_in_verdicts_survive_a_process_boundary() -> None:
    for value in (ROOT, U, X / Y, THIRD, A, A.scale(U), A.over(BALLS)):
        again = pickle.loads(pickle.dumps(value))
        assert str(again) == str(value)
