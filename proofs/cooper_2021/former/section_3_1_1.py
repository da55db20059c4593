"""Section 3.1.1 of Cooper 2021: the dimensions of the star locus and the core, the chain of cores.

Notation: as in `loci`; S and C are the unions of the S_k and of the C_{j,k}; d parameters.

Statements
- I3.dimS   the dimension of S
- I3.dimC   the dimension of C
- I3.chain   the cores are nested, down to one point

Source: Cooper 2021, section 3.1.1. Index ranges are read as they are printed there, with
1 <= k_1 <= ... <= k_m <= l - 1; the repaired readings have strict inequalities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from symbolic_landscape.arithmetic import sizes_equal
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    Architecture,
    HasNetwork,
    architecture,
    architectures,
)
from symbolic_landscape.proofs.cooper_2021.former.loci import (
    Subspace,
    core_pieces,
    dimension_is,
    piece,
    printed_core_pieces,
    star_pieces,
)
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    depth_at_least_three,
    has_a_hidden_layer,
    layers_have_biases,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds


def star_codimension(widths: Sequence[int], i: int) -> int:
    """(m_{l-1} + 1) m_l + m_{i-1} m_i + sum_{j=i}^{l-1} m_j."""
    depth = len(widths) - 1
    last = (widths[depth - 1] + 1) * widths[depth]
    return last + widths[i - 1] * widths[i] + sum(widths[i:depth])


def core_codimension(widths: Sequence[int], i: int, j: int) -> int:
    """(m_{l-1} + 1) m_l + m_{i-1} m_i + m_{j-1} m_j + sum_{k=i}^{l-1} m_k."""
    return star_codimension(widths, i) + widths[j - 1] * widths[j]


def star_maximum(network: Network) -> int | None:
    """The printed Max over 1 <= i <= l - 1 of d minus the codimension; None at depth 1."""
    found = [star_codimension(network.widths, i) for i in range(1, network.depth)]
    return network.parameter_count - min(found) if found else None


def core_maximum(network: Network) -> int | None:
    """The printed Max over 1 <= i < j <= l - 1 of d minus the codimension; None below depth 3."""
    pairs = combinations(range(1, network.depth), 2)
    found = [core_codimension(network.widths, i, j) for i, j in pairs]
    return network.parameter_count - min(found) if found else None


def _codimensions_are(
    network: Network, pieces: Sequence[Subspace], formula: Callable[..., int]
) -> Verdict:
    verdict = for_all(
        pieces,
        lambda p: sizes_equal(p.codimension(network), formula(network.widths, *p.layers)),
        "piece",
    )
    found = [f"{p.label}: {p.codimension(network)}" for p in pieces]
    if verdict.is_holds:
        verdict = verdict.because(f"codimensions {'; '.join(found)}, as claimed")
    return verdict.giving(codimensions=tuple(p.codimension(network) for p in pieces))


@fact(
    r"\operatorname{codim} S_i = (m_{\ell-1}+1)m_\ell + m_{i-1}m_i + \sum_{j=i}^{\ell-1} m_j",
    mutants={
        "biases from the layer above on": lambda s: _codimensions_are(
            s.network,
            star_pieces(s.network),
            lambda widths, i: star_codimension(widths, i) - widths[i],
        ),
        "last bias left free": lambda s: _codimensions_are(
            s.network,
            star_pieces(s.network),
            lambda widths, i: star_codimension(widths, i) - widths[-1],
        ),
    },
)
def star_pieces_have_codimension(s: HasNetwork) -> Verdict:
    """Each S_i has codimension (m_{l-1} + 1) m_l + m_{i-1} m_i + sum_{j=i}^{l-1} m_j."""
    return _codimensions_are(s.network, star_pieces(s.network), star_codimension)


@fact(
    r"\dim S = \max_i d - \big((m_{\ell-1}+1)m_\ell + m_{i-1}m_i + \sum_{j=i}^{\ell-1} m_j\big)",
    mutants={
        "the first piece for the largest": lambda s: dimension_is(
            s.network,
            star_pieces(s.network),
            s.network.parameter_count - star_codimension(s.network.widths, 1),
            "S",
        ),
        "the last piece for the largest": lambda s: dimension_is(
            s.network,
            star_pieces(s.network),
            s.network.parameter_count - star_codimension(s.network.widths, s.network.depth - 1),
            "S",
        ),
    },
)
def star_dimension_is_the_maximum(s: HasNetwork) -> Verdict:
    """The dimension of S is the maximum over i of d minus the codimension of S_i."""
    return dimension_is(s.network, star_pieces(s.network), star_maximum(s.network), "S")


SMALLEST = (
    architecture("all widths one, depth 2", 1, 1, 1),
    architecture("all widths one, depth 3", 1, 1, 1, 1),
)


WIDE_AND_NARROW = (
    architecture("first hidden layer wide", 1, 4, 1, 2),
    architecture("last hidden layers wide", 1, 1, 4, 4, 1),
    architecture("bottleneck in the middle", 3, 2, 1, 2, 3),
    architecture("wide input, depth 5", 5, 1, 1, 1, 1, 1),
    architecture("equal hidden widths, depth 5", 2, 3, 3, 3, 3, 1),
)


NO_HIDDEN_LAYER = architecture("no hidden layer", 2, 1)


WITHOUT_BIASES = architecture("no biases", 1, 2, 2, 1, bias=False)


C21_I3_DIMS = Statement(
    key="C21.I3.dimS",
    kind="identity",
    where="3.1.1",
    title="dim S",
    claim=(
        "The dimension of the star locus is the maximum over 1 <= i <= l - 1 of "
        "d - ((m_{l-1} + 1) m_l + m_{i-1} m_i + sum_{j=i}^{l-1} m_j)."
    ),
    hypotheses=(has_a_hidden_layer, layers_have_biases),
    conclusion=star_dimension_is_the_maximum,
    instances=(*SMALLEST, *WIDE_AND_NARROW),
    controls={has_a_hidden_layer: NO_HIDDEN_LAYER, layers_have_biases: WITHOUT_BIASES},
    strategy=architectures,
)


@C21_I3_DIMS.step(
    premises=(has_a_hidden_layer, layers_have_biases),
    gives=star_pieces_have_codimension,
    controls={layers_have_biases: WITHOUT_BIASES},
    no_control={has_a_hidden_layer: "without a hidden layer there is no piece to count"},
)
def each_equation_fixes_one_parameter(s: HasNetwork, _: Verdict, __: Verdict) -> Verdict:
    """The equations of S_i set different parameters, so they are independent; count them."""
    network = s.network
    return for_all(
        star_pieces(network),
        lambda p: sizes_equal(
            len({*p.zeros, *p.fixed}), star_codimension(network.widths, *p.layers)
        ),
        "piece",
    )


@C21_I3_DIMS.step(
    premises=(has_a_hidden_layer, star_pieces_have_codimension),
    gives=star_dimension_is_the_maximum,
    controls={
        has_a_hidden_layer: NO_HIDDEN_LAYER,
        star_pieces_have_codimension: WITHOUT_BIASES,
    },
)
def union_is_as_large_as_its_largest_piece(s: HasNetwork, _: Verdict, pieces: Verdict) -> Verdict:
    """S is a finite union of affine subspaces; its dimension is that of the largest."""
    dimension = s.network.parameter_count - min(pieces.data["codimensions"])
    return dimension_is(s.network, star_pieces(s.network), dimension, "S")


# --- the core locus ------------------------------------------------------------------------------


@fact(
    r"\operatorname{codim} C_{i,j} = (m_{\ell-1}+1)m_\ell + m_{i-1}m_i + m_{j-1}m_j "
    r"+ \sum_{k=i}^{\ell-1} m_k \quad (i < j)"
)
def core_pieces_have_codimension(s: HasNetwork) -> Verdict:
    """For i < j, codim C_{i,j} is that of S_i, with both indices, plus m_{j-1} m_j."""
    return _codimensions_are(s.network, core_pieces(s.network), core_codimension)


@fact(
    r"\dim \bigcup_{i \le j} C_{i,j} = \max_{i<j} d - \big((m_{\ell-1}+1)m_\ell + m_{i-1}m_i "
    r"+ m_{j-1}m_j + \sum_{k=i}^{\ell-1} m_k\big)"
)
def printed_core_dimension_is_the_maximum(s: HasNetwork) -> Verdict:
    """The union of all C_{i,j} with i <= j has the dimension that is printed with i < j."""
    return dimension_is(s.network, printed_core_pieces(s.network), core_maximum(s.network), "C")


@fact(
    r"\dim \bigcup_{i < j} C_{i,j} = \max_{i<j} d - \big((m_{\ell-1}+1)m_\ell + m_{i-1}m_i "
    r"+ m_{j-1}m_j + \sum_{k=i}^{\ell-1} m_k\big)",
    mutants={
        "the star locus for the core": lambda s: dimension_is(
            s.network, core_pieces(s.network), star_maximum(s.network), "C"
        ),
        "biases from the larger index on": lambda s: dimension_is(
            s.network,
            core_pieces(s.network),
            s.network.parameter_count
            - min(
                core_codimension(s.network.widths, i, j) - sum(s.network.widths[i:j])
                for i, j in combinations(range(1, s.network.depth), 2)
            ),
            "C",
        ),
    },
)
def core_dimension_is_the_maximum(s: HasNetwork) -> Verdict:
    """The union of all C_{i,j} with i < j has the printed dimension."""
    return dimension_is(s.network, core_pieces(s.network), core_maximum(s.network), "C")


DEPTH_TWO = architecture("one hidden layer", 1, 2, 1)


C21_I3_DIMC = Statement(
    key="C21.I3.dimC",
    kind="identity",
    where="3.1.1",
    title="dim C",
    claim=(
        "The dimension of the core locus, the union of C_{i,j} over 1 <= i <= j <= l - 1, is the "
        "maximum over i < j of "
        "d - ((m_{l-1} + 1) m_l + m_{i-1} m_i + m_{j-1} m_j + sum_{k=i}^{l-1} m_k)."
    ),
    hypotheses=(depth_at_least_three, layers_have_biases),
    conclusion=printed_core_dimension_is_the_maximum,
    instances=WIDE_AND_NARROW,
    controls={depth_at_least_three: DEPTH_TWO, layers_have_biases: WITHOUT_BIASES},
    strategy=lambda: architectures(least=3),
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step printed_core_is_as_large_as_its_largest_piece"),
    ),
)


@C21_I3_DIMC.step(
    premises=(depth_at_least_three, layers_have_biases),
    gives=core_pieces_have_codimension,
    controls={layers_have_biases: WITHOUT_BIASES},
    no_control={depth_at_least_three: "below depth 3 there is no pair i < j, and nothing to count"},
)
def equations_fix_different_parameters(s: HasNetwork, _: Verdict, __: Verdict) -> Verdict:
    """For i < j the equations of C_{i,j} set different parameters, so they are independent."""
    network = s.network
    return for_all(
        core_pieces(network),
        lambda p: sizes_equal(
            len({*p.zeros, *p.fixed}), core_codimension(network.widths, *p.layers)
        ),
        "piece",
    )


@C21_I3_DIMC.step(
    premises=(depth_at_least_three, core_pieces_have_codimension),
    gives=printed_core_dimension_is_the_maximum,
    controls={
        depth_at_least_three: DEPTH_TWO,
        core_pieces_have_codimension: WITHOUT_BIASES,
    },
)
def printed_core_is_as_large_as_its_largest_piece(
    s: HasNetwork, _: Verdict, pieces: Verdict
) -> Verdict:
    """C is a finite union of affine subspaces; its dimension is that of the largest."""
    dimension = s.network.parameter_count - min(pieces.data["codimensions"])
    return dimension_is(s.network, printed_core_pieces(s.network), dimension, "C")


C21_I3_DIMC_REPAIRED = C21_I3_DIMC.repair(
    claim=(
        "The dimension of the union of C_{i,j} over 1 <= i < j <= l - 1 is the maximum over "
        "i < j of d - ((m_{l-1} + 1) m_l + m_{i-1} m_i + m_{j-1} m_j + sum_{k=i}^{l-1} m_k)."
    ),
    minimal="with i = j allowed, as in (3.1), C_{i,i} = S_i and the core is the whole star locus",
    without=("printed_core_is_as_large_as_its_largest_piece",),
    conclusion=core_dimension_is_the_maximum,
    instances=(SMALLEST[1], *WIDE_AND_NARROW),
)


@C21_I3_DIMC_REPAIRED.step(
    premises=(depth_at_least_three, core_pieces_have_codimension),
    gives=core_dimension_is_the_maximum,
    controls={
        depth_at_least_three: DEPTH_TWO,
        core_pieces_have_codimension: WITHOUT_BIASES,
    },
)
def core_is_as_large_as_its_largest_piece(s: HasNetwork, _: Verdict, pieces: Verdict) -> Verdict:
    """C is a finite union of affine subspaces; its dimension is that of the largest."""
    dimension = s.network.parameter_count - min(pieces.data["codimensions"])
    return dimension_is(s.network, core_pieces(s.network), dimension, "C")


# --- the chain of cores --------------------------------------------------------------------------


def nested(smaller: Sequence[Subspace], larger: Sequence[Subspace]) -> Verdict:
    """Whether each subspace of one list lies in one of the other: it has all its equations."""
    for p in smaller:
        if not any({*p.zeros, *p.fixed} >= {*q.zeros, *q.fixed} for q in larger):
            return fails(Evidence.EXACT, f"the piece {p.label} lies in no larger piece")
    return holds(Evidence.EXACT, f"{len(smaller)} pieces lie in one of {len(larger)} each")


def _links(
    network: Network, cores: Callable[[Network, int], Sequence[Subspace]], *, turned: bool = False
) -> Verdict:
    """Whether C_{m+1} lies in C_m for m = 1, ..., l - 2; the other way round if `turned`."""
    pairs = {m: (cores(network, m + 1), cores(network, m)) for m in range(1, network.depth - 1)}
    return for_all(pairs, lambda m: nested(*(pairs[m][::-1] if turned else pairs[m])), "link")


@fact(
    r"(0, \ldots, 0) = C_\ell \subset \cdots \subset C_2 \subset C_1 = S "
    r"\quad (k_1 \le \cdots \le k_m)"
)
def printed_cores_shrink_to_the_origin(s: HasNetwork) -> Verdict:
    """Each core lies in the one before, and C_l, with indices k_1 <= ... <= k_l, is one point."""
    network = s.network
    last = printed_core_pieces(network, network.depth)
    return all_of(
        nested=_links(network, printed_core_pieces),
        one_point=dimension_is(network, last, 0, "C_l"),
    )


@fact(
    r"C_{\ell-1} \subset \cdots \subset C_2 \subset C_1 = S \quad (k_1 < \cdots < k_m)",
    mutants={"reversed": lambda s: _links(s.network, core_pieces, turned=True)},
)
def cores_are_nested(s: HasNetwork) -> Verdict:
    """Each core with strictly increasing indices lies in the one before it."""
    return _links(s.network, core_pieces)


@fact(r"C_{\ell-1} = \{(0, \ldots, 0, b_\ell)\}")
def last_core_is_one_point(s: HasNetwork) -> Verdict:
    """C_{l-1} is one point: all parameters are 0 but for b_l."""
    network = s.network
    last = core_pieces(network, max(1, network.depth - 1))
    return dimension_is(network, last, 0, "C_{l-1}")


@fact(r"\{(0, \ldots, 0, b_\ell)\} = C_{\ell-1} \subset \cdots \subset C_2 \subset C_1 = S")
def cores_shrink_to_one_point(s: Architecture) -> Verdict:
    """Each core lies in the one before it, and C_{l-1} is one point."""
    return all_of(nested=cores_are_nested.decide(s), one_point=last_core_is_one_point.decide(s))


C21_I3_CHAIN = Statement(
    key="C21.I3.chain",
    kind="identity",
    where="3.1.1",
    title="Nested cores",
    claim="(0, ..., 0) = C_l in ... in C_k in C_{k-1} in ... in C_2 in C_1 = S.",
    hypotheses=(has_a_hidden_layer,),
    conclusion=printed_cores_shrink_to_the_origin,
    instances=WIDE_AND_NARROW,
    controls={has_a_hidden_layer: NO_HIDDEN_LAYER},
    strategy=lambda: architectures(least=2, most=4),
    expected=(("refuted", "statement"),),
)


C21_I3_CHAIN_REPAIRED = C21_I3_CHAIN.repair(
    claim=(
        "With strictly increasing indices C_{l-1} in ... in C_2 in C_1 = S, and C_{l-1} is the one "
        "point with all parameters 0 but for b_l."
    ),
    minimal=(
        "with repeated indices every C_m is S; with l different indices out of l - 1 the set C_l "
        "is empty; and b_l is not 0 unless the targets sum to 0"
    ),
    conclusion=cores_shrink_to_one_point,
    instances=(*SMALLEST, *WIDE_AND_NARROW),
)


@C21_I3_CHAIN_REPAIRED.step(
    premises=(has_a_hidden_layer,),
    gives=cores_are_nested,
    no_control={has_a_hidden_layer: "without a hidden layer there is no core, and no link"},
)
def one_index_less_is_fewer_equations(s: HasNetwork, _: Verdict) -> Verdict:
    """Leaving out the largest index of C_{k_1, ..., k_m} leaves out equations and adds none."""
    network = s.network
    return for_all(
        range(2, network.depth),
        lambda m: nested(
            core_pieces(network, m),
            [piece(network, p.layers[:-1]) for p in core_pieces(network, m)],
        ),
        "number of indices",
    )


@C21_I3_CHAIN_REPAIRED.step(
    premises=(has_a_hidden_layer,),
    gives=last_core_is_one_point,
    controls={has_a_hidden_layer: NO_HIDDEN_LAYER},
)
def all_layers_vanish(s: HasNetwork, _: Verdict) -> Verdict:
    """With all of 1, ..., l - 1 as indices every weight and every bias but b_l is set to 0."""
    network = s.network
    whole = piece(network, range(1, network.depth))
    return sizes_equal(len({*whole.zeros, *whole.fixed}), network.parameter_count)


@C21_I3_CHAIN_REPAIRED.step(
    premises=(cores_are_nested, last_core_is_one_point),
    gives=cores_shrink_to_one_point,
    controls={last_core_is_one_point: NO_HIDDEN_LAYER},
    no_control={cores_are_nested: "cores with strictly increasing indices are always nested"},
)
def chain_is_assembled(s: HasNetwork, links: Verdict, end: Verdict) -> Verdict:
    """The links and their end make the chain."""
    return all_of(links=links, end=end)
