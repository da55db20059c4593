"""Appendix A.2, proof of Theorem 4: near infinity the loss is higher than there, or lower elsewhere.

Statements
- PS21.T4.cross: what is equal for all samples is orthogonal to residuals without a mean.
- PS21.T4.linear: the term of the loss that is linear in the weights out keeps its sign.
- PS21.T4.above: with a constant that is the mean the loss is higher near infinity than there.
- PS21.T4.better: some finite parameters have a lower loss than at infinity.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.activations import SIGMOID
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import sigmoid
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.near_infinity import (
    REMAINDER,
    SIGNS,
    D,
    b0,
    bound,
    bounds_below,
    column,
    i,
    j,
    k,
    near_base,
    negative,
    one_seen,
    one_unit,
    place,
    row,
    s,
    t,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import BELOW
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.infinity import (
    INFINITY,
    Z_,
    a,
    around,
    higher_,
    limit_,
    near_at_infinity,
    r,
    units,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, one, sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    L,
    V,
    W,
    Y,
    b,
    e,
    layer,
    loss_,
    n,
    pre_,
)
from symbolic_landscape.proofs.rules import (
    continuity,
    entries,
    exponentials,
    limits,
    numbers,
    order,
    sums,
)
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.points import agree, close, near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    matrix,
    natural,
    ones,
    total,
    trace,
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
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import substitute

m = natural("m")
Q, C, B = matrix("Q", m, N), matrix("C", m, N), matrix("B", m, 1)
CROSS = Statement(
    "PS21.T4.cross",
    Setting("residuals with and without a mean", variables=(m, N, C, Q, B)),
    title="What is equal for all samples is orthogonal to residuals without a mean",
    where="Appendix A.2, proof of Theorem 4",
    lines=(421, 425),
    given={"balanced": C @ one.T == 0},
    then=trace((B @ one - Q).T @ C) == -trace(Q.T @ C),
    proof=[have("cross", trace((B @ one - Q).T @ C) == -trace(Q.T @ C), calculation, "balanced")],
)

balanced = D @ one.T == 0
beta = e[L - 1]
powers = update(e, L - 1, exp(-beta))
"""The biases with p = e^(-bias) in layer L - 1."""
is_near_here = Expr(substitute(near_at_infinity(V, e, W, b).term, {r.term: s.term}))
late = every(t, (a <= t) >> both(exp(-t) - 0 <= s / 2, 0 - exp(-t) <= s / 2))
below_there = A_(V, e)[L - 2]


def at_powers(body: Expr) -> Expr:
    """The body at (V, powers)."""
    return Expr(substitute(body.term, {e.term: powers.term}))


def nearby(k: Expr) -> Expr:
    """Layer k of (V, powers) is near that of (W, b0)."""
    return both(close(V[k], W[k], s), close(powers[k], b0[k], s))


h = Z_(V, e)[i, j] + beta[i, 1]
power = exp(-beta[i, 1]) * one_unit
missing = ones(units, 1) @ one - A_(V, e)[L - 1]
"""What the units of layer L - 1 are short of 1."""
short = missing[i, j]
added, more = one_seen * short, one_seen * power + (1 + one_seen * one_seen) * (power * power)
moved = ((V[L] - W[L]) @ ones(units, 1) + e[L] - b[L]) @ one - V[L] @ missing
all_added = total(i, 1, units, total(j, 1, N, added))
to_infinity = [
    have("low", near(V, e, W, b, 1, L - 2, s), logic, "above.if"),
    have("top weights", close(V[L - 1], W[L - 1], s), logic, "above.if"),
    have("last weights", close(V[L], W[L], s), logic, "above.if"),
    have("last biases", close(e[L], b[L], s), logic, "above.if"),
    have("large", each(i, 1, units, a < beta[i, 1]), logic, "above.if"),
    have("powers small", close(powers[L - 1], b0[L - 1], s), arbitrary(row, place, proof=[
        have("one column", place == 1, linear),
        have("bias", None, at(row), "large"),
        have("if late", None, at(beta[row, 1]), "late"),
        have("not before", a <= beta[row, 1], linear, "bias"),
        have("decayed", both(exp(-beta[row, 1]) - 0 <= s / 2, 0 - exp(-beta[row, 1]) <= s / 2), logic, "if late", "not before"),
        have("entry", (powers[L - 1] - b0[L - 1])[row, place] == exp(-beta[row, 1]), calculation, "one column"),
        have("power positive", exp(-beta[row, 1]) > 0, by(exponentials.exp_positive)),
        have("small", both(-s < (powers[L - 1] - b0[L - 1])[row, place], (powers[L - 1] - b0[L - 1])[row, place] < s), linear, "entry", "decayed", "power positive"),
    ])),
    have("top", nearby(L - 1), logic, "top weights", "powers small"),
    have("last", nearby(L), logic, "last weights", "last biases"),
    have("at last", each(k, L, L, nearby(k)), arbitrary(k, proof=[
        have("it", k == L, linear),
        have("this", nearby(k), calculation, "last", "<it"),
    ])),
    have("near base", each(k, 1, L, nearby(k)), by(order.joined_ranges, P=fn(k, nearby(k)), j=L - 1), "low", "top", "at last"),
]  # fmt: skip
one_unit_short = [
    have("layer", A_(V, e)[L - 1] == sigma(layer(below_there, L - 1, V, e)), definition),
    have("weights", None, by(entries.entry_of_product, A=beta, B=one, i=i, j=j)),
    have("one", None, by(sums.single_summand, a=fn(column, beta[i, column] * one[column, j]), lo=1)),
    have("inside", layer(below_there, L - 1, V, e)[i, j] == h, calculation, "weights", "one"),
    have("value", A_(V, e)[L - 1][i, j] == sigma(h), calculation, "layer", "inside"),
    have("sigmoid here", sigma(h) == sigmoid(h), calculation, "sigmoid"),
    have("g", exp(-h) > 0, by(exponentials.exp_positive)),
    have("denominator", 1 + exp(-h) > 0, linear, "g"),
    have("quotient", (1 + exp(-h)) * recip(1 + exp(-h)) == 1, by(numbers.times_reciprocal), "denominator"),
    have("all active", None, by(entries.entry_of_repeated_row, H=one, m=units, i=i, j=j)),
    have("short", short == 1 - recip(1 + exp(-h)), calculation, "all active", "value", "sigmoid here"),
    have("scaled", (1 + exp(-h)) * short == (1 + exp(-h)) * (1 - recip(1 + exp(-h))), by(order.scaled_equation, s=1 + exp(-h)), "short"),
    have("fits", short * (1 + exp(-h)) == exp(-h), linear, "scaled", "quotient"),
    have("remainder", None, cite(REMAINDER, x=one_seen, g=exp(-h), q=short)),
    have("product", exp(-h) == one_unit * exp(-beta[i, 1]), by(exponentials.exp_of_sum, x=-Z_(V, e)[i, j], r=-beta[i, 1])),
    have("bounded", added <= more, calculation, "remainder", "product"),
]  # fmt: skip
linear_term = trace((V[L].T @ D).T @ missing)
linear_sign = around(linear_term < 0)
SIGNS_GIVEN = {"sigmoid": sigma == sigmoid, "signs": negative}
SIGNED = {**SIGNS_GIVEN, "balanced": balanced}
LINEAR = Statement(
    "PS21.T4.linear",
    INFINITY,
    title="The linear term of the loss keeps its sign near infinity",
    where="Appendix A.2, proof of Theorem 4",
    lines=(436, 454),
    given=SIGNS_GIVEN,
    then=linear_sign,
    proof=[
        have("known", None, cite(SIGMOID)),
        have("analytic sigmoid", analytic(sigmoid), logic, "known"),
        have("analytic", analytic(sigma), calculation, "analytic sigmoid", "<sigmoid"),
        have("all", None, cite(SIGNS)),
        have("s", both(s > 0, every(V, e, near_base(s) >> bounds_below)), obtain(s), "all"),
        have("radius", s > 0, logic, "s"),
        have("at once", every(V, e, near_base(s) >> bounds_below), logic, "s"),
        have("decays", None, by(limits.exp_decays)),
        have("if half", None, at(s / 2), "decays"),
        have("some a", exists(a, late), logic, "if half", "radius"),
        have("late", late, obtain(a), "some a"),
        have("above", every(V, e, is_near_here >> (trace((V[L].T @ D).T @ missing) < 0)), arbitrary(V, e, proof=[
            *to_infinity,
            have("if near", None, at(V, powers), "at once"),
            have("signs here", at_powers(bounds_below), logic, "if near", "near base"),
            have("agree", agree(V, powers, V, e, 1, L - 2), arbitrary(k, proof=[
                have("bias", powers[k] == e[k], calculation),
                have("both", both(V[k] == V[k], powers[k] == e[k]), logic, "bias"),
            ])),
            have("same below", None, cite(BELOW, k=L - 2, V=V, e=powers, W=V, b=e)),
            have("same", A_(V, powers)[L - 2] == below_there, at(L - 2), "same below"),
            have("Z", Z_(V, powers) == Z_(V, e), calculation, "same"),
            have("units", each(i, 1, units, total(j, 1, N, added) < 0), arbitrary(i, proof=[
                have("bound", at_powers(bound) < 0, at(i), "signs here"),
                have("samples", each(j, 1, N, added <= more), arbitrary(j, proof=one_unit_short)),
                have("sums", None, by(sums.sum_monotone), "samples"),
                have("factor", total(j, 1, N, more) == exp(-beta[i, 1]) * at_powers(bound), calculation, "Z"),
                have("p", exp(-beta[i, 1]) > 0, by(exponentials.exp_positive)),
                have("less", exp(-beta[i, 1]) * -at_powers(bound) > 0, by(order.positive_product), "p", "bound"),
                have("below 0", total(j, 1, N, added) < 0, linear, "sums", "factor", "less"),
            ])),
            have("some unit", units >= 1, at(L - 1), "standing 3"),
            have("positive", None, by(sums.sum_positive, a=fn(i, -total(j, 1, N, added))), "units"),
            have("trace", None, by(entries.trace_by_entries, A=V[L].T @ D, A2=missing)),
            have("each entry", each(i, 1, units, each(j, 1, N, (V[L].T @ D)[i, j] * short == added)), arbitrary(i, j, proof=[
                have("product", None, by(entries.entry_of_product, A=V[L].T, B=D, i=i, j=j)),
                have("times", (V[L].T @ D)[i, j] * short == added, by(order.scaled_equation, s=short), "product"),
            ])),
            have("rows", each(i, 1, units, total(j, 1, N, (V[L].T @ D)[i, j] * short) == total(j, 1, N, added)), arbitrary(i, proof=[
                have("entries", None, at(i), "each entry"),
                have("sums", None, by(sums.equal_sums), "entries"),
            ])),
            have("sums", None, by(sums.equal_sums), "rows"),
            have("linear term", trace((V[L].T @ D).T @ missing) < 0, linear, "trace", "sums", "positive"),
        ])),
        have("sign", linear_sign, take(s, a), "radius", "above"),
    ],
)  # fmt: skip

each_near = every(V, e, near_at_infinity(V, e, W, b) >> (linear_term < 0))
ABOVE = Statement(
    "PS21.T4.above",
    INFINITY,
    title="Where all weights out have the right signs the loss is higher near infinity than there",
    where="Appendix A.2, proof of Theorem 4",
    lines=(419, 454),
    given=SIGNED,
    then=higher_(W, b),
    proof=[
        have("sign", None, cite(LINEAR)),
        have("r a", both(r > 0, each_near), obtain(r, a), "sign"),
        have("radius", r > 0, logic, "r a"),
        have("near", each_near, logic, "r a"),
        have("above", every(V, e, near_at_infinity(V, e, W, b) >> (limit_(W, b) < loss_(V, e))), arbitrary(V, e, proof=[
            have("if near", None, at(V, e), "near"),
            have("below 0", linear_term < 0, logic, "if near", "above.if"),
            have("square", trace(moved.T @ moved) >= 0, by(entries.squares_not_negative)),
            have("cross", None, cite(CROSS, m=n[L], C=D, B=(V[L] - W[L]) @ ones(units, 1) + e[L] - b[L], Q=V[L] @ missing)),
            have("less", limit_(W, b) < loss_(V, e), linear, "square", "cross", "below 0", lines=(421, 425)),
        ])),
        have("higher", higher_(W, b), take(r, a), "radius", "above"),
    ],
)  # fmt: skip


def at_itself(e: Expr) -> list[Step]:
    """Steps: (W, e) is near (W, b) in all that does not run to infinity."""
    return [
        have("same weights", each(k, 1, L, close(W[k], W[k], r)), arbitrary(k, proof=[have("self", close(W[k], W[k], r), by(continuity.close_to_itself, A=W[k]), "radius")])),
        have("same biases", each(k, 1, L - 2, close(e[k], b[k], r)), arbitrary(k, proof=[have("self", close(e[k], b[k], r), by(continuity.close_to_itself, A=b[k]), "radius")])),
        have("last biases", close(e[L], b[L], r), by(continuity.close_to_itself, A=b[L]), "radius"),
        have("lower layers", near(W, e, W, b, 1, L - 2, r), arbitrary(k, proof=[
            have("weights", None, at(k), "same weights"),
            have("biases", None, at(k), "same biases"),
            have("both", both(close(W[k], W[k], r), close(e[k], b[k], r)), logic, "weights", "biases"),
        ])),
        have("top weights", None, at(L - 1), "same weights"),
        have("last weights", None, at(L), "same weights"),
    ]  # fmt: skip


finite = update(b, L - 1, (a + 1) * ones(units, 1))
"""Biases that are finite and large."""
turned = update(W, L, -t * W[L])
constant = update(finite, L, b[L] + (W[L] + t * W[L]) @ ones(units, 1))
"""With these the constant part of the output stays, and the rest is turned and shrunk."""
short_there = ones(units, 1) @ one - A_(W, finite)[L - 1]
slope, square = (
    trace((W[L].T @ D).T @ short_there),
    trace((W[L] @ short_there).T @ (W[L] @ short_there)),
)
lower = exists(V, e, loss_(V, e) < limit_(W, b))
falls = both(t > 0, t < r, t * t * (2 * slope) + t * t * t * square + t * t * t * t * 0 < 0)
BETTER = Statement(
    "PS21.T4.better",
    INFINITY,
    title="With the opposite signs a finite point has a lower loss than at infinity",
    where="Appendix A.2, end of the proof of Theorem 4",
    lines=(456, 456),
    given=SIGNS_GIVEN,
    then=lower,
    proof=[
        have("sign", None, cite(LINEAR)),
        have("r a", both(r > 0, each_near), obtain(r, a), "sign"),
        have("radius", r > 0, logic, "r a"),
        have("near", each_near, logic, "r a"),
        have("if near", None, at(W, finite), "near"),
        *at_itself(finite),
        have("large", each(i, 1, units, a < finite[L - 1][i, 1]), arbitrary(i, proof=[
            have("entry", finite[L - 1][i, 1] == a + 1, calculation),
        ])),
        have("below 0", slope < 0, logic, "if near", "lower layers", "top weights", "last weights", "last biases", "large"),
        have("some t", exists(t, falls), by(order.first_power_leads, x=2 * slope, s=r, y=square, r=0), "below 0", "radius"),
        have("t", falls, obtain(t), "some t"),
        have("agree", agree(turned, constant, W, finite, 1, L - 1), arbitrary(k, proof=[
            have("weight", turned[k] == W[k], calculation),
            have("both", both(turned[k] == W[k], constant[k] == finite[k]), logic, "weight"),
        ])),
        have("same below", None, cite(BELOW, k=L - 1, V=turned, e=constant, W=W, b=finite)),
        have("same", A_(turned, constant)[L - 1] == A_(W, finite)[L - 1], at(L - 1), "same below"),
        have("outputs", pre_(turned, constant, L) - Y == D + t * (W[L] @ short_there), calculation, "same"),
        have("loss", loss_(turned, constant) == trace((D + t * (W[L] @ short_there)).T @ (D + t * (W[L] @ short_there))), by(entries.squares_of_equal), "outputs"),
        have("t positive", t >= 0, linear, "t"),
        have("fall", -(t * (2 * slope) + t * t * square) * t > 0, linear, "t"),
        have("some fall", -(t * (2 * slope) + t * t * square) > 0, by(order.positive_factor, s=-(t * (2 * slope) + t * t * square), t=t), "fall", "t positive"),
        have("less", loss_(turned, constant) < limit_(W, b), linear, "loss", "some fall"),
        have("lower", lower, take(turned, constant), "less"),
    ],
)  # fmt: skip
