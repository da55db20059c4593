"""Section 4.1: networks of functions on a law with finitely many values, and their risk.

Notation: layer k is h[k], from R^d[k-1] to R^d[k], for k = 1..H+1; X has the m values of the inputs
as columns, with weights p; `target` is the conditional mean h* of the labels, and C their variance.
up[k] is what the layers above layer k make of its value, h_{H+1:k+1}; j is a layer, eps a bound.

Settings: FIRST_MOVED, whose examples have j = 1, and LAYER_MOVED, with others.

Design notes. The law has finitely many values, so the risk and its derivative along eta depend on
finitely many values of the layers and of eta. For each choice of these, 0 at 0, there is a smooth
function of compact support. So it makes no difference to criticality that the directions are all
functions with eta(0) = 0, and slopes and growth of the layers are not asked for. The weights may
have any sum: a positive factor of the first term changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    is_critical,
    is_least,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import (
    ANY,
    FIRST,
    Point,
    point_values,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    either,
    entries,
    every,
    fn,
    function,
    gradient,
    integer,
    inverse,
    like,
    matrix,
    natural,
    real,
    recursion,
    total,
    trace,
    update,
    widths,
    zeros,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]

H, m, d = natural("H"), natural("m"), widths("d")
a, i, j, k = (integer(name) for name in "aijk")
row, column = integer("row"), integer("column")
C, eps, t = real("C"), real("eps"), real("t")
X, p = matrix("X", d[0], m), function("p", a, t)
HERE = ("h",)


def vector(name: Any, k: Any) -> Expr:
    """A variable for a value of layer k."""
    return matrix(name, d[k], 1)


h = function("h", k, function("", vector("", k - 1), vector("", k)))
g = like("g", h)
target = function("target", vector("", 0), vector("", H + 1))


def square(x: Any) -> Expr:
    """The squared length."""
    return trace(x.T @ x)


sample = define(
    "value of the inputs",
    (a,),
    entries(row, column, d[0], 1, X[row, a]),
    text="x_{0}",
    latex="x_{0}",
)


def nothing(k: Any) -> Expr:
    """The value 0 of layer k."""
    return zeros(d[k], 1)


x, z, u = vector("x", k - 1), vector("z", k), vector("u", H + 1)
above = function("above", vector("", k + 1), vector("", H + 1))
up_ = define(
    "layers above",
    (h,),
    recursion(k, above, H + 1, fn(u, u), fn(z, above(h[k + 1](z))), down=True),
    text="up",
    latex=r"\operatorname{{up}}",
    at=HERE,
)
received = define(
    "received",
    (h, a),
    recursion(k, x, 0, sample(a), h[k](x)),
    text="received_{1}",
    latex=r"\operatorname{{received}}_{1}",
    at=HERE,
)


def error(h: Any, k: Any, z: Any, a: Any) -> Expr:
    """Half the squared error at the value a of the inputs, where layer k has the value z."""
    return square(up_(h)[k](z) - target(sample(a))) / 2


risk = define(
    "risk",
    (h,),
    total(a, 1, m, p[a] * error(h, 0, sample(a), a)) + C,
    text="L",
    latex="L",
    at=HERE,
)
eta, x_ = function("eta", vector("", i - 1), vector("", i)), vector("x", i - 1)
along = derivative(fn(t, risk(update(h, i, fn(x_, h[i](x_) + t * eta(x_))))))(0)
critical = define(
    "critical",
    (h,),
    each(i, 1, H + 1, every(eta, (eta(nothing(i - 1)) == 0) >> (along == 0))),
    text="critical point",
    latex=r"D_{{h_i}} L = 0 \text{{ for all }} i",
    at=HERE,
)


def at_rest(h: Any) -> Expr:
    """Each layer is 0 at 0."""
    return each(k, 1, H + 1, h[k](nothing(k - 1)) == 0)


least = define(
    "global minimum",
    (h,),
    every(g, at_rest(g) >> (risk(h) <= risk(g))),
    text="global minimum",
    latex=r"L(h) = \min L",
    at=HERE,
)
w, v, q = vector("w", k), vector("v", H + 1), vector("q", k)
steep = define(
    "singular values at least",
    (h, k, eps),
    every(v, w, eps * eps * square(v) <= square(gradient(fn(q, trace(v.T @ up_(h)[k](q))), w))),
    text="singular values of J[up_{1}] >= {2}",
    latex=r"\sigma_{{\min}}(J[h_{{H+1:{1}+1}}]) \ge {2}",
    at=HERE,
)
"""|J^T v| >= eps |v| for all v: all singular values are at least eps, and J has full row rank."""

# ---- the first layer, steered to h* --------------------------------------------------------------
value, y = vector("value", 1), vector("y", 0)
J = define(
    "Jacobian above the first layer",
    (value,),
    jacobian(up_(h)[1], value, d[H + 1], d[1]),
    text="J({0})",
    latex="J({0})",
)
r = define("error", (y,), up_(h)[0](y) - target(y), text="r({0})", latex="r({0})")
steered = define(
    "steering direction",
    (y,),
    J(h[1](y)).T @ inverse(J(h[1](y)) @ J(h[1](y)).T) @ r(y),
    text="eta({0})",
    latex=r"\eta({0})",
)

# ---- what criticality says of the values of directions -------------------------------------------
V = matrix("V", d[i], m)


def slope(i: Any, a: Any) -> Expr:
    """The gradient of the error at the value a of the inputs, at the value that layer i has."""
    z = vector("z", i)
    return gradient(fn(z, error(h, i, z, a)), received(h, a)[i])


def moved(a: Any) -> Expr:
    """The value of the direction at the value a of the inputs."""
    return entries(row, column, d[i], 1, V[row, a])


def got(a: Any) -> Expr:
    """What layer i receives at the value a of the inputs."""
    return received(h, a)[i - 1]


b = integer("b")
of_a_function = both(
    each(a, 1, m, either(got(a) != 0, moved(a) == 0)),
    each(a, 1, m, each(b, 1, m, either(got(a) != got(b), moved(a) == moved(b)))),
)
change = total(a, 1, m, p[a] * trace(slope(i, a).T @ moved(a)))
critical_on_values = each(i, 1, H + 1, every(V, of_a_function >> (change == 0)))
"""The derivative vanishes along all values V of directions, equal where layer i receives equals."""


# ---- settings ------------------------------------------------------------------------------------
VARIABLES = (H, m, d, X, p, h, target, C, j, eps)


def _examples(points: Iterable[Point]) -> tuple[Example, ...]:
    terms = {str(v.term.name): v.term for v in VARIABLES}
    return tuple(
        (point.name, {terms[name]: x for name, x in point_values(point).items()})
        for point in points
    )


def first_moved() -> tuple[Example, ...]:
    """Networks whose first layer is moved."""
    return _examples(FIRST)


def any_moved() -> tuple[Example, ...]:
    """Networks of which a later layer is moved."""
    return _examples(ANY)


LAYER_MOVED = Setting(
    "a network of functions with at least min(d_x, d_y) units in each layer, of which one is moved",
    variables=VARIABLES,
    standing=(
        j >= 1,
        j <= H + 1,
        each(a, 1, m, p[a] > 0),
        target(nothing(0)) == 0,
        at_rest(h),
        each(i, 1, H + 1, either(d[0] <= d[i], d[H + 1] <= d[i])),
    ),
    definitions=(sample, up_, received, risk, critical, least, steep, J, r, steered),
    decisions={"critical": is_critical, "global minimum": is_least},
    instances=any_moved,
)
FIRST_MOVED = LAYER_MOVED.extended(
    "a network of functions whose first layer is moved", instances=first_moved
)
