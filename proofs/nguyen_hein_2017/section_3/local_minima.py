"""Section 3.2, Corollary 3.9: first and second derivatives at a local minimum.

Statements
- NH17.C3.9.critical: a local minimum is a critical point.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
    near,
    r,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    Phi,
    V,
    W,
    b,
    bias_gradient,
    c,
    critical,
    flat_at,
    n,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import curves, minima, points
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    both,
    every,
    exists,
    fn,
    integer,
    matrix,
    real,
    true,
    update,
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
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

i, v = integer("i"), integer("v")
row, column = points.row, points.column
s, t, x = real("s"), real("t"), real("x")
SMOOTH = {"sigma": twice_smooth(sigma), "loss smooth": loss_twice_smooth}
ALL = fn(i, true)
"""The set of all layers."""
least_nearby = every(V, c, near(V, c, W, b, 1, L, r) >> (Phi(W, b) <= Phi(V, c)))
M, d = matrix("M", n[v - 1], n[v]), matrix("d", 1, n[v])


def member_is_flat(
    name: str,
    change: Expr,
    start: Expr,
    changed: tuple[Expr, Expr],
    there: Expr,
    gradient_there: Definition,
    smooth_rule: Rule,
) -> list[Step]:
    """Steps: the gradient of one family of layer v is 0, since changes of it alone are no descent.

    `changed` is the point with another member, `there` that family at the index i.
    """
    family = 0 if changed[1] is b else 1
    here, other = (W, b)[family], (W, b)[1 - family]
    close_there = points.close(there, here[i], r)
    close_both = both(points.close(changed[0][i], W[i], r), points.close(changed[1][i], b[i], r))
    nearby = every(change, points.close(change, start, r) >> (Phi(W, b) <= Phi(*changed)))
    no_change = have(
        "no change",
        close_there,
        arbitrary(
            row,
            column,
            proof=[
                have(
                    "entry",
                    both(-r < (there - here[i])[row, column], (there - here[i])[row, column] < r),
                    logic,
                    "r positive",
                )
            ],
        ),
    )
    return [
        have(
            f"{name} nearby",
            nearby,
            arbitrary(
                change,
                proof=[
                    have(
                        "near",
                        near(*changed, W, b, 1, L, r),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "this",
                                    close_there,
                                    cases(
                                        [no_change],
                                        [
                                            have(
                                                "from there",
                                                close_there,
                                                cases(
                                                    [
                                                        have(
                                                            "index",
                                                            i == v,
                                                            linear,
                                                            "this.2",
                                                            "from there.1",
                                                        ),
                                                        have(
                                                            "changed",
                                                            close_there,
                                                            calculation,
                                                            f"{name} nearby.if",
                                                            "index",
                                                        ),
                                                    ],
                                                    [no_change],
                                                    split=i <= v,
                                                ),
                                            )
                                        ],
                                        split=i <= v - 1,
                                    ),
                                ),
                                have(
                                    "other",
                                    points.close(other[i], other[i], r),
                                    arbitrary(
                                        row,
                                        column,
                                        proof=[
                                            have("entry", both(-r < 0, r > 0), logic, "r positive")
                                        ],
                                    ),
                                ),
                                have("both", close_both, logic, "this", "other"),
                            ],
                        ),
                    ),
                    have("if near", None, at(*changed), "least nearby"),
                    have("least", Phi(W, b) <= Phi(*changed), logic, "if near", "near"),
                ],
            ),
        ),
        have(
            f"{name} least",
            exists(r, both(r > 0, nearby)),
            take(r),
            "r positive",
            f"{name} nearby",
        ),
        have(f"{name} smooth", None, by(smooth_rule, H=OBJECTIVE, U=W, a=b, i=v), "smooth"),
        have(
            f"{name} gradient",
            gradient_there(W, b, v) == 0,
            by(minima.gradient_at_minimum, h=fn(change, Phi(*changed)), Z=start),
            f"{name} smooth",
            f"{name} least",
        ),
    ]


CRITICAL = Statement(
    "NH17.C3.9.critical",
    NEIGHBOURHOODS,
    title="A local minimum is a critical point",
    where="Section 3.1",
    lines=(476, 479),
    given={"minimum": local_minimum(W, b), **SMOOTH},
    then=critical(W, b),
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have("r", both(r > 0, least_nearby), obtain(r), "minimum"),
        have("r positive", r > 0, logic, "r"),
        have("least nearby", least_nearby, logic, "r"),
        have(
            "critical",
            critical(W, b),
            arbitrary(
                v,
                proof=[
                    *member_is_flat(
                        "weight",
                        M,
                        W[v],
                        (update(W, v, M), b),
                        update(W, v, M)[i],
                        weight_gradient,
                        curves.smooth_in_member,
                    ),
                    *member_is_flat(
                        "bias",
                        d,
                        b[v],
                        (W, update(b, v, d)),
                        update(b, v, d)[i],
                        bias_gradient,
                        curves.smooth_in_member2,
                    ),
                    have("flat", flat_at(W, b, v), logic, "weight gradient", "bias gradient"),
                ],
            ),
        ),
    ],
)
