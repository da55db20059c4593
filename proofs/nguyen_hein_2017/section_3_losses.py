"""Section 3.2: losses that meet the assumption, and how they look near zero.

Notation: l the loss of one residual a.

Lemmas
- NH17_E3_loss: convex and some other losses meet the part of A3.2 about the loss.
- NH17_E3_small: three losses are said to approximate a^2 for small a.

Source: NH17, Section 3.2, list of losses and Figure 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.arithmetic import QQ, Scalar, equal, positive, vanishes
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.proofs.common.minima import value_at
from symbolic_landscape.proofs.nguyen_hein_2017.instances import DOUBLE_WELL
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_loss_families import SHAPES, LossFamily
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds

# --- losses that meet it -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LossExample(Instance):
    """A loss of one residual."""

    loss: ScalarLoss


LISTED_LOSSES = ("blake_zisserman", "corrupted_gaussian", "cauchy")


@fact(r"l \in C^2 \text{ convex, or listed}")
def loss_is_convex_or_listed(s: LossExample | LossFamily) -> Verdict:
    """The loss is convex and C2, or is Blake-Zisserman, corrupted Gaussian or Cauchy."""
    if isinstance(s, LossFamily):
        return s.is_the_named_loss()
    if s.loss.name.startswith(LISTED_LOSSES):
        return holds(Evidence.EXACT, f"{s.loss.name} is on the list")
    smooth = s.loss.twice_continuously_differentiable()
    if not smooth.is_holds:
        return smooth
    return all_of(smooth=smooth, convex=Activation.of(s.loss.derivative(2)).nonnegative())


@fact(r"l \in C^2 \text{ and } l'(a) = 0 \Rightarrow l(a) = \min l")
def loss_meets_assumption(s: LossExample | LossFamily) -> Verdict:
    """The loss is C2, and every zero of its derivative is a global minimum."""
    if isinstance(s, LossFamily):
        return all_of(
            smooth=s.is_analytic(),
            minima=s.slope_has_the_sign_of_the_residual(),
        )
    turned = ScalarLoss.of(-s.loss.formula)
    verdict = all_of(
        smooth=s.loss.twice_continuously_differentiable(),
        minima=s.loss.critical_points_are_global_minima(),
    )
    return verdict.against(
        critical_points_are_maxima=lambda: turned.critical_points_are_global_minima(),
        derivative_never_zero=lambda: _slope_positive(s.loss),
    )


def _slope_positive(loss: ScalarLoss) -> Verdict:
    return Activation.of(loss.formula).derivative_positive()


def _loss(name: str, value: str) -> LossExample:
    return LossExample(name=name, loss=ScalarLoss.of(value))


NH17_E3_loss = Statement(
    key="NH17.E3.loss",
    kind="example",
    where="Section 3.2 list and Figure 1",
    title="Losses meeting A3.2(3)",
    claim="Every convex C2 loss, and the Blake-Zisserman (delta > 0), corrupted Gaussian (alpha "
    "in [0, 1], w > 0) and Cauchy (delta not 0) losses are C2 with l'(a) = 0 only at global "
    "minima.",
    hypotheses=(loss_is_convex_or_listed,),
    conclusion=loss_meets_assumption,
    instances=(
        _loss("squares", "sum"),
        _loss("pseudo-Huber, delta = 1", "pseudo_huber(1)"),
        _loss("pseudo-Huber, delta = 1/3", "pseudo_huber(1/3)"),
        _loss("fourth power, flat minimum", "a**4"),
        _loss("exponential, without critical point", "exp(a)"),
        _loss("linear, convex without minimum", "a"),
        _loss("logistic", "log(1 + exp(a))"),
        _loss("Blake-Zisserman of Figure 1", "blake_zisserman(1/10)"),
        _loss("Blake-Zisserman, large delta", "blake_zisserman(7)"),
        _loss("corrupted Gaussian of Figure 1", "corrupted_gaussian(1/2, 6)"),
        _loss("corrupted Gaussian, alpha = 0", "corrupted_gaussian(0, 2)"),
        _loss("corrupted Gaussian, alpha = 1", "corrupted_gaussian(1, 2)"),
        _loss("corrupted Gaussian, w = 1", "corrupted_gaussian(1/3, 1)"),
        _loss("corrupted Gaussian, w < 1", "corrupted_gaussian(1/3, 1/4)"),
        _loss("Cauchy of Figure 1", "cauchy(1)"),
        _loss("Cauchy, negative delta", "cauchy(-2)"),
        *(LossFamily(name=f"{name}, all parameters", family=name) for name in SHAPES),
    ),
    controls={loss_is_convex_or_listed: _loss("double well", DOUBLE_WELL)},
)


# --- how the listed losses look ------------------------------------------------------------------


@fact(r"l \text{ is pseudo-Huber, Blake-Zisserman or Cauchy}")
def loss_is_said_to_be_square_near_zero(s: LossExample) -> Verdict:
    """The loss is one of the three that are said to approximate a^2 for small a."""
    if s.loss.name.startswith(("pseudo_huber", "blake_zisserman", "cauchy")):
        return holds(Evidence.EXACT, f"{s.loss.name} is one of the three")
    return fails(Evidence.EXACT, f"{s.loss.name} is none of the three")


def _taylor(loss: ScalarLoss, order: int) -> Scalar:
    """The derivative of this order at 0."""
    return value_at(loss.derivative(order), QQ.scalar(0))


@fact(r"l(a) = a^2 + O(a^3)")
def loss_is_square_to_second_order(s: LossExample) -> Verdict:
    """At 0 the loss has value 0, slope 0 and second derivative 2, as a^2 has."""
    return all_of(
        bend=equal(_taylor(s.loss, 2), 2),
        slope=vanishes(_taylor(s.loss, 1)),
        value=vanishes(_taylor(s.loss, 0)),
    )


@fact(r"l(a) = l(0) + c\, a^2 + O(a^3), \quad c > 0")
def loss_is_a_square_up_to_shift_and_factor(s: LossExample) -> Verdict:
    """At 0 the loss has slope 0 and a positive second derivative."""
    return all_of(bend=positive(_taylor(s.loss, 2)), slope=vanishes(_taylor(s.loss, 1)))


NH17_E3_small = Statement(
    key="NH17.E3.small",
    kind="example",
    where="Section 3.2, list of losses",
    title="Losses that approximate the square for small residuals",
    claim="Pseudo-Huber, Blake-Zisserman and Cauchy approximate a^2 for small a.",
    hypotheses=(loss_is_said_to_be_square_near_zero,),
    conclusion=loss_is_square_to_second_order,
    instances=(
        _loss("pseudo-Huber, delta = 1/3", "pseudo_huber(1/3)"),
        _loss("Cauchy, delta = -2", "cauchy(-2)"),
        _loss("Blake-Zisserman of Figure 1", "blake_zisserman(1/10)"),
    ),
    controls={loss_is_said_to_be_square_near_zero: _loss("fourth power", "a**4")},
    expected=(("refuted", "statement"),),
)

NH17_E3_small_repaired = NH17_E3_small.repair(
    claim="Pseudo-Huber, Blake-Zisserman and Cauchy are l(0) + c a^2 to second order at 0 with c "
    "> 0; for Blake-Zisserman l(0) = -log(1 + delta) and c = 1/(1 + delta).",
    minimal="Blake-Zisserman has the value -log(1 + delta) and the second derivative 2/(1 + "
    "delta) at 0.",
    conclusion=loss_is_a_square_up_to_shift_and_factor,
    instances=(
        *NH17_E3_small.instances,
        _loss("Blake-Zisserman, delta = 3", "blake_zisserman(3)"),
    ),
)
