"""Section 4, Lemma 4.4: full rank of the features at almost all parameters.

Notation: S is the set of parameters of layers 1..k with rank [F_k, 1] < N; a minor is the
determinant of N columns of [F_k, 1] as a function of these parameters.

Statements
- NH17.L4.4: S has Lebesgue measure zero.

Source: NH17, Section 4, Lemma 4.4.

Design notes. That S is null is decided by one witness where a minor is not zero, analyticity, and
the quoted theorem. That it is not null, by a bound of the rank on an open set: everywhere, or
where all pre-activations are positive and an activation in two pieces is affine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import rank_at_least, sizes_equal
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import Piece
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.common.externals import RealFunction
from symbolic_landscape.proofs.common.points import (
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.full_rank import some_parameters_give_full_rank
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import full_rank_witness, rank_ceiling
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_analytic import (
    NH17_L4_1,
    NH17_L4_2,
    layer_outputs_are_analytic,
    zeros_have_measure_zero,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_features import (
    LINEAR,
    NARROW,
    NH17_L4_3,
    REPEATED,
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
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds, undecided

if TYPE_CHECKING:
    pass

# --- minors --------------------------------------------------------------------------------------


def _analytic(s: WideLayer) -> Verdict:
    return for_all(s.activations, Activation.analytic, "activation")


def _minor_columns(s: WideLayer) -> tuple[int, ...]:
    """The first N - 1 units of layer k and the ones, as columns of [F_k, 1]."""
    return (*range(s.count - 1), s.width)


def _nonzero_minor(s: WideLayer) -> Verdict:
    """Whether the minor of the ones and the first N - 1 units is not zero at the witness."""
    ceiling, reason = rank_ceiling(s)
    if ceiling < s.count:
        return fails(Evidence.EXACT, f"every minor is zero for all parameters: {reason}")
    witness = full_rank_witness(s)
    if witness is None:
        return undecided("no parameters with a certainly nonzero minor were found")
    minor = witness.features.submatrix(range(s.count), _minor_columns(s))
    found = rank_at_least(minor, s.count)
    return found.because(f"at alpha = {witness.alpha} the minor is {minor.det()}").giving(
        witness=witness
    )


@dataclass(frozen=True, kw_only=True)
class Minor(RealFunction):
    """The minor of the ones and the first N - 1 units of layer k, for all parameters."""

    layer: WideLayer

    def analytic(self) -> Verdict:
        """Whether it is analytic: a polynomial of analytic features."""
        return _analytic(self.layer)

    def not_identically_zero(self) -> Verdict:
        """HOLDS at the witness of full rank, FAILS where no parameters give rank N."""
        return _nonzero_minor(self.layer)


@fact(r"(W_l, b_l)_{l \le k} \mapsto \det [F_k, 1_N]_J \in C^\omega")
def minors_are_analytic(s: WideLayer) -> Verdict:
    """Every minor of [F_k, 1] is a real analytic function of the parameters."""
    analytic = _analytic(s)
    if analytic.is_fails:
        return analytic.because(f"a minor follows sigma along a bias: {analytic.reason}")
    return analytic.against(affine=lambda: _some_unit_bends(s))


def _some_unit_bends(s: WideLayer) -> Verdict:
    """The wrong claim that minors are affine along each bias: sigma is not affine."""
    bend = s.activation.derivative(2)
    return (
        undecided("sigma is affine")
        if str(bend) == "0"
        else fails(Evidence.EXACT, f"sigma'' = {bend}")
    )


@fact(
    r"\exists (W_l, b_l)_{l \le k}, J:\ \det [F_k, 1_N]_J \ne 0",
    mutants={"every minor everywhere": lambda s: _zero_weights_suffice(s)},
)
def some_minor_is_not_zero(s: WideLayer) -> Verdict:
    """Some minor of [F_k, 1] is not zero at some parameters."""
    return _nonzero_minor(s)


def _zero_weights_suffice(s: WideLayer) -> Verdict:
    """The wrong claim that minors vanish nowhere: with zero weights all rows of [F_k, 1] agree."""
    if s.count < 2:
        return holds(Evidence.EXACT, "one row")
    return fails(Evidence.EXACT, f"with zero weights all {s.count} rows agree")


# --- Lemma 4.4 -----------------------------------------------------------------------------------


def _affine_region(s: WideLayer) -> str:
    """Why rank [F_k, 1] < N on an open set where sigma is its right piece, or nothing."""
    sigma = s.activation.derivative(0)
    if not isinstance(sigma, Piece):
        return ""
    right = Activation.of(sigma.right)
    ceiling, reason = rank_ceiling(replace(s, network=Network(s.network.widths, right, right)))
    return f"where all pre-activations are positive, {reason}" if ceiling < s.count else ""


@fact(
    r"\lambda\{(W_l, b_l)_{l \le k} : \operatorname{rank}[F_k, 1_N] < N\} = 0",
    mutants={"empty": lambda s: _zero_weights_suffice(s)},
)
def deficient_parameters_are_null(s: WideLayer) -> Verdict:
    """The parameters of the first k layers with rank [F_k, 1] < N have Lebesgue measure zero."""
    region = _affine_region(s)
    if region:
        return fails(Evidence.EXACT, f"rank [F_k, 1] < {s.count} on an open set: {region}")
    somewhere = _nonzero_minor(s)
    if somewhere.is_fails:
        return somewhere
    return all_of(analytic=_analytic(s), nonzero=somewhere)


ASSUMPTIONS = (
    samples_are_distinct,
    activation_is_analytic,
    activation_is_strictly_increasing,
    activation_is_bounded_or_decays,
    loss_is_twice_differentiable,
    loss_critical_points_are_global_minima,
    layer_is_hidden,
    layer_is_wide_enough,
)
USED_IN_L4_3 = (
    samples_are_distinct,
    activation_is_strictly_increasing,
    activation_is_bounded_or_decays,
    layer_is_wide_enough,
)
CONSTANT = wide_layer("constant activation", "1", LINE[:2], (1, 1), 1)

NH17_L4_4 = Statement(
    key="NH17.L4.4",
    kind="lemma",
    where="Section 4, Lemma 4.4",
    title="Rank deficiency is null",
    claim=(
        "If Assumptions 3.2 hold and n_k >= N - 1 for some k in [L-1], the parameters of the first "
        "k layers with rank [F_k, 1] < N have Lebesgue measure zero."
    ),
    hypotheses=ASSUMPTIONS,
    conclusion=deficient_parameters_are_null,
    instances=(
        wide_layer("one sample", "tanh", ((0,),), (1, 1), 1),
        wide_layer("two points", "sigmoid", LINE[:2], (1, 2), 1),
        wide_layer("three points of a plane", "softplus", PLANE[:3], (3, 3), 1),
        wide_layer("four points of space", "tanh(t**3)", SPACE[:4], (3, 1), 1),
        wide_layer("second layer", "arctan", PLANE[:3], (1, 2, 1), 2),
        wide_layer("six points", "sigmoid", LINE[:6], (5, 1), 1),
    ),
    controls={
        samples_are_distinct: REPEATED,
        activation_is_analytic: KINKED,
        activation_is_strictly_increasing: CONSTANT,
        activation_is_bounded_or_decays: LINEAR,
        layer_is_wide_enough: NARROW,
    },
    no_control={
        loss_is_twice_differentiable: SURPLUS,
        loss_critical_points_are_global_minima: SURPLUS,
        layer_is_hidden: SURPLUS,
    },
    strategy=lambda: small_layers(),
)


@NH17_L4_4.step(
    premises=(activation_is_analytic, layer_outputs_are_analytic),
    gives=minors_are_analytic,
    cites=NH17_L4_1,
    via=lambda s: s,
    tried_on=(REPEATED, wide_layer("cubic", "cubic", LINE[:3], (2, 1), 1)),
    controls={},
    no_control={
        activation_is_analytic: THROUGH_CITATION,
        layer_outputs_are_analytic: THROUGH_CITATION,
    },
)
def determinants_are_polynomials(s: WideLayer, analytic: Verdict, outputs: Verdict) -> Verdict:
    """A determinant is a polynomial in the entries of [F_k, 1], which are analytic."""
    del s, analytic
    return outputs


@NH17_L4_4.step(
    premises=(*USED_IN_L4_3, some_parameters_give_full_rank),
    gives=some_minor_is_not_zero,
    cites=NH17_L4_3,
    via=lambda s: s,
    tried_on=(KINKED, wide_layer("last layer", "tanh", LINE[:2], (1,), 1)),
    no_control=dict.fromkeys((*USED_IN_L4_3, some_parameters_give_full_rank), THROUGH_CITATION),
)
def full_rank_has_nonzero_minor(s: WideLayer, *premises: Verdict) -> Verdict:
    """A matrix of rank N has N columns with a determinant that is not zero."""
    witness = premises[-1].data["witness"]
    return rank_at_least(witness.features, s.count)


@NH17_L4_4.step(
    premises=(minors_are_analytic, some_minor_is_not_zero, zeros_have_measure_zero),
    gives=deficient_parameters_are_null,
    cites=NH17_L4_2,
    via=lambda s: Minor(name=s.name, layer=s),
    tried_on=(
        wide_layer("not increasing", "1/(1 + t**2)", LINE[:2], (1, 1), 1),
        wide_layer("last layer", "tanh", LINE[:2], (1,), 1),
    ),
    no_control=dict.fromkeys(
        (minors_are_analytic, some_minor_is_not_zero, zeros_have_measure_zero), THROUGH_CITATION
    ),
)
def deficient_lies_in_zero_set(
    s: WideLayer, analytic: Verdict, somewhere: Verdict, null: Verdict
) -> Verdict:
    """Where rank [F_k, 1] < N every minor is zero, so S lies in the zeros of one minor."""
    del analytic, somewhere
    return all_of(columns=sizes_equal(len(_minor_columns(s)), s.count), null=null)


NH17_L4_4_REPAIRED = NH17_L4_4.repair(
    claim="As printed; it leans on Lemma 4.3 in its repaired reading.",
    minimal="Nothing is changed here: the inference repaired is one of Lemma 4.3.",
)
