"""Section 3.2, after Theorem 3.4: low rank at the other critical points.

Notation as in section 2; "low rank" of W_l (n_{l-1}, n_l) is a rank less than n_l.

Lemmas
- NH17_R3_4: a critical point that is no global minimum has some W_l of low rank.
- NH17_R3_4_null: the weights of low rank form a null set.

Source: NH17, Section 3.2, after Theorem 3.4. The conjecture that all local minima are global is
not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    nonzero,
    rank_is,
    size_at_least,
    vanishes,
)
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    RealFunction,
    zero_set_is_null,
)
from symbolic_landscape.proofs.common.minima import is_global_minimum, minimum_is_attained
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    derivative_is_positive,
    gradient_vanishes,
    inputs_have_full_rank,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    BUMP,
    DEPENDENT_INPUTS,
    FLAT_POINT,
    NOT_CRITICAL,
    SMALLEST_FLAT,
    TWO_LAYERS,
    TWO_WELLS,
    ZERO_WEIGHTS,
    critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, negation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@fact(r"\Phi(W, b) > \min \Phi")
def point_is_not_a_global_minimum(s: NetworkPoint) -> Verdict:
    """The point is no global minimum of the objective."""
    return negation(is_global_minimum.decide(s))


@fact(r"\exists l \in [2, L]:\ \operatorname{rank}(W_l) < n_l")
def some_weights_have_low_rank(s: NetworkPoint) -> Verdict:
    """The weights of some layer from the second on do not have full column rank."""
    full = weights_from_second_have_full_rank.decide(s)
    return negation(full).against(all_have_full_rank=lambda: full)


ONE_LOW_LAYER = replace(
    ZERO_WEIGHTS,
    name="third layer of low rank, two outputs",
    network=Network(widths=(1, 2, 2, 2), activation="tanh", output_activation="tanh"),
    samples=Samples(inputs=[[-1], [1]], targets=[["1/2", "1/4"], ["-1/2", "-1/4"]]),
    parameters=Parameters(
        weights=([[0], [0]], [[1, 0], [0, 1]], [[0, 0], [0, 0]]), biases=([0, 0], [0, 0], [0, 0])
    ),
)

NH17_R3_4 = Statement(
    key="NH17.R3.4",
    kind="remark",
    where="after Theorem 3.4",
    title="After Theorem 3.4: low-rank weights, conjecture on local minima",
    claim="Under A3.2 and rank [X, 1] = N, a critical point that is no global minimum has a W_l, "
    "l in [2, L], with rank less than n_l.",
    hypotheses=(
        *ASSUMPTION_3_2,
        inputs_have_full_rank,
        gradient_vanishes,
        point_is_not_a_global_minimum,
        minimum_is_attained,
    ),
    conclusion=some_weights_have_low_rank,
    instances=(ZERO_WEIGHTS, ONE_LOW_LAYER, FLAT_POINT),
    controls={
        activation_is_strictly_increasing: BUMP,
        loss_critical_points_are_global_minima: TWO_WELLS,
        inputs_have_full_rank: DEPENDENT_INPUTS,
        gradient_vanishes: NOT_CRITICAL,
        point_is_not_a_global_minimum: TWO_LAYERS,
    },
    no_control={
        minimum_is_attained: "where it is not attained no point is least, and the proof is the "
        "same",
        samples_are_distinct: "two equal inputs make the rank less than N",
        activation_is_analytic: "the proof needs a C1 activation only",
        activation_is_bounded_or_decays: "the proof does not use the growth of the activation",
        loss_is_twice_differentiable: "the proof needs a C1 loss only",
    },
    strategy=partial(critical_points, layer=0),
    expected=(("refuted", "statement"),),
)

NH17_R3_4_repaired = NH17_R3_4.repair(
    claim="Under A3.2 with sigma' > 0 in place of strict monotonicity, and rank [X, 1] = N, a "
    "critical point that is no global minimum has a W_l, l in [2, L], with rank less than n_l.",
    minimal="If sigma' may vanish at one point, one weight and one sample give such a point, and "
    "there is no W_l with l >= 2 at all.",
    hypotheses=tuple(
        derivative_is_positive if part is activation_is_strictly_increasing else part
        for part in NH17_R3_4.hypotheses
    ),
    instances=(ZERO_WEIGHTS, ONE_LOW_LAYER),
    controls={
        derivative_is_positive: SMALLEST_FLAT,
        loss_critical_points_are_global_minima: TWO_WELLS,
        inputs_have_full_rank: DEPENDENT_INPUTS,
        gradient_vanishes: NOT_CRITICAL,
        point_is_not_a_global_minimum: TWO_LAYERS,
    },
)


@dataclass(frozen=True, kw_only=True)
class Widths(Instance):
    """The widths d, n_1, ..., n_L of a network."""

    widths: tuple[int, ...]

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return len(self.widths) - 1

    def witness(self, layer: int) -> Matrix:
        """The identity on top of zeros, cut to (n_{l-1}, n_l): a W_l of the greatest rank."""
        below, above = self.widths[layer - 1 : layer + 1]
        return QQ.matrix([[int(i == j) for j in range(above)] for i in range(below)])


@dataclass(frozen=True, kw_only=True)
class TopMinors(RealFunction):
    """The product over l >= 2 of det of the top n_l rows of W_l, a polynomial in all weights."""

    widths: tuple[int, ...]

    def analytic(self) -> Verdict:
        """HOLDS: a polynomial, when the rows exist."""
        return all_of(
            rows=for_all(
                list(pairwise(self.widths))[1:], lambda pair: size_at_least(*pair), "pair of widths"
            )
        )

    def not_identically_zero(self) -> Verdict:
        """The value 1 where the top of each W_l is the identity."""
        at = Widths(widths=self.widths)
        value = QQ.scalar(1)
        for layer in range(2, at.depth + 1):
            above = self.widths[layer]
            if self.widths[layer - 1] < above:
                return fails(Evidence.EXACT, f"W_{layer} has no {above} rows")
            value = value * at.witness(layer).submatrix(range(above), range(above)).det()
        return nonzero(value)


@fact(r"n_{l-1} \ge n_l \quad l \in [2, L]")
def widths_do_not_increase(s: Widths) -> Verdict:
    """From the first hidden layer on, no layer is wider than the one before."""
    return for_all(
        list(pairwise(s.widths))[1:], lambda pair: size_at_least(*pair), "pair of widths"
    )


@fact(r"\lambda\{W : \operatorname{rank}(W_l) < n_l \text{ for some } l \in [2, L]\} = 0")
def low_rank_weights_are_null(s: Widths) -> Verdict:
    """The weights for which some W_l, l >= 2, lacks full column rank form a null set."""
    verdict = for_all(
        range(2, s.depth + 1),
        lambda k: rank_is(s.witness(k), s.widths[k]),
        "greatest rank of layer",
    )
    if verdict.is_fails:
        return verdict.because(f"all weights have low rank there: {verdict.reason}")
    return verdict.because(
        f"some weights have full rank, and rank drops on a null set: {verdict.reason}"
    )


def _widths(*widths: int) -> Widths:
    return Widths(name="-".join(map(str, widths)), widths=widths)


def small_widths() -> SearchStrategy[Widths]:
    """Two to five widths up to 4."""
    from hypothesis import strategies as st

    return st.builds(Widths, widths=st.lists(st.integers(1, 4), min_size=2, max_size=5).map(tuple))


NH17_R3_4_null = Statement(
    key="NH17.R3.4.null",
    kind="remark",
    where="after Theorem 3.4",
    title="The weights of low rank form a null set",
    claim="The set of weights for which some W_l, l in [2, L], lacks full column rank has "
    "measure zero.",
    conclusion=low_rank_weights_are_null,
    instances=(_widths(1, 1), _widths(2, 3, 1), _widths(1, 3, 3, 2), _widths(2, 1, 2)),
    strategy=small_widths,
    expected=(("refuted", "statement"),),
)

NH17_R3_4_null_repaired = NH17_R3_4_null.repair(
    claim="If n_1 >= n_2 >= ... >= n_L, the set of weights for which some W_l, l in [2, L], "
    "lacks full column rank has measure zero.",
    minimal="If a layer l >= 2 is wider than the one before it, no W_l has rank n_l.",
    hypotheses=(widths_do_not_increase,),
    instances=(_widths(1, 1), _widths(2, 3, 1), _widths(1, 3, 3, 2), _widths(1, 4, 2, 2, 1)),
    controls={widths_do_not_increase: _widths(1, 1, 2)},
)


def top_minors(s: Widths) -> TopMinors:
    """The polynomial whose zeros contain the weights of low rank."""
    return TopMinors(name=f"top minors for {s.name}", widths=s.widths)


@NH17_R3_4_null_repaired.step(
    premises=(widths_do_not_increase, zero_set_is_null),
    gives=low_rank_weights_are_null,
    cites=EXTERNAL_ANALYTIC_ZERO_SET,
    via=top_minors,
    tried_on=(_widths(3, 2), _widths(1, 2, 2)),
    controls={},
    no_control={
        widths_do_not_increase: "without it the polynomial does not exist, so its zeros say "
        "nothing",
        zero_set_is_null: "the polynomial is 1 at the witness wherever it exists",
    },
)
def low_rank_is_a_zero(s: Widths, order: Verdict, null: Verdict) -> Verdict:
    """If W_l has low rank, every minor of size n_l is 0, so the product of the top minors is."""

    def dropped(layer: int) -> Verdict:
        above = s.widths[layer]
        last = s.witness(layer).column(above - 1)
        lower = s.witness(layer) - last @ QQ.matrix([[int(j == above - 1) for j in range(above)]])
        minor = lower.submatrix(range(above), range(above)).det()
        return all_of(rank=rank_is(lower, above - 1), minor=vanishes(minor))

    return all_of(null=null, low_rank=for_all(range(2, s.depth + 1), dropped, "layer"))
