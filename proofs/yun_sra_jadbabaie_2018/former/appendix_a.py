"""Appendix A.2: the derivative of the risk in one layer.

Notation: see `population`; eta is the direction of layer i, which receives w = h_{i-1:1}(X).

Statements: YSJ18_D8.

Design notes. A step of a difference quotient is s^2 or -s^2, so that powers three halves stay in
Q(s). The derivative is assembled from directions that move the output at one w alone.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import smooth
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    CORNER,
    IDENTITY,
    STEEPER,
    THREE_HALVES,
    TILTED,
    ZERO,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    FunctionNetwork,
    Geometric,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)

SIDES = {"from_the_right": 1, "from_the_left": -1}


def both_sides(decide: Callable[[int], Verdict]) -> Verdict:
    """A decision for positive and for negative steps."""
    return all_of(**{name: decide(side) for name, side in SIDES.items()})


# --- the derivative -----


def unit_directions(s: FunctionNetwork) -> list[tuple[Matrix, int]]:
    """The w other than 0 that the moved layer receives, each with each output of that layer."""
    received = [w for w, _ in s.gradient(s.layer) if not w.is_zero]
    return [(w, c) for w in received for c in range(s.layers[s.layer - 1].outputs)]


def unit_values(s: FunctionNetwork, w: Matrix, place: int) -> Callable[[Matrix], Matrix]:
    """The direction that is a unit vector at w and 0 at the other points received, by x."""
    size = s.layers[s.layer - 1].outputs
    unit = s.field.column([int(k == place) for k in range(size)])
    return lambda x: unit if s.received(x) == w else unit.scale(0)


@fact(r"L(h + \eta) = L(h) + \langle D_{h_i}[L(h)], \eta \rangle + o(\|\eta\|_{nl})")
def risk_has_a_derivative(s: FunctionNetwork) -> Verdict:
    """The risk has a Frechet derivative in the moved layer."""
    if isinstance(s.law, Geometric):
        return undecided("the law has infinitely many values")
    parts = {f"layer {k}": smooth(f, 0) for k, f in enumerate(s.upper, s.layer + 1)}
    if all(part.is_holds for part in parts.values()):
        words = "L is a differentiable function of the values of eta at finitely many points"
        return holds(Evidence.EXACT, words)
    for w, place in unit_directions(s):
        right, left = (s.slope(unit_values(s, w, place), side) for side in (1, -1))
        if not (right - left).is_zero:
            words = f"slopes {right} and {left} from the two sides, eta moving output {place}"
            return fails(Evidence.EXACT, words)
    return undecided("the layers above are not differentiable, and no corner was met")


def linear_combination(s: FunctionNetwork) -> Scalar:
    """The sum of the slopes in the unit directions, each times the value of eta there."""
    total = s.field.scalar(0)
    by_w: dict[str, Matrix] = {}
    for _, x, _ in s.atoms:
        by_w.setdefault(str(s.received(x)), x)
    for w, place in unit_directions(s):
        value = s.eta(by_w[str(w)])[place, 0]
        total = total + s.slope(unit_values(s, w, place), 1) * value
    return total


@fact(
    r"\langle D_{h_i}[L(h)], \eta \rangle = \lim_{\epsilon \to 0} "
    r"\frac{L(h_1, \ldots, h_i + \epsilon\eta, \ldots, h_{H+1}) - L(h)}{\epsilon}"
)
def quotient_tends_to_a_linear_functional(s: FunctionNetwork) -> Verdict:
    """The difference quotient tends, from both sides, to a value that is linear in eta."""
    value = linear_combination(s)
    return both_sides(lambda side: equal(s.slope(s.eta, side), value))


CORNER_ABOVE = network(
    "a corner above the moved layer", IDENTITY, (ZERO, CORNER), (1,), direction=IDENTITY
)
SQUARE_ROOT_CUBE = network(
    "power three halves above", IDENTITY, (ZERO, THREE_HALVES), (1,), direction=IDENTITY
)
TWO_BY_TWO = network(
    "two variables, two values of X, noise",
    linear((1, 0), (1, 1)),
    (linear((1, 1), (0, 2)), TILTED),
    ((1, 0), (1, -1)),
    1,
    direction=linear((1, 0), (2, -1)),
)
LAST_LAYER_MOVED = network(
    "the last of three layers moved, three outputs",
    linear((1,), (0,), (2,)),
    (STEEPER, scaled(2), linear((1,), (1,), (0,))),
    (1, 2),
    layer=3,
    direction=linear((1,), (-1,), (3,)),
)
ZERO_MAPS = network("zero maps", IDENTITY, (ZERO, ZERO), (1, 0), direction=IDENTITY)
MERGED_VALUES = network(
    "two values of X received as one",
    linear((1, 0)),
    (linear((1, 0)), STEEPER),
    ((1, 1), (1, -1)),
    layer=2,
    direction=scaled(2),
)

DERIVATIVES = (SQUARE_ROOT_CUBE, TWO_BY_TWO, LAST_LAYER_MOVED, ZERO_MAPS, MERGED_VALUES)

YSJ18_D8 = Statement(
    key="YSJ18.D8",
    kind="definition",
    where="A.2",
    title="Frechet derivative as directional derivative",
    claim=(
        "Where L has a Frechet derivative in h_i, its value in a direction eta is the limit of "
        "(L(.., h_i + e eta, ..) - L(h)) / e, and linear in eta. Decided for laws with finitely "
        "many values."
    ),
    hypotheses=(risk_has_a_derivative,),
    conclusion=quotient_tends_to_a_linear_functional,
    instances=DERIVATIVES,
    controls={risk_has_a_derivative: CORNER_ABOVE},
    strategy=function_networks,
)
