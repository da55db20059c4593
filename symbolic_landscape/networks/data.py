"""Samples and points: exact data, validated once.

Objects: Samples, Parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic import QQ, Field, Matrix, common_field
from symbolic_landscape.arithmetic.exact_data import column_of, matrix_of, sequence, texts
from symbolic_landscape.errors import DomainError, InexactError, ParseError, ShapeError

MOST_DIGITS = 40
"""Most digits after the point that rounding keeps."""


@dataclass(frozen=True, init=False)
class Samples:
    """Inputs X (N, d) and targets Y (N, m), one row for each sample; weights (N, 1) if it has any.

    >>> Samples(inputs=[[0, 1], [1, "1/2"]], targets=[[1], ["-3/4"]]).count
    2
    """

    inputs: Matrix
    targets: Matrix
    weights: Matrix | None

    def __init__(self, inputs: Any, targets: Any, weights: Any = None) -> None:
        """Check that there are as many inputs as targets, at least one, all exact.

        Raises ShapeError, InexactError, ParseError, DomainError: which entry, and why.
        """
        object.__setattr__(self, "inputs", matrix_of(inputs, "samples: inputs"))
        object.__setattr__(self, "targets", matrix_of(targets, "samples: targets"))
        if self.inputs.shape[0] != self.targets.shape[0]:
            message = (
                "samples: as many targets as inputs were needed, "
                f"got {self.targets.shape[0]} and {self.inputs.shape[0]}"
            )
            raise ShapeError(message)
        column = None if weights is None else column_of(weights, "samples: weights")
        object.__setattr__(self, "weights", column)
        if column is not None:
            self._need_weights(column)

    def _need_weights(self, weights: Matrix) -> None:
        if weights.shape[0] != self.count:
            message = f"samples: {self.count} weights were needed, got {weights.shape[0]}"
            raise ShapeError(message)
        if weights.field != QQ or any(value.sign() <= 0 for (value,) in weights.tolist()):
            message = "samples: positive rational weights were needed, got another"
            raise DomainError(message)

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The weight of each sample, 1 where there are none."""
        if self.weights is None:
            return (Fraction(1),) * self.count
        return tuple(value.rational() for (value,) in self.weights.tolist())

    @property
    def total(self) -> Fraction:
        """The sum of the weights, N where there are none."""
        return Fraction(self.count) if self.weights is None else sum(self.shares, Fraction(0))

    def weighted(self, weights: Any) -> Samples:
        """The same samples with these weights."""
        return Samples(self.inputs, self.targets, weights)

    def one_hot(self, classes: int) -> Samples:
        """The samples with 1 at the class of each for targets that are numbers of classes from 0.

        Raises DomainError: a target is none of 0, ..., classes - 1.
        """
        rows = []
        for i, (value,) in enumerate(self.targets.tolist()):
            known = value.field.rational_value(value.raw)
            if known is None or known not in range(classes):
                message = (
                    f"samples: a class from 0 to {classes - 1} was needed, got {value} as the "
                    f"target of sample {i + 1}"
                )
                raise DomainError(message)
            rows.append([int(known == j) for j in range(classes)])
        return Samples(self.inputs, rows, self.weights)

    @property
    def count(self) -> int:
        """The number N of samples."""
        return self.inputs.shape[0]

    def canonical(self) -> dict[str, Any]:
        """Plain data with every number as text."""
        data = {"inputs": texts(self.inputs), "targets": texts(self.targets)}
        if self.weights is not None:
            data["weights"] = texts(self.weights)
        return data


@dataclass(frozen=True, init=False)
class Parameters:
    """Weights W_k (n_k, n_{k-1}) and biases b_k (n_k, 1), one of each for every layer.

    A bias may be given flat or as a column; a network without biases takes none.
    """

    weights: tuple[Matrix, ...]
    biases: tuple[Matrix, ...]

    def __init__(self, weights: Iterable[Any], biases: Iterable[Any] = ()) -> None:
        """Check that consecutive shapes fit and that every entry is exact.

        Raises ShapeError, InexactError, ParseError, DomainError: which entry, and why.
        """
        layers = sequence(weights, "parameters: weights")
        if not layers:
            message = "parameters: the weights of at least one layer were needed, got none"
            raise ShapeError(message)
        matrices = tuple(
            matrix_of(layer, f"parameters: weights of layer {k}")
            for k, layer in enumerate(layers, 1)
        )
        columns = tuple(
            column_of(layer, f"parameters: biases of layer {k}")
            for k, layer in enumerate(sequence(biases, "parameters: biases"), 1)
        )
        object.__setattr__(self, "weights", matrices)
        object.__setattr__(self, "biases", columns)
        _need_consecutive(matrices, columns)

    @staticmethod
    def rounded(weights: Any, biases: Any = (), *, digits: int | str) -> Parameters:
        """The parameters with floats, such as arrays of numpy, as exact numbers.

        So many digits after the point are kept, or all that they are if digits is "exact".
        Raises ParseError: the digits. Raises InexactError: a NaN or an infinity. Raises ShapeError:
        shapes that do not fit.

        >>> Parameters.rounded([[[0.333333]]], [[1.0]], digits=2).weights[0].tolist()
        [[Scalar(33/100 in Q)]]
        """
        return Parameters(
            weights=[
                [_rounded(row, digits) for row in sequence(rows, "parameters: weights")]
                for rows in sequence(weights, "parameters: weights")
            ],
            biases=[_rounded(row, digits) for row in sequence(biases, "parameters: biases")],
        )

    def entries(self) -> tuple[Field, tuple[Any, ...]]:
        """All entries layer by layer, weights row by row, then biases, as raws of one field.

        Raises DomainError: the layers have no common field.
        """
        matrices = [*self.weights, *self.biases]
        field = matrices[0].field
        for matrix in matrices:
            field = common_field(field, matrix.field)
        raws: list[Any] = []
        for k, weights in enumerate(self.weights):
            raws += [value for row in weights.over(field).raw_rows() for value in row]
            if self.biases:
                raws += [row[0] for row in self.biases[k].over(field).raw_rows()]
        return field, tuple(raws)

    def canonical(self) -> dict[str, Any]:
        """Plain data with every number as text."""
        return {
            "weights": [texts(matrix) for matrix in self.weights],
            "biases": [[row[0] for row in texts(column)] for column in self.biases],
        }


def _rounded(values: Iterable[float], digits: int | str) -> list[Fraction]:
    """The floats as exact numbers with so many digits after the point, or `exact`ly.

    Raises ParseError: the digits. Raises InexactError: a NaN or an infinity.
    """
    is_count = isinstance(digits, int) and not isinstance(digits, bool)
    if digits != "exact" and not (is_count and 0 <= int(digits) <= MOST_DIGITS):
        message = f'weights: digits from 0 to {MOST_DIGITS} or "exact" were needed, got {digits!r}'
        raise ParseError(message)
    try:
        exact = [Fraction(float(value)) for value in sequence(values, "parameters: row")]
    except (TypeError, ValueError, OverflowError):
        message = "parameters: finite numbers were needed, got a NaN or an infinity"
        raise InexactError(message) from None
    return exact if digits == "exact" else [round(value, int(digits)) for value in exact]


def _need_consecutive(weights: Sequence[Matrix], biases: Sequence[Matrix]) -> None:
    for k, (below, above) in enumerate(pairwise(weights), 2):
        if above.shape[1] != below.shape[0]:
            message = (
                f"parameters: weights of layer {k} with {below.shape[0]} columns were needed, "
                f"got shape {above.shape}"
            )
            raise ShapeError(message)
    if biases and len(biases) != len(weights):
        message = (
            f"parameters: biases of all {len(weights)} layers, or of none, were needed, "
            f"got {len(biases)}"
        )
        raise ShapeError(message)
    for k, (matrix, column) in enumerate(zip(weights, biases, strict=False), 1):
        if column.shape[0] != matrix.shape[0]:
            message = (
                f"parameters: {matrix.shape[0]} biases of layer {k} were needed, "
                f"got {column.shape[0]}"
            )
            raise ShapeError(message)
