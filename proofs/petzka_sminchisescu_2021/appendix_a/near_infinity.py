"""Appendix A.2, proof of Theorem 4: where large biases make the loss larger.

Notation: see the setting. With p = e^(-bias) and E = e^(-Z) a unit of layer L - 1 is 1 - q with
q (1 + p E) = p E. The paper expands in p; here the remainder is bounded: x q <= x p E + (1 + x^2) (p E)^2.

Statements
- PS21.T4.remainder: the bound on the remainder of one unit on one sample.
- PS21.T4.analytic: activations are analytic in the parameters.
- PS21.T4.bound: the bound on what a unit adds is analytic in the parameters and p.
- PS21.T4.signs: where it is negative at p = 0, it is so nearby, for all units at once.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import BELOW
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.infinity import (
    D_,
    INFINITY,
    Z_,
    seen,
    units,
    weighted,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, one, sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    NETWORK,
    L,
    V,
    W,
    X,
    b,
    e,
    layer,
    n,
)
from symbolic_landscape.proofs.rules import analytic as rule
from symbolic_landscape.proofs.rules import (
    continuity,
    entries,
    numbers,
    order,
    signs,
    sums,
)
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.points import agree, continuous, near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    integer,
    natural,
    real,
    total,
    update,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import num, substitute

i, j, k, v = (integer(name) for name in "ijkv")
row, place, column = integer("row"), integer("place"), integer("column")
x, g, q, s, t = (real(name) for name in "xgqst")
top = natural("top")

# ---- one unit on one sample ----------------------------------------------------------------------
small = x * q <= x * g + (1 + x * x) * (g * g)
REMAINDER = Statement(
    "PS21.T4.remainder",
    Setting("real numbers", variables=(x, g, q)),
    title="A saturated unit misses 1 by its first order term, up to a square",
    where="Appendix A.2, proof of Theorem 4",
    lines=(440, 444),
    given={"positive": g > 0, "unit": q * (1 + g) == g},
    then=small,
    proof=[
        have("at least 0", q >= 0, cases(
            [have("this", q >= 0, logic, "at least 0.1")],
            [
                have("below", q <= 0, linear, "at least 0.2"),
                have("factor", 1 + g >= 0, linear, "positive"),
                have("product", (1 + g) * q <= 0, by(signs.product_not_positive), "factor", "below"),
                have("clash", q >= 0, linear, "product", "unit", "positive"),
            ],
            split=q >= 0,
        )),
        have("g", g >= 0, linear, "positive"),
        have("g q", g * q >= 0, by(signs.product_not_negative), "g", "at least 0"),
        have("g g q", g * (g * q) >= 0, by(signs.product_not_negative), "g", "g q"),
        have("g times unit", g * (q * (1 + g)) == g * g, by(order.scaled_equation, s=g), "unit"),
        have("square", (x + 1) * (x + 1) >= 0, by(order.square_not_negative)),
        have("x square", x * x >= 0, by(order.square_not_negative)),
        have("factor", 1 + x + x * x >= 0, linear, "square", "x square"),
        have("first", (1 + x + x * x) * (g * q) >= 0, by(signs.product_not_negative), "factor", "g q"),
        have("more", 1 + x * x >= 0, linear, "x square"),
        have("second", (1 + x * x) * (g * (g * q)) >= 0, by(signs.product_not_negative), "more", "g g q"),
        have("x times unit", x * (q * (1 + g)) == x * g, by(order.scaled_equation, s=x), "unit"),
        have("square times unit", x * x * (g * (q * (1 + g))) == x * x * (g * g), by(order.scaled_equation, s=x * x), "g times unit"),
        have("small", small, linear, "first", "second", "x times unit", "g times unit", "square times unit"),
    ],
)  # fmt: skip


# ---- continuity ----------------------------------------------------------------------------------
def of_point(body: Expr) -> Expr:
    """The body as a function of the parameters (V, e)."""
    return fn(V, fn(e, body))


def pre(v: Expr) -> Expr:
    """The preactivation of unit i of layer v + 1 on sample j."""
    return total(column, 1, n[v], V[v + 1][i, column] * A_(V, e)[v][column, j]) + e[v + 1][i, 1]


def activations(v: Expr | int) -> Expr:
    """The activations of layer v are analytic in the parameters of layers 1 to `top`."""
    return each(i, 1, n[v], each(j, 1, N, analytic_in(1, top, of_point(A_(V, e)[v][i, j]))))


new = A_(V, e)[v + 1][i, j]
ANALYTIC = Statement(
    "PS21.T4.analytic",
    NETWORK,
    title="Activations are analytic in the parameters",
    names=(top,),
    given={"analytic": analytic(sigma)},
    then=each(v, 0, top, activations(v)),
    proof=[
        have(
            "all",
            each(v, 0, top, activations(v)),
            induct(
                v,
                base=[
                    have("inputs", activations(0), arbitrary(i, j, proof=[
                        have("constant", analytic_in(1, top, of_point(A_(V, e)[0][i, j])), by(rule.analytic_constant, r=X[i, j])),
                    ])),
                ],
                step=[
                    have("next", activations(v + 1), arbitrary(i, j, proof=[
                        have(
                            "products",
                            each(column, 1, n[v], analytic_in(1, top, of_point(V[v + 1][i, column] * A_(V, e)[v][column, j]))),
                            arbitrary(column, proof=[
                                have("weight", analytic_in(1, top, of_point(V[v + 1][i, column])), by(rule.analytic_entry, k=v + 1, i=i, j=column)),
                                have("below", None, at(column, j), "all.before"),
                                have("product", None, by(rule.analytic_product), "weight", "below"),
                            ]),
                        ),
                        have("sum", None, by(rule.analytic_total), "products"),
                        have("bias", analytic_in(1, top, of_point(e[v + 1][i, 1])), by(rule.analytic_second_entry, k=v + 1, i=i, j=1)),
                        have("inside", analytic_in(1, top, of_point(pre(v))), by(rule.analytic_sum), "sum", "bias"),
                        have("value", analytic_in(1, top, of_point(sigma(pre(v)))), by(rule.analytic_composition), "analytic", "inside"),
                        have("equal", every(V, e, new == sigma(pre(v))), arbitrary(V, e, proof=[
                            have("layer", A_(V, e)[v + 1] == sigma(layer(A_(V, e)[v], v + 1, V, e)), definition),
                            have("weights", None, by(entries.entry_of_product, A=V[v + 1], B=A_(V, e)[v], i=i, j=j)),
                            have("biases", None, by(entries.entry_of_product, A=e[v + 1], B=one, i=i, j=j)),
                            have("one", None, by(sums.single_summand, a=fn(column, e[v + 1][i, column] * one[column, j]), lo=1)),
                            have("equal", new == sigma(pre(v)), calculation, "layer", "weights", "biases", "one"),
                        ])),
                        have("activation", None, by(rule.analytic_of_equal), "value", "equal"),
                    ])),
                ],
            ),
        )
    ],
)  # fmt: skip

negated = fn(t, -t)
D = D_(W, b)
one_unit = exp(-Z_(V, e)[i, j])
one_seen = seen(V, D, i, j)
p = e[L - 1][i, 1]
bounded = one_seen * one_unit + p * ((1 + one_seen * one_seen) * (one_unit * one_unit))
bound = total(j, 1, N, bounded)
"""What bounds, up to the factor p, what unit i adds; here e[L - 1] holds the numbers p."""
weight_in = V[L - 1][i, column] * A_(V, e)[L - 2][column, j]
weight_out = V[L][column, i] * D[column, j]
sum_in = total(column, 1, n[L - 2], weight_in)
analytic_bound = each(i, 1, units, analytic_in(1, L, of_point(bound)))


def known(body: Expr) -> Expr:
    """The body is analytic in all parameters."""
    return analytic_in(1, L, of_point(body))


BOUND = Statement(
    "PS21.T4.bound",
    INFINITY,
    title="The bound on what a unit adds is analytic in the parameters and in e^(-bias)",
    given={"analytic": analytic(sigma)},
    then=analytic_bound,
    proof=[
        have("layers", None, cite(ANALYTIC, top=L)),
        have("below", None, at(L - 2), "layers"),
        have("exp", analytic(exp), by(numbers.analytic_exp)),
        have("negated", analytic(negated), by(numbers.analytic_affine, r=0, s=-1)),
        have("bound", analytic_bound, arbitrary(i, proof=[
            have("p", known(p), by(rule.analytic_second_entry, k=L - 1, i=i, j=1)),
            have("1", known(Expr(num(1))), by(rule.analytic_constant, r=1)),
            have("samples", each(j, 1, N, known(bounded)), arbitrary(j, proof=[
                have("products", each(column, 1, n[L - 2], known(weight_in)), arbitrary(column, proof=[
                    have("weight", known(V[L - 1][i, column]), by(rule.analytic_entry, k=L - 1, i=i, j=column)),
                    have("activation", None, at(column, j), "below"),
                    have("product", None, by(rule.analytic_product), "weight", "activation"),
                ])),
                have("sum", None, by(rule.analytic_total), "products"),
                have("turned", known(negated(sum_in)), by(rule.analytic_composition), "negated", "sum"),
                have("power", known(exp(negated(sum_in))), by(rule.analytic_composition), "exp", "turned"),
                have("entry", every(V, e, one_unit == exp(negated(sum_in))), arbitrary(V, e, proof=[
                    have("product", None, by(entries.entry_of_product, A=V[L - 1], B=A_(V, e)[L - 2], i=i, j=j)),
                    have("same", one_unit == exp(negated(sum_in)), calculation, "product"),
                ])),
                have("E", known(one_unit), by(rule.analytic_of_equal), "power", "entry"),
                have("residuals", each(column, 1, n[L], known(weight_out)), arbitrary(column, proof=[
                    have("weight", known(V[L][column, i]), by(rule.analytic_entry, k=L, i=column, j=i)),
                    have("residual", known(D[column, j]), by(rule.analytic_constant, r=D[column, j])),
                    have("product", None, by(rule.analytic_product), "weight", "residual"),
                ])),
                have("x", known(one_seen), by(rule.analytic_total), "residuals"),
                have("first", known(one_seen * one_unit), by(rule.analytic_product), "x", "E"),
                have("x x", known(one_seen * one_seen), by(rule.analytic_product), "x", "x"),
                have("1 + x x", known(1 + one_seen * one_seen), by(rule.analytic_sum), "1", "x x"),
                have("E E", known(one_unit * one_unit), by(rule.analytic_product), "E", "E"),
                have("second", known((1 + one_seen * one_seen) * (one_unit * one_unit)), by(rule.analytic_product), "1 + x x", "E E"),
                have("third", known(p * ((1 + one_seen * one_seen) * (one_unit * one_unit))), by(rule.analytic_product), "p", "second"),
                have("bounded", known(bounded), by(rule.analytic_sum), "first", "third"),
            ])),
            have("bound", known(bound), by(rule.analytic_total), "samples"),
        ])),
    ],
)  # fmt: skip

b0 = update(b, L - 1, zeros(units, 1))
"""The biases with p = 0 in layer L - 1."""


def at_base(body: Expr) -> Expr:
    """The body at (W, b0)."""
    return Expr(substitute(body.term, {V.term: W.term, e.term: b0.term}))


def near_base(s: Expr) -> Expr:
    """(V, e) is near (W, b0)."""
    return near(V, e, W, b0, 1, L, s)


negative = each(i, 1, units, weighted(W, b, i) < 0)
bounds_below = each(i, 1, units, bound < 0)
all_signs = exists(s, both(s > 0, every(V, e, near_base(s) >> bounds_below)))


def sign_within(s: Expr) -> Expr:
    """What unit i adds is bounded by a negative number at all (V, e) so near."""
    return every(V, e, near_base(s) >> (bound < 0))


gap, change = -at_base(bound), bound - at_base(bound)
within_gap = both(-gap < change, change < gap)
close_bounds = every(V, e, near_base(s) >> within_gap)
one_sign = sign_within(s)
some_radius = each(i, 1, units, exists(s, both(s > 0, one_sign)))
SIGNS = Statement(
    "PS21.T4.signs",
    INFINITY,
    title="Signs at p = 0 stay nearby, for all units at once",
    given={"analytic": analytic(sigma), "signs": negative},
    then=all_signs,
    proof=[
        have("bounds", None, cite(BOUND)),
        have("agree", agree(W, b0, W, b, 1, L - 2), arbitrary(k, proof=[
            have("bias", b0[k] == b[k], calculation),
            have("both", both(W[k] == W[k], b0[k] == b[k]), logic, "bias"),
        ])),
        have("same below", None, cite(BELOW, k=L - 2, V=W, e=b0)),
        have("same", A_(W, b0)[L - 2] == A_(W, b)[L - 2], at(L - 2), "same below"),
        have("radius", some_radius, arbitrary(i, proof=[
            have("analytic bound", None, at(i), "bounds"),
            have("continuous", continuous(of_point(bound), W, b0, 1, L), by(continuity.continuous_of_analytic, U=W, a=b0), "analytic bound"),
            have("sign", weighted(W, b, i) < 0, at(i), "signs"),
            have("Z", Z_(W, b0) == Z_(W, b), calculation, "same"),
            have("here", at_base(bound) == weighted(W, b, i), calculation, "Z"),
            have("gap", -at_base(bound) > 0, linear, "here", "sign"),
            have("if gap", None, at(-at_base(bound)), "continuous"),
            have("some s", exists(s, both(s > 0, close_bounds)), logic, "if gap", "gap"),
            have("s", both(s > 0, close_bounds), obtain(s), "some s"),
            have("s positive", s > 0, logic, "s"),
            have("close", close_bounds, logic, "s"),
            have("below 0", one_sign, arbitrary(V, e, proof=[
                have("if near", None, at(V, e), "close"),
                have("change", within_gap, logic, "if near", "below 0.if"),
                have("less", bound < 0, linear, "change"),
            ])),
            have("radius", exists(s, both(s > 0, one_sign)), take(s), "s positive", "below 0"),
        ])),
        have("smaller", each(i, 1, units, every(s, t, both(one_sign, 0 < t, t <= s) >> sign_within(t))), arbitrary(i, s, t, proof=[
            have("not more", t <= s, logic, "smaller.if"),
            have("within s", one_sign, logic, "smaller.if"),
            have("nearer", sign_within(t), arbitrary(V, e, proof=[
                have("near", near_base(s), by(continuity.wider_box, r=t), "nearer.if", "not more"),
                have("if near", None, at(V, e), "within s"),
                have("sign", bound < 0, logic, "if near", "near"),
            ])),
        ])),
        have("common", None, by(continuity.common_radius, radius_property=fn(i, fn(s, one_sign))), "radius", "smaller"),
        have("r", both(s > 0, each(i, 1, units, one_sign)), obtain(s), "common"),
        have("positive", s > 0, logic, "r"),
        have("each", each(i, 1, units, one_sign), logic, "r"),
        have("at once", every(V, e, near_base(s) >> bounds_below), arbitrary(V, e, proof=[
            have("signs here", bounds_below, arbitrary(i, proof=[
                have("sign", None, at(i, V, e), "each"),
                have("below", bound < 0, logic, "sign", "at once.if"),
            ])),
        ])),
        have("all signs", all_signs, take(s), "positive", "at once"),
    ],
)  # fmt: skip
