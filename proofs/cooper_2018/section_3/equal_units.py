"""Section 3.1, proof of Corollary 3.4: a layer whose units are all equal.

Statements
- C18.C3.4.layer: a layer of equal units can keep samples apart.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.triangles import (
    DIRECTION,
    a,
    differ,
    line,
)
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    increases,
    rectified,
    sigma,
)
from symbolic_landscape.proofs.cooper_2018.settings.fitting import (
    ONE_LAYER,
    X,
    columns_differ,
    d,
    h,
    i,
    j,
    k,
)
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.statement.language import (
    Expr,
    contradiction,
    each,
    exists,
    ones,
    real,
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
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

c = real("c")
units, row = ones(h, 1), ones(1, d)
V = sigma(units @ a.T @ X + c * units @ row)
"""The features of h units that all have the weights a and the bias c."""
kept = exists(a, c, columns_differ(V))


def lifted(i: Expr) -> Expr:
    """What each unit makes of sample i, before sigma."""
    return line[i, 1] + c


def value(name: str, i: Expr) -> list[Step]:
    """Steps to the feature of the first unit at sample i."""
    return [
        have(f"{name} weights", None, by(e.entry_of_repeated_row, H=a.T @ X, m=h, i=1, j=i)),
        have(f"{name} bias", None, by(e.entry_of_repeated_row, H=row, m=h, i=1, j=i)),
        have(name, V[1, i] == sigma(lifted(i)), calculation, f"{name} weights", f"{name} bias"),
        have(f"{name} positive", None, at(i), "positive"),
    ]


def less(i: Expr, j: Expr, first: str) -> list[Step]:
    """Steps to the contradiction where the projection of sample i is less than that of j."""
    return [
        have("order", None, at(lifted(i), lifted(j)), "increases"),
        have(
            "step",
            sigma(lifted(i)) < sigma(lifted(j)),
            logic,
            "order",
            first,
            f"{name_of(i)} positive",
        ),
        have("clash", contradiction, linear, "step", "first", "second", "equal"),
    ]


def name_of(i: Expr) -> str:
    """The name of the steps about a sample."""
    return {"i": "first", "j": "second"}[str(i.term.name)]


LAYER = Statement(
    "C18.C3.4.layer",
    ONE_LAYER,
    title="A layer of equal units can keep samples apart",
    where="Section 3.1, proof of Corollary 3.4",
    lines=(284, 290),
    standing=(h >= 1,),
    given={"rectified": rectified(sigma), "distinct": columns_differ(X)},
    then=kept,
    proof=[
        have("direction", None, cite(DIRECTION)),
        have("apart", differ, obtain(a), "direction"),
        have("lifted", None, by(e.lifted_above_zero, u=line, m=d)),
        have("positive", None, obtain(c), "lifted"),
        have("increases", increases, logic, "rectified"),
        have(
            "differ",
            columns_differ(V),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "not all",
                        ~each(k, 1, h, V[k, i] == V[k, j]),
                        suppose_not(
                            [
                                have(
                                    "all", each(k, 1, h, V[k, i] == V[k, j]), logic, "not all.not"
                                ),
                                have("equal", V[1, i] == V[1, j], at(1), "all"),
                                *value("first", i),
                                *value("second", j),
                                have("different", None, at(i, j), "apart"),
                                have(
                                    "clash",
                                    contradiction,
                                    cases(
                                        less(i, j, "clash.1"),
                                        [
                                            have(
                                                "other way",
                                                line[j, 1] < line[i, 1],
                                                by(order.less_if_different),
                                                "clash.2",
                                                "different",
                                            ),
                                            *less(j, i, "other way"),
                                        ],
                                        split=line[i, 1] < line[j, 1],
                                    ),
                                ),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("kept", kept, take(a, c), "differ"),
    ],
)
