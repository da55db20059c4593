"""Section 4, Lemma 4.3: some parameters give linearly independent features.

Notation: X (N, d) the inputs with rows x_i, F_l (N, n_l) the features of layer l with F_0 = X, z_i
the rows of F_{k-1}; A(alpha)_ij = sigma(alpha <a, z_j - z_i> + beta) for i = 1..N, j = 1..N-1;
E(alpha) is [1, A] where sigma is bounded and [A, 1] where it grows; mu, gamma are the limits of
sigma.

Statements
- NH17.L4.3: under Assumptions 3.2 and n_k >= N - 1 some parameters give rank [F_k, 1] = N.

Source: NH17, Lemma 4.3.

Design notes. The facts stand in `separation` and `full_rank`; the last step joins both cases with
the assumption. That a strictly increasing sigma is "bijective on its domain" is tried as printed.
Every layer has at least one unit, so for N = 1 the width asks for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    Scalar,
    at_most,
    distinct,
    equal,
    less,
    nonzero,
    positive,
    rank_at_least,
    size_at_least,
)
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.points import (
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.full_rank import (
    bounded_limit_is_displayed,
    bounded_limit_is_not_zero,
    bounded_rank_is_full,
    growing_limit_is_not_zero,
    growing_rank_is_full,
    some_parameters_give_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.leibniz import other_products
from symbolic_landscape.proofs.nguyen_hein_2017.projected import (
    BOUNDED,
    DIP,
    UNIT_GROWTH,
    Projected,
)
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import (
    MOST_DOUBLINGS,
    classes,
    layers_below,
    ordered_layer,
    separating_direction,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    DECAYING,
    LIMITS,
    ScaledLayer,
    beside_ones,
    layer_at,
    layer_beyond,
    row_differences,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_bounded import (
    NH17_I4_3A,
    determinant_tends_to_power,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_growing import (
    NH17_I4_3B,
    determinant_tends_to_diagonal_power,
)
from symbolic_landscape.proofs.nguyen_hein_2017.separation import (
    activation_is_bijective,
    activation_is_injective,
    first_layer_can_separate,
    layer_is_wide_enough,
    layers_below_can_separate,
    samples_can_be_ordered,
    some_direction_separates,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import (
    KINKED,
    LINE,
    PLANE,
    SPACE,
    SURPLUS,
    WideLayer,
    small_layers,
    wide_layer,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)

REPEATED = wide_layer("repeated sample", "sigmoid", ((0,), (1,), (1,)), (2, 1), 1)
REPEATED_SOFTPLUS = wide_layer("repeated sample, softplus", "softplus", ((0,), (0,)), (1, 1), 1)
NARROW = wide_layer("one unit short", "sigmoid", ((0,), (1,), (2,)), (1, 1), 1)
LINEAR = wide_layer("linear activation", "linear", ((0,), (1,), (2,)), (2, 1), 1)
CUBIC = wide_layer("cubic activation", "cubic", LINE[:5], (4, 1), 1)
CONSTANT = wide_layer("constant activation", "1", ((0,), (1,)), (1, 1), 1)

NH17_L4_3 = Statement(
    key="NH17.L4.3",
    kind="lemma",
    where="Section 4, Lemma 4.3",
    title="Some parameters give independent features",
    claim=(
        "If Assumptions 3.2 hold and n_k >= N - 1 for some k in [L-1], then some parameters of the "
        "first k layers give rank [F_k, 1] = N."
    ),
    hypotheses=(
        samples_are_distinct,
        activation_is_analytic,
        activation_is_strictly_increasing,
        activation_is_bounded_or_decays,
        loss_is_twice_differentiable,
        loss_critical_points_are_global_minima,
        layer_is_hidden,
        layer_is_wide_enough,
    ),
    conclusion=some_parameters_give_full_rank,
    instances=(
        wide_layer("one sample", "sigmoid", ((5,),), (1, 1), 1),
        wide_layer("two points", "tanh", ((0,), (1,)), (1, 2), 1),
        wide_layer("three points of a plane", "sigmoid", ((0, 0), (1, 0), (0, 1)), (2, 1), 1),
        wide_layer("four points of space", "tanh(t**3)", SPACE[:4], (5, 3), 1),
        wide_layer("five points, second layer", "tanh", PLANE, (1, 4, 2), 2),
        wide_layer("softplus, three points", "softplus", ((-1,), (0,), (2,)), (3, 1), 1),
        wide_layer("softplus, six points of space", "softplus", SPACE, (2, 5, 1), 2),
        wide_layer("seven points, arctan", "arctan", LINE[:7], (6, 1), 1, beta=1),
        wide_layer("eight points", "sigmoid", LINE, (7, 2), 1),
        wide_layer("third layer", "arctan", ((0, 1), (1, 0), (1, 1)), (2, 1, 3, 1), 3),
        wide_layer("tanh of a cube, third layer", "tanh(t**3)", LINE[:3], (1, 2, 2, 1), 3),
    ),
    controls={
        samples_are_distinct: REPEATED,
        activation_is_strictly_increasing: CONSTANT,
        activation_is_bounded_or_decays: LINEAR,
        layer_is_wide_enough: NARROW,
    },
    no_control={
        activation_is_analytic: SURPLUS,
        loss_is_twice_differentiable: SURPLUS,
        loss_critical_points_are_global_minima: SURPLUS,
        layer_is_hidden: SURPLUS,
    },
    strategy=lambda: small_layers(),
    expected=(("invalid inference", "step strictly_monotonic_is_bijective"),),
)


@NH17_L4_3.step(
    premises=(activation_is_strictly_increasing,),
    gives=activation_is_bijective,
    tried_on=(CUBIC,),
    controls={activation_is_strictly_increasing: CONSTANT},
)
def strictly_monotonic_is_bijective(s: WideLayer, increasing: Verdict) -> Verdict:
    """The activation is strictly monotonic and thus bijective on its domain."""
    del increasing
    return activation_is_bijective.decide(s)


@NH17_L4_3.step(
    premises=(activation_is_bijective,),
    gives=activation_is_injective,
    tried_on=(CUBIC,),
    controls={activation_is_bijective: CONSTANT},
)
def values_agree_where_arguments_do(s: WideLayer, bijective: Verdict) -> Verdict:
    """A bijection takes no value twice."""
    return bijective.because(f"one to one: {bijective.reason}")


@NH17_L4_3.step(
    premises=(samples_are_distinct,),
    gives=some_direction_separates,
    tried_on=(LINEAR, wide_layer("coordinates that repeat", "relu", PLANE, (1, 1), 1)),
    controls={samples_are_distinct: REPEATED},
)
def hyperplanes_do_not_cover(s: WideLayer, different: Verdict) -> Verdict:
    """Each pair excludes one hyperplane, and finitely many hyperplanes leave some direction."""
    del different
    rows = s.inputs.rows()
    for i, x in enumerate(rows):
        for j in range(i):
            if (x - rows[j]).is_zero:
                return fails(Evidence.EXACT, f"x_{i} - x_{j} = 0 excludes every direction")
    direction = separating_direction(s.inputs)
    excluded = s.count * (s.count - 1) // 2
    return holds(
        Evidence.EXACT, f"{excluded} hyperplanes, and a = {direction} lies on none of them"
    )


@NH17_L4_3.step(
    premises=(activation_is_injective, some_direction_separates),
    gives=first_layer_can_separate,
    tried_on=(CUBIC, wide_layer("falling tanh", "-tanh(t)", PLANE, (2, 1), 1)),
    controls={activation_is_injective: CONSTANT, some_direction_separates: REPEATED},
)
def choose_first_column(s: WideLayer, injective: Verdict, separates: Verdict) -> Verdict:
    """With a as first column of W_1, different projections have different values of sigma."""
    del injective
    direction = separates.data["direction"]
    projections = s.inputs @ s.inputs.field.column(direction)
    return distinct(projections.rows())


@NH17_L4_3.step(
    premises=(activation_is_injective, first_layer_can_separate),
    gives=layers_below_can_separate,
    tried_on=(
        wide_layer("falling tanh, third layer", "-tanh(t)", LINE[:3], (1, 1, 2, 1), 3),
        wide_layer("linear, third layer", "linear", PLANE, (2, 1, 1, 1), 3),
    ),
    controls={first_layer_can_separate: REPEATED},
    no_control={
        activation_is_injective: (
            "once F_1 can have distinct rows sigma is not constant, and then a formula "
            "separates at every depth after scaling"
        )
    },
)
def same_argument_in_each_layer(s: WideLayer, injective: Verdict, first: Verdict) -> Verdict:
    """By induction: a direction that separates the rows of F_{p-1} gives F_p distinct rows."""
    del injective, first
    labels = classes(s.inputs)
    for layer in range(1, s.layer):
        below = layers_below(s, layer)
        if below is None or separating_direction(below.features, labels) is None:
            return undecided(f"no direction separates the rows of F_{layer - 1}")
    if s.layer == 1:
        return holds(Evidence.EXACT, "F_0 = X, so there is nothing to choose")
    return holds(Evidence.ENCLOSED, f"a direction separates the rows of F_0, ..., F_{s.layer - 2}")


@NH17_L4_3.step(
    premises=(layers_below_can_separate,),
    gives=samples_can_be_ordered,
    tried_on=(LINEAR, wide_layer("unordered", "linear", ((2,), (0,), (1,)), (1, 1), 1)),
    controls={layers_below_can_separate: REPEATED},
)
def reorder_samples(s: WideLayer, separate: Verdict) -> Verdict:
    """A direction that separates the rows of F_{k-1} orders the samples by their projections."""
    below = separate.data["below"]
    direction = separating_direction(below.features, classes(s.inputs))
    if direction is None:
        return undecided("no direction separates the rows of F_{k-1}")
    projections = below.features @ below.features.field.column(direction)
    return distinct(projections.rows())


def _bounded_image(s: WideLayer) -> Projected:
    """The projections with this sigma in the bounded case, else N places and any bounded sigma."""
    sigma = s.activation
    in_case = sigma.bounded().is_holds and sigma.strictly_increasing().is_holds
    return _image(s, BOUNDED, in_case=in_case)


def _growing_image(s: WideLayer) -> Projected:
    """The projections with this sigma in the growing case, else N places and any such sigma."""
    growth = s.growth_constants
    in_case = growth is not None and s.activation.strictly_increasing().is_holds
    return _image(s, DECAYING, in_case=in_case)


def _image(s: WideLayer, every: str, *, in_case: bool) -> Projected:
    ordered = ordered_layer(s)
    layer = None if ordered is None else ordered.layer
    known = () if layer is None else tuple(v.field.rational_value(v.raw) for v in layer.projections)
    if in_case and layer is not None and layer.tie is None and None not in known:
        growth = layer.growth
        return Projected(
            name=s.name,
            projections=tuple(value for value in known if value is not None),
            activation=s.activation,
            beta=s.beta,
            growth=() if growth is None else tuple(map(str, growth.constants)),
        )
    places = tuple(range(s.count))
    return Projected(name=s.name, projections=places, activation=Activation.generic(every))


ALREADY_EXACT = "it is an identity that holds for every N and every sigma of the case"


@NH17_L4_3.step(
    premises=(samples_can_be_ordered, activation_is_strictly_increasing),
    gives=bounded_limit_is_displayed,
    tried_on=(
        LINEAR,
        wide_layer("one unit short in the plane", "algebraic", PLANE, (1, 1), 1),
    ),
    controls={samples_can_be_ordered: REPEATED},
    no_control={
        activation_is_strictly_increasing: (
            "monotony is used for the limits to exist, and every bounded function that the "
            "formulas can express has limits"
        )
    },
)
def entries_converge(s: WideLayer, ordered: Verdict, increasing: Verdict) -> Verdict:
    """The argument alpha <a, z_j - z_i> + beta tends to -oo, beta or +oo, as j < i, = i, > i."""
    del increasing
    layer = ordered.data["ordered"].layer
    signs = layer.rows(lambda difference: difference.sign())
    wanted = [[(j > i) - (j < i) for j in range(s.count - 1)] for i in range(s.count)]
    if signs != wanted:
        return fails(Evidence.EXACT, f"the signs of t_j - t_i are {signs}")
    return holds(Evidence.EXACT, f"t_1 < ... < t_{s.count}: t_j - t_i has the sign of j - i")


@NH17_L4_3.step(
    premises=(
        bounded_limit_is_displayed,
        activation_is_strictly_increasing,
        determinant_tends_to_power,
    ),
    gives=bounded_limit_is_not_zero,
    cites=NH17_I4_3A,
    via=_bounded_image,
    tried_on=(LINEAR, NARROW),
    controls={
        bounded_limit_is_displayed: REPEATED,
        activation_is_strictly_increasing: wide_layer(
            "falling tanh", "-tanh(t)", LINE[:2], (1, 1), 1
        ),
    },
    no_control={determinant_tends_to_power: ALREADY_EXACT},
)
def equation_3(s: WideLayer, displayed: Verdict, increasing: Verdict, power: Verdict) -> Verdict:
    """By (3) the limit is (mu - sigma(beta))^(N-1), and mu < sigma(beta) as sigma increases."""
    del increasing
    limit = displayed.data.get("limit")
    if limit is None:
        return power.because("sigma is not bounded: nothing is claimed")
    mu, value = LIMITS.generator("mu"), LIMITS.generator("s")
    return equal(row_differences(limit).det(), (mu - value) ** (s.count - 1))


@NH17_L4_3.step(
    premises=(bounded_limit_is_not_zero,),
    gives=bounded_rank_is_full,
    tried_on=(LINEAR, NARROW),
    controls={bounded_limit_is_not_zero: REPEATED},
)
def determinant_is_continuous(s: WideLayer, limit: Verdict) -> Verdict:
    """A determinant is continuous, so det E(alpha) stays away from 0 from some alpha0 on."""
    if "limit" not in limit.data:
        return limit
    wanted = limit.data["limit"]

    def near_limit(layer: ScaledLayer, alpha: Fraction) -> Verdict:
        beyond = beside_ones(layer_beyond(layer, alpha, s.field), first=True)
        found = row_differences(beyond).det()
        low, high = found.raw.lower().str(6, radius=False), found.raw.upper().str(6, radius=False)
        words = (
            f"det E(alpha) lies in [{low}, {high}] for every alpha >= {alpha}, as its limit does"
        )
        if not found.raw.overlaps(wanted.raw):
            return fails(Evidence.ENCLOSED, words)
        return nonzero(found).because(words)

    return _at_growing_scales(s, near_limit)


def _at_growing_scales(s: WideLayer, decide: Callable[[ScaledLayer, Fraction], Verdict]) -> Verdict:
    """The first verdict that is not UNDECIDED at alpha = 1, 2, 4, ..."""
    ordered = ordered_layer(s)
    if ordered is None:
        return undecided("no direction separates the rows of F_{k-1}")
    for power in range(MOST_DOUBLINGS):
        verdict = decide(ordered.layer, Fraction(2**power))
        if not verdict.is_undecided:
            return verdict
    return undecided(f"nothing was certified up to alpha = 2^{MOST_DOUBLINGS}")


@NH17_L4_3.step(
    premises=(
        samples_can_be_ordered,
        activation_is_strictly_increasing,
        determinant_tends_to_diagonal_power,
    ),
    gives=growing_limit_is_not_zero,
    cites=NH17_I4_3B,
    via=_growing_image,
    tried_on=(LINEAR, wide_layer("softplus, one unit short", "softplus", LINE[:3], (1, 1), 1)),
    controls={
        samples_can_be_ordered: REPEATED_SOFTPLUS,
        activation_is_strictly_increasing: wide_layer(
            "dip at its zero", DIP, LINE[:2], (1, 1), 1, growth=UNIT_GROWTH
        ),
    },
    no_control={determinant_tends_to_diagonal_power: ALREADY_EXACT},
)
def leibniz_sum(s: WideLayer, ordered: Verdict, increasing: Verdict, power: Verdict) -> Verdict:
    """Only the product sigma(beta)^(N-1) survives, and sigma(beta) > 0 as sigma rises from 0."""
    del increasing, power
    layer = ordered.data["ordered"].layer
    if layer.growth is None:
        return holds(Evidence.EXACT, "sigma is not in the growing case: nothing is claimed")
    products = other_products(layer, s.field)
    return all_of(
        others=positive(Scalar(s.field, products.T)), value=positive(layer.best_value(s.field))
    )


@NH17_L4_3.step(
    premises=(growing_limit_is_not_zero,),
    gives=growing_rank_is_full,
    tried_on=(LINEAR, wide_layer("softplus, one unit short", "softplus", LINE[:3], (1, 1), 1)),
    controls={growing_limit_is_not_zero: REPEATED_SOFTPLUS},
)
def determinant_is_continuous_again(s: WideLayer, limit: Verdict) -> Verdict:
    """The distance to the limit is at most N! R (P alpha + Q)^S e^(-T alpha), which vanishes."""
    if "products" not in limit.data:
        return limit
    products = limit.data["products"]

    def near_limit(layer: ScaledLayer, alpha: Fraction) -> Verdict:
        if alpha < products.start:
            return undecided("the bound holds from a later alpha on")
        wanted = layer.value(s.field) ** (s.count - 1)
        found = beside_ones(layer_at(layer, alpha, s.field), first=False).det()
        bound = Scalar(s.field, products.bound(alpha, s.field)) * math.factorial(s.count)
        if not less(bound, abs(wanted)).is_holds:
            return undecided(f"the bound at alpha = {alpha} is not below the limit")
        return at_most(Scalar(s.field, abs((found - wanted).raw)), bound)

    return _at_growing_scales(s, near_limit)


@NH17_L4_3.step(
    premises=(
        activation_is_bounded_or_decays,
        bounded_rank_is_full,
        growing_rank_is_full,
        layer_is_wide_enough,
    ),
    gives=some_parameters_give_full_rank,
    tried_on=(
        KINKED,
        wide_layer("falling tanh", "-tanh(t)", LINE[:2], (1, 1), 1),
        wide_layer("last layer", "tanh", PLANE[:3], (2,), 1),
    ),
    controls={
        activation_is_bounded_or_decays: LINEAR,
        bounded_rank_is_full: REPEATED,
        growing_rank_is_full: REPEATED_SOFTPLUS,
        layer_is_wide_enough: NARROW,
    },
)
def choose_first_columns(
    s: WideLayer, case: Verdict, bounded: Verdict, growing: Verdict, wide: Verdict
) -> Verdict:
    """The first N - 1 units of layer k carry E(alpha) for one alpha >= alpha0; others are free."""
    del case, wide
    scale = bounded.data.get("scale", growing.data.get("scale"))
    ordered = ordered_layer(s)
    if scale is None or ordered is None:
        return undecided("neither case gives a scale")
    first = beside_ones(layer_at(ordered.layer, scale, s.field), first=True)
    return all_of(
        rank=rank_at_least(first, s.count), columns=size_at_least(s.width, first.shape[1] - 1)
    )


NH17_L4_3_REPAIRED = NH17_L4_3.repair(
    claim=(
        "As printed; only the inference needs repair: a strictly increasing activation is one to "
        "one, and need not be a bijection of the line."
    ),
    minimal=(
        "No activation of the assumptions is a bijection of the line: a bounded one misses all "
        "large numbers, and one with the growth bound all negative ones. One to one is used."
    ),
    without=("strictly_monotonic_is_bijective",),
)


@NH17_L4_3_REPAIRED.step(
    premises=(activation_is_strictly_increasing,),
    gives=activation_is_injective,
    tried_on=(CUBIC, wide_layer("relu of a plane", "sigmoid", PLANE, (1, 1), 1)),
    controls={activation_is_strictly_increasing: CONSTANT},
    replaces="values_agree_where_arguments_do",
)
def strictly_monotonic_is_one_to_one(s: WideLayer, increasing: Verdict) -> Verdict:
    """From s < t follows sigma(s) < sigma(t), so different arguments have different values."""
    del s
    return increasing
