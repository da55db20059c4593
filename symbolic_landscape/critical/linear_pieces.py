"""Exact critical points of networks of linear pieces, near points that are given to a few digits.

Let every hidden unit be linear on each sample near the point, the output linear, and the loss one
of squares. All predictions near the point lie in a linear space V (see `hull`), whose element
nearest to the targets is found by normal equations. With the other weights held, the predictions
are affine in the first layer's weights and all biases: if some change of these leads to that
element, there the loss is the least of all nearby, and the coordinates are rational.

Functions: fitted_on_pieces.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.critical.bounds import is_square
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.hull import gated_columns
from symbolic_landscape.critical.kernels import independent_columns
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.shared_symmetries import Frame, labels_at
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.errors import DomainError

MOST_PREDICTIONS = 60


def fitted_on_pieces(rough: LocalLoss) -> LocalLoss:
    """The exact point near a rough one. Raises DomainError: what stands in the way."""
    surface, network = rough.surface, rough.network
    samples = surface.samples
    weighted = samples.weights is not None or any(surface.decay)
    many = samples.count * network.outputs > MOST_PREDICTIONS
    if weighted or many or not is_square(surface.loss):
        message = "pieces are fitted for squared errors of few samples"
        raise DomainError(message)
    outputs = [power_law(one.formula) for one in network.unit_activations(network.depth)]
    columns = gated_columns(rough)
    linear = all(law == (Fraction(1), 1) for law in outputs)
    if not columns or not linear or samples.targets.field != QQ:
        message = "the hidden units are not known to be linear on every sample"
        raise DomainError(message)
    values = rough.surface.at(rough.point)
    basis = independent_columns(QQ.matrix(columns).T)
    wanted = basis @ (basis.T @ basis).solve(basis.T @ samples.targets)
    change = wanted - samples.targets - values.residuals
    first = {row: i for i, row in reversed(list(enumerate(samples.inputs.rows())))}
    places = [first[row] for row in dict.fromkeys(samples.inputs.rows())]
    right = QQ.column([value for i in places for value in change.tolist()[i]])
    moved = _moved(rough)
    differential = predictions_differential(surface)(QQ, rough.raws)
    shift = _least(differential.submatrix(range(len(right.tolist())), moved), right)
    coordinates = [value.rational() for value in rough.coordinates]
    for place, row in zip(moved, shift.tolist(), strict=True):
        coordinates[place] += row[0].rational()
    return LocalLoss(surface, network.parameters(coordinates), rough.budget)


def _moved(rough: LocalLoss) -> list[int]:
    """The places of the first layer's weights and of all biases, if they are nowhere else."""
    network = rough.network
    if not network.is_plain:
        frame = Frame(rough)
        moved = {place for unit in range(network.widths[1]) for place in frame.incoming(1, unit)}
        for layer in range(2, network.depth + 1):
            moved.update(frame.bias(layer, row) for row in range(network.widths[layer]))
        held = [place for place in range(len(network.slots)) if place not in moved]
        return sorted(labels_at(network.slots, moved) - labels_at(network.slots, held))
    places = list(network.layer_range(1))
    if network.bias:
        for layer in range(2, network.depth + 1):
            stop = network.layer_range(layer).stop
            places += range(stop - network.widths[layer], stop)
    return places


def _least(matrix: Matrix, right: Matrix) -> Matrix:
    """The shortest solution of A x = b over Q. Raises DomainError: there is none."""
    rows = independent_columns(matrix.T).T
    chosen = matrix.T.row_reduced()[1]
    solution = rows.T @ (rows @ rows.T).solve(right.submatrix(chosen, [0]))
    if not (matrix @ solution - right).is_zero:
        message = "the first layer and the biases do not lead to the best predictions nearby"
        raise DomainError(message)
    return solution
