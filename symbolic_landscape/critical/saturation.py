"""Local minima at infinity: all biases of the last hidden layer run to plus infinity.

Notation: D (N, m) are the residuals where all units of layer L - 1 give 1, X = D W_L (N, n) what
the units see of them. With p = e^(-rate bias) and E = e^(-rate Z), Z the preactivations without
biases, a unit gives 1 - rate p E / (1 + p E); the rate is 1 for sigmoid, 2 for tanh. If the columns
of D have mean 0 the loss is
    |D|^2 + |R|^2 - 2 rate sum_i p_i S_i(p_i),  S_i(p) = sum_j X_ji E_ji / (1 + p E_ji),
where R is 0 at infinity: no remainder is left out.

Objects: Saturated. Functions: minimum_at_infinity, not_lower_at_finite_values, lower_point,
suboptimal_minimum.

Design notes. HOLDS needs the signs of all S_i in balls on the whole neighbourhood: then the loss at
every finite point in it is higher than at infinity. FAILS needs a way to a lower loss: a constant
that is not the mean, a unit with S_i > 0, or a change of weights that gives some unit that sign.
Units that stay finite are not dealt with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic import QQ, BallField, Matrix, Scalar
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.scalars import Element

BALLS = BallField(192)
HALVINGS = 40
"""Neighbourhoods of radius 2^-k and p0 = 2^-k are tried up to this k."""
FURTHEST = 40
"""Biases up to this number are tried for a lower loss, and steps of the last layer down to 2^-k."""
RATES = {Activation.of("sigmoid"): 1, Activation.of("tanh"): 2}
"""Activations that are 1 - rate q, with q = p E / (1 + p E)."""


@dataclass(frozen=True)
class Saturated:
    """A network, samples, and a point; its biases in layer L - 1 are infinite, whatever it says.

    Raises DomainError for networks other than those of sigmoid or tanh with biases and a linear
    output, for weighted samples, and for numbers that are not rational.
    """

    network: Network
    samples: Samples
    point: Parameters

    def __post_init__(self) -> None:
        net, linear = self.network, Activation.of("linear")
        if not net.bias or net.depth < 2 or net.output_activation != linear:
            message = (
                f"network {net.widths}: biases, a hidden layer and a linear output were needed"
            )
            raise DomainError(message)
        if net.activation not in RATES:
            message = f"activation: sigmoid or tanh was needed at infinity, got {net.activation}"
            raise DomainError(message)
        if self.samples.weights is not None:
            message = "samples: samples without weights were needed at infinity"
            raise DomainError(message)
        net.need_parameters(self.point)
        data = (*self.point.weights, *self.point.biases, self.samples.inputs, self.samples.targets)
        if any(matrix.field != QQ for matrix in data):
            message = "parameters and samples: rational numbers were needed at infinity"
            raise DomainError(message)

    @property
    def rate(self) -> int:
        """The rate at which the activation approaches 1."""
        return RATES[self.network.activation]

    @property
    def power(self) -> str:
        """How p is said."""
        return "e^(-bias)" if self.rate == 1 else f"e^(-{self.rate} bias)"

    @cached_property
    def residuals(self) -> Matrix:
        """D (N, m)."""
        W, b = self.point.weights[-1], self.point.biases[-1]
        constant = W @ QQ.ones(W.shape[1], 1) + b
        return QQ.ones(self.samples.count, 1) @ constant.T - self.samples.targets

    @property
    def value(self) -> Fraction:
        """The loss at infinity."""
        return sum((x * x for x in _numbers(self.residuals)), Fraction(0))

    def activations(self, halvings: int | None = None) -> Matrix:
        """The activations of layer L - 2 (N, n_(L-2)), for weights within 2^-halvings of these."""
        below = self.samples.inputs.over(BALLS)
        one = QQ.ones(self.samples.count, 1).over(BALLS)
        for W, b in zip(self.point.weights[:-2], self.point.biases[:-2], strict=True):
            inside = below @ _around(W, halvings).T + one @ _around(b, halvings).T
            below = BALLS.apply(self.network.activation.formula, inside)
        return below

    def powers(self, halvings: int | None = None) -> list[list[Element]]:
        """E for each sample and unit, for weights within 2^-halvings of these."""
        inside = self.activations(halvings) @ _around(self.point.weights[-2], halvings).T
        with BALLS.working():
            return [[(-self.rate * z).exp() for z in row] for row in inside.raw_rows()]

    def sums(self, halvings: int | None = None) -> list[Element]:
        """S_i for all weights within 2^-halvings of these and 0 <= p <= 2^-halvings; else p = 0."""
        seen = (self.residuals.over(BALLS) @ _around(self.point.weights[-1], halvings)).raw_rows()
        powers = self.powers(halvings)
        with BALLS.working():
            p = flint.arb(0) if halvings is None else flint.arb(1, 1) / 2 ** (halvings + 1)
            samples = list(zip(seen, powers, strict=True))
            return [
                sum((x[i] * E[i] / (1 + p * E[i]) for x, E in samples), flint.arb(0))
                for i in range(len(powers[0]))
            ]

    def with_biases(self, biases: list[int]) -> Parameters:
        """The point with these biases in layer L - 1."""
        own = self.point.biases
        return Parameters(self.point.weights, [*own[:-2], biases, own[-1]])

    def loss(self, point: Parameters) -> Scalar:
        """A ball around the loss at a finite point."""
        return self.network.loss(self.samples, "sum").at(point).enclose(bits=192).value


def _numbers(matrix: Matrix) -> list[Fraction]:
    return [x.rational() for row in matrix.tolist() for x in row]


def _around(matrix: Matrix, halvings: int | None) -> Matrix:
    """The matrix in balls, of radius 2^-halvings if that is given."""
    if halvings is None:
        return matrix.over(BALLS)
    with BALLS.working():
        room = flint.arb(0, 1) / 2**halvings
        rows = [[x + room for x in row] for row in matrix.over(BALLS).raw_rows()]
    return BALLS.from_raw(rows, width=matrix.shape[1])


def minimum_at_infinity(case: Saturated, *, strict: bool = True) -> Verdict:
    """Whether the loss near the point at infinity is nowhere lower than there.

    With `strict`: whether it is higher at all finite points. HOLDS with `radius` and `p0`: weights
    and biases within the radius, and e^(-rate bias) <= p0 in layer L - 1.
    """
    D = case.residuals
    total = QQ.ones(1, case.samples.count) @ D
    if not total.is_zero:
        said = (
            "the constant outputs are not the means of the targets: nearer to these the loss at "
            "infinity is lower"
        )
        return fails(Evidence.EXACT, said)
    if D.is_zero:
        return _no_residuals(case, strict)
    found = case.sums()
    if all(S < 0 for S in found):
        for k in range(HALVINGS):
            if all(S < 0 for S in case.sums(k)):
                size = Fraction(1, 2**k)
                said = (
                    f"for weights and biases within {size} and {case.power} <= {size} in "
                    f"layer {case.network.depth - 1} all {len(found)} sums S_i are negative, the "
                    f"largest {max(found, key=lambda S: S.mid()).str(8)} at the point"
                )
                return holds(Evidence.ENCLOSED, said).giving(radius=size, p0=size)
    for i, S in enumerate(found):
        if S > 0:
            return _approach(case, i)
    for i in range(len(found)):
        if _can_turn(case, i):
            said = f"S_{i + 1} is 0, and positive for weights of unit {i + 1} as near as one likes"
            return fails(Evidence.ENCLOSED, said)
    return undecided(f"the signs of the sums S_i are open: {', '.join(S.str(8) for S in found)}")


def _no_residuals(case: Saturated, strict: bool) -> Verdict:
    """The answer where the loss at infinity is 0."""
    if not strict:
        return holds(Evidence.EXACT, "the loss at infinity is 0, and no loss is lower")
    if case.point.weights[-1].is_zero or case.samples.count == 1:
        return fails(
            Evidence.EXACT, "the loss is 0 at infinity and at finite points as near as one likes"
        )
    return undecided("the loss at infinity is 0; whether it is 0 at finite points near is open")


def not_lower_at_finite_values(case: Saturated, *, strict: bool) -> Verdict:
    """Whether the loss is not lower (`strict`: higher) for all large biases of layer L - 1.

    All other parameters are those of the point, so its constant need not be the mean.
    """
    if case.point.weights[-1].is_zero:
        said = "the weights out are 0, so the loss at finite values is the one at infinity"
        return (fails if strict else holds)(Evidence.EXACT, said)
    found = case.sums()
    if all(S < 0 for S in found):
        return holds(Evidence.ENCLOSED, f"all {len(found)} sums S_i are negative at p = 0")
    if case.residuals.is_zero and not strict:
        return holds(Evidence.EXACT, "the loss at infinity is 0, and no loss is lower")
    for i, S in enumerate(found):
        if S > 0:
            return _approach(case, i)
    return undecided(f"the signs of the sums S_i are open: {', '.join(S.str(8) for S in found)}")


def _approach(case: Saturated, unit: int) -> Verdict:
    """FAILS: with p_i of this unit alone the loss falls from infinity."""
    said = (
        f"S_{unit + 1} is positive: where bias {unit + 1} alone comes from infinity the loss falls"
    )
    units = case.network.widths[-2]
    for bias in range(1, FURTHEST):
        biases = [bias if i == unit else bias + FURTHEST for i in range(units)]
        loss = case.loss(case.with_biases(biases))
        if loss.raw < BALLS.constant(case.value):
            said = f"{said}; with the biases {biases} it is {loss}, at infinity {case.value}"
            return fails(Evidence.ENCLOSED, said).giving(biases=tuple(biases))
    return fails(Evidence.ENCLOSED, said)


def _can_turn(case: Saturated, unit: int) -> bool:
    """Whether S_i is exactly 0 at p = 0, and has a derivative there that is not 0."""
    D, powers = case.residuals.over(BALLS).raw_rows(), [row[unit] for row in case.powers()]
    weights_in, weights_out = case.point.weights[-2], case.point.weights[-1]
    seen = [row[unit] for row in (case.residuals @ weights_out).tolist()]
    slopes: list[list[Element]] = []
    if all(x.is_zero for x in seen):
        slopes = D
    elif all(x.is_zero for x in weights_in.tolist()[unit]):
        slopes = [
            [BALLS.constant(x.rational()) * y for y in row]
            for x, row in zip(seen, case.activations().raw_rows(), strict=True)
        ]
    with BALLS.working():
        sums = [
            sum((E * x for E, x in zip(powers, column, strict=True)), flint.arb(0))
            for column in zip(*slopes, strict=True)
        ]
    return any(S != 0 for S in sums)


def lower_point(case: Saturated) -> Parameters | None:
    """Finite parameters with a loss that is certainly lower than at infinity; None if none found.

    The last layer is the mean of the targets and a step along the negative gradient from there.
    """
    count = case.samples.count
    mean = (case.samples.targets.T @ QQ.ones(count, 1)).scale(Fraction(1, count))
    centred = QQ.ones(count, 1) @ mean.T - case.samples.targets
    limit = BALLS.constant(case.value)
    for bias in range(3):
        near = case.with_biases([bias] * case.network.widths[-2])
        features = (
            case.network.loss(case.samples, "sum")
            .at(near)
            .enclose(bits=64)
            .features(case.network.depth - 1)
        )
        rough = QQ.matrix(
            [
                [Fraction(round(float(x.raw.mid()) * 2**16), 2**16) for x in row]
                for row in features.tolist()
            ]
        )
        for k in range(FURTHEST):
            step = (centred.T @ rough).scale(Fraction(-1, 2**k))
            point = Parameters([*near.weights[:-1], step], [*near.biases[:-1], mean])
            if case.loss(point).raw < limit:
                return point
    return None


def suboptimal_minimum(case: Saturated) -> tuple[Saturated, Verdict, Parameters] | None:
    """A point with a strict local minimum at infinity, its verdict, and a better finite point.

    The lower layers are those of the case or spread evenly; units of layer L - 1 are all equal.
    """
    for found in _equal_units(case):
        verdict = minimum_at_infinity(found)
        better = lower_point(found) if verdict.is_holds else None
        if better is not None:
            return found, verdict, better
    return None


def _spread(i: int, j: int) -> Fraction:
    return Fraction(1 + (i + j) % 3, 1 + i)


def _equal_units(case: Saturated) -> Iterator[Saturated]:
    net, count = case.network, case.samples.count
    units, below = net.widths[-2], net.widths[-3]
    mean = (case.samples.targets.T @ QQ.ones(count, 1)).scale(Fraction(1, count))
    spread = [
        QQ.matrix([[_spread(i, j) for j in range(W.shape[1])] for i in range(W.shape[0])])
        for W in case.point.weights[:-2]
    ]
    outputs = range(net.widths[-1])
    for lower in (list(case.point.weights[:-2]), spread):
        for u in product((1, -1, 0, 2), repeat=min(below, 3)):
            row = [*u, *[1] * (below - len(u))]
            for k, sign in product(outputs, (1, -1)):
                out = QQ.matrix([[sign if i == k else 0] * units for i in outputs])
                last = mean - out @ QQ.ones(units, 1)
                weights = [*lower, [row] * units, out]
                yield Saturated(
                    net, case.samples, Parameters(weights, [*case.point.biases[:-1], last])
                )
