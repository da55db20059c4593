"""Section 3.1, Corollary 3: a gradient method that starts at a bad local minimum stays there.

Statements
- PS21.C3.steps: from a local minimum of any function with a lower value elsewhere, gradient steps of
  any sizes lead nowhere.
- PS21.C3: the minimum of Theorem 2 is such a start in a wide network.

Design notes. The corollary is about attempts to show something, which no formula says. What is shown
is the start at which an attempt fails that uses the loss alone.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import LANDSCAPE, phi, y
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.existence import T2, both_wide
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    CERTIFIED,
    sigma,
    stays,
)
from symbolic_landscape.proofs.rules import minima
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.vectors import least_near
from symbolic_landscape.statement.language import (
    each,
    function,
    gradient,
    integer,
    like,
    natural,
    real,
    recursion,
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
    induct,
    linear,
    sampled,
)

i, v, m = integer("i"), integer("v"), natural("m")
eta = function("eta", i, real("x"))
"""The sizes of the steps."""
before, other, z = like("before", y), like("other", y), like("z", y)
iterates = recursion(i, before, 0, y, before - eta(i) * gradient(phi, before))
rest = each(i, 0, m, iterates[i] == y)
higher = each(i, 0, m, phi(z) < phi(iterates[i]))
STEPS = Statement(
    "PS21.C3.steps",
    LANDSCAPE,
    title="Gradient steps from a local minimum that is not global",
    where="Section 3.1, at Corollary 3",
    lines=(104, 108),
    names=(eta, m, z),
    given={
        "smooth": smooth(phi),
        "minimum": least_near(phi, y, other),
        "suboptimal": phi(z) < phi(y),
    },
    then=higher,
    proof=[
        have("critical", gradient(phi, y) == 0, by(minima.gradient_at_minimum, h=phi, Z=y), "smooth", "minimum"),
        have("rest", rest, induct(
            v,
            base=[have("start", iterates[0] == y, calculation)],
            step=[
                have("step", iterates[v + 1] == iterates[v] - eta(v + 1) * gradient(phi, iterates[v]), definition),
                have("stays", iterates[v + 1] == y, calculation, "step", "rest.before", "critical"),
            ],
        )),
        have("higher", higher, arbitrary(i, proof=[
            have("there", iterates[i] == y, at(i), "rest"),
            have("value", phi(iterates[i]) == phi(y), calculation, "there"),
            have("more", phi(z) < phi(iterates[i]), linear, "suboptimal", "value"),
        ])),
    ],
    gloss="Every critical point is such a start, minimum or not.",
)  # fmt: skip

resting = stays(sigma, 16, 16)
C3 = Statement(
    "PS21.C3",
    CERTIFIED,
    title="A start in a wide network from which gradient steps reach no global minimum",
    kind="corollary",
    where="Section 3.1, Corollary 3",
    lines=(104, 108),
    given={},
    then=resting,
    proof=[
        have("minimum", both_wide, cite(T2)),
        have(
            "rests",
            resting,
            sampled("the gradient of this network as a tree, for which PS21.C3.steps says it"),
            "minimum",
        ),
    ],
    gloss="What is shown of the corollary: a method that follows the gradient alone, whatever its steps, does "
    "not leave the minimum of Theorem 2. The corollary itself is not derived.",
    hedge='"Any attempt will fail if it doesn\'t take into consideration" the method, its start or the data is a '
    "sentence about arguments, and no formula. That starts near the minimum lead there is not claimed: it "
    "is on a non-attracting region.",
)
