"""Section 4.2: when a critical point in function space is a global minimum.

Statements
- YSJ18.T4.1.right: Theorem 4.1 for laws with finitely many values.

Design notes. With the widths of Section 4.1, d_x >= d_y says that J has no more rows than columns,
so that sigma_min(J) >= eps is |J^T v| >= eps |v|. This is asked outright; d_x >= d_y
is surplus then.
"""

from typing import Any

from symbolic_landscape.proofs.rules import entries, signs, sums
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.steering import (
    SLOPE,
    STEERING,
    along,
    eta,
    squares,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    H,
    a,
    critical,
    d,
    eps,
    error,
    g,
    h,
    least,
    m,
    p,
    risk,
    sample,
    steep,
    target,
    up_,
)
from symbolic_landscape.statement.language import Expr, each, total
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    have,
    linear,
    logic,
)


def conditions(k: Any) -> dict[str, Expr]:
    """What Theorem 4.1 asks of the layers above layer k, and that the point is critical."""
    return {
        "bound": eps > 0,
        "steep": steep(h, k, eps),
        "twice differentiable": twice_smooth(up_(h)[k]),
        "critical": critical(h),
    }


other_error = error(g, 0, sample(a), a)

inputs = {"inputs": d[H + 1] <= d[0]}
PROOF = [
    have("at 0", None, cite(STEERING)),
    have("if 0 at 0", None, at(1, eta), "critical"),
    have("flat", along == 0, logic, "if 0 at 0", "at 0"),
    have("slope", None, cite(SLOPE)),
    have("no errors", squares == 0, linear, "flat", "slope"),
    have(
        "least",
        least(h),
        arbitrary(
            g,
            proof=[
                have(
                    "parts",
                    each(a, 1, m, p[a] * other_error >= 0),
                    arbitrary(
                        a,
                        proof=[
                            have("weights", None, at(a), "standing 3"),
                            have("weight", p[a] >= 0, linear, "weights"),
                            have(
                                "length",
                                other_error >= 0,
                                by(
                                    entries.squares_not_negative,
                                    A=up_(g)[0](sample(a)) - target(sample(a)),
                                ),
                            ),
                            have(
                                "part",
                                p[a] * other_error >= 0,
                                by(signs.product_not_negative),
                                "weight",
                                "length",
                            ),
                        ],
                    ),
                ),
                have(
                    "sum",
                    total(a, 1, m, p[a] * other_error) >= 0,
                    by(sums.sum_not_negative),
                    "parts",
                ),
                have("risk", risk(h) <= risk(g), linear, "no errors", "sum"),
            ],
        ),
    ),
]
T4_1 = Statement(
    "YSJ18.T4.1.right",
    FIRST_MOVED,
    title="Nonlinear case d_x>=d_y, for laws with finitely many values",
    kind="theorem",
    where="Section 4.2, Theorem 4.1",
    lines=(362, 365),
    given={**inputs, **conditions(1)},
    then=least(h),
    proof=PROOF,
    repaired=Statement(
        "YSJ18.T4.1.right",
        FIRST_MOVED,
        title="Nonlinear case, for laws with finitely many values",
        kind="theorem",
        where="Section 4.2, Theorem 4.1",
        reading="repaired",
        given=conditions(1),
        then=least(h),
        proof=PROOF,
    ),
)
