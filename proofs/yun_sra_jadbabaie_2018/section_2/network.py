"""Section 2.1: the network and its risk, a narrowest layer, and saddle points.

Statements
- YSJ18.D1.outputs: layer by layer the network computes the product of all weights and X.
- YSJ18.D1: the risk is half the squared error, summed over samples and outputs.
- YSJ18.D2: the product of all weights has rank at most k; the shape of the fit, as printed.
- YSJ18.D3.notMinimum, YSJ18.D3.notMaximum: where risks differ nearby there is no local extremum.
- YSJ18.D3: saddles are the critical points that are neither local minima nor local maxima.
"""

from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import RANK
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    DEEP_LINEAR,
    HALF,
    NARROWEST,
    P_,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    critical,
    d,
    falls,
    fit,
    i,
    j,
    k,
    local_maximum,
    local_minimum,
    m,
    near,
    p,
    r,
    rises,
    risk,
    saddle,
    square,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    matrix,
    rank,
    recursion,
    total,
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
    logic,
    obtain,
    suppose_not,
)

# ---- the risk ------------------------------------------------------------------------------------
previous = matrix("below", d[k - 1], m)
values = recursion(k, previous, 0, X, W[k] @ previous)
"""What each layer makes of all samples."""
outputs = each(j, 0, H + 1, values[j] == P_(W)[j] @ X)
OUTPUTS = Statement(
    "YSJ18.D1.outputs",
    DEEP_LINEAR,
    title="Layer by layer the network computes the product of all weights and X",
    where="Section 2.1",
    lines=(89, 91),
    given={},
    then=outputs,
    proof=[
        have(
            "all",
            outputs,
            induct(
                v,
                base=[have("inputs", values[0] == P_(W)[0] @ X, calculation)],
                step=[
                    have("layer", values[v + 1] == W[v + 1] @ values[v], definition),
                    have("product", P_(W)[v + 1] == W[v + 1] @ P_(W)[v], definition),
                    have(
                        "next",
                        values[v + 1] == P_(W)[v + 1] @ X,
                        calculation,
                        "layer",
                        "all.before",
                        "<product",
                    ),
                ],
            ),
        )
    ],
)
error = values[H + 1] - Y
summed = total(i, 1, m, total(j, 1, d[H + 1], error[j, i] * error[j, i]))
D1 = Statement(
    "YSJ18.D1",
    DEEP_LINEAR,
    title="Deep linear network and squared-error risk",
    kind="definition",
    where="Section 2.1, equation (1)",
    lines=(86, 94),
    given={},
    then=risk(W) == HALF * summed,
    proof=[
        have("outputs", None, cite(OUTPUTS), lines=(90, 91)),
        have("sums", square(error) == summed, by(entries.square_by_entries, A=error.T)),
        have("errors", error == R_(W) @ X - Y, at(H + 1), "outputs"),
        have("squares", None, by(entries.squares_of_equal), "errors"),
        have("half", risk(W) == HALF * square(R_(W) @ X - Y), calculation, "standing 1"),
        have("risk", risk(W) == HALF * summed, linear, "half", "squares", "sums", lines=(92, 93)),
    ],
)

# ---- a narrowest layer ---------------------------------------------------------------------------
D2_REPAIRED = Statement(
    "YSJ18.D2",
    NARROWEST,
    title="Bottleneck width k, bottleneck layer p, leading singular subspace",
    kind="definition",
    where="Section 2.1",
    lines=(105, 109),
    reading="repaired",
    given={},
    then=rank(R_(W)) <= d[p],
    gloss="Y X^T (X X^T)^-1 X is a d_y x m matrix.",
    proof=[have("rank", rank(R_(W)) <= d[p], cite(RANK))],
)
D2 = Statement(
    "YSJ18.D2",
    NARROWEST,
    title="Bottleneck width k, bottleneck layer p, leading singular subspace",
    kind="definition",
    where="Section 2.1",
    lines=(105, 109),
    given=ASSUMPTIONS,
    then=both(rank(R_(W)) <= d[p], fit.columns == d[0]),
    repaired=D2_REPAIRED,
    gloss="The number of columns of Y X^T (X X^T)^-1 X is m.",
    proof=[
        have("rank", rank(R_(W)) <= d[p], cite(RANK), lines=(107, 108)),
        have(
            "shape",
            fit.columns == d[0],
            claimed("Y X^T (X X^T)^-1 X is a d_y x d_x matrix"),
            *ASSUMPTIONS,
            lines=(108, 109),
        ),
        have("both", both(rank(R_(W)) <= d[p], fit.columns == d[0]), logic, "rank", "shape"),
    ],
    expected=("invalid inference, step shape", "refuted, statement"),
)


# ---- saddle points -------------------------------------------------------------------------------
def no_extremum(key: str, differs: Expr, extremum: Expr, other: Expr, bound: Expr) -> Statement:
    """Where points as near as one likes have another risk there is no local extremum.

    `other` says that V has another risk, `bound` what holds of V near an extremum.
    """
    nearby = every(V, near(V, W, r) >> bound)
    return Statement(
        key,
        DEEP_LINEAR,
        title="Where points as near as one likes have another risk there is no local extremum",
        given={"differs": differs},
        then=~extremum,
        proof=[
            have(
                "none",
                ~extremum,
                suppose_not(
                    [
                        have("extremum", extremum, logic, "none.not"),
                        have("box", both(r > 0, nearby), obtain(r), "extremum"),
                        have("positive", r > 0, logic, "box"),
                        have("nearby", nearby, logic, "box"),
                        have("if positive", None, at(r), "differs"),
                        have(
                            "some",
                            exists(V, both(near(V, W, r), other)),
                            logic,
                            "if positive",
                            "positive",
                        ),
                        have("V", both(near(V, W, r), other), obtain(V), "some"),
                        have("if near", None, at(V), "nearby"),
                        have("absurd", contradiction, logic, "if near", "V"),
                    ]
                ),
            )
        ],
    )


NO_MINIMUM = no_extremum(
    "YSJ18.D3.notMinimum",
    falls(*POINT),
    local_minimum(*POINT),
    risk(V) < risk(W),
    risk(W) <= risk(V),
)
NO_MAXIMUM = no_extremum(
    "YSJ18.D3.notMaximum",
    rises(*POINT),
    local_maximum(*POINT),
    risk(W) < risk(V),
    risk(V) <= risk(W),
)
no_extrema = both(critical(W), ~local_minimum(*POINT), ~local_maximum(*POINT))
D3 = Statement(
    "YSJ18.D3",
    DEEP_LINEAR,
    title="Saddle point",
    kind="definition",
    where="implicit",
    given={},
    then=both(saddle(*POINT) >> no_extrema, no_extrema >> saddle(*POINT)),
    gloss="The paper does not say what a saddle is; this is the usual meaning. Of critical points "
    "that are no local minima none is a local maximum.",
    proof=[
        have(
            "only",
            saddle(*POINT) >> no_extrema,
            arbitrary(
                proof=[
                    have("falls", falls(*POINT), logic, "only.if"),
                    have("rises", rises(*POINT), logic, "only.if"),
                    have("no minimum", ~local_minimum(*POINT), cite(NO_MINIMUM)),
                    have("no maximum", ~local_maximum(*POINT), cite(NO_MAXIMUM)),
                    have("all", no_extrema, logic, "only.if", "no minimum", "no maximum"),
                ]
            ),
        ),
        have(
            "if",
            no_extrema >> saddle(*POINT),
            arbitrary(
                proof=[
                    have("critical", critical(W), logic, "if.if"),
                    have("no minimum", ~local_minimum(*POINT), logic, "if.if"),
                    have("saddle", saddle(*POINT), cite(LB1_REPAIRED)),
                ]
            ),
        ),
        have(
            "both",
            both(saddle(*POINT) >> no_extrema, no_extrema >> saddle(*POINT)),
            logic,
            "only",
            "if",
        ),
    ],
)
