"""Section 4, Lemma 4.3: a vector that is orthogonal to all units is 0 (the repaired proof).

Statements
- NH17.L4.3.fades: what remains of a sample on the far side of a steep unit tends to 0.
- NH17.L4.3.orthogonal: a vector orthogonal to all units along a line is 0.
- NH17.L4.3.direction: samples that differ have different projections on some direction.
- NH17.L4.3.unit: for each vector that is not 0 some unit is not orthogonal to it.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    LINE,
    N,
    alpha,
    beta,
    entries_differ,
    i,
    j,
    mu,
    not_constant,
    sigma,
    steep,
    t,
    tends_left,
    x,
)
from symbolic_landscape.proofs.rules import entries, limits, order
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    fn,
    identity_matrix,
    matrix,
    real,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.step import Step

y = matrix("y", N, 1)
weight, gap, here, there = (real(name) for name in ("weight", "gap", "here", "there"))


def change(gap: Expr, weight: Expr) -> Expr:
    """The weighted change of sigma(gap alpha + .) from there to here, as a function of alpha."""
    return fn(alpha, weight * (sigma(alpha * gap + here) - sigma(alpha * gap + there)))


FADES = Statement(
    "NH17.L4.3.fades",
    LINE,
    title="A sample on the far side of a steep unit does not feel its bias",
    names=(mu, weight, gap, here, there),
    given={"left": tends_left(sigma, mu), "far": (weight != 0) >> (gap < 0)},
    then=tends(change(gap, weight), 0),
    proof=[
        have(
            "fades",
            tends(change(gap, weight), 0),
            cases(
                [
                    have(
                        "nothing",
                        every(alpha, change(gap, weight)(alpha) == 0),
                        arbitrary(
                            alpha,
                            proof=[
                                have(
                                    "zero", change(gap, weight)(alpha) == 0, calculation, "fades.1"
                                )
                            ],
                        ),
                    ),
                    have(
                        "still",
                        tends(change(gap, weight), 0),
                        by(limits.limit_of_constant),
                        "nothing",
                    ),
                ],
                [
                    have("left of it", gap < 0, logic, "far", "fades.2"),
                    have(
                        "at here",
                        tends(fn(alpha, sigma(alpha * gap + here)), mu),
                        by(limits.limit_along_line, f=fn(x, sigma(-x)), s=-gap, x=-here),
                        "left",
                        "left of it",
                    ),
                    have(
                        "at there",
                        tends(fn(alpha, sigma(alpha * gap + there)), mu),
                        by(limits.limit_along_line, f=fn(x, sigma(-x)), s=-gap, x=-there),
                        "left",
                        "left of it",
                    ),
                    have(
                        "difference",
                        None,
                        by(limits.limit_of_sum, g=fn(alpha, -sigma(alpha * gap + there)), s=-mu),
                        "at here",
                        "at there",
                    ),
                    have(
                        "weighted",
                        tends(change(gap, weight), 0),
                        by(limits.limit_of_multiple, s=weight),
                        "difference",
                    ),
                ],
                split=weight == 0,
            ),
        )
    ],
)


def share(i: Expr) -> Expr:
    """What sample i adds to the change at the steep unit at sample j."""
    return change(t[j, 1] - t[i, 1], y[i, 1])


step = sigma(here) - sigma(there)
left_of_all = each(i, 1, N, (y[i, 1] != 0) >> (t[j, 1] <= t[i, 1]))
limit = step * (y[i, 1] * identity_matrix(N)[i, j])
"""The limit of the share of sample i: only sample j keeps its own."""


def fading(name: str, earlier: Expr, later: Expr) -> list[Step]:
    """Steps to the limit of the share of a sample i other than j: the two projections differ."""
    return [
        have("no tie", None, at(earlier, later), "differ"),
        have("last", None, at(i), "leftmost"),
        have(
            "far",
            (y[i, 1] != 0) >> (t[j, 1] - t[i, 1] < 0),
            arbitrary(
                proof=[
                    have("at most", t[j, 1] <= t[i, 1], logic, "last", "far.if"),
                    have(
                        "less",
                        t[j, 1] - t[i, 1] < 0,
                        by(order.less_if_different),
                        "at most",
                        "no tie",
                    ),
                ]
            ),
        ),
        have(name, tends(share(i), limit), cite(FADES, gap=t[j, 1] - t[i, 1], weight=y[i, 1])),
    ]


ORTHOGONAL = Statement(
    "NH17.L4.3.orthogonal",
    LINE,
    title="A vector orthogonal to all units along a line is 0",
    names=(mu, y),
    given={
        "left": tends_left(sigma, mu),
        "varies": not_constant(sigma),
        "differ": entries_differ(t),
        "orthogonal": each(
            j, 1, N, every(alpha, beta, total(i, 1, N, y[i, 1] * steep(t, i, j, alpha, beta)) == 0)
        ),
    },
    then=y == 0,
    proof=[
        have("two values", sigma(here) != sigma(there), obtain(here, there), "varies"),
        have(
            "entries",
            each(i, 1, N, y[i, 1] == 0),
            suppose_not(
                [
                    have(
                        "some",
                        None,
                        by(order.least_of_some, P=fn(i, y[i, 1] != 0), a=fn(i, t[i, 1])),
                        "entries.not",
                    ),
                    have("j", both(j >= 1, j <= N, y[j, 1] != 0, left_of_all), obtain(j), "some"),
                    have("not zero", y[j, 1] != 0, logic, "j"),
                    have("leftmost", left_of_all, logic, "j"),
                    have(
                        "no change",
                        every(alpha, total(i, 1, N, share(i)(alpha)) == 0),
                        arbitrary(
                            alpha,
                            proof=[
                                have("with here", None, at(j, alpha, here), "orthogonal"),
                                have("with there", None, at(j, alpha, there), "orthogonal"),
                                have(
                                    "change",
                                    total(i, 1, N, share(i)(alpha)) == 0,
                                    linear,
                                    "with here",
                                    "with there",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "zero",
                        tends(fn(alpha, total(i, 1, N, share(i)(alpha))), 0),
                        by(limits.limit_of_constant),
                        "no change",
                    ),
                    have(
                        "each",
                        each(i, 1, N, tends(share(i), limit)),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "limit",
                                    tends(share(i), limit),
                                    cases(
                                        fading("one", i, j),
                                        [
                                            have(
                                                "two",
                                                tends(share(i), limit),
                                                cases(
                                                    fading("three", j, i),
                                                    [
                                                        have(
                                                            "same",
                                                            i == j,
                                                            linear,
                                                            "limit.2",
                                                            "two.2",
                                                        ),
                                                        have(
                                                            "still",
                                                            every(
                                                                alpha,
                                                                share(j)(alpha) == step * y[j, 1],
                                                            ),
                                                            arbitrary(
                                                                alpha,
                                                                proof=[
                                                                    have(
                                                                        "at once",
                                                                        share(j)(alpha)
                                                                        == step * y[j, 1],
                                                                        calculation,
                                                                    )
                                                                ],
                                                            ),
                                                        ),
                                                        have(
                                                            "constant",
                                                            tends(share(j), step * y[j, 1]),
                                                            by(limits.limit_of_constant),
                                                            "still",
                                                        ),
                                                        have(
                                                            "here",
                                                            tends(share(i), limit),
                                                            calculation,
                                                            "constant",
                                                            "same",
                                                        ),
                                                    ],
                                                    split=j + 1 <= i,
                                                ),
                                            )
                                        ],
                                        split=i + 1 <= j,
                                    ),
                                )
                            ],
                        ),
                    ),
                    have(
                        "sum",
                        tends(fn(alpha, total(i, 1, N, share(i)(alpha))), total(i, 1, N, limit)),
                        by(limits.limit_of_total),
                        "each",
                    ),
                    have(
                        "limits",
                        total(i, 1, N, limit) == 0,
                        by(limits.limit_is_unique),
                        "sum",
                        "zero",
                    ),
                    have(
                        "picked",
                        None,
                        by(entries.entry_of_product, A=y.T, B=identity_matrix(N), i=1, j=j),
                    ),
                    have("product", step * y[j, 1] == 0, calculation, "picked", "limits"),
                    have("two values differ", step != 0, logic, "two values"),
                    have(
                        "clash", y[j, 1] == 0, by(order.zero_factor), "product", "two values differ"
                    ),
                    have("end", contradiction, logic, "clash", "not zero"),
                ]
            ),
        ),
        have(
            "all",
            each(i, 1, N, each(j, 1, 1, y[i, j] == 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("one column", j == 1, linear),
                    have("entry", None, at(i), "entries"),
                    have("zero", y[i, j] == 0, calculation, "one column", "entry"),
                ],
            ),
        ),
        have("vanishes", y == 0, by(entries.zero_of_entries), "all"),
    ],
)
