"""Section 2.1: the assumptions on the data.

Notation: F = Y X^T (X X^T)^-1 X is the fit of Y by a linear map of X.

Statements
- YSJ18.A1: the assumptions; repaired: singular values that are 0 may coincide.
- YSJ18.A1.empty: for d_y >= d_x + 2 no data meet them.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    DEEP_LINEAR,
    H,
    X,
    Y,
    best,
    d,
    distinct,
    distinct_nonzero,
    fit,
    m,
    one_vector,
    s,
)
from symbolic_landscape.statement.language import both, contradiction, every, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import at, by, have, linear, logic

TITLE = "Data assumptions for sections 2-3"
HEDGE = "Distinct singular values are for simple notation and can be relaxed, the paper says."
A1_REPAIRED = Statement(
    "YSJ18.A1",
    DEEP_LINEAR,
    title=TITLE,
    kind="assumption",
    where="Section 2.1",
    lines=(95, 98),
    reading="repaired",
    given={},
    then=both(*{**ASSUMPTIONS, "distinct": distinct_nonzero(X, Y)}.values()),
    hedge=HEDGE,
    gloss="F has rank at most d_x, so for d_y >= d_x + 2 at least two singular values are 0.",
)
A1 = Statement(
    "YSJ18.A1",
    DEEP_LINEAR,
    title=TITLE,
    kind="assumption",
    where="Section 2.1",
    lines=(95, 98),
    given={},
    then=both(*ASSUMPTIONS.values()),
    hedge=HEDGE,
    repaired=A1_REPAIRED,
)
EMPTY = Statement(
    "YSJ18.A1.empty",
    DEEP_LINEAR,
    title="For d_y >= d_x + 2 no data meet the assumptions",
    kind="remark",
    where="Section 2.1",
    lines=(97, 98),
    given={
        "many outputs": d[H + 1] >= d[0] + 2,
        "outputs": d[H + 1] <= m,
        "distinct": distinct(X, Y),
    },
    then=contradiction,
    gloss="So the theorems say nothing there as they are printed: F has rank at most d_x, and d_y "
    "- d_x of its d_y singular values are 0.",
    proof=[
        have("vectors", every(s, one_vector), logic, "distinct", "outputs"),
        have("zero", rank(fit @ fit.T) >= d[H + 1] - 1, at(0), "vectors"),
        have("factor", rank(best @ (X @ fit.T)) <= rank(best), by(ranks.rank_of_product_left)),
        have("columns", rank(best) <= d[0], by(ranks.rank_at_most_columns)),
        have("clash", contradiction, linear, "many outputs", "zero", "factor", "columns"),
    ],
)
