"""Section 2: a fully connected network on N samples, its objective and its errors.

Notation: W[k] is n[k-1] x n[k], b[k] a row; F[k], G[k] are the features after and before sigma,
Delta[k] the errors of layer k, Phi the objective. A point of parameter space is (W, b).
"""

from typing import Any

from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.nguyen_hein_2017.settings import growth, network_points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network_decisions import DECISIONS
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    each,
    either,
    every,
    exists,
    fn,
    function,
    gradient,
    integer,
    matrices,
    matrix,
    natural,
    ones,
    rank,
    real,
    recursion,
    scalar_function,
    the,
    total,
    true,
    update,
    widths,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

L, N, n = natural("L"), natural("N"), widths("n")
i, j, k = integer("i"), integer("j"), integer("k")
X, Y = matrix("X", N, n[0]), matrix("Y", N, n[L])
W, V = (matrices(name, lambda k: n[k - 1], lambda k: n[k]) for name in "WV")
b, c = (matrices(name, lambda k: 1, lambda k: n[k]) for name in "bc")
sigma, loss = scalar_function("sigma"), scalar_function("l")
I = function("I", i, true)  # noqa: E741 (the paper's letter)
one = ones(N, 1)
mu = real("mu")
POINT = (W, b)
HERE = ("W", "b")


def layer(Z: Expr, k: Expr, W: Expr = W, b: Expr = b) -> Expr:
    """What layer k makes of the features Z of the layer below, before sigma."""
    return Z @ W[k] + one @ b[k]


def summed(A: Expr) -> Expr:
    """The loss summed over the entries of a matrix of residuals."""
    return total(i, 1, A.rows, total(j, 1, A.columns, loss(A[i, j])))


def features(k: Expr) -> Expr:
    """A variable for the features of layer k."""
    return matrix("Z", N, n[k])


below, above = matrix("below", N, n[k - 1]), function("above", features(k + 1), real("x"))
F_ = define(
    "features",
    POINT,
    recursion(k, below, 0, X, sigma(layer(below, k))),
    text="F",
    latex="F",
    at=HERE,
)
G_ = define(
    "preactivations", (*POINT, k), layer(F_(W, b)[k - 1], k), text="G_{2}", latex="G_{2}", at=HERE
)
Phi = define("objective", POINT, summed(F_(W, b)[L] - Y), text="Phi", latex=r"\Phi", at=HERE)
tail_ = define(
    "tail",
    POINT,
    recursion(
        k,
        above,
        L,
        fn(features(L), summed(sigma(features(L)) - Y)),
        fn(features(k), above(layer(sigma(features(k)), k + 1))),
        down=True,
    ),
    text="h",
    latex="h",
    at=HERE,
)
Delta_ = define(
    "errors",
    (*POINT, k),
    gradient(tail_(W, b)[k], G_(W, b, k)),
    text="Delta_{2}",
    latex=r"\Delta_{2}",
    at=HERE,
)
M_, c_ = matrix("M", n[k - 1], n[k]), matrix("c", 1, n[k])
weight_gradient = define(
    "weight gradient",
    (*POINT, k),
    gradient(fn(M_, Phi(update(W, k, M_), b)), W[k]),
    text="∇W_{2} Phi",
    latex=r"\nabla_{{W_{2}}}\Phi",
    at=HERE,
)
bias_gradient = define(
    "bias gradient",
    (*POINT, k),
    gradient(fn(c_, Phi(W, update(b, k, c_))), b[k]),
    text="∇b_{2} Phi",
    latex=r"\nabla_{{b_{2}}}\Phi",
    at=HERE,
)
flat_at = define(
    "flat at layer",
    (*POINT, k),
    both(weight_gradient(W, b, k) == 0, bias_gradient(W, b, k) == 0),
    text="gradient 0 in layer {2}",
    latex=r"\nabla_{{(W_{2}, b_{2})}}\Phi = 0",
    at=HERE,
)
critical = define(
    "critical",
    POINT,
    each(k, 1, L, flat_at(W, b, k)),
    text="critical point",
    latex=r"\nabla\Phi = 0",
    at=HERE,
)
minimises = define(
    "global minimum",
    POINT,
    every(V, c, Phi(W, b) <= Phi(V, c)),
    text="global minimum",
    latex=r"\Phi(W, b) = \min\Phi",
    at=HERE,
)
attained = define(
    "attained",
    (Y,),
    exists(V, c, minimises(V, c)),
    text="the least objective is attained",
    latex=r"\min\Phi \text{{ is attained}}",
    at=("Y",),
)


def independent(V: Expr, c: Expr, k: Expr) -> Expr:
    """The features of layer k at (V, c), with a one added, are independent."""
    return rank(block(F_(V, c)[k], one)) == N


independent_somewhere = define(
    "independent features somewhere",
    (k,),
    exists(V, c, independent(V, c, k)),
    text="some V, c have rank [F_{0}(V, c), 1] = N",
    latex=r"\exists V, c: \operatorname{{rank}} [F_{0}(V, c), 1] = N",
)
dependent_rarely = define(
    "dependent features are a null set",
    (k,),
    null(1, k, fn(W, fn(b, rank(block(F_(W, b)[k], one)) < N))),
    text="the parameters with rank [F_{0}, 1] < N are a null set",
    latex=r"\{{\operatorname{{rank}} [F_{0}, 1] < N\}} \text{{ is a null set}}",
)

VARIABLES = (L, N, n, X, Y, W, b, sigma, loss)


def instances() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Points of networks on samples, each with its name, and another point (V, c)."""
    terms = {str(the(v).name): the(v) for v in (*VARIABLES, V, c)}
    found = []
    for point in network_points.POINTS:
        values = {terms[v]: x for v, x in network_points.point_values(point).items()}
        found.append((point.name, {**values, **further(point)}))
    return tuple(found)


def further(point: network_points.NetworkPoint) -> dict[Term, Any]:
    """The values of k and I that a point names, and the limit mu of its sigma, if it has one."""
    found: dict[Term, Any] = {}
    if point.k is not None:
        found[the(k)] = point.k
    if point.I:
        found[the(I)] = (the(fn(i, either(*(i == member for member in point.I)))), {})
    limit = growth.left_limit(Activation.of(point.sigma))
    return found if limit is None else {**found, the(mu): limit}


NETWORK = Setting(
    "a fully connected network on N samples",
    variables=VARIABLES,
    standing=(L >= 1, N >= 1, each(k, 0, L, n[k] >= 1), smooth(sigma), smooth(loss)),
    definitions=(
        F_,
        G_,
        Phi,
        tail_,
        Delta_,
        weight_gradient,
        bias_gradient,
        flat_at,
        critical,
        minimises,
        attained,
        growth.bounded_or_growing,
        independent_somewhere,
        dependent_rarely,
    ),
    decisions={**DECISIONS, "bounded or growing": growth.decided},
    instances=instances,
)


def F(k: Expr | int) -> Expr:
    """The features of layer k here."""
    return F_(W, b)[k]


def G(k: Expr | int) -> Expr:
    """The preactivations of layer k here."""
    return G_(W, b, k)


def Delta(k: Expr | int) -> Expr:
    """The errors of layer k here."""
    return Delta_(W, b, k)


def h(k: Expr | int) -> Expr:
    """The objective as a function of the preactivations of layer k."""
    return tail_(W, b)[k]
