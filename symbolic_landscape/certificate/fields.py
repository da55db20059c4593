"""Vector fields, linear in the parameters, along which a loss may be constant near a point.

Functions: invariant_fields, candidates.

Design notes. Candidates come from the layers alone: rescaling of a unit, adding one unit's row to
another's, shifting a bias against the next layer, moving all outputs alike, or one parameter.
Whether the loss is constant along them is an identity that the stand-alone verifier checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_landscape.certificate.verifier import BeyondError, Checker, FailsError
from symbolic_landscape.networks import Network

Field = dict[str, dict[str, str]]
"""Component -> factor -> coefficient; the factor is a parameter, or "1"."""
MOST_CANDIDATES = 400
DEGREES = (1, 2, 3)


def invariant_fields(checker: Checker, network: Network) -> Iterator[Field]:
    """The candidates along which the loss is constant around the point of the checker."""
    checker.renew()
    for count, field in enumerate(candidates(network, checker.problem.names)):
        if count == MOST_CANDIDATES:
            return
        try:
            checker.need_invariance(checker.field(field))
        except FailsError:
            continue
        except BeyondError:
            return
        yield field


def candidates(network: Network, names: Sequence[str]) -> Iterator[Field]:
    """The candidates in the parameters with these names."""
    known = set(names)
    for field in _in_layers(network):
        if known.issuperset(
            name for row in field.values() for name in (*row, *field) if name != "1"
        ):
            yield field
    for name in names:
        yield {name: {"1": "1"}}


def _in_layers(network: Network) -> Iterator[Field]:
    gap = "_" if max(network.widths) > 9 else ""

    def weight(layer: int, row: int, column: int) -> str:
        return f"W{layer}_{row + 1}{gap}{column + 1}"

    for layer in range(1, network.depth):
        below, width, above = network.widths[layer - 1 : layer + 2]
        for i in range(width):
            for j in range(width):
                # row i gains a share of row j, and what follows loses that share of column i
                pairs = [(weight(layer, i, k), weight(layer, j, k)) for k in range(below)]
                pairs += [(f"b{layer}_{i + 1}", f"b{layer}_{j + 1}")] if network.bias else []
                gains = {a: {b: "1"} for a, b in pairs}
                out = [(weight(layer + 1, k, j), weight(layer + 1, k, i)) for k in range(above)]
                for degree in DEGREES if i == j else (1,):
                    yield {**gains, **{a: {b: str(-degree)} for a, b in out}}
            if network.bias:
                bias = {f"b{layer}_{i + 1}": {"1": "1"}}
                shifts = {
                    f"b{layer + 1}_{k + 1}": {weight(layer + 1, k, i): "-1"} for k in range(above)
                }
                yield {**bias, **shifts}
                yield {
                    **bias,
                    **{
                        weight(layer + 1, k, i): {weight(layer + 1, k, i): "-1"}
                        for k in range(above)
                    },
                }
    last, outputs = network.depth, range(network.outputs)
    if network.outputs > 1:  # what moves all outputs alike, which a softmax does not see
        for j in range(network.widths[-2]):
            yield {weight(last, k, j): {"1": "1"} for k in outputs}
        if network.bias:
            yield {f"b{last}_{k + 1}": {"1": "1"} for k in outputs}
