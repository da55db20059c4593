"""Appendix A.2: the derivative of the risk in one layer, and formula (6) for it.

Notation: see `population`; eta is the direction of layer i, w = h_{i-1:1}(X), f = h_{H+1:i+1}; (6)
is <D_i L, eta> = E[(h_{H+1:1}(X) - h*(X))^T J[f](h_{i:1}(X)) eta(w)].

Statements: YSJ18_D8, YSJ18_E6.

Design notes. A step of a difference quotient is s^2 or -s^2, so that powers three halves stay in
Q(s). As printed, (6) is refuted by a law with infinitely many values although all maps are in their
classes and E |X|^2 is finite: a differentiable f of linear growth can have slopes so steep at the
values of X that the right side is no number. That f is smooth does not help if X is unbounded, and
that X is bounded does not help if f is not C1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from proofs.yun_sra_jadbabaie_2018.appendix_a_direction import steering_in_class
from proofs.yun_sra_jadbabaie_2018.bounds import smooth
from proofs.yun_sra_jadbabaie_2018.function_networks import (
    CORNER,
    IDENTITY,
    STEEPER,
    THREE_HALVES,
    TILTED,
    WAVES_FAR,
    WAVES_NEAR,
    ZERO,
    function_networks,
    linear,
    network,
    scaled,
)
from proofs.yun_sra_jadbabaie_2018.maps import NAMED, STEP, Map, composed
from proofs.yun_sra_jadbabaie_2018.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Geometric,
    square,
)
from proofs.yun_sra_jadbabaie_2018.section_4 import (
    WRONG_MEAN,
    each_value,
    in_class,
    layers_are_in_their_classes,
    target_is_in_class,
    target_is_the_conditional_mean,
)
from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    order_at_zero,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.lemma import Statement, fact
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
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
    by_w = {}
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
ANY_SLOPES = FunctionNetwork(
    name="any linear maps, X = (1, 0)",
    law=Finite((Atom(Fraction(1), (1, 0), ("a", "b")),)),
    target=linear(("a", "p"), ("b", "q")),
    layers=(linear(("c", "d")), linear(("e",), ("f",))),
    direction=linear(("g", "h")),
)
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
        "(L(.., h_i + e eta, ..) - L(h)) / e, and linear in eta."
    ),
    hypotheses=(risk_has_a_derivative,),
    conclusion=quotient_tends_to_a_linear_functional,
    instances=DERIVATIVES,
    controls={risk_has_a_derivative: CORNER_ABOVE},
    strategy=function_networks,
)

# --- formula (6) -----


@fact(r"\eta \in \mathcal{F}_i")
def direction_is_in_class(s: FunctionNetwork) -> Verdict:
    """The direction is in the class of the layer that it moves."""
    if isinstance(s.direction, Map):
        return in_class(s.direction)
    return steering_in_class(s)


def _upper_remainder(s: FunctionNetwork, x: Matrix, side: int) -> Matrix:
    """f(z + e eta) - f(z) - e J[f](z) eta at z = h_{i:1}(x), for e = side s^2, over Q(.., s)."""
    field = RationalFunctions((*s.symbols, STEP))
    step = field.generator(STEP) ** 2 * side
    z, eta = composed(s.layers[: s.layer], x).over(field), s.eta(x).over(field)
    moved = composed(s.upper, z + eta.scale(step))
    linear_part = (s.jacobian_above(x) @ s.eta(x)).over(field).scale(step)
    return moved - composed(s.upper, z) - linear_part


def _vanishes_to(order: int, value: Scalar) -> Verdict:
    """Whether a function of s is O(s^order)."""
    if value.is_zero:
        return holds(Evidence.EXACT, "the remainder is 0")
    found = order_at_zero(value, STEP)
    answer = holds if found >= order else fails
    return answer(Evidence.EXACT, f"the remainder is of order {Fraction(found, 2)} in the step")


def _small_remainder(s: FunctionNetwork, order: int) -> Verdict:
    """Whether the remainder above layer i is O(s^order) at every value of X."""
    if all(smooth(f, 2).is_holds for f in s.upper):
        return holds(Evidence.EXACT, "the layers above are twice differentiable (Taylor)")
    if isinstance(s.law, Geometric) and len(s.upper) == 1 and s.upper[0] in SMOOTH_OFF_ZERO:
        return holds(Evidence.EXACT, "the layer above is smooth off 0, where X is")

    def at(x: Matrix) -> Verdict:
        def side_of(side: int) -> Verdict:
            rows = _upper_remainder(s, x, side).tolist()
            return for_all(range(len(rows)), lambda k: _vanishes_to(order, rows[k][0]), "output")

        return both_sides(side_of)

    return each_value(s, at)


SMOOTH_OFF_ZERO = (WAVES_NEAR, THREE_HALVES)


@fact(r"f(z + \epsilon\eta) = f(z) + \epsilon J[f](z) \eta + O(\epsilon^2)")
def upper_layers_expand_to_second_order(s: FunctionNetwork) -> Verdict:
    """At each value of X the layers above are linear in e eta up to a remainder O(e^2)."""
    return _small_remainder(s, 4).against(third_order=lambda: _small_remainder_exactly(s))


def _small_remainder_exactly(s: FunctionNetwork) -> Verdict:
    """The stronger claim that the remainder is O(e^3)."""

    def at(x: Matrix) -> Verdict:
        rows = _upper_remainder(s, x, 1).tolist()
        return for_all(range(len(rows)), lambda k: _vanishes_to(6, rows[k][0]), "output")

    return each_value(s, at)


@fact(r"f(z + \epsilon\eta) = f(z) + \epsilon J[f](z) \eta + o(\epsilon)")
def upper_layers_expand_to_first_order(s: FunctionNetwork) -> Verdict:
    """At each value of X the layers above are linear in e eta up to a remainder o(e)."""
    return _small_remainder(s, 3).against(third_order=lambda: _small_remainder_exactly(s))


@fact(
    r"L(\ldots, h_i + \epsilon\eta, \ldots) = L(h) + \epsilon\, \mathbb{E}[(h_{H+1:1}(X) - h^*(X))"
    r"^T J[f](h_{i:1}(X)) \eta(h_{i-1:1}(X))] + O(\epsilon^2)"
)
def risk_expands_to_second_order(s: FunctionNetwork) -> Verdict:
    """The risk is L(h) + e E[r^T J eta] up to a remainder O(e^2)."""
    return _risk_remainder(s, 4).against(third_order=lambda: _risk_remainder(s, 6))


def _risk_remainder(s: FunctionNetwork, order: int) -> Verdict:
    pairing, still = s.pairing(), s.risk
    if pairing is None or still is None:
        return fails(Evidence.EXACT, "E |r^T J eta| is infinite, so that (6) names no number")

    def side_of(side: int) -> Verdict:
        moved = s.moved_risk(s.eta, side)
        step = RationalFunctions((*s.symbols, STEP)).generator(STEP) ** 2 * side
        return _vanishes_to(order, moved - still - step * pairing)

    return both_sides(side_of)


@fact(
    r"\langle D_{h_i}[L(h)], \eta \rangle = \mathbb{E}[(h_{H+1:1}(X) - h^*(X))^T "
    r"J[h_{H+1:i+1}](h_{i:1}(X)) \eta(h_{i-1:1}(X))]"
)
def derivative_is_expectation(s: FunctionNetwork) -> Verdict:
    """The directional derivative of the risk is the expectation on the right side of (6)."""
    pairing = s.pairing()
    if pairing is None:
        return fails(Evidence.EXACT, "E |r^T J eta| is infinite, so that (6) names no number")
    return both_sides(lambda side: equal(s.slope(s.eta, side), pairing))


@fact(r"\exists M:\ \|X\| \le M \text{ a.s.}")
def inputs_are_bounded(s: FunctionNetwork) -> Verdict:
    """X is bounded."""
    if isinstance(s.law, Finite):
        return holds(Evidence.EXACT, f"{len(s.law.atoms)} values")
    answer = holds if s.law.base < 1 else fails
    return answer(Evidence.EXACT, f"the values are the powers of {s.law.base}")


@fact(r"h_{i+1}, \ldots, h_{H+1} \in C^1")
def upper_layers_are_C1(s: FunctionNetwork) -> Verdict:
    """The layers above the moved one are continuously differentiable."""
    return for_all(range(len(s.upper)), lambda k: smooth(s.upper[k], 1), "layer above")


STEEP_FAR_OUT = network(
    "waves that steepen far out, unbounded X",
    scaled(-1),
    (IDENTITY, WAVES_FAR),
    Geometric(Fraction(2), Fraction(1, 8)),
    direction=IDENTITY,
)
STEEP_NEAR_ZERO = network(
    "waves that steepen near 0, bounded X",
    scaled(-1),
    (IDENTITY, WAVES_NEAR),
    Geometric(Fraction(1, 2), Fraction(1, 2)),
    direction=IDENTITY,
)
WRONG_TARGET = network(
    "twice the conditional mean, moved",
    WRONG_MEAN.target,
    (IDENTITY,),
    WRONG_MEAN.law,
    direction=IDENTITY,
)
VALUES_ALONE = "the directional derivative and (6) depend on it through its values alone"

YSJ18_E6 = Statement(
    key="YSJ18.E6",
    kind="identity",
    where="A.2, eq. (6)",
    title="Formula for the directional derivative",
    claim=(
        "For h* in F and h_i, eta in F_i the directional derivative is E[(h_{H+1:1}(X) - h*(X))^T "
        "J[h_{H+1:i+1}](h_{i:1}(X)) eta(h_{i-1:1}(X))]."
    ),
    hypotheses=(
        layers_are_in_their_classes,
        target_is_in_class,
        direction_is_in_class,
        target_is_the_conditional_mean,
    ),
    conclusion=derivative_is_expectation,
    instances=(*DERIVATIVES, ANY_SLOPES, STEEP_FAR_OUT, STEEP_NEAR_ZERO),
    controls={
        layers_are_in_their_classes: CORNER_ABOVE,
        target_is_the_conditional_mean: WRONG_TARGET,
    },
    no_control={target_is_in_class: VALUES_ALONE, direction_is_in_class: VALUES_ALONE},
    strategy=function_networks,
    expected=(
        ("invalid inference", "step expand_the_layers_above"),
        ("invalid inference", "step expand_the_square_of_the_residual"),
        ("refuted", "statement"),
    ),
)


@YSJ18_E6.step(
    premises=(layers_are_in_their_classes,),
    gives=upper_layers_expand_to_second_order,
    controls={layers_are_in_their_classes: CORNER_ABOVE},
)
def expand_the_layers_above(s: FunctionNetwork, classes: Verdict) -> Verdict:
    """A differentiable map is linear up to a remainder of second order."""
    return _small_remainder(s, 4)


@YSJ18_E6.step(
    premises=(upper_layers_expand_to_second_order, target_is_the_conditional_mean),
    gives=risk_expands_to_second_order,
    controls={
        upper_layers_expand_to_second_order: SQUARE_ROOT_CUBE,
        target_is_the_conditional_mean: WRONG_TARGET,
    },
)
def expand_the_square_of_the_residual(
    s: FunctionNetwork, above: Verdict, mean: Verdict
) -> Verdict:
    """Take the expectation of the square of r + e J eta + O(e^2), term by term."""
    return _risk_remainder(s, 4)


@YSJ18_E6.step(
    premises=(risk_expands_to_second_order,),
    gives=derivative_is_expectation,
    controls={risk_expands_to_second_order: CORNER_ABOVE},
)
def divide_by_the_step(s: FunctionNetwork, expansion: Verdict) -> Verdict:
    """Subtract L(h), divide by e, and let e tend to 0."""
    return _slopes_agree(s)


def _slopes_agree(s: FunctionNetwork) -> Verdict:
    """Whether the slopes of the square at each value (x, y) are (h_{H+1:1}(x) - y)^T J eta."""
    field = RationalFunctions((*s.symbols, STEP))

    def at(k: int, side: int) -> Verdict:
        _, x, y = s.atoms[k]
        step = field.generator(STEP) ** 2 * side
        z = composed(s.layers[: s.layer], x).over(field)
        moved = composed(s.upper, z + s.eta(x).over(field).scale(step)) - y.over(field)
        change = (square(moved) - square(s.output(x) - y)) / (step * 2)
        error = (s.output(x) - y).T @ s.jacobian_above(x) @ s.eta(x)
        return equal(limit_at_zero(change, STEP), error[0, 0])

    return for_all(
        range(len(s.atoms)), lambda k: both_sides(lambda side: at(k, side)), "atom"
    )


YSJ18_E6_REPAIRED = YSJ18_E6.repair(
    claim=(
        "The same formula, if X is bounded and the layers above the moved one are C1; the "
        "remainder is then o(e), and O(e^2) only for more smoothness."
    ),
    minimal=(
        "If X is unbounded, a smooth f of linear growth can have slopes 2 X at the values of X; if "
        "X is bounded and f differentiable but not C1, slopes 1 / X^3. The right side of (6) is no "
        "number then."
    ),
    hypotheses=(*YSJ18_E6.hypotheses, upper_layers_are_C1, inputs_are_bounded),
    instances=(*DERIVATIVES, ANY_SLOPES),
    controls={
        target_is_the_conditional_mean: WRONG_TARGET,
        upper_layers_are_C1: STEEP_NEAR_ZERO,
        inputs_are_bounded: STEEP_FAR_OUT,
    },
    no_control={
        layers_are_in_their_classes: (
            "of the layers (6) needs that those above are C1, which is asked for by itself, and "
            "that the others are bounded on bounded sets"
        ),
        target_is_in_class: VALUES_ALONE,
        direction_is_in_class: VALUES_ALONE,
    },
    without=("divide_by_the_step",),
)


@YSJ18_E6_REPAIRED.step(
    premises=(upper_layers_are_C1,),
    gives=upper_layers_expand_to_first_order,
    controls={upper_layers_are_C1: CORNER_ABOVE},
    replaces="expand_the_layers_above",
)
def expand_to_first_order(s: FunctionNetwork, smooth_above: Verdict) -> Verdict:
    """A differentiable map is linear up to a remainder o(e)."""
    return _small_remainder(s, 3)


@YSJ18_E6_REPAIRED.step(
    premises=(
        upper_layers_expand_to_first_order,
        upper_layers_are_C1,
        inputs_are_bounded,
        layers_are_in_their_classes,
        direction_is_in_class,
        target_is_the_conditional_mean,
    ),
    gives=derivative_is_expectation,
    controls={
        inputs_are_bounded: STEEP_FAR_OUT,
        upper_layers_are_C1: STEEP_NEAR_ZERO,
        target_is_the_conditional_mean: WRONG_TARGET,
    },
    no_control={
        upper_layers_expand_to_first_order: "it follows from the smoothness of the layers above",
        layers_are_in_their_classes: "continuous maps are bounded on bounded sets anyway",
        direction_is_in_class: VALUES_ALONE,
    },
    replaces="expand_the_square_of_the_residual",
)
def dominated_convergence(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """J is bounded where X is, so that the quotients are bounded and their limits may be summed."""
    return _slopes_agree(s)
