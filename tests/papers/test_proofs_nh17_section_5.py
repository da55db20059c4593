"""NH17, section 5: statuses, findings with exact counterexamples, and wrong variants."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from sabotage import refused, variant

from symbolic_landscape import classify
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.check import judge
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.formula import ZERO, Piece, T
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import found, status
from symbolic_landscape.proofs.nguyen_hein_2017 import section_5_instances as points
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_loss_families import SHAPES, LossFamily
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_losses import (
    loss_is_convex_or_listed,
    loss_meets_assumption,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5 import NH17_T5_3
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_assumptions import (
    FIGURE_2,
    NH17_A5_2,
    NH17_E5_figure,
    true_class_loss_is_one_sided,
    wrong_class_loss_is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_chain import (
    class_gradient_vanishes,
    class_minimum_is_attained,
    each_unit_feeds_one_unit,
    features_annihilate_errors_above,
    features_are_separable,
    is_global_class_minimum,
    last_errors,
    next_errors_vanish_together,
    weighted_errors_vanish_together,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_hinge import (
    FreeEntry,
    NH17_E5_hinge,
    objective_is_squared_hinge,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_hyperplanes import (
    Obstacle,
    class_sign,
    separating_hyperplanes,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_loss import (
    FEW_CLASSIFIED,
    NH17_D5_loss,
    class_objective_is_backpropagated,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_one_sided import (
    PenaltyFamily,
    is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import (
    TRUE_SQUARES,
    ClassifiedPoint,
    classified,
    objective_in_balls,
    separating_point,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_relation import (
    NH17_R5_general,
    NH17_R5_wide,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_repaired import NH17_T5_3_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_separable import (
    LINE_OF_THREE,
    NH17_D5_1,
    NH17_R5_indep,
    classes_are_separable,
    classification,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_signs import (
    FREE,
    NH17_I5_3,
    diagonal_sums_sizes,
)
from symbolic_landscape.verdict import Evidence

NO_SEARCH = Options(instances=0)
FEW = Options(instances=10)
PRINTED = (
    NH17_D5_1,
    NH17_D5_loss,
    NH17_A5_2,
    NH17_E5_figure,
    NH17_E5_hinge,
    NH17_I5_3,
    NH17_T5_3,
    NH17_R5_indep,
    NH17_R5_general,
    NH17_R5_wide,
)
READINGS = tuple(reading for statement in PRINTED for reading in statement.readings)
PICKED = ("invalid inference", "step pick_the_unit_of_a_nonzero_column")
SQUASHED = ("inconsistent", "regime labels 1 and -1 with sigmoid or tanh")


@cache
def judged(statement: Statement) -> StatementResult:
    return judge(statement, FEW, READINGS)


@pytest.mark.parametrize("statement", READINGS, ids=lambda s: f"{s.key} {s.reading}")
def test_each_reading_comes_out_as_recorded(statement: Statement) -> None:
    result = judged(statement)
    assert found(result) == tuple(sorted(statement.expected))
    assert status(result) == ("refuted" if statement in (NH17_T5_3, NH17_R5_wide) else "checked")
    assert not result.open_obligations


def test_theorem_5_3_is_refuted_by_one_flat_weight() -> None:
    result = judged(NH17_T5_3)
    assert set(found(result)) == {
        ("refuted", "statement"),
        ("invalid inference", "step slopes_are_positive"),
        PICKED,
        SQUASHED,
    }
    (finding,) = (f for f in result.findings if f.kind == "refuted")
    assert finding.counterexample is not None
    assert finding.counterexample["network"]["activation"] == "t**3"
    assert finding.counterexample["parameters"] == {"weights": [[["0"]]], "biases": [["0"]]}
    assert "Phi = 0 < 1" in finding.text


def test_the_induction_fails_on_four_samples_with_integers() -> None:
    result = judged(NH17_T5_3)
    (finding,) = (f for f in result.findings if (f.kind, f.where) == PICKED)
    assert finding.counterexample is not None
    assert finding.counterexample["name"] == points.NESTED.name
    assert "Delta is [-8, 16; -8, 56; 8, -16; 8, -56]" in finding.text


@pytest.mark.parametrize("s", [points.NESTED, points.ONE_HOT], ids=lambda s: s.name)
def test_smooth_counterexamples_to_theorem_5_3(s: ClassifiedPoint) -> None:
    """Positive slopes, separable inputs, W_2 of rank 2, gradient 0: and Phi is not least."""
    assert s.network.activation.derivative_positive().is_holds
    for hypothesis in NH17_T5_3.hypotheses:
        assert hypothesis.decide(s).is_holds, hypothesis.name
    assert weighted_errors_vanish_together.decide(s).is_holds, "(6) holds for each choice of units"
    assert features_annihilate_errors_above.decide(s).is_holds
    assert next_errors_vanish_together.decide(s).is_fails
    assert is_global_class_minimum.decide(s).is_fails
    assert each_unit_feeds_one_unit.decide(s).is_fails


@pytest.mark.parametrize("s", [points.NESTED, points.ONE_HOT], ids=lambda s: s.name)
def test_smooth_counterexamples_are_strict_saddles(s: ClassifiedPoint) -> None:
    """Every residual lies where its loss is a square, so that Phi is a sum of squares nearby."""
    assert all((s.residuals[i, j] * s.sign_of(i, j)).sign() < 0 for i, j in s.places)
    found_ = classify(s.network.loss(s.samples), s.parameters)
    assert found_.kind == "strict saddle"
    assert found_.inertia == (6, 2, 4)


def test_a_wide_layer_separates_the_data_for_almost_all_weights_only() -> None:
    (finding,) = judged(NH17_R5_wide).findings
    assert finding.counterexample is not None
    assert finding.counterexample["network"]["widths"] == [1, 1, 1]
    assert finding.counterexample["parameters"]["weights"][0] == [["0"]]


def test_the_one_hot_counterexample_in_numbers() -> None:
    s = points.ONE_HOT
    outputs = [[value.rational() for value in row] for row in s.features(2).tolist()]
    quarter = Fraction(1, 4)
    assert outputs == [[3 * quarter, quarter]] * 4 + [[quarter, 3 * quarter]] * 4
    assert s.objective == 3
    better = separating_point(s, 0, 4)
    assert better is not None
    assert str(objective_in_balls(s, better)) == "0"


def _slope(residual: Fraction, *, in_class: bool) -> Fraction:
    """The slope of the loss of Figure 2."""
    zero = Fraction(0)
    return 2 * (min(residual, zero) if in_class else max(residual, zero))


@pytest.mark.parametrize("s", [points.NESTED, points.ONE_HOT], ids=lambda s: s.name)
def test_counterexamples_by_hand(s: ClassifiedPoint) -> None:
    """The gradient by plain fractions and the chain rule, without the engine."""
    x = [[v.rational() for v in row] for row in s.samples.inputs.tolist()]
    y = [[v.rational() for v in row] for row in s.samples.targets.tolist()]
    (w1, w2), (b1, b2) = (
        [[[v.rational() for v in row] for row in m.tolist()] for m in part]
        for part in (s.parameters.weights, s.parameters.biases)
    )
    c = Fraction(1, 40) if s is points.ONE_HOT else Fraction(1)
    one, total = Fraction(1), [Fraction(0)] * 12
    for row, labels, label in zip(x, y, s.classes, strict=True):
        g = [sum((w * v for w, v in zip(w1[p], row, strict=True)), b1[p][0]) for p in range(2)]
        f = [c * (t + t * t * t) for t in g]
        h = [sum((w * v for w, v in zip(w2[j], f, strict=True)), b2[j][0]) for j in range(2)]
        out = [
            _slope(c * (t + t * t * t) - labels[j], in_class=j + 1 == label) * c * (1 + 3 * t * t)
            for j, t in enumerate(h)
        ]
        back = [
            sum((out[j] * w2[j][p] for j in range(2)), Fraction(0)) * c * (1 + 3 * g[p] * g[p])
            for p in range(2)
        ]
        parts = [e * v for e in back for v in (*row, one)] + [e * v for e in out for v in (*f, one)]
        total = [a + b for a, b in zip(total, parts, strict=True)]
    assert total == [0] * 12


def test_a_layer_above_the_output_is_no_layer() -> None:
    s = points.OUTPUT_SEPARABLE
    assert features_are_separable.decide(s).is_holds
    assert features_are_separable.decide(replace(s, layer=1)).is_fails
    assert class_gradient_vanishes.decide(s).is_holds
    assert is_global_class_minimum.decide(s).is_fails


@pytest.mark.parametrize(
    ("activation", "labels", "outcome"),
    [
        ("tanh", (1, -1), "fails"),
        ("tanh", ("1/2", "-1/2"), "holds"),
        ("sigmoid", (1, -1), "fails"),
        ("sigmoid", (1, 0), "fails"),
        ("sigmoid", ("3/4", "1/4"), "holds"),
        ("cubic", (1, -1), "holds"),
    ],
)
def test_the_minimum_is_attained_just_inside_the_range(
    activation: str, labels: tuple[object, object], outcome: str
) -> None:
    true, wrong = labels
    s = classified(
        "range",
        widths=(1, 2),
        activation=activation,
        inputs=[[-1], [1]],
        labels=[[true, wrong], [wrong, true]],
        classes=(1, 2),
        weights=[[[0], [0]]],
        biases=[[0, 0]],
    )
    assert class_minimum_is_attained.decide(s).outcome.value == outcome


# --- losses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "holds"),
    [
        (TRUE_SQUARES, True),
        (PenaltyFamily(exponents=(2,)), True),
        (PenaltyFamily(exponents=(3, 7)), True),
        (PenaltyFamily(exponents=(1, 2)), False),
        (PenaltyFamily(exponents=(0, 2)), False),
        (PenaltyFamily(exponents=()), False),
        (ScalarLoss.of("sum"), False),
        (ScalarLoss.of(Piece(-(T**2), ZERO, 1)), False),
        (ScalarLoss.of(Piece(ZERO, T**2, 1)), False),
        (points.STEP_LOSS, False),
        (ScalarLoss.of(Piece(T**2 + 1, ZERO, 1)), False),
        (ScalarLoss.of(Piece(T**2, T**3, 1)), False),
    ],
)
def test_which_losses_are_those_of_a_true_class(
    loss: ScalarLoss | PenaltyFamily, holds: bool
) -> None:
    verdict = is_one_sided(loss, Side.NEGATIVE)
    assert verdict.is_holds == holds
    assert verdict.is_fails != holds


@pytest.mark.parametrize("family", SHAPES)
def test_listed_losses_meet_the_assumption_for_all_parameters(family: str) -> None:
    s = LossFamily(name=family, family=family)
    verdict = loss_meets_assumption.decide(s)
    assert verdict.is_holds
    assert verdict.evidence is Evidence.IDENTITY
    shape = s.shape
    for wrong in (
        replace(shape, above=shape.below, below=((("a", 2),), *shape.above)),
        replace(shape, factor=lambda v: shape.factor(v) * 2),
        replace(shape, factor=lambda v: -shape.factor(v)),
    ):
        other = LossFamily(name=family, family=family)
        other.__dict__["shape"] = wrong
        assert not (
            loss_meets_assumption.decide(other).is_holds
            and loss_is_convex_or_listed.decide(other).is_holds
        )


def test_figure_2_is_not_twice_differentiable() -> None:
    for fact, loss in (
        (true_class_loss_is_one_sided, FIGURE_2.true_loss),
        (wrong_class_loss_is_one_sided, FIGURE_2.wrong_loss),
    ):
        assert fact.decide(FIGURE_2).is_holds
        assert loss.twice_continuously_differentiable().is_fails
    family = PenaltyFamily(exponents=(2, 4))
    assert family.continuously_differentiable().evidence is Evidence.IDENTITY
    assert family.twice_continuously_differentiable().is_fails
    assert PenaltyFamily(exponents=(3, 4)).twice_continuously_differentiable().is_holds


def test_backpropagation_against_a_literal_derivative() -> None:
    """Phi of a polynomial network along each parameter, by its difference quotient."""
    step = Fraction(1, 10**40)
    for s in (FEW_CLASSIFIED[0], FEW_CLASSIFIED[2]):
        assert class_objective_is_backpropagated.decide(s).is_holds
        vector, names = s.network.vector(s.parameters), s.network.parameter_names
        found_ = {}
        for i, name in enumerate(names):
            moved = [v + step * (j == i) for j, v in enumerate(vector)]
            there = replace(s, parameters=s.network.parameters(moved)).objective.rational()
            found_[name] = (there - s.objective.rational()) / step
        start = 0
        for layer, width in enumerate(s.network.widths[1:], 1):
            claimed = s.gradient_of(layer)
            below = s.network.widths[layer - 1]
            for i, name in enumerate(names[start : start + width * below]):
                value = claimed[i % below, i // below].rational()
                assert abs(found_[name] - value) < Fraction(1, 10**10)
            start += width * (below + 1)


def test_hinge_form_is_an_identity_in_the_output() -> None:
    for label, in_class in ((1, True), (-1, False)):
        verdict = objective_is_squared_hinge.decide(FreeEntry(label=label, in_class=in_class))
        assert verdict.is_holds
        assert verdict.evidence is Evidence.IDENTITY
    assert objective_is_squared_hinge.decide(FreeEntry(label=2, in_class=True)).is_fails


# --- separability --------------------------------------------------------------------------------


def test_hyperplanes_and_obstacles_on_all_small_classifications() -> None:
    """Every list of up to three of these points with two classes: one of the two certificates."""
    grid = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)]
    count = 0
    for size in (1, 2, 3):
        for chosen in product(grid, repeat=size):
            if list(chosen) != sorted(chosen):
                continue
            extended = QQ.matrix([[*row, 1] for row in chosen])
            for classes in product((1, 2), repeat=size):
                count += 1
                answer = separating_hyperplanes(extended, classes, 2)
                if isinstance(answer, Obstacle):
                    parts = zip(answer.samples, answer.multiples, strict=True)
                    total = [Fraction(0)] * 3
                    for i, c in parts:
                        assert c.rational() > 0
                        sign = class_sign(classes, i, answer.label)
                        row = (*chosen[i], 1)
                        total = [
                            a + sign * c.rational() * b for a, b in zip(total, row, strict=True)
                        ]
                    assert total == [0, 0, 0]
                else:
                    values = (extended @ answer).tolist()
                    for i, found_row in enumerate(values):
                        for j, value in enumerate(found_row):
                            assert (value * class_sign(classes, i, j + 1)).sign() > 0
    assert count == 350


def test_separability_of_the_edge_cases() -> None:
    assert classes_are_separable.decide(LINE_OF_THREE).is_fails
    both = classification("the same vector twice", [[1], [1]], (1, 2))
    assert classes_are_separable.decide(both).is_fails
    with pytest.raises(ShapeError, match="one class from 1 to 2"):
        classification("a class too many", [[1], [2]], (1, 3), 2)
    with pytest.raises(ShapeError, match="one class from 1 to 1"):
        replace(points.ONE_WEIGHT, classes=(2,))


def test_sign_lemma_holds_for_all_sizes() -> None:
    for s in FREE:
        verdict = diagonal_sums_sizes.decide(s)
        assert verdict.is_holds
        assert verdict.evidence is Evidence.IDENTITY


# --- wrong variants ------------------------------------------------------------------------------

WRONG = {
    "no chain condition": lambda: variant(
        NH17_T5_3_REPAIRED,
        NH17_T5_3_REPAIRED.steps,
        hypotheses=tuple(
            h for h in NH17_T5_3_REPAIRED.hypotheses if h is not each_unit_feeds_one_unit
        ),
        controls={
            h: c
            for h, c in NH17_T5_3_REPAIRED.controls.items()
            if h is not each_unit_feeds_one_unit
        },
        instances=(*NH17_T5_3_REPAIRED.instances, points.ONE_HOT),
    ),
    "a good point as control of separability": lambda: variant(
        NH17_T5_3_REPAIRED,
        NH17_T5_3_REPAIRED.steps,
        controls={
            **NH17_T5_3_REPAIRED.controls,
            features_are_separable: points.COUPLED_GOOD,
        },
    ),
    "a sample of the counterexample in another class": lambda: variant(
        NH17_T5_3_REPAIRED,
        NH17_T5_3_REPAIRED.steps,
        controls={
            **NH17_T5_3_REPAIRED.controls,
            each_unit_feeds_one_unit: replace(points.NESTED, classes=(1, 2, 2, 2)),
        },
    ),
    "A5.2 with squares on both sides": lambda: variant(
        NH17_A5_2,
        (),
        instances=(replace(FIGURE_2, true_loss=ScalarLoss.of("sum")),),
    ),
    "A5.2 with a falling activation": lambda: variant(
        NH17_A5_2, (), instances=(replace(FIGURE_2, activation=Activation.of("-tanh(t)")),)
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_variants_are_refused(name: str) -> None:
    assert refused(WRONG[name](), NO_SEARCH, READINGS)


def test_errors_of_the_last_layer_of_the_counterexample() -> None:
    assert [[int(v.rational()) for v in row] for row in last_errors(points.NESTED).tolist()] == [
        [-8, 16],
        [-8, 56],
        [8, -16],
        [8, -56],
    ]
