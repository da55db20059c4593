"""Section 2.2, a remark: matrix factorisation with factors narrower than the matrix.

Notation: U_k has the leading left singular vectors of Y, and stands as U in `linear`.

Statements
- YSJ18.R2.narrow: Theorem 2.2 for factors narrower than Y, as printed for every Y; repaired: where
  singular value k of Y exceeds the next one.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.column_test import (
    REPAIRED as T2_2_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.column_test import inside_set
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.factorisation import TWICE, same
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.factorisation import (
    NARROW_FACTORS,
    POINT,
    TWO_FACTORS,
    U,
    X,
    Y,
    critical,
    for_factors,
    leading,
    least,
    saddle,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import W, d
from symbolic_landscape.statement.language import both
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    by,
    cite,
    claimed,
    have,
    logic,
)

in_set = for_factors(inside_set)
inside, outside = in_set >> least(*POINT), (~in_set) >> saddle(*POINT)
column_test = both(same, inside, outside)
TITLE = "Matrix factorisation with narrow factors is a special case"
CRITICAL_POINT = {"critical": critical(W)}
REPAIRED = Statement(
    "YSJ18.R2.narrow",
    NARROW_FACTORS,
    title=TITLE,
    kind="remark",
    where="sec. 2.2",
    lines=(147, 148),
    reading="repaired",
    given={**CRITICAL_POINT, "separated": separated(X, Y, U)},
    then=column_test,
    gloss="Wherever singular value k of Y exceeds the next one.",
    proof=[
        have("twice", same, cite(TWICE), lines=(147, 148)),
        have("identity", None, by(ranks.rank_of_identity, n=d[0])),
        have("test", both(inside, outside), cite(T2_2_REPAIRED, **TWO_FACTORS)),
        have("both", column_test, logic, "twice", "test"),
    ],
)
NARROW = Statement(
    "YSJ18.R2.narrow",
    NARROW_FACTORS,
    title=TITLE,
    kind="remark",
    where="sec. 2.2",
    lines=(147, 148),
    given={**CRITICAL_POINT, "leading": leading(X, Y, U)},
    then=column_test,
    proof=[
        have("twice", same, cite(TWICE), lines=(147, 148)),
        have(
            "test",
            both(inside, outside),
            claimed("Theorem 2.2 can be directly applied"),
            "critical",
            "leading",
            lines=(148, 148),
        ),
        have("both", column_test, logic, "twice", "test"),
    ],
    repaired=REPAIRED,
    hedge="'Noted in passing'; the assumptions of Section 2.1 exclude equal singular values.",
    expected=("invalid inference, step test", "refuted, statement"),
)
