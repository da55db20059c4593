"""Section 3: how large an activation is, as part 2 of Assumptions 3.2 asks.

Objects: bounded_or_growing. Functions: within, is_bounded, grows_within, left_limit,
decided.
"""

from typing import Any

from symbolic_landscape.arithmetic import Scalar, exact
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.formula import Const
from symbolic_landscape.functions import Infinity, limits
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    every,
    exists,
    real,
    scalar_function,
)
from symbolic_landscape.verdict import Verdict, fails, undecided

t, bound = real("t"), real("bound")
rho1, rho2, rho3, rho4 = (real(f"rho{place}") for place in range(1, 5))
f = scalar_function("f")


def within(x: Expr, bound: Expr | int) -> Expr:
    """The absolute value of x is at most the bound."""
    return both(-bound <= x, x <= bound)


def is_bounded(f: Expr) -> Expr:
    """The function has values in an interval of finite length."""
    return exists(bound, every(t, within(f(t), bound)))


def grows_within(f: Expr, rho1: Expr, rho2: Expr, rho3: Expr, rho4: Expr) -> Expr:
    """|f(t)| <= rho1 e^(rho2 t) for t < 0, and <= rho3 t + rho4 for t >= 0, constants positive."""
    return both(
        rho1 > 0,
        rho2 > 0,
        rho3 > 0,
        rho4 > 0,
        every(t, (t < 0) >> within(f(t), rho1 * exp(rho2 * t))),
        every(t, (t >= 0) >> within(f(t), rho3 * t + rho4)),
    )


bounded_or_growing = define(
    "bounded or growing",
    (f,),
    is_bounded(f) | exists(rho1, rho2, rho3, rho4, grows_within(f, rho1, rho2, rho3, rho4)),
    text="{0} is bounded, or grows at most as part 2 (b) says",
    latex=r"{0} \text{{ is bounded, or grows at most as part 2 (b) says}}",
)
"""Part 2 (a) or (b) of Assumptions 3.2."""


def left_limit(sigma: Activation) -> Scalar | None:
    """The limit at minus infinity, if it is known to be a rational number."""
    found = limits(sigma.formula).data.get("left")
    return exact(found.value) if isinstance(found, Const) else None


def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where the limit at minus infinity is infinite: (a) and (b) need a finite one."""
    (sigma,) = arguments
    try:
        found = limits(sigma.formula)
    except (AttributeError, LandscapeError):
        return undecided(f"{sigma!r} is no formula in one number")
    left = found.data.get("left")
    if isinstance(left, Infinity):
        return fails(found.evidence, f"{found.reason}: {sigma.formula} is unbounded below 0")
    return undecided(found.reason)
