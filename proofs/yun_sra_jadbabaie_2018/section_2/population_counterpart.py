"""Section 2.2: Theorem 2.1 for the population risk.

Statements
- YSJ18.I1.risk: the population risk is the risk on the columns of X, and d_y / 2.
- YSJ18.I1.gradient: its gradients are those of Lemma 3.2.
- YSJ18.I1.critical: so are its critical points.
- YSJ18.I1.least, YSJ18.I1.falls, YSJ18.I1.rises: so are its minima, and what is lower and higher.
- YSJ18.I1.minimum: the first half of the theorem, for every R and covariance.
- YSJ18.I1.saddle: the second half, where R C has full rank.
- YSJ18.I1: both halves, as printed for every R; repaired: for R C of full rank.
- YSJ18.I1.truth: the same for an invertible covariance, where R = 0 is what is left.
- YSJ18.I1.nothing: for R = 0 the point of product 0 is a global minimum.
"""

from dataclasses import replace

from symbolic_landscape.proofs.rules import derivatives, entries
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import (
    EXPANSION,
    L3_2,
    D,
    change,
    slope,
    stepped,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.low_rank_saddles import S33_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.wide_layers import (
    P3_4_REPAIRED,
    P3_5,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    c,
    critical,
    d,
    falls,
    full_correlation,
    full_rank,
    i,
    least,
    near,
    no_bottleneck,
    p,
    r,
    rises,
    risk,
    saddle,
    square,
    weight_gradient,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.population import (
    NARROWEST_POPULATION,
    POPULATION,
    C,
    T,
    population_critical,
    population_falls,
    population_gradient,
    population_least,
    population_rises,
    population_risk,
    population_saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import eps, in_W
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    either,
    every,
    exists,
    fn,
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
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

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

CASE = {"wide": no_bottleneck, "critical": population_critical(W)}
MINIMUM = Statement(
    "YSJ18.I1.minimum",
    NARROWEST_POPULATION,
    title="Without a bottleneck a critical point whose product has full rank is least",
    where="sec. 2.2",
    lines=(139, 140),
    given={**CASE, "full rank": full_rank},
    then=population_least(*POINT),
    gloss="For every covariance and every R.",
    proof=[
        have("columns", critical(W), cite(CRITICAL)),
        have("covered", None, cite(P3_5)),
        have("eps", both(eps > 0, in_W(eps)), obtain(eps), "covered"),
        have("positive", eps > 0, logic, "eps"),
        have("conditioned", in_W(eps), logic, "eps"),
        have("least", least(*POINT), cite(P3_4_REPAIRED)),
        have("population", population_least(*POINT), cite(LEAST)),
    ],
)
SADDLE = Statement(
    "YSJ18.I1.saddle",
    NARROWEST_POPULATION,
    title="A critical point whose product has not full rank is a saddle, if R C has full rank",
    given={
        "critical": population_critical(W),
        "outside": rank(R_(W)) != d[p],
        "seen": either(rank(T @ C(X)) == d[0], rank(T @ C(X)) == d[H + 1]),
    },
    then=population_saddle(*POINT),
    proof=[
        have("correlation", full_correlation, calculation, "seen", "standing 2"),
        have("columns", critical(W), cite(CRITICAL)),
        have("columns saddle", saddle(*POINT), cite(S33_REPAIRED)),
        have("columns fall", falls(*POINT), logic, "columns saddle"),
        have("columns rise", rises(*POINT), logic, "columns saddle"),
        have("falls", None, cite(FALLS)),
        have("rises", None, cite(RISES)),
        have("saddle", population_saddle(*POINT), logic, "critical", "falls", "rises"),
    ],
)

rank_test = both(
    full_rank >> population_least(*POINT),
    (rank(R_(W)) != d[p]) >> population_saddle(*POINT),
)
TITLE = "Population counterpart of Theorem 2.1"
inside = have(
    "inside",
    full_rank >> population_least(*POINT),
    arbitrary(proof=[have("least", population_least(*POINT), cite(MINIMUM))]),
    lines=(139, 140),
)
tested = have("test", rank_test, logic, "inside", "outside")
I1_REPAIRED = Statement(
    "YSJ18.I1",
    NARROWEST_POPULATION,
    title=TITLE,
    kind="identity",
    where="sec. 2.2",
    lines=(139, 143),
    reading="repaired",
    given={**CASE, "seen": SADDLE.given["seen"]},
    then=rank_test,
    gloss="R C has full rank where R has and C is invertible; det R may have any sign. The half on "
    "global minima needs no condition on R and C.",
    proof=[
        inside,
        have(
            "outside",
            (rank(R_(W)) != d[p]) >> population_saddle(*POINT),
            arbitrary(proof=[have("saddle", population_saddle(*POINT), cite(SADDLE))]),
        ),
        tested,
    ],
)


def as_in_the_theorem(*uses: str) -> Step:
    """The second half, for the reason that is printed."""
    return have(
        "outside",
        (rank(R_(W)) != d[p]) >> population_saddle(*POINT),
        claimed("as in Theorem 2.1, since the best linear map R has rank k"),
        *uses,
        lines=(139, 143),
    )


I1 = Statement(
    "YSJ18.I1",
    NARROWEST_POPULATION,
    title=TITLE,
    kind="identity",
    where="sec. 2.2",
    lines=(139, 143),
    given=CASE,
    then=rank_test,
    proof=[
        inside,
        as_in_the_theorem("critical", "wide"),
        tested,
    ],
    repaired=I1_REPAIRED,
    hedge="'We can slightly modify Theorem 2.1', and 'we can remove the assumption det(R) > 0'; "
    "with it R has full rank, and an invertible covariance would be enough.",
    expected=("invalid inference, step outside", "refuted, statement"),
)

FOR_EVERY_TRUTH = Statement(
    "YSJ18.I1.truth",
    NARROWEST_POPULATION,
    title="Population counterpart of Theorem 2.1 for every R, with an invertible covariance",
    kind="remark",
    where="sec. 2.2",
    lines=(142, 143),
    given={**CASE, "covariance": rank(C(X)) == d[0]},
    then=rank_test,
    proof=[inside, as_in_the_theorem("critical", "wide", "covariance"), tested],
    repaired=replace(I1_REPAIRED, key="YSJ18.I1.truth", kind="remark"),
    hedge=I1.hedge,
    gloss="The other cause, x that does not fill the space, is excluded here.",
    expected=I1.expected,
)

NO_TRUTH = Statement(
    "YSJ18.I1.nothing",
    POPULATION,
    title="For R = 0 a product of 0 is a global minimum, whatever the rank test says",
    where="sec. 2.2",
    lines=(142, 143),
    given={"nothing": T == 0, "product": R_(W) == 0},
    then=population_least(*POINT),
    proof=[
        have("here", population_risk(W) == d[H + 1] / 2, calculation, "product", "nothing"),
        have(
            "least",
            population_least(*POINT),
            arbitrary(
                V,
                proof=[
                    have("there", None, cite(SHIFTED, W=V)),
                    have("square", None, by(entries.squares_not_negative, A=R_(V) @ X - Y)),
                    have("risk", risk(V) == square(R_(V) @ X - Y) / 2, calculation, "standing 1"),
                    have(
                        "more",
                        population_risk(W) <= population_risk(V),
                        linear,
                        "here",
                        "there",
                        "square",
                        "risk",
                    ),
                ],
            ),
        ),
    ],
)
