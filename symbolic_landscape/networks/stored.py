"""Weights as other programs store them: arrays of floats, in the order of the layers.

Matrices in their order are W_1, ..., W_L, vectors b_1, ..., b_L; names are ordered with numbers in
them by size.

Objects: StoredWeights. Functions: in_layers, layers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from symbolic_landscape.errors import ParseError, ShapeError
from symbolic_landscape.networks.data import Parameters
from symbolic_landscape.networks.labelled import LabelledNetwork
from symbolic_landscape.networks.network import Network

MOST_NUMBERS = 100_000


@dataclass(frozen=True)
class StoredWeights:
    """Weights (n_k, n_{k-1}) and biases (n_k,) as nested lists of floats, None for no biases.

    `activations` are those of all layers where the file says them, `names` what it calls the
    matrices.
    """

    weights: tuple[Any, ...]
    biases: tuple[Any, ...]
    activations: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the input and of all layers."""
        return (len(self.weights[0][0]), *(len(rows) for rows in self.weights))

    @property
    def count(self) -> int:
        """How many numbers there are."""
        matrices = sum(len(rows) * len(rows[0]) for rows in self.weights)
        return matrices + sum(len(row) for row in self.biases if row is not None)

    def parameters(self, digits: int | str) -> Parameters:
        """The parameters, rounded to so many digits after the point, or `exact`ly as they are.

        Layers without biases get biases 0 if others have some. Raises ParseError: the digits.
        """
        if all(row is None for row in self.biases):
            return Parameters.rounded(self.weights, digits=digits)
        pairs = zip(self.weights, self.biases, strict=True)
        biases = [[0.0] * len(rows) if row is None else row for rows, row in pairs]
        return Parameters.rounded(self.weights, biases, digits=digits)

    def network(self, activation: str | None = None) -> Network | LabelledNetwork:
        """The network with this hidden activation, or with those that the file says.

        Raises ParseError: the file says none, and none was given.
        """
        kept = [row is not None for row in self.biases]
        layers = self.activations
        if activation is not None:
            layers = (*[activation] * (len(kept) - 1), "linear")
        if layers is None:
            message = "weights: the file says no activation, so one was needed, got none"
            raise ParseError(message)
        *hidden, output = layers
        if len(set(kept)) == 1 and len(set(hidden)) <= 1:
            return Network(self.widths, layers[0] if hidden else "linear", output, kept[0])
        return Network.layered(self.widths, hidden, kept, output)


def in_layers(
    arrays: Mapping[str, Any], where: str, *, transposed: bool, ordered: bool = False
) -> StoredWeights:
    """Matrices and vectors in their order, as layers; the order is that of the names if none.

    Raises ShapeError: other arrays, or layers that do not follow each other.
    """
    names = list(arrays) if ordered else sorted(arrays, key=_natural)
    matrices = [arrays[name] for name in names if arrays[name].ndim == 2]
    vectors = [arrays[name] for name in names if arrays[name].ndim == 1]
    others = [name for name in names if not _is_of_layers(name, arrays[name].ndim)]
    if others:
        message = (
            f"weights {where}: matrices and vectors of biases were needed, got "
            f"{others[0]!r:.60} of shape {tuple(arrays[others[0]].shape)}"
        )
        raise ShapeError(message)
    if transposed:
        matrices = [array.T for array in matrices]
    found = layers(matrices, vectors or [None] * len(matrices), where)
    return replace(found, names=tuple(name for name in names if arrays[name].ndim == 2))


def layers(
    matrices: Sequence[Any],
    vectors: Sequence[Any],
    where: str,
    activations: tuple[str, ...] | None = None,
) -> StoredWeights:
    """The layers, checked. Raises ShapeError: they do not follow each other."""
    shapes = [tuple(array.shape) for array in matrices]
    if not shapes or any(0 in shape for shape in shapes) or len(vectors) != len(shapes):
        message = (
            f"weights {where}: a matrix for each layer, and as many vectors or none, were needed, "
            f"got {len(shapes)} and {len(vectors)}"
        )
        raise ShapeError(message)
    if sum(a * b for a, b in shapes) > MOST_NUMBERS:
        message = f"weights {where}: at most {MOST_NUMBERS} numbers are taken, got {shapes}"
        raise ShapeError(message)
    follow = all(below[0] == above[1] for below, above in pairwise(shapes))
    heights = [shape[0] for shape in shapes]
    lengths = [None if vector is None else len(vector) for vector in vectors]
    fit = all(n is None or n == height for n, height in zip(lengths, heights, strict=True))
    if not follow or not fit:
        message = (
            f"weights {where}: layers (units, units below) that follow each other were needed, got "
            f"{shapes} with biases {lengths}; transposed matrices are said so"
        )
        raise ShapeError(message)
    try:
        weights = tuple([list(map(_float, row)) for row in array.tolist()] for array in matrices)
        biases = tuple(
            None if vector is None else list(map(_float, vector.tolist())) for vector in vectors
        )
    except (TypeError, ValueError, RuntimeError):  # the last: number formats that torch cannot list
        message = (
            f"weights {where}: real numbers of at most double precision were needed, got others"
        )
        raise ShapeError(message) from None
    return StoredWeights(weights, biases, activations)


def _is_of_layers(name: str, dimensions: int) -> bool:
    """Whether it is a matrix or a bias; the vector `weight` of a torch module scales its inputs."""
    return dimensions == 2 or (dimensions == 1 and name.rpartition(".")[2] != "weight")


def _float(value: Any) -> float:
    """The number. Raises ValueError: a text, or a number that no float is."""
    number = float(value)
    if number != value and number == number:
        message = f"a number of double precision was needed, got {value!r}"
        raise ValueError(message)
    return number


def _natural(name: str) -> list[tuple[int, str]]:
    """The parts of a name, with numbers by their size."""
    parts = re.findall(r"0*([0-9]+)|([^0-9]+)", name)
    return [(-1, word) if word else (len(number), number) for number, word in parts]
