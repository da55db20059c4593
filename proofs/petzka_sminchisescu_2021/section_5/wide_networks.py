"""Theorem 2, and Section 5.3: from one point of a small network to minima of larger ones.

Statements
- PS21.T2.split: a nondegenerate 2-1-1-1 point with B(1) positive definite is split into a local
  minimum with a way out.
- PS21.T2: there is such a point, with sigmoid and with tanh, so there is such a minimum; and there is
  one with two wide layers.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.existence import (
    T2_WIDE,
    both_wide,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.first_splits import FIRST, way_out
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    ACTIVATION,
    has_escape,
    minimum_with_kernel,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.chain import (
    CHAIN,
    NETWORK_UNIT,
    X,
    Y,
    above,
    at_start,
    of_network,
    on_samples,
    sigma,
    start_,
    the_samples,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import lam
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import SMOOTH
from symbolic_landscape.proofs.rules import vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.statement.language import Expr, both, define, exists, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, cite, have, linear, logic, obtain, sampled, take
from symbolic_landscape.statement.term import num, substitute
from symbolic_landscape.verdict import Verdict, undecided

HALF = Expr(num(Fraction(1, 2)))


def halved(x: Expr) -> Expr:
    """What is meant of one unit, of that of the network, where its weights out are halved."""
    return Expr(substitute(the(of_network(x)), {the(lam): the(HALF)}))


split_ = define(
    "minimum with a way out",
    (sigma,),
    exists(z, halved(way_out)),
    text="2-2-1-1 with {0}: some point with two equal units is a local minimum, with a way out",
    latex=r"\text{{2-2-1-1 with }} {0} \text{{: some point with two equal units is a local minimum, with a way out}}",
)


@on_samples
def has_split(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the enclosed 2-2-1-1 point is a minimum and paths lead from it to a lower loss."""
    found = minimum_with_kernel(instance, (*arguments, 2, 1, 1))
    return has_escape(instance, (*arguments, 2, 1)) if found.is_holds else undecided(found.reason)


WIDE = CHAIN.extended(
    "networks of 2, 1, 1 and 1 units and wider ones on 16 rational samples",
    definitions=(split_,),
    decisions={split_.name: has_split},
)
SMOOTH_HERE = {"sigma": SMOOTH["sigma"], "above": twice_smooth(above)}
DATA = {**ACTIVATION, "samples": the_samples(X, Y)}
SPLIT = Statement(
    "PS21.T2.split",
    WIDE,
    title="A nondegenerate 2-1-1-1 point is split into a local minimum with a way out",
    where="Section 5.3, proof of Theorem 2",
    lines=(243, 243),
    given={**SMOOTH_HERE, "start": start_(sigma)},
    then=split_(sigma),
    proof=[
        have("point", both(*at_start.values()), obtain(z), "start"),
        *(have(name, formula, logic, "point") for name, formula in at_start.items()),
        have("below", of_network(SMOOTH["below"]), by(vectors.twice_smooth_fixed)),
        have("one above", Expr(num(1)) == 1, linear),
        have("way out", halved(way_out), cite(FIRST, **NETWORK_UNIT, z=z, **{"lambda": HALF})),
        have("split", split_(sigma), take(z), "way out"),
    ],
    gloss="The added unit is in a hidden layer with another one above it. PS21.T13.again gives the next.",
)  # fmt: skip

both_shown = both(split_(sigma), both_wide)
T2 = Statement(
    "PS21.T2",
    WIDE,
    title="Deep and extremely wide networks with a non-attracting region of local minima",
    kind="theorem",
    where="Section 3.1, Theorem 2; Section 5.3",
    lines=(102, 102),
    given={**SMOOTH_HERE, **DATA},
    then=both_shown,
    proof=[
        have(
            "start",
            start_(sigma),
            sampled("numbers of a kernel that are enclosed in balls: the 2-1-1-1 point is no exact one"),
            "activation",
            "samples",
            lines=(243, 243),
        ),
        have("split", split_(sigma), cite(SPLIT), lines=(243, 243)),
        have("wide", both_wide, cite(T2_WIDE, p1=16, p2=16), lines=(245, 247)),
        have("both", both_shown, logic, "split", "wide"),
    ],
    gloss="Theorem 2 says that such networks exist. All that is not derived for the first is that one "
    "2-1-1-1 point exists, which is enclosed, with sigmoid and with tanh. Each further unit of its layer is "
    "PS21.T13.again and PS21.T13: 15 of them make it as wide as there are samples. With two wide layers "
    "there is PS21.T2.wide.",
    hedge="How often the step is repeated is said in words: no tree has a number of parameters that grows. "
    "That G is twice smooth follows from sigma, by rules that the book has for functions of one vector only.",
)  # fmt: skip
