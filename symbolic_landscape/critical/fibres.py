"""Parameters with the same predictions: the fibres of the map from parameters to predictions.

Let J be the differential of all predictions, and let its rank be r at the point and nowhere
greater. Then it is r near the point, and the fibres there are manifolds of dimension p - r that
fill a neighbourhood (constant rank theorem). The loss is a function of the predictions, so it is
constant along fibres, a fibre through a critical point consists of critical points, and the point
is a minimum if it is one on a slice across the fibres.

Functions: predictions_differential, differential_at, fibre_tangents.

Design notes. That the rank is nowhere greater is shown by counting (see `ranks`). Or the parameters
are taken as symbols and values of functions as letters, and the rank is found by elimination
without fractions over these polynomials, which stops where they grow too large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Field, Matrix
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.atoms import AtomField, atom_field, terms_needed, values_needed
from symbolic_landscape.critical.bounds import merged_samples
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.ranks import greatest_rank
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import ZERO, T
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import LikelihoodLoss
from symbolic_landscape.networks import Network, Samples

MOST_SYMBOLS = 12
MOST_TERMS = 5_000
MOST_PRODUCTS = 1_000_000
"""Most products of terms in one step of an elimination."""

Differential = Callable[[Field, Sequence[Any]], Matrix]


def _pieces(surface: LossSurface) -> Iterator[tuple[LossSurface, list[int]]]:
    """For each distinct input and each output a surface whose gradient is that of the prediction.

    With it come the places of its parameters among those of the network.
    """
    if not surface.network.is_plain:
        yield from _whole_pieces(surface)
        return
    network: Network = surface.network
    single = Network(
        (*network.widths[:-1], 1), network.activation, network.output_activation, network.bias
    )
    identity = ScalarLoss("a", T)
    inputs = surface.samples.inputs
    target = inputs.field.zeros(1, 1)
    last, width = network.layer_range(network.depth), network.widths[-2]
    distinct = dict.fromkeys(inputs.rows())
    for row in distinct:
        piece = LossSurface(single, Samples(row, target), identity)
        for output in range(network.outputs):
            start = last.start + output * width
            biases = [last.start + network.outputs * width + output] if network.bias else []
            yield piece, [*range(last.start), *range(start, start + width), *biases]


def _whole_pieces(surface: LossSurface) -> Iterator[tuple[LossSurface, list[int]]]:
    """The same for a labelled network: the loss -y z with y = -1 at an output is its prediction."""
    network = surface.network
    prediction = LikelihoodLoss("prediction", formula=ZERO, slope=ZERO)
    for row in dict.fromkeys(surface.samples.inputs.rows()):
        for output in range(network.outputs):
            targets = [[-int(j == output) for j in range(network.outputs)]]
            piece = LossSurface(network, Samples(row, targets), prediction)
            yield piece, list(range(network.parameter_count))


def predictions_differential(surface: LossSurface) -> Differential:
    """J as a map from a field and raw coordinates; rows are distinct inputs and outputs."""
    pieces = list(_pieces(surface))

    def differential(field: Field, raws: Sequence[Any]) -> Matrix:
        zero = field.constant(Fraction(0))
        rows = []
        for piece, places in pieces:
            network = piece.network
            point = network.parameters_over(field, [raws[i] for i in places])
            local = LocalLoss(piece, point)
            gradient = local.over(field, local.raws).gradient
            row = [zero] * len(raws)
            for place, (value,) in zip(places, gradient.raw_rows(), strict=True):
                row[place] = value
            rows.append(row)
        return field.from_raw(rows, width=len(raws))

    return differential


def differential_at(local: LocalLoss) -> Matrix:
    """J at a point, in the field of its gradient. Raises DomainError where that is not exact."""
    field = local.value_field
    return predictions_differential(local.surface)(field, [field.raw(x) for x in local.coordinates])


def fibre_tangents(local: LocalLoss, fixed: Sequence[int]) -> Matrix | None:
    """The kernel (p, k) of J at the point if its rank is the same all around; None if not shown.

    `fixed` are coordinates on a slice across orbits of symmetries: no rank is lost by fixing them.
    """
    if not local.surface.is_plain:
        return None
    free = [i for i in range(local.size) if i not in set(fixed)]
    if not local.is_exact:
        return None
    try:
        kernel = exact_kernel(differential_at(local))
        rank = local.size - kernel.shape[1]
        if rank == greatest_rank(local.network, merged_samples(local.surface).inputs):
            return kernel if kernel.shape[1] else None
        if len(free) > MOST_SYMBOLS or terms_needed(local.network, 2) > MOST_TERMS:
            return None
        field, rows = _with_symbols(local, free)
    except DomainError:
        return None
    return kernel if kernel.shape[1] and _formal_rank(field, rows) == rank else None


def _with_symbols(local: LocalLoss, free: Sequence[int]) -> tuple[AtomField, list[list[Any]]]:
    """J in the free columns, with symbols for the free coordinates."""
    network, surface = local.network, local.surface
    letters = values_needed(network.activation.formula) * sum(network.widths[1:-1])
    letters += values_needed(network.output_activation.formula) * network.outputs
    symbols = [f"x{i}" for i in range(len(free))]
    field = atom_field(letters * surface.samples.count, symbols)
    raws = [field.raw(value) for value in local.coordinates]
    moved = "piece" in network.activation.formula.calls | network.output_activation.formula.calls
    for name, place in zip(symbols, free, strict=True):
        symbol = field.generator(name).raw
        raws[place] = field.add(raws[place], symbol) if moved else symbol
    matrix = predictions_differential(surface)(field, raws)
    return field, [[row[i] for i in free] for row in matrix.raw_rows()]


def _formal_rank(field: AtomField, fractions: Sequence[Sequence[Any]]) -> int | None:
    """The rank over the fractions in all symbols and letters; None if that is too much work."""
    rows = []
    for row in fractions:
        common = field.one
        for _, bottom in row:
            common = common * (bottom // common.gcd(bottom))
        rows.append([top * (common // bottom) for top, bottom in row])
    previous, rank = field.one, 0
    for column in range(len(rows[0])):
        candidates = [i for i in range(rank, len(rows)) if not rows[i][column].is_zero()]
        if not candidates:
            continue
        found = min(candidates, key=lambda i: len(rows[i][column]))
        rows[rank], rows[found] = rows[found], rows[rank]
        pivot, top = rows[rank][column], rows[rank]
        widest = max(map(len, top))
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column]
            size = len(pivot) * max(map(len, rows[i])) + len(factor) * widest
            if size > MOST_PRODUCTS:
                return None
            rows[i] = [
                (pivot * a - factor * b) // previous for a, b in zip(rows[i], top, strict=True)
            ]
        previous = pivot
        rank += 1
    return rank
