"""Remark 2.2 and Section 5: powers |t|^a as functions of one error.

Setting: POWERS.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.data import DATA
from symbolic_landscape.proofs.cooper_2018.settings.data_points import MODELS
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.numbers import sqrt
from symbolic_landscape.statement.language import (
    both,
    define,
    every,
    real,
    scalar_function,
)
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

a, t = real("a"), real("t")
l = scalar_function("l")  # noqa: E741 (the letter of a loss)
is_power = define(
    "power of the size",
    (l, a),
    both(l(0) == 0, every(t, (t != 0) >> (l(t) == exp(a * log(sqrt(t * t)))))),
    text="{0}(t) = |t|^{1}",
    latex="{0}(t) = |t|^{1}",
)
KNOWN: Mapping[str, Fraction] = {
    str(Activation.of(formula).formula): Fraction(power)
    for formula, power in (("sqrt(t**2)", 1), ("t**2", 2), ("t**4", 4))
}
"""The exponents of the powers that are given as formulas."""


def power_of_size(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the formula is the power with this exponent, for the formulas listed."""
    function, exponent = arguments
    known = KNOWN.get(str(getattr(function, "formula", "")))
    given = exponent.field.rational_value(exponent.raw) if hasattr(exponent, "field") else exponent
    if known is None or given is None:
        return undecided(f"{function} is none of the powers that are known")
    good = known == given
    return (holds if good else fails)(Evidence.EXACT, f"{function} is |t|^{known}")


def powered() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The networks, by turns with |t|, t^2, t^4, and t^2 with a wrong exponent."""
    powers = ("sqrt(t**2)", 1), ("t**2", 2), ("t**4", 4), ("t**2", Fraction(1, 2))
    return tuple(
        (f"{model.name}, {formula}", {**model.values(), l.term: Activation.of(formula), a.term: e})
        for k, model in enumerate(MODELS)
        for formula, e in (powers[k % len(powers)],)
    )


POWERS = DATA.extended(
    "a network with n parameters on d samples, and a function of one error",
    variables=(l, a),
    definitions=(is_power,),
    decisions={"power of the size": power_of_size},
    instances=powered,
)
