"""Section 6 of Cooper 2021: the loci compared for hidden layers of equal width.

Notation: a = m_0, b = m_l, m the common width of the hidden layers, n samples, d parameters; M the
set of parameters with loss zero, S the star locus, C the core locus (with j < k).

Statements
- I6.d   the number of parameters
- P6.1   the dimensions of M, S and C

Source: Cooper 2021, section 6.1 (and 1.2). Section 6.1 says when S and C have positive dimension,
so depth l >= 4 is taken as a hypothesis; "generically" of section 4 is read as: at the fitting
point the residuals have independent differentials. C has strictly increasing indices here, as in
the formula for its dimension in section 3.1.1; what (3.1) itself says is the matter of I3.dimC.

Design notes. The dimension of M is decided at a point of M: if the differentials of the residuals
of all different samples are independent there, M is a manifold of codimension b times their number
near it. The dimensions of S and C come from the rank of their equations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from proofs.common.points import NetworkPoint
from proofs.cooper_2021.instances import (
    Architecture,
    HasNetwork,
    architecture,
    placed,
    point_of,
    samples_for,
    trained,
    vectors_for,
)
from proofs.cooper_2021.loci import core_pieces, dimension_is, star_pieces
from proofs.cooper_2021.section_2 import depth_at_least_four, has_a_hidden_layer, layers_have_biases
from proofs.cooper_2021.section_3_1_1 import (
    C21_I3_DIMC,
    C21_I3_DIMS,
    WITHOUT_BIASES,
    core_dimension_is_the_maximum,
    star_dimension_is_the_maximum,
)
from symbolic_landscape.arithmetic import (
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    rank_is,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.lemma import Statement, fact
from symbolic_landscape.networks import Network, Samples
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds, undecided


def hidden_width(network: Network) -> int:
    """m, the smallest width of a hidden layer; 1 if there is none."""
    return min(network.widths[1:-1], default=1)


@fact(r"m_1 = \cdots = m_{\ell-1} = m")
def hidden_widths_are_equal(s: HasNetwork) -> Verdict:
    """All hidden layers have the same width."""
    hidden = s.network.widths[1:-1]
    outcome = holds if len(set(hidden)) <= 1 else fails
    return outcome(Evidence.EXACT, f"hidden widths {hidden}")


def printed_count(a: int, b: int, m: int, depth: int) -> int:
    """(l - 2) m^2 + (l + a + b - 1) m + b."""
    return (depth - 2) * m**2 + (depth + a + b - 1) * m + b


def _at_widths(s: HasNetwork) -> tuple[int, int, int, int]:
    """a, b, m, l."""
    network = s.network
    return network.inputs, network.outputs, hidden_width(network), network.depth


@fact(r"d = \sum_{i=1}^{\ell} (m_{i-1} + 1) m_i")
def count_is_the_sum_over_layers(s: HasNetwork) -> Verdict:
    """The number of parameters is the sum of (m_{i-1} + 1) m_i over the layers."""
    widths = s.network.widths
    layers = [(widths[i - 1] + 1) * widths[i] for i in range(1, len(widths))]
    return sizes_equal(s.network.parameter_count, sum(layers))


@fact(
    r"d = (\ell - 2) m^2 + (\ell + a + b - 1) m + b",
    mutants={
        "one hidden layer more": lambda s: sizes_equal(
            s.network.parameter_count, printed_count(*_at_widths(s)) + hidden_width(s.network) ** 2
        ),
        "without the last biases": lambda s: sizes_equal(
            s.network.parameter_count, printed_count(*_at_widths(s)) - s.network.outputs
        ),
    },
)
def count_is_the_printed_polynomial(s: HasNetwork) -> Verdict:
    """The number of parameters is (l - 2) m^2 + (l + a + b - 1) m + b."""
    return sizes_equal(s.network.parameter_count, printed_count(*_at_widths(s)))


def free_widths(depth: int) -> tuple[Scalar, Scalar, Scalar, list[Scalar]]:
    """a, b, m as symbols, and the widths m_0, ..., m_l made of them."""
    field = RationalFunctions(("a", "b", "m"))
    a, b, m = (Scalar(field, field.raw(field.generator(name))) for name in ("a", "b", "m"))
    return a, b, m, [a, *[m] * (depth - 1), b]


UNEQUAL = architecture("unequal hidden widths", 1, 2, 1, 1)


@st.composite
def equal_architectures(draw: st.DrawFn, *, least: int = 2, most: int = 6) -> Architecture:
    """Architectures whose hidden layers have one width from 1 to 4."""
    a, b, m = (draw(st.integers(1, 4)) for _ in range(3))
    depth = draw(st.integers(least, most))
    return Architecture(network=Network(widths=(a, *[m] * (depth - 1), b)))


C21_I6_D = Statement(
    key="C21.I6.d",
    kind="identity",
    where="6.1",
    title="d for equal widths",
    claim=("If all hidden layers have width m, then d = (l - 2) m^2 + (l + a + b - 1) m + b."),
    hypotheses=(has_a_hidden_layer, layers_have_biases, hidden_widths_are_equal),
    conclusion=count_is_the_printed_polynomial,
    instances=(
        architecture("depth 2, all one", 1, 1, 1),
        architecture("depth 3", 2, 3, 3, 1),
        architecture("depth 5", 1, 4, 4, 4, 4, 3),
        architecture("narrow, depth 4", 5, 1, 1, 1, 2),
    ),
    controls={
        has_a_hidden_layer: architecture("no hidden layer, two outputs", 2, 2),
        layers_have_biases: WITHOUT_BIASES,
        hidden_widths_are_equal: UNEQUAL,
    },
    strategy=equal_architectures,
)


@C21_I6_D.step(
    premises=(layers_have_biases,),
    gives=count_is_the_sum_over_layers,
    tried_on=(UNEQUAL,),
    controls={layers_have_biases: WITHOUT_BIASES},
)
def layers_are_counted(s: HasNetwork, _: Verdict) -> Verdict:
    """Layer i has m_{i-1} m_i weights and m_i biases."""
    network = s.network
    return for_all(
        range(1, network.depth + 1),
        lambda i: sizes_equal(
            len(network.layer_range(i)), (network.widths[i - 1] + 1) * network.widths[i]
        ),
        "layer",
    )


@C21_I6_D.step(
    premises=(has_a_hidden_layer, hidden_widths_are_equal, count_is_the_sum_over_layers),
    gives=count_is_the_printed_polynomial,
    controls={
        has_a_hidden_layer: architecture("no hidden layer, two outputs", 2, 2),
        hidden_widths_are_equal: UNEQUAL,
        count_is_the_sum_over_layers: architecture("equal, no biases", 1, 2, 2, 1, bias=False),
    },
)
def sum_is_collected(s: HasNetwork, _: Verdict, __: Verdict, ___: Verdict) -> Verdict:
    """(a + 1) m + (l - 2) (m + 1) m + (m + 1) b, collected by powers of m, for all a, b, m."""
    depth = s.network.depth
    a, b, m, widths = free_widths(depth)
    layers = [(widths[i - 1] + 1) * widths[i] for i in range(1, depth + 1)]
    total = sum(layers[1:], layers[0])
    return equal(total, m**2 * (depth - 2) + (a + b + (depth - 1)) * m + b)


# --- dimensions ----------------------------------------------------------------------------------


def residual_form(s: NetworkPoint) -> Matrix:
    """2 J^T J (d, d) for the derivatives J of the outputs: the Hessian where every residual is 0.

    It has the rank of J. Elsewhere it is that of the same point with its own outputs as targets.
    """
    if s.residuals.is_zero:
        return s.at.hessian
    own = Samples(inputs=s.samples.inputs, targets=s.features(s.depth))
    return replace(s, samples=own).at.hessian


def dimension_of_minima(s: NetworkPoint, claimed: int) -> Verdict:
    """Whether M, near the point, is a manifold of the claimed dimension.

    FAILS also where the point is not in M. UNDECIDED where the residuals of different samples have
    dependent differentials.
    """
    if not s.residuals.is_zero:
        return fails(Evidence.EXACT, f"the point is not in M: residuals {s.residuals}")
    rank = residual_form(s).rank()
    pairs = zip(s.samples.inputs.tolist(), s.samples.targets.tolist(), strict=True)
    different = len({(tuple(x), tuple(y)) for x, y in pairs})
    codimension = different * s.network.outputs
    if rank != codimension:
        return undecided(f"the differentials of {codimension} residuals have rank {rank}")
    d = s.network.parameter_count
    words = f"near the point M has dimension {d} - {codimension} = {d - codimension}"
    return sizes_equal(d - codimension, claimed).because(f"{words}; claimed {claimed}")


def printed_minima_dimension(s: NetworkPoint) -> int:
    """(l - 2) m^2 + (a + b + l - 1) m + b (1 - n)."""
    a, b, m, depth = _at_widths(s)
    return (depth - 2) * m**2 + (a + b + depth - 1) * m + b * (1 - s.count)


def printed_star_dimension(s: HasNetwork) -> int:
    """(l - 3) m^2 + (a + 1) m."""
    a, _, m, depth = _at_widths(s)
    return (depth - 3) * m**2 + (a + 1) * m


def printed_core_dimension(s: HasNetwork) -> int:
    """(l - 4) m^2 + (a + 1) m."""
    a, _, m, depth = _at_widths(s)
    return (depth - 4) * m**2 + (a + 1) * m


def star_dimension(s: HasNetwork) -> int:
    """max((l - 2) m^2, (l - 3) m^2 + (a + l - 2) m): the pieces i = 1 and i = l - 1."""
    a, _, m, depth = _at_widths(s)
    return max((depth - 2) * m**2, (depth - 3) * m**2 + (a + depth - 2) * m)


def core_dimension(s: HasNetwork) -> int:
    """max((l - 3) m^2, (l - 4) m^2 + (a + l - 3) m): the pieces i = 1 and i = l - 2."""
    a, _, m, depth = _at_widths(s)
    return max((depth - 3) * m**2, (depth - 4) * m**2 + (a + depth - 3) * m)


@fact(r"f_p(x_\alpha) = y_\alpha \quad \forall \alpha")
def point_fits_the_data(s: NetworkPoint) -> Verdict:
    """The network at p answers every sample with its target, so that p lies in M."""
    return vanishes(s.residuals)


@fact(r"\operatorname{rank} \partial (f_p(x_\alpha))_\alpha / \partial p = bn")
def residuals_are_independent(s: NetworkPoint) -> Verdict:
    """The differentials of the b n residuals are linearly independent at p."""
    codimension = s.count * s.network.outputs
    return rank_is(residual_form(s), codimension).giving(codimension=codimension)


@fact(
    r"\dim M = (\ell-2)m^2 + (a+b+\ell-1)m + b(1-n)",
    mutants={
        "codimension n": lambda s: dimension_of_minima(s, s.network.parameter_count - s.count),
    },
)
def minima_have_printed_dimension(s: NetworkPoint) -> Verdict:
    """Near p the set M of zero loss has dimension (l - 2) m^2 + (a + b + l - 1) m + b (1 - n)."""
    return dimension_of_minima(s, printed_minima_dimension(s))


@fact(r"\dim S = (\ell-3)m^2 + (a+1)m")
def star_has_printed_dimension(s: HasNetwork) -> Verdict:
    """The star locus has dimension (l - 3) m^2 + (a + 1) m."""
    return dimension_is(s.network, star_pieces(s.network), printed_star_dimension(s), "S")


@fact(r"\dim C = (\ell-4)m^2 + (a+1)m")
def core_has_printed_dimension(s: HasNetwork) -> Verdict:
    """The core locus has dimension (l - 4) m^2 + (a + 1) m."""
    return dimension_is(s.network, core_pieces(s.network), printed_core_dimension(s), "C")


@fact(
    r"\dim S = \max\{(\ell-2)m^2,\ (\ell-3)m^2 + (a+\ell-2)m\}",
    mutants={
        "piece i = 1 alone": lambda s: dimension_is(
            s.network,
            star_pieces(s.network),
            (s.network.depth - 2) * hidden_width(s.network) ** 2,
            "S",
        ),
        "piece i = 2 alone": lambda s: star_has_printed_dimension.decide(s),
    },
)
def star_has_dimension(s: HasNetwork) -> Verdict:
    """The star locus has dimension max((l - 2) m^2, (l - 3) m^2 + (a + l - 2) m)."""
    return dimension_is(s.network, star_pieces(s.network), star_dimension(s), "S")


@fact(
    r"\dim C = \max\{(\ell-3)m^2,\ (\ell-4)m^2 + (a+\ell-3)m\}",
    mutants={
        "piece i = 1 alone": lambda s: dimension_is(
            s.network,
            core_pieces(s.network),
            (s.network.depth - 3) * hidden_width(s.network) ** 2,
            "C",
        ),
        "piece i = 2 alone": lambda s: core_has_printed_dimension.decide(s),
    },
)
def core_has_dimension(s: HasNetwork) -> Verdict:
    """The core locus has dimension max((l - 3) m^2, (l - 4) m^2 + (a + l - 3) m)."""
    return dimension_is(s.network, core_pieces(s.network), core_dimension(s), "C")


@fact(
    r"\dim M = (\ell-2)m^2 + (a+b+\ell-1)m + b(1-n),\ \dim S = (\ell-3)m^2 + (a+1)m,\ "
    r"\dim C = (\ell-4)m^2 + (a+1)m"
)
def loci_have_printed_dimensions(s: NetworkPoint) -> Verdict:
    """M, S and C have the printed dimensions."""
    return all_of(
        S=star_has_printed_dimension.decide(s),
        C=core_has_printed_dimension.decide(s),
        M=minima_have_printed_dimension.decide(s),
    )


@fact(
    r"\dim M = (\ell-2)m^2 + (a+b+\ell-1)m + b(1-n),\ "
    r"\dim S = \max\{(\ell-2)m^2, (\ell-3)m^2 + (a+\ell-2)m\},\ "
    r"\dim C = \max\{(\ell-3)m^2, (\ell-4)m^2 + (a+\ell-3)m\}"
)
def loci_have_dimensions(s: NetworkPoint) -> Verdict:
    """M has the printed dimension, S and C have the maxima over their first and last pieces."""
    return all_of(
        S=star_has_dimension.decide(s),
        C=core_has_dimension.decide(s),
        M=minima_have_printed_dimension.decide(s),
    )


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
    d = printed_count(*_at_widths(s))
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
