"""The rank test for deep linear networks against certificates that know nothing of ranks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any

import pytest
import sympy

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.critical import Kind, classify, critical_values
from symbolic_landscape.critical.deep_linear import (
    Comparison,
    DeepLinearPoint,
    PointKind,
    RankTest,
    Tally,
    WeightCurve,
    attains_relaxed_optimum,
    certificate,
    compare,
    critical_point,
    generated_points,
    lower_blocks,
    orthogonal_matrix,
    point_with_blocks,
    rank_test,
    saddle_curves,
    spectral_data,
    table_lines,
    tally,
)
from symbolic_landscape.errors import DomainError, InexactError, ShapeError
from symbolic_landscape.networks import Network, Parameters, Samples

WIDTHS = (
    (1, 1),
    (2, 2),
    (3, 1),
    (1, 3),
    (1, 1, 1),
    (2, 1, 1),
    (2, 1, 2),
    (2, 2, 2),
    (2, 3, 2),
    (3, 2, 3),
    (2, 3, 3),
    (2, 2, 4),
    (1, 2, 3),
    (3, 1, 2),
    (2, 1, 4),
    (1, 1, 1, 1),
    (2, 2, 2, 2),
    (3, 1, 1, 3),
    (3, 2, 2, 3),
    (4, 2, 2, 3),
    (2, 1, 2, 3),
    (2, 2, 3, 4),
    (1, 2, 1, 2, 1),
    (2, 1, 2, 1, 2),
    (2, 3, 2, 3, 2),
    (3, 2, 3, 2, 3),
    (2, 2, 2, 2, 5),
    (2, 1, 2, 1, 2, 2),
    (2, 2, 2, 2, 2, 2),
    (1, 3, 1, 2, 1, 3),
)
QUICK = ((2, 2), (1, 3), (2, 1, 2), (2, 1, 4), (1, 1, 1, 1), (3, 1, 1, 3), (1, 2, 1, 2, 1))

UNIT = [[1, 0], [0, 1]]


def zeros(height: int, width: int) -> list[list[int]]:
    return [[0] * width for _ in range(height)]


@cache
def tallied(widths: tuple[int, ...], seed: int) -> Tally:
    return tally(widths, seed)


def check_row(row: Tally) -> None:
    hidden = len(row.widths) - 2
    assert row.disagreements == ()
    assert row.kinds[PointKind.UNDECIDED] == 0
    assert row.passed == row.kinds[PointKind.GLOBAL_MINIMUM] >= 1
    assert bool(row.kinds[PointKind.STRICT_SADDLE]) == (hidden >= 1)
    assert bool(row.kinds[PointKind.SADDLE]) == (hidden >= 2)
    assert row.zero_products >= (hidden >= 1)
    assert row.narrowest_layers == tuple(
        p for p, width in enumerate(row.widths) if width == min(row.widths)
    )


@pytest.mark.parametrize("widths", QUICK, ids=str)
def test_test_and_certificates_agree_on_small_networks(widths: tuple[int, ...]) -> None:
    check_row(tallied(widths, 5))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("widths", "seed"),
    [(w, seed) for w in WIDTHS for seed in (0, 5) if seed == 0 or w not in QUICK],
    ids=str,
)
def test_test_and_certificates_agree(widths: tuple[int, ...], seed: int) -> None:
    check_row(tallied(widths, seed))


def between(point: DeepLinearPoint, above: int, below: int) -> Matrix:
    """W_{above-1} ... W_{below+1}; the identity where there is no layer between."""
    size = point.weights[below - 1].shape[0] if below else point.inputs.shape[0]
    product = QQ.identity(size)
    for weight in point.weights[below : above - 1]:
        product = weight @ product
    return product


def is_tightened(point: DeepLinearPoint) -> bool:
    """Whether for any two layers one of the three products around them has the rank of them all."""
    rank, last = point.product.rank(), len(point.weights) + 1
    return all(
        rank in (between(point, *ends).rank() for ends in ((last, i), (i, j), (j, 0)))
        for i, j in ((i, j) for i in range(1, last) for j in range(1, i))
    )


def check_classification_by_pivots(widths: tuple[int, ...]) -> None:
    """Global minima, strict and other saddles as in Achour, Malgouyres and Gerchinovitz 2024.

    "The loss landscape of deep linear neural networks: a second-order analysis", Journal of Machine
    Learning Research 25(242): a critical point whose product is the best of its rank is a global
    minimum where that rank is the least width, and else a strict saddle just if it is not
    tightened; all others are strict saddles. It is about no more outputs than inputs.
    """
    points = list(generated_points(widths, 5))
    best: dict[int, Any] = {}
    for point in points:
        rank = point.product.rank()
        best[rank] = min(best.get(rank, point.loss), point.loss, key=lambda loss: loss.rational())
    for point in points:
        rank = point.product.rank()
        wanted = PointKind.STRICT_SADDLE
        if point.loss == best[rank] and rank == min(widths):
            wanted = PointKind.GLOBAL_MINIMUM
        elif point.loss == best[rank] and is_tightened(point):
            wanted = PointKind.SADDLE
        assert certificate(point).kind is wanted, point.weights


PIVOTED = [widths for widths in WIDTHS if widths[0] >= widths[-1]]


@pytest.mark.parametrize("widths", [w for w in PIVOTED if w in QUICK], ids=str)
def test_kinds_are_those_of_the_classification_by_pivots(widths: tuple[int, ...]) -> None:
    check_classification_by_pivots(widths)


@pytest.mark.slow
@pytest.mark.parametrize("widths", [w for w in PIVOTED if w not in QUICK], ids=str)
def test_more_kinds_are_those_of_the_classification_by_pivots(widths: tuple[int, ...]) -> None:
    check_classification_by_pivots(widths)


def test_the_table_covers_what_it_should() -> None:
    ends = [(w[0], w[-1], min(w), len(w) - 2) for w in WIDTHS]
    assert len(set(WIDTHS)) >= 20
    assert {hidden for *_, hidden in ends} == {0, 1, 2, 3, 4}
    assert any(k == min(a, b) for a, b, k, _ in ends)
    assert any(k < min(a, b) for a, b, k, _ in ends)
    assert any(a < b for a, b, *_ in ends)
    assert any(a > b for a, b, *_ in ends)
    assert sum(b >= a + 2 for a, b, *_ in ends) >= 4
    narrow = [w for w in WIDTHS if list(w[1:-1]).count(min(w)) > 1 and min(w) < min(w[0], w[-1])]
    assert len(narrow) >= 4


def test_lines_of_the_table() -> None:
    heading, row = table_lines([tallied((2, 1, 2), 5)])
    assert heading.split()[:3] == ["widths", "k", "narrowest"]
    assert row.split() == ["2,", "1,", "2", "1", "1", "1", "2", "0", "1", "-", "0"]


# --- all critical values, by elimination -----


SMALLEST = [
    ((1, 1, 1), (2,)),
    ((1, 1, 1, 1), (3,)),
    ((2, 1, 1), (2,)),
    ((1, 1, 2), (3,)),
    ((1, 2, 1), (2,)),
    ((2, 1, 2), (2, 1)),
]


@pytest.mark.parametrize(("widths", "values"), SMALLEST)
def test_critical_values_are_those_of_a_groebner_basis(
    widths: tuple[int, ...], values: tuple[int, ...]
) -> None:
    data = spectral_data(widths[0], widths[-1], values, more_samples=1)
    network = Network(widths=widths, activation="linear", bias=False)
    samples = Samples(inputs=data.inputs.T, targets=data.targets.T)
    by_elimination = critical_values(network.loss(samples, "half"))
    by_selection = {
        critical_point(data, widths[1:-1], selected).loss
        for rank in range(min(widths) + 1)
        for selected in combinations(range(len(values)), rank)
    }
    assert list(by_elimination) == sorted(by_selection)


# --- an independent classifier, and values along the curves -----


@pytest.mark.parametrize("widths", [(1, 1, 1), (2, 1, 2), (1, 1, 1, 1), (2, 1, 1, 2)], ids=str)
def test_the_general_classifier_says_the_same(widths: tuple[int, ...]) -> None:
    kinds = {
        PointKind.GLOBAL_MINIMUM: {Kind.NON_STRICT_MINIMUM, Kind.STRICT_MINIMUM},
        PointKind.STRICT_SADDLE: {Kind.STRICT_SADDLE},
        PointKind.SADDLE: {Kind.SADDLE},
    }
    for point in generated_points(widths):
        network = Network(widths=widths, activation="linear", bias=False)
        samples = Samples(inputs=point.inputs.T, targets=point.targets.T)
        found = classify(network.loss(samples, "half"), Parameters(weights=point.weights))
        assert found.kind in kinds[certificate(point).kind]


def moved(point: DeepLinearPoint, curve: WeightCurve, t: Fraction) -> DeepLinearPoint:
    weights = list(point.weights)
    for power, term in enumerate(curve.terms, 1):
        weights = [w + c.scale(t**power) for w, c in zip(weights, term, strict=True)]
    return DeepLinearPoint(point.inputs, point.targets, tuple(weights))


@pytest.mark.parametrize("widths", [(2, 1, 2), (2, 2, 2, 2), (1, 2, 1, 2, 1)], ids=str)
def test_the_risk_falls_and_rises_along_the_curves(widths: tuple[int, ...]) -> None:
    saddles = 0
    for point in generated_points(widths, 3):
        falling, rising = saddle_curves(point)
        if falling is None or rising is None:
            assert attains_relaxed_optimum(point).is_holds
            continue
        saddles += 1
        for t in (Fraction(1, 10**4), Fraction(1, 10**6)):
            lower, higher = (moved(point, c, t).loss - point.loss for c in (falling, rising))
            assert lower.sign() < 0 < higher.sign()
            first = falling.coefficient * t**falling.order
            assert abs(lower - first) < abs(first) / 2
    assert saddles


def test_a_global_minimum_has_no_curve_of_descent() -> None:
    for widths in ((2, 1, 2), (3, 2, 3), (2, 2, 2)):
        for point in generated_points(widths, 3):
            if attains_relaxed_optimum(point).is_holds:
                assert saddle_curves(point)[0] is None


def test_a_saddle_whose_hessian_vanishes_falls_at_the_fifth_order() -> None:
    layers = [zeros(1, 1)] * 5
    found = certificate(DeepLinearPoint.of([[1]], [[3]], layers))
    assert found.kind is PointKind.SADDLE
    assert found.inertia == (0, 0, 5)
    assert found.descent is not None
    assert found.descent.order == 5


# --- irrational and equal singular values -----

IRRATIONAL = [[1, 0, 0], [0, 1, 1], [0, 0, 1]]


def three_wide(targets: list[list[int]], first: int) -> DeepLinearPoint:
    unit = [[int(i == j) for j in range(3)] for i in range(3)]
    return DeepLinearPoint.of(unit, targets, [[[first, 0, 0]], [[1], [0], [0]]])


def test_a_rational_value_between_two_irrational_ones() -> None:
    found = compare(three_wide(IRRATIONAL, 1))
    assert not found.test.is_global_minimum
    assert found.certificate.kind is PointKind.STRICT_SADDLE
    assert found.agree.is_holds


def test_a_rational_value_above_two_irrational_ones() -> None:
    found = compare(three_wide([[2, 0, 0], [0, 1, 1], [0, 0, 1]], 2))
    assert found.test.is_global_minimum
    assert found.certificate.kind is PointKind.GLOBAL_MINIMUM
    assert str(found.certificate.bound) == "3/2"


def test_equal_values_leave_the_choice_of_vectors_free() -> None:
    for row, column in (([[1, 0]], [[1], [0]]), ([[0, 1]], [[0], [1]])):
        found = compare(DeepLinearPoint.of(UNIT, UNIT, [row, column]))
        assert found.test.is_global_minimum
        assert found.certificate.kind is PointKind.GLOBAL_MINIMUM


def test_every_narrowest_layer_gives_the_same_answer() -> None:
    for point in generated_points((2, 1, 2, 1, 2), 5):
        answers = {leading for _, leading in rank_test(point).columns}
        assert len(answers) <= 1
        assert len(rank_test(point).columns) in (0, 2)


def test_dependent_inputs_have_certificates_and_no_rank_test() -> None:
    point = DeepLinearPoint.of([[1, 1], [1, 1]], [[2, 0]], [zeros(2, 2), zeros(1, 2)])
    assert certificate(point).kind is PointKind.STRICT_SADDLE
    with pytest.raises(DomainError, match="inputs of rank 2 were needed, got rank 1"):
        rank_test(point)


# --- wrong tests are refuted -----


@cache
def compared() -> tuple[Comparison, ...]:
    networks = ((2, 1, 2), (3, 2, 3), (2, 2, 2))
    return tuple(compare(point) for widths in networks for point in generated_points(widths))


@pytest.mark.parametrize(
    "passes",
    [
        lambda t: t.rank >= t.narrowest - 1,
        lambda t: t.rank > 0,
        lambda t: t.rank == t.narrowest,
        lambda t: t.rank < t.narrowest,
        lambda t: any(leading for _, leading in t.columns),
    ],
    ids=["one less", "not zero", "rank alone", "less than k", "columns alone"],
)
def test_another_criterion_disagrees_somewhere(passes: Callable[[RankTest], bool]) -> None:
    cases = [
        compare(p) for widths in ((2, 1, 2), (3, 2, 3), (2, 2, 2)) for p in generated_points(widths)
    ]
    least = [c.certificate.kind is PointKind.GLOBAL_MINIMUM for c in cases]
    assert [passes(c.test) for c in cases] != least
    assert [c.test.is_global_minimum for c in cases] == least


def test_the_criterion_needs_correlated_targets() -> None:
    point = DeepLinearPoint.of([[1]], [[0]], [zeros(1, 1), zeros(1, 1)])
    assert certificate(point).kind is PointKind.GLOBAL_MINIMUM
    with pytest.raises(DomainError, match="Y X\\^T of rank 1 or more was needed, got 0"):
        rank_test(point)


# --- the generator -----


def test_orthogonal_matrices_are_orthogonal() -> None:
    for size in range(1, 6):
        matrix = orthogonal_matrix(size, size)
        assert matrix @ matrix.T == QQ.identity(size)


def test_data_have_the_prescribed_singular_values() -> None:
    data = spectral_data(2, 3, (Fraction(5, 2), 1), seed=4)
    point = DeepLinearPoint(data.inputs, data.targets, (data.best_map,))
    assert point.is_critical
    assert point.correlation.is_zero
    gram = point.gram
    for value in (Fraction(25, 4), 1, 0):
        assert (gram - QQ.identity(3).scale(value)).det().is_zero


def test_generated_points_are_distinct_and_critical() -> None:
    points = list(generated_points((2, 2, 2, 2), 5))
    assert len(points) == len({p.weights for p in points}) == 16
    assert all(block.is_zero for p in points for block in p.gradient)


def test_blocks_that_are_seen_are_refused() -> None:
    data = spectral_data(2, 2, (2, 1))
    blocks = [QQ.matrix([[0, 1]]), QQ.matrix([[2]])]
    with pytest.raises(DomainError, match="the gradient is not zero"):
        point_with_blocks(data, (2,), (0,), blocks)


def test_lower_blocks_have_the_stated_shapes() -> None:
    shapes = [block.shape for block in lower_blocks((2, 3, 4, 3), 1, "two zero", 1)]
    assert shapes == [(2, 2), (3, 2), (2, 3)]


# --- refusals -----


def test_refusals() -> None:
    data = spectral_data(2, 2, (2, 1))
    with pytest.raises(ShapeError, match="at most 1, were needed"):
        critical_point(data, (1,), (0, 1))
    with pytest.raises(ShapeError, match="a single layer: all 2 directions were needed, got 1"):
        critical_point(data, (), (0,))
    with pytest.raises(ShapeError, match="singular values: 2 were needed, got 1"):
        spectral_data(2, 2, (1,))
    with pytest.raises(ShapeError, match="at least one layer was needed"):
        DeepLinearPoint.of([[1]], [[1]], [])
    with pytest.raises(ShapeError, match="W_2: 1 columns were needed"):
        DeepLinearPoint.of([[1]], [[1]], [[[1]], [[1, 1]]])
    with pytest.raises(ShapeError, match="targets: shape"):
        DeepLinearPoint.of([[1]], [[1, 2]], [[[1]]])
    with pytest.raises(InexactError):
        DeepLinearPoint.of([[0.5]], [[1]], [[[1]]])
    with pytest.raises(DomainError, match="rational numbers were needed"):
        DeepLinearPoint.of([[1]], [[1]], [[[sympy.sqrt(2)]]])


def test_points_that_are_not_critical_are_refused() -> None:
    point = DeepLinearPoint.of([[1]], [[1]], [[[2]]])
    for ask in (rank_test, certificate, saddle_curves, compare):
        with pytest.raises(DomainError, match="a critical point was needed"):
            ask(point)


def test_texts() -> None:
    """The direction of descent turns the smaller singular direction towards the greater."""
    found = compare(DeepLinearPoint.of(UNIT, [[2, 0], [0, 1]], [[[0, 1]], [[0], [1]]]))
    assert str(found).splitlines() == [
        "widths 2, 1, 2: least width k = 1",
        "the product of all layers has rank 1",
        "the columns of the layers after layer 1 do not span 1 leading left singular vectors",
        "saddle",
        "strict saddle: one curve falls and one rises",
        "eigenvalues of the Hessian: 2 positive, 1 negative, 1 zero",
        "descent: the risk changes by -3/2 t^2 + ...",
        "ascent: the risk changes by 1/2 t^2 + ...",
        "the rank test says saddle, the certificate strict saddle",
    ]
