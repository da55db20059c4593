"""Section 5.3, Proposition 15: when D vanishes.

Notation: Gamma (m x N) holds the derivatives of the loss by the preactivations of the next layer.

Statements
- PS21.P15.orthogonal: at a critical point v^T D = 0.
- PS21.P15.equal: D = 0 where the derivatives by all units of the next layer are equal.
- PS21.P15: each of the three conditions suffices.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    CRITICAL,
    LOSSES,
    SPLIT_CRITICAL,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    LARGER,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import SLOPES, dy, x
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    M,
    N,
    m,
    n,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    D_,
    LARGE,
    SMALL,
    SMOOTH,
    UNIT,
    errors_,
    gamma_,
    h,
    in_,
    larger,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    slope,
    theta,
    u,
    v,
)
from symbolic_landscape.proofs.rules import columns, curves, entries, pieces, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.entries import row_of
from symbolic_landscape.statement.language import (
    both,
    each,
    either,
    exists,
    gradient,
    integer,
    matrix,
    ones,
    total,
    trace,
    zeros,
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
    take,
)

i, j, sample = integer("i"), integer("j"), integer("sample")
push = both(new_in_(dy) == x, new_out_(dy) == 0, old_(dy) == 0)
"""The direction moves the weights into the added unit, and nothing else."""
still = zeros(M, 1)
pushed = larger(x, zeros(m, 1), still)
WHOLE = Statement(
    "PS21.P15.whole",
    UNIT,
    title="What a unit that has all the weights out sees of D",
    names=(y, dy, x),
    given={**SMOOTH, **CRITICAL, "split": split(y, 1), "push": push},
    then=trace((v @ x).T @ D_(z)) == 0,
    proof=[
        have("in", new_in_(y) == u, logic, "split"),
        have("new out", new_out_(y) == v, logic, "split"),
        have("old in", in_(old_(y)) == u, logic, "split"),
        have("old out", out_(old_(y)) == 0, logic, "split"),
        have("rest", rest_(old_(y)) == theta, logic, "split"),
        have("out", new_out_(y) + out_(old_(y)) == v, calculation, "new out", "old out"),
        have("into", new_in_(dy) == x, logic, "push"),
        have("out of", new_out_(dy) == 0, logic, "push"),
        have("old still", old_(dy) == 0, logic, "push"),
        have(
            "out moves",
            out_(still) == new_out_(dy) + out_(old_(dy)),
            calculation,
            "out of",
            "old still",
        ),
        have("rest moves", rest_(still) == rest_(old_(dy)), calculation, "old still"),
        have("difference", None, cite(SLOPES, dz=still)),
        have("critical there", gradient(LARGE, y) == 0, cite(SPLIT_CRITICAL, **{"lambda": 1})),
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("large smooth", smooth(LARGE), by(vectors.smooth_of_twice_smooth), "large twice"),
        have("large slope", None, by(curves.slope_of_gradient, h=LARGE, Z=y, M=dy), "large smooth"),
        have(
            "flat", vectors.slope(LARGE, y, dy) == 0, calculation, "large slope", "critical there"
        ),
        have(
            "small flat",
            vectors.slope(SMALL, z, still) == 0,
            by(pieces.derivative_of_number, r=SMALL(z)),
        ),
        have(
            "moved",
            new_out_(y) @ new_in_(dy) + out_(old_(y)) @ in_(old_(dy)) - v @ in_(still) == v @ x,
            calculation,
            "new out",
            "into",
            "old out",
        ),
        have(
            "seen",
            trace((v @ x).T @ D_(z)) == 0,
            calculation,
            "<moved",
            "<difference",
            "flat",
            "small flat",
        ),
    ],
)
row = v.T @ D_(z)
everything = gamma_(1, z)
ORTHOGONAL = Statement(
    "PS21.P15.orthogonal",
    UNIT,
    title="At a critical point the weights out are orthogonal to D",
    where="Appendix A.3",
    lines=(488, 488),
    given={**SMOOTH, **CRITICAL},
    then=row == 0,
    proof=[
        have("split", split(everything, 1), cite(D_GAMMA, **{"lambda": 1})),
        have("parts", None, cite(LARGER, first=row, second=zeros(m, 1), old=still)),
        have(
            "seen",
            trace((v @ row).T @ D_(z)) == 0,
            cite(WHOLE, y=everything, dy=larger(row, zeros(m, 1), still), x=row),
        ),
        have("square", trace(row.T @ row) <= 0, linear, "seen"),
        have("orthogonal", row == 0, by(entries.zero_of_squares), "square"),
    ],
)

weights = total(i, 1, m, v[i, 1])
equal = each(
    i, 1, m, each(j, 1, m, each(sample, 1, N, errors_(z)[i, sample] == errors_(z)[j, sample]))
)
none = each(i, 1, m, each(sample, 1, N, errors_(z)[i, sample] == 0))
single = row_of(errors_(z), 1)
g = matrix("g", 1, N)
seen = g @ (A(theta) * (ones(n, 1) @ slope(h))).T
EQUAL = Statement(
    "PS21.P15.equal",
    UNIT,
    title="D = 0 where the derivatives by all units of the next layer are equal",
    where="Section 5.3, Proposition 15 (ii); Appendix A.3",
    lines=(490, 496),
    standing=(m >= 1,),
    given={**SMOOTH, **CRITICAL, "weights": weights != 0, "equal": equal},
    then=D_(z) == 0,
    proof=[
        have(
            "entries",
            each(i, 1, m, each(sample, 1, N, errors_(z)[i, sample] == (ones(m, 1) @ single)[i, sample])),
            arbitrary(
                i,
                sample,
                proof=[
                    have("as first", None, at(i, 1, sample), "equal"),
                    have(
                        "repeated",
                        (ones(m, 1) @ single)[i, sample] == single[1, sample],
                        by(entries.entry_of_repeated_row),
                    ),
                    have(
                        "same",
                        errors_(z)[i, sample] == (ones(m, 1) @ single)[i, sample],
                        calculation,
                        "as first",
                        "repeated",
                    ),
                ],
            ),
        ),
        have("rows", errors_(z) == ones(m, 1) @ single, by(columns.equal_of_entries), "entries"),
        have("some row", exists(g, errors_(z) == ones(m, 1) @ g), take(single), "rows"),
        have("row", errors_(z) == ones(m, 1) @ g, obtain(g), "some row"),
        have("D", D_(z) == ones(m, 1) @ seen, calculation, "row"),
        have("orthogonal", row == 0, cite(ORTHOGONAL)),
        have("summed", None, by(columns.sum_of_column, u=v, H=seen)),
        have("product", weights * seen == 0, calculation, "<summed", "<D", "orthogonal"),
        have(
            "no row",
            seen == 0,
            cases(
                [have("zero", seen == 0, logic, "no row.1")],
                [
                    have("not zero", weights * seen != 0, by(entries.multiple_not_zero), "weights", "no row.2"),
                    have("clash", seen == 0, logic, "product", "not zero"),
                ],
                split=seen == 0,
            ),
        ),
        have("vanishes", D_(z) == 0, calculation, "D", "no row"),
    ],
)  # fmt: skip
P15 = Statement(
    "PS21.P15",
    UNIT,
    title="Sufficient conditions for D = 0",
    kind="proposition",
    where="Section 5.3, Proposition 15; Appendix A.3",
    lines=(231, 244),
    standing=(m >= 1,),
    given={**SMOOTH, **CRITICAL, "weights": weights != 0, "one of": either(m == 1, equal, none)},
    then=D_(z) == 0,
    proof=[
        have(
            "all",
            D_(z) == 0,
            cases(
                [
                    have(
                        "equal",
                        equal,
                        arbitrary(
                            i,
                            j,
                            sample,
                            proof=[
                                have("same unit", i == j, linear, "all.1", "equal.i", "equal.j"),
                                have(
                                    "same",
                                    errors_(z)[i, sample] == errors_(z)[j, sample],
                                    calculation,
                                    "same unit",
                                ),
                            ],
                        ),
                        lines=(486, 488),
                    ),
                    have("vanishes", D_(z) == 0, cite(EQUAL)),
                ],
                [have("vanishes", D_(z) == 0, cite(EQUAL), lines=(490, 496))],
                [
                    have("errors", errors_(z) == 0, by(entries.zero_of_entries), "all.3"),
                    have("vanishes", D_(z) == 0, calculation, "errors", lines=(498, 498)),
                ],
            ),
            "one of",
        )
    ],
)
