"""Section 4.1: networks of functions on a random input, and their risk.

Notation: layer k is h[k], from R^d[k-1] to R^d[k], for k = 1..H+1; E is the expectation over X, h*
is `target`, and C half the variance of the labels around it. up[k] is what the layers above layer k
make of its value, h_{H+1:k+1}, and down[k] what layer k makes of the input, h_{k:1}. j is a layer.

Settings: NETWORK, without assumptions; LAYER_MOVED, those of Section 4.1; FIRST_MOVED, the same
with examples whose first layer is moved; NETWORK_BACK and MOVED_BACK, with a map `back`; BOUNDED,
with bounds; FLAT_BELOW, with an input; TARGETS, without a network.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.proofs.rules.expectations import expectation
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import of_linear_growth, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    grows_linearly,
    is_critical,
    is_expectation,
    is_invertible,
    is_least,
    is_norm_bound,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import (
    AIMS,
    ANY,
    FIRST,
    ON_LINE,
    STEERED,
    Point,
    law,
    point_values,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    either,
    every,
    exists,
    fn,
    function,
    integer,
    inverse,
    like,
    matrix,
    natural,
    real,
    recursion,
    trace,
    update,
    widths,
    zeros,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]

H, d = natural("H"), widths("d")
i, j, k = (integer(name) for name in "ijk")
C, eps, t = real("C"), real("eps"), real("t")
eps1, K, N = real("eps1"), real("K"), real("N")
HERE = ("h",)


def vector(name: Any, k: Any) -> Expr:
    """A variable for a value of layer k."""
    return matrix(name, d[k], 1)


def layer(name: str, k: Any) -> Expr:
    """A variable for a map from values of layer k - 1 to values of layer k."""
    return function(name, vector("", k - 1), vector("", k))


h = function("h", k, layer("", k))
g = like("g", h)
target = function("target", vector("", 0), vector("", H + 1))
y = vector("y", 0)
E = function("E", function("", y, t), t)


def nothing(k: Any) -> Expr:
    """The value 0 of layer k."""
    return zeros(d[k], 1)


x, z, u = vector("x", k - 1), vector("z", k), vector("u", H + 1)
above = function("above", vector("", k + 1), vector("", H + 1))
below = function("below", vector("", 0), vector("", k - 1))
up_ = define(
    "layers above",
    (h,),
    recursion(k, above, H + 1, fn(u, u), fn(z, above(h[k + 1](z))), down=True),
    text="up",
    latex=r"\operatorname{{up}}",
    at=HERE,
)
down_ = define(
    "layers below",
    (h,),
    recursion(k, below, 0, fn(y, y), fn(y, h[k](below(y)))),
    text="down",
    latex=r"\operatorname{{down}}",
    at=HERE,
)
"""h_{k:1}; for k = 0 the identity."""


def error(h: Any, y: Any) -> Expr:
    """Half the squared error at y."""
    return square(up_(h)[0](y) - target(y)) / 2


risk = define("risk", (h,), E(fn(y, error(h, y))) + C, text="L({0})", latex="L({0})")


def moved(i: Any, eta: Any, t: Any) -> Expr:
    """The network with t eta added to layer i."""
    x = vector("x", i - 1)
    return update(h, i, fn(x, h[i](x) + t * eta(x)))


def along(i: Any, eta: Any) -> Expr:
    """The derivative of the risk along the direction eta of layer i."""
    return derivative(fn(t, risk(moved(i, eta, t))))(0)


def in_class(i: Any, eta: Any) -> Expr:
    """The map is in F_i."""
    return of_linear_growth(d[i - 1], d[i], eta)


eta = layer("eta", i)
critical = define(
    "critical",
    (h,),
    each(i, 1, H + 1, every(eta, in_class(i, eta) >> (along(i, eta) == 0))),
    text="critical point",
    latex=r"D_{{h_i}} L = 0 \text{{ for all }} i",
    at=HERE,
)


def in_classes(h: Any) -> Expr:
    """Each layer is in its class."""
    return each(k, 1, H + 1, in_class(k, h[k]))


least = define(
    "global minimum",
    (h,),
    every(g, in_classes(g) >> (risk(h) <= risk(g))),
    text="global minimum",
    latex=r"L(h) = \min L",
    at=HERE,
)
w, v = vector("w", k), vector("v", H + 1)
J = define(
    "Jacobian above",
    (k, z),
    jacobian(up_(h)[k], z, d[H + 1], d[k]),
    text="J_{0}({1})",
    latex="J_{{{0}}}({1})",
)
"""The Jacobian matrix of the layers above layer k, at a value of layer k."""
steep = define(
    "singular values at least",
    (h, k, eps),
    every(w, v, eps * eps * square(v) <= square(J(k, w).T @ v)),
    text="singular values of J[up_{1}] >= {2}",
    latex=r"\sigma_{{\min}}(J[h_{{H+1:{1}+1}}]) \ge {2}",
    at=HERE,
)
"""|J^T v| >= eps |v| for all v: all singular values are at least eps, and J has full row rank."""

back = function("back", vector("", j - 1), y)
w = vector("w", j - 1)
undone = every(y, back(down_(h)[j - 1](y)) == y)
redone = every(w, down_(h)[j - 1](back(w)) == w)
expands = every(y, eps1 * eps1 * square(y) <= square(down_(h)[j - 1](y)))
invertible = define(
    "invertible below",
    (h, j),
    exists(back, both(undone, redone)),
    text="the layers below layer {1} are invertible",
    latex=r"h_{{{1}-1:1}} \text{{ is invertible}}",
    at=HERE,
)
r = define("error", (y,), up_(h)[0](y) - target(y), text="r({0})", latex="r({0})")


def here(i: Any, y: Any) -> Expr:
    """The value that layer i has at the input y."""
    return h[i](down_(h)[i - 1](y))


def paired(i: Any, eta: Any) -> Expr:
    """The right side of (6) for the direction eta of layer i."""
    return E(fn(y, trace(r(y).T @ (J(i, here(i, y)) @ eta(down_(h)[i - 1](y))))))


def pseudoinverse(i: Any, z: Any) -> Expr:
    """J^T (J J^T)^-1 for the layers above layer i, at z."""
    return J(i, z).T @ inverse(J(i, z) @ J(i, z).T)


bound, x_ = real("bound"), vector("x", i - 1)
norm_at_most = define(
    "norm at most",
    (h, i, K),
    every(
        eta,
        bound,
        (in_class(i, eta) & (bound >= 0) & every(x_, square(eta(x_)) <= bound * bound * square(x_)))
        >> (along(i, eta) <= K * bound),
    ),
    text="norm of D_{1} L <= {2}",
    latex=r"\|D_{{h_{1}}}[L]\|_{{op}} \le {2}",
    at=HERE,
)
"""<D, eta> <= K M for all directions eta of F_i with |eta|_nl <= M."""

mean_square = E(fn(y, square(r(y))))

# ---- settings ------------------------------------------------------------------------------------
VARIABLES = (H, d, E, h, target, C, j, eps)


FREE = (back, eps1)
at_input, along_input = vector("a", 0), vector("v", 0)


def examples_of(points: Iterable[Point]) -> tuple[Example, ...]:
    """The values of these points for the variables."""
    terms = {str(v.term.name): v.term for v in (*VARIABLES, *FREE, K, N)}
    return tuple(
        (point.name, {terms[name]: x for name, x in point_values(point).items()})
        for point in points
    )


def first_moved() -> tuple[Example, ...]:
    """Networks whose first layer is moved."""
    return examples_of(FIRST)


def any_moved() -> tuple[Example, ...]:
    """Networks of which a later layer is moved."""
    return examples_of(ANY)


def steered_back() -> tuple[Example, ...]:
    """Networks with a map from what layer j receives to the inputs."""
    return examples_of(STEERED)


def flat_below() -> tuple[Example, ...]:
    """Networks of the line with an input, at which the first layer is flat in some of them."""
    at, direction = at_input.term, along_input.term
    return tuple(
        (name, {**values, at: QQ.matrix([[place]]), direction: QQ.matrix([[1]])})
        for name, values in examples_of(p for p in ANY if p.name in ON_LINE)
        for place in (1, 2)
    )


def targets() -> tuple[Example, ...]:
    """Widths, laws and targets, without networks."""
    terms = (H, d, E, target, C, j)
    rows = (
        (
            name,
            (
                len(sizes) - 2,
                dict(enumerate(sizes)),
                law(inputs, [Fraction(1, len(inputs))] * len(inputs)),
                goal.tree,
                Fraction(0),
                moved,
            ),
        )
        for name, sizes, goal, inputs, moved in AIMS
    )
    return tuple(
        (name, {v.term: x for v, x in zip(terms, values, strict=True)}) for name, values in rows
    )


NETWORK = Setting(
    "a network of functions, and a layer j",
    variables=VARIABLES,
    standing=(j >= 1, j <= H + 1),
    definitions=(
        up_,
        down_,
        risk,
        critical,
        least,
        steep,
        J,
        r,
        invertible,
        norm_at_most,
        of_linear_growth,
    ),
    decisions={
        "critical": is_critical,
        "global minimum": is_least,
        "of linear growth": grows_linearly,
        "norm at most": is_norm_bound,
        "invertible below": is_invertible,
        "expectation": is_expectation,
        "bounded law": is_expectation,
    },
    instances=any_moved,
)
LAYER_MOVED = NETWORK.extended(
    "a network of functions with at least min(d_x, d_y) units in each layer, of which one is moved",
    standing=(
        expectation(E),
        of_linear_growth(d[0], d[H + 1], target),
        in_classes(h),
        each(i, 1, H + 1, either(d[0] <= d[i], d[H + 1] <= d[i])),
    ),
)
FIRST_MOVED = LAYER_MOVED.extended(
    "a network of functions whose first layer is moved", instances=first_moved
)
NETWORK_BACK = NETWORK.extended(
    "a network of functions, a layer j, and a map from what it receives to the inputs",
    variables=FREE,
    instances=steered_back,
)
MOVED_BACK = LAYER_MOVED.extended(
    "a network as in Section 4.1, and a map from what layer j receives to the inputs",
    variables=FREE,
    instances=steered_back,
)
BOUNDED = MOVED_BACK.extended("the same, with bounds K and N", variables=(K, N))
FLAT_BELOW = LAYER_MOVED.extended(
    "a network as in Section 4.1, and a direction at an input",
    variables=(at_input, along_input),
    instances=flat_below,
)
TARGETS = Setting(
    "widths of at least min(d_x, d_y), a law, and a target; no network is given",
    variables=(H, d, E, target, C, j),
    standing=(
        expectation(E),
        j >= 1,
        j <= H + 1,
        of_linear_growth(d[0], d[H + 1], target),
        each(i, 1, H + 1, either(d[0] <= d[i], d[H + 1] <= d[i])),
    ),
    definitions=NETWORK.definitions,
    decisions=NETWORK.decisions,
    instances=targets,
)
