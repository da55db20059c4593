"""The least loss over the last layer, with the layers below held fixed.

For squared errors and a linear output the loss is a convex quadratic function of the last layer, so
the normal equations decide: a last layer whose residuals are orthogonal to all features is
a global minimum over the fibre.

Objects: FibreInfimum. Functions: infimum_over_last_layer.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.bounds import square_factor
from symbolic_landscape.critical.kernels import independent_columns
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import T
from symbolic_landscape.networks import Parameters


@dataclass(frozen=True)
class FibreInfimum:
    """The infimum of the loss over the last layer, and where it is attained.

    `weights` (n_L, n_{L-1}) and `biases` (n_L, 1) or None are the last layer of a minimum;
    `is_unique` says whether there is no other. `gap` is the loss at the given point minus `value`.
    """

    value: Scalar
    weights: Matrix
    biases: Matrix | None
    is_unique: bool
    gap: Scalar


def infimum_over_last_layer(surface: LossSurface, point: Parameters) -> FibreInfimum:
    """The infimum over the last layer at the hidden layers of a point, exactly.

    Raises DomainError: the loss is no sum of squares, the output is not linear, the features lie
    in no exact field, or the residuals found are not orthogonal to the features.

    >>> from symbolic_landscape.networks import Network, Parameters, Samples
    >>> net = Network(widths=(1, 1, 1), activation="square", bias=False)
    >>> loss = net.loss(Samples(inputs=[[1], [2]], targets=[[1], [2]]))
    >>> str(infimum_over_last_layer(loss, Parameters(weights=[[[1]], [[0]]])).value)
    '4/17'
    """
    network = surface.network
    factor = square_factor(surface)
    if factor is None or network.output_activation.formula != T:
        message = (
            "infimum over the last layer: squared errors and a linear output were needed, "
            f"got {surface.loss} and {', '.join(map(str, network.activations))}"
        )
        raise DomainError(message)
    features = surface.features(point, network.depth - 1)
    count, field = features.shape[0], features.field
    if network.bias:
        features = features.hstack(field.ones(count, 1))
    targets = surface.samples.targets.over(field)
    basis = independent_columns(features)
    chosen = features.row_reduced()[1]
    solution = (basis.T @ basis).solve(basis.T @ targets)
    residuals = basis @ solution - targets
    if not (features.T @ residuals).is_zero:
        message = "infimum over the last layer: the residuals are not orthogonal to the features"
        raise DomainError(message)
    rows = [[field.scalar(0)] * network.outputs for _ in range(features.shape[1])]
    for place, row in zip(chosen, solution.tolist(), strict=True):
        rows[place] = list(row)
    layer = field.matrix(rows).T
    width = network.widths[-2]
    value = (residuals.T @ residuals).trace() * factor
    return FibreInfimum(
        value=value,
        weights=layer.submatrix(range(network.outputs), range(width)),
        biases=layer.submatrix(range(network.outputs), [width]) if network.bias else None,
        is_unique=len(chosen) == features.shape[1],
        gap=surface.at(point).value - value,
    )
