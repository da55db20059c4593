"""Section 4.1 and Appendix A.1: the classes F and F_i, and compositions of maps in them.

Statements
- YSJ18.A2.composed: a composition of two maps of linear growth is one.
- YSJ18.A2: what the layers up to one make of the input is of linear growth; so is the network.
- YSJ18.A2.above: what the layers above one make of its value is, too.
- YSJ18.D7: the empty compositions, the Jacobian matrix of a composition, and bounds of its growth.
"""

from symbolic_landscape.proofs.rules import entries, maps, order, signs
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import differentiable, of_linear_growth, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import (
    THROUGH,
    above,
    below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    LAYER_MOVED,
    NETWORK,
    H,
    d,
    down_,
    h,
    k,
    u,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import (
    both,
    each,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    integer,
    matrix,
    natural,
    real,
    recursion,
    zeros,
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
    induct,
    linear,
    logic,
    obtain,
    take,
)

n = integer("n")
a, b, c = natural("a"), natural("b"), natural("c")
x, w, v = matrix("x", a, 1), matrix("w", b, 1), matrix("v", c, 1)
f, g = function("f", x, w), function("g", w, v)
s, t, r = real("s"), real("t"), real("r")
composed = fn(x, g(f(x)))
factor = 1 + t * t
growth = exists(r, every(x, square(composed(x)) <= r * square(x)))

COMPOSED = Statement(
    "YSJ18.A2.composed",
    NETWORK,
    title="A composition of maps of linear growth",
    where="Section 4.1",
    lines=(349, 351),
    names=(a, b, c, f, g),
    given={"first": of_linear_growth(a, b, f), "second": of_linear_growth(b, c, g)},
    then=of_linear_growth(a, c, composed),
    proof=[
        have("f", differentiable(f), logic, "first"),
        have("g", differentiable(g), logic, "second"),
        have("composed", differentiable(composed), by(maps.differentiable_composed), "g", "f"),
        have("f at 0", f(zeros(a, 1)) == 0, logic, "first"),
        have("g at 0", g(zeros(b, 1)) == 0, logic, "second"),
        have("at 0", composed(zeros(a, 1)) == 0, calculation, "f at 0", "g at 0"),
        have("f grows", exists(r, every(x, square(f(x)) <= r * square(x))), logic, "first"),
        have("f bound", None, obtain(s), "f grows"),
        have("g grows", exists(r, every(w, square(g(w)) <= r * square(w))), logic, "second"),
        have("g bound", None, obtain(t), "g grows"),
        have(
            "bound",
            every(x, square(composed(x)) <= factor * s * square(x)),
            arbitrary(
                x,
                proof=[
                    have("inner", None, at(x), "f bound"),
                    have("outer", None, at(f(x)), "g bound"),
                    have("room", None, by(order.square_not_negative, s=t)),
                    have("half", None, by(order.square_not_negative, s=2 * t - 1)),
                    have("length", None, by(entries.squares_not_negative, A=f(x))),
                    have("factor", factor - t >= 0, linear, "room", "half"),
                    have("positive", factor >= 0, linear, "room"),
                    have(
                        "more",
                        (factor - t) * square(f(x)) >= 0,
                        by(signs.product_not_negative),
                        "factor",
                        "length",
                    ),
                    have(
                        "scaled",
                        factor * (s * square(x) - square(f(x))) >= 0,
                        by(signs.product_not_negative),
                        "positive",
                        "inner",
                    ),
                    have(
                        "bound",
                        square(composed(x)) <= factor * s * square(x),
                        linear,
                        "outer",
                        "more",
                        "scaled",
                    ),
                ],
            ),
        ),
        have("growth", growth, take(factor * s), "bound"),
        have("class", of_linear_growth(a, c, composed), logic, "composed", "at 0", "growth"),
    ],
)

layers = each(k, 0, H + 1, of_linear_growth(d[0], d[k], down_(h)[k]))
network = of_linear_growth(d[0], d[H + 1], up_(h)[0])
identity_growth = exists(r, every(y, square(y) <= r * square(y)))
A2 = Statement(
    "YSJ18.A2",
    LAYER_MOVED,
    title="Function classes F, F_i",
    kind="assumption",
    where="Section 4.1",
    lines=(345, 353),
    given={},
    then=both(layers, network),
    proof=[
        have(
            "layers",
            layers,
            induct(
                n,
                base=[
                    have("differentiable", None, by(maps.differentiable_identity, n=d[0])),
                    have(
                        "same",
                        every(y, square(y) <= 1 * square(y)),
                        arbitrary(y, proof=[have("same", square(y) <= 1 * square(y), linear)]),
                    ),
                    have("growth", identity_growth, take(1), "same"),
                    have("zero", down_(h)[0](zeros(d[0], 1)) == 0, calculation),
                    have(
                        "start",
                        of_linear_growth(d[0], d[0], down_(h)[0]),
                        logic,
                        "differentiable",
                        "zero",
                        "growth",
                    ),
                ],
                step=[
                    have("layer", None, at(n + 1), "standing 5"),
                    have("down", down_(h)[n + 1] == below(h, n + 1), definition),
                    have(
                        "composed",
                        of_linear_growth(d[0], d[n + 1], below(h, n + 1)),
                        cite(COMPOSED, a=d[0], b=d[n], c=d[n + 1], f=down_(h)[n], g=h[n + 1]),
                    ),
                    have(
                        "next",
                        of_linear_growth(d[0], d[n + 1], down_(h)[n + 1]),
                        calculation,
                        "composed",
                        "down",
                    ),
                ],
            ),
        ),
        have("last", None, at(H + 1), "layers"),
        have("through", None, cite(THROUGH)),
        have(
            "values",
            every(y, down_(h)[H + 1](y) == up_(h)[0](y)),
            arbitrary(y, proof=[have("at y", None, at(y, H + 1), "through")]),
        ),
        have("same", down_(h)[H + 1] == up_(h)[0], by(maps.equal_maps), "values"),
        have("network", network, calculation, "last", "same"),
        have("both", both(layers, network), logic, "layers", "network"),
    ],
)

bounds = function("bounds", k, s)
before = real("before")
product = recursion(k, before, 1, bounds(1), before * bounds(k))
"""The product of the bounds of the layers up to one."""
layer_value = vector("x", k - 1)
layer_bounds = each(
    k,
    1,
    H + 1,
    every(layer_value, square(h[k](layer_value)) <= bounds(k) * bounds(k) * square(layer_value)),
)
empty = both(down_(h)[0] == fn(y, y), up_(h)[H + 1] == fn(u, u))
chain_rule = each(
    k,
    0,
    H,
    every(
        y,
        jacobian(down_(h)[k + 1], y, d[k + 1], d[0])
        == jacobian(h[k + 1], down_(h)[k](y), d[k + 1], d[k])
        @ jacobian(down_(h)[k], y, d[k], d[0]),
    ),
)
products = each(
    k, 1, H + 1, every(y, square(down_(h)[k](y)) <= product[k] * product[k] * square(y))
)
slack = product[n] * product[n] * square(y) - square(down_(h)[n](y))
D7 = Statement(
    "YSJ18.D7",
    LAYER_MOVED,
    title="Compositions, Jacobian, nl-norm, operator norms",
    kind="definition",
    where="Section 4.1 and Appendix A.1",
    lines=(354, 357),
    names=(bounds,),
    given={"bounds": layer_bounds},
    then=both(empty, chain_rule, products),
    gloss="bounds[k] is a bound of |h_k(x)| / |x|, so that the last part says that norms multiply.",
    proof=[
        have("classes", None, cite(A2)),
        have("layers", layers, logic, "classes"),
        have(
            "chain",
            chain_rule,
            arbitrary(
                n,
                y,
                proof=[
                    have("class", None, at(n + 1), "standing 5"),
                    have("below", None, at(n), "layers"),
                    have("layer", differentiable(h[n + 1]), logic, "class"),
                    have("inner", differentiable(down_(h)[n]), logic, "below"),
                    have("down", down_(h)[n + 1] == below(h, n + 1), definition),
                    have(
                        "rule",
                        None,
                        by(maps.jacobian_of_composed, Q=h[n + 1], P=down_(h)[n], w=y),
                        "layer",
                        "inner",
                    ),
                    have(
                        "jacobian",
                        jacobian(down_(h)[n + 1], y, d[n + 1], d[0])
                        == jacobian(h[n + 1], down_(h)[n](y), d[n + 1], d[n])
                        @ jacobian(down_(h)[n], y, d[n], d[0]),
                        calculation,
                        "rule",
                        "down",
                    ),
                ],
            ),
        ),
        have(
            "products",
            products,
            induct(
                n,
                base=[
                    have("first", down_(h)[1] == below(h, 1), definition),
                    have(
                        "start",
                        every(y, square(down_(h)[1](y)) <= product[1] * product[1] * square(y)),
                        arbitrary(
                            y,
                            proof=[
                                have("layer", None, at(1, y), "bounds"),
                                have(
                                    "same",
                                    square(down_(h)[1](y)) <= product[1] * product[1] * square(y),
                                    calculation,
                                    "layer",
                                    "first",
                                ),
                            ],
                        ),
                    ),
                ],
                step=[
                    have("down", down_(h)[n + 1] == below(h, n + 1), definition),
                    have("factor", product[n + 1] == product[n] * bounds(n + 1), definition),
                    have(
                        "next",
                        every(
                            y,
                            square(down_(h)[n + 1](y))
                            <= product[n + 1] * product[n + 1] * square(y),
                        ),
                        arbitrary(
                            y,
                            proof=[
                                have("inner", None, at(y), "products.before"),
                                have("outer", None, at(n + 1, down_(h)[n](y)), "bounds"),
                                have(
                                    "room",
                                    None,
                                    by(order.square_not_negative, s=bounds(n + 1)),
                                ),
                                have(
                                    "scaled",
                                    bounds(n + 1) * bounds(n + 1) * slack >= 0,
                                    by(signs.product_not_negative),
                                    "room",
                                    "inner",
                                ),
                                have(
                                    "grown",
                                    square(h[n + 1](down_(h)[n](y)))
                                    <= (product[n] * bounds(n + 1))
                                    * (product[n] * bounds(n + 1))
                                    * square(y),
                                    linear,
                                    "outer",
                                    "scaled",
                                ),
                                have(
                                    "bound",
                                    square(down_(h)[n + 1](y))
                                    <= product[n + 1] * product[n + 1] * square(y),
                                    calculation,
                                    "grown",
                                    "down",
                                    "factor",
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have(
            "all",
            both(empty, chain_rule, products),
            logic,
            "chain",
            "products",
        ),
    ],
)

layers_above = each(k, 0, H + 1, of_linear_growth(d[k], d[H + 1], up_(h)[k]))
ABOVE = Statement(
    "YSJ18.A2.above",
    LAYER_MOVED,
    title="What the layers above a layer make is of linear growth",
    where="Section 4.1",
    lines=(350, 352),
    given={},
    then=layers_above,
    proof=[
        have(
            "layers",
            layers_above,
            induct(
                n,
                down=True,
                base=[
                    have(
                        "top",
                        of_linear_growth(d[H + 1], d[H + 1], up_(h)[H + 1]),
                        by(maps.linear_growth, A=identity_matrix(d[H + 1])),
                    ),
                ],
                step=[
                    have("layer", None, at(n), "standing 5"),
                    have("up", up_(h)[n - 1] == above(h, n), definition),
                    have(
                        "composed",
                        of_linear_growth(d[n - 1], d[H + 1], above(h, n)),
                        cite(COMPOSED, a=d[n - 1], b=d[n], c=d[H + 1], f=h[n], g=up_(h)[n]),
                    ),
                    have(
                        "next",
                        of_linear_growth(d[n - 1], d[H + 1], up_(h)[n - 1]),
                        calculation,
                        "composed",
                        "up",
                    ),
                ],
            ),
        )
    ],
)
