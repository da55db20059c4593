"""Smaller instances: entries replaced by 0 and 1, sizes reduced, members of families left out.

Functions: shrunk, length, is_empty.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar, exact
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.errors import LandscapeError, ShapeError
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.values import Family, Instance, described
from symbolic_landscape.statement.term import Term


def length(instance: Instance) -> tuple[bool, int, int, str]:
    """How long an instance is: its text, and how many of its numbers are not 0 and not 1.

    One with an empty matrix shows little, so it counts as longer than any without.
    """
    weight = sum(_weight(described(x)) for x in instance.values.values())
    return (is_empty(instance), len(str(instance)), weight, instance.key)


def is_empty(instance: Instance) -> bool:
    """Whether a matrix of it has no rows or no columns."""
    return any(isinstance(x, Matrix) and 0 in x.shape for x in instance.values.values())


def _weight(data: Any) -> int:
    if isinstance(data, list | dict):
        return sum(map(_weight, data.values() if isinstance(data, dict) else data))
    return {"0": 0, "1": 1}.get(str(data), 2)


def shrunk(row: Row, again: Callable[[Instance], Row | None], deadline: float) -> tuple[Row, int]:
    """The shortest row that is found in time, and how many instances were looked at.

    `again` gives the row of an instance where it is still of the kind that is wanted.
    """
    looked, going = 0, True
    while going:
        going = False
        for candidate in _smaller(row.case.instance):
            if time.monotonic() > deadline:
                return row, looked
            if length(candidate) >= length(row.case.instance):
                continue
            looked += 1
            found = again(candidate)
            if found is not None:
                row, going = found, True
                break
    return row, looked


def _smaller(instance: Instance) -> Iterator[Instance]:
    """Instances that differ in one place, the largest changes first."""
    for v, x in instance.values.items():
        for y in _lower_sizes(x):
            fitted = (_fitted(instance, v, y, last) for last in (False, True))
            yield from (made for made in fitted if made is not None)
    for simpler in (_without_member, _with_zero_matrix, _with_simpler_number):
        for v, x in instance.values.items():
            for y in simpler(x):
                yield instance.changed({v: y})


# ---- sizes ---------------------------------------------------------------------------------------
def _lower_sizes(x: Any) -> Iterator[Any]:
    if isinstance(x, int) and x > 0:
        yield x - 1
    if isinstance(x, Family):
        for k, y in x.items:
            if isinstance(y, int) and y > 1:
                yield x.changed(k, y - 1)


def _fitted(instance: Instance, size: Term, value: Any, last: bool) -> Instance | None:
    """The instance with another size, and with matrices cut so that their shapes fit.

    Their first rows and columns are kept, or the last ones.
    """
    values = {**instance.values, size: value}
    sized = {v: x for v, x in values.items() if not _is_matrix(v.sort)}
    evaluation = Evaluation(Instance(instance.name, sized))
    try:
        for v, x in values.items():
            if isinstance(x, Matrix):
                values[v] = _cut(x, v.sort, evaluation, evaluation.root, last)
            elif isinstance(x, Family) and _is_matrix(v.sort):
                index, sort = v.sort.args
                values[v] = _cut_family(x, index, sort, evaluation, last)
        return Instance(instance.name, values)
    except LandscapeError:
        return None


def _is_matrix(sort: Term) -> bool:
    return sort.head == "matrix" or (sort.head == "fun" and _is_matrix(sort.args[1]))


def _cut_family(x: Family, index: Term, sort: Term, evaluation: Evaluation, last: bool) -> Family:
    """The members that still have a shape."""
    made = {}
    for k, y in x.items:
        try:
            made[k] = _cut(y, sort, evaluation, Place({index: k}, evaluation.root), last)
        except LandscapeError:
            continue
    return Family.of(made)


def _cut(x: Matrix, sort: Term, evaluation: Evaluation, place: Place, last: bool) -> Matrix:
    """The matrix with fewer rows and columns; a larger shape than it has is refused."""
    rows, columns = (evaluation.integer(t, place) for t in sort.args)
    height, width = x.shape
    if rows > height or columns > width:
        message = f"a matrix of shape {x.shape} has no part of shape ({rows}, {columns})"
        raise ShapeError(message)
    top, left = (height - rows, width - columns) if last else (0, 0)
    return x.submatrix(range(top, top + rows), range(left, left + columns))


# ---- numbers -------------------------------------------------------------------------------------
def _without_member(x: Any) -> Iterator[Any]:
    if isinstance(x, Family) and len(x.items) > 1:
        for k, _ in reversed(x.items):
            yield Family(tuple(item for item in x.items if item[0] != k))


def _with_zero_matrix(x: Any) -> Iterator[Any]:
    if isinstance(x, Matrix) and 0 not in x.shape and not x.is_zero:
        rows, columns = x.shape
        yield matrix_of([[0] * columns for _ in range(rows)], "zero")
    if isinstance(x, Family):
        for k, y in x.items:
            yield from (x.changed(k, z) for z in _with_zero_matrix(y))


def _with_simpler_number(x: Any) -> Iterator[Any]:
    if isinstance(x, Scalar):
        yield from (exact(n) for n in (0, 1))
    elif isinstance(x, Matrix):
        table = x.tolist()
        for row in table:
            for j, old in enumerate(row):
                for n in (0, 1):
                    if str(old) in ("0", str(n)):
                        break
                    row[j] = exact(n)
                    yield matrix_of(table, "simpler")
                    row[j] = old
    elif isinstance(x, Family):
        for k, y in x.items:
            yield from (x.changed(k, z) for z in _with_simpler_number(y))
