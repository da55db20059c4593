"""Why copies of units do not settle a point: their inner Hessian is singular.

Let units of layer k have equal incoming weights, with features x of the layer below (and 1), errors
e of their common output and pre-activations z, added up over the copies. Their inner Hessian is B =
sum over samples of e sigma''(z) x x^T. If the copies share the outgoing weights in proportion
kappa, with the derivative of the loss by each of them 0 whatever the shares, the Hessian is that of
the network with one unit in place of the copies, plus sum kappa_j v_j^T B v_j in the changes v_j of
the incoming weights with sum kappa_j v_j = 0. Where the smaller network has a definite Hessian, a
definite B with the right signs of kappa makes a minimum, and a value of the sum below 0 a saddle; a
singular B leaves the kind to higher orders.

Functions: singular_inner_hessians, inner_hessian.

Source: Fukumizu and Amari 2000, for two copies in a network with one hidden layer; arXiv
1812.06486, Lemma 12.
"""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import derivative, evaluated


def singular_inner_hessians(local: LocalLoss) -> str:
    """Which copies have a singular inner Hessian, in words; empty if none is known to have."""
    if not local.is_exact or not local.surface.is_plain:
        return ""
    found = []
    try:
        for layer in range(1, local.network.depth):
            for units in _copies(local, layer):
                inner = inner_hessian(local, layer, units)
                rank, size = inner.rank(), inner.shape[0]
                if rank < size:
                    names = " and ".join(str(unit + 1) for unit in units)
                    found.append(
                        f"the inner Hessian of the equal units {names} of layer {layer} has rank "
                        f"{rank} of {size}"
                    )
    except DomainError:
        return ""
    return "; ".join(found)


def _copies(local: LocalLoss, layer: int) -> Iterator[list[int]]:
    """The units with equal incoming weights, where there are several."""
    places, at = Places(local), local.coordinates
    groups: dict[tuple[Scalar, ...], list[int]] = {}
    for unit in range(local.network.widths[layer]):
        key = tuple(at[place] for place in places.incoming(layer, unit))
        groups.setdefault(key, []).append(unit)
    yield from (units for units in groups.values() if len(units) > 1)


def inner_hessian(local: LocalLoss, layer: int, units: list[int]) -> Matrix:
    """B of the units in the features of the layer below, each of them once, and 1 for a bias.

    Raises DomainError: the values lie in no exact field.
    """
    values, field = local.values, local.value_field
    bend = derivative(derivative(local.network.activation_of(layer).formula))
    below = values.features(layer - 1) if layer > 1 else local.surface.samples.inputs
    columns = list(dict.fromkeys(map(tuple, below.over(field).T.tolist())))
    if local.network.bias:
        columns.append((field.scalar(1),) * below.shape[0])
    seen = field.matrix(columns)
    errors = values.errors(layer + 1) @ local.point.weights[layer]
    weights = []
    for z, row in zip(
        values.preactivations(layer).over(field).tolist(), errors.tolist(), strict=True
    ):
        error = sum((row[unit] for unit in units[1:]), row[units[0]])
        curvature = Scalar(field, evaluated(bend, field.raw(z[units[0]]), field))
        weights.append(error * curvature)
    scaled = field.matrix(
        [[a * b for a, b in zip(row, weights, strict=True)] for row in seen.tolist()]
    )
    return scaled @ seen.T
