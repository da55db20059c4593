"""Why critical points are global minima: convex losses of affine predictions.

Functions: is_convex_loss, is_least_at_zero, is_convex_problem, is_affine,
is_critical_map, is_convex_minimum.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import BallField, BallMatrix
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.bounds import has_pieces, is_square, square_factor
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import derivative, evaluated
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import LabelledNetwork, Network

PRODUCT_BITS = 128


def is_convex_problem(surface: LossSurface) -> str | None:
    """Why every critical point is a global minimum: affine predictions, convex loss; or None.

    Weight decay keeps a loss convex.
    """
    if not is_affine(surface.network) or not is_convex_loss(surface):
        return None
    return f"the predictions are affine in the parameters and {surface.loss} is convex"


def is_convex_loss(surface: LossSurface) -> bool:
    """Whether the loss is known to be a convex and differentiable function of the predictions."""
    if not isinstance(surface.loss, ScalarLoss) or is_square(surface.loss):
        return True
    if has_pieces(surface.loss):
        return False
    try:
        second = surface.loss.derivative(2)
    except SmoothnessError:
        return False
    return functions.nonnegative(second).is_holds


def is_least_at_zero(surface: LossSurface) -> bool:
    """Whether the loss of one residual falls strictly up to 0 and rises strictly from there.

    It does if it is convex, analytic and not constant, with slope 0 at 0.
    """
    loss = surface.loss
    if not isinstance(loss, ScalarLoss) or loss.formula.is_constant:
        return False
    if not is_convex_loss(surface) or not loss.analytic().is_holds:
        return False
    field = BallField(64)
    try:
        slope = evaluated(derivative(loss.formula), field.constant(Fraction(0)), field)
    except DomainError:
        return False
    return bool(slope == 0)


def is_convex_minimum(local: LocalLoss) -> str | None:
    """Why a critical point is a global minimum by convexity; or None."""
    return is_convex_problem(local.surface) or is_critical_map(local)


def is_affine(network: Network | LabelledNetwork) -> bool:
    """Whether predictions are affine in the parameters: one layer has some, linear ones follow."""
    layers = range(1, network.depth + 1)
    free = [layer for layer in layers if network.has_parameters(layer)]
    return len(free) == 1 and all(
        power_law(one.formula) == (Fraction(1), 1)
        for layer in range(free[0], network.depth + 1)
        for one in network.unit_activations(layer)
    )


def is_critical_map(local: LocalLoss) -> str | None:
    """Why a critical point of a linear network with a convex loss is a global minimum; or None.

    Let E = l'(A) at the residuals A. If all activations are linear and W_L ... W_2 certainly has
    rank m, then (W_L ... W_2)^T E^T [X, 1] = 0 gives E^T [X, 1] = 0: the predictions are the best
    among all affine maps, as the loss is a convex function of these. The same holds if W_{L-1} ...
    W_1 certainly has rank d, as E^T X (W_{L-1} ... W_1)^T = 0 and E^T 1 = 0 then give it too.
    """
    network, surface = local.network, local.surface
    laws = [power_law(one.formula) for one in network.activations]
    linear = all(law is not None and law[1] == 1 for law in laws)
    if not surface.is_plain or not linear or not is_convex_loss(surface):
        return None
    field = BallField(PRODUCT_BITS)
    try:
        weights = [matrix.over(field) for matrix in local.point.weights]
    except DomainError:
        return None
    above, below = field.identity(network.outputs), field.identity(network.inputs)
    for matrix in reversed(weights[1:]):
        above = above @ matrix
    for matrix in weights[:-1]:
        below = matrix @ below
    for product, rank in ((above, network.outputs), (below, network.inputs)):
        if isinstance(product, BallMatrix) and product.least_rank() == rank:
            return (
                "the network is linear and the layers on one side of an outer one have full rank, "
                f"so the predictions are {_best(surface)} among all affine maps"
            )
    return None


def _best(surface: LossSurface) -> str:
    return "least squares" if square_factor(surface) is not None else "of the least loss"
