"""Section 3.1, Corollary 3: a gradient method that starts at a bad local minimum stays there.

Statements
- PS21.C3: from a local minimum with a higher loss than elsewhere, gradient steps of any sizes lead
  nowhere; so no argument that uses the loss alone shows that they lead to a global minimum.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import LANDSCAPE, phi, y
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
    definition,
    have,
    induct,
    linear,
)

i, v, m = integer("i"), integer("v"), natural("m")
eta = function("eta", i, real("x"))
"""The sizes of the steps."""
before, other, z = like("before", y), like("other", y), like("z", y)
iterates = recursion(i, before, 0, y, before - eta(i) * gradient(phi, before))
rest = each(i, 0, m, iterates[i] == y)
higher = each(i, 0, m, phi(z) < phi(iterates[i]))
C3 = Statement(
    "PS21.C3",
    LANDSCAPE,
    title="Loss-surface-only convergence arguments must fail",
    kind="corollary",
    where="Section 3.1, Corollary 3",
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
    hedge="\"Any attempt will fail if it doesn't take into consideration\" the method, its start or the data is a "
    "sentence about arguments; what is shown is the start from which no step helps. PS21.T2 has such a minimum. "
    "Every critical point is such a start, minimum or not.",
)  # fmt: skip
