"""Sard's theorem for maps of R^n to itself; it is assumed and never checked.

Notation: g maps R^n to R^n; y is a critical value if y = g(x) for some x with det Dg(x) = 0.

Theorems
- EXTERNAL_SARD: the critical values of a C1 map form a null set.

Source: Milnor, "Lectures on the h-Cobordism Theorem", 1965, page 11; Sard 1942.

Design notes. The instances are gradients of sums of polynomials in one variable each: their
Jacobian is diagonal, and a critical value has a coordinate p_i'(c) with p_i''(c) = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint

from symbolic_landscape.arithmetic import count_roots
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.verdict import Evidence, Verdict, holds


def polynomial_in_one_variable(coefficients: Sequence[int]) -> flint.fmpq_poly:
    """The polynomial with these coefficients, from the constant on."""
    return flint.fmpq_poly(list(coefficients))


@dataclass(frozen=True, kw_only=True)
class GradientMap(Instance):
    """The gradient of p_1(x_1) + ... + p_n(x_n), by the coefficients from the constant on."""

    parts: tuple[tuple[int, ...], ...]

    def critical_coordinates(self) -> int:
        """How many hyperplanes y_i = p_i'(c) hold all critical values, at most."""
        total = 0
        for part in self.parts:
            bend = polynomial_in_one_variable(part).derivative().derivative()
            total += 1 if bend == 0 else count_roots(bend)
        return total


@fact(r"g \in C^1(\mathbb{R}^n, \mathbb{R}^n)")
def map_is_continuously_differentiable(s: GradientMap) -> Verdict:
    """The map is continuously differentiable."""
    return holds(Evidence.EXACT, f"{len(s.parts)} polynomials")


@fact(r"\lambda\{g(x) : \det Dg(x) = 0\} = 0")
def critical_values_are_null(s: GradientMap) -> Verdict:
    """The critical values of the map form a set of Lebesgue measure zero."""
    total = s.critical_coordinates()
    words = f"the critical values lie in {total} hyperplanes"
    return holds(Evidence.EXACT, words, values=total)


EXTERNAL_SARD = Statement(
    key="external:sard",
    kind="external",
    where="Sard 1942; Milnor 1965",
    title="Critical values are null",
    claim="The critical values of a C1 map from R^n to R^n form a null set.",
    hypotheses=(map_is_continuously_differentiable,),
    conclusion=critical_values_are_null,
    instances=(
        GradientMap(name="gradient of x^3", parts=((0, 0, 0, 1),)),
        GradientMap(name="gradient of x^2 + y", parts=((0, 0, 1), (0, 1))),
    ),
)
