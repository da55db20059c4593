"""Points of networks of linear pieces that are given to a few digits."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symbolic_landscape import LabelledNetwork, Layer, Network, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import Classification, Kind
from symbolic_landscape.critical.local import LocalLoss, smoothed_surface
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import DomainError

FIELD = BallField(64)


def derivatives(surface: LossSurface, point: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gradient and Hessian away from joints."""
    raws = [FIELD.constant(Fraction(value)) for value in point.tolist()]
    local = LocalLoss(smoothed_surface(surface), surface.network.parameters_over(FIELD, raws))
    gradient = [float(row[0].mid()) for row in local.values.gradient.raw_rows()]
    hessian = [[float(x.mid()) for x in row] for row in local.values.hessian.raw_rows()]
    return np.array(gradient), np.array(hessian)


def trained(surface: LossSurface, seed: int) -> np.ndarray | None:
    """A point with gradient 0 in floats, by damped Newton steps; None where none is found."""
    point = np.random.default_rng(seed).normal(size=surface.network.parameter_count)
    damping = 1.0
    for _ in range(300):
        try:
            gradient, hessian = derivatives(surface, point)
        except DomainError:
            return None
        largest = abs(gradient).max()
        if largest < 1e-12:
            return point
        values, vectors = np.linalg.eigh(hessian)
        step = vectors @ ((vectors.T @ gradient) / (abs(values) + damping))
        point = point - step / max(1.0, abs(step).max())
        damping = max(min(damping, largest), 1e-13)
    return None


def cases() -> list[tuple[tuple[int, ...], str, int]]:
    shapes = [(1, 3, 1), (2, 4, 1), (1, 3, 2, 1)]
    return [(w, a, s) for w in shapes for a in ("relu", "max(t, t/10)") for s in range(3)]


def surface_of(widths: tuple[int, ...], activation: str, seed: int) -> LossSurface:
    source = random.Random(repr((widths, seed)))
    count = source.randint(5, 11)
    inputs = [[Fraction(source.randint(-9, 9), 4) for _ in range(widths[0])] for _ in range(count)]
    targets = [[Fraction(source.randint(-9, 9), 8)] for _ in range(count)]
    return Network(widths, activation).loss(Samples(inputs, targets))


def lowest_nearby(surface: LossSurface, found: Classification) -> float:
    """The least change of the loss at 60 random points near the one found."""
    centre = [Fraction(float(value.enclose(100).mid())) for value in found.coordinates]
    local = LocalLoss(surface, surface.network.parameters(centre))
    base = local.loss_at(local.coordinates, 100).raw
    source = random.Random(1)
    lowest = 0.0
    for radius in (10, 14, 18):
        for _ in range(20):
            moved = [x + Fraction(source.randint(-9, 9), 10 * 2**radius) for x in centre]
            change = local.loss_at([QQ.scalar(x) for x in moved], 100).raw - base
            lowest = min(lowest, float(change.mid()))
    return lowest


@pytest.mark.parametrize(("widths", "activation", "seed"), cases())
def test_trained_networks_of_linear_pieces_are_settled(
    widths: tuple[int, ...], activation: str, seed: int
) -> None:
    surface = surface_of(widths, activation, seed)
    point = trained(surface, seed)
    if point is None:
        pytest.skip("the optimiser ran into a joint, or to no end")
    digits = [Fraction(f"{value:.13g}") for value in point.tolist()]
    found = classify(surface, digits, near=True)
    assert found.kind is Kind.NON_STRICT_MINIMUM

    assert lowest_nearby(surface, found) >= -1e-12


@pytest.mark.parametrize("seed", range(4))
def test_trained_convolutions_of_linear_pieces_are_settled(seed: int) -> None:
    source = random.Random(seed)
    kernel = [["u", "v", 0, 0], [0, "u", "v", 0], [0, 0, "u", "v"]]
    network = LabelledNetwork.of_layers(
        4,
        [
            Layer("conv", {"input": kernel}, ["c", "c", "c"], "relu"),
            Layer("out", {"conv": [["p", "q", "r"]]}, ["b"]),
        ],
    )
    inputs = [[Fraction(source.randint(-9, 9), 4) for _ in range(4)] for _ in range(9)]
    targets = [[Fraction(source.randint(-9, 9), 8)] for _ in range(9)]
    surface = network.loss(Samples(inputs, targets))
    point = trained(surface, seed)
    if point is None:
        pytest.skip("the optimiser ran into a joint, or to no end")
    digits = [Fraction(f"{value:.13g}") for value in point.tolist()]
    found = classify(surface, network.parameters(digits), near=True)
    if found.kind is Kind.NON_STRICT_MINIMUM:
        assert lowest_nearby(surface, found) >= -1e-12
    else:
        assert found.kind in {Kind.STRICT_SADDLE, Kind.UNDECIDED}


def test_a_located_point_on_pieces_is_left_out_of_certificates_without_an_error() -> None:
    surface = surface_of((1, 3, 1), "relu", 0)
    point = next(p for p in (trained(surface, seed) for seed in range(20)) if p is not None)
    texts = [f"{value:.13g}" for value in point.tolist()]
    samples = surface.samples
    data: dict[str, Any] = {
        "widths": [1, 3, 1],
        "activation": "relu",
        "loss": "sum",
        "near": True,
        "samples": {
            name: [[str(value) for value in row] for row in matrix.tolist()]
            for name, matrix in (("inputs", samples.inputs), ("targets", samples.targets))
        },
        "parameters": {
            "weights": [[[text] for text in texts[:3]], [texts[6:9]]],
            "biases": [texts[3:6], texts[9:]],
        },
        "schema": "lemma-check/problem/2",
    }
    problem = problem_from_data(data)
    found = classify(problem.surface, problem.point, near=True)
    written = certificate(problem, found)
    kind = next(claim for claim in written["claims"] if claim["claim"] == "kind")
    assert "not covered" in kind


def test_a_fit_that_ends_at_a_joint_is_not_the_point_near() -> None:
    """At (1, 0, 1, 0) the loss falls with the first bias; digits near it are on one piece."""
    samples = Samples([[-1], [0], [1], [2]], [[-1], [1], [1], [2]])
    loss = Network((1, 1, 1), "relu").loss(samples)
    assert classify(loss, [1, 0, 1, 0]).kind is Kind.NOT_CRITICAL
    digits = [Fraction(399, 400), Fraction(-3, 2000), Fraction(1), Fraction(1, 2000)]
    found = classify(loss, digits, near=True)
    assert found.kind in {Kind.UNDECIDED, Kind.NOT_CRITICAL}
