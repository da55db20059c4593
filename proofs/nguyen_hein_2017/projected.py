"""Projections of samples with an activation: the instances of both limit identities.

Notation: t_1, ..., t_N are projections <a, z_i>, A(alpha)_ij = sigma(alpha (t_j - t_i) + beta) for
i = 1..N, j = 1..N-1.

Objects: Projected; projected.
Facts: projections_increase, scaled_activation_increases, scaled_activation_is_bounded.

Source: NH17, section 4, proof of Lemma 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    strictly_increasing,
)
from symbolic_landscape.former.lemma import Instance, fact
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import DECAYING, Growth, ScaledLayer
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    holds,
)

if TYPE_CHECKING:
    pass

BOUNDED = "bounded_increasing"
"""The name of the activation that stands for every bounded strictly increasing one."""


@dataclass(frozen=True, kw_only=True)
class Projected(Instance):
    """Rational projections, an activation, beta, and where needed the constants of its growth."""

    projections: tuple[int | Fraction, ...]
    activation: Activation
    beta: Fraction = Fraction(0)
    growth: tuple[str, ...] = ()
    bits: int = 128

    @property
    def layer(self) -> ScaledLayer:
        """The scaled layer of these data, one object for equal data."""
        return _scaled(self.projections, self.activation, self.beta, self.growth)

    @property
    def field(self) -> BallField:
        """The balls in which it is looked at."""
        return BallField(self.bits)

    @property
    def count(self) -> int:
        """The number N of samples."""
        return len(self.projections)


@lru_cache(maxsize=512)
def _scaled(
    projections: tuple[int | Fraction, ...],
    activation: Activation,
    beta: Fraction,
    growth: tuple[str, ...],
) -> ScaledLayer:
    constants = tuple(parse_formula(text) for text in growth)
    values = tuple(QQ.scalar(Fraction(value)) for value in projections)
    return ScaledLayer(values, activation, beta, Growth(constants) if constants else None)


def projected(
    name: str,
    activation: str,
    projections: tuple[int | Fraction, ...],
    beta: int | Fraction = 0,
    growth: tuple[str, ...] = (),
) -> Projected:
    """The instance with these data; BOUNDED and DECAYING name activations that stand for many."""
    generic = activation in (BOUNDED, DECAYING)
    sigma = Activation.generic(activation) if generic else Activation.of(activation)
    return Projected(
        name=name,
        projections=projections,
        activation=sigma,
        beta=Fraction(beta),
        growth=growth,
    )


SOFTPLUS_GROWTH = ("1", "1", "1", "log(2)")
UNIT_GROWTH = ("1", "1", "1", "1")

DIP = "exp(t)*(exp(t) - 1)/(1 + exp(t))**2"
"""Decays on the left, is bounded, and is 0 at t = 0; it is not increasing."""

# --- hypotheses ----------------------------------------------------------------------------------


@fact(r"t_1 < t_2 < \dots < t_N")
def projections_increase(s: Projected) -> Verdict:
    """The projections of the samples on the direction a are strictly increasing."""
    return strictly_increasing(s.layer.projections)


@fact(r"s < t \Rightarrow \sigma(s) < \sigma(t)")
def scaled_activation_increases(s: Projected) -> Verdict:
    """The activation is strictly increasing."""
    if s.activation.name == BOUNDED:
        return holds(
            Evidence.IDENTITY, "sigma stands for every bounded strictly increasing function"
        )
    return s.activation.strictly_increasing()


@fact(r"\sup |\sigma| < \infty")
def scaled_activation_is_bounded(s: Projected) -> Verdict:
    """The activation is bounded."""
    if s.activation.name == BOUNDED:
        return holds(
            Evidence.IDENTITY, "sigma stands for every bounded strictly increasing function"
        )
    return s.activation.bounded()
