"""Section 2, after Lemma 2.1: softplus as a smooth ReLU.

Notation: alpha the sharpness, softplus log(1 + e^(alpha t)) / alpha, relu max{0, t}.

Lemmas
- NH17_R2_softplus: softplus tends to relu, with the distance log(2)/alpha.

Source: NH17, Section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import RationalFunctions, equal, positive
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.formula import Const, Formula, Piece, T, call
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.verdict import Verdict, all_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, kw_only=True)
class Sharpness(Instance):
    """The number alpha in log(1 + e^(alpha t)) / alpha; it is not 0."""

    alpha: Fraction

    @property
    def excess(self) -> tuple[Formula, Formula]:
        """Softplus minus relu for t <= 0, and for t > 0 with e^(alpha t) taken out of the log."""
        left, right = (
            call("log", 1 + call("exp", sign * self.alpha * T)) / self.alpha for sign in (1, -1)
        )
        return left, right

    def gap(self, bound: Formula) -> Piece:
        """The bound minus (softplus - relu), in two pieces that meet at 0."""
        left, right = self.excess
        return Piece(bound - left, bound - right, 0)

    @property
    def bound(self) -> Formula:
        """log(2) / alpha."""
        return call("log", Const(Fraction(2))) / self.alpha


@fact(r"\alpha > 0")
def alpha_is_positive(s: Sharpness) -> Verdict:
    """The number alpha is positive."""
    return positive(s.alpha)


def _nonnegative(formula: Piece) -> Verdict:
    return Activation.of(formula).nonnegative()


@fact(
    r"0 \le \sigma_\alpha(x) - \max\{0, x\} \le \tfrac{\log 2}{\alpha} \quad \forall x",
    mutants={
        "half the bound": lambda s: Activation.of(s.gap(s.bound / 2)).nonnegative(),
        "softplus below relu": lambda s: Activation.of(s.gap(Const(Fraction(0)))).nonnegative(),
    },
)
def softplus_is_near_relu(s: Sharpness) -> Verdict:
    """Softplus exceeds relu by at most log(2)/alpha everywhere, so its limit is relu."""
    w = RationalFunctions(("w",)).generator("w")  # e^(alpha t)
    return all_of(
        factor_taken_out=equal(1 + w, w * (1 + 1 / w)),
        above=_nonnegative(Piece(*s.excess, 0)),
        within=_nonnegative(s.gap(s.bound)),
    )


def sharpnesses() -> SearchStrategy[Sharpness]:
    """Small positive rational alpha."""
    from hypothesis import strategies as st

    alphas = st.fractions(min_value=Fraction(1, 8), max_value=16, max_denominator=8)
    return st.builds(Sharpness, alpha=alphas)


NH17_R2_softplus = Statement(
    key="NH17.R2.softplus",
    kind="remark",
    where="Section 2, after Lemma 2.1",
    title="Softplus tends to ReLU",
    claim="log(1 + e^(alpha x)) / alpha tends to max{0, x} as alpha -> infinity, for every x; the "
    "difference lies between 0 and log(2)/alpha.",
    hypotheses=(alpha_is_positive,),
    conclusion=softplus_is_near_relu,
    instances=(
        Sharpness(name="alpha = 1", alpha=Fraction(1)),
        Sharpness(name="alpha = 1/5", alpha=Fraction(1, 5)),
        Sharpness(name="alpha = 100", alpha=Fraction(100)),
    ),
    controls={alpha_is_positive: Sharpness(name="alpha = -1", alpha=Fraction(-1))},
    strategy=sharpnesses,
)
