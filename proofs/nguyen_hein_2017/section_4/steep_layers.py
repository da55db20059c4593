"""Section 4, proof of Lemma 4.3: a layer of steep units has independent features.

Statements
- NH17.L4.3.above: a strictly increasing activation lies above its limit to the left.
- NH17.L4.3.nonzero: it has a value that is not 0.
- NH17.L4.3.bounded, NH17.L4.3.growing: both cases of Assumptions 3.2, for one layer.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4 import bounded_limit, growing_limit
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.growing_limit import UNITS, rhos
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import LEFT, mirrored
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.ordered_samples import (
    FIRST,
    LAST,
    SORTED,
    WITHIN,
    a,
    ordered,
    ordered_projections,
    projections,
    steep_units,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.units import DIRECTION, q, units
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    sigma_bounded_or_grows,
    sigma_increases,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    bound,
    is_bounded,
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    ACTIVATION,
    SAMPLES,
    N,
    Z,
    beta,
    entries_differ,
    entries_increase,
    gamma,
    i,
    mu,
    one,
    p,
    r,
    rows_differ,
    s,
    sigma,
    tends_left,
)
from symbolic_landscape.proofs.rules import determinants as d
from symbolic_landscape.proofs.rules import limits, order
from symbolic_landscape.proofs.rules.determinants import power, rows
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    fn,
    matrix,
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
    take,
)
from symbolic_landscape.statement.step import Step

late, y = real("late"), real("y")
INCREASING = {"increasing": sigma_increases}
ABOVE = Statement(
    "NH17.L4.3.above",
    ACTIVATION,
    title="A strictly increasing activation lies above its limit to the left",
    where="Section 4, proof of Lemma 4.3",
    lines=(1219, 1220),
    names=(mu, beta),
    given={**INCREASING, "left": tends_left(sigma, mu)},
    then=mu < sigma(beta),
    proof=[
        have(
            "mirrored",
            every(s, y, (s < y) >> (mirrored(s) < mirrored(y))),
            arbitrary(
                s,
                y,
                proof=[
                    have("if turned", None, at(-y, -s), "increasing"),
                    have("less", mirrored(s) < mirrored(y), logic, "if turned", "mirrored.if"),
                ],
            ),
        ),
        have(
            "above",
            mu < sigma(beta),
            by(limits.increasing_below_limit, f=mirrored, r=-mu, x=-beta),
            "mirrored",
            "left",
        ),
    ],
)

NONZERO = Statement(
    "NH17.L4.3.nonzero",
    ACTIVATION,
    title="A strictly increasing activation has a value that is not 0",
    given=INCREASING,
    then=exists(beta, sigma(beta) != 0),
    proof=[
        have(
            "some",
            exists(beta, sigma(beta) != 0),
            cases(
                [
                    have("rises", None, at(0, 1), "increasing"),
                    have("positive", sigma(1) > 0, linear, "rises", "some.1"),
                    have("not 0", sigma(1) != 0, by(order.positive_is_not_zero), "positive"),
                    have("at 1", exists(beta, sigma(beta) != 0), take(1), "not 0"),
                ],
                [have("at 0", exists(beta, sigma(beta) != 0), take(0), "some.2")],
                split=sigma(0) == 0,
            ),
        ),
    ],
)

M, e = matrix("M", p, q), matrix("e", 1, q)
some_units = exists(M, e, rank(block(units(M, e), one)) == N)
IN_ORDER = [
    have("some direction", None, cite(DIRECTION), lines=(1195, 1201)),
    have("differ in a", entries_differ(projections), obtain(a), "some direction"),
    have("some order", None, by(order.sorting, n=N, a=fn(i, projections[i, 1]))),
    have(
        "rows", both(WITHIN, ordered(projections)), obtain(rows), "some order", lines=(1195, 1198)
    ),
    have("in range", WITHIN, logic, "rows"),
    have("in order", ordered(projections), logic, "rows"),
    have(
        "sorted",
        entries_increase(ordered_projections),
        cite(SORTED, t=projections),
        lines=(1195, 1198),
    ),
]
"""Steps to a direction along which the samples, in some order, increase."""


def from_limit(which: Statement) -> list[Step]:
    """Steps from a limit of the determinant that is not 0 to units with independent features."""
    return [
        have(
            "late",
            None,
            by(limits.nonzero_near_limit),
            "limit",
            "limit is not 0",
            lines=(1318, 1321),
        ),
        have("from", None, obtain(late), "late"),
        have("not 0", None, at(late), "from"),
        have("rank", None, cite(which, alpha=late)),
        have("units", some_units, take(*steep_units(late)), "rank", lines=(1321, 1324)),
    ]


def power_not_zero(base: Expr, fact: str) -> list[Step]:
    """Steps to a power that is not 0, where the base is not 0 by a fact."""
    factor = fn(i, base)
    return [
        have(
            "no factor is 0",
            each(i, 1, N - 1, factor(i) != 0),
            arbitrary(i, proof=[have("factor", base != 0, logic, fact)]),
        ),
        have(
            "limit is not 0",
            power(base, N - 1) != 0,
            by(d.no_zero_factor, c=factor, n=N - 1),
            "no factor is 0",
        ),
    ]


BOUNDED = Statement(
    "NH17.L4.3.bounded",
    SAMPLES,
    title="A layer of steep bounded units has independent features",
    where="Section 4, proof of Lemma 4.3, first case",
    lines=(1175, 1324),
    names=(q, beta),
    standing=(q >= N - 1,),
    given={"differ": rows_differ(Z), **INCREASING, "bounded": is_bounded(sigma)},
    then=some_units,
    proof=[
        *IN_ORDER,
        have("either", sigma_bounded_or_grows, logic, "bounded"),
        have("some mu", None, cite(LEFT), lines=(1203, 1217)),
        have("left", tends_left(sigma, mu), obtain(mu), "some mu"),
        have("bound", every(y, within(sigma(y), bound)), obtain(bound), "bounded"),
        have(
            "at most",
            every(y, sigma(y) <= bound),
            arbitrary(
                y,
                proof=[
                    have("both", None, at(y), "bound"),
                    have("above", sigma(y) <= bound, logic, "both"),
                ],
            ),
        ),
        have("bounded above", exists(r, every(y, sigma(y) <= r)), take(bound), "at most"),
        have(
            "some gamma",
            None,
            by(limits.limit_of_increasing),
            "increasing",
            "bounded above",
            lines=(1203, 1217),
        ),
        have("right", tends(sigma, gamma), obtain(gamma), "some gamma"),
        have("limit", None, cite(bounded_limit.I4_3A, t=ordered_projections), lines=(1249, 1310)),
        have("above", mu < sigma(beta), cite(ABOVE), lines=(1219, 1220)),
        have(
            "gap",
            mu - sigma(beta) != 0,
            by(order.positive_is_not_zero, s=sigma(beta) - mu),
            "above",
        ),
        *power_not_zero(mu - sigma(beta), "gap"),
        *from_limit(FIRST),
    ],
)

GROWING = Statement(
    "NH17.L4.3.growing",
    SAMPLES,
    title="A layer of steep units with exponential decay to the left has independent features",
    where="Section 4, proof of Lemma 4.3, second case",
    lines=(1326, 1429),
    names=(q, *rhos),
    standing=(q >= N - 1,),
    given={"differ": rows_differ(Z), **INCREASING, **UNITS},
    then=some_units,
    proof=[
        *IN_ORDER,
        have("some beta", None, cite(NONZERO), lines=(1329, 1330)),
        have("beta", sigma(beta) != 0, obtain(beta), "some beta"),
        have("limit", None, cite(growing_limit.I4_3B, t=ordered_projections), lines=(1338, 1426)),
        *power_not_zero(sigma(beta), "beta"),
        *from_limit(LAST),
    ],
)
