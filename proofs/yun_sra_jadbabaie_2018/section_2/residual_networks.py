"""Section 2.2, Corollary 2.3: global minima of linear residual networks.

Statements
- YSJ18.C2.3.critical: a critical point of the residual network is one of its layers I + W_k.
- YSJ18.C2.3.small: where sigma_max(W_k) < 1, I + W_k is invertible.
- YSJ18.C2.3.below: products of invertible layers are invertible.
- YSJ18.C2.3.error: at a critical point with invertible layers E is 0.
- YSJ18.C2.3: the corollary; repaired: for all invertible layers I + W_k.
- YSJ18.C2.3.sign: where sigma_max(W_k) < 1 and C is invertible, det R > 0 at a critical point.
- YSJ18.C2.3.empty: so the corollary says nothing for det R <= 0 and an invertible covariance.
"""

from symbolic_landscape.proofs.rules import (
    derivatives,
    determinants,
    entries,
    functions,
    order,
    ranks,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.population_counterpart import (
    GRADIENT,
    MINIMUM,
    SHIFTED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import EXPANSION
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import linear, population
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import H, c, i, k, square, v
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.residual import (
    POINT,
    RESIDUAL,
    T,
    V,
    W,
    X,
    Y,
    contracts,
    layers,
    n,
    of_equal_widths,
    population_critical,
    population_least,
    population_risk,
    residual_critical,
    residual_gradient,
    residual_least,
    residual_risk,
    u,
    widths,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    det,
    each,
    either,
    every,
    fn,
    identity_matrix,
    like,
    matrix,
    rank,
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
    induct,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.proof import linear as by_arithmetic

population_gradient = population.population_gradient
A_, P_, R_, E_ = (of_equal_widths(f) for f in (linear.A_, linear.P_, linear.R_, linear.E_))
network = layers(W)
D, G = matrix("D", n, n), like("G", W)
HERE = {"d": widths, "W": network, "T": T}
"""The deep linear network that is meant where its statements are cited."""
slope = A_(network)[i].T @ E_(network) @ P_(network)[i - 1].T
moved = update(W, i, W[i] + D)
grown = (
    residual_risk(W) + trace(slope.T @ D) + c * square(A_(network)[i] @ D @ P_(network)[i - 1] @ X)
)
slopes = each(i, 1, H + 1, residual_gradient(W, i) == slope)

stepped = update(network, i, network[i] + D)
EXPANDED = Statement(
    "YSJ18.C2.3.expansion",
    RESIDUAL,
    title="The population risk of a residual network after a change of one layer",
    names=(i, D, G),
    standing=(1 <= i, i <= H + 1),
    given={"layers": G == stepped},
    then=population_risk(G) == grown,
    proof=[
        have("here", None, cite(SHIFTED, **HERE)),
        have("there", None, cite(SHIFTED, **{**HERE, "W": stepped})),
        have("expanded", None, cite(EXPANSION, d=widths, W=network)),
        have("same", population_risk(G) == population_risk(stepped), calculation, "layers"),
        have(
            "grown",
            population_risk(G) == grown,
            by_arithmetic,
            "same",
            "here",
            "there",
            "expanded",
        ),
    ],
)

CRITICAL = Statement(
    "YSJ18.C2.3.critical",
    RESIDUAL,
    title="A critical point of a residual network is one of its layers",
    given={"critical": residual_critical(W)},
    then=population_critical(network),
    proof=[
        have("population", None, cite(GRADIENT, **HERE)),
        have(
            "all",
            population_critical(network),
            arbitrary(
                i,
                proof=[
                    have(
                        "expansion",
                        every(D, residual_risk(moved) == grown),
                        arbitrary(
                            D,
                            proof=[
                                have(
                                    "layers",
                                    layers(moved) == stepped,
                                    by(
                                        functions.sum_with_member,
                                        U=fn(k, identity_matrix(n)),
                                        U2=W,
                                        j=i,
                                        N=W[i] + D,
                                    ),
                                ),
                                have(
                                    "at",
                                    residual_risk(moved) == grown,
                                    cite(EXPANDED, G=layers(moved)),
                                ),
                            ],
                        ),
                    ),
                    have(
                        "gradient",
                        residual_gradient(W, i) == slope,
                        by(
                            derivatives.gradient_of_expansion,
                            h=fn(D, residual_risk(update(W, i, D))),
                            Z=W[i],
                            G=slope,
                            r=c,
                            Q=A_(network)[i],
                            N=P_(network)[i - 1] @ X,
                        ),
                        "expansion",
                    ),
                    have("flat", None, at(i), "critical"),
                    have("slope", None, at(i), "population"),
                    have(
                        "none",
                        of_equal_widths(population_gradient)(network, i) == 0,
                        calculation,
                        "slope",
                        "<gradient",
                        "flat",
                    ),
                ],
            ),
        ),
    ],
)

part = identity_matrix(n) + W[k]
SMALL = {"small": each(k, 1, H + 1, contracts(W[k]))}
INVERTIBLE = {"invertible": each(k, 1, H + 1, rank(part) == n)}
FROM_SMALL = Statement(
    "YSJ18.C2.3.small",
    RESIDUAL,
    title="Where sigma_max(W_k) < 1, I + W_k is invertible",
    where="sec. 2.2",
    lines=(141, 142),
    given=SMALL,
    then=INVERTIBLE["invertible"],
    proof=[
        have(
            "all",
            INVERTIBLE["invertible"],
            arbitrary(
                k,
                proof=[
                    have("contracts", None, at(k), "small"),
                    have("at most", None, by(ranks.rank_at_most_rows, A=part)),
                    have(
                        "at least",
                        rank(part) >= n,
                        suppose_not(
                            [
                                have("deficient", rank(part) < n, logic, "at least.not"),
                                have("kernel", None, by(ranks.kernel_vector), "deficient"),
                                have("u", both(u != 0, part @ u == 0), obtain(u), "kernel"),
                                have("not zero", u != 0, logic, "u"),
                                have("sent to 0", part @ u == 0, logic, "u"),
                                have("shorter if", None, at(u), "contracts"),
                                have(
                                    "shorter",
                                    square(W[k] @ u) < square(u),
                                    logic,
                                    "shorter if",
                                    "not zero",
                                ),
                                have(
                                    "equal",
                                    square(W[k] @ u) == square(u),
                                    by(entries.squares_of_equal, A=W[k] @ u, A2=-u),
                                    "sent to 0",
                                ),
                                have("clash", contradiction, by_arithmetic, "shorter", "equal"),
                            ]
                        ),
                    ),
                    have("rank", rank(part) == n, by_arithmetic, "at most", "at least"),
                ],
            ),
        )
    ],
)

INVERTIBLE_BELOW = each(k, 0, H + 1, rank(P_(network)[k]) == n)
BELOW = Statement(
    "YSJ18.C2.3.below",
    RESIDUAL,
    title="Products of invertible layers are invertible",
    where="sec. 2.2",
    lines=(141, 142),
    given=INVERTIBLE,
    then=INVERTIBLE_BELOW,
    proof=[
        have(
            "all",
            INVERTIBLE_BELOW,
            induct(
                v,
                base=[have("identity", rank(P_(network)[0]) == n, by(ranks.rank_of_identity))],
                step=[
                    have(
                        "layer", P_(network)[v + 1] == network[v + 1] @ P_(network)[v], definition
                    ),
                    have("invertible layer", rank(network[v + 1]) == n, at(v + 1), "invertible"),
                    have(
                        "kept",
                        rank(network[v + 1] @ P_(network)[v]) == rank(P_(network)[v]),
                        by(ranks.rank_after_injective),
                        "invertible layer",
                    ),
                    have(
                        "next",
                        rank(P_(network)[v + 1]) == n,
                        calculation,
                        "layer",
                        "kept",
                        "all.before",
                    ),
                ],
            ),
        ),
    ],
)

last_error = A_(network)[H + 1].T @ E_(network) @ P_(network)[H].T
ERROR = Statement(
    "YSJ18.C2.3.error",
    RESIDUAL,
    title="At a critical point with invertible layers the errors are uncorrelated with x",
    given={**INVERTIBLE, "critical": residual_critical(W)},
    then=E_(network) == 0,
    proof=[
        have("critical layers", None, cite(CRITICAL)),
        have("slopes", None, cite(GRADIENT, **HERE)),
        have("flat", None, at(H + 1), "critical layers"),
        have("slope", None, at(H + 1), "slopes"),
        have("last", last_error == 0, calculation, "<slope", "flat"),
        have("all below", None, cite(BELOW)),
        have("below", rank(P_(network)[H]) == n, at(H), "all below"),
        have("error", E_(network) == 0, by(ranks.kernel_of_full_column_rank), "below", "last"),
    ],
)

positive_below = each(k, 0, H + 1, det(P_(network)[k]) > 0)
SIGN = Statement(
    "YSJ18.C2.3.sign",
    RESIDUAL,
    title="Near the identity, with an invertible covariance, only det R > 0 has critical points",
    where="sec. 2.2",
    lines=(142, 146),
    given={**SMALL, "critical": residual_critical(W), "covariance": rank(X @ X.T) == n},
    then=det(T) > 0,
    gloss="So without det R > 0 the corollary says nothing more, unless C is singular.",
    proof=[
        have("invertible", None, cite(FROM_SMALL)),
        have("error", None, cite(ERROR)),
        have("targets", Y @ X.T == T @ X @ X.T, calculation, "standing 2"),
        have("seen", (R_(network) - T) @ X @ X.T == 0, by_arithmetic, "error", "targets"),
        have(
            "equal",
            R_(network) == T,
            by(ranks.kernel_of_full_column_rank, A=X @ X.T, B=R_(network).T - T.T),
            "covariance",
            "seen",
        ),
        have(
            "positive",
            positive_below,
            induct(
                v,
                base=[
                    have("identity", None, by(determinants.determinant_of_identity, n=n)),
                    have("one", det(P_(network)[0]) > 0, by_arithmetic, "identity"),
                ],
                step=[
                    have("contracts", None, at(v + 1), "small"),
                    have(
                        "factor",
                        det(network[v + 1]) > 0,
                        by(determinants.determinant_near_identity),
                        "contracts",
                    ),
                    have(
                        "layer", P_(network)[v + 1] == network[v + 1] @ P_(network)[v], definition
                    ),
                    have(
                        "product",
                        None,
                        by(
                            determinants.determinant_of_product,
                            S=network[v + 1],
                            S2=P_(network)[v],
                        ),
                    ),
                    have(
                        "both",
                        det(network[v + 1]) * det(P_(network)[v]) > 0,
                        by(order.positive_product),
                        "factor",
                        "positive.before",
                    ),
                    have(
                        "next",
                        det(P_(network)[v + 1]) > 0,
                        calculation,
                        "both",
                        "layer",
                        "product",
                    ),
                ],
            ),
        ),
        have("whole", det(R_(network)) > 0, at(H + 1), "positive"),
        have("truth", det(T) > 0, calculation, "whole", "equal"),
    ],
)

NETWORK_LEAST = population_least(network, X, Y)
TITLE = "Linear residual networks: Hardt-Ma theorem 2.2"
CRITICAL_POINT = {"critical": residual_critical(W)}
C2_3_REPAIRED = Statement(
    "YSJ18.C2.3",
    RESIDUAL,
    title=TITLE,
    kind="corollary",
    where="sec. 2.2",
    lines=(144, 146),
    reading="repaired",
    given={**INVERTIBLE, **CRITICAL_POINT},
    then=residual_least(*POINT),
    gloss="For all invertible layers I + W_k, every covariance and every R; sigma_max(W_k) < 1 is "
    "one case.",
    proof=[
        have("below", None, cite(BELOW)),
        have("full rank", rank(R_(network)) == n, at(H + 1), "below"),
        have("critical layers", None, cite(CRITICAL)),
        have(
            "one width",
            each(k, 0, H + 1, n <= n),
            arbitrary(k, proof=[have("same", n <= n, by_arithmetic)]),
        ),
        have("wide", either(n == n, n == n), logic),
        have("least layers", NETWORK_LEAST, cite(MINIMUM, **HERE, p=0)),
        have(
            "least",
            residual_least(*POINT),
            arbitrary(V, proof=[have("other", None, at(layers(V)), "least layers")]),
        ),
    ],
)
C2_3 = Statement(
    "YSJ18.C2.3",
    RESIDUAL,
    title=TITLE,
    kind="corollary",
    where="sec. 2.2",
    lines=(144, 146),
    given={**SMALL, **CRITICAL_POINT},
    then=residual_least(*POINT),
    proof=[
        have("invertible", None, cite(FROM_SMALL), lines=(141, 142)),
        have("least", residual_least(*POINT), cite(C2_3_REPAIRED), lines=(140, 146)),
    ],
    repaired=C2_3_REPAIRED,
)

EMPTY = Statement(
    "YSJ18.C2.3.empty",
    RESIDUAL,
    title="For det R <= 0 and an invertible covariance the corollary speaks of no point",
    kind="remark",
    where="sec. 2.2",
    lines=(142, 146),
    given={**SIGN.given, "truth": det(T) <= 0},
    then=contradiction,
    gloss="That det R > 0 is not assumed adds nothing there; it does for invertible layers that are "
    "farther from the identity, or where C is singular.",
    proof=[
        have("positive", None, cite(SIGN)),
        have("clash", contradiction, by_arithmetic, "positive", "truth"),
    ],
)
