"""Section 3.1, Corollary 3: a gradient method that starts at a bad local minimum stays there.

Statements
- PS21.C3.steps: from a local minimum of any function with a lower value elsewhere, gradient steps of
  any sizes lead nowhere.
- PS21.C3: the minimum of Theorem 2 is such a start in a network of two hidden layers.

Design notes. The corollary is about attempts to show something, which no formula says. What is shown
is the start at which an attempt fails that uses the loss alone.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import (
    LANDSCAPE,
    escape_from,
    phi,
    q,
    y,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    LOSSES,
    losses,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    other as embedded_other,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import embedded
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.first_splits import way_out
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.wide_networks import (
    HALF,
    T2,
    WIDE,
    halved,
    has_split,
    split_,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.chain import (
    NETWORK_UNIT,
    of_network,
    sigma,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.chain import z as point
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import LARGE, SMOOTH
from symbolic_landscape.proofs.rules import minima, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.vectors import least_near
from symbolic_landscape.statement.language import (
    Expr,
    define,
    each,
    every,
    exists,
    function,
    gradient,
    integer,
    like,
    natural,
    real,
    recursion,
    the,
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
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.term import substitute

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

copied, better = halved(embedded), like("better", halved(embedded))


def from_there(better: Expr) -> Expr:
    """Gradient steps of the network from the split point stay higher than this one."""
    sizes = {the(q): the(copied.rows)}
    here = {phi: halved(LARGE), y: copied, z: better}
    return Expr(
        substitute(
            substitute(the(higher), sizes),
            {substitute(the(k), sizes): the(x) for k, x in here.items()},
        )
    )


rests_ = define(
    "start that gradient steps do not leave",
    (sigma,),
    exists(point, better, every(eta, m, from_there(better))),
    text="2-2-1-1 with {0}: from some point gradient steps of any sizes stay higher than another one",
    latex=r"\text{{2-2-1-1 with }} {0} \text{{: from some point gradient steps of any sizes stay higher than another one}}",
)
HERE = WIDE.extended(
    "gradient steps in networks of 2, 2, 1 and 1 units on 16 rational samples",
    definitions=(rests_,),
    decisions={rests_.name: has_split},
)
path = function("path", real("t"), copied)
C3 = Statement(
    "PS21.C3",
    HERE,
    title="A start from which gradient steps reach no global minimum",
    kind="corollary",
    where="Section 3.1, Corollary 3",
    lines=(104, 108),
    given=T2.given,
    then=rests_(sigma),
    proof=[
        have("networks", None, cite(T2)),
        have("split", split_(sigma), logic, "networks"),
        have("point", halved(way_out), obtain(point), "split"),
        have("minimum", halved(least_near(LARGE, embedded, embedded_other)), logic, "point"),
        have("escape", escape_from(halved(LARGE), copied), logic, "point"),
        have("path", None, obtain(path), "escape"),
        have("lower", halved(LARGE)(path(1)) < halved(LARGE)(copied), logic, "path"),
        have("below", of_network(SMOOTH["below"]), by(vectors.twice_smooth_fixed)),
        have("losses", of_network(losses), cite(LOSSES, **NETWORK_UNIT, z=point, **{"lambda": HALF})),
        have("large twice", twice_smooth(halved(LARGE)), logic, "losses"),
        have("smooth", smooth(halved(LARGE)), by(vectors.smooth_of_twice_smooth), "large twice"),
        have("stay", every(eta, m, from_there(path(1))), arbitrary(eta, m, proof=[
            have("higher", from_there(path(1)), cite(STEPS, phi=halved(LARGE), y=copied, z=path(1), q=copied.rows)),
        ])),
        have("rests", rests_(sigma), take(point, path(1)), "stay"),
    ],
    gloss="What is shown of the corollary: a method that follows the gradient alone, whatever its steps, does "
    "not leave the minimum of Theorem 2. The corollary itself is not derived.",
    hedge='"Any attempt will fail if it doesn\'t take into consideration" the method, its start or the data is a '
    "sentence about arguments, and no formula. That starts near the minimum lead there is not claimed: it "
    "is on a non-attracting region.",
)  # fmt: skip
