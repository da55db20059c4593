"""Section 5: the assumptions on activation and losses, and the losses of Figure 2.

Notation: sigma the activation, l1, l2 the losses of the true and of a wrong class.

Lemmas
- NH17_A5_2: the assumptions, met by the losses of Figure 2 and by whole families.
- NH17_E5_figure: the losses of Figure 2, with other powers and factors too, meet them.

Source: NH17, Section 5, Assumptions 5.2 and Figure 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.arithmetic import positive, size_at_least, sizes_equal
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.formula import ZERO, Formula, Piece, T
from symbolic_landscape.functions import polynomial_coefficients
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.points import halves
from symbolic_landscape.proofs.common.points import (
    activation_is_continuously_differentiable,
    activation_is_strictly_increasing,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_one_sided import (
    PenaltyFamily,
    is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import (
    TRUE_SQUARES,
    WRONG_SQUARES,
    ClassifiedPoint,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails

# --- Assumptions 5.2 -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LossPair(Instance):
    """An activation and the losses of the true and of a wrong class; each may be a family."""

    activation: Activation
    true_loss: ScalarLoss | PenaltyFamily
    wrong_loss: ScalarLoss | PenaltyFamily

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The one activation."""
        return (self.activation,)


@fact(
    r"l_1 \ge 0,\ l_1 \in C^1,\ l_1(a) = 0 \Leftrightarrow a \ge 0 \Leftrightarrow l_1'(a) = 0,"
    r"\ l_1'(a) < 0\ (a < 0)",
    mutants={
        "twice continuously differentiable": lambda s: _twice(s.true_loss),
        "penalty on the other side": lambda s: is_one_sided(s.true_loss, Side.POSITIVE),
    },
)
def true_class_loss_is_one_sided(s: LossPair | ClassifiedPoint) -> Verdict:
    """l1 is C1 and not negative, falls for a < 0, and is 0, as its slope, just for a >= 0."""
    return is_one_sided(s.true_loss, Side.NEGATIVE)


@fact(
    r"l_2 \ge 0,\ l_2 \in C^1,\ l_2(a) = 0 \Leftrightarrow a \le 0 \Leftrightarrow l_2'(a) = 0,"
    r"\ l_2'(a) > 0\ (a > 0)",
    mutants={
        "twice continuously differentiable": lambda s: _twice(s.wrong_loss),
        "penalty on the other side": lambda s: is_one_sided(s.wrong_loss, Side.NEGATIVE),
    },
)
def wrong_class_loss_is_one_sided(s: LossPair | ClassifiedPoint) -> Verdict:
    """l2 is C1 and not negative, rises for a > 0, and is 0, as its slope, just for a <= 0."""
    return is_one_sided(s.wrong_loss, Side.POSITIVE)


def _twice(loss: ScalarLoss | PenaltyFamily) -> Verdict:
    return loss.twice_continuously_differentiable()


ASSUMPTION_5_2 = (
    activation_is_continuously_differentiable,
    activation_is_strictly_increasing,
    true_class_loss_is_one_sided,
    wrong_class_loss_is_one_sided,
)


def losses(
    name: str,
    true: ScalarLoss | PenaltyFamily | Formula = TRUE_SQUARES,
    wrong: ScalarLoss | PenaltyFamily | Formula = WRONG_SQUARES,
    activation: str | Formula = "tanh",
) -> LossPair:
    """A pair of losses with an activation; a formula for l1 holds left of 0, one for l2 right."""
    if isinstance(true, Formula):
        true = ScalarLoss.of(true if isinstance(true, Piece) else Piece(true, ZERO, 1))
    if isinstance(wrong, Formula):
        wrong = ScalarLoss.of(wrong if isinstance(wrong, Piece) else Piece(ZERO, wrong, 1))
    return LossPair(
        name=name, activation=Activation.of(activation), true_loss=true, wrong_loss=wrong
    )


FIGURE_2 = losses("losses of Figure 2")
RATIONAL_TAIL = T**2 / (1 + T**2)
NH17_A5_2 = Statement(
    key="NH17.A5.2",
    kind="assumption",
    where="Section 5, Assumptions 5.2, Figure 2",
    title="Assumptions for T5.3",
    claim="sigma is C1 and strictly increasing; l1 is C1, not negative, zero together with its "
    "slope just for a >= 0, and falling for a < 0; l2 is such a loss turned around. The squares "
    "of Figure 2 are an example.",
    hypotheses=ASSUMPTION_5_2,
    instances=(
        FIGURE_2,
        losses("flat activation", activation="tanh(t**3)"),
        losses("third power as activation", activation="t**3"),
        losses("sigmoid, fourth powers", T**4, T**4, "sigmoid"),
        losses("softplus, odd powers", -(T**3), T**3, "softplus"),
        losses("bounded losses, not convex", RATIONAL_TAIL, RATIONAL_TAIL, "algebraic"),
        losses(
            "every positive multiple of the squares",
            PenaltyFamily(exponents=(2,)),
            PenaltyFamily(exponents=(2,)),
        ),
        losses(
            "every sum of powers 2 to 5 with positive coefficients",
            PenaltyFamily(exponents=(2, 3, 4, 5)),
            PenaltyFamily(exponents=(2, 3, 4, 5)),
            "linear",
        ),
    ),
    controls={
        activation_is_continuously_differentiable: losses(
            "leaky activation", activation=Piece(T / 2, T, 0)
        ),
        activation_is_strictly_increasing: losses("bump", activation="1/(1 + t**2)"),
        true_class_loss_is_one_sided: losses("squares on both sides", ScalarLoss.of("sum")),
        wrong_class_loss_is_one_sided: losses(
            "hinge without square", wrong=PenaltyFamily(exponents=(1, 2))
        ),
    },
)


# --- Figure 2 ------------------------------------------------------------------------------------


@fact(r"l_1(a) = l_2(-a) = c\,|a|^p\ (a < 0),\ 0\ (a \ge 0), \quad p \ge 2")
def losses_are_one_sided_powers(s: LossPair) -> Verdict:
    """The losses are positive multiples of a power, at least the second, on one side of 0."""
    return all_of(
        true=_one_sided_power(s.true_loss, Side.NEGATIVE),
        wrong=_one_sided_power(s.wrong_loss, Side.POSITIVE),
    )


def _one_sided_power(loss: ScalarLoss | PenaltyFamily, side: Side) -> Verdict:
    if isinstance(loss, PenaltyFamily):
        return all_of(
            one=sizes_equal(len(loss.exponents), 1), power=size_at_least(min(loss.exponents), 2)
        )
    left, right = halves(loss.formula)
    free, part = (right, left) if side is Side.NEGATIVE else (left, right)
    found = polynomial_coefficients(part)
    if found is None or free != ZERO:
        return fails(Evidence.EXACT, f"{loss} is not 0 on one side and a power on the other")
    terms = [(power, value) for power, value in enumerate(found) if value]
    power, value = terms[-1]
    sign = -1 if side is Side.NEGATIVE and power % 2 else 1
    return all_of(
        one=sizes_equal(len(terms), 1),
        power=size_at_least(power, 2),
        factor=positive(sign * value),
    )


@fact(r"l_1, l_2 \text{ meet Assumptions 5.2}")
def class_losses_meet_assumption(s: LossPair) -> Verdict:
    """Both losses are one-sided as Assumptions 5.2 ask."""
    return all_of(
        true=true_class_loss_is_one_sided.decide(s), wrong=wrong_class_loss_is_one_sided.decide(s)
    )


NH17_E5_figure = Statement(
    key="NH17.E5.figure",
    kind="example",
    where="Section 5, Figure 2",
    title="Example of losses that meet Assumptions 5.2",
    claim="l1(a) = a^2 for a <= 0 and 0 for a >= 0, with l2(a) = l1(-a), meets Assumptions 5.2; so "
    "does c |a|^p with any c > 0 and p >= 2 in place of a^2.",
    hypotheses=(losses_are_one_sided_powers,),
    conclusion=class_losses_meet_assumption,
    instances=(
        FIGURE_2,
        losses("fourth powers and squares", T**4 / 3, 5 * T**2),
        losses("third powers", -(T**3), T**3),
        *(
            losses(
                f"every positive multiple of power {power}",
                PenaltyFamily(exponents=(power,)),
                PenaltyFamily(exponents=(power,)),
            )
            for power in range(2, 8)
        ),
    ),
    controls={
        losses_are_one_sided_powers: losses("hinge without square", PenaltyFamily(exponents=(1,)))
    },
)
