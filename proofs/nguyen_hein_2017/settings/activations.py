"""Sections 2 and 3.2: the activations that the paper names, and the real numbers they live on.

Notation: alpha is the sharpness of softplus, log(1 + e^(alpha t)) / alpha.
"""

from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import Expr, both, either, fn, real
from symbolic_landscape.statement.setting import Setting

NUMBERS = Setting("real numbers", variables=(), definitions=(tends,))
alpha, t, x, m = (real(name) for name in ("alpha", "t", "x", "m"))


def softplus(alpha: Expr, x: Expr) -> Expr:
    """Softplus of sharpness alpha at x."""
    return log(1 + exp(alpha * x)) * recip(alpha)


def is_greater_of(m: Expr, x: Expr) -> Expr:
    """The number m is max{0, x}."""
    return both(m >= 0, x <= m, either(m == 0, m == x))


sigmoid = fn(t, recip(1 + exp(-t)))
hyperbolic_tangent = fn(t, 2 * recip(1 + exp(-2 * t)) - 1)
"""tanh, as the paper writes it: 2 / (1 + e^(-2 t)) - 1."""
