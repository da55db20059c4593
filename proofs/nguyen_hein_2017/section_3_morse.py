"""Section 3.2: Theorem 3.10, generic linear tilts have non-degenerate critical points only.

Notation: f(x) = p_1(x_1) + ... + p_n(x_n) with polynomials p_i in one variable each; a tilt w in
R^n gives f(x) + <w, x>. A critical value of grad f is grad f(x) at an x with det Hessian 0.

Lemmas
- NH17_T3_10: for almost all w the tilted function has only non-degenerate critical points.

Source: NH17, Section 3.2, Theorem 3.10 (Milnor 1965, there Lemma A of Morse).

Design notes. For such sums the Hessian is diagonal, so the degenerate tilts lie in the hyperplanes
w_i = -p_i'(c), p_i''(c) = 0: finitely many, or one where p_i is affine. They are counted exactly,
and a good tilt inside any ball is found beside them. The theorem speaks of f + <w, .> only: a
network's objective plus a linear function is no objective of a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic import count_roots, less, positive, size_at_least
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.common.sard import (
    EXTERNAL_SARD,
    GradientMap,
    critical_values_are_null,
    map_is_continuously_differentiable,
    polynomial_in_one_variable,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, kw_only=True)
class Tilted(Instance):
    """The coefficients of p_1, ..., p_n from the constant on, and the radius of a ball of tilts."""

    parts: tuple[tuple[int, ...], ...]
    radius: Fraction = Fraction(1)

    @cached_property
    def polynomials(self) -> tuple[flint.fmpq_poly, ...]:
        """p_1, ..., p_n."""
        return tuple(polynomial_in_one_variable(part) for part in self.parts)

    def is_good(self, tilt: Sequence[Fraction]) -> Verdict:
        """Whether all critical points of f + <w, .> are non-degenerate.

        A coordinate without critical points leaves none at all; else p_i' + w_i and p_i'' must
        have no real root in common, for every i.
        """
        slopes = [
            p.derivative() + flint.fmpq(w.numerator, w.denominator)
            for p, w in zip(self.polynomials, tilt, strict=True)
        ]
        for i, slope in enumerate(slopes):
            if slope != 0 and count_roots(slope) == 0:
                words = f"p_{i + 1}' + {tilt[i]} has no real root: there is no critical point"
                return holds(Evidence.EXACT, words)
        for i, slope in enumerate(slopes):
            common = slope.gcd(slope.derivative())
            if slope == 0 or count_roots(common) > 0:
                words = f"p_{i + 1}' + {tilt[i]} and p_{i + 1}'' have a real root in common"
                return fails(Evidence.EXACT, words)
        return holds(Evidence.EXACT, f"w = {', '.join(map(str, tilt))}: no double real root")

    @property
    def zero(self) -> tuple[Fraction, ...]:
        """No tilt at all."""
        return tuple(Fraction(0) for _ in self.parts)

    def good_tilt(self) -> tuple[Fraction, ...] | None:
        """A good tilt inside the ball: w_i = radius / (n 2^j) for some j, found by trying."""
        for power in range(1, 24):
            step = self.radius / (len(self.parts) * 2**power)
            tilt = tuple(step for _ in self.parts)
            if self.is_good(tilt).is_holds:
                return tilt
        return None


@fact(r"f \in C^2(U),\ U \text{ open}")
def function_is_smooth(s: Tilted) -> Verdict:
    """The function is twice continuously differentiable on an open set."""
    return holds(Evidence.EXACT, f"a polynomial in {len(s.parts)} variables, on all of R^n")


@fact(r"\varepsilon > 0")
def tilts_form_a_ball(s: Tilted) -> Verdict:
    """The ball from which tilts are drawn has a positive radius."""
    return positive(s.radius)


@fact(
    r"\lambda\{w : f + \langle w, \cdot \rangle \text{ has a degenerate critical point}\} = 0",
    mutants={
        "without a tilt": lambda s: s.is_good(s.zero),
        "no tilt is bad": lambda s: _hyperplanes_at_most(s, 0),
    },
)
def almost_all_tilts_are_good(s: Tilted) -> Verdict:
    """Almost every tilt in the ball leaves non-degenerate critical points only, and some tilt does.

    The others lie in finitely many hyperplanes.
    """
    if s.radius <= 0:
        return fails(Evidence.EXACT, f"the ball of radius {s.radius} holds no tilt")
    tilt = s.good_tilt()
    if tilt is None:
        return undecided("no good tilt was found")
    inside = less(sum((w * w for w in tilt), Fraction(0)), s.radius**2)
    return all_of(null=_hyperplanes_at_most(s, None), good=s.is_good(tilt), inside=inside)


def _hyperplanes_at_most(s: Tilted, most: int | None) -> Verdict:
    """Whether the bad tilts lie in finitely many hyperplanes, or in at most so many."""
    total = sum(_bad_values(p) for p in s.polynomials)
    words = f"the degenerate tilts lie in {total} hyperplanes"
    answer = fails if most is not None and total > most else holds
    return answer(Evidence.EXACT, words)


def _bad_values(polynomial: flint.fmpq_poly) -> int:
    """A bound of the number of w with a common real root of p' + w and p''."""
    bend = polynomial.derivative().derivative()
    return 1 if bend == 0 else count_roots(bend)


def gradient_map(s: Tilted) -> GradientMap:
    """The map x -> grad f(x)."""
    return GradientMap(name=f"gradient of {s.name}", parts=s.parts)


@fact(r"\operatorname{grad} f \in C^1(U, \mathbb{R}^n)")
def gradient_is_continuously_differentiable(s: Tilted) -> Verdict:
    """The gradient map is continuously differentiable."""
    return map_is_continuously_differentiable.decide(gradient_map(s)).against(
        some_part_is_constant=lambda: all_of(
            **{f"part_{i + 1}": size_at_least(1, len(part)) for i, part in enumerate(s.parts)}
        )
    )


def tilted(name: str, *parts: tuple[int, ...], radius: Fraction | int = 1) -> Tilted:
    """The sum of the polynomials with these coefficients, from the constant on."""
    return Tilted(name=name, parts=parts, radius=Fraction(radius))


CUBE = tilted("x^3", (0, 0, 0, 1))
EMPTY_BALL = tilted("x^4, a ball of radius 0", (0, 0, 0, 0, 1), radius=0)


def small_sums() -> SearchStrategy[Tilted]:
    """Up to three polynomials of degree up to 5 with small coefficients."""
    from hypothesis import strategies as st

    part = st.lists(st.integers(-3, 3), min_size=1, max_size=6).map(tuple)
    radius = st.sampled_from((Fraction(1), Fraction(1, 1000), Fraction(0)))
    parts = st.lists(part, min_size=1, max_size=3).map(tuple)
    return st.builds(Tilted, name=st.just("generated"), parts=parts, radius=radius)


NH17_T3_10 = Statement(
    key="NH17.T3.10",
    kind="theorem",
    where="Section 3.2, Theorem 3.10 (Morse, quoted from Milnor)",
    title="Generic linear tilts are Morse",
    claim="If f: U -> R is twice continuously differentiable on U in R^d, then for almost all w, "
    "also in any ball around 0, f + <w, x> has only non-degenerate critical points.",
    hypotheses=(function_is_smooth, tilts_form_a_ball),
    conclusion=almost_all_tilts_are_good,
    instances=(
        CUBE,
        tilted("x^4, small tilts", (0, 0, 0, 0, 1), radius=Fraction(1, 10**6)),
        tilted("the constant 1", (1,)),
        tilted("x^2 as a function of x and y", (0, 0, 1), (0,)),
        tilted("x^3 + y^4 - y^2", (0, 0, 0, 1), (0, 0, -1, 0, 1)),
        tilted("x^5 - 5 x^3 + y^3 + z", (0, 0, 0, -5, 0, 1), (0, 0, 0, 1), (0, 1)),
    ),
    controls={tilts_form_a_ball: EMPTY_BALL},
    no_control={
        function_is_smooth: "a C1 function with too many critical values of its gradient is given "
        "by no formula",
    },
    strategy=small_sums,
)


@NH17_T3_10.step(
    premises=(function_is_smooth,),
    gives=gradient_is_continuously_differentiable,
    tried_on=(EMPTY_BALL,),
    no_control={function_is_smooth: "the instances are polynomials"},
)
def gradient_loses_one_derivative(s: Tilted, smooth: Verdict) -> Verdict:
    """The gradient of a C2 function is C1, and its Jacobian is the Hessian."""
    degrees = [(p.degree(), p.derivative().degree()) for p in s.polynomials]
    return all_of(
        smooth=smooth,
        degrees=for_all(
            degrees, lambda pair: size_at_least(max(pair[0] - 1, 0), max(pair[1], 0)), "degrees"
        ),
    )


@NH17_T3_10.step(
    premises=(
        gradient_is_continuously_differentiable,
        tilts_form_a_ball,
        critical_values_are_null,
    ),
    gives=almost_all_tilts_are_good,
    cites=EXTERNAL_SARD,
    via=gradient_map,
    tried_on=(tilted("x^6", (0, 0, 0, 0, 0, 0, 1)),),
    controls={tilts_form_a_ball: EMPTY_BALL},
    no_control={
        gradient_is_continuously_differentiable: "the instances are polynomials",
        critical_values_are_null: "it holds for every C1 map",
    },
)
def bad_tilts_are_critical_values(
    s: Tilted, smooth: Verdict, ball: Verdict, null: Verdict
) -> Verdict:
    """At a critical point w = -grad f(x); it is degenerate where -w is a critical value.

    A ball of positive radius is not contained in the null set of those w.
    """
    values = null.data["values"]
    bad = sum(_bad_values(p) for p in s.polynomials)
    return all_of(null=null, counted=size_at_least(values, bad), ball=ball)
