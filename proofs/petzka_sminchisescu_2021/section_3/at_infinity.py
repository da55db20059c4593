"""Section 3.1: local minima at infinity, and Theorem 4.

Statements
- PS21.D.inf: at a local minimum at infinity the loss is not lower at finite values.
- PS21.T4.chosen: weights out of one sign, and weights in for which a sum of exponentials is
  negative, make a local minimum at infinity.
- PS21.T4: for all data whose inputs differ and whose targets do not, and for all widths.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.activations import SIGMOID
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import DISTINCT
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import INJECTIVE
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.units import DIRECTION
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import sigmoid
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import increases as increasing
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    entries_differ,
    rows_differ,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.above_infinity import (
    ABOVE,
    BETTER,
    at_itself,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.exponential_sums import (
    LA2_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import BELOW
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import (
    CT,
    SMOOTH,
    TRANSPOSED,
    VT,
    F,
    squares,
    turned,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.infinity import (
    D_,
    EQUAL_UNITS,
    INFINITY,
    V2,
    Z_,
    a,
    beta,
    e2,
    higher_,
    higher_there_,
    limit_,
    lower_,
    minimum_,
    moved,
    mu,
    near_at_infinity,
    not_lower_there_,
    r,
    seen,
    some_,
    u,
    units,
    weighted,
    zeta,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, one, s, sigma, t
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    L,
    V,
    W,
    X,
    Y,
    b,
    distinct,
    e,
    i,
    k,
    loss_,
    n,
)
from symbolic_landscape.proofs.rules import entries, exponentials, order, sums
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    Definition,
    both,
    each,
    every,
    exists,
    fn,
    integer,
    matrix,
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
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

j = integer("j")


def definition(
    there: Definition,
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of what the definition says of finite values."""
    return Statement(
        "PS21.D.inf",
        INFINITY,
        title="Extended parameter space, local minimum at infinity",
        kind="definition",
        where="Section 3.1, before Theorem 4",
        lines=(112, 112),
        given={"minimum": minimum_(W, b)},
        then=there(W, b),
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge="By higher the authors may mean not lower, as in their definition of a local minimum.",
    )


not_lower = limit_(W, b) <= loss_(W, moved)
near_there = every(V, e, near_at_infinity(V, e, W, b) >> (limit_(W, b) <= loss_(V, e)))
D_INF = definition(
    not_lower_there_,
    [
        have("r a", both(r > 0, near_there), obtain(r, a), "minimum"),
        have("radius", r > 0, logic, "r a"),
        have("near", near_there, logic, "r a"),
        have("everywhere", every(beta, each(i, 1, units, a < beta[i, 1]) >> not_lower), arbitrary(beta, proof=[
            have("if near", None, at(W, moved), "near"),
            *at_itself(moved),
            have("large", each(i, 1, units, a < moved[L - 1][i, 1]), logic, "everywhere.if"),
            have("compared", not_lower, logic, "if near", "lower layers", "top weights", "last weights", "last biases", "large"),
        ])),
        have("finite values", not_lower_there_(W, b), take(a), "everywhere"),
    ],
    "repaired",
)  # fmt: skip
D_INF_PRINTED = definition(
    higher_there_,
    [
        have(
            "finite values",
            higher_there_(W, b),
            claimed("by definition, the loss is higher at finite values than at the limit"),
            "minimum",
            lines=(112, 112),
        )
    ],
    repaired=D_INF,
    expected=("refuted, statement", "invalid inference, step finite values"),
)

M = mu @ one - Y
"""The residuals of the mean."""
chosen = update(update(W, L - 1, ones(units, 1) @ u.T), L, zeta @ ones(1, units))
constant = update(b, L, mu - (zeta @ ones(1, units)) @ ones(units, 1))
"""All units of layer L - 1 have the weights u in and zeta out; the constant output is mu."""
values = A_(W, b)[L - 2]
seen_row, inside = zeta.T @ M, u.T @ values
falling = trace(exp(-u.T @ values) @ (M.T @ zeta)) < 0
MEAN = {"sigmoid": sigma == sigmoid, "mean": M @ one.T == 0}
CHOSEN = Statement(
    "PS21.T4.chosen",
    EQUAL_UNITS,
    title="Equal units and a negative sum of exponentials make a suboptimal local minimum at infinity",
    where="Appendix A.2, proof of Theorem 4",
    lines=(440, 456),
    given={**MEAN, "falling": falling},
    then=some_(Y),
    proof=[
        have("agree", agree(chosen, constant, W, b, 1, L - 2), arbitrary(k, proof=[
            have("weight", chosen[k] == W[k], calculation),
            have("both", both(chosen[k] == W[k], constant[k] == b[k]), logic, "weight"),
        ])),
        have("same below", None, cite(BELOW, k=L - 2, V=chosen, e=constant, W=W, b=b)),
        have("same", A_(chosen, constant)[L - 2] == values, at(L - 2), "same below"),
        have("Z", Z_(chosen, constant) == ones(units, 1) @ inside, calculation, "same"),
        have("trace", None, by(entries.trace_by_entries, A=exp(-inside), A2=seen_row)),
        have("one row", None, by(sums.single_summand, a=fn(i, total(j, 1, N, exp(-inside)[i, j] * seen_row[i, j])), lo=1)),
        have("sum", total(j, 1, N, exp(-inside)[1, j] * seen_row[1, j]) < 0, linear, "trace", "one row", "falling"),
        have("signs", each(i, 1, units, weighted(chosen, constant, i) < 0), arbitrary(i, proof=[
            have("samples", each(j, 1, N, seen(chosen, D_(chosen, constant), i, j) * exp(-Z_(chosen, constant)[i, j]) == exp(-inside)[1, j] * seen_row[1, j]), arbitrary(j, proof=[
                have("in", None, by(entries.entry_of_repeated_row, H=inside, m=units, i=i, j=j)),
                have("Z here", Z_(chosen, constant)[i, j] == inside[1, j], calculation, "Z", "in"),
                have("seen", None, by(entries.entry_of_product, A=chosen[L].T, B=D_(chosen, constant), i=i, j=j)),
                have("out", None, by(entries.entry_of_repeated_row, H=seen_row, m=units, i=i, j=j)),
                have("seen here", seen(chosen, D_(chosen, constant), i, j) == seen_row[1, j], calculation, "<seen", "out"),
                have("E", exp(-Z_(chosen, constant)[i, j]) == exp(-inside)[1, j], calculation, "Z here"),
                have("times E", None, by(order.scaled_equation, s=exp(-Z_(chosen, constant)[i, j])), "seen here"),
                have("times seen", None, by(order.scaled_equation, s=seen_row[1, j]), "E"),
                have("both", seen(chosen, D_(chosen, constant), i, j) * exp(-Z_(chosen, constant)[i, j]) == exp(-inside)[1, j] * seen_row[1, j], linear, "times E", "times seen"),
            ])),
            have("sums", None, by(sums.equal_sums), "samples"),
            have("below 0", weighted(chosen, constant, i) < 0, linear, "sums", "sum"),
        ]), lines=(444, 454)),
        have("higher", higher_(chosen, constant), cite(ABOVE, W=chosen, b=constant)),
        have("lower", lower_(chosen, constant), cite(BETTER, W=chosen, b=constant)),
        have("some", some_(Y), take(chosen, constant), "higher", "lower"),
    ],
)  # fmt: skip

nu = matrix("nu", n[L], 1)
constant_not_best = exists(
    V2, e2, every(nu, loss_(V2, e2) < trace((nu @ one - Y).T @ (nu @ one - Y)))
)
if_not_best = exists(V, e, both(higher_(V, e), constant_not_best >> lower_(V, e)))
two_units = each(k, 1, L - 1, n[k] >= 2)


def with_lemma(lemma: Statement) -> list[Step]:
    """Steps to a local minimum at infinity by Lemma A.2, from activations that see the residuals."""
    sees = values @ (M.T @ zeta)
    return [
        have("some zeta", exists(zeta, sees != 0), by(entries.some_image, A=values @ M.T), "seen"),
        have("zeta", sees != 0, obtain(zeta), "some zeta"),
        have("signs", None, cite(lemma, m=n[L - 2], d=M.T @ zeta, a=values), lines=(454, 454)),
        have("some u", exists(u, falling), logic, "signs"),
        have("u", falling, obtain(u), "some u"),
        have("some", some_(Y), cite(CHOSEN), lines=(454, 454)),
    ]


T4_PRINTED_PROOF = [
    *with_lemma(LA2_PRINTED),
    have("V e", both(higher_(V, e), lower_(V, e)), obtain(V, e), "some"),
    have("higher", higher_(V, e), logic, "V e"),
    have("suboptimal", constant_not_best >> lower_(V, e), logic, "V e", lines=(456, 456)),
    have("if not best", if_not_best, take(V, e), "higher", "suboptimal"),
]
direction = matrix("direction", n[L - 2], 1)
there = turned(VT), turned(CT)
row = (F(VT, CT)[L - 2] @ direction).T
summed = trace(exp(t * row) @ (M.T @ zeta))
T4 = Statement(
    "PS21.T4",
    INFINITY,
    title="Generalised local minimum at infinity",
    kind="theorem",
    where="Section 3.1, Theorem 4; Appendix A.2",
    lines=(114, 114),
    given={**MEAN, "distinct": distinct, "targets differ": M != 0},
    then=some_(Y),
    proof=[
        have("known", None, cite(SIGMOID)),
        have("analytic sigmoid", analytic(sigmoid), logic, "known"),
        have("analytic", analytic(sigma), calculation, "analytic sigmoid", "<sigmoid"),
        have("sigmoid increases", increasing(sigmoid), logic, "known"),
        have("increasing", increasing(sigma), arbitrary(s, t, proof=[
            have("if less", None, at(s, t), "sigmoid increases"),
            have("sigmoid less", sigmoid(s) < sigmoid(t), logic, "if less", "increasing.if"),
            have("at s", sigma(s) == sigmoid(s), calculation, "sigmoid"),
            have("at t", sigma(t) == sigmoid(t), calculation, "sigmoid"),
            have("less", sigma(s) < sigma(t), linear, "sigmoid less", "at s", "at t"),
        ])),
        have("injective", None, cite(INJECTIVE)),
        *SMOOTH,
        have("some apart", None, cite(DISTINCT, X=X.T, Y=Y.T, W=turned(W), b=turned(b), l=squares)),
        have("apart below", None, at(L - 2), "some apart"),
        have("apart", rows_differ(F(VT, CT)[L - 2]), obtain(VT, CT), "apart below"),
        have("some direction", None, cite(DIRECTION, Z=F(VT, CT)[L - 2])),
        have("direction", entries_differ(F(VT, CT)[L - 2] @ direction), obtain(direction), "some direction"),
        have("some zeta", exists(zeta, M.T @ zeta != 0), by(entries.some_image, A=M.T), "targets differ"),
        have("zeta", M.T @ zeta != 0, obtain(zeta), "some zeta"),
        have("independent", exists(t, summed != 0), by(exponentials.independent_exponentials, v=M.T @ zeta, row=row), "zeta", "direction"),
        have("t", summed != 0, obtain(t), "independent"),
        have("all transposed", None, cite(TRANSPOSED)),
        have("transposed", None, at(L - 2), "all transposed"),
        have("some", some_(Y), cases(
            [
                have("falling", trace(exp(t * direction.T @ A_(*there)[L - 2]) @ (M.T @ zeta)) < 0, calculation, "some.1", "<transposed"),
                have("suboptimal", some_(Y), cite(CHOSEN, W=there[0], b=there[1], u=-t * direction)),
            ],
            [
                have("not 0", -summed != 0, logic, "t"),
                have("below", -summed < 0, by(order.less_if_different), "some.2", "not 0"),
                have("falling", trace(exp(t * direction.T @ A_(*there)[L - 2]) @ (M.T @ -zeta)) < 0, calculation, "below", "<transposed"),
                have("suboptimal", some_(Y), cite(CHOSEN, W=there[0], b=there[1], u=-t * direction, zeta=-zeta)),
            ],
            split=summed < 0,
        )),
    ],
    reading="repaired",
)  # fmt: skip
T4_PRINTED = Statement(
    "PS21.T4",
    INFINITY,
    title="Generalised local minimum at infinity",
    kind="theorem",
    where="Section 3.1, Theorem 4; Appendix A.2",
    lines=(114, 114),
    given={**MEAN, "distinct": distinct, "two units": two_units, "seen": M @ values.T != 0},
    then=if_not_best,
    proof=T4_PRINTED_PROOF,
    repaired=T4,
    hedge="\"For almost every finite data set\": the condition that the residuals of the mean are seen by the "
    "layer below. With the output bias of Section 3 it is needed only that the targets differ.",
    expected=("hypothesis not discharged, step signs",),
)  # fmt: skip
