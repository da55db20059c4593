"""Section 6 of Cooper 2021: the loci compared for hidden layers of equal width.

Notation: a = m_0, b = m_l, m the common width of the hidden layers, n samples; M the set of
parameters with loss zero, S the star locus, C the core locus (with j < k).

Statements
- P6.1   the dimensions of M, S and C

Source: Cooper 2021, section 6.1 (and 1.2). Section 6.1 says when S and C have positive dimension,
so depth l >= 4 is taken as a hypothesis; "generically" of section 4 is read as: at the fitting
point the residuals have independent differentials. C has strictly increasing indices here, as in
the formula for its dimension in section 3.1.1; what (3.1) itself says is the matter of I3.dimC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Scalar,
    equal,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.networks import Network, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    HasNetwork,
    placed,
    point_of,
    samples_for,
    trained,
    vectors_for,
)
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    depth_at_least_four,
    layers_have_biases,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1 import (
    C21_I3_DIMC,
    C21_I3_DIMS,
    core_dimension_is_the_maximum,
    star_dimension_is_the_maximum,
)
from symbolic_landscape.proofs.cooper_2021.former.section_6_count import (
    C21_I6_D,
    at_widths,
    count_is_the_printed_polynomial,
    equal_architectures,
    free_widths,
    hidden_widths_are_equal,
    printed_count,
)
from symbolic_landscape.proofs.cooper_2021.former.section_6_dimensions import (
    core_dimension,
    core_has_dimension,
    core_has_printed_dimension,
    loci_have_dimensions,
    loci_have_printed_dimensions,
    minima_have_printed_dimension,
    point_fits_the_data,
    printed_core_dimension,
    printed_minima_dimension,
    printed_star_dimension,
    residuals_are_independent,
    star_dimension,
    star_has_dimension,
    star_has_printed_dimension,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all


@st.composite
def fitted_points(draw: st.DrawFn, *, least: int = 4, most: int = 5) -> NetworkPoint:
    """Points of networks with equal hidden widths that fit: the outputs become the targets."""
    a, b, m = (draw(st.integers(1, 2)) for _ in range(3))
    depth = draw(st.integers(least, most))
    widths = (a, *[m] * (depth - 1), b)
    network = Network(widths=widths, activation=draw(st.sampled_from(("linear", "cubic"))))
    drawn = point_of(network, draw(samples_for(network, most=2)), draw(vectors_for(network)))
    fitted = Samples(inputs=drawn.samples.inputs, targets=drawn.features(depth))
    return replace(drawn, samples=fitted)


def _fitting(name: str, *widths: int, inputs: Sequence[Sequence[int]]) -> NetworkPoint:
    """A fitting point of the linear network of these widths: a chain of first units."""
    network = Network(widths=widths, activation="linear")
    values = {f"W{k}_11": 1 for k in range(1, network.depth + 1)}
    drawn = placed(
        name, network, inputs=inputs, targets=[[0] * widths[-1]] * len(inputs), values=values
    )
    fitted = Samples(inputs=drawn.samples.inputs, targets=drawn.features(network.depth))
    return replace(drawn, samples=fitted)


FITTED = (
    _fitting("depth 5, width 2", 1, 2, 2, 2, 2, 1, inputs=[[0], [1]]),
    _fitting("depth 5, width 4, wide input", 3, 4, 4, 4, 4, 2, inputs=[[1, 0, 2]]),
    _fitting("depth 4, width 5", 1, 5, 5, 5, 1, inputs=[[1], [2]]),
    _fitting("depth 6, width 2", 2, 2, 2, 2, 2, 2, 3, inputs=[[1, 0]]),
)


SMALLEST_FITTED = _fitting("depth 4, all widths one", 1, 1, 1, 1, 1, inputs=[[0]])


UNEQUAL_FITTED = _fitting("hidden widths 2, 1, 1", 1, 2, 1, 1, 1, inputs=[[0]])


REPEATED_SAMPLE = _fitting("one sample twice", 1, 2, 2, 2, 1, inputs=[[1], [1]])


MISSED = placed("a target missed", Network(widths=(1, 1, 1, 1, 1)), inputs=[[0]], targets=[[1]])


DEPTH_THREE_FITTED = _fitting("depth 3, two inputs", 2, 1, 1, 1, inputs=[[1, 0]])


FITTED_BIASLESS = trained(
    "no biases, depth 4",
    Network(widths=(1, 1, 1, 1, 1), bias=False),
    inputs=[[1]],
    targets=[[1]],
    weights=[[[1]]] * 4,
)


C21_P6_1 = Statement(
    key="C21.P6.1",
    kind="proposition",
    where="6 (and 1.2)",
    title="Dimensions, equal widths",
    claim=(
        "With hidden layers of equal width m: dim M = (l - 2) m^2 + (a + b + l - 1) m + b (1 - n), "
        "dim S = (l - 3) m^2 + (a + 1) m, dim C = (l - 4) m^2 + (a + 1) m."
    ),
    hypotheses=(
        depth_at_least_four,
        layers_have_biases,
        hidden_widths_are_equal,
        point_fits_the_data,
        residuals_are_independent,
    ),
    conclusion=loci_have_printed_dimensions,
    instances=FITTED,
    controls={
        depth_at_least_four: DEPTH_THREE_FITTED,
        layers_have_biases: FITTED_BIASLESS,
        hidden_widths_are_equal: UNEQUAL_FITTED,
        point_fits_the_data: MISSED,
        residuals_are_independent: REPEATED_SAMPLE,
    },
    strategy=fitted_points,
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step second_piece_is_the_largest"),
        ("invalid inference", "step second_core_piece_is_the_largest"),
    ),
)


@C21_P6_1.step(
    premises=(point_fits_the_data, residuals_are_independent, count_is_the_printed_polynomial),
    gives=minima_have_printed_dimension,
    cites=C21_I6_D,
    via=lambda s: s,
    controls={
        point_fits_the_data: MISSED,
        residuals_are_independent: REPEATED_SAMPLE,
        count_is_the_printed_polynomial: UNEQUAL_FITTED,
    },
)
def each_residual_cuts_one_dimension(
    s: NetworkPoint, _: Verdict, independent: Verdict, count: Verdict
) -> Verdict:
    """M is cut out by b n equations with independent differentials, so its dimension is d - bn."""
    d = printed_count(*at_widths(s))
    return all_of(
        independent=independent,
        count=count,
        dimension=sizes_equal(d - independent.data["codimension"], printed_minima_dimension(s)),
    )


@C21_P6_1.step(
    premises=(depth_at_least_four, hidden_widths_are_equal, star_dimension_is_the_maximum),
    gives=star_has_printed_dimension,
    strategy=lambda: equal_architectures(least=4),
    cites=C21_I3_DIMS,
    via=lambda s: s,
    controls={
        depth_at_least_four: _fitting("depth 3, width 3", 1, 3, 3, 1, inputs=[[1]]),
        hidden_widths_are_equal: UNEQUAL_FITTED,
        star_dimension_is_the_maximum: FITTED_BIASLESS,
    },
)
def second_piece_is_the_largest(
    s: HasNetwork, _: Verdict, __: Verdict, maximum: Verdict
) -> Verdict:
    """The maximum of section 3.1.1 is attained at i = 2."""
    return sizes_equal(maximum.data["dimension"], printed_star_dimension(s))


@C21_P6_1.step(
    premises=(depth_at_least_four, hidden_widths_are_equal, core_dimension_is_the_maximum),
    gives=core_has_printed_dimension,
    strategy=lambda: equal_architectures(least=4),
    cites=C21_I3_DIMC,
    via=lambda s: s,
    controls={
        depth_at_least_four: DEPTH_THREE_FITTED,
        hidden_widths_are_equal: UNEQUAL_FITTED,
        core_dimension_is_the_maximum: FITTED_BIASLESS,
    },
)
def second_core_piece_is_the_largest(
    s: HasNetwork, _: Verdict, __: Verdict, maximum: Verdict
) -> Verdict:
    """The maximum of section 3.1.1 is attained at i = 2."""
    return sizes_equal(maximum.data["dimension"], printed_core_dimension(s))


@C21_P6_1.step(
    premises=(
        minima_have_printed_dimension,
        star_has_printed_dimension,
        core_has_printed_dimension,
    ),
    gives=loci_have_printed_dimensions,
    tried_on=(_fitting("depth 3, width a + 1", 1, 2, 2, 2, inputs=[[1]]),),
    controls={
        minima_have_printed_dimension: placed(
            "a target missed at depth 3", Network(widths=(1, 2, 2, 1)), inputs=[[0]], targets=[[1]]
        ),
        star_has_printed_dimension: SMALLEST_FITTED,
        core_has_printed_dimension: DEPTH_THREE_FITTED,
    },
)
def dimensions_are_collected(
    s: NetworkPoint, minima: Verdict, star: Verdict, core: Verdict
) -> Verdict:
    """The three dimensions together."""
    return all_of(minima=minima, star=star, core=core)


C21_P6_1_REPAIRED = C21_P6_1.repair(
    claim=(
        "With hidden layers of equal width m and depth l >= 4: near a point of M at which the "
        "differentials of the residuals are independent, "
        "dim M = (l - 2) m^2 + (a + b + l - 1) m + b (1 - n); "
        "dim S = max((l - 2) m^2, (l - 3) m^2 + (a + l - 2) m); "
        "dim C = max((l - 3) m^2, (l - 4) m^2 + (a + l - 3) m)."
    ),
    minimal=(
        "the largest piece is the first one for m > a + l - 2 (for C: m > a + l - 3), else the "
        "last one; the printed formulas are those of i = 2, and for S they are right for no depth "
        "l >= 4"
    ),
    without=(
        "second_piece_is_the_largest",
        "second_core_piece_is_the_largest",
        "dimensions_are_collected",
    ),
    conclusion=loci_have_dimensions,
    instances=(SMALLEST_FITTED, *FITTED),
)


def _codimension_polynomials(
    depth: int, layers: Sequence[int], claimed: Callable[[Scalar, Scalar], Scalar]
) -> Verdict:
    """Whether d minus the codimension of a piece is the claimed polynomial, for all a, b, m."""
    a, b, m, widths = free_widths(depth)
    d = m**2 * (depth - 2) + (a + b + (depth - 1)) * m + b
    equations = (m + 1) * b + m * (depth - min(layers))
    for layer in layers:
        equations = equations + widths[layer - 1] * widths[layer]
    return equal(d - equations, claimed(a, m))


def _pieces_are_first_or_last(depth: int, count: int) -> Verdict:
    """The dimension of each piece of S (count 1) or C (count 2), identically in a, b, m."""
    power = depth - 1 - count

    def claimed(least: int) -> Callable[[Scalar, Scalar], Scalar]:
        if least == 1:
            return lambda _, m: m**2 * power
        return lambda a, m: m**2 * (power - 1) + (a + (least - 1)) * m

    return for_all(
        combinations(range(1, depth), count),
        lambda layers: _codimension_polynomials(depth, layers, claimed(layers[0])),
        "piece",
    )


@C21_P6_1_REPAIRED.step(
    premises=(depth_at_least_four, hidden_widths_are_equal, star_dimension_is_the_maximum),
    gives=star_has_dimension,
    strategy=lambda: equal_architectures(least=4),
    cites=C21_I3_DIMS,
    via=lambda s: s,
    controls={
        hidden_widths_are_equal: UNEQUAL_FITTED,
        star_dimension_is_the_maximum: FITTED_BIASLESS,
    },
    no_control={depth_at_least_four: "the formula for S holds at depth 3 as well"},
)
def first_or_last_piece_is_the_largest(
    s: HasNetwork, _: Verdict, __: Verdict, maximum: Verdict
) -> Verdict:
    """The dimension of S_i is (l - 2) m^2 for i = 1, else (l - 3) m^2 + (a + i - 1) m.

    The latter grows with i, up to i = l - 1.
    """
    return all_of(
        pieces=_pieces_are_first_or_last(s.network.depth, 1),
        maximum=sizes_equal(maximum.data["dimension"], star_dimension(s)),
    )


@C21_P6_1_REPAIRED.step(
    premises=(depth_at_least_four, hidden_widths_are_equal, core_dimension_is_the_maximum),
    gives=core_has_dimension,
    strategy=lambda: equal_architectures(least=4),
    cites=C21_I3_DIMC,
    via=lambda s: s,
    controls={
        depth_at_least_four: DEPTH_THREE_FITTED,
        hidden_widths_are_equal: UNEQUAL_FITTED,
        core_dimension_is_the_maximum: FITTED_BIASLESS,
    },
)
def first_or_last_core_piece_is_the_largest(
    s: HasNetwork, _: Verdict, __: Verdict, maximum: Verdict
) -> Verdict:
    """The dimension of C_{i,j} is (l - 3) m^2 for i = 1, else (l - 4) m^2 + (a + i - 1) m.

    The latter grows with i, up to i = l - 2.
    """
    return all_of(
        pieces=_pieces_are_first_or_last(s.network.depth, 2),
        maximum=sizes_equal(maximum.data["dimension"], core_dimension(s)),
    )


@C21_P6_1_REPAIRED.step(
    premises=(minima_have_printed_dimension, star_has_dimension, core_has_dimension),
    gives=loci_have_dimensions,
    controls={
        minima_have_printed_dimension: MISSED,
        core_has_dimension: DEPTH_THREE_FITTED,
    },
    no_control={star_has_dimension: "where it fails the widths differ, and M fails with it"},
)
def corrected_dimensions_are_collected(
    s: NetworkPoint, minima: Verdict, star: Verdict, core: Verdict
) -> Verdict:
    """The three dimensions together."""
    return all_of(minima=minima, star=star, core=core)
