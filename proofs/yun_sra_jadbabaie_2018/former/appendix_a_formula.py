"""Appendix A.2: formula (6) for the derivative of the risk in one layer.

Notation: see `population`; eta is the direction of layer i, w = h_{i-1:1}(X), f = h_{H+1:i+1}; (6)
is <D_i L, eta> = E[(h_{H+1:1}(X) - h*(X))^T J[f](h_{i:1}(X)) eta(w)].

Statements: YSJ18_E6.

Design notes. As printed, (6) is refuted by a law with infinitely many values although all maps are
in their classes and E |X|^2 is finite: a differentiable f of linear growth can have slopes so steep
at the values of X that the right side is no number. That f is smooth does not help if X is
unbounded, and that X is bounded does not help if f is not C1.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import (
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    order_at_zero,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a import (
    CORNER_ABOVE,
    DERIVATIVES,
    SQUARE_ROOT_CUBE,
    both_sides,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    steering_in_class,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import smooth, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    IDENTITY,
    THREE_HALVES,
    WAVES_FAR,
    WAVES_NEAR,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, composed
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Geometric,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import STEP
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    WRONG_MEAN,
    each_value,
    in_class,
    layers_are_in_their_classes,
    target_is_in_class,
    target_is_the_conditional_mean,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    fails,
    for_all,
    holds,
)


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


ANY_SLOPES = FunctionNetwork(
    name="any linear maps, X = (1, 0)",
    law=Finite((Atom(Fraction(1), (1, 0), ("a", "b")),)),
    target=linear(("a", "p"), ("b", "q")),
    layers=(linear(("c", "d")), linear(("e",), ("f",))),
    direction=linear(("g", "h")),
)
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
        "J[h_{H+1:i+1}](h_{i:1}(X)) eta(h_{i-1:1}(X))]. Laws with infinitely many values serve to "
        "refute it; it is confirmed for finitely many."
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
def expand_the_square_of_the_residual(s: FunctionNetwork, above: Verdict, mean: Verdict) -> Verdict:
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

    return for_all(range(len(s.atoms)), lambda k: both_sides(lambda side: at(k, side)), "atom")


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
