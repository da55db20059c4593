"""Section 5.3 of Cooper 2021: local maxima.

Notation: as in section 5.3 on flat directions.

Statements
- C5.19   the level set of a local maximum

Source: Cooper 2021, section 5.3; its proof says "global maximum".

Design notes. That p is no local maximum is certified by a gradient that is not zero, or by a
direction of positive second derivative at a critical point. That it is one: the Hessian is negative
definite there, or L is constant as an identity in free parameters.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    RationalFunctions,
    Scalar,
    equal,
    nonzero,
    positive,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    POLYNOMIALS,
    SIGMOIDAL,
    bias_places,
    networks,
    placed,
    point_of,
    points,
    samples_for,
    target_mean,
    trained,
    vectors_for,
)
from symbolic_landscape.proofs.cooper_2021.former.loci import star_points
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    activation_is_smooth,
    last_layer_is_affine,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1_star import STAR_MEAN
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_2 import last_features_vanish
from symbolic_landscape.proofs.cooper_2021.former.section_5_3 import (
    BLIND_FIVE,
    BLIND_ONE,
    C21_T5_15,
    FITTED_FOUR,
    FITTED_TWO,
    GENERIC,
    TWO_SAMPLES,
    WIDE_FIVE,
    _all,
    blind_points,
    hidden_layers_wider_than_samples,
    level_set_contains,
    level_set_has_printed_flat_space,
    whole_layer,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    negation,
    undecided,
)

BITS = 128
"""Bits of the balls in which a slope is sought where no exact field holds the gradient."""


# --- local maxima --------------------------------------------------------------------------------


@fact(r"\exists \varepsilon > 0:\ L(q) \le L(p) \quad \forall |q - p| < \varepsilon")
def point_is_local_maximum(s: NetworkPoint) -> Verdict:
    """The point is a local maximum of L."""
    try:
        slope = vanishes(s.at.gradient)
    except DomainError:
        return _slope_in_balls(s)
    if not slope.is_holds:
        return slope.because(f"L rises to first order: gradient, {slope.reason}")
    hessian = s.at.hessian
    names = s.network.parameter_names
    for i, name in enumerate(names):
        if hessian[i, i].sign() > 0:
            rise = f"L(p + t e) = L(p) + {hessian[i, i]}/2 t^2 + o(t^2) along {name}"
            return fails(hessian.field.evidence, f"L rises to second order: {rise}", rises=name)
    positive, negative, zero = hessian.inertia()
    words = f"critical, and the Hessian has inertia ({positive}, {negative}, {zero})"
    if positive:
        return fails(hessian.field.evidence, words)
    if not zero:
        return holds(hessian.field.evidence, words)
    return _constant_loss(s) if hessian.is_zero else undecided(words)


def _slope_in_balls(s: NetworkPoint) -> Verdict:
    """FAILS where some entry of the gradient is certainly not 0."""
    gradient = s.at.enclose(BITS).gradient
    for i, name in enumerate(s.network.parameter_names):
        if nonzero(gradient[i, 0]).is_holds:
            return fails(
                Evidence.ENCLOSED, f"L rises to first order along {name}: {gradient[i, 0]}"
            )
    return undecided(f"no entry of the gradient is certainly not 0 at {BITS} bits")


def _constant_loss(s: NetworkPoint) -> Verdict:
    """HOLDS where L is constant: its value at free parameters is its value at p."""
    free = RationalFunctions(s.network.parameter_names)
    values = [free.generator(name) for name in s.network.parameter_names]
    constant = equal(s.surface.at(s.network.parameters(values)).value, s.at.value)
    if constant.is_holds:
        return holds(constant.evidence, f"L is constant: {constant.reason}")
    return undecided(
        f"the gradient and the Hessian vanish, but L is not constant: {constant.reason}"
    )


@fact(
    r"\exists q \to p:\ L(q) > L(p)",
    mutants={
        "not critical": lambda s: nonzero(s.at.gradient),
        "no minimum": lambda s: nonzero(s.at.value),
    },
)
def point_is_no_local_maximum(s: NetworkPoint) -> Verdict:
    """The point is not a local maximum of L."""
    return negation(point_is_local_maximum.decide(s))


@fact(
    r"\exists V \ni p,\ L|_V = L(p),\ \dim V = m_\ell (m_{\ell-1} + 1)",
    mutants={"all of the parameter space": lambda s: level_set_contains(s, _all(s))},
)
def level_set_has_space_of_whole_layer(s: NetworkPoint) -> Verdict:
    """The level set of p contains an affine subspace of dimension m_l (m_{l-1} + 1) through p."""
    return level_set_contains(s, whole_layer(s))


@fact(r"\partial^2 L / \partial b_\ell^2 = 2n I")
def last_bias_curves_upwards(s: NetworkPoint) -> Verdict:
    """The second derivatives of L by the last biases are 2n times the identity."""
    places = bias_places(s.network, s.depth)
    if not places:
        return fails(Evidence.EXACT, "there is no last bias")
    start = s.network.layer_range(s.depth).start
    inside = [place - start for place in places]
    block = s.at.hessian_block([s.depth]).submatrix(inside, inside)
    return equal(block, QQ.identity(len(places)).scale(2 * s.count))


@st.composite
def wide_points(draw: st.DrawFn) -> NetworkPoint:
    """Points of very wide networks: any, of the star locus, or such that they fit their samples."""
    depth, m = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    shape = (draw(st.integers(1, 2)), *[m] * (depth - 1), draw(st.integers(1, 3)))
    choice = POLYNOMIALS if depth > 2 else (*POLYNOMIALS, *SIGMOIDAL)
    network = Network(widths=shape, activation=draw(st.sampled_from(choice)))
    kind = draw(st.sampled_from(("any", "star", "fitted")))
    if kind == "star":
        return draw(star_points(target_mean, chosen=st.just(network), most=m - 1))
    samples = draw(samples_for(network, most=m - 1))
    found = point_of(network, samples, draw(vectors_for(network)))
    if kind == "any":
        return found
    fitted = Samples(inputs=samples.inputs, targets=found.features(depth))
    return replace(found, samples=fitted)


CONSTANT_FIVE = trained(
    "no biases and zero input, five outputs",
    Network(widths=(1, 2, 5), activation="tanh", bias=False),
    inputs=[[0]],
    targets=[[1, 0, 0, 0, 0]],
    weights=[[[1], [2]], [[1, 0]] * 5],
)


CONSTANT_ONE = trained(
    "no biases and zero inputs",
    Network(widths=(2, 3, 1), activation="cubic", bias=False),
    inputs=[[0, 0], [0, 0]],
    targets=[[1], [2]],
    weights=[[[1, 0], [0, 1], [1, 1]], [[1, 0, 2]]],
)


FITTED_FIVE = placed(
    "fits one sample, features not zero, five outputs",
    WIDE_FIVE,
    inputs=[[1]],
    targets=[[1, 0, 0, 0, 2]],
    values={"W1_11": 1},
    last_bias=[1, 0, 0, 0, 2],
)


NO_POINT = "no point meets the other hypotheses, so none can be near"


C21_C5_19 = Statement(
    key="C21.C5.19",
    kind="corollary",
    where="5.3",
    title="Local maxima",
    claim=(
        "In the very wide regime, for any local maximum p of L, the level set of p contains a "
        "linear space of dimension m_l (m_{l-1} + 1)."
    ),
    hypotheses=(
        hidden_layers_wider_than_samples,
        activation_is_smooth,
        last_layer_is_affine,
        point_is_local_maximum,
    ),
    conclusion=level_set_has_space_of_whole_layer,
    controls={
        last_layer_is_affine: CONSTANT_FIVE,
        point_is_local_maximum: BLIND_FIVE,
    },
    no_control={hidden_layers_wider_than_samples: NO_POINT, activation_is_smooth: NO_POINT},
    strategy=wide_points,
    expected=(("vacuous", "statement"),),
)


@C21_C5_19.step(
    premises=(point_is_local_maximum,),
    gives=last_features_vanish,
    tried_on=(CONSTANT_ONE,),
    controls={point_is_local_maximum: TWO_SAMPLES},
)
def maximum_on_the_fibre_has_no_form(s: NetworkPoint, _: Verdict) -> Verdict:
    """On the fibre L has a positive semidefinite form, which is 0 at a maximum: Phi has rank 0."""
    return vanishes(s.at.hessian_block([s.depth]))


@C21_C5_19.step(
    premises=(last_features_vanish, level_set_has_printed_flat_space),
    gives=level_set_has_space_of_whole_layer,
    cites=C21_T5_15,
    via=lambda s: s,
    strategy=blind_points,
    controls={
        last_features_vanish: FITTED_FIVE,
        level_set_has_printed_flat_space: BLIND_FIVE,
    },
)
def rank_is_zero_in_theorem(s: NetworkPoint, features: Verdict, _: Verdict) -> Verdict:
    """Theorem 5.15 with r = 0."""
    rank = features.data["features"].rank()
    return sizes_equal(whole_layer(s) - rank * s.network.outputs, whole_layer(s))


C21_C5_19_REPAIRED = C21_C5_19.repair(
    claim="L has no local maxima.",
    minimal=(
        "the bias of the last layer is needed: without biases and with zero inputs L is constant, "
        "and every point is a local maximum"
    ),
    without=("maximum_on_the_fibre_has_no_form", "rank_is_zero_in_theorem"),
    hypotheses=(last_layer_is_affine,),
    conclusion=point_is_no_local_maximum,
    instances=(
        GENERIC,
        TWO_SAMPLES,
        BLIND_ONE,
        BLIND_FIVE,
        FITTED_TWO,
        FITTED_FOUR,
        *STAR_MEAN,
        placed("no hidden layer", Network(widths=(1, 1)), inputs=[[1]], targets=[[1]]),
    ),
    controls={last_layer_is_affine: CONSTANT_ONE},
    strategy=lambda: st.one_of(wide_points(), points(networks())),
)


def moved_last_biases(s: NetworkPoint, output: int, step: Fraction) -> Parameters:
    """The parameters with one last bias moved by a step."""
    weights, biases = s.parameters.weights, s.parameters.biases
    unit = QQ.matrix([[step if i == output else 0] for i in range(s.network.outputs)])
    return Parameters(weights=weights, biases=(*biases[:-1], biases[-1] + unit))


@C21_C5_19_REPAIRED.step(
    premises=(last_layer_is_affine,),
    gives=last_bias_curves_upwards,
    controls={last_layer_is_affine: CONSTANT_ONE},
)
def last_bias_moves_every_output_alike(s: NetworkPoint, _: Verdict) -> Verdict:
    """A step of one last bias moves that output by the same step on all n samples."""
    steps = (Fraction(1), Fraction(-1, 2))

    def moves(output: int) -> Verdict:
        expected = [[int(j == output) for j in range(s.network.outputs)]] * s.count
        return for_all(
            steps,
            lambda step: equal(
                s.surface.features(moved_last_biases(s, output, step), s.depth),
                s.features(s.depth) + QQ.matrix(expected).scale(step),
            ),
            "step",
        )

    return for_all(range(s.network.outputs), moves, "output")


@C21_C5_19_REPAIRED.step(
    premises=(last_bias_curves_upwards,),
    gives=point_is_no_local_maximum,
    controls={last_bias_curves_upwards: CONSTANT_ONE},
)
def parabola_rises_on_one_side(s: NetworkPoint, _: Verdict) -> Verdict:
    """Along b_l L is L(p) + g t + n t^2, larger than L(p) for every t of the sign of g."""
    slope = s.at.gradient[-1, 0]
    steps = (Fraction(1), Fraction(-1), Fraction(1, 2))
    value = s.at.value

    def there(step: Fraction) -> Scalar:
        return s.surface.at(moved_last_biases(s, s.network.outputs - 1, step)).value

    side = -1 if slope.sign() < 0 else 1
    return all_of(
        parabola=for_all(
            steps,
            lambda step: equal(there(step), value + slope * step + s.count * step**2),
            "step",
        ),
        rises=positive(there(Fraction(side)) - value),
    )
