"""Section 5: one unit of a hidden layer, and the network with one more unit beside it.

Notation: u (1 x n) holds the weights into the unit, its bias among them, v (m x 1) the weights out
of it, theta (q x 1) all other parameters. A(theta) (n x N) holds the activations below, with a row
of ones for the bias; G(theta)(P) is the loss where the unit adds P to the preactivations of the
next layer (m x N). The parameters of the smaller network are the vector z of u, v, theta; those of
the larger one the vector y of the weights into and out of the added unit, and of such a z.

Design notes. The paper computes with one unit and "all remaining parameters". Nothing of these is
used but how A and G depend on them, so a network of any depth, layer and widths is one of these;
the instances are such networks, written out.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_points import networks
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    G,
    M,
    N,
    lam,
    m,
    n,
    q,
    sigma,
    y,
    z,
)
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import hessian_matrix
from symbolic_landscape.statement.language import (
    Expr,
    block,
    define,
    derivative,
    fn,
    gradient,
    identity_matrix,
    ones,
    stack,
    zeros,
)
from symbolic_landscape.statement.setting import Setting


def chosen(before: Expr, size: Expr, after: Expr) -> Expr:
    """The matrix that reads one part off a vector of three."""
    return block(zeros(size, before), block(identity_matrix(size), zeros(size, after)))


def last(first: Expr, second: Expr, size: Expr) -> Expr:
    """The matrix that reads the last part off a vector of three."""
    return block(zeros(size, first), block(zeros(size, second), identity_matrix(size)))


def first(size: Expr, after: Expr) -> Expr:
    """The matrix that reads the first part off a vector, as a row."""
    return stack(identity_matrix(size), zeros(after, size))


IN, OUT, REST = first(n, m + q), chosen(n, m, q), last(n, m, q)
NEW_IN, NEW_OUT, OLD = first(n, m + M), chosen(n, m, M), last(n, m, M)
in_ = define(
    "weights in",
    (z,),
    z.T @ IN,
    text="u({0})",
    latex="u({0})",
)
out_ = define("weights out", (z,), OUT @ z, text="v({0})", latex="v({0})")
rest_ = define("rest", (z,), REST @ z, text="w̄({0})", latex=r"\bar w({0})")
new_in_ = define(
    "new weights in",
    (y,),
    y.T @ NEW_IN,
    text="u₋₁({0})",
    latex="u_{{-1}}({0})",
)
new_out_ = define("new weights out", (y,), NEW_OUT @ y, text="v₋₁({0})", latex="v_{{-1}}({0})")
old_ = define("old", (y,), OLD @ y, text="old({0})", latex=r"\operatorname{{old}}({0})")


def contribution(u: Any, v: Any, theta: Any) -> Expr:
    """What a unit adds to the preactivations of the next layer."""
    made: Expr = v @ sigma(u @ A(theta))
    return made


def of_old(y: Any) -> tuple[Expr, Expr, Expr]:
    """The parts of a vector of the larger network that it has from the smaller one."""
    return in_(old_(y)), out_(old_(y)), rest_(old_(y))


small_ = define(
    "loss of the smaller network",
    (z,),
    G(rest_(z))(contribution(in_(z), out_(z), rest_(z))),
    text="ℓ({0})",
    latex=r"\ell({0})",
)
large_ = define(
    "loss of the larger network",
    (y,),
    G(rest_(old_(y)))(
        contribution(new_in_(y), new_out_(y), rest_(old_(y))) + contribution(*of_old(y))
    ),
    text="L({0})",
    latex=r"\mathcal L({0})",
)
SMALL, LARGE = fn(z, small_(z)), fn(y, large_(y))


def vector(u: Any, v: Any, theta: Any) -> Expr:
    """The parameters of the smaller network from their parts."""
    return stack(u.T, stack(v, theta))


def larger(u: Any, v: Any, z: Any) -> Expr:
    """The parameters of the larger network from the added ones and those of the smaller kind."""
    return stack(u.T, stack(v, z))


gamma_ = define(
    "embedding",
    (lam, z),
    larger(in_(z), lam * out_(z), vector(in_(z), (1 - lam) * out_(z), rest_(z))),
    text="γ_{0}({1})",
    latex=r"\gamma_{{{0}}}({1})",
)
u, v, theta = in_(z), out_(z), rest_(z)
h = u @ A(theta)
errors_ = define(
    "errors",
    (z,),
    gradient(G(theta), contribution(u, v, theta)),
    text="Γ({0})",
    latex=r"\Gamma({0})",
)
"""The partial derivatives of the loss by the preactivations of the next layer (m x N)."""
slope, curvature = derivative(sigma), derivative(derivative(sigma))
D_ = define(
    "D",
    (z,),
    errors_(z) @ (A(theta) * (ones(n, 1) @ slope(h))).T,
    text="D({0})",
    latex="D({0})",
)
"""D (m x n), the transpose of the paper's: row s is its column s."""
B_ = define(
    "B",
    (z,),
    (A(theta) * (ones(n, 1) @ ((v.T @ errors_(z)) * curvature(h)))) @ A(theta).T,
    text="B({0})",
    latex="B({0})",
)
hessian_ = define(
    "Hessian",
    (z,),
    hessian_matrix(SMALL, z, M),
    text="∇²ℓ({0})",
    latex=r"\nabla^2\ell({0})",
)
SMOOTH = {
    "sigma": twice_smooth(sigma),
    "below": twice_smooth(A),
    "above": twice_smooth(G),
}

UNIT = Setting(
    "one unit of a hidden layer, and the network with one more unit",
    variables=(N, n, m, q, sigma, A, G, z, lam),
    definitions=(
        in_, out_, rest_, new_in_, new_out_, old_, small_, large_, gamma_, errors_, D_, B_, hessian_,
    ),
    instances=networks,
)  # fmt: skip
