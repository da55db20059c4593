"""Units of the first layer that are constant on all samples: the critical manifold they lie on.

Let C be the units whose pre-activations are the same on all samples, and U the directions u in
which [X, 1] u is the same on all samples. Moving the incoming weights of the units in C along U
keeps them constant. Let D (N, n_q) be the errors of layer q, with D^T [X, 1] = 0, where q = L if
all units are in C, else q = 2. Consider the points at which the incoming weights of C have moved
along U, their outgoing weights and the biases of layer 2 (all parameters of later layers, if q =
L) anyhow, and the pre-activations of layer q are what they were. There every gradient is a sum over
samples of D times 1 or x, so it is 0. If these n_q conditions are independent, the points form a
manifold.

Functions: constant_unit_tangents.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.critical.fibres import differential_at
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss, joint_field
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.formula import derivative, evaluated

Direction = tuple[Scalar, ...]


def constant_unit_tangents(local: LocalLoss) -> Matrix | None:
    """The tangents (p, k) of the manifold, as independent columns; None where there is none.

    Raises DomainError: the values lie in no exact field.
    """
    network = local.network
    if not local.is_exact or not local.surface.is_plain or network.depth < 2:
        return None
    values = local.values
    first = values.preactivations(1).T.tolist()
    units = [j for j, column in enumerate(first) if all(x == column[0] for x in column)]
    everywhere = len(units) == network.widths[1]
    layer = network.depth if everywhere else 2
    if not units or not _are_orthogonal(local, values.errors(layer)):
        return None
    directions = [*_moves(local, units), *_moves_above(local, units, everywhere=everywhere)]
    basis = joint_field(v for d in directions for v in d).matrix(directions).T
    if everywhere:
        conditions = differential_at(local).submatrix(range(network.outputs), range(local.size))
        conditions = conditions @ basis
    else:
        conditions = _changes(local, values, units, directions)
    kernel = exact_kernel(conditions)
    if basis.shape[1] - kernel.shape[1] < network.widths[layer] or not kernel.shape[1]:
        return None
    return basis @ kernel


def _are_orthogonal(local: LocalLoss, errors: Matrix) -> bool:
    """Whether D^T [X, 1] = 0."""
    inputs = local.surface.samples.inputs
    ones = inputs.field.ones(inputs.shape[0], 1)
    return bool((errors.T @ inputs.hstack(ones)).is_zero)


def _moves(local: LocalLoss, units: list[int]) -> list[Direction]:
    """The incoming weights of each unit along U."""
    inputs, places = local.surface.samples.inputs, Places(local)
    if local.network.bias:
        inputs = inputs.hstack(inputs.field.ones(inputs.shape[0], 1))
    count, width = inputs.shape
    first = inputs.row(0)
    differences = [(inputs.row(i) - first).raw_rows()[0] for i in range(1, count)]
    if differences:
        kernel = exact_kernel(inputs.field.from_raw(differences, width=width))
    else:
        kernel = inputs.field.identity(width)
    return [
        places.vector(dict(zip(places.incoming(1, unit), column, strict=True)))
        for unit in units
        for column in kernel.T.tolist()
    ]


def _moves_above(local: LocalLoss, units: list[int], *, everywhere: bool) -> list[Direction]:
    network, places = local.network, Places(local)
    if everywhere:
        chosen = range(network.layer_range(2).start, local.size)
        return [places.unit_vector(place) for place in chosen]
    moved = [place for unit in units for place in places.outgoing(1, unit)]
    if network.bias:
        moved += [places.bias(2, row) for row in range(network.widths[2])]
    return [places.unit_vector(place) for place in moved]


def _changes(
    local: LocalLoss, values: LossAtPoint, units: list[int], directions: list[Direction]
) -> Matrix:
    """The derivatives of the pre-activations of layer 2 on any sample along the directions."""
    network, places = local.network, Places(local)
    before = values.preactivations(1).row(0)
    field = joint_field([v for d in directions for v in d], values.features(1).field)
    slope = derivative(network.activation_of(1).formula)
    feature = values.features(1).row(0).over(field).tolist()[0]
    row = local.surface.samples.inputs.row(0).tolist()[0]
    rows: list[list[Scalar]] = [[] for _ in range(network.widths[2])]
    for direction in directions:
        moved = {}
        for unit in units:
            parts = [direction[place] for place in places.incoming(1, unit)]
            seen = [*row, field.scalar(1)] if network.bias else row
            total = sum((a * b for a, b in zip(parts, seen, strict=True)), field.scalar(0))
            at = field.raw(before.tolist()[0][unit])
            moved[unit] = total * Scalar(field, evaluated(slope, at, field))
        for r in range(network.widths[2]):
            change = direction[places.bias(2, r)] if network.bias else field.scalar(0)
            for unit in units:
                weight = places.weight(2, r, unit)
                change = change + direction[weight] * feature[unit]
                change = change + local.coordinates[weight] * moved[unit]
            rows[r].append(change)
    return joint_field([v for r in rows for v in r]).matrix(rows)
