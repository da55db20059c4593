"""Sections 5.3 and 5.4: the unit of the first hidden layer of a 2-1-1-1 network, written out.

Notation: w (3 x 1) holds what is neither into the unit nor out of it: the bias of the second hidden
layer, the weight of the output and its bias. z (7 x 1) holds all parameters of the network.

Design notes. What Section 5 says of one unit and all the rest is said of this network by putting its
trees for A and G. Its point is no exact number: that some point is a nondegenerate critical one with
B positive definite is a definition of its own, which a rigorous enclosure settles.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings import unit_variables as unit
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    ACTIVATIONS,
    CERTIFIED,
    b_definite,
    minimum_with_kernel,
    samples,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    SMALL,
    UNIT,
    hessian_,
)
from symbolic_landscape.proofs.rules.definite import pd
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    exists,
    fn,
    gradient,
    matrix,
    ones,
    predicate,
    stack,
    the,
    trace,
)
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.setting import Decision, Setting
from symbolic_landscape.statement.term import Term, num, substitute
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

N, sigma = unit.N, unit.sigma
X, Y = matrix("X", 2, N), matrix("Y", 1, N)
w, P = matrix("w", 3, 1), matrix("P", 1, N)
one = ones(1, N)
residuals = w[2, 1] * sigma(P + w[1, 1] * one) + w[3, 1] * one - Y
below = fn(w, stack(X, one))
above = fn(w, fn(P, trace(residuals.T @ residuals)))
NETWORK_UNIT = {"n": 3, "m": 1, "q": 3, "A": below, "G": above}
"""The unit of the first hidden layer and the rest of the network, for citations."""


def of_network(x: Expr) -> Expr:
    """What is meant of one unit, of the unit of the first hidden layer of the network."""
    sizes = {the(unit.n): num(3), the(unit.m): num(1), the(unit.q): num(3)}
    changed = substitute(the(x), sizes)
    trees = {
        substitute(the(old), sizes): the(new) for old, new in ((unit.A, below), (unit.G, above))
    }
    return Expr(substitute(changed, trees))


z = of_network(unit.z)
START = {
    "critical": gradient(SMALL, unit.z) == 0,
    "nondegenerate": pd(hessian_(unit.z)),
    "definite": pd(B_(unit.z)),
}
at_start = {name: of_network(f) for name, f in START.items()}
start_ = define(
    "nondegenerate point with B definite",
    (sigma,),
    exists(z, both(*at_start.values())),
    text="2-1-1-1 with {0}: some critical point has a positive definite Hessian, and B(1) there is positive definite",
    latex=r"\text{{2-1-1-1 with }} {0} \text{{: some critical point has }} \nabla^2 \succ 0, B(1) \succ 0",
)


the_samples = predicate("the 16 samples")


def are_the_samples(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether inputs and targets are the 16 rational samples for which points are known."""
    given = samples()
    if arguments == (given.inputs.T, given.targets.T):
        return holds(Evidence.EXACT, "they are these 16")
    return fails(Evidence.EXACT, "they are others")


def on_samples(decide: Decision) -> Decision:
    """The decision where the samples are the 16 rational ones, else UNDECIDED."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        here = {str(v.name): x for v, x in instance.values.items()}
        if not are_the_samples(instance, (here.get("X"), here.get("Y"))).is_holds:
            return undecided("a point is known for the 16 samples of this setting only")
        verdict: Verdict = decide(instance, arguments)
        return verdict

    return decided


@on_samples
def has_start(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the enclosed 2-1-1-1 point is nondegenerate with B(1) positive definite."""
    found = minimum_with_kernel(instance, (*arguments, 1, 1, 0))
    curved = b_definite(instance, (*arguments, 1))
    for verdict in (found, curved):
        if not verdict.is_holds:
            return undecided(verdict.reason)
    return found


def examples() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The 16 samples, with tanh and with sigmoid."""
    given = samples()
    known = {N: given.inputs.shape[0], X: given.inputs.T, Y: given.targets.T}
    return tuple(
        (f"16 samples, {f}", {v.term: x for v, x in {**known, sigma: f}.items()})
        for f in ACTIVATIONS
    )


CHAIN = Setting(
    "a network of 2, 1, 1 and 1 units on 16 rational samples",
    variables=(N, X, Y, sigma),
    definitions=(*UNIT.definitions, start_),
    decisions={**CERTIFIED.decisions, "the 16 samples": are_the_samples, start_.name: has_start},
    notation={
        **CERTIFIED.notation,
        "the 16 samples": Notation(
            "{0}, {1} are the 16 samples", r"{0}, {1} \text{{ are the 16 samples}}"
        ),
    },
    instances=examples,
)
