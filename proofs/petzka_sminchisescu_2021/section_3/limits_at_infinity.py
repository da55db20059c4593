"""Section 3.1: the loss at infinity is the limit of the loss as the biases run to infinity.

Statements
- PS21.D.inf.unit: a sigmoid tends to 1.
- PS21.D.inf.limit: with all other parameters fixed the loss tends to the loss at infinity.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import sigmoid
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import BELOW
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.infinity import (
    D_,
    INFINITY,
    Z_,
    limit_,
    units,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, one, sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    L,
    W,
    Y,
    b,
    layer,
    loss_,
    n,
    pre_,
)
from symbolic_landscape.proofs.rules import entries, exponentials, limits, numbers, order, sums
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    both,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    natural,
    ones,
    real,
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
    take,
)
from symbolic_landscape.statement.setting import Setting

t, x, late = real("t"), real("x"), real("late")
i, j, k, column = (integer(name) for name in ("i", "j", "k", "column"))
short, faint = fn(t, 1 - sigmoid(x + t)), fn(t, exp(-x) * exp(-t))
squeezed = both(-faint(t) <= short(t), short(t) <= faint(t))
active = fn(t, sigmoid(x + t))
UNIT = Statement(
    "PS21.D.inf.unit",
    Setting("a number", variables=(x,)),
    title="A sigmoid tends to 1",
    where="Appendix A.2",
    lines=(416, 416),
    given={},
    then=tends(active, 1),
    proof=[
        have("decays", None, by(limits.exp_decays)),
        have("faint", tends(faint, exp(-x) * 0), by(limits.limit_of_multiple, f=fn(t, exp(-t)), s=exp(-x)), "decays"),
        have("all", every(t, (0 <= t) >> squeezed), arbitrary(t, proof=[
            have("power", exp(-x - t) > 0, by(exponentials.exp_positive)),
            have("parts", exp(-x - t) == exp(-x) * exp(-t), by(exponentials.exp_of_sum, x=-x, r=-t)),
            have("denominator", 1 + exp(-x - t) > 0, linear, "power"),
            have("quotient", (1 + exp(-x - t)) * sigmoid(x + t) == 1, by(numbers.times_reciprocal), "denominator"),
            have("positive", sigmoid(x + t) > 0, by(numbers.reciprocal_positive), "denominator"),
            have("product", exp(-x - t) * sigmoid(x + t) > 0, by(order.positive_product), "power", "positive"),
            have("again", exp(-x - t) * (exp(-x - t) * sigmoid(x + t)) > 0, by(order.positive_product), "power", "product"),
            have("scaled", exp(-x - t) * ((1 + exp(-x - t)) * sigmoid(x + t)) == exp(-x - t) * 1, by(order.scaled_equation, s=exp(-x - t)), "quotient"),
            have("squeezed", squeezed, linear, "parts", "power", "quotient", "product", "again", "scaled"),
        ])),
        have("late", exists(late, every(t, (late <= t) >> squeezed)), take(0), "all"),
        have("short", tends(short, 0), by(limits.limit_of_squeezed, f=short, g=faint), "faint", "late"),
    ],
)  # fmt: skip

m = natural("m")
E = matrix("E", m, N)
P = function("P", t, E)
squared = fn(t, P(t)[k, j] * P(t)[k, j])
row_sum = fn(t, total(j, 1, N, P(t)[k, j] * P(t)[k, j]))
row_limit = total(j, 1, N, E[k, j] * E[k, j])
SQUARES = Statement(
    "PS21.D.inf.squares",
    Setting("a matrix and a path of matrices", variables=(m, N, E, P)),
    title="Sums of squares of entries tend to those of the limits",
    given={"entries": each(k, 1, m, each(j, 1, N, tends(fn(t, P(t)[k, j]), E[k, j])))},
    then=tends(fn(t, trace(P(t).T @ P(t))), trace(E.T @ E)),
    proof=[
        have("rows", each(k, 1, m, tends(row_sum, row_limit)), arbitrary(k, proof=[
            have("squares", each(j, 1, N, tends(squared, E[k, j] * E[k, j])), arbitrary(j, proof=[
                have("entry", None, at(k, j), "entries"),
                have("square", None, by(limits.limit_of_product, f=fn(t, P(t)[k, j]), g=fn(t, P(t)[k, j])), "entry", "entry"),
            ])),
            have("sum", None, by(limits.limit_of_total, d=fn(j, squared), c=fn(j, E[k, j] * E[k, j])), "squares"),
        ])),
        have("sum", None, by(limits.limit_of_total, d=fn(k, row_sum), c=fn(k, row_limit)), "rows"),
        have("limit", None, by(entries.square_by_entries, A=E)),
        have("squares", every(t, trace(P(t).T @ P(t)) == total(k, 1, m, row_sum(t))), arbitrary(t, proof=[
            have("here", None, by(entries.square_by_entries, A=P(t))),
        ])),
        have("equal", None, by(limits.limit_of_equal, f=fn(t, trace(P(t).T @ P(t))), g=fn(t, total(k, 1, m, row_sum(t)))), "squares", "sum"),
        have("tends", tends(fn(t, trace(P(t).T @ P(t))), trace(E.T @ E)), calculation, "equal", "<limit"),
    ],
)  # fmt: skip

moved = update(b, L - 1, b[L - 1] + t * ones(units, 1))
"""All biases of layer L - 1 grow with t."""
start = Z_(W, b)[i, j] + b[L - 1][i, 1]
there = A_(W, moved)[L - 1]
residual = (pre_(W, moved, L) - Y)[k, j]
D = D_(W, b)
entry = fn(t, there[i, j])
weighted = fn(t, W[L][k, i] * there[i, j])
inner, outer = fn(t, total(i, 1, units, W[L][k, i] * there[i, j])), b[L][k, 1] - Y[k, j]
LIMIT = Statement(
    "PS21.D.inf.limit",
    INFINITY,
    title="The loss tends to the loss at infinity",
    kind="definition",
    where="Section 3.1, before Theorem 4",
    lines=(112, 112),
    given={"sigmoid": sigma == sigmoid},
    then=tends(fn(t, loss_(W, moved)), limit_(W, b)),
    proof=[
        have("entries", each(k, 1, n[L], each(j, 1, N, tends(fn(t, residual), D[k, j]))), arbitrary(k, j, proof=[
            have("units", each(i, 1, units, tends(weighted, W[L][k, i])), arbitrary(i, proof=[
                have("unit", None, cite(UNIT, x=start)),
                have("values", every(t, entry(t) == sigmoid(start + t)), arbitrary(t, proof=[
                    have("agree", agree(W, moved, W, b, 1, L - 2), arbitrary(column, proof=[
                        have("bias", moved[column] == b[column], calculation),
                        have("both", both(W[column] == W[column], moved[column] == b[column]), logic, "bias"),
                    ])),
                    have("same below", None, cite(BELOW, k=L - 2, V=W, e=moved)),
                    have("same", A_(W, moved)[L - 2] == A_(W, b)[L - 2], at(L - 2), "same below"),
                    have("layer", there == sigma(layer(A_(W, moved)[L - 2], L - 1, W, moved)), definition),
                    have("inside", layer(A_(W, moved)[L - 2], L - 1, W, moved) == Z_(W, b) + (b[L - 1] + t * ones(units, 1)) @ one, calculation, "same"),
                    have("biases", None, by(entries.entry_of_product, A=b[L - 1], B=one, i=i, j=j)),
                    have("one", None, by(sums.single_summand, a=fn(column, b[L - 1][i, column] * one[column, j]), lo=1)),
                    have("ones", None, by(entries.entry_of_repeated_row, H=one, m=units, i=i, j=j)),
                    have("entry", (Z_(W, b) + (b[L - 1] + t * ones(units, 1)) @ one)[i, j] == start + t, calculation, "biases", "one", "ones"),
                    have("value", entry(t) == sigma(start + t), calculation, "layer", "inside", "entry"),
                    have("sigmoid here", sigma(start + t) == sigmoid(start + t), calculation, "sigmoid"),
                    have("both", entry(t) == sigmoid(start + t), calculation, "value", "sigmoid here"),
                ])),
                have("to 1", tends(entry, 1), by(limits.limit_of_equal), "values", "unit"),
                have("weighted", tends(weighted, W[L][k, i]), by(limits.limit_of_multiple, f=entry, s=W[L][k, i]), "to 1"),
            ])),
            have("sum", tends(inner, total(i, 1, units, W[L][k, i])), by(limits.limit_of_total, d=fn(i, weighted), c=fn(i, W[L][k, i])), "units"),
            have("outputs", every(t, residual == inner(t) + outer), arbitrary(t, proof=[
                have("product", None, by(entries.entry_of_product, A=W[L], B=there, i=k, j=j)),
                have("bias", None, by(entries.entry_of_product, A=b[L], B=one, i=k, j=j)),
                have("one", None, by(sums.single_summand, a=fn(column, b[L][k, column] * one[column, j]), lo=1)),
                have("value", residual == inner(t) + outer, calculation, "product", "bias", "one"),
            ])),
            have("residual", None, by(limits.limit_of_equal, f=fn(t, residual)), "outputs", "sum"),
            have("constants", None, by(entries.entry_of_product, A=W[L], B=ones(units, 1), i=k, j=1)),
            have("column", None, by(entries.entry_of_product, A=W[L] @ ones(units, 1), B=one, i=k, j=j)),
            have("one", None, by(sums.single_summand, a=fn(column, (W[L] @ ones(units, 1))[k, column] * one[column, j]), lo=1)),
            have("bias", None, by(entries.entry_of_product, A=b[L], B=one, i=k, j=j)),
            have("bias one", None, by(sums.single_summand, a=fn(column, b[L][k, column] * one[column, j]), lo=1)),
            have("at infinity", D[k, j] == total(i, 1, units, W[L][k, i]) + outer, calculation, "column", "one", "constants", "bias", "bias one"),
            have("limit", tends(fn(t, residual), D[k, j]), calculation, "residual", "<at infinity"),
        ])),
        have("loss", None, cite(SQUARES, m=n[L], P=fn(t, pre_(W, moved, L) - Y), E=D)),
    ],
)  # fmt: skip
