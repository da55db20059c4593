"""Section 4, Corollary 4.5: parameters of full rank lie everywhere near.

Notation: (W_l^0, b_l^0) are given parameters of layers 1..k, epsilon is the radius of an open
ball.

Statements
- NH17.C4.5: every ball around any parameters contains some with rank [F_k, 1] = N.

Source: NH17, Section 4, Corollary 4.5.

Design notes. Parameters of full rank are sought on the segment from the given ones to a witness,
in balls of rising precision; that there are none is shown where the ball stays in a region on
which an activation in two pieces is affine.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic import BallField, Matrix, less, positive, rank_at_least
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import Piece
from symbolic_landscape.networks import Parameters
from symbolic_landscape.proofs.common.points import (
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import (
    Witness,
    features,
    full_rank_witness,
    rank_ceiling,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import beside_ones
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_features import (
    CONSTANT,
    LINEAR,
    NARROW,
    REPEATED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_generic import (
    ASSUMPTIONS,
    NH17_L4_4,
    USED_IN_L4_3,
    _affine_region,
    deficient_parameters_are_null,
)
from symbolic_landscape.proofs.nguyen_hein_2017.separation import layer_is_wide_enough
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import (
    KINKED,
    LINE,
    PLANE,
    SPACE,
    SURPLUS,
    THROUGH_CITATION,
    WideLayer,
    small_layers,
    wide_layer,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- Corollary 4.5 -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NearParameters(WideLayer):
    """A wide layer with given parameters of layers 1..k and a radius epsilon."""

    given: Parameters
    radius: Fraction


def near(layer: WideLayer, radius: Fraction | int, *, bias: int = 0) -> NearParameters:
    """The ball around zero weights and equal biases, where all rows of F_k agree."""
    sizes = layer.network.widths[: layer.layer + 1]
    pairs = list(itertools.pairwise(sizes))
    given = Parameters(
        [[[0] * below for _ in range(above)] for below, above in pairs],
        [[bias] * above for _, above in pairs],
    )
    return NearParameters(
        name=f"{layer.name}, radius {radius}",
        network=layer.network,
        samples=layer.samples,
        loss=layer.loss,
        layer=layer.layer,
        beta=layer.beta,
        growth=layer.growth,
        given=given,
        radius=Fraction(radius),
    )


@fact(r"\varepsilon > 0")
def radius_is_positive(s: NearParameters) -> Verdict:
    """The radius epsilon is positive."""
    return positive(s.radius)


SEGMENT_HALVINGS = 8
SEGMENT_BITS = (128, 512, 2048)


@fact(
    r"\exists (W_l, b_l)_{l \le k} \in B((W_l^0, b_l^0), \varepsilon):\ "
    r"\operatorname{rank}[F_k, 1_N] = N",
    mutants={"the given parameters": lambda s: _given_suffice(s)},
)
def nearby_parameters_give_full_rank(s: NearParameters) -> Verdict:
    """The ball of radius epsilon contains parameters of layers 1..k with rank [F_k, 1] = N."""
    if s.radius <= 0:
        return fails(Evidence.EXACT, f"the ball of radius {s.radius} is empty")
    ceiling, reason = rank_ceiling(s)
    if ceiling < s.count:
        return fails(Evidence.EXACT, f"rank [F_k, 1] <= {ceiling} < {s.count} everywhere: {reason}")
    region = _stays_in_affine_region(s)
    if region:
        return fails(Evidence.ENCLOSED, region)
    witness = full_rank_witness(s)
    if witness is None:
        return undecided("no parameters of full rank were found")
    return _along_segment(s, witness)


def _entries(matrices: Iterable[Matrix]) -> list[list[list[Fraction]]]:
    """The rational entries of the matrices."""
    return [[[value.rational() for value in row] for row in m.tolist()] for m in matrices]


def _along_segment(s: NearParameters, witness: Witness) -> Verdict:
    """Parameters of full rank between the given ones and the witness, inside the ball."""
    start_weights = _entries(s.given.weights)
    start_biases = [[row[0] for row in column] for column in _entries(s.given.biases)]
    ends = _flat(witness.weights, witness.biases)
    starts = _flat(start_weights, start_biases)
    length = sum((abs(b - a) for a, b in zip(starts, ends, strict=True)), Fraction(0))
    reach = min(Fraction(1), s.radius / (length + 1))
    for bits in SEGMENT_BITS:
        for halving in range(SEGMENT_HALVINGS):
            step = reach / 2**halving
            weights = [
                [_between(a, b, step) for a, b in zip(rows, goal, strict=True)]
                for rows, goal in zip(start_weights, witness.weights, strict=True)
            ]
            biases = [
                _between(a, b, step) for a, b in zip(start_biases, witness.biases, strict=True)
            ]
            values = features(s, weights, biases, BallField(bits))
            found = rank_at_least(beside_ones(values, first=False), s.count)
            if found.is_holds:
                moved = sum(((b - a) * step) ** 2 for a, b in zip(starts, ends, strict=True))
                words = f"at {step} of the way to the witness: {found.reason}"
                inside = less(moved, s.radius**2)
                return all_of(inside=inside, rank=found.because(words))
    return undecided("no parameters of certainly full rank were found on the segment")


def _between(
    start: Sequence[Fraction], end: Sequence[Fraction], step: Fraction
) -> tuple[Fraction, ...]:
    """The vector at this share of the way from start to end."""
    return tuple(a + step * (b - a) for a, b in zip(start, end, strict=True))


def _flat(
    weights: Iterable[Iterable[Iterable[Fraction]]], biases: Iterable[Iterable[Fraction]]
) -> list[Fraction]:
    """All weights, then all biases."""
    flat = [value for matrix in weights for row in matrix for value in row]
    return flat + [value for column in biases for value in column]


def _given_suffice(s: NearParameters) -> Verdict:
    """The wrong claim that the given parameters have full rank themselves."""
    if s.count > 1 and s.given.weights[0].is_zero:
        return fails(Evidence.EXACT, "the given first weights are zero: all rows agree")
    columns = [[row[0] for row in column] for column in _entries(s.given.biases)]
    values = features(s, _entries(s.given.weights), columns, s.field)
    return rank_at_least(beside_ones(values, first=False), s.count)


def _stays_in_affine_region(s: NearParameters) -> str:
    """Why rank [F_k, 1] < N on the whole ball, for an activation that is affine on the right."""
    region = _affine_region(s)
    sigma = s.activation.derivative(0)
    if not region or not isinstance(sigma, Piece):
        return ""
    values = s.inputs.over(s.field)
    for matrix, column in zip(s.given.weights, s.given.biases, strict=True):
        pre = values @ _widened(matrix, s).T + s.field.ones(s.count, 1) @ _widened(column, s).T
        if not all(entry > 0 for row in pre.raw_rows() for entry in row):
            return ""
        values = s.field.apply(sigma.right, pre)
    return f"all pre-activations are positive on the ball, and {region}"


def _widened(matrix: Matrix, s: NearParameters) -> Matrix:
    """Balls of the given radius around each entry."""
    with s.field.working():
        radius = flint.arb(0, flint.arb(flint.fmpq(s.radius.numerator, s.radius.denominator)))
        rows = [
            [s.field.scalar(entry.enclose(s.bits) + radius) for entry in row]
            for row in matrix.tolist()
        ]
    return s.field.matrix(rows)


NH17_C4_5 = Statement(
    key="NH17.C4.5",
    kind="corollary",
    where="Section 4, Corollary 4.5",
    title="Full rank is dense",
    claim=(
        "If Assumptions 3.2 hold and n_k >= N - 1 for some k in [L-1], then for any parameters of "
        "the first k layers and every epsilon > 0 the ball of radius epsilon around them contains "
        "parameters with rank [F_k, 1] = N."
    ),
    hypotheses=(*ASSUMPTIONS, radius_is_positive),
    conclusion=nearby_parameters_give_full_rank,
    instances=(
        near(wide_layer("one sample", "tanh", ((0,),), (1, 1), 1), 1),
        near(wide_layer("two points", "sigmoid", LINE[:2], (1, 2), 1), 1),
        near(wide_layer("two points", "sigmoid", LINE[:2], (1, 2), 1), Fraction(1, 10**6)),
        near(wide_layer("three points of a plane", "softplus", PLANE[:3], (3, 3), 1), 1),
        near(wide_layer("three points", "tanh(t**3)", LINE[:3], (2, 1), 1), Fraction(1, 100)),
        near(wide_layer("second layer", "tanh", PLANE[:3], (1, 2, 1), 2), Fraction(1, 10)),
        near(wide_layer("four points of space", "tanh", SPACE[:4], (3, 1), 1), 1, bias=2),
    ),
    controls={
        samples_are_distinct: near(REPEATED, 1),
        activation_is_analytic: near(KINKED, 1, bias=5),
        activation_is_strictly_increasing: near(CONSTANT, 1),
        activation_is_bounded_or_decays: near(LINEAR, 1),
        layer_is_wide_enough: near(NARROW, 1),
        radius_is_positive: near(wide_layer("two points", "sigmoid", LINE[:2], (1, 2), 1), 0),
    },
    no_control={
        loss_is_twice_differentiable: SURPLUS,
        loss_critical_points_are_global_minima: SURPLUS,
        layer_is_hidden: SURPLUS,
    },
    strategy=lambda: small_balls(),
)


@NH17_C4_5.step(
    premises=(
        radius_is_positive,
        activation_is_analytic,
        *USED_IN_L4_3,
        deficient_parameters_are_null,
    ),
    gives=nearby_parameters_give_full_rank,
    cites=NH17_L4_4,
    via=lambda s: s,
    tried_on=(near(wide_layer("last layer", "tanh", LINE[:2], (1,), 1), Fraction(1, 2)),),
    controls={
        radius_is_positive: near(wide_layer("two points", "sigmoid", LINE[:2], (1, 2), 1), 0),
    },
    no_control=dict.fromkeys(
        (activation_is_analytic, *USED_IN_L4_3, deficient_parameters_are_null), THROUGH_CITATION
    ),
)
def balls_are_not_null(s: NearParameters, radius: Verdict, *others: Verdict) -> Verdict:
    """A ball of positive radius has positive measure, so it is not contained in the null set S."""
    del others
    count = len(_flat(_entries(s.given.weights), [])) + sum(b.shape[0] for b in s.given.biases)
    inscribed = (2 * s.radius / count) ** count
    return all_of(radius=radius, volume=positive(inscribed))


NH17_C4_5_REPAIRED = NH17_C4_5.repair(
    claim="As printed; it leans on Lemma 4.4, and so on Lemma 4.3, in their repaired readings.",
    minimal="Nothing is changed here: the inference repaired is one of Lemma 4.3.",
)


def small_balls() -> SearchStrategy[NearParameters]:
    """Small layers with zero weights, equal biases and a radius, positive or not."""
    from hypothesis import strategies as st

    return st.builds(
        near,
        small_layers(),
        st.sampled_from((Fraction(1), Fraction(1, 100), Fraction(0))),
        bias=st.integers(0, 2),
    )
