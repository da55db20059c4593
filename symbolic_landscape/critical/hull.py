"""Linear spaces in which all predictions lie: a critical point may be the least of a convex loss.

Let the output be linear, and let all predictions of each output lie in a linear space V of
functions of the samples. If the derivatives of a convex loss by the predictions are orthogonal to
V, no prediction in V has a lower loss.

If the hidden activations are polynomials whose degrees have the product D, V is spanned by the
monomials of the inputs up to degree D. If near the point every hidden unit is linear on each
sample, with slope s, V is spanned by the products of the slopes along the paths from a unit to the
outputs, and for units of the first layer by those times the inputs: then the point is a local
minimum.

Objects: Hull. Functions: least_in_hull, spaces, gated_columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, prod

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.critical.convex import is_convex_loss
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.shared_symmetries import Frame
from symbolic_landscape.critical.symmetries import power_law, slopes_on_samples
from symbolic_landscape.formula import Piece
from symbolic_landscape.functions.substitutions import polynomial_coefficients

MOST_COLUMNS = 256

Columns = Sequence[Sequence[Scalar]]

Polynomial = dict[tuple[int, ...], list[Scalar]]
"""Values on the samples, by the labels with which they are multiplied."""


@dataclass(frozen=True)
class Hull:
    """Why no predictions have a lower loss: of all parameters, or else of all near the point."""

    reason: str
    is_global: bool


def least_in_hull(local: LocalLoss) -> Hull | None:
    """The space V that shows a minimum; None if there is none.

    Raises DomainError: the derivatives lie in no exact field.
    """
    if not is_convex_loss(local.surface):
        return None
    for columns, hull in spaces(local):
        if _are_orthogonal(local, columns):
            return hull
    return None


def spaces(local: LocalLoss) -> Iterator[tuple[Columns, Hull]]:
    """The known spaces V, by values on the samples that span them, and what a balance in V says."""
    network, surface = local.network, local.surface
    layers = [
        [one.formula for one in network.unit_activations(layer)]
        for layer in range(1, network.depth + 1)
    ]
    laws = [power_law(formula) for formula in layers[-1]]
    if any(surface.decay) or any(law is None or law[1] != 1 for law in laws):
        return
    hidden = [formula for layer in layers[:-1] for formula in layer]
    linear = not any(isinstance(formula, Piece) for formula in hidden)
    for columns, reason, is_global in (
        (_monomials(local), "polynomials in the inputs", True),
        (gated_columns(local), "linear functions" if linear else "linear pieces", linear),
    ):
        words = (
            f"the predictions{'' if is_global else ' near the point'} lie in a linear space of "
            f"{reason}, and {surface.loss}, a convex function of them, is least there"
        )
        if columns:
            yield columns, Hull(words, is_global)


def _are_orthogonal(local: LocalLoss, columns: Sequence[Sequence[Scalar]]) -> bool:
    errors = local.values.errors(local.network.depth)
    space: Matrix = local.surface.samples.inputs.field.matrix(columns)
    return bool((space @ errors).is_zero)


def _monomials(local: LocalLoss) -> list[list[Scalar]]:
    """The monomials on the samples, one after the other; none if they are too many."""
    network, samples = local.network, local.surface.samples
    if not network.is_plain:
        return []
    degree = 1
    for layer in range(1, network.depth):
        coefficients = polynomial_coefficients(network.activation_of(layer).formula)
        if coefficients is None:
            return []
        degree *= max(len(coefficients) - 1, 1)
        if comb(network.inputs + degree, degree) > min(MOST_COLUMNS, samples.count):
            return []
    one = samples.inputs.field.scalar(1)
    rows = samples.inputs.tolist()
    chosen = (
        places
        for size in range(degree + 1)
        for places in combinations_with_replacement(range(network.inputs), size)
    )
    return [[prod((row[i] for i in places), start=one) for row in rows] for places in chosen]


def gated_columns(local: LocalLoss) -> list[list[Scalar]]:
    """The products of slopes along paths, and those times the inputs; none if not all are known."""
    network, samples = local.network, local.surface.samples
    if not network.is_plain:
        return _shared_columns(local)
    inputs = samples.inputs
    above: set[tuple[Fraction, ...]] = {(Fraction(1),) * samples.count}
    gates = set(above) if network.bias else set()
    for layer in range(network.depth - 1, 0, -1):
        slopes = slopes_on_samples(local, layer)
        if slopes is None:
            return []
        found = set()
        for column in slopes:
            known = tuple(slope for slope in column if slope is not None)
            if len(known) < len(column):
                return []
            found |= {tuple(a * b for a, b in zip(known, gate, strict=True)) for gate in above}
        above = found
        gates |= above if network.bias else set()
        if (len(above) + len(gates)) * (network.inputs + 1) > MOST_COLUMNS:
            return []
    field = inputs.field
    spread = [[field.scalar(value) for value in gate] for gate in sorted(gates)]
    for gate in sorted(above):
        for column in inputs.T.tolist():
            spread.append([value * slope for value, slope in zip(column, gate, strict=True)])
    return spread


def _shared_columns(local: LocalLoss) -> list[list[Scalar]]:
    """The same for a labelled network: paths with the same product of labels are added up.

    Its predictions are polynomials in the labels, and V is spanned by their coefficients.
    """
    network, samples, frame = local.network, local.surface.samples, Frame(local)
    one = samples.inputs.field.scalar(1)
    features: list[Polynomial] = [{(): column} for column in samples.inputs.T.tolist()]
    features.append({(): [one] * samples.count})
    for layer in range(1, network.depth + 1):
        above: list[Polynomial] = []
        for unit in range(network.widths[layer]):
            slopes: Sequence[Fraction] | None = (Fraction(1),) * samples.count
            if layer < network.depth:
                slopes = frame.slopes(layer, unit)
            if slopes is None:
                return []
            entries = [network.slots[place] for place in frame.incoming(layer, unit)]
            total = _sum_of_products(entries, features)
            if len(total) > MOST_COLUMNS:
                return []
            above.append(
                {
                    labels: [x * slope for x, slope in zip(column, slopes, strict=True)]
                    for labels, column in total.items()
                }
            )
        features = [*above, features[-1]]
    return [column for output in features[:-1] for labels, column in output.items() if labels]


def _sum_of_products(
    entries: Sequence[int | Fraction], features: Sequence[Polynomial]
) -> Polynomial:
    """The sum of entries times features, a label being a letter and a frozen entry a number."""
    total: Polynomial = {}
    for entry, feature in zip(entries, features, strict=True):
        for labels, column in feature.items():
            if isinstance(entry, Fraction):
                key, column = labels, [x * entry for x in column] if entry else []
            else:
                key = tuple(sorted((*labels, entry)))
            known = total.get(key)
            if column:
                total[key] = (
                    column if known is None else [a + b for a, b in zip(known, column, strict=True)]
                )
    return total
