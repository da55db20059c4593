"""Appendix C.1: the relaxed risk as a distance to the best linear fit.

Statements
- YSJ18.I9: L_0(R) = |R X - F|^2 / 2 + |F - Y|^2 / 2, where F = Y X^T (X X^T)^-1 X.
"""

from symbolic_landscape.proofs.rules import entries, ranks
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    RELAXED,
    R,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    HALF,
    H,
    X,
    Y,
    d,
    fit,
    full_gram,
)
from symbolic_landscape.statement.language import identity_matrix, inverse
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, have

distance = HALF * square(R @ X - fit) + HALF * square(fit - Y)
cross = (fit - Y) @ (R @ X - fit).T

I9 = Statement(
    "YSJ18.I9",
    RELAXED,
    title="Pythagorean split of the relaxed loss",
    kind="identity",
    where="App. C.1",
    lines=(607, 620),
    names=(R,),
    given={"gram": full_gram},
    then=relaxed_risk(X, Y, R) == distance,
    proof=[
        have(
            "inverse",
            inverse(X @ X.T) @ X @ X.T == identity_matrix(d[0]),
            by(ranks.inverse_on_the_left, S=X @ X.T),
            "gram",
        ),
        have(
            "rows in null(X)",
            fit @ X.T - Y @ X.T == 0,
            calculation,
            "inverse",
            lines=(612, 613),
        ),
        have("cross term", cross == 0, calculation, "rows in null(X)", lines=(614, 617)),
        have(
            "split",
            relaxed_risk(X, Y, R) == distance,
            by(entries.trace_with_zero, A=identity_matrix(d[H + 1]), A2=cross),
            "cross term",
            lines=(618, 620),
        ),
    ],
)
