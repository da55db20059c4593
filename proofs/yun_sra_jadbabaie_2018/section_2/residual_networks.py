"""Section 2.2, Corollary 2.3: global minima of linear residual networks.

Statements
- YSJ18.C2.3.critical: a critical point of the residual network is one of its layers I + W_k.
- YSJ18.C2.3.small: where sigma_max(W_k) < 1, I + W_k is invertible.
- YSJ18.C2.3.product: a product of invertible layers is invertible.
- YSJ18.C2.3: the corollary; repaired: for all invertible layers I + W_k.
- YSJ18.C2.3.sign: where sigma_max(W_k) < 1 and C is invertible, det R > 0 at a critical point.
"""

from symbolic_landscape.proofs.rules import derivatives, entries, functions, ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.population_counterpart import (
    GRADIENT,
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
    contracts,
    layers,
    n,
    of_equal_widths,
    population_critical,
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
    each,
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

ranks_below = each(k, 0, H + 1, rank(P_(network)[k]) == n)
PRODUCT = Statement(
    "YSJ18.C2.3.product",
    RESIDUAL,
    title="A product of invertible layers is invertible",
    where="sec. 2.2",
    lines=(141, 142),
    given=INVERTIBLE,
    then=rank(R_(network)) == n,
    proof=[
        have(
            "all",
            ranks_below,
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
        have("product", rank(R_(network)) == n, at(H + 1), "all"),
    ],
)
