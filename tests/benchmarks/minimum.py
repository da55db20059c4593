"""A nondegenerate minimum of a 2-1-1-1 network with tanh: floats find it, balls certify it.

The targets are the outputs at a rational point, moved by small amounts, so that J^T J dominates the
Hessian and a minimum lies near that point.

Objects: Minimum, Certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import numpy as np
from benchmarks.baselines import numpy_data, numpy_loss, numpy_tanh
from benchmarks.problems import Problem

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    System,
    ZeroBox,
    certainly_definite,
    certify_zero,
    newton,
    zero_near,
)
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.networks import Network, Parameters, Samples

BITS = 64
POINT = ("3/2", "-1", "1/2", "2", "1/2", "2", "1/5")
COUNT = 16
STEPS = 30


@dataclass(frozen=True)
class Certificate:
    """The box with its one critical point, and the B matrix of each hidden unit."""

    box: BallMatrix
    curvatures: tuple[flint.arb_mat, ...]


class Minimum:
    """The problem, its float solve, and its certificate."""

    def __init__(self) -> None:
        network = Network((2, 1, 1, 1), "tanh")
        inputs = [[Fraction(i % 4 * 2 - 3, 2), Fraction(i // 4 * 2 - 3, 2)] for i in range(COUNT)]
        point = network.parameters(POINT)
        blank = Samples(inputs, [[0]] * COUNT)
        outputs = network.loss(blank).at(point).enclose(BITS).features(3)
        targets = [
            [Fraction(round(float(x.mid()) * 2**16) + (7 * i % 5 - 2) * 100, 2**16)]
            for i, x in enumerate(outputs.raw.entries())
        ]
        start = [
            x.rational() + Fraction((-1) ** i, 32) for i, x in enumerate(network.vector(point))
        ]
        self.given = Problem(network, Samples(inputs, targets), network.parameters(start))
        self.surface = self.given.surface
        self.start = start
        self._data = numpy_data(self.given)

    def newton(self) -> Any:
        """The point (7,) of numpy's Newton iteration from the start.

        The step after one below 1e-8 would be below rounding.
        """
        inputs, targets, _, _, order = self._data
        point = np.array(self.start, dtype=float)
        for _ in range(STEPS):
            weights = [point[0:2].reshape(1, 2), point[3:4].reshape(1, 1), point[5:6].reshape(1, 1)]
            biases = [point[2:3], point[4:5], point[6:7]]
            data = (inputs, targets, weights, biases, order)
            _, gradient, hessian = numpy_loss(data, numpy_tanh)
            step = np.linalg.solve(hessian, gradient)
            point = point - step
            if abs(step).max() < 1e-8:
                break
        return point

    def _at(self, box: Matrix) -> LossAtPoint:
        field = BallField(BITS)
        raws = box.over(field).raw.entries()
        weights = [field.from_raw([part]) for part in (raws[0:2], raws[3:4], raws[5:6])]
        biases = [field.from_raw([[raws[place]]]) for place in (2, 4, 6)]
        return self.surface.at(Parameters(weights=weights, biases=biases), field)

    def system(self) -> System:
        """The gradient and the Hessian; both come from one pass through a box."""
        known: dict[int, tuple[Matrix, LossAtPoint]] = {}

        def at(box: Matrix) -> LossAtPoint:
            if id(box) not in known:
                known[id(box)] = box, self._at(box)
            return known[id(box)][1]

        return System(
            lambda box: at(box).gradient,
            lambda box: at(box).hessian,
            self.surface.floats.derivatives,
        )

    def approximate(self) -> BallMatrix:
        """A point near the minimum, by Newton's method in floats, then in balls."""
        return newton(self.system(), QQ.column(self.start), BITS)

    def certificate(self, centre: BallMatrix) -> Certificate:
        """Krawczyk's box, the Hessian definite on all of it, and the B matrices on it."""
        return self._certificate(certify_zero(self.system(), centre, BITS))

    def _certificate(self, zero: ZeroBox) -> Certificate:
        """Raises ValueError if the Hessian is not certainly definite."""
        if not isinstance(zero.jacobian, BallMatrix) or not certainly_definite(zero.jacobian):
            message = "a Hessian that is certainly definite on the box was needed"
            raise ValueError(message)
        return Certificate(zero.box, self._curvatures(zero.box))

    def _curvatures(self, box: BallMatrix) -> tuple[flint.arb_mat, ...]:
        """F~^T diag(Delta_{k+1} W_{k+1} tanh''(G_k)) F~ for each hidden layer of one unit."""
        at, field = self._at(box), BallField(BITS)
        found = []
        with field.working():
            for layer in (1, 2):
                value = at.features(layer).raw.entries()
                pulled = at.errors(layer + 1) @ at.point.weights[layer]
                factors = [
                    e * -2 * f * (1 - f * f)
                    for e, f in zip(pulled.raw.entries(), value, strict=True)
                ]
                below = [
                    [*row, flint.arb(1)] for row in at.features(layer - 1).over(field).raw_rows()
                ]
                scaled = [[w * x for x in row] for w, row in zip(factors, below, strict=True)]
                found.append(flint.arb_mat(scaled).transpose() * flint.arb_mat(below))
        return tuple(found)

    def certified(self) -> Certificate:
        """Everything from the start on."""
        return self._certificate(zero_near(self.system(), QQ.column(self.start), BITS))

    def balls_at_start(self) -> tuple[Matrix, Matrix]:
        """One gradient and Hessian in balls."""
        at = self.surface.at(self.given.point, BallField(BITS))
        return at.gradient, at.hessian
