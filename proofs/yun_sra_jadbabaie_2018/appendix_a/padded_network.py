"""Appendix A.5: the network with h* in layer j and paddings elsewhere.

Statements
- YSJ18.P4.3.classes: its layers are in their classes.
- YSJ18.P4.3.padded: where the layers from j on have d_y units and those below j have d_x, and layer
  j receives d_x, it is a global minimum that meets the conditions of Theorem 4.2.
"""

from typing import Any

from symbolic_landscape.proofs.rules import corners, entries, expectations, maps, order
from symbolic_landscape.proofs.rules.corners import corner
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import (
    differentiable,
    of_linear_growth,
    square,
    twice_differentiable,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.paddings import (
    ABOVE,
    BELOW,
    padding,
    wide_above,
    wide_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import COMPOSED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import THROUGH, below
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.steered import LEAST
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    TARGETS,
    E,
    H,
    d,
    down_,
    in_class,
    in_classes,
    invertible,
    j,
    k,
    least,
    steep,
    target,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    fn,
    identity_matrix,
    integer,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    definition,
    have,
    linear,
    logic,
    take,
)

n = integer("n")
w, z = vector("w", j - 1), vector("z", j)
inside = fn(w, corner(d[0], d[j - 1]) @ w)
middle = fn(w, target(inside(w)))
aimed = fn(w, corner(d[j], d[H + 1]) @ middle(w))


def padded(j: Any) -> Expr:
    """The network with the target in layer j, paddings elsewhere."""
    w = vector("w", j - 1)
    aimed = fn(w, corner(d[j], d[H + 1]) @ target(corner(d[0], d[j - 1]) @ w))
    return update(fn(k, padding(k)), j, aimed)


net = padded(j)


def below_expands(h: Any, j: Any) -> Expr:
    """The layers below layer j expand by the factor 1 at least."""
    return every(y, square(y) <= square(down_(h)[j - 1](y)))


def meets_first(h: Any) -> Expr:
    """A global minimum that meets the conditions of Theorem 4.1 with the bound 1."""
    return both(
        in_classes(h),
        least(h),
        steep(h, 1, 1),
        twice_differentiable(d[1], d[H + 1], up_(h)[1]),
    )


def meets(h: Any, j: Any) -> Expr:
    """A global minimum that meets the conditions of Theorem 4.2 with the bounds 1."""
    return both(
        in_classes(h),
        least(h),
        steep(h, j, 1),
        twice_differentiable(d[j], d[H + 1], up_(h)[j]),
        invertible(h, j),
        below_expands(h, j),
    )


receives, yields = d[j - 1] == d[0], d[H + 1] <= d[j]
given = {"above": wide_above, "yields": yields, "below": wide_below, "receives": receives}
fits = every(y, up_(net)[0](y) == target(y))
PADDED_CLASSES = Statement(
    "YSJ18.P4.3.classes",
    TARGETS,
    title="The padded network has its layers in their classes",
    where="Appendix A.5",
    lines=(541, 548),
    given={},
    then=in_classes(net),
    proof=[
        have("inside", of_linear_growth(d[j - 1], d[0], inside),
             by(maps.linear_growth, A=corner(d[0], d[j - 1]))),
        have("middle", of_linear_growth(d[j - 1], d[H + 1], middle),
             cite(COMPOSED, a=d[j - 1], b=d[0], c=d[H + 1], f=inside, g=target, h=net, eps=1)),
        have("outside", of_linear_growth(d[H + 1], d[j], fn(vector("u", H + 1),
             corner(d[j], d[H + 1]) @ vector("u", H + 1))),
             by(maps.linear_growth, A=corner(d[j], d[H + 1]))),
        have("aimed", of_linear_growth(d[j - 1], d[j], aimed),
             cite(COMPOSED, a=d[j - 1], b=d[H + 1], c=d[j], f=middle,
                  g=fn(vector("u", H + 1), corner(d[j], d[H + 1]) @ vector("u", H + 1)),
                  h=net, eps=1)),
        have("below", each(n, 1, j - 1, in_class(n, net[n])), arbitrary(n, proof=[
            have("padding", in_class(n, net[n]),
                 by(maps.linear_growth, A=corner(d[n], d[n - 1])))])),
        have("above", each(n, j + 1, H + 1, in_class(n, net[n])), arbitrary(n, proof=[
            have("high", in_class(n, net[n]),
                 by(maps.linear_growth, A=corner(d[n], d[n - 1])))])),
        have("all", in_classes(net), by(order.joined_ranges, P=fn(n, in_class(n, net[n]))),
             "below", "aimed", "above"),
    ],
)  # fmt: skip

top, bottom = corner(d[H + 1], d[j]), corner(d[0], d[j - 1])
raised, sunk = corner(d[j], d[H + 1]), corner(d[j - 1], d[0])
out, v = up_(net)[0](y), vector("v", H + 1)
slope = jacobian(up_(net)[j], z, d[H + 1], d[j])
slopes = maps.jacobian_map(up_(net)[j], d[H + 1], d[j])
misfit = square(out - target(y))
below_j = down_(net)[j - 1]
back = fn(w, bottom @ w)
CORNERS = [
    have("room", d[0] <= d[j - 1], linear, "receives"),
    have("as much", d[j - 1] <= d[0], linear, "receives"),
    have("top", None, by(corners.corners_through_rows, p=d[H + 1]), "yields"),
    have("top unit", None, by(corners.corner_square, n=d[H + 1])),
    have("outputs", top @ raised == identity_matrix(d[H + 1]), calculation, "top", "top unit"),
    have("bottom", None, by(corners.corners_through_rows, p=d[0]), "room"),
    have("bottom unit", None, by(corners.corner_square, n=d[0])),
    have("inputs", bottom @ sunk == identity_matrix(d[0]), calculation, "bottom", "bottom unit"),
    have("again", None, by(corners.corners_through_rows, p=d[j - 1]), "as much"),
    have("again unit", None, by(corners.corner_square, n=d[j - 1])),
    have(
        "received", sunk @ bottom == identity_matrix(d[j - 1]), calculation, "again", "again unit"
    ),
]
"""What the paddings around layer j make of each other."""
FITS = [
    have("pads above", each(k, j + 1, H + 1, net[k] == padding(k)),
         arbitrary(n, proof=[have("pad above", net[n] == padding(n), calculation)])),
    have("pads below", each(k, 1, j - 1, net[k] == padding(k)),
         arbitrary(n, proof=[have("pad below", net[n] == padding(n), calculation)])),
    have("ups", None, cite(ABOVE, h=net, eps=1)),
    have("up", None, at(j), "ups"),
    have("downs", None, cite(BELOW, h=net, eps=1)),
    have("down", None, at(j - 1), "downs"),
    have("through", None, cite(THROUGH, h=net, eps=1)),
    have("layer", down_(net)[j] == below(net, j), definition),
    have("fits", fits, arbitrary(y, proof=[
        have("at y", None, at(y, j), "through"),
        have("fit", out == target(y), calculation, "<at y", "layer", "down", "up", "inputs",
             "outputs"),
    ])),
    have("errors", every(y, misfit == -misfit), arbitrary(y, proof=[
        have("fit at y", None, at(y), "fits"),
        have("none", misfit == -misfit, calculation, "fit at y"),
    ])),
    have("means", E(fn(y, misfit)) == E(fn(y, -misfit)),
         by(expectations.expectation_of_equal, E=E), "errors"),
    have("negative", E(fn(y, -misfit)) == -E(fn(y, misfit)),
         by(expectations.expectation_of_multiple, r=-1, f=fn(y, misfit)), "standing 1"),
    have("no error", E(fn(y, misfit)) == 0, linear, "means", "negative"),
    have("least", least(net), cite(LEAST, h=net, eps=1)),
]  # fmt: skip
"""The padded network is the target."""
PADDED = Statement(
    "YSJ18.P4.3.padded",
    TARGETS,
    title="The padded network meets the conditions",
    where="Appendix A.5",
    lines=(538, 553),
    given=given,
    then=meets(net, j),
    proof=[
        have("classes", None, cite(PADDED_CLASSES)),
        *CORNERS,
        *FITS,
        have("turned", None, by(corners.corner_turned, m=d[H + 1], n=d[j])),
        have("slopes", every(z, slope == top), arbitrary(z, proof=[
            have("linear", None, by(maps.jacobian_of_linear, A=top, z=z)),
            have("slope", slope == top, calculation, "up", "linear"),
        ])),
        have("steep", steep(net, j, 1), arbitrary(z, v, proof=[
            have("slope at z", None, at(z), "slopes"),
            have("square", slope @ slope.T == top @ top.T, by(entries.gram_of_equal), "slope at z"),
            have("gram", (slope.T @ v).T @ (slope.T @ v) == v.T @ v, calculation,
                 "square", "turned", "outputs"),
            have("length", square(slope.T @ v) == square(v), by(entries.trace_of_equal), "gram"),
            have("bound", square(v) <= square(slope.T @ v), linear, "length"),
        ])),
        have("kept", None, by(maps.differentiable_linear, A=top)),
        have("once", differentiable(up_(net)[j]), calculation, "kept", "up"),
        have("constant", None, by(maps.differentiable_constant, A=top, n=d[j])),
        have("map", slopes == fn(z, top), by(maps.equal_maps), "slopes"),
        have("twice", differentiable(slopes), calculation, "constant", "map"),
        have("smooth", twice_differentiable(d[j], d[H + 1], up_(net)[j]), logic, "once", "twice"),
        have("undone", every(y, back(below_j(y)) == y), arbitrary(y, proof=[
            have("undone at y", back(below_j(y)) == y, calculation, "down", "inputs")])),
        have("redone", every(w, below_j(back(w)) == w), arbitrary(w, proof=[
            have("redone at w", below_j(back(w)) == w, calculation, "down", "received")])),
        have("invertible", invertible(net, j), take(back), "undone", "redone"),
        have("sunk", None, by(corners.corner_turned, m=d[j - 1], n=d[0])),
        have("expands", below_expands(net, j), arbitrary(y, proof=[
            have("product", below_j(y).T @ below_j(y) == y.T @ y, calculation,
                 "down", "sunk", "inputs"),
            have("same length", square(below_j(y)) == square(y), by(entries.trace_of_equal),
                 "product"),
            have("longer", square(y) <= square(below_j(y)), linear, "same length")])),
        have("all", meets(net, j), logic, "classes", "least", "steep", "smooth", "invertible",
             "expands"),
    ],
)  # fmt: skip
