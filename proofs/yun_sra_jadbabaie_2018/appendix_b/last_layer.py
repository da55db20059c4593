"""Appendix B: second derivatives of the risk by the entries of the last layer.

Statements
- YSJ18.I10.along: the second derivative along two directions of the last layer.
- YSJ18.I10: second derivatives form I (x) G, G = P_H X X^T P_H^T; repaired: 2 c I (x) G.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import entries, functions, numbers
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import BELOW
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    LINEAR,
    P_,
    SQUARED_ERROR,
    H,
    W,
    X,
    Y,
    c,
    d,
    features_gram,
    i,
    j,
    k,
    last,
    o,
    risk,
    s,
    second_derivative,
    square,
    t,
    unit,
    with_last,
)
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
    every,
    fn,
    identity_matrix,
    matrix,
    trace,
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
)

M, K = matrix("M", d[H + 1], d[H]), matrix("K", d[H + 1], d[H])
F = P_(W)[H] @ X
both_moved = last + s * K + t * M
residual = (last + s * K) @ F - Y
along = 2 * c * trace((K @ F).T @ (M @ F))
slope = 2 * c * trace(residual.T @ (M @ F))

ALONG = Statement(
    "YSJ18.I10.along",
    SQUARED_ERROR,
    title="Second derivatives along two directions of the last layer",
    where="App. B",
    names=(K, M),
    given={},
    then=second_derivative(K, M) == along,
    proof=[
        have(
            "slope",
            every(s, derivative(fn(t, risk(with_last(both_moved))))(0) == slope),
            arbitrary(
                s,
                proof=[
                    have(
                        "quadratic",
                        every(
                            t,
                            risk(with_last(both_moved))
                            == c * square(residual) + t * slope + t * t * (c * square(M @ F)),
                        ),
                        arbitrary(
                            t,
                            proof=[
                                have("below", None, cite(BELOW, k=H + 1, M=both_moved)),
                                have("features", None, at(H), "below"),
                                have(
                                    "output",
                                    P_(with_last(both_moved))[H + 1]
                                    == both_moved @ P_(with_last(both_moved))[H],
                                    definition,
                                ),
                                have(
                                    "risk",
                                    risk(with_last(both_moved))
                                    == c * square(residual)
                                    + t * slope
                                    + t * t * (c * square(M @ F)),
                                    calculation,
                                    "output",
                                    "features",
                                ),
                            ],
                        ),
                    ),
                    have("curve", None, by(functions.equal_functions_of_numbers), "quadratic"),
                    have(
                        "derivative",
                        None,
                        by(
                            numbers.derivative_of_quadratic,
                            r=c * square(residual),
                            s=slope,
                            x=0,
                            y=c * square(M @ F),
                        ),
                    ),
                    have(
                        "there",
                        derivative(fn(t, risk(with_last(both_moved))))(0) == slope,
                        calculation,
                        "curve",
                        "derivative",
                    ),
                ],
            ),
        ),
        have("slopes", None, by(functions.equal_functions_of_numbers), "slope"),
        have(
            "second",
            None,
            by(
                numbers.derivative_of_affine,
                r=2 * c * trace((last @ F - Y).T @ (M @ F)),
                s=along,
                x=0,
            ),
        ),
        have("both", second_derivative(K, M) == along, calculation, "slopes", "second"),
    ],
)
G = features_gram(W)


def block(factor: Expr | int) -> Expr:
    """Every second derivative by two entries (i, j), (k, o) is the factor times that of I (x) G."""
    there = identity_matrix(d[H + 1])[i, k] * G[j, o]
    entry = second_derivative(unit(k, o), unit(i, j)) == factor * there
    return each(i, 1, d[H + 1], each(j, 1, d[H], each(k, 1, d[H + 1], each(o, 1, d[H], entry))))


TITLE = "Hessian block for the last layer (cites Kawaguchi16 Lemma 4.3)"
I10_ANY_FACTOR = Statement(
    "YSJ18.I10",
    SQUARED_ERROR,
    title=TITLE,
    kind="identity",
    where="App. B",
    reading="repaired",
    given={},
    then=block(2 * c),
    gloss="With a factor c before the squared error the block is 2 c I (x) G: I (x) G for c = 1/2.",
    proof=[
        have(
            "block",
            block(2 * c),
            arbitrary(
                i,
                j,
                k,
                o,
                proof=[
                    have("along", None, cite(ALONG, K=unit(k, o), M=unit(i, j))),
                    have("unit", None, by(entries.entry_by_unit, i=i, j=j, A=unit(k, o) @ G)),
                    have(
                        "row",
                        (unit(k, o) @ G)[i, j] == identity_matrix(d[H + 1])[i, k] * G[o, j],
                        by(entries.unit_times_matrix),
                    ),
                    have(
                        "entry",
                        second_derivative(unit(k, o), unit(i, j))
                        == 2 * c * (identity_matrix(d[H + 1])[i, k] * G[j, o]),
                        calculation,
                        "along",
                        "unit",
                        "row",
                    ),
                ],
            ),
        )
    ],
)
I10 = Statement(
    "YSJ18.I10",
    LINEAR,
    title=TITLE,
    kind="identity",
    where="App. B",
    lines=(568, 571),
    given={"half": c == Fraction(1, 2)},
    then=block(1),
    repaired=I10_ANY_FACTOR,
    proof=[
        have("any factor", None, cite(I10_ANY_FACTOR)),
        have("block", block(1), calculation, "any factor", "half", lines=(569, 571)),
    ],
)
