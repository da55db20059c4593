"""Paths to a global minimum: where the layer is wide, which activation, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import jsonschema
import pytest

from symbolic_landscape import Network, Parameters, Samples, path_to_global_minimum
from symbolic_landscape.arithmetic import QQ, BallField
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.budget import Budget
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import DomainError, LandscapeError, ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.inverses import Inverse
from symbolic_landscape.paths import DescentPath, non_increasing
from symbolic_landscape.paths.descent import decided
from symbolic_landscape.paths.realised import Realisation
from symbolic_landscape.report.data import schema

INPUTS, TARGETS = [[0], [1], [-1]], [[1], [-2], ["1/2"]]
WIDE = {"first": ((1, 3, 2, 1), 1), "middle": ((1, 2, 3, 2, 1), 2), "last": ((1, 2, 3, 1), 2)}
"""Widths, with the layer that is taken as the wide one."""
ACTIVATIONS = (
    "sigmoid", "tanh", "softplus", "arctan", "algebraic", "cubic", "-tanh(t)", "-log(1 + exp(t))",
    "1/(1 + exp(-t)) + 1", "1/(1 + exp(-t)) - 1", "tanh(t**3)",
)  # fmt: skip


def surface(widths: tuple[int, ...], activation: str, **more: Any) -> LossSurface:
    """The loss of a network on three samples."""
    return Network(widths, activation, **more).loss(Samples(INPUTS, TARGETS))


def vector(size: int) -> list[Fraction]:
    """Parameters without a pattern."""
    return [Fraction((7 * i * i + 3 * i) % 17 - 8, 6) for i in range(size)]


def path(
    widths: tuple[int, ...], wide: int, activation: str = "sigmoid", **more: Any
) -> DescentPath:
    """The path from parameters without a pattern."""
    loss = surface(widths, activation)
    start = vector(loss.network.parameter_count)
    return path_to_global_minimum(loss, start, wide=wide, **more)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("where", WIDE)
def test_a_path_is_found_wherever_the_wide_layer_is(where: str, activation: str) -> None:
    found = path(*WIDE[where], activation, seconds=60)
    assert found.verdict.is_holds, found.verdict.reason
    table = found.table(4)
    for (_, before, _), (_, formula, network) in pairwise(table):
        assert formula < before
        assert (network - formula).enclose().contains(0)
        assert network.enclose().rad() < 1e-12 * max(1, table[0][1].enclose().mid())
    assert found.pieces[0][0] == 0
    assert found.pieces[-1][1] == 1
    assert all(a[1] == b[0] for a, b in pairwise(found.pieces))


def test_a_path_starts_at_the_given_point_where_that_is_generic() -> None:
    found = path(*WIDE["first"])
    assert found.distance_squared == 0
    assert found.start == found.surface.network.parameters(vector(17))
    field = BallField(128)
    pairs = zip(found.at(0).weights, found.start.weights, strict=True)
    for own, given in pairs:
        gap = (own.over(field) - given.over(field)).raw_rows()
        assert all(x.contains(0) for row in gap for x in row)


@pytest.mark.parametrize("where", WIDE)
def test_from_zero_weights_the_start_is_near_and_the_path_holds(where: str) -> None:
    widths, wide = WIDE[where]
    loss = surface(widths, "tanh")
    origin = [0] * loss.network.parameter_count
    found = path_to_global_minimum(loss, origin, radius="1/10", wide=wide, seconds=90)
    assert 0 < found.distance_squared < Fraction(1, 100)
    assert found.verdict.is_holds, found.verdict.reason


def test_one_unit_less_than_samples_is_enough_and_two_less_are_not() -> None:
    assert path((1, 2, 1), 1).verdict.is_holds
    with pytest.raises(ShapeError, match="at least 2 units"):
        path((1, 1, 1), 1)


@pytest.mark.slow
def test_saturated_units_need_more_bits_and_get_them() -> None:
    loss = surface((1, 3, 1, 1), "sigmoid")
    steep = [1, -1, 2, 0, 1, 1, 1, 0, 1, 100, 1, 0]
    found = path_to_global_minimum(loss, steep, seconds=60)
    assert found.realisation.start.bits > 128
    assert found.verdict.is_holds, found.verdict.reason


def test_a_line_between_rational_parameters_is_exact() -> None:
    found = path((1, 3, 1), 1, "t/(1 + t**2) + t**3")
    assert found.is_exact
    assert found.verdict.evidence.word == "exact"
    assert found.recomputed_loss_at(1).is_zero
    assert found.recomputed_loss_at("1/3") == found.loss_at("1/3")
    assert found.loss_at("1/3") == found.loss_at(0) * Fraction(4, 9)


def test_several_outputs_and_equal_targets() -> None:
    loss = Network((1, 3, 3, 2), "tanh").loss(Samples(INPUTS, [[1, 2], [1, 2], [1, 2]]), "mean")
    found = path_to_global_minimum(loss, vector(loss.network.parameter_count))
    assert found.verdict.is_holds


# ---- what is refused


def attacked(found: DescentPath, **changes: Any) -> str:
    """The outcome for a path with something exchanged."""
    realisation = replace(found.realisation, **changes)
    try:
        return decided(realisation, found.radius, Budget(60))[0].outcome.value
    except LandscapeError:
        return "refused"


class Rising(Realisation):
    """A path whose outputs go away from the targets, while it claims that they go there."""

    def at(self, t: Any) -> Parameters:
        return super().at(-t)


def test_a_path_that_rises_is_refused() -> None:
    for where in ("first", "last"):
        realisation = path(*WIDE[where]).realisation
        wrong = Rising(realisation.surface, realisation.start, realisation.rooms)
        verdict, _ = decided(wrong, Fraction(1), Budget(60))
        assert verdict.is_fails
        assert "other outputs" in verdict.reason


def test_an_exact_path_that_rises_is_refused() -> None:
    realisation = path((1, 3, 1), 1, "cubic").realisation
    verdict, _ = decided(Rising(realisation.surface, realisation.start, ()), Fraction(1), Budget(9))
    assert verdict.is_fails
    assert "the losses at 0, 1/2 and 1 are" in verdict.reason


def test_wrong_parts_of_a_path_are_refused() -> None:
    found = path(*WIDE["first"])
    (room,) = found.realisation.rooms
    start = found.realisation.start
    assert attacked(found) == "holds"
    for wrong in (
        replace(room, right=room.right.scale(2)),
        replace(room, right=QQ.zeros(*room.right.shape)),
        replace(room, margin=room.margin * 2),
        replace(room, margin=Fraction(0)),
        replace(room, factor=room.factor / 3),
        replace(room, factor=-room.factor),
        replace(room, shift=-room.shift),
    ):
        assert attacked(found, rooms=(wrong,)) == "fails", wrong
    assert attacked(found, start=replace(start, places=(0, 0, 1))) == "fails"
    assert attacked(found, start=replace(start, distance_squared=Fraction(1))) == "fails"
    elsewhere = found.surface.network.parameters([x + 1 for x in vector(17)])
    assert attacked(found, start=replace(start, point=elsewhere)) != "holds"


def test_without_time_the_path_is_undecided_and_says_where() -> None:
    with pytest.raises(DomainError, match="budget"):
        path(*WIDE["first"], seconds=0)
    found = path(*WIDE["first"])
    verdict, pieces = decided(found.realisation, found.radius, Budget(0))
    assert verdict.is_undecided
    assert "time was used up at t = 0" in verdict.reason
    assert pieces == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"widths": (1, 3, 1, 2, 1), "wide": 1}, "a wide layer out of"),
        ({"widths": (1, 1)}, "a hidden layer of at least 2 units"),
        ({"activation": "1/(1 + t**2)", "widths": (1, 3, 1, 1)}, "strictly monotone"),
        ({"activation": "linear"}, "no parameters within"),
        ({"bias": False}, "needs biases"),
        ({"output_activation": "tanh"}, "a linear output"),
        ({"convention": "pseudo_huber(1)"}, "a sum of squared residuals"),
        ({"inputs": [[0], [1], [1]]}, "inputs that differ"),
        ({"radius": 0}, "a positive radius"),
        ({"wide": 2}, "a wide layer out of"),
    ],
)
def test_errors_are_one_sentence(change: dict[str, Any], words: str) -> None:
    plain = {"widths": (1, 3, 1), "activation": "tanh", "convention": "sum", "inputs": INPUTS}
    asked = {**plain, **change}
    network = Network(
        asked["widths"],
        asked["activation"],
        **{key: asked[key] for key in ("bias", "output_activation") if key in asked},
    )
    loss = network.loss(Samples(asked["inputs"], TARGETS), asked["convention"])
    more = {key: asked[key] for key in ("radius", "wide") if key in asked}
    with pytest.raises(LandscapeError, match=words) as caught:
        path_to_global_minimum(loss, vector(network.parameter_count), **more)
    assert "\n" not in str(caught.value)


def test_times_outside_are_refused_and_a_path_prints_itself() -> None:
    found = path(*WIDE["last"])
    with pytest.raises(DomainError, match="from 0 to 1"):
        found.at(2)
    assert repr(found).startswith("DescentPath((1, 2, 3, 1), wide layer 2, loss [")
    assert "(1 - t)^2 times" in str(found)
    jsonschema.validate(json.loads(json.dumps(found.to_data())), schema("path"))


# ---- inverses


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_inverse_encloses_the_argument(name: str) -> None:
    formula, field = Activation.of(name).formula, BallField(128)
    inverse = Inverse.of(formula)
    for at in (Fraction(-3, 2), Fraction(0), Fraction(1, 7), Fraction(5, 2)):
        value = field.apply(formula, field.matrix([[at]])).raw_rows()[0][0]
        found = inverse.enclose(value, field)
        assert found.contains(field.constant(at))
        assert found.rad() < (1e-10 if name != "tanh(t**3)" else 1e-3)


@pytest.mark.parametrize("name", ["square", "relu", "sigmoid**2 - sigmoid", "1/(1 + t**2)"])
def test_what_has_no_inverse_is_refused(name: str) -> None:
    with pytest.raises(LandscapeError):
        Inverse.of(Activation.of(name).formula)


def test_a_value_outside_the_image_is_refused() -> None:
    field = BallField(64)
    with pytest.raises(DomainError, match="inside the image"):
        Inverse.of(Activation.of("sigmoid").formula).enclose(field.constant(Fraction(1)), field)


# ---- curves of one's own


def test_curves_that_fall_rise_or_stay_are_told_apart() -> None:
    loss = Network((1, 1), bias=False).loss(Samples([[1]], [[1]]))
    assert non_increasing(loss, [0], [1]).is_holds
    assert non_increasing(loss, [3]).is_holds
    assert non_increasing(loss, [0], [0], [1]).is_holds
    assert non_increasing(loss, [0], [2]).data["times"] == (Fraction(1, 2), Fraction(5, 8))
    small = Network((1, 1, 1), "tanh").loss(Samples([[0], [1]], [[0], [1]]))
    assert non_increasing(small, [1, 0, 0, 0], [0, 0, 1, 0]).is_holds
    assert non_increasing(small, [1, 0, 0, 0], [0, 0, -1, 0]).is_fails
    assert non_increasing(small, [1, 0, 0, 0], [0, 1, 0, 0]).is_holds
    assert non_increasing(small, [1, 0, 1, 0], [0, 0, 0, "1/100"], seconds=0).is_undecided
    with pytest.raises(ShapeError, match="vectors of 4 numbers"):
        non_increasing(small, [1])


# ---- certificates

PROBLEM = {
    "widths": [1, 3, 2, 1],
    "activation": "sigmoid",
    "samples": {"inputs": INPUTS, "targets": TARGETS},
    "parameters": {
        "weights": [[[1], [-1], [2]], [[1, 0, 1], [0, 1, -1]], [[1, -1]]],
        "biases": [[0, 1, 1], [0, 0], [0]],
    },
}


def written(**change: Any) -> dict[str, Any]:
    """The certificate of a problem with its path."""
    problem = problem_from_data({**PROBLEM, **change})
    found = path_to_global_minimum(problem.surface, problem.point, wide=1)
    return certificate(problem, classify_problem(problem), found)


def test_the_verifier_accepts_the_path() -> None:  # and none of those in forged_paths.py
    data = json.loads(json.dumps(written()))
    jsonschema.validate(data, schema("certificate"))
    lines = verifier.verify(json.dumps(data))
    assert [line.outcome for line in lines] == ["holds"] * len(lines)
    assert "path" in {line.claim for line in lines}


def test_a_path_is_not_covered_where_the_verifier_does_not_know_the_image() -> None:
    data = written(activation="1/(1 + exp(-t)) + 1")
    (claim,) = [claim for claim in data["claims"] if claim["claim"] == "path"]
    assert "the image of the activation is not known" in claim["not covered"]


def test_a_path_starts_near_the_located_point_and_not_near_rough_digits() -> None:
    weights = [[["0.6"], ["0.6"]], [["0.5", "0.5"]]]
    problem = problem_from_data({
        "widths": [1, 2, 1],
        "activation": "tanh",
        "near": True,
        "samples": {"inputs": [[1], [2]], "targets": [["0.62"], ["0.898"]]},
        "parameters": {"weights": weights, "biases": [["0", "0.1"], ["0.05"]]},
    })  # fmt: skip
    found = classify_problem(problem)
    for point, outcome in ((found.coordinates, "holds"), (problem.point, "not covered")):
        way = path_to_global_minimum(problem.surface, point)
        lines = verifier.verify(json.dumps(certificate(problem, found, way)))
        assert [line.outcome for line in lines if line.claim == "path"] == [outcome]
