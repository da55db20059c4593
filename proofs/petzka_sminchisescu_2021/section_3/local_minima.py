"""Section 3.1: local minima and isolated ones.

Statements
- PS21.D.min: an isolated local minimum is a local minimum.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import LANDSCAPE, phi, y
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import least_near, strictly_least_near
from symbolic_landscape.statement.language import both, every, exists, like, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    calculation,
    cases,
    have,
    linear,
    logic,
    obtain,
    take,
)

r, other = real("r"), like("other", y)
least = phi(y) <= phi(other)
nearby = every(other, close(other, y, r) >> least)
strictly = every(other, both(close(other, y, r), other != y) >> (phi(y) < phi(other)))
D_MIN = Statement(
    "PS21.D.min",
    LANDSCAPE,
    title="local / isolated / suboptimal local minimum",
    kind="definition",
    where="Section 3.1",
    lines=(83, 83),
    given={"isolated": strictly_least_near(phi, y, other)},
    then=least_near(phi, y, other),
    proof=[
        have("r", both(r > 0, strictly), obtain(r), "isolated"),
        have("radius", r > 0, logic, "r"),
        have("strictly", strictly, logic, "r"),
        have(
            "nearby",
            nearby,
            arbitrary(
                other,
                proof=[
                    have(
                        "least",
                        least,
                        cases(
                            [
                                have("same", phi(other) == phi(y), calculation, "least.1"),
                                have("equal", least, linear, "same"),
                            ],
                            [
                                have("if other", None, at(other), "strictly"),
                                have(
                                    "more",
                                    phi(y) < phi(other),
                                    logic,
                                    "if other",
                                    "nearby.if",
                                    "least.2",
                                ),
                                have("less", least, linear, "more"),
                            ],
                            split=other == y,
                        ),
                    )
                ],
            ),
        ),
        have("minimum", exists(r, both(r > 0, nearby)), take(r), "radius", "nearby"),
    ],
)
