"""How activations and losses approach their limits: what a ray to infinity does to each term.

For a bounded activation let u = g + t m with g and m of one sign and t >= 0, so that sigma(u) runs
to a limit. Its speed sigma'(u) m is a positive factor, the same for all terms of a ray, times an
`essence` that stays bounded away from infinity as t grows:
  sigmoid, tanh, and softplus for m < 0: sigma'(u) = c e^(-k |u|) / (1 + e^(-k |u|))^p, factor
  e^(-gamma t) with gamma the least k |m| of the ray;
  arctan and t / sqrt(1 + t^2): with s = 1 / (1 + t) and v = s u = m + s (g - m) they are
  s^2 / (s^2 + v^2) and s^3 / (s^2 + v^2)^(3/2), with factors s^2 and s^3.

Objects: Term, Tail. Functions: tail_of, loss_limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import BallField, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.convex import is_least_at_zero
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.formula import Formula, T, composition, evaluated
from symbolic_landscape.functions.activations import NAMED_ACTIVATIONS, ScalarLoss
from symbolic_landscape.functions.losses import CrossEntropy, LikelihoodLoss

FAR, FAR_POWER = 5, 20
"""From these pre-activations on, times k for exponentials, a unit counts as near its limit."""


@dataclass(frozen=True)
class Term:
    """A pre-activation g + t m, as balls; `rate` is m where it is rational."""

    start: Any
    slope: Any
    rate: Fraction | None = None


@dataclass(frozen=True)
class Tail:
    """What is known of an activation far out.

    `exponential` is (c, k, p), or None for a power s^power; `right` says whether it has a limit
    for u to +infinity, too.
    """

    formula: Formula
    exponential: tuple[int, int, int] | None
    power: int = 0
    right: bool = True

    def value(self, term: Term, start: Fraction, end: Fraction | None, bits: int) -> Any:
        """A ball with sigma(g + t m) for all t from start to end, None standing for infinity."""
        field = BallField(bits)
        first = evaluated(self.formula, _at(term, start), field)
        if end is None:
            return first.union(self.limit(int(term.slope > 0) or -1, bits))
        return first.union(evaluated(self.formula, _at(term, end), field))

    def limit(self, sign: int, bits: int) -> Any:
        """A ball with the limit at +infinity or -infinity."""
        found = functions.limits(self.formula).data["right" if sign > 0 else "left"]
        field = BallField(bits)
        return evaluated(found, field.constant(Fraction(0)), field)

    def essence(
        self, term: Term, slowest: Term, start: Fraction, end: Fraction | None, bits: int
    ) -> Any:
        """A ball with the speed over the common factor, for all t from start to end."""
        with BallField(bits).working():
            if self.exponential is None:
                return self._power(term, start, end)
            c, k, p = self.exponential
            decay = self._decay(term, start, end)
            excess = k * (abs(term.slope) - abs(slowest.slope))
            if _is_as_slow(term, slowest):
                rest = flint.arb(1)
            elif end is None:
                rest = (-excess * _ball(start)).exp().union(flint.arb(0))
            else:
                rest = (-excess * _ball(start)).exp().union((-excess * _ball(end)).exp())
            scale = (-k * abs(term.start)).exp()
            return c * term.slope * scale * rest / (1 + decay) ** p

    def _decay(self, term: Term, start: Fraction, end: Fraction | None) -> Any:
        """E^(-k |u|)."""
        assert self.exponential is not None
        k = self.exponential[1]
        first = (-k * abs(_at(term, start))).exp()
        last = flint.arb(0) if end is None else (-k * abs(_at(term, end))).exp()
        return first.union(last)

    def _power(self, term: Term, start: Fraction, end: Fraction | None) -> Any:
        s = _ball(1 / (1 + start))
        s = s.union(flint.arb(0) if end is None else _ball(1 / (1 + end)))
        v = term.slope + s * (term.start - term.slope)
        below = s * s + v * v
        return term.slope / (below if self.power == 2 else below * below.sqrt())

    def is_far(self, term: Term) -> bool:
        """Whether the activation is certainly within about 1 % of its limit from the start on."""
        distance = FAR_POWER if self.exponential is None else FAR / self.exponential[1]
        return bool(abs(term.start) > distance)

    def can_compare(self, term: Term, slowest: Term) -> bool:
        """Whether the term certainly decays at least as fast as the slowest one."""
        if self.exponential is None or term is slowest:
            return True
        if term.rate is not None and slowest.rate is not None:
            return abs(term.rate) >= abs(slowest.rate)
        return bool(abs(term.slope) > abs(slowest.slope))


def _is_as_slow(term: Term, slowest: Term) -> bool:
    """Whether both pre-activations certainly run at the same rate."""
    if term.rate is not None and slowest.rate is not None:
        return abs(term.rate) == abs(slowest.rate)
    return term is slowest


def _ball(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _at(term: Term, t: Fraction) -> Any:
    return term.start + _ball(t) * term.slope


_TAILS = {
    "sigmoid": Tail(NAMED_ACTIVATIONS["sigmoid"], (1, 1, 2)),
    "tanh": Tail(NAMED_ACTIVATIONS["tanh"], (4, 2, 2)),
    "softplus": Tail(NAMED_ACTIVATIONS["softplus"], (1, 1, 1), right=False),
    "arctan": Tail(NAMED_ACTIVATIONS["arctan"], None, 2),
    "algebraic": Tail(NAMED_ACTIVATIONS["algebraic"], None, 3),
}


def tail_of(formula: Formula) -> Tail | None:
    """The tail of an activation, where it is one of those above."""
    return next((tail for tail in _TAILS.values() if tail.formula == formula), None)


def loss_limit(surface: LossSurface, target: Scalar, sign: int, bits: int) -> Any | None:
    """A ball with the limit of one term of the loss as its output pre-activation runs off.

    `sign` says whether to infinity or to minus infinity. None unless the term falls all the way,
    wherever it starts, and has a finite limit.
    """
    loss = surface.loss
    if isinstance(loss, CrossEntropy):
        return None
    output = surface.network.activation_of(surface.network.depth).formula
    law = power_law(output)
    if law is not None and law[1] == 1:
        formula = _of_output(loss, target)
        return formula and _far_loss(formula, sign if law[0] > 0 else -sign, bits)
    limits = functions.limits(output)
    increases = functions.strictly_increasing(output).is_holds
    if not limits.is_holds or not (increases or functions.strictly_decreasing(output).is_holds):
        return None
    limit = limits.data["right" if sign > 0 else "left"]
    if isinstance(limit, functions.Infinity):
        return None
    field = BallField(bits)
    last = evaluated(limit, field.constant(Fraction(0)), field) - target.enclose(bits)
    rises = sign if increases else -sign
    if not is_least_at_zero(surface) or not (last <= 0 if rises > 0 else last >= 0):
        return None
    return evaluated(loss.formula, last, field)


def _of_output(loss: ScalarLoss | LikelihoodLoss, target: Scalar) -> Formula | None:
    """The loss of one output up to a shift of it, as a formula; None where it is not known."""
    if isinstance(loss, ScalarLoss) or target.is_zero:
        return loss.formula
    softplus = NAMED_ACTIVATIONS["softplus"]
    return composition(softplus, -T) if loss.formula == softplus and target == 1 else None


def _far_loss(formula: Formula, sign: int, bits: int) -> Any | None:
    falls = functions.strictly_decreasing if sign > 0 else functions.strictly_increasing
    limits = functions.limits(formula)
    if not falls(formula).is_holds or not limits.is_holds:
        return None
    limit = limits.data["right" if sign > 0 else "left"]
    if isinstance(limit, functions.Infinity):
        return None
    field = BallField(bits)
    return evaluated(limit, field.constant(Fraction(0)), field)
