"""Section 2.2: Theorem 2.1 for the population risk.

Statements
- YSJ18.I1.risk: the population risk is the risk on the columns of X, and d_y / 2.
- YSJ18.I1.gradient: its gradients are those of Lemma 3.2.
- YSJ18.I1.critical: so are its critical points.
"""

from symbolic_landscape.proofs.rules import derivatives
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import (
    EXPANSION,
    L3_2,
    D,
    change,
    slope,
    stepped,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    POINT,
    H,
    V,
    W,
    X,
    c,
    critical,
    d,
    falls,
    i,
    least,
    near,
    r,
    rises,
    risk,
    square,
    weight_gradient,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.population import (
    POPULATION,
    population_critical,
    population_falls,
    population_gradient,
    population_least,
    population_rises,
    population_risk,
)
from symbolic_landscape.statement.language import Expr, both, each, every, exists, fn, trace, update
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

SHIFTED = Statement(
    "YSJ18.I1.risk",
    POPULATION,
    title="The population risk is the risk on the columns of X, and d_y / 2",
    given={},
    then=population_risk(W) == risk(W) + d[H + 1] / 2,
    proof=[
        have(
            "risk",
            population_risk(W) == risk(W) + d[H + 1] / 2,
            calculation,
            "standing 1",
            "standing 2",
        )
    ],
)

there = population_risk(stepped)
grown = population_risk(W) + trace(slope(i).T @ D) + c * square(change)
gradients = each(i, 1, H + 1, population_gradient(W, i) == slope(i))
GRADIENT = Statement(
    "YSJ18.I1.gradient",
    POPULATION,
    title="The gradients of the population risk are those of Lemma 3.2",
    given={},
    then=gradients,
    proof=[
        have("here", None, cite(SHIFTED)),
        have(
            "each layer",
            gradients,
            arbitrary(
                i,
                proof=[
                    have(
                        "expansion",
                        every(D, there == grown),
                        arbitrary(
                            D,
                            proof=[
                                have("there", None, cite(SHIFTED, W=stepped)),
                                have("expanded", None, cite(EXPANSION)),
                                have(
                                    "at",
                                    there == grown,
                                    linear,
                                    "here",
                                    "there",
                                    "expanded",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "gradient",
                        population_gradient(W, i) == slope(i),
                        by(
                            derivatives.gradient_of_expansion,
                            h=fn(D, population_risk(update(W, i, D))),
                            Z=W[i],
                            G=slope(i),
                            r=c,
                            Q=A_(W)[i],
                            N=P_(W)[i - 1] @ X,
                        ),
                        "expansion",
                    ),
                ],
            ),
        ),
    ],
)

CRITICAL = Statement(
    "YSJ18.I1.critical",
    POPULATION,
    title="A critical point of the population risk is one on the columns of X",
    given={"critical": population_critical(W)},
    then=critical(W),
    proof=[
        have("population", None, cite(GRADIENT)),
        have("columns", None, cite(L3_2)),
        have(
            "all",
            critical(W),
            arbitrary(
                i,
                proof=[
                    have("flat", None, at(i), "critical"),
                    have("slope", None, at(i), "population"),
                    have("gradient", None, at(i), "columns"),
                    have(
                        "none",
                        weight_gradient(W, i) == 0,
                        calculation,
                        "gradient",
                        "<slope",
                        "flat",
                    ),
                ],
            ),
        ),
    ],
)


LEAST = Statement(
    "YSJ18.I1.least",
    POPULATION,
    title="A global minimum on the columns of X is one of the population risk",
    given={"least": least(*POINT)},
    then=population_least(*POINT),
    proof=[
        have("here", None, cite(SHIFTED)),
        have(
            "all",
            population_least(*POINT),
            arbitrary(
                V,
                proof=[
                    have("there", None, cite(SHIFTED, W=V)),
                    have("risks", None, at(V), "least"),
                    have(
                        "more",
                        population_risk(W) <= population_risk(V),
                        linear,
                        "here",
                        "there",
                        "risks",
                    ),
                ],
            ),
        ),
    ],
)


def nearby(sign: str, given: Expr, then: Expr, other: Expr, population_other: Expr) -> Statement:
    """Points nearby with another risk have another population risk too."""
    beyond = exists(V, both(near(V, W, r), other))
    return Statement(
        f"YSJ18.I1.{sign}",
        POPULATION,
        title=f"Where the risk on the columns {sign} nearby, so does the population risk",
        given={"risk": given},
        then=then,
        proof=[
            have("here", None, cite(SHIFTED)),
            have(
                "all",
                then,
                arbitrary(
                    r,
                    proof=[
                        have("some if", None, at(r), "risk"),
                        have("some", beyond, logic, "some if", "all.if"),
                        have("V", both(near(V, W, r), other), obtain(V), "some"),
                        have("near", near(V, W, r), logic, "V"),
                        have("other", other, logic, "V"),
                        have("there", None, cite(SHIFTED, W=V)),
                        have("population", population_other, linear, "here", "there", "other"),
                        have(
                            "there is",
                            exists(V, both(near(V, W, r), population_other)),
                            take(V),
                            "near",
                            "population",
                        ),
                    ],
                ),
            ),
        ],
    )


FALLS = nearby(
    "falls",
    falls(*POINT),
    population_falls(*POINT),
    risk(V) < risk(W),
    population_risk(V) < population_risk(W),
)
RISES = nearby(
    "rises",
    rises(*POINT),
    population_rises(*POINT),
    risk(W) < risk(V),
    population_risk(W) < population_risk(V),
)
