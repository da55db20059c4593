"""The local learning coefficient of a minimum: how fast the volume of almost equal loss shrinks.

For a minimum w of L let V(e) be the volume of {L < L(w) + e} in a small ball around w. Then V(e) =
c e^lambda (-log e)^(m - 1) up to lower terms, where lambda is the learning coefficient (real log
canonical threshold) and m its multiplicity (Watanabe, Algebraic Geometry and Statistical Learning
Theory, 2009). Let the Hessian have rank r and nullity z. By the splitting lemma L - L(w) is a sum
of r squares plus a function h of z variables whose terms start at order 4 or later, and lambda = r
/ 2 + lambda(h).
  If h is 0, as on a manifold of critical points of dimension z, lambda(h) is 0.
  If h depends on s of the variables alone and is there between two multiples of |y|^k, lambda(h) =
  s / k. In these cases m = 1.
  Else, if L is analytic near w, 0 <= lambda(h) <= s / 4.

Objects: LearningCoefficient. Functions: exactly, between.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class LearningCoefficient:
    """Bounds for lambda, which is known if they agree; then `multiplicity` is, too."""

    lower: Fraction
    upper: Fraction
    multiplicity: int | None
    reason: str

    @property
    def value(self) -> Fraction | None:
        """Lambda, where it is known."""
        return self.lower if self.lower == self.upper else None

    def __str__(self) -> str:
        if self.value is None:
            return f"between {self.lower} and {self.upper}: {self.reason}"
        return f"{self.value}, multiplicity {self.multiplicity}: {self.reason}"


def exactly(rank: int, variables: int, order: int) -> LearningCoefficient:
    """Lambda for a Hessian of this rank where h is like |y|^order in so many variables."""
    value = Fraction(rank, 2) + (Fraction(variables, order) if variables else 0)
    if not variables:
        reason = f"half the rank {rank} of the Hessian, as the rest changes the loss in no way"
    else:
        what = "one null direction" if variables == 1 else f"{variables} null directions"
        reason = f"{rank}/2 for the rank of the Hessian, {variables}/{order} for {what} of order "
        reason += str(order)
    return LearningCoefficient(value, value, 1, reason)


def between(rank: int, variables: int) -> LearningCoefficient:
    """Bounds for an analytic loss where nothing is known of h but that it starts at order 4."""
    lower = Fraction(rank, 2)
    upper = lower + Fraction(variables, 4)
    reason = (
        f"the rank of the Hessian is {rank}, and in {variables} other directions the loss rises "
        "with order 4 at least, if it does"
    )
    return LearningCoefficient(lower, upper, 1 if lower == upper else None, reason)
