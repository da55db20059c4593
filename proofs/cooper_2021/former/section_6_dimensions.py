"""The dimensions of M, S and C for hidden layers of equal width, as facts.

Notation: M the set of parameters with loss zero, S the star locus, C the core locus (with j < k).

Design notes. The dimension of M is decided at a point of M: if the differentials of the residuals
of all different samples are independent there, M is a manifold of codimension b times their number
near it. The dimensions of S and C come from the rank of their equations.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import (
    Matrix,
    rank_is,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    HasNetwork,
)
from symbolic_landscape.proofs.cooper_2021.former.loci import core_pieces, dimension_is, star_pieces
from symbolic_landscape.proofs.cooper_2021.former.section_6_count import at_widths, hidden_width
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, undecided

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
    a, b, m, depth = at_widths(s)
    return (depth - 2) * m**2 + (a + b + depth - 1) * m + b * (1 - s.count)


def printed_star_dimension(s: HasNetwork) -> int:
    """(l - 3) m^2 + (a + 1) m."""
    a, _, m, depth = at_widths(s)
    return (depth - 3) * m**2 + (a + 1) * m


def printed_core_dimension(s: HasNetwork) -> int:
    """(l - 4) m^2 + (a + 1) m."""
    a, _, m, depth = at_widths(s)
    return (depth - 4) * m**2 + (a + 1) * m


def star_dimension(s: HasNetwork) -> int:
    """max((l - 2) m^2, (l - 3) m^2 + (a + l - 2) m): the pieces i = 1 and i = l - 1."""
    a, _, m, depth = at_widths(s)
    return max((depth - 2) * m**2, (depth - 3) * m**2 + (a + depth - 2) * m)


def core_dimension(s: HasNetwork) -> int:
    """max((l - 3) m^2, (l - 4) m^2 + (a + l - 3) m): the pieces i = 1 and i = l - 2."""
    a, _, m, depth = at_widths(s)
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
