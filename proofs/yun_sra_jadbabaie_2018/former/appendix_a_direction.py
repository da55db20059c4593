"""Appendix A.3: the steering direction of the first layer.

Notation: A(x) = J[h_{H+1:2}](h_1(x)) (d_y, d_1), A^+ = A^T (A A^T)^-1, r = h_{H+1:1} - h*, and
eta = A^+ r.

Statements: YSJ18_I5.

Design notes. That eta is no element of F_1 is decided at a point: A A^T is singular there, or the
slopes of eta differ on its two sides, or eta(0) is not 0. That it is one is read off the parts of
which it is composed.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    equal,
    limit_at_zero,
    positive,
    size_at_least,
    vanishes,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_right_inverse import (
    YSJ18_I4,
    BoundedMatrix,
    right_inverse_is_bounded,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    jacobian_bounded_below,
    one_to_one_and_onto,
    probes,
    smooth,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    BENT,
    CONSTANT_ONE,
    FLAT,
    HALF,
    IDENTITY,
    RETURNING,
    SHIFT,
    STEEPER,
    TILTED,
    ZERO,
    fitted_networks,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.growth import difference_bound
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import chained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import FunctionNetwork
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import STEP
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    in_class,
    layers_are_in_their_classes,
    target_is_in_class,
    widths_reach_the_smaller_end,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    bound_above_is_positive,
    inputs_are_at_least_outputs,
    jacobian_above_is_bounded_below,
    layer_reaches_the_output_width,
    layers_above_are_twice_differentiable,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)


def points(s: FunctionNetwork) -> list[Matrix]:
    """The values of X, and points at which a direction is tried."""
    return [*(x for _, x, _ in s.atoms), *probes(s.input_width)]


def right_inverse_everywhere(s: FunctionNetwork) -> Verdict:
    """Whether A A^T is invertible at all z, with |A^+| <= 1 / epsilon."""
    width = s.layers[s.layer - 1].outputs
    bounded = all_of(
        wide=size_at_least(width, s.output_width),
        positive=positive(s.epsilon),
        bound=jacobian_bounded_below(s.upper, width, s.epsilon),
    )
    if bounded.is_holds:
        return Verdict(bounded.outcome, bounded.evidence, bounded.reason)
    for z in probes(width):
        jacobian = chained(s.upper, z)
        if jacobian.rank() < s.output_width:
            return fails(Evidence.EXACT, f"A A^T is singular at z = {z.T}")
        rows = tuple(tuple(v.rational() for v in row) for row in jacobian.tolist())
        at_point = right_inverse_is_bounded.decide(BoundedMatrix(rows=rows, epsilon=s.epsilon))
        if at_point.is_fails:
            return at_point.because(f"at z = {z.T}: {at_point.reason}")
    return undecided(bounded.reason)


@fact(r"\|A(x)^T (A(x)A(x)^T)^{-1}\|_{op} \le 1/\epsilon \quad \forall x")
def right_inverse_is_bounded_everywhere(s: FunctionNetwork) -> Verdict:
    """A A^T is invertible everywhere, and |A^T (A A^T)^-1| is at most 1 / epsilon."""
    return right_inverse_everywhere(s).against(
        larger_bound=lambda: right_inverse_everywhere(
            FunctionNetwork(
                law=s.law,
                target=s.target,
                layers=s.layers,
                layer=s.layer,
                epsilon=s.epsilon * 4,
            )
        )
    )


def _slope_of_steering(s: FunctionNetwork, x: Matrix, place: int, side: int) -> Matrix:
    """The slope at x, along a unit vector and from one side, of A^+ r as a function of x."""
    field = RationalFunctions((*s.symbols, STEP))
    step = field.generator(STEP) ** 2 * side
    unit = field.column([int(k == place) for k in range(s.input_width)])
    moved = s.steering(x.over(field) + unit.scale(step)) - s.steering(x).over(field)
    return QQ.column([limit_at_zero(value / step, STEP) for (value,) in moved.tolist()])


def _breaks_at(s: FunctionNetwork, x: Matrix) -> str:
    """Why eta is not differentiable at w = h_{i-1:1}(x), or the empty string if not known."""
    slopes = []
    for place in range(s.input_width):
        right, left = (_slope_of_steering(s, x, place, side) for side in (1, -1))
        if right != left:
            return f"slopes {right.T} and {left.T} on the two sides of x = {x.T}"
        slopes.append(right)
    kernel = chained(s.lower, x).kernel()
    moved = slopes[0].hstack(*slopes[1:]) @ kernel
    if 0 not in moved.shape and not moved.is_zero:
        return (
            f"at x = {x.T} the layers below stand still in a direction in which A^+ r has the "
            f"slope {moved.column(0).T}"
        )
    return ""


@lru_cache(maxsize=1024)
def steering_in_class(s: FunctionNetwork) -> Verdict:
    """Whether the steering direction of layer i is differentiable, 0 at 0, and grows linearly."""
    whole = _composed_of_smooth_parts(s)
    if whole.is_holds:
        return whole
    for x in points(s):
        if s.jacobian_above(x).rank() < s.output_width:
            return fails(Evidence.EXACT, f"eta is not defined: A A^T is singular at x = {x.T}")
    at_zero = vanishes(s.steering(QQ.zeros(s.input_width, 1)))
    if at_zero.is_fails:
        return fails(Evidence.EXACT, f"eta is not 0 at 0: {at_zero.reason}")
    for x in points(s):
        try:
            words = _breaks_at(s, x)
        except DomainError:
            continue
        if words:
            return fails(Evidence.EXACT, f"eta is not differentiable: {words}")
    twice = _received_twice(s)
    if twice:
        return fails(Evidence.EXACT, f"eta is not well defined: {twice}")
    return undecided(f"no point was found at which eta breaks: {whole.reason}")


def _received_twice(s: FunctionNetwork) -> str:
    """Two points that layer i receives as one, with different A^+ r; empty if none was found."""
    seen: list[tuple[Matrix, Matrix, Matrix]] = []
    for x in points(s):
        try:
            w, eta = s.received(x), s.steering(x)
        except DomainError:
            continue
        for other, received, value in seen:
            if received == w and value != eta:
                return f"{other.T} and {x.T} are both received as {w.T}"
        seen.append((x, w, eta))
    return ""


def _composed_of_smooth_parts(s: FunctionNetwork) -> Verdict:
    """HOLDS where A^+ is bounded, all maps are smooth enough, and the layers below invertible.

    The inverse below then grows at most linearly: quotients that tend to infinity do so like t at
    least, and in several variables its slopes are bounded.
    """
    below = one_to_one_and_onto(s.lower, s.input_width)
    if below.is_holds and difference_bound(s.layers, s.target) == 0:
        right = right_inverse_everywhere(s)
        return right.because(f"h_{{H+1:1}} = h*, so that eta = 0; {right.reason}")
    if below.is_holds and not below.data["smooth_inverse"]:
        return undecided("the inverse of the layers below is not known to be differentiable")
    parts = {f"layer_{k}": in_class(h) for k, h in enumerate(s.layers, 1)}
    parts |= {f"smooth_{k}": smooth(h, 2) for k, h in enumerate(s.upper, s.layer + 1)}
    whole = all_of(below=below, target=in_class(s.target), **parts)
    if not whole.is_holds:
        return undecided(whole.reason)
    right = right_inverse_everywhere(s)
    if not right.is_holds:
        return undecided(right.reason)
    words = "A^+ is differentiable and bounded, r is in F, and the inverse below is smooth"
    return holds(Evidence.EXACT, f"{words}; {right.reason}")


@fact(r"A^T (AA^T)^{-1} (h_{H+1:1} - h^*) \in \mathcal{F}_1")
def steering_direction_is_admissible(s: FunctionNetwork) -> Verdict:
    """The direction A^+ r is in the class of the layer that it moves."""
    return steering_in_class(s).against(transposed_without_inverse=lambda: _is_plain_transpose(s))


def _is_plain_transpose(s: FunctionNetwork) -> Verdict:
    """The wrong claim that A^T r is the same direction."""
    for x in points(s):
        plain = equal(s.steering(x), s.jacobian_above(x).T @ s.residual(x))
        if plain.is_fails:
            return plain
    return undecided("no point distinguishes the two")


def at_first_value(s: FunctionNetwork) -> BoundedMatrix:
    """The Jacobian above the moved layer at the first value of X, with the bound."""
    jacobian = s.jacobian_above(s.atoms[0][1])
    rows = tuple(tuple(value.rational() for value in row) for row in jacobian.tolist())
    return BoundedMatrix(name=f"Jacobian of {s.name}", rows=rows, epsilon=s.epsilon)


ONE_UNIT = network(
    "one unit between two and two",
    linear((0, 0), (1, 0)),
    (linear((0, 0)), linear((1,), (0,))),
    ((1, 0),),
)
TWO_OUTPUTS = network(
    "one input, two outputs", linear((0,), (1,)), (ZERO, linear((1,), (0,))), (1,)
)
NO_SLOPE_ABOVE = network("zero maps, bound 1/2", IDENTITY, (ZERO, ZERO), (1,), epsilon=HALF)
BOUND_ZERO = network("zero maps, bound 0", IDENTITY, (ZERO, ZERO), (1,), epsilon=Fraction(0))
FLAT_AWAY_FROM_DATA = network("slope 0 above, away from X", IDENTITY, (IDENTITY, FLAT), (2,))
SHIFTED = network("a shift at X = 0", ZERO, (SHIFT,), (0,))
SHIFTED_TARGET = network("a constant target", CONSTANT_ONE, (IDENTITY,), (0,))
BENT_ABOVE = network("no second derivative above", IDENTITY, (RETURNING, BENT), (1,))

DIRECTIONS = (
    network("one layer", scaled(2), (STEEPER,), (1, -1)),
    network("two scalings", scaled(2), (scaled(3), scaled(-2)), (1, 2)),
    network("steep above", IDENTITY, (STEEPER, STEEPER), (1, 2), epsilon=HALF),
    network(
        "a wide layer, one output",
        linear((1, 0)),
        (linear((1, 0), (0, 1), (1, 1)), linear((1, 0, 2))),
        ((1, 0), (1, 1)),
    ),
    network(
        "two variables, bent above",
        linear((1, 0), (0, 2)),
        (linear((1, 1), (0, 1)), TILTED),
        ((1, 0), (0, 1)),
        epsilon=HALF,
    ),
    network("fitted everywhere", scaled(6), (scaled(3), scaled(2)), (1,)),
    network("zero first layer", scaled(1), (ZERO, scaled(2)), (1,)),
    network(
        "three outputs, three layers",
        linear((1, 0, 0), (0, 1, 0), (0, 0, 2)),
        (
            linear((1, 0, 0), (0, 1, 0), (0, 0, 1)),
            linear((2, 0, 0), (0, 1, 0), (0, 0, 1)),
            linear((1, 0, 0), (0, 1, 0), (0, 1, 1)),
        ),
        ((1, 1, 1),),
        epsilon=HALF,
    ),
)

YSJ18_I5 = Statement(
    key="YSJ18.I5",
    kind="identity",
    where="A.3",
    title="Admissibility of the steering direction",
    claim=(
        "Under the conditions of Theorem 4.1 the direction eta = A^T (A A^T)^-1 (h_{H+1:1} - h*) "
        "is in F_1."
    ),
    hypotheses=(
        layers_are_in_their_classes,
        target_is_in_class,
        widths_reach_the_smaller_end,
        inputs_are_at_least_outputs,
        bound_above_is_positive,
        jacobian_above_is_bounded_below,
        layers_above_are_twice_differentiable,
    ),
    conclusion=steering_direction_is_admissible,
    instances=DIRECTIONS,
    controls={
        layers_are_in_their_classes: SHIFTED,
        target_is_in_class: SHIFTED_TARGET,
        widths_reach_the_smaller_end: ONE_UNIT,
        inputs_are_at_least_outputs: TWO_OUTPUTS,
        bound_above_is_positive: BOUND_ZERO,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
        layers_above_are_twice_differentiable: BENT_ABOVE,
    },
    strategy=lambda: function_networks().map(_first),
)


AT_EACH_POINT = {
    right_inverse_is_bounded: "it follows from the three other premises at each x",
    layer_reaches_the_output_width: "A A^T is singular otherwise, at the first value too",
    bound_above_is_positive: "1 / epsilon bounds nothing otherwise, at the first value either",
}


def _first(s: FunctionNetwork) -> FunctionNetwork:
    return FunctionNetwork(law=s.law, target=s.target, layers=s.layers, epsilon=s.epsilon)


@YSJ18_I5.step(
    premises=(widths_reach_the_smaller_end, inputs_are_at_least_outputs),
    gives=layer_reaches_the_output_width,
    controls={widths_reach_the_smaller_end: ONE_UNIT, inputs_are_at_least_outputs: TWO_OUTPUTS},
)
def smaller_end_is_the_output(s: FunctionNetwork, widths: Verdict, inputs: Verdict) -> Verdict:
    """min(d_x, d_y) = d_y, so that d_1 >= d_y."""
    return size_at_least(s.widths[1], min(s.input_width, s.output_width))


@YSJ18_I5.step(
    premises=(
        right_inverse_is_bounded,
        layer_reaches_the_output_width,
        bound_above_is_positive,
        jacobian_above_is_bounded_below,
    ),
    gives=right_inverse_is_bounded_everywhere,
    cites=YSJ18_I4,
    via=at_first_value,
    controls={jacobian_above_is_bounded_below: FLAT_AWAY_FROM_DATA},
    no_control=AT_EACH_POINT,
    strategy=lambda: fitted_networks().map(_first),
)
def bound_at_every_point(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """The bound of the singular values holds at every z, and so does that of the right inverse."""
    return right_inverse_everywhere(s)


@YSJ18_I5.step(
    premises=(
        right_inverse_is_bounded_everywhere,
        layers_are_in_their_classes,
        target_is_in_class,
        layers_above_are_twice_differentiable,
    ),
    gives=steering_direction_is_admissible,
    controls={
        right_inverse_is_bounded_everywhere: NO_SLOPE_ABOVE,
        layers_are_in_their_classes: SHIFTED,
        target_is_in_class: SHIFTED_TARGET,
        layers_above_are_twice_differentiable: BENT_ABOVE,
    },
)
def product_of_differentiable_functions(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """A^+ is differentiable and bounded, r is in F; so A^+ r is in F_1."""
    origin = QQ.zeros(s.input_width, 1)
    return all_of(zero=vanishes(s.residual(origin)), inverse=right_inverse_everywhere(s))
