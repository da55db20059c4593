"""Definite matrices: symmetric, with a quadratic form of one sign."""

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.objects import S, q, v, x
from symbolic_landscape.proofs.rules.vectors import bend, phi, w, y
from symbolic_landscape.statement.language import Expr, every, fn, gradient, like, predicate, trace
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
semidefinite_of_bends = rule(
    twice_smooth(phi),
    every(w, bend(phi, y, w) >= 0),
    then=psd(hessian_matrix(phi, y, q)),
    source=RUDIN,
)
"""Second partial derivatives that are continuous make a symmetric matrix."""
semidefinite_of_definite = rule(pd(S), then=psd(S), source=HJ)
scaled_definite = rule(pd(S), x > 0, then=pd(x * S), source=HJ)
