"""Section 4, Lemma 4.4 and Corollary 4.5: features have full rank almost everywhere.

Statements
- NH17.L4.4: the parameters with rank [F_k, 1] < N form a set of measure zero.
- NH17.C4.5: near all parameters there are some with rank [F_k, 1] = N.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.analytic import (
    L4_2,
    LAYERS,
    of_parameters,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import L4_3
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.some_parameters import L4_3_PRINTED
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    ASSUMPTIONS,
    distinct_samples,
    sigma_analytic,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    independent_nearby,
    near,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    L,
    N,
    V,
    W,
    b,
    c,
    dependent_rarely,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    i,
    injective,
    j,
    mu,
    tends_left,
)
from symbolic_landscape.proofs.rules import (
    analytic,
    measure,
    order,
    ranks,
)
from symbolic_landscape.proofs.rules import determinants as d
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.determinants import columns
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    det,
    each,
    entries,
    every,
    exists,
    fn,
    like,
    rank,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

V0, c0, r = like("V0", V), like("c0", c), real("r")
LAYER, HIDDEN = (1 <= k, k <= L), (1 <= k, k <= L - 1)
GENERIC = {
    "wide": n[k] >= N - 1,
    "distinct": distinct_samples,
    "injective": injective(sigma),
    "left": tends_left(sigma, mu),
    "analytic": sigma_analytic,
}
SHAPES = {"rows": fn(k, n[k - 1]), "columns": n, "rows2": fn(k, 1), "columns2": n}
"""The shapes of weights and biases."""


def E(W: Expr, b: Expr) -> Expr:
    """[F_k, 1]."""
    return block(F_(W, b)[k], one)


def minor(W: Expr, b: Expr) -> Expr:
    """The chosen N columns of [F_k, 1]."""
    return entries(i, j, N, N, E(W, b)[i, columns(j)])


deficient = of_parameters(rank(E(W, b)) < N)
determinant = of_parameters(det(minor(W, b)))
entry = analytic_in(1, k, of_parameters(minor(W, b)[i, j]))
in_range = each(j, 1, N, both(1 <= columns(j), columns(j) <= n[k] + 1))
full_rank = (rank(E(V0, c0)) == N) >> (det(minor(V0, c0)) != 0)


def null_set(some_parameters: Statement) -> list[Step]:
    """Steps from parameters with rank [F_k, 1] = N to the null set of those without."""
    return [
        have(
            "some parameters",
            exists(V, c, rank(E(V, c)) == N),
            cite(some_parameters),
            lines=(1463, 1466),
        ),
        have("full", rank(E(V0, c0)) == N, obtain(V0, c0), "some parameters"),
        have("some minor", None, by(d.minor_of_full_rank, A=E(V0, c0), m=N, n=n[k] + 1)),
        have(
            "columns", both(in_range, full_rank), obtain(columns), "some minor", lines=(1452, 1459)
        ),
        have("in range", in_range, logic, "columns"),
        have("not 0", det(minor(V0, c0)) != 0, logic, "columns", "full"),
        have(
            "somewhere",
            exists(V, c, det(minor(V, c)) != 0),
            take(V0, c0),
            "not 0",
            lines=(1463, 1466),
        ),
        have("layers", None, cite(LAYERS), lines=(1450, 1452)),
        have("features", None, at(k), "layers"),
        have(
            "entries",
            each(i, 1, N, each(j, 1, N, entry)),
            arbitrary(
                i,
                j,
                proof=[
                    have("column", None, at(j), "in range"),
                    have(
                        "entry",
                        entry,
                        cases(
                            [have("feature", entry, at(i, columns(j)), "features")],
                            [have("one", entry, by(analytic.analytic_constant, r=1))],
                            split=columns(j) <= n[k],
                        ),
                    ),
                ],
            ),
        ),
        have(
            "determinant",
            analytic_in(1, k, determinant),
            by(analytic.analytic_determinant),
            "entries",
            lines=(1459, 1463),
        ),
        have(
            "zeros",
            null(1, k, of_parameters(det(minor(W, b)) == 0)),
            cite(L4_2, **SHAPES, low=1, high=k, H=determinant),
            lines=(1466, 1468),
        ),
        have(
            "inside",
            every(V, c, (rank(E(V, c)) < N) >> (det(minor(V, c)) == 0)),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "zero",
                        det(minor(V, c)) == 0,
                        suppose_not(
                            [
                                have(
                                    "minor",
                                    rank(minor(V, c)) == N,
                                    by(ranks.full_rank_of_determinant),
                                    "zero.not",
                                ),
                                have(
                                    "part",
                                    rank(minor(V, c)) <= rank(E(V, c)),
                                    by(
                                        d.rank_of_chosen,
                                        A=E(V, c),
                                        rows=fn(i, i),
                                        columns=columns,
                                        p=N,
                                        q=N,
                                    ),
                                ),
                                have("clash", contradiction, linear, "minor", "part", "inside.if"),
                            ]
                        ),
                    ),
                ],
            ),
            lines=(1468, 1470),
        ),
        have(
            "null",
            null(1, k, deficient),
            by(measure.null_part),
            "inside",
            "zeros",
            lines=(1468, 1471),
        ),
    ]


def rank_deficiency(
    some_parameters: Statement,
    given: Mapping[str, Expr],
    names: tuple[Expr, ...],
    standing: tuple[Expr, ...],
    reading: str = "printed",
    repaired: Statement | None = None,
) -> Statement:
    """A reading of Lemma 4.4."""
    return Statement(
        "NH17.L4.4",
        NETWORK,
        title="Rank deficiency is null",
        where="Section 4, Lemma 4.4",
        lines=(1434, 1448),
        then=dependent_rarely(k),
        gloss="Parameters of layers 1 to k whose features are dependent form a null set.",
        given=given,
        proof=null_set(some_parameters),
        names=names,
        standing=standing,
        reading=reading,
        repaired=repaired,
    )


L4_4 = rank_deficiency(L4_3, GENERIC, names=(k, mu), standing=LAYER, reading="repaired")
L4_4_PRINTED = rank_deficiency(
    L4_3_PRINTED,
    {**ASSUMPTIONS, "wide": n[k] >= N - 1},
    names=(k,),
    standing=HIDDEN,
    repaired=L4_4,
)

close = near(V, c, W, b, 1, k, r)
ball = fn(V, fn(c, close))
full_rank_nearby = exists(V, c, close & (rank(E(V, c)) == N))


def nearby(rank_deficiency: Statement) -> list[Step]:
    """Steps from the null set to parameters of full rank in the ball: it is not null."""
    return [
        have("deficient", None, cite(rank_deficiency), lines=(1507, 1515)),
        have("ball", ~null(1, k, ball), by(measure.box_is_not_null), "radius", lines=(1513, 1515)),
        have(
            "full rank nearby",
            full_rank_nearby,
            suppose_not(
                [
                    have(
                        "inside",
                        every(V, c, close >> (rank(E(V, c)) < N)),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "not full",
                                    rank(E(V, c)) != N,
                                    suppose_not(
                                        [
                                            have("full", rank(E(V, c)) == N, logic, "not full.not"),
                                            have(
                                                "some",
                                                full_rank_nearby,
                                                take(V, c),
                                                "inside.if",
                                                "full",
                                            ),
                                            have(
                                                "clash",
                                                contradiction,
                                                logic,
                                                "some",
                                                "full rank nearby.not",
                                            ),
                                        ]
                                    ),
                                ),
                                have("rows", rank(E(V, c)) <= N, by(ranks.rank_at_most_rows)),
                                have(
                                    "less",
                                    rank(E(V, c)) < N,
                                    by(order.less_if_different),
                                    "rows",
                                    "not full",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "null ball", null(1, k, ball), by(measure.null_part), "inside", "deficient"
                    ),
                    have("clash", contradiction, logic, "null ball", "ball"),
                ]
            ),
            lines=(1515, 1520),
        ),
    ]


def density(
    rank_deficiency: Statement,
    given: Mapping[str, Expr],
    names: tuple[Expr, ...],
    standing: tuple[Expr, ...],
    reading: str = "printed",
    repaired: Statement | None = None,
) -> Statement:
    """A reading of Corollary 4.5."""
    return Statement(
        "NH17.C4.5",
        NEIGHBOURHOODS,
        title="Full rank is dense",
        where="Section 4, Corollary 4.5",
        kind="corollary",
        lines=(1479, 1490),
        given={**given, "radius": r > 0},
        then=independent_nearby(W, b, k, r),
        gloss="As near as one likes to all parameters some give independent features.",
        proof=nearby(rank_deficiency),
        names=names,
        standing=standing,
        reading=reading,
        repaired=repaired,
    )


C4_5 = density(L4_4, GENERIC, names=(k, mu, r), standing=LAYER, reading="repaired")
C4_5_PRINTED = density(
    L4_4_PRINTED,
    {**ASSUMPTIONS, "wide": n[k] >= N - 1},
    names=(k, r),
    standing=HIDDEN,
    repaired=C4_5,
)
