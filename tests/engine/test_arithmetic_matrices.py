"""Matrices: one body of tests over every representation, and fast roads against slow oracles."""

from __future__ import annotations

import copy
import math
import pickle
import random
from fractions import Fraction
from itertools import combinations, permutations

import flint
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    DenseMatrix,
    ExponentialField,
    Field,
    LogarithmField,
    Matrix,
    NumberField,
    RationalFunctions,
    RationalMatrix,
    Scalar,
    modular,
)
from symbolic_landscape.arithmetic.congruence import certain_inertia
from symbolic_landscape.arithmetic.exact import _inertia_by_charpoly, _inertia_of_core
from symbolic_landscape.arithmetic.modular import integer_rank
from symbolic_landscape.errors import DomainError, InexactError, ShapeError
from symbolic_landscape.networks import Network, Samples

ROOT2 = NumberField.of_sqrt(2)
EXPONENTIALS = ExponentialField(1)
SYMBOLS = RationalFunctions(("x", "y"))

FIELDS = (QQ, ROOT2, EXPONENTIALS, SYMBOLS)
LETTERS = {
    QQ: QQ.scalar(Fraction(3, 2)),
    ROOT2: ROOT2.theta,
    EXPONENTIALS: EXPONENTIALS.generator("u"),
    SYMBOLS: SYMBOLS.generator("x"),
}

small = st.fractions(min_value=-4, max_value=4, max_denominator=4)
by_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)


@st.composite
def matrices(
    draw: st.DrawFn, field: Field, height: int | None = None, width: int | None = None
) -> Matrix:
    """A small matrix, rank-deficient rather often."""
    m = draw(st.integers(1, 4)) if height is None else height
    n = draw(st.integers(1, 4)) if width is None else width
    letter = LETTERS[field]
    table = [[draw(small) + letter * draw(st.integers(-1, 1)) for _ in range(n)] for _ in range(m)]
    if m > 1 and draw(st.booleans()):
        table[-1] = [value * 2 for value in table[0]]
    return field.matrix(table)


@st.composite
def symmetric(draw: st.DrawFn, field: Field, size: int | None = None) -> Matrix:
    """A small symmetric matrix, often singular, often with a zero diagonal."""
    n = draw(st.integers(1, 5)) if size is None else size
    square = draw(matrices(field, n, n))
    total = square + square.T
    if draw(st.booleans()):
        total = total - field.diagonal([total[i, i] for i in range(n)])
    return total


def determinant_by_leibniz(matrix: Matrix) -> Scalar:
    """The definition: a sum over permutations."""
    size = matrix.shape[0]
    total = matrix.field.scalar(0)
    for order in permutations(range(size)):
        inversions = sum(order[i] > order[j] for i, j in combinations(range(size), 2))
        term = matrix.field.scalar((-1) ** inversions)
        for i, j in enumerate(order):
            term = term * matrix[i, j]
        total = total + term
    return total


def rank_by_minors(matrix: Matrix) -> int:
    """The definition: the size of the largest nonzero minor."""
    height, width = matrix.shape
    for size in range(min(height, width), 0, -1):
        for rows in combinations(range(height), size):
            for columns in combinations(range(width), size):
                if not determinant_by_leibniz(matrix.submatrix(rows, columns)).is_zero:
                    return size
    return 0


@by_field
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_ring_operations(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    m, n = a.shape
    b = data.draw(matrices(field, m, n))
    c = data.draw(matrices(field, n, 3))
    assert a + b == b + a
    assert (a - b) + b == a
    assert (a + b) @ c == a @ c + b @ c
    assert (a @ c).T == c.T @ a.T
    assert a == a.T.T
    assert -a == a.scale(-1)
    assert a.scale(Fraction(1, 2)) + a.scale(Fraction(1, 2)) == a
    assert field.identity(m) @ a == a
    assert a.hadamard(field.ones(m, n)) == a
    assert a.hadamard(b) == b.hadamard(a)
    assert (a - a).is_zero
    assert (a - a) == field.zeros(m, n)
    assert a.hstack(b).submatrix(range(m), range(n, 2 * n)) == b
    assert a.vstack(b).submatrix(range(m), range(n)) == a
    assert a.flatten().shape == (m * n, 1)
    assert a.rows()[0] == a.row(0)
    assert a.columns()[-1] == a.column(n - 1)
    assert a[m - 1, n - 1] == a[-1, -1] == a.tolist()[-1][-1]
    assert (a == b) == (a.tolist() == b.tolist())
    assert hash(a + b - b) == hash(a)
    assert pickle.loads(pickle.dumps(a)) == a
    assert a.to_sympy().shape == a.shape


@by_field
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_determinant_and_rank_agree_with_their_definitions(
    field: Field, data: st.DataObject
) -> None:
    square = data.draw(matrices(field, 3, 3))
    assert square.det() == determinant_by_leibniz(square)
    assert (square @ square).det() == square.det() ** 2
    a = data.draw(matrices(field))
    assert a.rank() == rank_by_minors(a) == a.T.rank()


@by_field
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_kernel_echelon_form_and_inverse(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    kernel = a.kernel()
    assert kernel.shape == (a.shape[1], a.shape[1] - a.rank())
    assert (a @ kernel).is_zero
    assert kernel.rank() == kernel.shape[1]
    reduced, pivots = a.row_reduced()
    assert len(pivots) == a.rank()
    assert reduced.row_reduced()[0] == reduced
    assert all(reduced[i, j] == 1 for i, j in enumerate(pivots))
    square = data.draw(matrices(field, 3, 3))
    if square.det().is_zero:
        with pytest.raises(DomainError, match="nonsingular"):
            square.inverse()
    else:
        assert square @ square.inverse() == field.identity(3)
        right = data.draw(matrices(field, 3, 2))
        assert square @ square.solve(right) == right


@pytest.mark.parametrize("field", FIELDS[:3], ids=lambda field: field.name)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_ldl_reconstructs_and_gives_the_inertia(field: Field, data: st.DataObject) -> None:
    a = data.draw(symmetric(field))
    size = a.shape[0]
    factors = a.ldl()
    permuted = a.submatrix(factors.permutation, factors.permutation)
    assert factors.lower @ factors.middle @ factors.lower.T == permuted
    assert sum(factors.blocks) == size
    for i in range(size):
        assert factors.lower[i, i] == 1
        assert all(factors.lower[i, j] == 0 for j in range(i + 1, size))
    inertia = factors.inertia()
    assert sum(inertia) == size
    assert inertia[0] + inertia[1] == a.rank()
    assert a.inertia() == inertia
    assert a.scale(-3).inertia() == (inertia[1], inertia[0], inertia[2])
    shear = field.identity(size) + field.matrix(
        [[Fraction(i + 2, j + 1) if i > j else 0 for j in range(size)] for i in range(size)]
    )
    assert (shear @ a @ shear.T).inertia() == inertia


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_inertia_of_rationals_by_three_roads(data: st.DataObject) -> None:
    a = data.draw(symmetric(QQ))
    assert isinstance(a, RationalMatrix)
    integral = a.integral()
    expected = a.ldl().inertia()
    assert _inertia_by_charpoly(integral) == expected
    assert _inertia_of_core(integral) in (expected, None)
    assert a.inertia() == expected


@given(seed=st.integers(0, 10**6), size=st.integers(17, 28), rank=st.integers(1, 28))
@settings(max_examples=12, deadline=None)
def test_inertia_and_rank_of_larger_matrices_by_construction(
    seed: int, size: int, rank: int
) -> None:
    """A = F D F^T for a random F (n, r) of full column rank has the signs of D and n - r zeros."""
    rank = min(rank, size)
    draw = iter(_numbers(seed))
    factor = QQ.matrix([[next(draw) for _ in range(rank)] for _ in range(size)])
    middle = [(1 if next(draw) > 0 else -1) * (1 + abs(next(draw))) for _ in range(rank)]
    matrix = factor @ QQ.diagonal(middle) @ factor.T
    positive = sum(value > 0 for value in middle)
    if factor.rank() == rank:
        assert matrix.rank() == rank
        assert matrix.inertia() == (positive, rank - positive, size - rank)
    assert isinstance(matrix, RationalMatrix)
    assert integer_rank(matrix.integral()) == int(matrix.integral().rank())


def _numbers(seed: int) -> list[int]:
    """A plain linear congruential sequence of small integers."""
    values = []
    state = seed
    for _ in range(3000):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        values.append((state >> 40) % 41 - 20)
    return values


@pytest.mark.parametrize("height", [3, 10, 24])
def test_rank_of_rationals_agrees_with_domain_matrix(height: int) -> None:
    numbers = _numbers(height)
    rows = [
        [Fraction(numbers[7 * i + j], 1 + abs(numbers[5 * j + i])) for j in range(height)]
        for i in range(height)
    ]
    rows[-1] = [2 * a - b for a, b in zip(rows[0], rows[1], strict=True)]
    ours = QQ.matrix(rows)
    entries = [[sympy.QQ(v.numerator, v.denominator) for v in row] for row in rows]
    assert ours.rank() == DomainMatrix(entries, (height, height), sympy.QQ).rank()


def test_integer_rank_survives_an_unlucky_prime() -> None:
    """The first prime used divides every 2x2 minor, so the rank modulo it is too small."""
    prime = next(p for p in range((1 << 64) - 1, 1 << 63, -2) if flint.fmpz(p).is_prime())
    assert int(flint.nmod_mat(flint.fmpz_mat([[1, 0], [0, prime]]), prime).rank()) == 1
    assert integer_rank(flint.fmpz_mat([[1, 0], [0, prime]])) == 2
    assert integer_rank(flint.fmpz_mat([[prime, 0], [0, 0]])) == 1
    unlucky = QQ.diagonal([1] * 20 + [prime])
    assert unlucky.rank() == 21
    assert unlucky.inertia() == (21, 0, 0)


def test_certain_inertia_refuses_what_it_cannot_certify() -> None:
    singular = flint.fmpz_mat([[1, 1], [1, 1]])
    assert certain_inertia(singular) is None
    assert certain_inertia(flint.fmpz_mat([[0]])) is None
    assert certain_inertia(flint.fmpz_mat([[0, 1], [1, 0]])) == (1, 1)
    assert certain_inertia(flint.arb_mat([["inf", 0], [0, 1]])) is None
    assert certain_inertia(flint.arb_mat([["nan", 0], [0, 1]])) is None
    assert certain_inertia(flint.arb_mat([[flint.arb(0, 1), 0], [0, 1]])) is None
    hilbert = flint.fmpq_mat.hilbert(18, 18).numer_denom()[0]
    assert certain_inertia(hilbert) == (18, 0)
    huge = flint.fmpz_mat([[10**600, 1], [1, -(10**600)]])
    assert certain_inertia(huge) == (1, 1)
    assert certain_inertia(flint.fmpz_mat(0, 0)) == (0, 0)


def _layered(seed: int, first: int, second: int, features: int, bits: int) -> flint.fmpz_mat:
    """[[A, B^T], [B, C]] where the columns of B and C depend on each other as features do."""
    source = random.Random(seed)

    def table(height: int, width: int, size: int) -> flint.fmpz_mat:
        entries = [source.getrandbits(size) - (1 << (size - 1)) for _ in range(height * width)]
        return flint.fmpz_mat(height, width, entries)

    unit = [[int(i == j) for j in range(features)] for i in range(features)]
    short = flint.fmpz_mat(unit + table(second - features, features, 12).table())
    middle = table(features, features, bits)
    top, side = table(first, first, bits), table(first, second, bits)
    whole = [a + b for a, b in zip((top + top.transpose()).table(), side.table(), strict=True)]
    corner = short * (middle + middle.transpose()) * short.transpose()
    whole += [a + b for a, b in zip(side.transpose().table(), corner.table(), strict=True)]
    return flint.fmpz_mat(whole)


@pytest.mark.parametrize("sizes", [(8, 50, 20), (3, 60, 30), (0, 70, 40)])
def test_rank_of_large_layered_matrices_is_shown_by_a_smaller_one(
    sizes: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = _layered(1, *sizes, bits=200)
    monkeypatch.setattr(modular, "MANY_PRIMES", 1 << 30)
    plain = integer_rank(matrix)
    monkeypatch.setattr(modular, "MANY_PRIMES", 16)
    first, _, features = sizes
    assert plain == 2 * first + features == integer_rank(matrix) == int(matrix.rank())
    assert modular._has_rank_at_most(matrix, plain)
    assert not modular._has_rank_at_most(matrix, plain - 1)
    changed = matrix.table()
    changed[-1][-1] += 1
    assert integer_rank(flint.fmpz_mat(changed)) == plain + 1
    assert not modular._has_rank_at_most(flint.fmpz_mat(changed), plain)


def test_inertia_of_a_singular_hessian_by_a_smaller_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """2-8-8-1 with t^2 and 20 samples: 105 parameters, rank 99, condition number 10^19."""
    source = random.Random(20)
    numbers = [Fraction(source.randint(-7, 7), source.randint(1, 7)) for _ in range(165)]
    samples = Samples([[numbers[2 * i], numbers[2 * i + 1]] for i in range(20)],
                      [[value] for value in numbers[40:60]])  # fmt: skip
    network = Network((2, 8, 8, 1), "square")
    hessian = network.loss(samples).at(network.parameters(numbers[60:])).hessian
    integral = hessian.integral()
    shown: list[bool] = []
    smaller = modular._has_rank_at_most
    monkeypatch.setattr(
        modular, "_has_rank_at_most", lambda *given: shown.append(smaller(*given)) or shown[-1]
    )
    assert hessian.inertia() == _inertia_by_charpoly(integral)
    assert shown == [True]


def test_a_smaller_matrix_shows_a_rank_only_where_integers_do() -> None:
    """A combination that holds modulo the primes of the guess, and not over the integers."""
    product = math.prod(modular._primes(modular.SHORT_PRIMES))
    at_most = modular._has_rank_at_most
    assert at_most(flint.fmpz_mat([[1, 0], [0, 1], [2, 3]]), 2)
    assert not at_most(flint.fmpz_mat([[1, 0], [0, 1], [2, 3]]), 1)
    assert at_most(flint.fmpz_mat([[2, 0, 0], [0, 3, 0], [1, 1, 0]]), 2)
    assert not at_most(flint.fmpz_mat([[1, 0, 2], [0, 1, 3], [1, 1, 5 + product]]), 2)
    assert not at_most(flint.fmpz_mat([[1, 0], [0, product]]), 1)
    assert not at_most(flint.fmpz_mat([[0, product], [0, 0]]), 0)
    assert at_most(flint.fmpz_mat([[0, 0], [0, 0]]), 0)


def test_inertia_of_the_hilbert_matrix_is_exact() -> None:
    """Condition number near 10^23: floating point sees a singular matrix."""
    hilbert = QQ.matrix([[Fraction(1, i + j + 1) for j in range(18)] for i in range(18)])
    assert hilbert.inertia() == (18, 0, 0)
    assert (hilbert - QQ.diagonal([Fraction(1, 10**15)] * 18)).inertia()[1] > 0


@by_field
def test_empty_matrices(field: Field) -> None:
    empty = field.zeros(0, 3)
    assert empty.shape == (0, 3)
    assert empty.T.shape == (3, 0)
    assert empty.rank() == 0
    assert empty.kernel() == field.identity(3)
    assert (empty.T @ empty) == field.zeros(3, 3)
    assert field.zeros(0, 0).det() == 1
    assert field.zeros(0, 0).inverse().shape == (0, 0)
    assert field.zeros(0, 0).inertia() == (0, 0, 0)
    assert field.identity(0).shape == (0, 0)
    assert field.diagonal([]).shape == (0, 0)
    assert field.column([]).shape == (0, 1)
    assert field.zeros(0, 0).trace() == 0
    assert field.zeros(0, 0).is_symmetric


@by_field
def test_wrong_shapes_should_fail(field: Field) -> None:
    a, b = field.ones(2, 3), field.ones(2, 2)
    calls = (
        lambda: a + b,
        lambda: a - b,
        lambda: a @ a,
        lambda: a.hadamard(b),
        lambda: a.det(),
        lambda: a.inverse(),
        lambda: a.trace(),
        lambda: a.solve(b),
        lambda: b.solve(field.ones(3, 1)),
        lambda: a.ldl(),
        lambda: a.inertia(),
        lambda: field.matrix([[1, 2], [3, 4]]).inertia(),
        lambda: field.matrix([[1, 2], [3, 4]]).ldl(),
        lambda: a.hstack(field.ones(3, 1)),
        lambda: a.vstack(b),
        lambda: a[2, 0],
        lambda: a[0, -4],
        lambda: a.row(2),
        lambda: a.submatrix([0], [5]),
        lambda: field.matrix([[1, 2], [3]]),
        lambda: field.matrix([]),
    )
    for call in calls:
        with pytest.raises(ShapeError):
            call()
    with pytest.raises(TypeError, match="column"):
        list(a)
    assert a != b
    assert (a == 1) is False
    assert a != field.zeros(2, 3)


def test_matrices_over_different_fields_mix() -> None:
    a = QQ.matrix([[1, 2], [3, 4]])
    root = ROOT2.matrix([[ROOT2.theta, 0], [0, 1]])
    assert (a @ root).field == ROOT2
    assert (a + root)[0, 0] == 1 + ROOT2.theta
    assert a.scale(ROOT2.theta)[1, 1] == 4 * ROOT2.theta
    assert a.hadamard(root) == root.hadamard(a)
    assert a.hstack(root).field == ROOT2
    assert a.vstack(root)[2, 0] == ROOT2.theta
    assert a.solve(root) == a.inverse() @ root
    assert root.solve(a) == root.inverse() @ a
    assert a.over(ROOT2) == a
    assert isinstance(a.over(ROOT2), DenseMatrix)
    assert root.scale(ROOT2.theta).over(ROOT2).scale(ROOT2.theta)[0, 0] == 2 * ROOT2.theta
    assert (root @ root - QQ.diagonal([2, 1])).is_zero
    with pytest.raises(DomainError):
        root.over(QQ)
    assert (root @ root).over(QQ) == QQ.diagonal([2, 1])
    with pytest.raises(DomainError):
        a @ root @ EXPONENTIALS.identity(2).scale(EXPONENTIALS.generator("u"))


def test_matrices_print_short() -> None:
    assert str(QQ.matrix([[1, Fraction(1, 2)], [0, -3]])) == "[1, 1/2; 0, -3]"
    assert repr(QQ.matrix([[1]])) == "Matrix([1] over Q)"
    assert str(QQ.zeros(13, 2)) == "matrix of shape (13, 2)"
    assert str(SYMBOLS.matrix([[LETTERS[SYMBOLS] / 2]])) == "[x/2]"


@by_field
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_rank_at_a_sample_point_is_no_more_than_the_rank(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(SYMBOLS))
    assert a.least_rank() <= a.rank() <= min(a.shape)
    assert field.zeros(2, 2).rank() == 0


def test_rank_where_every_sample_point_is_unlucky() -> None:
    """x - 10007, x - 20011 and x - 30011 as factors make each sample point singular."""
    x = SYMBOLS.generator("x")
    unlucky = (x - 10007) * (x - 20011) * (x - 30011)
    matrix = SYMBOLS.diagonal([1, unlucky])
    assert matrix.least_rank() == 1
    assert matrix.rank() == 2
    assert matrix.det() == unlucky


def test_inertia_needs_an_order() -> None:
    x = SYMBOLS.generator("x")
    with pytest.raises(DomainError, match="every value"):
        SYMBOLS.diagonal([x, 1]).inertia()
    assert SYMBOLS.diagonal([2, -1]).inertia() == (1, 1, 0)
    singular = EXPONENTIALS.matrix([[LETTERS[EXPONENTIALS], 1], [1, 1 / LETTERS[EXPONENTIALS]]])
    assert singular.inertia() == (1, 0, 1)


def test_rank_with_two_logarithms_needs_certainty() -> None:
    field = LogarithmField((2, 3))
    a, b = field.generator("l2"), field.generator("l3")
    assert field.matrix([[a, b], [a * 2, b * 2]]).rank() == 1
    assert field.matrix([[a, b], [b, a]]).rank() == 2
    assert (a * b - b * a).is_zero
    assert not (2 * a - b).is_zero
    assert (a**2 - b).sign() == -1


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_balls_enclose_the_exact_results(data: st.DataObject) -> None:
    a = data.draw(matrices(QQ, 3, 3))
    balls = a.over(BallField(80))
    assert isinstance(balls, BallMatrix)
    assert balls.det().raw.contains(a.det().enclose(400))
    assert balls.least_rank() <= a.rank()
    assert (balls @ balls.T).enclose().contains((a @ a.T).enclose(400))
    assert (balls + balls).enclose().contains((a + a).enclose(400))
    assert (balls - balls.scale(3)).enclose().contains(a.scale(-2).enclose(400))
    if a.rank() == 3:
        assert balls.rank() == 3
        assert balls.inverse().enclose().contains(a.inverse().enclose(400))
        right = QQ.matrix([[1], [2], [3]])
        assert balls.solve(right).enclose().contains(a.solve(right).enclose(400))
    else:
        with pytest.raises(DomainError, match="not certainly more"):
            balls.rank()
        with pytest.raises(DomainError, match="certainly nonsingular"):
            balls.inverse()


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_ball_inertia_agrees_where_it_answers(data: st.DataObject) -> None:
    a = data.draw(symmetric(QQ))
    try:
        found = a.over(BallField(80)).inertia()
    except DomainError:
        return
    assert found == a.inertia()


def test_ball_matrices_keep_their_precision() -> None:
    low = BallField(64).matrix([[Fraction(1, 3)]])
    high = BallField(256).matrix([[Fraction(1, 3)]])
    assert (low @ high).field == BallField(256)
    assert low.over(BallField(256)).enclose().contains(low.enclose())
    assert pickle.loads(pickle.dumps(high)).enclose().contains(high.enclose())
    assert low.T.shape == (1, 1)
    assert BallField(64).ones(2, 3).shape == (2, 3)
    with pytest.raises(DomainError):
        low.solve(SYMBOLS.matrix([[LETTERS[SYMBOLS]]]))


def test_trace_and_echelon_form_with_a_zero_column() -> None:
    a = QQ.matrix([[0, 1, 2], [0, 3, 4], [0, 0, 0]])
    assert a.trace() == 3
    assert a.row_reduced()[1] == (1, 2)
    assert a.kernel() == QQ.column([1, 0, 0])
    with pytest.raises(DomainError, match="nonsingular"):
        a.solve(QQ.ones(3, 1))


# ---- as people write it --------------------------------------------------------------------------
def test_numbers_scale_and_parts_are_taken_by_slices() -> None:
    a = QQ.matrix([[1, 2, 3], [4, 5, 6]])
    assert 2 * a == a * 2 == a + a
    assert a / 2 == QQ.matrix([[Fraction(1, 2), 1, Fraction(3, 2)], [2, Fraction(5, 2), 3]])
    assert a[:, 1:] == QQ.matrix([[2, 3], [5, 6]])
    assert a[1] == QQ.matrix([[4, 5, 6]])
    assert a[1, :2] == QQ.matrix([[4, 5]])
    assert a[-1, -1] == 6


def test_column_is_a_vector() -> None:
    g = QQ.matrix([[1], [Fraction(1, 2)], [0]])
    assert list(g) == [g[0], g[1], g[2]]
    assert g[1] == Fraction(1, 2)
    assert g[1:] == QQ.matrix([[Fraction(1, 2)], [0]])
    with pytest.raises(TypeError, match="column"):
        list(QQ.matrix([[1, 2]]))


def test_numpy_gets_exact_numbers_and_floats_where_they_are_asked_for() -> None:
    np = pytest.importorskip("numpy")
    a = QQ.matrix([[1, Fraction(1, 3)]])
    assert np.array(a)[0, 1] == Fraction(1, 3)
    assert np.array(a, dtype=float).tolist() == [[1.0, 1 / 3]]
    assert np.array(QQ.zeros(0, 2)).shape == (0, 2)
    with pytest.raises(TypeError, match="of Scalars or of floats"):
        np.array(QQ.matrix([[2**53 + 1]]), dtype=int)


@pytest.mark.parametrize("factor", [0.5, "2", QQ.matrix([[1]])], ids=["float", "text", "matrix"])
def test_only_exact_numbers_scale(factor: object) -> None:
    with pytest.raises(TypeError, match="exact number"):
        QQ.matrix([[1]]) * factor


# ---- beside SymPy, copied, and kept -----------------------------------------------------------
NUMBERS = [field for field in FIELDS if field is not SYMBOLS]


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.name)
def test_matrix_equals_its_sympy_matrix_from_both_sides(field: Field) -> None:
    a = field.matrix([[LETTERS[field], 2], [0, LETTERS[field] ** 2]])
    shown = sympy.Matrix(a)
    assert shown == a.to_sympy()
    assert a == shown
    assert shown == a
    assert a == sympy.ImmutableMatrix(shown)
    assert a != shown + sympy.eye(2)
    assert a != sympy.eye(3)
    assert a != sympy.MatrixSymbol("A", 2, 2)
    assert sympy.sympify(a[0, 0]) == LETTERS[field].to_sympy()
    assert a + shown == 2 * a


def test_comparison_with_sympy_is_decided_in_the_field() -> None:
    a = ROOT2.matrix([[1 + ROOT2.theta]])
    hidden = sympy.sqrt(3 + 2 * sympy.sqrt(2))
    assert sympy.Matrix([[hidden]]) != sympy.Matrix(a)  # SymPy compares how they are written
    assert a == sympy.Matrix([[hidden]])
    assert a[0, 0] == hidden
    assert QQ.scalar(0) == sympy.exp(2) - sympy.exp(1) ** 2


@pytest.mark.parametrize(
    ("other", "error"),
    [(sympy.Symbol("t"), DomainError), (sympy.pi, DomainError), (sympy.Float("0.5"), InexactError)],
)
def test_comparison_with_sympy_is_never_a_guess(other: sympy.Expr, error: type[Exception]) -> None:
    with pytest.raises(error):
        _ = QQ.scalar(Fraction(1, 2)) == other


def test_ball_should_not_be_told_equal_to_a_sympy_number() -> None:
    third = BallField(64).matrix([[Fraction(1, 3)]])
    assert third != sympy.Matrix([[sympy.Rational(1, 2)]])
    with pytest.raises(DomainError, match="not decided by a ball"):
        _ = third == sympy.Matrix([[sympy.Rational(1, 3)]])


@by_field
def test_matrix_and_scalar_survive_copying_and_keeping(field: Field) -> None:
    a = field.matrix([[LETTERS[field], 2], [0, 1]])
    for again in (copy.deepcopy(a), copy.copy(a), pickle.loads(pickle.dumps(a))):
        assert again == a
        assert hash(again) == hash(a)
    assert copy.deepcopy(a[0, 0]) == a[0, 0]
