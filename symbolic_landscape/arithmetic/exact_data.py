"""Reading the numbers that users type into matrices over the smallest field that holds them.

Functions: matrix_of, column_of, entries, sequence, texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from symbolic_landscape.arithmetic.door import exact_matrix
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.matrices import Matrix
from symbolic_landscape.arithmetic.scalars import Scalar
from symbolic_landscape.errors import LandscapeError, ShapeError
from symbolic_landscape.formula import parse_number

MOST_ENTRIES = 1_000_000


def sequence(value: Any, where: str) -> list[Any]:
    """The items of a list-like value. Raises ShapeError for texts and single numbers."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        message = f"{where}: a list was needed, got {type(value).__name__} {str(value)[:40]!r}"
        raise ShapeError(message)
    return list(value)


def entries(vector: Iterable[object]) -> list[object]:
    """The entries of a flat list, or of a matrix row by row."""
    if isinstance(vector, Matrix):
        return [value for row in vector.tolist() for value in row]
    return sequence(vector, "parameters: vector")


def matrix_of(value: Any, where: str) -> Matrix:
    """The matrix over the smallest field that holds all entries; at least one row and column.

    Raises ShapeError, InexactError, ParseError, DomainError: which entry, and why.
    """
    if isinstance(value, Matrix):
        result = value
    else:
        if hasattr(value, "tolist") and hasattr(value, "shape"):
            value = value.tolist()
        rows = [sequence(row, f"{where}, row {i}") for i, row in enumerate(sequence(value, where))]
        _need_rectangle(rows, where)
        result = _exact_rows(rows, where)
    if 0 in result.shape:
        message = f"{where}: at least one row and one column were needed, got shape {result.shape}"
        raise ShapeError(message)
    return result


def _need_rectangle(rows: Sequence[Sequence[Any]], where: str) -> None:
    if not rows or not rows[0]:
        message = f"{where}: at least one row and one column were needed, got none"
        raise ShapeError(message)
    if len(rows) * len(rows[0]) > MOST_ENTRIES:
        message = (
            f"{where}: at most {MOST_ENTRIES} entries are taken, got {len(rows) * len(rows[0])}"
        )
        raise ShapeError(message)
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            message = (
                f"{where}: rows of length {len(rows[0])} were needed, got {len(row)} in row {i}"
            )
            raise ShapeError(message)


def _exact_rows(rows: Sequence[Sequence[Any]], where: str) -> Matrix:
    entries = [
        [_exact_entry(value, f"{where}, entry ({i}, {j})") for j, value in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    if all(isinstance(value, Fraction) for row in entries for value in row):
        return QQ.matrix(entries)
    try:
        return exact_matrix(entries)
    except LandscapeError as error:
        _refuse_entries(error, where)


def _refuse_entries(error: LandscapeError, where: str) -> NoReturn:
    message = f"{where}: {error}"
    raise type(error)(message) from error


def _exact_entry(value: Any, where: str) -> Any:
    """A Fraction where the value is rational by type, else what the door to the fields takes."""
    if isinstance(value, Scalar):
        known = value.field.rational_value(value.raw) if value.field.decides_equality else None
        return value if known is None else known
    if getattr(value, "is_Rational", None) is False and getattr(value, "is_Float", None) is False:
        finite = getattr(value, "is_finite", None)
        if finite is not False and str(value) != "nan":
            return value
    return parse_number(value, where)


def column_of(value: Any, where: str) -> Matrix:
    """The column (n, 1) of a flat list or of a list of rows of length 1. Raises as `matrix_of`."""
    if not isinstance(value, Matrix):
        given = sequence(value.tolist() if hasattr(value, "tolist") else value, where)
        nested = [isinstance(entry, list | tuple) for entry in given]
        value = given if nested and all(nested) else [[entry] for entry in given]
    matrix = matrix_of(value, where)
    if matrix.shape[1] != 1:
        message = f"{where}: a list or one column was needed, got shape {matrix.shape}"
        raise ShapeError(message)
    return matrix


def texts(matrix: Matrix) -> list[list[str]]:
    """Every entry as text; numbers outside Q carry the name of their field."""
    field = matrix.field
    prefix = "" if field == QQ else f"{field.name}: "
    return [
        [
            str(value) if value.field.rational_value(value.raw) is not None else f"{prefix}{value}"
            for value in row
        ]
        for row in matrix.tolist()
    ]
