"""NH17, section 5 and the headline in the new form: derivations, points, what decides on them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape import Network, Parameters, Samples, classify
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.nguyen_hein_2017.section_1.almost_all import (
    ALMOST_ALL,
    COVERED,
    HEADLINE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.causes import LEVEL, STEEP
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.chains import FEEDS
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.equal_slopes import EQUAL, LAST
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.hinge import E5_HINGE
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.one_sided import A5_2, E5_FIGURE
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.relations import (
    INDEPENDENT,
    LOSSES_DIFFER,
    R5_GENERAL,
    WIDE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separability import I5_3, R5_INDEP
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.squashed import SQUASHED
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.theorem import GORI, PART_1, THEOREM
from symbolic_landscape.proofs.nguyen_hein_2017.settings import class_decisions as decisions
from symbolic_landscape.proofs.nguyen_hein_2017.settings import class_points as points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import CLASSES, VECTORS
from symbolic_landscape.statement.language import the
from symbolic_landscape.statement.lemma import Statement

DERIVED = (
    *(A5_2, E5_FIGURE, E5_HINGE, I5_3, R5_INDEP, R5_GENERAL, LOSSES_DIFFER, INDEPENDENT, COVERED),
    *(FEEDS, EQUAL, LAST, SQUASHED, ALMOST_ALL, HEADLINE),
    *(s.repaired for s in (PART_1, THEOREM, GORI, WIDE)),
)
SHARED = "hidden units that see what the classes share"
REFUTING = [p for p in points.POINTS if SHARED in p.name]
INSTANCES = {name: Instance(name, values) for name, values in CLASSES.instances()}


@pytest.mark.slow
@pytest.mark.parametrize("statement", DERIVED, ids=str)
def test_every_step_is_derived_and_no_hypothesis_is_too_much(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    if statement is not HEADLINE:
        assert not DERIVATIONS.of(statement).surplus


def test_the_headline_needs_neither_width_nor_pyramid() -> None:
    assert DERIVATIONS.of(HEADLINE).surplus == ("wide", "pyramid")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "gaps"),
    [
        (PART_1, ("positive", "errors/descent/step/pick")),
        (STEEP, ("errors/descent/step/pick",)),
        (LEVEL, ("positive",)),
        (WIDE, ("separable",)),
    ],
    ids=["part 1", "positive slopes", "chains of units", "a wide layer"],
)
def test_printed_proofs_have_these_gaps_and_no_others(
    statement: Statement, gaps: tuple[str, ...]
) -> None:
    refused = [s.path for s in DERIVATIONS.of(statement).steps if not s.accepted]
    assert refused == list(gaps)


# ---- the counterexamples by plain fractions ------------------------------------------------------
def _rows(table: Any) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in table]


def _forward(point: points.ClassPoint, W: Any, b: Any) -> tuple[list[Any], list[Any]]:
    """Features and slopes of each layer, with c (t + t^3) + d."""
    c = Fraction(1, 40) if point.sigma == points.SMALL else Fraction(1)
    d = int(point.sigma == points.SHIFTED)
    features, slopes = [_rows(point.X)], []
    for A, shift in zip(map(_rows, W), _rows(b), strict=True):
        before = [
            [sum((x * A[p][q] for p, x in enumerate(row)), shift[q]) for q in range(len(shift))]
            for row in features[-1]
        ]
        features.append([[c * (t + t**3) + d for t in row] for row in before])
        slopes.append([[c * (1 + 3 * t * t) for t in row] for row in before])
    return features, slopes


def _residuals(point: points.ClassPoint, outputs: Any) -> list[list[Fraction]]:
    """What the losses of Figure 2 penalise: negative in the class, positive off it."""
    assert point.Y is not None
    return [
        [min(f - y, Fraction(0)) if j + 1 == own else max(f - y, Fraction(0))
         for j, (f, y) in enumerate(zip(row, labels, strict=True))]
        for row, labels, own in zip(outputs, _rows(point.Y), point.classes, strict=True)
    ]  # fmt: skip


def _squares(residuals: Any) -> Fraction:
    return sum((a * a for row in residuals for a in row), Fraction(0))


def _times(a: Any, b: Any) -> list[list[Fraction]]:
    """The products of the entries."""
    return [[x * y for x, y in zip(*rows, strict=True)] for rows in zip(a, b, strict=True)]


@pytest.mark.parametrize("point", REFUTING, ids=lambda p: p.name)
def test_the_counterexample_is_critical_and_no_minimum(point: points.ClassPoint) -> None:
    features, slopes = _forward(point, point.W, point.b)
    penalised = _residuals(point, features[-1])
    assert _squares(penalised) == (3 if point.sigma == points.SMALL else 170)
    errors = [
        [2 * a * s for a, s in zip(*rows, strict=True)]
        for rows in zip(penalised, slopes[-1], strict=True)
    ]
    for layer in range(len(point.W), 0, -1):
        below = [[*row, Fraction(1)] for row in features[layer - 1]]
        for column in zip(*below, strict=True):
            for error in zip(*errors, strict=True):
                assert sum(x * e for x, e in zip(column, error, strict=True)) == 0
        if layer > 1:
            A = _rows(point.W[layer - 1])
            errors = [
                [
                    slopes[layer - 2][i][p] * sum(e * w for e, w in zip(row, A[p], strict=True))
                    for p in range(len(A))
                ]
                for i, row in enumerate(errors)
            ]
    assert point.better is not None
    better, _ = _forward(point, *point.better)
    assert _squares(_residuals(point, better[-1])) == 0


@pytest.mark.parametrize("point", [p for p in REFUTING if len(p.W) == 2], ids=lambda p: p.name)
def test_the_counterexample_is_a_strict_saddle(point: points.ClassPoint) -> None:
    features, _ = _forward(point, point.W, point.b)
    assert all(all(row) for row in _residuals(point, features[-1])), "squares nearby"
    net = Network(widths=(2, 2, 2), activation=point.sigma, output_activation=point.sigma)
    weights = [[list(column) for column in zip(*A, strict=True)] for A in point.W]
    found = classify(
        net.loss(Samples(inputs=point.X, targets=point.Y), "sum"),
        Parameters(weights=weights, biases=point.b),
    )
    assert (found.kind, found.inertia) == ("strict saddle", (6, 2, 4))


# ---- decisions -----------------------------------------------------------------------------------
NOT_SEPARABLE = {
    "middle of a line",
    "middle of a line, in and out",
    "one vector in two classes",
    "square, opposite corners",
}


def test_vectors_are_separable_but_for_four() -> None:
    found = set()
    for name, values in VECTORS.instances():
        instance = Instance(name, values)
        Z = next(x for v, x in instance.values.items() if v.name == "Z")
        verdict = decisions.linearly_separable(instance, (Z.shape[1], Z))
        assert not verdict.is_undecided
        found |= {name} if verdict.is_fails else set()
    assert found == NOT_SEPARABLE


def _values(instance: Instance) -> dict[str, Any]:
    return {str(v.name): x for v, x in instance.values.items()}


def _carried(name: str, k: int, r: int, v: list[int]) -> Any:
    instance = INSTANCES[name]
    values = _values(instance)
    arguments = (values["W"].at, values["b"].at, k, r, [[x] for x in v])
    return decisions.carried(instance, arguments)


@pytest.mark.parametrize(
    ("name", "k", "r", "v", "holds"),
    [
        (SHARED, 0, 2, [1, 0], False),
        (SHARED, 0, 2, [0, 0], True),
        (SHARED, 0, 2, [6, 1], True),
        (SHARED, 1, 2, [1, 0], True),
        (f"{SHARED}, three layers", 1, 3, [0, 1], False),
        ("two layers, each unit feeds one output", 0, 2, [0, 1], True),
        ("linear layers of equal slopes, coupled", 0, 2, [1, 1], True),
        ("outer weights zero", 0, 2, [1, 0], False),
        ("flat activation below, two layers, two classes", 0, 2, [1, 0], False),
    ],
)
def test_what_is_carried_down(name: str, k: int, r: int, v: list[int], holds: bool) -> None:
    verdict = _carried(name, k, r, v)
    assert verdict.is_holds if holds else verdict.is_fails


def test_every_better_point_is_better_and_fitted_points_are_minima() -> None:
    for point in points.POINTS:
        instance = INSTANCES[point.name]
        values = _values(instance)
        verdict = decisions.global_minimum(instance, (values["W"], values["b"]))
        if point.better is not None:
            assert verdict.is_fails, point.name
        else:
            assert not verdict.is_fails, point.name


def test_a_decision_without_a_value_is_undecided() -> None:
    L = next(v for v in map(the, CLASSES.variables) if v.name == "L")
    instance = Instance("depth alone", {L: 1})
    values = _values(INSTANCES["one weight, one sample, one class"])
    assert decisions.global_minimum(instance, (values["W"], values["b"])).is_undecided
