"""The branch of the implicit function in the proof of Theorem 3.8.

Notation as in `section_3_wide_layer`: u the parameters of the layers 1..k, v those of the layers in
I, all others fixed; Psi(u, v) = grad_v Phi (t, 1); alpha the branch with alpha(u*) = v*.

Objects: GradientEquation. Facts: upper_gradient_vanishes_on_branch,
upper_weights_stay_of_full_rank, independent_features_lie_nearby, global_minima_lie_nearby.
Functions: gradient_equation, small_ball, weights_in_ball, objective_narrows.

Source: NH17, section 4, proof of Theorem 3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import ClassVar

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    Field,
    Matrix,
    Scalar,
    less,
    rank_at_least,
    rank_is,
    vanishes,
)
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.networks import Parameters
from symbolic_landscape.proofs.common.minima import BALLS, ball_objective, is_global_minimum
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import BlockPoint
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_dense import (
    NearParameters,
    nearby_parameters_give_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import (
    Equation,
    one_function_near_point_solves,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all, undecided

RADII = tuple(Fraction(1, 2**power) for power in (8, 16, 24))
BALL_RADIUS = Fraction(1, 1000)


@dataclass(frozen=True, kw_only=True)
class GradientEquation(Equation):
    """Psi(u, v) = grad_v Phi at a point of a network; it is no polynomial."""

    point: BlockPoint

    POWERS: ClassVar[range] = range(4, 24, 3)
    RATIOS: ClassVar[tuple[int, ...]] = (64, 4096)

    def smooth(self) -> Verdict:
        """Whether Psi is C1: the activations are analytic and the loss is C2."""
        return all_of(
            activations=for_all(
                self.point.activations, lambda sigma: sigma.analytic(), "activation"
            ),
            loss=self.point.loss.twice_continuously_differentiable(),
        )

    def vanishes_at_start(self) -> Verdict:
        """Whether Psi(u*, v*) = 0."""
        return vanishes(self.value(QQ, *self.at_point()))

    @cached_property
    def starts_at_zero(self) -> bool:
        """Whether Psi(u*, v*) = 0; elsewhere no box is looked for."""
        return self.vanishes_at_start().is_holds

    def value(self, field: Field, u: Sequence[Scalar], v: Sequence[Scalar]) -> Matrix:
        """Psi(u, v) (t, 1): exact at the point itself, in balls elsewhere."""
        if field == QQ:
            return self.point.at.gradient.submatrix(self.point.places, [0])
        if not self.starts_at_zero:
            return _unknown(field, len(v), 1)
        try:
            return self._moved(field, u, v).gradient.submatrix(self.point.places, [0])
        except DomainError:
            return _unknown(field, len(v), 1)

    def jacobian(self, field: Field, u: Sequence[Scalar], v: Sequence[Scalar]) -> Matrix:
        """The block (t, t): exact at the point itself, in balls elsewhere."""
        if field == QQ:
            return self.point.block
        if not self.starts_at_zero:
            return _unknown(field, len(v), len(v))
        try:
            return self._moved(field, u, v).hessian_block(self.point.chosen)
        except DomainError:
            return _unknown(field, len(v), len(v))

    def _moved(self, field: Field, u: Sequence[Scalar], v: Sequence[Scalar]) -> LossAtPoint:
        entries = list(self.point.network.vector(self.point.parameters))
        entries[: len(u)] = u
        for place, value in zip(self.point.places, v, strict=True):
            entries[place] = value
        return self.point.surface.at(parameters_over(self.point, field, entries), field)


def _unknown(field: Field, height: int, width: int) -> Matrix:
    """Balls that hold every real number: the box is too wide for the activation or the loss."""
    everything = field.scalar(flint.arb(0, flint.arb("inf")))
    return field.matrix([[everything] * width for _ in range(height)])


def parameters_over(s: BlockPoint, field: Field, entries: Sequence[Scalar]) -> Parameters:
    """The parameters with these entries, in balls, in the order of the names."""
    weights, biases, at = [], [], 0
    for below, above in zip(s.network.widths, s.network.widths[1:], strict=False):
        rows = [entries[at + i * below : at + (i + 1) * below] for i in range(above)]
        weights.append(field.matrix(rows))
        at += above * below
        biases.append(field.matrix([[value] for value in entries[at : at + above]]))
        at += above
    return Parameters(weights=weights, biases=biases)


@lru_cache(maxsize=256)
def gradient_equation(s: BlockPoint) -> GradientEquation:
    """Psi at the point. Raises DomainError where a parameter is not rational."""
    entries = [value.rational() for value in s.network.vector(s.parameters)]
    lower = s.network.layer_range(s.layer)[-1] + 1
    return GradientEquation(
        name=f"gradient of {s.name}",
        equations=(),
        u=tuple(entries[:lower]),
        v=tuple(entries[place] for place in s.places),
        point=s,
    )


@fact(r"\nabla_v \Phi(u, \alpha(u)) = 0 \text{ near } u^*,\ \alpha(u^*) = v^*")
def upper_gradient_vanishes_on_branch(s: BlockPoint) -> Verdict:
    """For u near u* some continuous alpha(u), with alpha(u*) = v*, makes grad_v Phi zero."""
    equation = gradient_equation(s)
    start = equation.vanishes_at_start()
    if start.is_fails:
        return start
    found = replace(one_function_near_point_solves.decide(equation), mutants=())
    return found.against(
        another_start=lambda: _vanishes_moved(s, s.places[-1]),
        constant_branch=lambda: _vanishes_moved(s, 0),
    )


def _vanishes_moved(s: BlockPoint, place: int) -> Verdict:
    """The wrong claim that grad_v Phi is still zero when one parameter is moved by 1/4."""
    vector = list(s.network.vector(s.parameters))
    vector[place] = vector[place] + Fraction(1, 4)
    moved = s.surface.at(s.network.parameters(vector)).enclose()
    return vanishes(moved.gradient.submatrix(s.places, [0]))


def weights_in_ball(s: BlockPoint) -> Verdict:
    """Whether every matrix within 2^-24 of W_l, entry by entry, has rank n_l, for l >= k + 2."""

    def one_layer(layer: int) -> Verdict:
        wide = _widened(s.weights(layer), RADII[-1])
        return rank_at_least(wide, s.network.widths[layer])

    return for_all(range(s.layer + 2, s.depth + 1), one_layer, "layer")


def _widened(matrix: Matrix, radius: Fraction) -> Matrix:
    """Balls of this radius around the entries."""
    return BALLS.matrix([[_around(value, radius) for value in row] for row in matrix.tolist()])


def _around(value: Scalar, radius: Fraction) -> Scalar:
    with BALLS.working():
        width = flint.arb(flint.fmpq(radius.numerator, radius.denominator))
        return Scalar(BALLS, value.enclose(128) + flint.arb(0, width))


@fact(r"\operatorname{rank}(W_l) = n_l \text{ for } v \in B(v^*, \varepsilon),\ l \in [k+2, L]")
def upper_weights_stay_of_full_rank(s: BlockPoint) -> Verdict:
    """On a ball around v* the weights of the layers above k + 1 keep their full column rank."""
    for layer in range(s.layer + 2, s.depth + 1):
        here = rank_is(s.weights(layer), s.network.widths[layer])
        if here.is_fails:
            return here.because(f"layer {layer} already at v*: {here.reason}")
    return weights_in_ball(s)


def small_ball(s: BlockPoint) -> NearParameters:
    """The ball of radius 1/1000 around u*, as an instance of Corollary 4.5."""
    return NearParameters(
        name=f"layers up to {s.layer} of {s.name}",
        network=s.network,
        samples=s.samples,
        loss=s.loss,
        layer=s.layer,
        given=Parameters(
            weights=s.parameters.weights[: s.layer], biases=s.parameters.biases[: s.layer]
        ),
        radius=BALL_RADIUS,
    )


@fact(r"\forall \delta > 0\ \exists \tilde u \in B(u^*, \delta):\ \operatorname{rank}[F_k, 1] = N")
def independent_features_lie_nearby(s: BlockPoint) -> Verdict:
    """Every ball around u* contains parameters with rank [F_k, 1] = N."""
    return nearby_parameters_give_full_rank.decide(small_ball(s))


@fact(r"\forall \delta > 0\ \exists (\tilde u, \tilde v) \in B((u^*, v^*), \delta):\ \Phi = \min")
def global_minima_lie_nearby(s: BlockPoint) -> Verdict:
    """Every ball around the point contains global minima."""
    return _least(s)


@lru_cache(maxsize=256)
def _least(s: BlockPoint) -> Verdict:
    """Whether the point is a global minimum: these form a closed set."""
    return is_global_minimum.decide(s)


def objective_narrows(s: BlockPoint) -> Verdict:
    """Whether Phi on balls of radius 2^-8, 2^-16, 2^-24 around the point varies less and less."""
    spreads = [_spread(s, radius) for radius in RADII]
    narrower = all_of(first=less(spreads[1], spreads[0]), second=less(spreads[2], spreads[1]))
    if narrower.is_fails:
        return undecided(f"the balls of Phi are too wide to tell: {narrower.reason}")
    return narrower


def _spread(s: BlockPoint, radius: Fraction) -> Scalar:
    """The radius of the enclosure of Phi on the box of this radius."""
    value = ball_objective(
        s,
        Parameters(
            weights=[_widened(w, radius) for w in s.parameters.weights],
            biases=[_widened(b, radius) for b in s.parameters.biases],
        ),
    )
    with BALLS.working():
        return Scalar(BALLS, flint.arb(value.enclose(128).rad()))
