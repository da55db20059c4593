"""`classify`: one test for each certificate, its traps, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest
import sympy

from symbolic_landscape import Network, Parameters, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField, BallMatrix, NumberField
from symbolic_landscape.critical import Answer, Classification, Kind, classify_problem
from symbolic_landscape.critical.atoms import atom_field, values_needed
from symbolic_landscape.critical.bounds import network_parity, parity
from symbolic_landscape.critical.convexity import rounded_down
from symbolic_landscape.critical.curvature import signature
from symbolic_landscape.critical.curves import Slice, measured
from symbolic_landscape.critical.gallery import exhibit
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.problem import problem_from_data, problem_from_text, read_problem
from symbolic_landscape.critical.series import SeriesField
from symbolic_landscape.critical.symmetries import Mechanism
from symbolic_landscape.errors import DomainError, ProblemError, ShapeError
from symbolic_landscape.formula import evaluated, parse_formula, to_sympy
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.verdict import Evidence


def classified(name: str) -> Classification:
    return classify_problem(exhibit(name).problem())


# ---- series along curves


@pytest.mark.parametrize(
    "text",
    [
        "exp(t)",
        "tanh(t)",
        "log(1 + t)",
        "atan(t)",
        "sqrt(1 + t)",
        "1/(2 - t)",
        "t**3 - t",
        "exp(-t)",
    ],
)
def test_series_have_the_taylor_coefficients_of_sympy(text: str) -> None:
    ring = SeriesField(QQ, 6)
    argument = ring.from_coefficients([QQ.scalar(0), QQ.scalar(1), QQ.scalar(Fraction(-1, 2))])
    found = ring.coefficients(evaluated(parse_formula(text), argument, ring))
    t = sympy.Symbol("t")
    expression = to_sympy(parse_formula(text), t - t**2 / 2)
    wanted = sympy.series(expression, t, 0, 7).removeO()
    assert [value.to_sympy() for value in found] == [wanted.coeff(t, k) for k in range(7)]


def test_series_of_a_root_at_zero_should_fail() -> None:
    ring = SeriesField(QQ, 2)
    with pytest.raises(DomainError, match="constant term"):
        ring.sqrt(ring.from_coefficients([QQ.scalar(0), QQ.scalar(1)]))


def test_change_along_a_curve_is_that_of_the_expanded_loss() -> None:
    network = Network((1, 1, 1), "cubic", bias=False)
    surface = network.loss(Samples([[1], [2]], [[1], [3]]))
    local = LocalLoss(surface, network.parameters([1, Fraction(1, 2)]))
    u = [[QQ.scalar(1), QQ.scalar(-1)], [QQ.scalar(0), QQ.scalar(2)]]
    t = sympy.Symbol("t")
    values = {surface.symbols[0]: 1 + t, surface.symbols[1]: sympy.Rational(1, 2) - t + 2 * t**2}
    expanded = sympy.expand(surface.expression.subs(values))
    found = local.change(u, 4)
    assert [value.to_sympy() for value in found] == [expanded.coeff(t, k) for k in range(1, 5)]


# ---- letters for values of functions


def test_letters_know_oddness_and_reciprocals_and_nothing_else() -> None:
    field = atom_field(6, ["t"])
    t = field.generator("t").raw
    one = field.constant(Fraction(1))
    moved = field.add(t, one)
    assert field.is_zero(field.add(field.tanh(moved), field.tanh(field.negative(moved))))
    product = field.multiply(field.exp(moved), field.exp(field.negative(moved)))
    assert field.is_zero(field.subtract(product, one))
    square = field.sqrt(field.add(one, field.multiply(t, t)))
    relation = field.subtract(field.multiply(square, square), field.add(one, field.multiply(t, t)))
    assert not relation[0].is_zero()


def test_a_number_in_letters_is_nonzero_only_where_balls_show_it() -> None:
    field = atom_field(4)
    one = field.constant(Fraction(1))
    assert not field.is_zero(field.tanh(one))
    hidden = field.subtract(
        field.power(field.sqrt(field.constant(Fraction(2))), 2), field.constant(Fraction(2))
    )
    with pytest.raises(DomainError, match="not settled"):
        field.is_zero(hidden)


def test_too_many_letters_should_fail() -> None:
    field = atom_field(1000)
    for argument in range(1, 41):
        field.tanh(field.constant(Fraction(argument)))
    field.tanh(field.constant(Fraction(40)))
    with pytest.raises(DomainError, match="more than 40 values"):
        field.tanh(field.constant(Fraction(41)))
    assert values_needed(parse_formula("log(1 + exp(t))")) == 2


# ---- linear algebra


def test_kernel_in_an_exponential_field_is_found_without_elimination() -> None:
    network = Network((1, 2, 1), "tanh")
    surface = network.loss(Samples([[1], [2]], [[0], [1]]))
    features = surface.features(network.parameters([1, 1, 0, 0, 1, 1, 0]), 1)
    kernel = exact_kernel(features)
    assert kernel.shape == (2, 1)
    assert (features @ kernel).is_zero


def test_signature_takes_a_pivot_of_size_two_on_a_zero_diagonal() -> None:
    matrix = BallField(64).matrix([[0, 1, 0], [1, 0, 0], [0, 0, -3]])
    assert isinstance(matrix, BallMatrix)
    found = signature(matrix)
    assert (found.positive, found.negative) == (1, 2)


def test_signature_claims_nothing_about_a_singular_rest() -> None:
    matrix = BallField(64).matrix([[1, 1], [1, 1]])
    assert isinstance(matrix, BallMatrix)
    found = signature(matrix)
    assert (found.positive, found.negative) == (1, 0)


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(10**20 + 1, 7), Fraction(1, 10**9)])
def test_short_bounds_stay_below_and_close(value: Fraction) -> None:
    short = rounded_down(value)
    assert short is not None
    assert Fraction(15, 16) * value <= short <= value
    assert rounded_down(Fraction(-1)) is None


# ---- kinds and their certificates


def test_strict_minimum_comes_with_a_box_on_which_the_loss_is_larger() -> None:
    found = classified("line_fit")
    assert found.kind is Kind.STRICT_MINIMUM
    assert found.convexity is not None
    assert found.convexity.radius is not None
    # eigenvalues of 2 [[5, 3], [3, 3]]: 8 - 2 sqrt(10) > 1.67
    assert Fraction(8, 5) < found.convexity.at_point < Fraction(168, 100)


def test_convexity_bound_is_below_the_least_eigenvalue_on_the_box() -> None:
    problem = exhibit("near_tanh").problem()
    found = classify_problem(problem)
    assert found.convexity is not None
    radius, bound = found.convexity.radius, found.convexity.on_box
    assert radius is not None
    assert bound is not None
    centre = [Fraction(str(mpmath.mpf(str(x).split()[0].strip("[")))) for x in found.coordinates]
    for signs in ((1, 1, 1, 1), (-1, 1, -1, 1), (1, -1, -1, -1)):
        corner = [c + s * radius * Fraction(9, 10) for c, s in zip(centre, signs, strict=True)]
        hessian = problem.surface.at(corner).numeric(30).hessian
        assert (
            min(mpmath.eigsy(hessian, eigvals_only=True))
            > mpmath.mpf(bound.numerator) / bound.denominator
        )


def test_saddle_of_higher_order_has_curves_both_ways() -> None:
    found = classified("four_layer_origin")
    assert found.kind is Kind.SADDLE
    assert found.descent is not None
    assert found.ascent is not None
    surface = exhibit("four_layer_origin").problem().surface
    step = Fraction(1, 1024)
    for curve, sign in ((found.descent, -1), (found.ascent, 1)):
        assert curve.order == 4
        assert ((surface.at(curve.at(step)).value - found.loss) * sign).sign() > 0


def test_reduced_change_is_the_least_one_across_the_kernel() -> None:
    # (w^2 + c)^2 + c^2 near w = c = 0: w^4 along the straight line, w^4 / 2 along c = -w^2 / 2
    network = Network((1, 1, 1), "square")
    surface = network.loss(Samples([[1], [0]], [[0], [0]]))
    local = LocalLoss(surface, network.parameters([0, 0, 1, 0]))
    straight = measured(local, [[QQ.scalar(k) for k in (1, 0, 0, 0)]], 4)
    bent = Slice(local, (0, 3)).reduced((1,))
    assert straight is not None
    assert bent is not None
    assert (straight.order, straight.coefficient) == (4, 1)
    assert (bent.order, bent.coefficient) == (4, Fraction(1, 2))


def test_degenerate_maximum_with_hessian_zero() -> None:
    network = Network((2, 1), output_activation="t**4", bias=False)
    surface = network.loss(Samples([[1, 0], [0, 1]], [[1], [1]]))
    found = classify(surface, [0, 0])
    assert found.kind is Kind.MAXIMUM
    assert found.inertia == (0, 0, 2)


def test_strict_minimum_with_hessian_zero_in_two_variables() -> None:
    network = Network((2, 1), output_activation="t**2", bias=False)
    surface = network.loss(Samples([[1, 0], [0, 1], [1, 1]], [[0], [0], [0]]))
    found = classify(surface, [0, 0])
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


def test_constant_loss_on_a_flat_does_not_make_a_minimum() -> None:
    # a unit with outgoing weight 0: the loss does not depend on its weights, but it is a saddle
    assert classified("tanh_constant_fit").kind is Kind.STRICT_SADDLE


def test_semidefinite_hessian_alone_does_not_make_a_minimum() -> None:
    found = classified("tanh_cubed_origin")
    assert found.inertia == (0, 0, 2)
    assert found.kind is Kind.SADDLE


def test_non_critical_point_has_a_better_one_nearby() -> None:
    found = classified("line_not_fitted")
    assert found.kind is Kind.NOT_CRITICAL
    assert found.better is not None
    surface = exhibit("line_not_fitted").problem().surface
    assert surface.at([x.rational() for x in found.better.coordinates]).value < found.loss


def test_joint_of_relu_with_zero_loss_is_a_global_minimum() -> None:
    surface = Network((1, 1, 1), "relu").loss(Samples([[1]], [[2]]))
    found = classify(surface, [1, -1, 5, 2])
    assert (found.kind, found.global_minimum) == (Kind.NON_STRICT_MINIMUM, Answer.YES)


def test_joint_of_relu_is_said_where_it_is() -> None:
    found = classified("relu_joint")
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert any("unit 1 of layer 1 on sample 1" in reason for reason in found.reasons)


def test_large_denominators_do_not_hang() -> None:
    surface = Network((1, 2, 1), "sigmoid").loss(Samples([[1], ["1/7"]], [[1], [2]]))
    point = [Fraction(k * k + 1, 9973 + k) for k in range(7)]
    assert classify(surface, point).kind is Kind.NOT_CRITICAL


def test_logarithms_as_weights_make_deep_sigmoids_exact() -> None:
    surface = Network((1, 1, 1, 1), "sigmoid").loss(Samples([[1]], [["7/4"]]))
    weights = [[[sympy.log(2)]], [[sympy.log(3) * sympy.Rational(3, 2)]], [[1]]]
    found = classify(surface, Parameters(weights, [[0], [0], [1]]))
    assert (found.kind, found.global_minimum) == (Kind.NON_STRICT_MINIMUM, Answer.YES)
    assert found.inertia == (1, 0, 5)


def test_number_field_point() -> None:
    root = NumberField.of_sqrt(2).theta
    surface = Network((1, 1), output_activation="square", bias=False).loss(Samples([[1]], [[2]]))
    found = classify(surface, [root])
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)
    assert found.inertia == (1, 0, 0)


@pytest.mark.parametrize("convention", ["sum", "half", "mean"])
def test_conventions_of_squares_give_the_same_kind(convention: str) -> None:
    surface = Network((1, 1, 1), bias=False).loss(Samples([[1], [2]], [[1], [2]]), convention)
    assert classify(surface, [0, 0]).kind is Kind.STRICT_SADDLE
    assert classify(surface, [2, Fraction(1, 2)]).kind is Kind.NON_STRICT_MINIMUM


# ---- null directions


def mechanisms(found: Classification) -> list[Mechanism | None]:
    return [null.mechanism for null in found.null_directions]


def test_null_directions_are_killed_by_the_hessian_and_independent() -> None:
    for name in ("relu_fitted_line", "tanh_flat_unit", "split_inside", "rank_one_best"):
        problem = exhibit(name).problem()
        found = classify_problem(problem)
        surface = LocalLoss(problem.surface, problem.point)
        rows = [list(null.vector) for null in found.null_directions]
        if name != "relu_fitted_line":
            hessian = surface.values.hessian
            assert (hessian @ hessian.field.matrix(rows).T).is_zero, name
        assert found.inertia is not None
        assert len(rows) == found.inertia[2]


def test_rescaling_is_named() -> None:
    assert mechanisms(classified("rank_one_best")) == [Mechanism.RESCALING]


def test_equal_units_are_named() -> None:
    assert mechanisms(classified("split_inside")) == [Mechanism.DUPLICATED]


def test_dead_units_are_named() -> None:
    assert mechanisms(classified("relu_dead_unit")) == [Mechanism.DEAD] * 3


def test_unexplained_null_direction_is_left_apart() -> None:
    found = classified("quartic_bowl")
    assert len(found.unexplained) == 1
    assert not found.explained


def test_opposite_tanh_units_are_equal_up_to_sign() -> None:
    surface = Network((1, 2, 1), "tanh", bias=False).loss(Samples([[1]], [[0]]))
    found = classify(surface, [1, -1, 1, 1])
    assert any(
        null.origin == "units 1 and 2 of layer 1, up to sign" for null in found.null_directions
    )


# ---- bounds


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("tanh(t**3)", -1),
        ("t**2", 1),
        ("t + t**5", -1),
        ("exp(t)", None),
        ("t/sqrt(1 + t**2)", -1),
        ("1 + t", None),
    ],
)
def test_parity_of_formulas(text: str, sign: int | None) -> None:
    assert parity(parse_formula(text)) == sign


def test_parity_of_networks() -> None:
    assert network_parity(Network((1, 2, 1), "tanh", bias=False)) == -1
    assert network_parity(Network((1, 2, 1), "square", bias=False)) == 1
    assert network_parity(Network((1, 2, 1), "tanh")) is None


def test_linear_network_below_full_rank_is_no_global_minimum() -> None:
    found = classified("rank_one_second")
    assert found.global_minimum is Answer.NO


def test_irrational_eigenvalues_give_no_bound_but_no_error() -> None:
    samples = Samples([[1, 0], [0, 1]], [[1, 1], [0, 1]])
    found = classify(Network((2, 1, 2), bias=False).loss(samples), [0, 0, 0, 0])
    assert found.kind is Kind.STRICT_SADDLE


# ---- rough points


def test_located_point_encloses_the_exact_one() -> None:
    surface = Network((1, 1), output_activation="square", bias=False).loss(Samples([[1]], [[2]]))
    found = classify(surface, [Fraction(141, 100)], near=True)
    assert found.located
    assert found.kind is Kind.STRICT_MINIMUM
    assert found.coordinates[0].raw.contains(NumberField.of_sqrt(2).theta.enclose(400))


def test_exact_critical_point_needs_no_locating() -> None:
    surface = Network((1, 1), bias=False).loss(Samples([[1]], [[2]]))
    assert not classify(surface, [2], near=True).located


def test_rough_point_far_from_critical_ones_is_not_critical() -> None:
    surface = Network((1, 1), output_activation="square", bias=False).loss(Samples([[1]], [[2]]))
    found = classify(surface, [10], near=True)
    assert found.kind is Kind.NOT_CRITICAL
    assert any("no critical point is near" in reason for reason in found.reasons)


def test_without_thoroughness_the_kind_is_the_same_and_no_better_point_is_sought() -> None:
    samples = Samples([[1], [2], [3]], [[1], [-1], [1]])
    surface = Network((1, 2, 1), activation="tanh").loss(samples)
    point = [0, 0, 0, 0, 0, 0, Fraction(1, 3)]
    whole, brief = classify(surface, point), classify(surface, point, thorough=False)
    assert (brief.kind, brief.reasons, brief.evidence) == (
        whole.kind,
        whole.reasons,
        whole.evidence,
    )
    rough = Network((1, 1), output_activation="square", bias=False).loss(Samples([[1]], [[2]]))
    found = classify(rough, [10], near=True, thorough=False)
    assert (found.kind, found.global_minimum) == (Kind.UNDECIDED, Answer.UNKNOWN)


def test_rough_maximum_and_saddle() -> None:
    surface = Network((1, 1), output_activation="t**3 - 2*t", bias=False).loss(
        Samples([[1]], [[-5]])
    )
    # slope 0 at sqrt(2/3): the value -1.09 is a local minimum of the output, with residual 3.9
    assert classify(surface, [Fraction(82, 100)], near=True).kind is Kind.STRICT_MINIMUM
    assert classify(surface, [Fraction(-82, 100)], near=True).kind is Kind.MAXIMUM


def enlarged(width: int) -> tuple[Network, list[Fraction]]:
    """A 2-1-1-1 point with both hidden units split into `width` equal ones."""
    w1, w2, b1, a, b2, v, c = (Fraction(k) for k in ("1", "-1/2", "1/4", "3/2", "-1/4", "1", "1/2"))
    share = Fraction(1, width)
    first = [w1, w2] * width + [b1] * width
    second = [a * share] * (width * width) + [b2] * width
    return Network((2, width, width, 1), "tanh"), [*first, *second, *[v * share] * width, c]


def designed_samples() -> Samples:
    """Targets for which the point is near a minimum that stays one when its units are split.

    The residuals e solve J^T e = 0 and sum e f_g1 s''(g1) x x^T = 1, sum e f_g2 s''(g2) h h^T = 1,
    sixteen linear equations for sixteen samples; the targets are f - t e with a small t.
    """
    with mpmath.workdps(60):
        pairs = [(-5, 2), (4, -1), (1, 5), (-3, -4), (6, 3), (0, -6), (2, 2), (-6, -1)]
        pairs += [(3, -5), (-2, 6), (5, 0), (-1, -2), (1, -3), (-4, 4), (6, -4), (0, 1)]
        inputs = [(Fraction(p, 2), Fraction(q, 2)) for p, q in pairs]
        rows, predictions = [], []
        for x in inputs:
            u = [
                mpmath.mpf(x[0].numerator) / x[0].denominator,
                mpmath.mpf(x[1].numerator) / x[1].denominator,
                1,
            ]
            h1 = mpmath.tanh(u[0] - u[1] / 2 + mpmath.mpf(1) / 4)
            h2 = mpmath.tanh(mpmath.mpf(3) / 2 * h1 - mpmath.mpf(1) / 4)
            s1, s2 = 1 - h1**2, 1 - h2**2
            through = s2 * mpmath.mpf(3) / 2
            row = [through * s1 * value for value in u] + [s2 * h1, s2, h2, 1]
            bend1, bend2 = through * -2 * h1 * s1, -2 * h2 * s2
            row += [bend1 * u[i] * u[j] for i in range(3) for j in range(i, 3)]
            row += [bend2 * h1 * h1, bend2 * h1, bend2]
            rows.append(row)
            predictions.append(h2 + mpmath.mpf(1) / 2)
        right = mpmath.matrix([0] * 7 + [1, 0, 0, 1, 0, 1] + [1, 0, 1])
        residuals = mpmath.lu_solve(mpmath.matrix(rows).T, right)
        scale = mpmath.mpf(1) / 500 / max(abs(e) for e in residuals)
        exact = [f - scale * e for f, e in zip(predictions, residuals, strict=True)]
        targets = [[Fraction(int(mpmath.floor(y * 2**70)), 2**70)] for y in exact]
        return Samples([list(x) for x in inputs], targets)


@pytest.mark.parametrize(("width", "inertia"), [(1, (7, 0, 0)), (2, (12, 0, 3)), (3, (17, 0, 8))])
def test_split_units_keep_a_minimum_where_the_second_order_terms_are_positive(
    width: int, inertia: tuple[int, int, int]
) -> None:
    network, point = enlarged(width)
    found = classify(network.loss(designed_samples()), point, near=True)
    assert found.inertia == inertia
    assert found.kind is (Kind.STRICT_MINIMUM if width == 1 else Kind.NON_STRICT_MINIMUM)


def test_547_parameters() -> None:
    network, point = enlarged(21)
    found = classify(network.loss(designed_samples()), point, near=True)
    assert (found.kind, found.inertia) == (Kind.NON_STRICT_MINIMUM, (107, 0, 440))
    assert found.global_minimum is Answer.NO


# ---- the reply


def test_reply_as_data_is_plain_json() -> None:
    for name in ("line_fit", "near_tanh", "three_layer_origin", "tanh_flat_unit", "relu_joint"):
        data = classified(name).to_data()
        assert json.loads(json.dumps(data)) == data
        assert data["schema"] == "lemma-check/classify/1"


def test_reply_as_text_and_html() -> None:
    found = classified("three_layer_origin")
    assert str(found).startswith("kind              saddle\n")
    assert "-2 t^3" in str(found)
    html = found._repr_html_()
    assert html.startswith("<table>")
    assert "<script" not in html


def test_exact_numbers_say_what_their_letters_mean() -> None:
    data = classified("tanh_flat_unit").to_data()
    assert data["gradient"] == ["0"] * 4
    surface = Network((1, 1), output_activation="tanh", bias=False).loss(Samples([[1]], [[0]]))
    assert classify(surface, [1]).to_data()["loss"].endswith("with u = e^(1)")


def test_evidence_is_the_weakest_used() -> None:
    assert classified("line_fit").evidence is Evidence.EXACT
    assert classified("near_tanh").evidence is Evidence.ENCLOSED


# ---- refusals


def test_generic_activation_should_fail() -> None:
    surface = Network((1, 1, 1), Activation.generic()).loss(Samples([[1]], [[1]]))
    with pytest.raises(DomainError, match="generic"):
        classify(surface, [0, 0, 0, 0])


def test_too_many_parameters_should_fail() -> None:
    surface = Network((64, 64, 1)).loss(Samples([[0] * 64], [[1]]))
    with pytest.raises(ShapeError, match="at most 4096"):
        classify(surface, [0] * 4225)
    surface = Network((40, 40, 1)).loss(Samples([[0] * 40], [[1]]))
    with pytest.raises(ShapeError, match="1000 where a critical point"):
        classify(surface, [0] * 1681, near=True)


def test_wrong_shapes_and_objects_should_fail() -> None:
    surface = Network((1, 1)).loss(Samples([[1]], [[1]]))
    with pytest.raises(ShapeError):
        classify(surface, [0, 0, 0])
    with pytest.raises(ShapeError, match="loss surface"):
        classify("loss", [0])  # type: ignore[arg-type]


def test_point_outside_the_domain_should_fail() -> None:
    surface = Network((1, 1), output_activation="log(t)", bias=False).loss(Samples([[1]], [[1]]))
    with pytest.raises(DomainError):
        classify(surface, [-1])


PROBLEM = {
    "widths": [1, 1],
    "activation": "linear",
    "samples": {"inputs": [["0"], ["1/2"]], "targets": [["1"], ["-3/4"]]},
    "parameters": {"weights": [[["1"]]], "biases": [["0"]]},
}


def test_problem_of_the_contract_is_read() -> None:
    text = """{"widths": [1, 2, 1], "activation": "tanh", "output_activation": "linear",
     "loss": "sum", "samples": {"inputs": [["0"], ["1/2"]], "targets": [["1"], ["-3/4"]]},
     "parameters": {"weights": [[["1"], ["2"]], [["1/3", "0"]]], "biases": [["0", "0"], ["1"]]}}"""
    problem = problem_from_text(text)
    assert problem.surface.network.widths == (1, 2, 1)
    assert not problem.near
    assert classify_problem(problem).kind is Kind.NOT_CRITICAL


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"widths": [1, "1"]}, "widths of at least 1"),
        ({"widths": 3}, "a list was needed"),
        ({"widths": [1, 10**9, 1]}, "at most 100000 parameters"),
        ({"activation": "__import__('os').system('true')"}, "position 11"),
        ({"activation": "relu6"}, "names are"),
        ({"loss": "huber"}, "names are"),
        ({"loss": {"name": "cauchy"}}, "keys name, delta"),
        ({"bias": "no"}, "bias true or false"),
        ({"near": 1}, "near true or false"),
        ({"colour": "red"}, "keys are"),
        ({"samples": {"inputs": [["0"]]}}, "'targets' was needed"),
        ({"samples": {"inputs": [], "targets": []}}, "at least one row"),
        ({"samples": {"inputs": [["nan"]], "targets": [["1"]]}}, "finite exact number"),
        ({"samples": {"inputs": [["1/0"]], "targets": [["1"]]}}, "division by zero"),
        ({"samples": {"inputs": [["exp(1"]], "targets": [["1"]]}}, "closing bracket"),
        ({"samples": {"inputs": [["exp(t)"]], "targets": [["1"]]}}, "got the function"),
        ({"samples": {"inputs": [["exp(exp(1))"]], "targets": [["1"]]}}, "lies in no field"),
        ({"samples": {"inputs": [[["1"]]], "targets": [["1"]]}}, "a number was needed"),
        ({"parameters": {"weights": [[["1", "2"]]], "biases": [["0"]]}}, "shapes"),
        ({"parameters": {"weights": [[["1"]]]}}, "'biases' was needed"),
    ],
)
def test_malformed_problem_should_fail_in_one_sentence(
    change: dict[str, object], words: str
) -> None:
    with pytest.raises(ProblemError, match=r"^problem") as caught:
        problem_from_data({**PROBLEM, **change})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("floats", "slope", "note"),
    [
        ('"exact"', Fraction(12345678, 10**7), "as the decimals"),
        ("3", Fraction(1235, 1000), "rounded to 3 digits"),
    ],
)
def test_json_floats_are_taken_as_the_file_says(floats: str, slope: Fraction, note: str) -> None:
    text = json.dumps(PROBLEM).replace('[[["1"]]]', "[[[1.2345678]]]")
    with pytest.raises(ProblemError, match='"floats": "exact"'):
        problem_from_text(text)
    problem = problem_from_text(f'{{"floats": {floats}, {text[1:]}')
    assert problem.point.weights[0][0, 0] == slope
    assert note in classify_problem(problem).to_data()["notes"][0]


def test_decimals_in_texts_are_exact_and_go_into_the_certificate_as_fractions() -> None:
    text = json.dumps(PROBLEM).replace('[[["1"]]]', '[[["7.2E-01"]]]')
    problem = problem_from_text(text)
    assert problem.point.weights[0][0, 0] == Fraction(18, 25)
    assert problem.data["parameters"]["weights"] == [[["18/25"]]]
    assert not problem.notes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "JSON was needed"),
        ("[1]", "an object was needed"),
        ('{"widths": [1, 2.5]}', 'write the text "2.5"'),
        ('{"widths": NaN}', "exact numbers"),
        ('{"widths": 1e999999999}', "exact numbers"),
        ('{"floats": 3, "widths": 1e999999999}', "at most 2000 digits"),
        ('{"floats": 1.5, "widths": [1, 2.5]}', "floats:"),
        ('{"floats": 41}', "floats:"),
        ('{"floats": "exact", "widths": Infinity}', "finite exact numbers"),
        ('{"widths": 1, "widths": 2}', "twice"),
        ("[" * 100_000, "nested"),
        ("9" * 5_000, "digits"),
    ],
)
def test_malformed_json_should_fail_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        problem_from_text(text)
    assert words in str(caught.value)


def test_unreadable_file_should_fail(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="readable"):
        read_problem(tmp_path / "missing.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(ProblemError, match="readable"):
        read_problem(tmp_path / "bytes.json")


def test_measured_curve_is_none_where_the_loss_is_constant() -> None:
    surface = Network((1, 1, 1), bias=False).loss(Samples([[1]], [[1]]))
    local = LocalLoss(surface, Network((1, 1, 1), bias=False).parameters([0, 1]))
    assert measured(local, [[QQ.scalar(0), QQ.scalar(1)]], 4) is None


# ---- the command


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "symbolic_landscape", "classify", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_prints_what_python_says(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(exhibit("two_layer_valley").data))
    text, data = command(str(file)), command(str(file), "--json")
    assert text.returncode == data.returncode == 0
    found = classified("two_layer_valley")
    assert text.stdout.split() == str(found).split()
    assert json.loads(data.stdout) == found.to_data()


def test_command_tells_undecided_by_its_exit_status(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    data = {
        "widths": [1, 1],
        "activation": "linear",
        "loss": "min(a, -a)",
        "samples": {"inputs": [["1"], ["2"]], "targets": [["1"], ["3"]]},
        "parameters": {"weights": [[["1"]]]},
        "bias": False,
    }
    file.write_text(json.dumps(data))
    assert command(str(file)).returncode == 3


def test_command_names_the_file_where_the_loss_has_no_value(tmp_path: Path) -> None:
    data = {**exhibit("tanh_origin").data, "activation": "log(t)"}
    path = tmp_path / "log.json"
    path.write_text(json.dumps(data))
    done = command(str(path))
    assert done.returncode == 2
    assert done.stderr.startswith(f"lemma-check: {path}: layer 1, log(t)")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["", "[1]", '{"widths": 2.5}', '{"widths": [1, 1]}'])
def test_command_refuses_bad_input_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "problem.json"
    file.write_text(text)
    found = command(str(file))
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert str(file) in found.stderr


def test_classifications_with_balls_are_equal_if_their_replies_are() -> None:
    net = Network((1, 1, 1), "tanh")
    loss = net.loss(Samples([[-1], [0], [1], [2]], [[-1], [1], [1], [3]]))
    near = ["13/10", "1", "1", "0"]
    first, again, other = (
        classify(loss, near, near=at, thorough=False) for at in (True, True, False)
    )
    assert first == again
    assert hash(first) == hash(again)
    assert first != other
    assert first != "undecided"
