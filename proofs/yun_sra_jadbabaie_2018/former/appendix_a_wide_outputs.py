"""Appendix A.4: the steering direction of layer j, at most as many inputs as outputs.

Notation: see `population`; j = `layer`, g = h_{j-1:1}, eta(w) = A^T (A A^T)^-1 (h_{H+1:1} - h*)
(g^-1(w)), c = eps_1 eps_2.

Statements: YSJ18_I7.

Design notes. The proof says that the inverse of a differentiable invertible function is
differentiable. g(u) = (u - 1)^3 / (1 + (u - 1)^2) + 1/2 is one that expands by 1/4, grows at most
linearly and has slope 0 at u = 1: its inverse, and with it eta, has no derivative at w = 1/2.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, at_most, equal, less, nonsingular, vanishes
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    AT_EACH_POINT,
    BENT_ABOVE,
    BOUND_ZERO,
    FLAT_AWAY_FROM_DATA,
    NO_SLOPE_ABOVE,
    SHIFTED,
    SHIFTED_TARGET,
    TWO_OUTPUTS,
    at_first_value,
    points,
    right_inverse_everywhere,
    right_inverse_is_bounded_everywhere,
    steering_in_class,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_right_inverse import (
    YSJ18_I4,
    right_inverse_is_bounded,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    differentiable,
    expands,
    one_to_one_and_onto,
    square,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    BOUNDED,
    FLAT,
    HALF,
    IDENTITY,
    STEEPER,
    THROUGH_ONE,
    TILTED,
    TWICE_SIX,
    TWO_SLOPES,
    ZERO,
    fitted_networks,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import chained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import FunctionNetwork
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    layers_are_in_their_classes,
    target_is_in_class,
    widths_reach_the_smaller_end,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    bound_above_is_positive,
    bound_below_is_positive,
    inputs_are_at_most_outputs,
    jacobian_above_is_bounded_below,
    jacobian_below_is_nonsingular,
    layer_reaches_the_output_width,
    layer_receives_the_input_width,
    layers_above_are_twice_differentiable,
    layers_below_are_invertible,
    layers_below_expand,
    steered,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_dominance import (
    factor,
    norm_above,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds, undecided

PROOF_LEAVES_OUT = "no step of the proof uses it, and the claim is true without"

CONDITIONS = (
    layers_are_in_their_classes,
    target_is_in_class,
    widths_reach_the_smaller_end,
    inputs_are_at_most_outputs,
    layer_receives_the_input_width,
    layer_reaches_the_output_width,
    bound_below_is_positive,
    layers_below_are_invertible,
    layers_below_expand,
    bound_above_is_positive,
    jacobian_above_is_bounded_below,
    layers_above_are_twice_differentiable,
)
"""What section 4.1 assumes of the maps and Theorem 4.2 asks for; layer j is moved."""


# --- the steering direction of layer j -----


@fact(r"h_{j-1:1}^{-1} \text{ differentiable}")
def inverse_below_is_differentiable(s: FunctionNetwork) -> Verdict:
    """The inverse of h_{j-1:1} exists and is differentiable."""
    below = one_to_one_and_onto(s.lower, s.input_width)
    if not below.is_holds:
        return below
    if len(s.lower) == 1 and s.input_width == 1 and differentiable(s.lower[0]).is_fails:
        words = "a monotone function with a corner has an inverse with a corner"
        return fails(Evidence.EXACT, f"{words}: {s.lower[0]}")
    verdict = jacobian_below_is_nonsingular.decide(s)
    bare = Verdict(verdict.outcome, verdict.evidence, f"{below.reason}; {verdict.reason}")
    return bare.against(
        it_is_the_identity=lambda: for_all(
            range(len(s.atoms)),
            lambda k: equal(s.received(s.atoms[k][1]), s.atoms[k][1]),
            "atom",
        )
    )


@fact(r"\|h_{j-1:1}^{-1}\|_{nl} \le 1/\epsilon_1")
def inverse_below_grows_at_most_linearly(s: FunctionNetwork) -> Verdict:
    """The inverse of h_{j-1:1} exists, and |h_{j-1:1}^-1(w)| is at most |w| / eps_1."""
    below = one_to_one_and_onto(s.lower, s.input_width)
    if not below.is_holds:
        return below
    if s.epsilon_below <= 0:
        return fails(Evidence.EXACT, f"1 / {s.epsilon_below} bounds nothing")
    verdict = expands(s.lower, s.input_width, s.epsilon_below)
    bare = Verdict(verdict.outcome, verdict.evidence, verdict.reason)
    return bare.against(
        a_quarter_of_the_bound=lambda: expands(s.lower, s.input_width, s.epsilon_below * 4)
    )


def direction_bound(s: FunctionNetwork, share: Fraction) -> Verdict:
    """Whether |eta|_nl <= share N / (eps_1 eps_2)."""
    if s.epsilon <= 0 or s.epsilon_below <= 0:
        return fails(Evidence.EXACT, "a bound 1 / 0 bounds nothing")
    most = norm_above(s)
    for x in points(s):
        w = s.received(x)
        if w.is_zero or s.jacobian_above(x).rank() < s.output_width or most is None:
            continue
        limit = share * most / factor(s)
        if less(limit**2 * square(w), square(s.steering(x))).is_holds:
            return fails(Evidence.EXACT, f"|eta(w)| > {limit} |w| at w = {w.T}, while N <= {most}")
    right = right_inverse_everywhere(s)
    below = expands(s.lower, s.input_width, s.epsilon_below)
    if share == 1 and right.is_holds and below.is_holds:
        return holds(Evidence.EXACT, f"{right.reason}; {below.reason}")
    return undecided(f"not decided for the share {share}")


@fact(
    r"\eta \in \mathcal{F}_j,\ \|\eta\|_{nl} \le "
    r"\frac{\|h_{H+1:1} - h^*\|_{nl}}{\epsilon_1 \epsilon_2}",
    mutants={"half the bound": lambda s: direction_bound(s, HALF)},
)
def steering_direction_of_the_layer_is_admissible(s: FunctionNetwork) -> Verdict:
    """The steering direction of layer j is in F_j, with norm at most N / (eps_1 eps_2)."""
    member, bound = steering_in_class(s), direction_bound(s, Fraction(1))
    return all_of(
        member=Verdict(member.outcome, member.evidence, member.reason),
        bound=Verdict(bound.outcome, bound.evidence, bound.reason),
    )


FLAT_BELOW = network(
    "slope 0 below at X = 1",
    IDENTITY,
    (FLAT, IDENTITY),
    (1,),
    layer=2,
    epsilon_below=Fraction(1, 4),
)
RECEIVED_AS_ONE = network("1 and 2 received as 6", THROUGH_ONE, (TWICE_SIX, ZERO), (1, 2), layer=2)
NOT_ONTO = network(
    "below bounded, with slopes other than 0", IDENTITY, (BOUNDED, IDENTITY), (1,), layer=2
)
CORNER_BELOW = network(
    "slopes 2 and 1 below, on the two sides of 0", IDENTITY, (TWO_SLOPES, IDENTITY), (1,), layer=2
)
CONTRACTS = network(
    "a quarter below, eps_1 = 1", IDENTITY, (scaled(Fraction(1, 4)), ZERO), (1,), layer=2
)
NO_FACTOR = network(
    "two scalings, eps_1 = 0",
    scaled(2),
    (IDENTITY, IDENTITY),
    (1,),
    layer=2,
    epsilon_below=Fraction(0),
)

SMOOTH_BELOW = (
    network(
        "two scalings",
        scaled(2),
        (scaled(2), scaled(3)),
        (1, -1),
        layer=2,
        epsilon_below=Fraction(2),
    ),
    network(
        "one layer, three outputs", linear((1,), (0,), (2,)), (linear((0,), (1,), (0,)),), (1, 2)
    ),
    network(
        "steep below, wide above",
        linear((2,), (1,)),
        (STEEPER, linear((1,), (0,), (1,)), linear((1, 0, 0), (0, 1, 1))),
        (1,),
        layer=2,
        epsilon_below=HALF,
    ),
    network(
        "two variables below, three outputs",
        linear((1, 0), (0, 1), (1, 1)),
        (TILTED, linear((1, 0), (0, 1), (0, 0))),
        ((1, 0), (1, 1)),
        layer=2,
        epsilon_below=Fraction(1, 4),
    ),
    network(
        "a narrow layer below a wide one, the last layer moved",
        linear((1,), (1,)),
        (scaled(-1), linear((1,), (0,), (0,)), linear((-1, 0, 1)), linear((1,), (0,))),
        (1,),
        layer=4,
    ),
    network("bent above", IDENTITY, (IDENTITY, STEEPER, STEEPER), (1,), layer=2, epsilon=HALF),
)


def some_networks() -> st.SearchStrategy[FunctionNetwork]:
    """Fitted and other networks; any layer is moved in its steering direction."""
    return st.one_of(fitted_networks(), function_networks()).map(steered)


YSJ18_I7 = Statement(
    key="YSJ18.I7",
    kind="identity",
    where="A.4",
    title="Admissibility of the direction in T4.2",
    claim=(
        "Under the conditions of Theorem 4.2 the direction eta = A^T (A A^T)^-1 (h_{H+1:1} - h*) o "
        "h_{j-1:1}^-1 is in F_j, and |eta|_nl <= |h_{H+1:1} - h*|_nl / (eps_1 eps_2)."
    ),
    hypotheses=CONDITIONS,
    conclusion=steering_direction_of_the_layer_is_admissible,
    instances=(*SMOOTH_BELOW, FLAT_BELOW),
    controls={
        layers_are_in_their_classes: SHIFTED,
        target_is_in_class: SHIFTED_TARGET,
        layer_reaches_the_output_width: TWO_OUTPUTS,
        bound_below_is_positive: NO_FACTOR,
        layers_below_are_invertible: RECEIVED_AS_ONE,
        layers_below_expand: CONTRACTS,
        bound_above_is_positive: BOUND_ZERO,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
        layers_above_are_twice_differentiable: BENT_ABOVE,
    },
    no_control={
        widths_reach_the_smaller_end: PROOF_LEAVES_OUT,
        inputs_are_at_most_outputs: PROOF_LEAVES_OUT,
        layer_receives_the_input_width: "it follows from a continuous bijection of R^{d_x} there",
    },
    strategy=some_networks,
    expected=(("invalid inference", "step invert_the_layers_below"), ("refuted", "statement")),
)


@YSJ18_I7.step(
    premises=(layers_are_in_their_classes, layers_below_are_invertible),
    gives=inverse_below_is_differentiable,
    controls={
        layers_are_in_their_classes: CORNER_BELOW,
        layers_below_are_invertible: NOT_ONTO,
    },
)
def invert_the_layers_below(s: FunctionNetwork, classes: Verdict, below: Verdict) -> Verdict:
    """The inverse of a differentiable and invertible function is differentiable."""
    return one_to_one_and_onto(s.lower, s.input_width)


@YSJ18_I7.step(
    premises=(layers_below_are_invertible, layers_below_expand, bound_below_is_positive),
    gives=inverse_below_grows_at_most_linearly,
    controls={
        layers_below_are_invertible: RECEIVED_AS_ONE,
        layers_below_expand: CONTRACTS,
        bound_below_is_positive: NO_FACTOR,
    },
)
def insert_the_inverse(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """With u = h_{j-1:1}^-1(w), |w| >= eps_1 |u|."""

    def at(k: int) -> Verdict:
        x = s.atoms[k][1]
        return at_most(square(x) * s.epsilon_below**2, square(s.received(x)))

    return for_all(range(len(s.atoms)), at, "atom")


@YSJ18_I7.step(
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
    no_control=dict(AT_EACH_POINT),
)
def bound_at_every_point(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """The bound of the singular values holds at every z, and so does that of the right inverse."""
    return right_inverse_everywhere(s)


@YSJ18_I7.step(
    premises=(
        right_inverse_is_bounded_everywhere,
        inverse_below_is_differentiable,
        inverse_below_grows_at_most_linearly,
        layers_are_in_their_classes,
        target_is_in_class,
        layers_above_are_twice_differentiable,
    ),
    gives=steering_direction_of_the_layer_is_admissible,
    controls={
        right_inverse_is_bounded_everywhere: NO_SLOPE_ABOVE,
        inverse_below_is_differentiable: FLAT_BELOW,
        inverse_below_grows_at_most_linearly: CONTRACTS,
        layers_are_in_their_classes: SHIFTED,
        target_is_in_class: SHIFTED_TARGET,
        layers_above_are_twice_differentiable: BENT_ABOVE,
    },
)
def compose_the_parts(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """A^+ (r o h_{j-1:1}^-1) is a product of differentiable functions, 0 at 0, with both bounds."""
    return all_of(
        zero=vanishes(s.residual(QQ.zeros(s.input_width, 1))), bound=direction_bound(s, Fraction(1))
    )


YSJ18_I7_REPAIRED = YSJ18_I7.repair(
    claim=(
        "The same claim, if also the Jacobian of h_{j-1:1} is nonsingular everywhere, so that its "
        "inverse is differentiable."
    ),
    minimal=(
        "A bijection that is differentiable, expands, grows at most linearly and has slope 0 at a "
        "single point has an inverse without a derivative there."
    ),
    hypotheses=(*CONDITIONS, jacobian_below_is_nonsingular),
    instances=SMOOTH_BELOW,
    controls={
        **{f: c for f, c in YSJ18_I7.controls.items() if f is not layers_below_are_invertible},
        jacobian_below_is_nonsingular: FLAT_BELOW,
    },
    no_control={
        **YSJ18_I7.no_control,
        layers_below_are_invertible: (
            "a map that expands and has nonsingular Jacobians is a bijection (Hadamard)"
        ),
    },
)


@YSJ18_I7_REPAIRED.step(
    premises=(layers_below_are_invertible, jacobian_below_is_nonsingular),
    gives=inverse_below_is_differentiable,
    controls={layers_below_are_invertible: NOT_ONTO, jacobian_below_is_nonsingular: FLAT_BELOW},
    replaces="invert_the_layers_below",
)
def inverse_function_theorem(s: FunctionNetwork, below: Verdict, regular: Verdict) -> Verdict:
    """A continuous inverse is differentiable at w where J is nonsingular at the preimage of w."""
    return all_of(
        below=below,
        regular=for_all(
            range(len(s.atoms)),
            lambda k: nonsingular(chained(s.lower, s.atoms[k][1])),
            "atom",
        ),
    )
