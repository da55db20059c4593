"""Sections 5.2 and 5.3: what repeated splits of one unit do to the matrix B, and to the weights.

Statements
- PS21.I.Bt: each split multiplies B by 1 - lambda, so t - 1 of them by its power.
- PS21.R14: a unit and its copy have the same weights in.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    embedded,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    lam,
    m,
    n,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    UNIT,
    curvature,
    errors_,
    h,
    in_,
    new_in_,
    old_,
    theta,
    u,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    integer,
    matrix,
    natural,
    ones,
    recursion,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    calculation,
    cite,
    definition,
    have,
    logic,
)

t, last = integer("t"), natural("last")
before = matrix("before", m, 1)
out = recursion(t, before, 1, v, (1 - lam) * before)
"""The weights out of the unit before the t-th neuron is added."""


def b_of(v: Expr) -> Expr:
    """B for these weights out; nothing else in it changes when the unit is split."""
    scaled = (v.T @ errors_(z)) * curvature(h)
    return (A(theta) * (ones(n, 1) @ scaled)) @ A(theta).T


shrinks = each(t, 1, last, b_of(out[t + 1]) == (1 - lam) * b_of(out[t]))
starts = b_of(out[1]) == B_(z)
I_BT = Statement(
    "PS21.I.Bt",
    UNIT,
    title="B after t splits",
    kind="identity",
    where="Section 5.2, displayed; Section 5.3",
    lines=(215, 217),
    names=(last,),
    given={},
    then=both(starts, shrinks),
    proof=[
        have(
            "shrinks",
            shrinks,
            arbitrary(
                t,
                proof=[
                    have("out", out[t + 1] == (1 - lam) * out[t], definition),
                    have(
                        "matrix", b_of(out[t + 1]) == (1 - lam) * b_of(out[t]), calculation, "out"
                    ),
                ],
            ),
        ),
    ],
)
R14 = Statement(
    "PS21.R14",
    UNIT,
    title="degeneracy of the example",
    kind="remark",
    where="Section 5.2, Remark 14",
    lines=(224, 224),
    given={},
    then=new_in_(embedded) == in_(old_(embedded)),
    proof=[
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("new", new_in_(embedded) == u, logic, "split"),
        have("old", in_(old_(embedded)) == u, logic, "split"),
        have("same", new_in_(embedded) == in_(old_(embedded)), calculation, "new", "old"),
    ],
)
