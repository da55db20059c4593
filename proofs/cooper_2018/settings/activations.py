"""Section 3.1: rectified activations.

Notation: sigma is the activation. `monotonic increasing` is read strictly in `rectified`, and as
never falling in `weakly_rectified`.

Setting: ACTIVATION.
"""

from typing import Any

from symbolic_landscape.formula import ZERO, Piece, T, call, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activation_decisions import (
    is_rectified,
    is_truncated,
    is_weakly_rectified,
)
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import both, define, every, real, scalar_function
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

sigma = scalar_function("sigma")
s, t, eps, r = real("s"), real("t"), real("eps"), real("r")
flat = every(t, (t <= 0) >> (sigma(t) == 0))
increases = every(s, t, both(s > 0, s < t) >> (sigma(s) < sigma(t)))
never_falls = every(s, t, both(s > 0, s <= t) >> (sigma(s) <= sigma(t)))

rectified = define(
    "rectified",
    (sigma,),
    both(continuous(sigma), flat, increases),
    text="{0} is rectified",
    latex=r"{0} \text{{ is rectified}}",
)
weakly_rectified = define(
    "weakly rectified",
    (sigma,),
    both(continuous(sigma), flat, never_falls),
    text="{0} is weakly rectified",
    latex=r"{0} \text{{ is weakly rectified}}",
)
DECISIONS = {"rectified": is_rectified, "weakly rectified": is_weakly_rectified}

SQUARED = Activation.of(Piece(ZERO, T**2, 1))
LATE = Activation.of(Piece(ZERO, T**3 / (1 + T**2), 2))
TRUNCATED_TANH = Activation.of(Piece(ZERO, call("tanh", T), 0))
TRUNCATED_SIGMOID = Activation.of(Piece(ZERO, parse_formula("1/(1 + exp(-t)) - 1/2"), 0))
FALLING = Activation.of(Piece(ZERO, -T, 0))
RECTIFIED = (
    Activation.of("relu"), SQUARED, LATE, Activation.of("smoolu"), TRUNCATED_TANH, TRUNCATED_SIGMOID,
)  # fmt: skip
"""Activations that are rectified, smooth or not."""
OTHERS = (
    Activation.of("0*t"), FALLING,
    *(Activation.of(name) for name in ("tanh", "sigmoid", "softplus", "linear", "square")),
)  # fmt: skip
"""Activations that are not."""


def activations() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Rectified activations, smooth or not, and others."""
    return tuple((str(f), {sigma.term: f}) for f in (*RECTIFIED, *OTHERS))


ACTIVATION = Setting(
    "an activation",
    variables=(sigma,),
    definitions=(rectified, weakly_rectified),
    decisions=DECISIONS,
    instances=activations,
)

g = scalar_function("g")
truncated = define(
    "truncated",
    (sigma, g),
    both(flat, every(t, (t >= 0) >> (sigma(t) == g(t)))),
    text="{0} is {1} for t >= 0 and 0 for t <= 0",
    latex=r"{0} = {1} \text{{ for }} t \ge 0, \; 0 \text{{ for }} t \le 0",
)


def truncations() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Activations that are 0 for t <= 0, and what they are for t >= 0."""
    pairs = (
        (Activation.of("relu"), Activation.of("linear")),
        (TRUNCATED_TANH, Activation.of("tanh")),
        (TRUNCATED_SIGMOID, Activation.of("1/(1 + exp(-t)) - 1/2")),
        (SQUARED, Activation.of("square")),
        (Activation.of("smoolu"), Activation.of("linear")),
        (Activation.of("tanh"), Activation.of("tanh")),
    )
    return tuple((f"{f}, {h} truncated", {sigma.term: f, g.term: h}) for f, h in pairs)


TRUNCATIONS = ACTIVATION.extended(
    "an activation that is 0 on the left, and what it is on the right",
    variables=(g,),
    definitions=(truncated,),
    decisions={"truncated": is_truncated},
    instances=truncations,
)
