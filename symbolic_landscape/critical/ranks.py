"""How many of the predictions can move independently: a bound by counting, for all parameters.

Let N be the number of inputs whose predictions do not determine each other, F~_k = [F_k, 1] (N,
n_k + 1) the features of layer k on them, and R_k the largest rank that the differential of G_k has
anywhere. In dG_k = F~_{k-1} dW~_k^T + dF_{k-1} W_k^T the columns of the first term lie in the range
of F~_{k-1}, of dimension s say. Modulo that range the second term is a matrix (N - s, n_k) with
rows in the row space of W_k, and it is an image of dF_{k-1}. So

    R_k <= s n_k + min((N - s) min(n_{k-1}, n_k), R_{k-1}),

which grows with s <= min(N, n_{k-1} + 1); for k = 1, s is the rank of [X, 1] and R_0 = 0.

Functions: greatest_rank, is_low_rank_fit.

Design notes. Where the differential of the predictions has this rank at a point, it has it all
around, so by the constant rank theorem the parameters with the same predictions form a manifold.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.bounds import (
    merged_samples,
    square_factor,
)
from symbolic_landscape.critical.convex import is_convex_loss
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.networks import Network


def greatest_rank(network: Network, inputs: Matrix) -> int:
    """A bound for the rank of the differential of all predictions on these inputs (N, d)."""
    return _ranks(network, inputs)[-1]


def _ranks(network: Network, inputs: Matrix) -> list[int]:
    """The bounds R_0, ..., R_L."""
    count = inputs.shape[0]
    seen = inputs.hstack(inputs.field.ones(count, 1)) if network.bias else inputs
    found = [0]
    for layer in range(1, network.depth + 1):
        below, width = network.widths[layer - 1], network.widths[layer]
        span = seen.rank() if layer == 1 else min(count, below + network.bias)
        found.append(span * width + min((count - span) * min(below, width), found[-1]))
    return found


def is_low_rank_fit(surface: LossSurface) -> str | None:
    """Why a local minimum is global where the predictions have the greatest rank; or None.

    Either all predictions move freely and the loss is a convex function of them. Or the loss is
    one of squares, the output is linear, and near the point the predictions are all matrices F W^T
    + 1 b^T of rank n_{L-1}, W and F being of full rank: then a point where the Hessian is positive
    semidefinite is a best approximation of this rank (Baldi and Hornik 1989, after Eckart and
    Young). Repeated inputs would weigh the rows, so they are left out.
    """
    network, samples = surface.network, surface.samples
    merged = merged_samples(surface)
    count, width, outputs = merged.count, network.widths[-2], network.outputs
    ranks = _ranks(network, merged.inputs)
    if count != samples.count:
        return None
    if ranks[-1] == count * outputs and is_convex_loss(surface):
        return "all predictions move freely, and the loss is a convex function of them"
    span = width + network.bias
    low = network.depth > 1 and span < count and (count - span) * min(width, outputs) <= ranks[-2]
    linear = power_law(network.activation_of(network.depth).formula)
    if low and linear is not None and linear[1] == 1 and square_factor(surface) is not None:
        return (
            f"near the point the predictions are all matrices of rank {width}"
            f"{' and a common row' if network.bias else ''}, and their least squares have no local "
            "minimum that is not global (Eckart and Young)"
        )
    return None
