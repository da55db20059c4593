"""Appendix B: products of drawn matrices.

Notation: null(1, H+1, T) says that the points of T have Lebesgue measure zero; a draw from balls
has a density, so that it lies outside such a set with probability one. `almost_every(V, claim)`
says that the points without the claim are such a set.

Statements
- YSJ18.I11.entries: the entries of a partial product are analytic in the layers.
- YSJ18.I11.units: with the unit matrix of (1, 1) in each layer, the product has entry 1 at (1, 1).
- YSJ18.I11.nonzero: a product of factors of full rank is not 0; repaired: almost every one is not.
- YSJ18.I11.factors: factors of full rank have a product of full rank; repaired: its rank is at most
  each width.
- YSJ18.I11.narrow: with a layer narrower than the input no product has full rank, drawn or not.
"""

from symbolic_landscape.proofs.rules import analytic, entries, measure, order, ranks
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.derivatives import unit_matrix
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.layers_by_turns import (
    BY_TURNS,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    R_,
    H,
    V,
    d,
    i,
    j,
    k,
    o,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    matrices,
    rank,
    total,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    definition,
    have,
    induct,
    linear,
    take,
)

nothing = matrices("nothing", lambda _: 0, lambda _: 0)
empty = fn(k, zeros(0, 0))
"""A family of empty matrices: layers without biases."""


def of_layers(V: Expr, body: Expr) -> Expr:
    """The body as a function of the layers."""
    return fn(V, fn(nothing, body))


def almost_every(V: Expr, claim: Expr) -> Expr:
    """The layers V without the claim have measure zero."""
    return null(1, H + 1, of_layers(V, ~claim))


def analytic_entries(k: Expr | int) -> Expr:
    """Each entry of P_k is an analytic function of the layers."""
    entry = of_layers(V, P_(V)[k][i, j])
    return each(i, 1, d[k], each(j, 1, d[0], analytic_in(1, H + 1, entry)))


summand = V[v + 1][i, o] * P_(V)[v][o, j]
ENTRIES = Statement(
    "YSJ18.I11.entries",
    BY_TURNS,
    title="The entries of a partial product are analytic in the layers",
    given={},
    then=each(k, 0, H + 1, analytic_entries(k)),
    proof=[
        have(
            "all",
            each(k, 0, H + 1, analytic_entries(k)),
            induct(
                v,
                base=[
                    have(
                        "identity",
                        analytic_entries(0),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "constant",
                                    analytic_in(1, H + 1, of_layers(V, P_(V)[0][i, j])),
                                    by(analytic.analytic_constant),
                                )
                            ],
                        ),
                    )
                ],
                step=[
                    have(
                        "next",
                        analytic_entries(v + 1),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "products",
                                    each(o, 1, d[v], analytic_in(1, H + 1, of_layers(V, summand))),
                                    arbitrary(
                                        o,
                                        proof=[
                                            have("below", None, at(o, j), "all.before"),
                                            have(
                                                "weight",
                                                analytic_in(1, H + 1, of_layers(V, V[v + 1][i, o])),
                                                by(analytic.analytic_entry, k=v + 1, i=i, j=o),
                                            ),
                                            have(
                                                "product",
                                                analytic_in(1, H + 1, of_layers(V, summand)),
                                                by(analytic.analytic_product),
                                                "weight",
                                                "below",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "sum",
                                    analytic_in(1, H + 1, of_layers(V, total(o, 1, d[v], summand))),
                                    by(analytic.analytic_total),
                                    "products",
                                ),
                                have(
                                    "entry",
                                    every(
                                        V,
                                        nothing,
                                        P_(V)[v + 1][i, j] == total(o, 1, d[v], summand),
                                    ),
                                    arbitrary(
                                        V,
                                        nothing,
                                        proof=[
                                            have(
                                                "layer",
                                                P_(V)[v + 1] == V[v + 1] @ P_(V)[v],
                                                definition,
                                            ),
                                            have(
                                                "of product",
                                                None,
                                                by(
                                                    entries.entry_of_product,
                                                    A=V[v + 1],
                                                    B=P_(V)[v],
                                                    i=i,
                                                    j=j,
                                                ),
                                            ),
                                            have(
                                                "entry",
                                                P_(V)[v + 1][i, j] == total(o, 1, d[v], summand),
                                                calculation,
                                                "layer",
                                                "of product",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "analytic",
                                    analytic_in(1, H + 1, of_layers(V, P_(V)[v + 1][i, j])),
                                    by(analytic.analytic_of_equal),
                                    "sum",
                                    "entry",
                                ),
                            ],
                        ),
                    )
                ],
            ),
        )
    ],
)

units = fn(k, unit_matrix(1, 1, d[k], d[k - 1]))
"""The unit matrix with its 1 at (1, 1) in each layer."""
WIDTHS = each(k, 0, H + 1, d[k] >= 1)
UNITS = Statement(
    "YSJ18.I11.units",
    BY_TURNS,
    title="A product of unit matrices has entry 1 at (1, 1)",
    standing=(WIDTHS,),
    given={},
    then=each(k, 0, H + 1, P_(units)[k][1, 1] == 1),
    proof=[
        have("width", None, at(0), "standing 2"),
        have(
            "all",
            each(k, 0, H + 1, P_(units)[k][1, 1] == 1),
            induct(
                v,
                base=[have("identity", P_(units)[0][1, 1] == 1, calculation)],
                step=[
                    have("layer", P_(units)[v + 1] == units[v + 1] @ P_(units)[v], definition),
                    have("width above", None, at(v + 1), "standing 2"),
                    have(
                        "row",
                        None,
                        by(
                            entries.unit_times_matrix,
                            i=1,
                            j=1,
                            k=1,
                            o=1,
                            m=d[v + 1],
                            n=d[v],
                            B=P_(units)[v],
                        ),
                    ),
                    have(
                        "next",
                        P_(units)[v + 1][1, 1] == 1,
                        calculation,
                        "layer",
                        "row",
                        "all.before",
                    ),
                ],
            ),
        ),
    ],
)


def first_entry_of(V: Expr) -> Expr:
    """The entry of the product at (1, 1)."""
    return R_(V)[1, 1]


NONZERO = Statement(
    "YSJ18.I11.nonzero",
    BY_TURNS,
    title="Almost every product is not 0",
    where="App. B",
    lines=(584, 587),
    reading="repaired",
    standing=(WIDTHS,),
    given={},
    then=almost_every(V, R_(V) != 0),
    gloss="V_i = W_i + Delta_i has a density, so that its product is not 0 with probability one.",
    proof=[
        have("inputs", None, at(0), "standing 2"),
        have("outputs", None, at(H + 1), "standing 2"),
        have("entries", None, cite(ENTRIES)),
        have("first entry", None, at(H + 1, 1, 1), "entries"),
        have("units", None, cite(UNITS)),
        have("one", first_entry_of(units) == 1, at(H + 1), "units"),
        have("positive", first_entry_of(units) > 0, linear, "one"),
        have("not zero", None, by(order.positive_is_not_zero), "positive"),
        have("some", exists(V, nothing, first_entry_of(V) != 0), take(units, empty), "not zero"),
        have("zeros", None, by(measure.analytic_zero_set), "first entry", "some"),
        have(
            "inside",
            every(V, nothing, (R_(V) == 0) >> (first_entry_of(V) == 0)),
            arbitrary(
                V,
                nothing,
                proof=[
                    have("entry", first_entry_of(V) == 0, by(entries.entry_of_zero), "inside.if")
                ],
            ),
        ),
        have("null", almost_every(V, R_(V) != 0), by(measure.null_part), "inside", "zeros"),
    ],
)


def deficient(V: Expr, k: Expr) -> Expr:
    """Factor k has less than full rank."""
    return both(rank(V[k]) < d[k], rank(V[k]) < d[k - 1])


FACTORS = {"factors": each(k, 1, H + 1, ~deficient(V, k))}
FROM_FULL_FACTORS = Statement(
    "YSJ18.I11.nonzero",
    BY_TURNS,
    title="A product of factors of full rank is not 0",
    where="App. B",
    lines=(584, 587),
    names=(V,),
    standing=(WIDTHS,),
    given=FACTORS,
    then=R_(V) != 0,
    proof=[
        have(
            "product",
            R_(V) != 0,
            claimed("each factor has full rank"),
            "factors",
            lines=(585, 587),
        )
    ],
    hedge="The factors are drawn, and a drawn product is not 0 with probability one, though not "
    "because its factors have full rank.",
    expected=("invalid inference, step product", "refuted, statement"),
    repaired=NONZERO,
)

widths_bound = each(k, 0, H + 1, rank(R_(V)) <= d[k])
BOUND = Statement(
    "YSJ18.I11.factors",
    BY_TURNS,
    title="The rank of a product is at most each width",
    where="App. B",
    lines=(584, 586),
    reading="repaired",
    names=(V,),
    given={},
    then=widths_bound,
    proof=[
        have("split", None, cite(SPLIT, W=V)),
        have(
            "all",
            widths_bound,
            arbitrary(
                k,
                proof=[
                    have("product", None, at(k), "split"),
                    have("below", None, by(ranks.rank_of_product_right, A=A_(V)[k], B=P_(V)[k])),
                    have("rows", rank(P_(V)[k]) <= d[k], by(ranks.rank_at_most_rows)),
                    have("bound", rank(R_(V)) <= rank(P_(V)[k]), calculation, "below", "product"),
                    have("width", rank(R_(V)) <= d[k], linear, "bound", "rows"),
                ],
            ),
        ),
    ],
)
FULL_PRODUCT = Statement(
    "YSJ18.I11.factors",
    BY_TURNS,
    title="Factors of full rank have a product of full rank",
    where="App. B",
    lines=(584, 586),
    names=(V,),
    standing=(WIDTHS,),
    given={"fewer": d[0] < d[H + 1], **FACTORS},
    then=rank(R_(V)) == d[0],
    proof=[
        have(
            "product",
            rank(R_(V)) == d[0],
            claimed("each factor has full rank"),
            "fewer",
            "factors",
            lines=(585, 586),
        )
    ],
    hedge="Only that the product is not 0 is used later.",
    expected=("invalid inference, step product", "refuted, statement"),
    repaired=BOUND,
)

NARROW = Statement(
    "YSJ18.I11.narrow",
    BY_TURNS,
    title="With a layer narrower than the input no product has full rank, drawn or not",
    where="App. B",
    names=(k, V),
    standing=(1 <= k, k <= H),
    given={"narrow": d[k] < d[0]},
    then=rank(R_(V)) < d[0],
    proof=[
        have("bounds", None, cite(BOUND)),
        have("bound", None, at(k), "bounds"),
        have("less", rank(R_(V)) < d[0], linear, "bound", "narrow"),
    ],
    gloss="So the printed words 'a full-rank product with probability one' fail for every draw.",
)
