"""Section 2: the backpropagation identities.

Notation: X (N, d), Y (N, m); G_k, F_k (N, n_k) pre-activations and features of layer k = 1..L,
F_0 = X; Delta_k (N, n_k) the derivatives of Phi by the entries of G_k. The paper's W_k (n_{k-1},
n_k) is the transpose of `weights` (n_k, n_{k-1}); gradients by W_k are shown in the paper's
shape.

Lemmas
- NH17_D2_delta: the error matrices Delta_k.
- NH17_L2_1: Delta_k by recursion, and the gradients by weights and biases from Delta_k.

Source: NH17, Section 2.

Design notes. The identities are decided against derivatives that know nothing of Delta, and for
generic networks, whose weights, features and slopes are free symbols: see `derivatives`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import Matrix, equal
from symbolic_landscape.errors import SmoothnessError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.functions.activations import NAMED_ACTIVATIONS
from symbolic_landscape.proofs.common.points import (
    activation_is_continuously_differentiable,
    loss_is_continuously_differentiable,
    point,
)
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import (
    GenericNetwork,
    Layered,
    Layers,
    bias_gradient_by_definition,
    depth,
    entry_sum,
    errors_by_definition,
    layers,
    weight_gradient_by_definition,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2_network import (
    CORNER,
    CUBIC_TWO_LAYERS,
    DEEP_SQUARE,
    KINK,
    LOSS_KINK,
    POINTS,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- Lemma 2.1 -----------------------------------------------------------------------------------


def _agree(defined: Matrix | None, claimed: Callable[[], Matrix]) -> Verdict:
    """Whether the derivatives exist and are as claimed."""
    if defined is None:
        return fails(Evidence.EXACT, "the objective has no derivative there: one-sided ones differ")
    try:
        return equal(defined, claimed())
    except SmoothnessError as error:
        return fails(Evidence.EXACT, f"what is claimed has no value: {error}")


def _matching(
    s: Layered,
    places: range,
    defined: Callable[[Layered, int], Matrix | None],
    claimed: Callable[[Layers, int], Matrix],
) -> Verdict:
    return for_all(places, lambda k: _agree(defined(s, k), lambda: claimed(layers(s), k)), "layer")


def _last(s: Layered) -> range:
    return range(depth(s), depth(s) + 1)


def _lower(s: Layered) -> range:
    return range(1, depth(s))


def _every(s: Layered) -> range:
    return range(1, depth(s) + 1)


@fact(
    r"\Delta_L = l'(F_L - Y) \circ \sigma'(G_L)",
    mutants={
        "slope left out": lambda s: _matching(
            s, _last(s), errors_by_definition, lambda at, _: at.loss_slopes
        ),
        "loss slope left out": lambda s: _matching(
            s, _last(s), errors_by_definition, lambda at, _: at.slope(at.depth)
        ),
    },
)
def last_errors_are_products(s: Layered) -> Verdict:
    """Delta_L is the entrywise product of the loss slopes and the slopes of the last layer."""
    return _matching(
        s, _last(s), errors_by_definition, lambda at, _: at.loss_slopes.hadamard(at.slope(at.depth))
    )


@fact(
    r"\Delta_k = (\Delta_{k+1} W_{k+1}^T) \circ \sigma'(G_k), \quad k \in [L-1]",
    mutants={
        "slope left out": lambda s: _matching(
            s, _lower(s), errors_by_definition, Layers.pulled_back
        ),
        "slope squared": lambda s: _matching(
            s,
            _lower(s),
            errors_by_definition,
            lambda at, k: at.pulled_back(k).hadamard(at.slope(k)).hadamard(at.slope(k)),
        ),
    },
)
def lower_errors_follow_recursion(s: Layered) -> Verdict:
    """Delta_k is Delta_{k+1} times the transposed weights, entrywise times the slopes there."""
    return _matching(s, _lower(s), errors_by_definition, lambda at, k: at.error(k))


@fact(
    r"\nabla_{W_k} \Phi = F_{k-1}^T \Delta_k, \quad F_0 = X",
    mutants={
        "features of the layer itself": lambda s: _matching(
            s,
            _every(s),
            weight_gradient_by_definition,
            lambda at, k: at.features[k].T @ at.error(k),
        ),
    },
)
def weight_gradients_are_products(s: Layered) -> Verdict:
    """The gradient by W_k is the transposed features below times Delta_k, for every layer."""
    return _matching(
        s,
        _every(s),
        weight_gradient_by_definition,
        lambda at, k: at.features[k - 1].T @ at.error(k),
    )


@fact(
    r"\nabla_{b_k} \Phi = \Delta_k^T 1_N",
    mutants={
        "mean over samples": lambda s: _matching(
            s,
            _every(s),
            bias_gradient_by_definition,
            lambda at, k: (at.error(k).T @ at.field.ones(at.count, 1)).scale(Fraction(1, at.count)),
        ),
    },
)
def bias_gradients_are_sums(s: Layered) -> Verdict:
    """The gradient by b_k is the sum of the rows of Delta_k, for every layer."""
    return _matching(
        s,
        _every(s),
        bias_gradient_by_definition,
        lambda at, k: at.error(k).T @ at.field.ones(at.count, 1),
    )


@fact(r"(\Delta_k)_{ij} = \partial \Phi / \partial g_{kj}(x_i)")
def errors_are_derivatives(s: Layered) -> Verdict:
    """Entry (i, j) of Delta_k is the derivative of Phi by unit j of layer k on sample i."""
    return _matching(s, _every(s), errors_by_definition, lambda at, k: at.error(k))


NH17_D2_delta = Statement(
    key="NH17.D2.delta",
    kind="definition",
    where="Section 2",
    title="Backpropagated error matrices",
    claim="Delta_k (N, n_k) holds the derivatives of Phi by the pre-activations g_kj(x_i).",
    hypotheses=(
        activation_is_continuously_differentiable,
        loss_is_continuously_differentiable,
    ),
    conclusion=errors_are_derivatives,
    instances=POINTS,
    controls={
        activation_is_continuously_differentiable: KINK,
        loss_is_continuously_differentiable: LOSS_KINK,
    },
)


@fact(r"\text{1., 2. and 3. of Lemma 2.1}")
def backpropagation_identities_hold(s: Layered) -> Verdict:
    """Delta_k follows the recursion, and the gradients are the stated products with Delta_k."""
    return all_of(
        last_errors=last_errors_are_products.decide(s),
        lower_errors=lower_errors_follow_recursion.decide(s),
        weight_gradients=weight_gradients_are_products.decide(s),
        bias_gradients=bias_gradients_are_sums.decide(s),
    )


def _shape(*widths: int, count: int) -> GenericNetwork:
    words = "-".join(map(str, widths))
    return GenericNetwork(
        name=f"all networks {words} on {count} samples", widths=widths, count=count
    )


SHAPES = (
    _shape(1, 1, count=1),
    _shape(2, 3, count=2),
    _shape(2, 3, 1, count=3),
    _shape(1, 2, 2, count=1),
    _shape(3, 2, 4, 2, count=2),
    _shape(2, 2, 2, 2, 3, count=2),
    _shape(1, 3, 2, 2, 1, count=2),
)


def small_networks() -> SearchStrategy[GenericNetwork]:
    """Generic networks of depth up to 2, widths up to 2, on up to 2 samples."""
    from hypothesis import strategies as st

    widths = st.lists(st.integers(1, 2), min_size=2, max_size=3).map(tuple)
    return st.builds(GenericNetwork, widths=widths, count=st.integers(1, 2))


_KINKS = {
    activation_is_continuously_differentiable: KINK,
    loss_is_continuously_differentiable: LOSS_KINK,
}
_LOWER_KINK = point(
    "relu at its kink in a hidden layer",
    widths=(1, 1, 1),
    activation=NAMED_ACTIVATIONS["relu"],
    output_activation="linear",
    inputs=[[0]],
    targets=[[1]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
)
_LOWER_LOSS_KINK = point(
    "one-sided loss at its kink, two layers",
    widths=(1, 1, 1),
    activation="linear",
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
    loss=NAMED_ACTIVATIONS["relu"],
)
_WEIGHT_KINK = point(
    "relu at its kink, input not zero",
    widths=(1, 1),
    activation=NAMED_ACTIVATIONS["relu"],
    inputs=[[1]],
    targets=[[1]],
    weights=[[[0]]],
    biases=[[0]],
)
_LOWER_WEIGHT_KINK = point(
    "relu at its kink in a hidden layer, input not zero",
    widths=(1, 1, 1),
    activation=NAMED_ACTIVATIONS["relu"],
    output_activation="linear",
    inputs=[[1]],
    targets=[[1]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
)
_SMOOTH = (
    activation_is_continuously_differentiable,
    loss_is_continuously_differentiable,
)

NH17_L2_1 = Statement(
    key="NH17.L2.1",
    kind="lemma",
    where="Section 2, Lemma 2.1",
    title="Backpropagation identities",
    claim="For sigma and l in C1: Delta_L = l'(F_L - Y) o sigma'(G_L), "
    "Delta_k = (Delta_{k+1} W_{k+1}^T) o sigma'(G_k) for k in [L-1]; grad W_1 = X^T Delta_1, "
    "grad W_k = F_{k-1}^T Delta_k for k in [2, L]; grad b_k = Delta_k^T 1 for k in [L].",
    hypotheses=_SMOOTH,
    conclusion=backpropagation_identities_hold,
    instances=(*SHAPES, *POINTS),
    controls=_KINKS,
    strategy=small_networks,
)


@NH17_L2_1.step(
    premises=_SMOOTH, gives=last_errors_are_products, controls=_KINKS, tried_on=(CORNER,)
)
def one_term_depends_on_it(s: Layered, sigma: Verdict, loss: Verdict) -> Verdict:
    """Only the term l(f_Lj(x_i) - y_ij) of the sum depends on g_Lj(x_i), through sigma."""
    at = layers(s)

    def term(place: tuple[int, int]) -> Verdict:
        row, unit = place
        tangent = at.field.matrix(
            [
                [int((i, j) == place) for j in range(at.weights[-1].shape[0])]
                for i in range(at.count)
            ]
        )
        moved = tangent.hadamard(at.slope(at.depth)).hadamard(at.loss_slopes)
        alone = tangent.scale(at.slope(at.depth)[row, unit] * at.loss_slopes[row, unit])
        return equal(moved, alone)

    return for_all(product(range(at.count), range(at.weights[-1].shape[0])), term, "entry")


@NH17_L2_1.step(
    premises=_SMOOTH,
    gives=lower_errors_follow_recursion,
    controls={
        activation_is_continuously_differentiable: _LOWER_KINK,
        loss_is_continuously_differentiable: _LOWER_LOSS_KINK,
    },
    tried_on=(CUBIC_TWO_LAYERS,),
)
def chain_rule_through_layer_above(s: Layered, sigma: Verdict, loss: Verdict) -> Verdict:
    """g_kj(x_i) acts through each unit l of layer k + 1 by (W_{k+1})_jl sigma'(g_kj(x_i))."""
    at = layers(s)

    def unit_of(place: tuple[int, int, int]) -> Verdict:
        layer, row, unit = place
        tangent = at.field.matrix(
            [
                [int((i, j) == (row, unit)) for j in range(at.weights[layer - 1].shape[0])]
                for i in range(at.count)
            ]
        )
        above = at.moved(layer, tangent)[1]
        expected = at.weights[layer].T.row(unit).scale(at.slope(layer)[row, unit])
        through = (at.error(layer + 1).row(row) @ expected.T)[0, 0]
        return all_of(
            derivatives_above=equal(above.row(row), expected),
            summed_over_the_layer_above=equal(at.error(layer)[row, unit], through),
        )

    places = (
        (k, i, j)
        for k in _lower(s)
        for i in range(at.count)
        for j in range(at.weights[k - 1].shape[0])
    )
    return for_all(places, unit_of, "layer, sample, unit")


@NH17_L2_1.step(
    premises=(last_errors_are_products, lower_errors_follow_recursion),
    gives=weight_gradients_are_products,
    tried_on=(CORNER, DEEP_SQUARE),
    controls={
        last_errors_are_products: _WEIGHT_KINK,
        lower_errors_follow_recursion: _LOWER_WEIGHT_KINK,
    },
)
def weights_enter_linearly(s: Layered, last: Verdict, lower: Verdict) -> Verdict:
    """(W_k)_rs enters g_ks(x_i) with factor f_(k-1)r(x_i): sum Delta_is f_ir over i."""
    at = layers(s)

    def summed(layer: int) -> Verdict:
        below, errors = at.features[layer - 1], at.error(layer)
        rows = [
            [
                entry_sum(below.column(r).hadamard(errors.column(unit)))
                for unit in range(errors.shape[1])
            ]
            for r in range(below.shape[1])
        ]
        defined = weight_gradient_by_definition(s, layer)
        return _agree(defined, lambda: at.field.matrix(rows))

    return for_all(_every(s), summed, "layer")


@NH17_L2_1.step(
    premises=(last_errors_are_products, lower_errors_follow_recursion),
    gives=bias_gradients_are_sums,
    tried_on=(CORNER, DEEP_SQUARE),
    controls={last_errors_are_products: KINK, lower_errors_follow_recursion: _LOWER_KINK},
)
def biases_enter_with_factor_one(s: Layered, last: Verdict, lower: Verdict) -> Verdict:
    """(b_k)_s enters g_ks(x_i) with factor 1, so its derivative is the sum over i of Delta_is."""
    at = layers(s)

    def summed(layer: int) -> Verdict:
        errors = at.error(layer)
        rows = [[entry_sum(errors.column(unit))] for unit in range(errors.shape[1])]
        return _agree(bias_gradient_by_definition(s, layer), lambda: at.field.matrix(rows))

    return for_all(_every(s), summed, "layer")


@NH17_L2_1.step(
    premises=(
        last_errors_are_products,
        lower_errors_follow_recursion,
        weight_gradients_are_products,
        bias_gradients_are_sums,
    ),
    gives=backpropagation_identities_hold,
    tried_on=(CORNER, CUBIC_TWO_LAYERS),
    no_control={
        last_errors_are_products: "where it fails so do the gradients that it enters",
        lower_errors_follow_recursion: "where it fails so do the gradients by biases",
        weight_gradients_are_products: "it follows from the two identities for the errors",
        bias_gradients_are_sums: "it follows from the two identities for the errors",
    },
)
def all_three_parts(s: Layered, *parts: Verdict) -> Verdict:
    """The three parts of the lemma together."""
    named = zip(("last", "lower", "weights", "biases"), parts, strict=True)
    return all_of(**dict(named))
