"""Solutions of as many equations Psi(u, v) = 0 as there are unknowns v, as functions of u.

`smooth_near(alpha, u, r)` says that alpha is continuously differentiable where each entry differs
from that of u by less than r.
"""

from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.objects import i, j, m, n, r, s, x
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    det,
    entries,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    integer,
    matrix,
    predicate,
)
from symbolic_landscape.statement.rule import rule

MARSDEN = "Marsden, Elementary Classical Analysis, 7.2"
smooth_near = predicate("smooth near")
u, v, u0, v0 = matrix("u", m, 1), matrix("v", n, 1), matrix("u0", m, 1), matrix("v0", n, 1)
alpha, beta = function("alpha", u, v), function("beta", u, v)
Psi = function("Psi", u, function("", v, v))
column = integer("column")


def unit(j: Expr, n: Expr) -> Expr:
    """The unit vector of length n with its 1 at j."""
    return entries(i, column, n, 1, identity_matrix(n)[i, j])


def jacobian(Psi: Expr, u: Expr, v: Expr) -> Expr:
    """The Jacobian matrix of Psi in v at (u, v)."""
    moved = fn(x, Psi(u)(v + x * unit(j, v.rows))[i, 1])
    return entries(i, j, v.rows, v.rows, derivative(moved)(0))


def solves(Psi: Expr, alpha: Expr, u0: Expr, r: Expr) -> Expr:
    """Psi(u, alpha(u)) = 0 for all u within r of u0."""
    return every(u, close(u, u0, r) >> (Psi(u)(alpha(u)) == 0))


def solves_alone(Psi: Expr, alpha: Expr, u0: Expr, v0: Expr, r: Expr, s: Expr) -> Expr:
    """For u within r of u0, alpha(u) is the only solution within s of v0."""
    others = every(v, both(close(v, v0, s), Psi(u)(v) == 0) >> (v == alpha(u)))
    return every(u, close(u, u0, r) >> both(close(alpha(u), v0, s), Psi(u)(alpha(u)) == 0, others))


def one_function_nearby(Psi: Expr, u0: Expr, v0: Expr) -> Expr:
    """On balls around u0 and v0 there is exactly one solution; it is smooth and passes v0."""
    found = solves_alone(Psi, alpha, u0, v0, r, s)
    passes = both(alpha(u0) == v0, smooth_near(alpha, u0, r))
    return exists(r, s, alpha, both(r > 0, s > 0, passes, found))


implicit_function_of_vectors = rule(
    smooth(Psi),
    Psi(u0)(v0) == 0,
    det(jacobian(Psi, u0, v0)) != 0,
    then=one_function_nearby(Psi, u0, v0),
    source=MARSDEN,
    external=True,
)
