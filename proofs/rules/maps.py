"""Continuous and differentiable maps of vectors, and their Jacobian matrices.

`continuous(F)` and `differentiable(F)` say so of a map on the whole space, whose values may be
matrices or numbers. `of_linear_growth(n, m, Q)`: Q is differentiable, 0 at 0, and |Q(z)| / |z| is
bounded; `twice_differentiable(n, m, Q)`: Q is, and its Jacobian matrix is.
"""

from typing import Any

from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.jacobians import Q, jacobian
from symbolic_landscape.proofs.rules.objects import A, B, m, n, r
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    inverse,
    like,
    matrix,
    natural,
    predicate,
    trace,
    zeros,
)
from symbolic_landscape.statement.rule import rule

differentiable = predicate("differentiable")
o, q = natural("o"), natural("q")
z, u, w, y = (matrix(name, size, 1) for name, size in zip("zuwy", (n, m, q, o), strict=True))
F, G = function("F", w, A), function("G", w, B)
"""Maps from vectors to matrices."""
F2, S = like("F2", F), function("S", w, matrix("", n, n))
P, D = function("P", w, z), function("D", z, matrix("", m, o))
R, P2 = function("R", u, z), like("P2", P)
f, g = function("f", w, r), function("g", w, r)
"""Functions of vectors."""


def square(x: Any) -> Expr:
    """The squared length of a vector."""
    return trace(x.T @ x)


def jacobian_map(Q: Any, rows: Any, columns: Any) -> Expr:
    """The map from z to the Jacobian matrix of Q at z."""
    z = matrix("z", columns, 1)
    return fn(z, jacobian(Q, z, rows, columns))


of_linear_growth = define(
    "of linear growth",
    (n, m, Q),
    both(
        differentiable(Q),
        Q(zeros(n, 1)) == 0,
        exists(r, every(z, square(Q(z)) <= r * square(z))),
    ),
    text="{2} is in F({0}, {1})",
    latex=r"{2} \in \mathcal{{F}}(\mathbb{{R}}^{{{0}}}, \mathbb{{R}}^{{{1}}})",
)
twice_differentiable = define(
    "twice differentiable",
    (n, m, Q),
    both(differentiable(Q), differentiable(jacobian_map(Q, m, n))),
    text="{2} is twice differentiable",
    latex=r"{2} \text{{ twice differentiable}}",
)
invertible = every(w, S(w) @ inverse(S(w)) == identity_matrix(n))
product, difference, transposed = fn(w, F(w) @ G(w)), fn(w, F(w) - F2(w)), fn(w, F(w).T)
inverted, composed = fn(w, inverse(S(w))), fn(w, D(P(w)))

continuous_product = rule(continuous(F), continuous(G), then=continuous(product), source=RUDIN)
continuous_difference = rule(
    continuous(F), continuous(F2), then=continuous(difference), source=RUDIN
)
continuous_transpose = rule(continuous(F), then=continuous(transposed), source=RUDIN)
continuous_inverted = rule(continuous(S), invertible, then=continuous(inverted), source=RUDIN)
continuous_composed = rule(continuous(D), continuous(P), then=continuous(composed), source=RUDIN)
continuous_identity = rule(then=continuous(fn(z, z)), source=RUDIN)
continuous_pairing = rule(
    continuous(P), continuous(P2), then=continuous(fn(w, r * trace(P(w).T @ P2(w)))), source=RUDIN
)
continuous_total = rule(
    continuous(f), continuous(g), then=continuous(fn(w, f(w) + g(w))), source=RUDIN
)

differentiable_product = rule(
    differentiable(F), differentiable(G), then=differentiable(product), source=RUDIN
)
differentiable_difference = rule(
    differentiable(F), differentiable(F2), then=differentiable(difference), source=RUDIN
)
differentiable_transpose = rule(differentiable(F), then=differentiable(transposed), source=RUDIN)
differentiable_inverted = rule(
    differentiable(S), invertible, then=differentiable(inverted), source=RUDIN
)
differentiable_composed = rule(
    differentiable(D), differentiable(P), then=differentiable(composed), source=RUDIN
)
differentiable_identity = rule(then=differentiable(fn(z, z)), source=RUDIN)
differentiable_linear = rule(then=differentiable(fn(z, A @ z)), source=RUDIN)

continuous_of_differentiable = rule(differentiable(F), then=continuous(F), source=RUDIN)
smooth_of_differentiable_jacobian = rule(
    differentiable(Q), differentiable(jacobian_map(Q, m, n)), then=smooth(Q), source=RUDIN
)
continuous_jacobian = rule(smooth(Q), then=continuous(jacobian_map(Q, m, n)), source=RUDIN)
jacobian_of_composed = rule(
    differentiable(Q),
    differentiable(P),
    then=jacobian(fn(w, Q(P(w))), w, m, q) == jacobian(Q, P(w), m, n) @ jacobian(P, w, n, q),
    source=RUDIN,
)
jacobian_of_linear = rule(then=jacobian(fn(z, A @ z), z, m, n) == A, source=RUDIN)
Q2 = like("Q2", Q)
equal_jacobians = rule(every(z, Q(z) == Q2(z)), then=jacobian(Q, z, m, n) == jacobian(Q2, z, m, n))
jacobian_of_identity = rule(then=jacobian(fn(z, z), z, n, n) == identity_matrix(n), source=RUDIN)
invariance_of_domain = rule(
    continuous(Q),
    every(z, R(Q(z)) == z),
    every(u, Q(R(u)) == u),
    then=continuous(R),
    source="Brouwer, Beweis der Invarianz des n-dimensionalen Gebiets, 1912",
    external=True,
)

equal_maps = rule(every(w, F(w) == F2(w)), then=F == F2)
linear_growth = rule(then=of_linear_growth(n, m, fn(z, A @ z)), source=RUDIN)
differentiable_constant = rule(then=differentiable(fn(z, A)), source=RUDIN)
differentiable_of_smooth = rule(smooth(Q), then=differentiable(Q), source=RUDIN)
smooth_identity = rule(then=smooth(fn(z, z)), source=RUDIN)
smooth_linear = rule(then=smooth(fn(z, A @ z)), source=RUDIN)
differentiable_multiple = rule(
    differentiable(F), then=differentiable(fn(w, r * F(w))), source=RUDIN
)
