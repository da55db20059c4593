"""Section 4.2: when a critical point in function space is a global minimum.

Statements
- YSJ18.T4.1.right: Theorem 4.1 for laws with finitely many values.
"""

from symbolic_landscape.proofs.rules import entries, signs, sums
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    H,
    a,
    critical,
    d,
    eps,
    error,
    fitted,
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
from symbolic_landscape.statement.language import each, fn, total
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    sampled,
)


def conditions(k):
    """What Theorem 4.1 asks of the layers above layer k, and that the point is critical."""
    return {
        "inputs": d[H + 1] <= d[0],
        "bound": eps > 0,
        "steep": steep(h, k, eps),
        "twice differentiable": twice_smooth(up_(h)[k]),
        "critical": critical(h),
    }


def part(h, a):
    """What the value a of the inputs adds to the risk."""
    return p[a] * error(h, 0, sample(a), a)


errors = total(a, 1, m, part(h, a))
other_errors = total(a, 1, m, part(g, a))
no_more = risk(h) <= risk(g)

T4_1 = Statement(
    "YSJ18.T4.1.right",
    FIRST_MOVED,
    title="Nonlinear case d_x>=d_y, for laws with finitely many values",
    kind="theorem",
    where="Section 4.2, Theorem 4.1",
    lines=(354, 358),
    given=conditions(1),
    then=least(h),
    proof=[
        have(
            "fitted",
            fitted,
            sampled(
                "rules on derivatives of a sum over values of X along a direction, by Jacobians"
            ),
            *conditions(1),
        ),
        have(
            "no part",
            each(a, 1, m, part(h, a) == 0),
            arbitrary(
                a,
                proof=[
                    have("here", None, at(a), "fitted"),
                    have("zero", part(h, a) == 0, calculation, "here"),
                ],
            ),
        ),
        have(
            "no errors",
            errors == 0,
            by(sums.equal_sums, lo=1, hi=m, a=fn(a, part(h, a)), c=fn(a, 0 * p[a])),
            "no part",
        ),
        have(
            "least",
            least(h),
            arbitrary(
                g,
                proof=[
                    have(
                        "parts",
                        each(a, 1, m, part(g, a) >= 0),
                        arbitrary(
                            a,
                            proof=[
                                have("weights", None, at(a), "standing 3"),
                                have(
                                    "square",
                                    error(g, 0, sample(a), a) >= 0,
                                    by(
                                        entries.squares_not_negative,
                                        A=up_(g)[0](sample(a)) - target(sample(a)),
                                    ),
                                ),
                                have("weight", p[a] >= 0, linear, "weights"),
                                have(
                                    "part",
                                    part(g, a) >= 0,
                                    by(signs.product_not_negative),
                                    "weight",
                                    "square",
                                ),
                            ],
                        ),
                    ),
                    have("sum", other_errors >= 0, by(sums.sum_not_negative), "parts"),
                    have("risk", no_more, linear, "no errors", "sum"),
                ],
            ),
        ),
    ],
)
