"""The backpropagated errors at a critical point: facts and reasoning that several proofs share.

Notation as in section 2: Delta_k (N, n_k) the errors of layer k, [F_k, 1] (N, n_k + 1) the
features with a column of ones, F_0 = X. NetworkPoint.layer is the paper's k; 0 stands for the
inputs.

Facts: inputs_annihilate_first_errors, features_annihilate_next_errors, first_errors_vanish,
next_errors_vanish, last_errors_vanish, loss_slopes_vanish.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import Matrix, equal, positive, sizes_equal, vanishes
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import Layers, layers
from symbolic_landscape.verdict import Verdict, all_of, for_all


def _errors_annihilated(s: NetworkPoint, layer: int) -> Verdict:
    """Whether [F_k, 1]^T Delta_{k+1} = 0."""
    return vanishes(s.features_with_ones(layer).T @ s.at.errors(layer + 1))


def _errors_vanish(s: NetworkPoint, layers: range) -> Verdict:
    return for_all(layers, lambda layer: vanishes(s.at.errors(layer)), "layer")


@fact(r"[X, 1_N]^T \Delta_1 = 0")
def inputs_annihilate_first_errors(s: NetworkPoint) -> Verdict:
    """The inputs, each extended by a one, are orthogonal to the errors of the first layer."""
    return _errors_annihilated(s, 0)


@fact(r"[F_k, 1_N]^T \Delta_{k+1} = 0")
def features_annihilate_next_errors(s: NetworkPoint) -> Verdict:
    """The features of layer k, extended by ones, are orthogonal to the errors of layer k + 1."""
    return _errors_annihilated(s, s.layer)


@fact(r"\Delta_1 = 0")
def first_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of the first layer are zero."""
    return _errors_vanish(s, range(1, 2))


@fact(r"\Delta_{k+1} = 0")
def next_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of layer k + 1 are zero."""
    return _errors_vanish(s, range(s.layer + 1, s.layer + 2))


@fact(r"\Delta_L = 0")
def last_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of the last layer are zero."""
    return _errors_vanish(s, range(s.depth, s.depth + 1))


@fact(r"l'(F_L - Y) = 0")
def loss_slopes_vanish(s: NetworkPoint) -> Verdict:
    """The derivative of the loss is zero at every residual."""
    slopes = s.residuals.field.apply(s.loss.derivative(1), s.residuals)
    return vanishes(slopes)


# --- the steps that the proofs share -------------------------------------------------------------


def gradient_in_matrix_form(s: NetworkPoint, layer: int) -> Verdict:
    """Whether [F_{k-1}, 1]^T Delta_k (n_{k-1} + 1, n_k) is the gradient of layer k, rearranged."""
    stacked = s.features_with_ones(layer - 1).T @ s.at.errors(layer)
    below = s.network.widths[layer - 1]
    entries = s.at.gradient_block(layer)
    units = range(s.network.widths[layer])
    rows = [[entries[u * below + r, 0] for u in units] for r in range(below)]
    rows.append([entries[len(units) * below + u, 0] for u in units])
    return equal(stacked, entries.field.matrix(rows))


def trivial_kernel(matrix: Matrix) -> Verdict:
    """Whether A x = 0 only for x = 0."""
    return sizes_equal(matrix.kernel().shape[1], 0)


def _positive_slopes(at: Layers, layer: int) -> Verdict:
    """Whether every entry of sigma'(G_k) is positive."""
    entries = dict.fromkeys(value for row in at.slope(layer).tolist() for value in row)
    return for_all(entries, positive, "slope")


def errors_vanish_upwards(s: NetworkPoint, lowest: int) -> Verdict:
    """Whether Delta_l = 0 passes on to Delta_{l+1} for each l from `lowest` to L - 1.

    Delta_l is Delta_{l+1} W_{l+1}^T times slopes that are not zero; W_{l+1} has a trivial kernel.
    """
    at = layers(s)

    def one_layer(layer: int) -> Verdict:
        return all_of(
            slopes=_positive_slopes(at, layer),
            pulled_back=vanishes(at.pulled_back(layer)),
            kernel=trivial_kernel(s.weights(layer + 1).T),
            next_errors=vanishes(at.error(layer + 1)),
        )

    return for_all(range(lowest, s.depth), one_layer, "layer")


def loss_slopes_from_last_errors(s: NetworkPoint) -> Verdict:
    """Whether Delta_L = l'(F_L - Y) o sigma'(G_L) with positive slopes: both vanish together."""
    at = layers(s)
    return all_of(
        product=equal(s.at.errors(s.depth), at.loss_slopes.hadamard(at.slope(s.depth))),
        slopes=_positive_slopes(at, s.depth),
    )


IDENTITY_EVERYWHERE = (
    "the identities hold for every C1 activation and loss, and the statement has no others"
)


def same(s: NetworkPoint) -> NetworkPoint:
    """The point itself, as an instance of the cited lemma."""
    return s
