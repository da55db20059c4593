"""Definite matrices: symmetric, with a quadratic form of one sign."""

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.objects import S, q, v
from symbolic_landscape.proofs.rules.vectors import bend, phi, w, y
from symbolic_landscape.statement.language import Expr, fn, gradient, like, predicate, trace
from symbolic_landscape.statement.rule import rule

HJ = "Horn and Johnson, Matrix Analysis, 7.1"
pd, psd = predicate("pd"), predicate("psd")
"""Symmetric, and positive definite or positive semidefinite."""


def form(S: Expr, v: Expr) -> Expr:
    """The quadratic form at a column."""
    return trace(v.T @ S @ v)


def hessian_matrix(phi: Expr, y: Expr, size: Expr) -> Expr:
    """The matrix of second partial derivatives of a function of vectors of this size."""
    w = like("w", y)
    return jacobian(fn(w, gradient(phi, w)), y, size, size)


form_positive = rule(pd(S), v != 0, then=form(S, v) > 0, source=HJ)
form_not_negative = rule(pd(S), then=form(S, v) >= 0, source=HJ)
form_of_semidefinite = rule(psd(S), then=form(S, v) >= 0, source=HJ)
form_off_kernel = rule(psd(S), S @ v != 0, then=form(S, v) > 0, source=HJ)
bend_by_hessian = rule(
    twice_smooth(phi),
    then=bend(phi, y, w) == form(hessian_matrix(phi, y, q), w),
    source=RUDIN,
)
