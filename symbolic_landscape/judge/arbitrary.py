"""Values that stand for all values of some variables at once, and single values of them to try.

A number or a matrix is made of free symbols; a family gets them where it is asked for a member.
Functions have no such form: for them there are only single values.

Objects: Arbitrary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.judge.matrices import NUMBERS_TRIED, unit_matrix
from symbolic_landscape.judge.objects import BEYOND, FIRST, FUNCTIONS, some_object
from symbolic_landscape.judge.operations import assembled, real, total
from symbolic_landscape.judge.places import Lazy, Place
from symbolic_landscape.judge.solving import Solutions
from symbolic_landscape.judge.symbols import symbol
from symbolic_landscape.judge.values import Family, UnsettledError
from symbolic_landscape.statement.term import (
    INT,
    NAT,
    NUMBERS,
    REAL,
    SCALAR_FUNCTION,
    Term,
    num,
    substitute,
)

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

TRIED = 12
"""So many random values are tried, beside the simple ones."""

UNITS = 6
"""At so many places of a matrix the unit matrix is tried."""

COMBINATIONS = 90
"""So many combinations of simple values of several variables are tried."""

COST = 5
"""So many steps each value costs that is tried."""

KNOWN = 8
"""So many combinations of values that the instance has are tried as they are."""

NEARBY = 0.5
"""How often a value near one that the instance has is tried."""

Values = Mapping[Term, Any]


class Arbitrary:
    """All values of some variables at once, each a number, a matrix or a family."""

    def __init__(self, owner: Evaluation, variables: Sequence[Term], place: Place) -> None:
        self.owner, self.variables, self.place = owner, tuple(variables), place
        self.names: list[str] = []
        self.solved = 0
        self._parts: dict[tuple[Term, int | None], tuple[int, tuple[int, int] | None]] = {}
        self.everywhere: Values | None = self._symbolic()

    # ---- all values at once ----------------------------------------------------------------------
    def _symbolic(self) -> Values | None:
        """The variables made of free symbols; None where one of them cannot be, or is too large."""
        out: dict[Term, Any] = {}
        for x in self.variables:
            try:
                out[x] = self._unknown(x, x.args[0], Place(out, self.place))
            except UnsettledError:
                return None
        return out

    def _unknown(self, x: Term, sort: Term, place: Place) -> Any:
        if sort.head != "fun":
            return self._entries(x, None, sort, place)
        index, codomain = sort.args
        known = codomain in NUMBERS or codomain.head == "matrix"
        if index.args[0] not in (INT, NAT) or not known:
            message = f"no free symbols stand for all functions of sort {sort!r}"
            raise UnsettledError(message)
        return Lazy(lambda k: self._entries(x, k, substitute(codomain, {index: num(k)}), place), {})

    def _entries(self, x: Term, k: int | None, sort: Term, place: Place) -> Any:
        """Fresh free symbols in the form of a value of the sort."""
        if sort not in NUMBERS and sort.head != "matrix":
            message = f"no free symbols stand for all values of sort {sort!r}"
            raise UnsettledError(message)
        shape = self.owner.shape(sort, place) if sort.head == "matrix" else None
        count = 1 if shape is None else shape[0] * shape[1]
        if len(self.names) + count > self.owner.budget.symbols:
            message = f"more than {self.owner.budget.symbols} free symbols are needed for {x}"
            raise UnsettledError(message)
        base = str(x.name).replace("#", "t") + ("" if k is None else str(k))
        names = self.owner.fresh(base, count)
        self._parts[x, k] = len(self.names), shape
        self.names.extend(names)
        return _shaped([symbol(name) for name in names], shape)

    def among(self, found: Solutions) -> Values:
        """All solutions that were found at once, with a free symbol for each direction."""
        names = self.owner.fresh("s", found.dimension)
        return self._at(found, [symbol(name) for name in names], None)

    # ---- single values ---------------------------------------------------------------------------
    def samples(self, found: Solutions | None) -> Iterator[Values]:
        """Single values: solutions that were found, else simple, nearby and random ones."""
        random = Random(f"values of {', '.join(str(x.name) for x in self.variables)}")
        for values in self._any(random) if found is None else self._points(found, random):
            self.owner.spend(COST * len(self.variables))
            fitting = {x: _in_sort(y, x.args[0]) for x, y in values.items()}
            if None not in fitting.values():
                yield fitting

    def _at(self, found: Solutions, numbers: Sequence[Any], random: Random | None) -> Values:
        """The solution with these coefficients; members of families not asked for are random."""
        entries = found.at(numbers)
        out: dict[Term, Any] = {}
        for x in self.variables:
            sort = x.args[0]
            if sort.head != "fun":
                out[x] = self._part(entries, x, None)
                continue
            members = {
                k: self._part(entries, x, k)
                for (y, k), (start, _) in list(self._parts.items())
                if y is x and k is not None and start < self.solved
            }
            if random is None:
                lazy = self._unknown(x, sort, Place(out, self.place))
                out[x] = Lazy(lazy.made, members)
            else:
                drawn = self._drawn(sort, random, out)
                out[x] = Family.of({**drawn.table, **members})
        return out

    def _part(self, entries: Sequence[Scalar], x: Term, k: int | None) -> Any:
        start, shape = self._parts[x, k]
        count = 1 if shape is None else shape[0] * shape[1]
        return _shaped(entries[start : start + count], shape)

    def _drawn(self, sort: Term, random: Random, values: Values) -> Any:
        place = Place(values, self.place)
        return some_object(sort, self.owner.source(place, random, self.owner.largest))

    def _points(self, found: Solutions, random: Random) -> Iterator[Values]:
        """Single solutions: the first, those in each direction, random ones."""
        size = found.dimension
        yield self._at(found, [0] * size, random)
        for k in range(min(size, UNITS)):
            yield self._at(found, [int(i == k) for i in range(size)], random)
        for _ in range(TRIED if size or self._families else 0):
            yield self._at(found, [random.choice((0, 1, -1, 2, -2)) for _ in range(size)], random)

    @property
    def _families(self) -> bool:
        return any(x.args[0].head == "fun" for x in self.variables)

    def _any(self, random: Random) -> Iterator[Values]:
        if self._families:
            members = [list(self._all_known(x)) for x in self.variables]
            for values in islice(product(*members), KNOWN):
                yield dict(zip(self.variables, values, strict=True))
        simple = [self._simple(x) for x in self.variables]
        if all(simple):
            for values in islice(product(*simple), COMBINATIONS):
                yield dict(zip(self.variables, values, strict=True))
        single = self.everywhere is not None and not self.names and not self._families
        if single or all(x.args[0] in NUMBERS for x in self.variables):
            return
        for _ in range(TRIED):
            out: dict[Term, Any] = {}
            near = random.random() < NEARBY
            for x in self.variables:
                known = self._known(x) if near else None
                sort = x.args[0]
                drawn = self._drawn(sort, random, out) if known is None else known
                out[x] = drawn if known is None else _moved(known, random)
            yield out

    def _known(self, x: Term) -> Any:
        """The value of a variable of the instance that has the same sort."""
        return next(self._all_known(x), None)

    def _all_known(self, x: Term) -> Iterator[Any]:
        """The values of all variables of the instance that have the same sort."""
        for v, y in self.owner.instance.values.items():
            if v.sort is x.args[0] and isinstance(y, Matrix | Scalar | Family):
                yield y

    def _simple(self, x: Term) -> list[Any]:
        """Simple values of a number, a matrix or a function of numbers; no others are listed."""
        sort = x.args[0]
        if sort in (INT, NAT):
            return list(range(FIRST if sort is INT else 0, self.owner.largest + BEYOND + 1))
        if sort is REAL:
            return list(NUMBERS_TRIED)
        if sort is SCALAR_FUNCTION:
            return list(FUNCTIONS)
        if sort.head != "matrix" or not sort.free.isdisjoint(self.variables):
            return []
        rows, columns = self.owner.shape(sort, self.place)
        units = range(min(rows * columns, UNITS))
        return [
            QQ.zeros(rows, columns),
            *(unit_matrix(rows, columns, *divmod(k, columns)) for k in units),
        ]


def _shaped(entries: Sequence[Any], shape: tuple[int, int] | None) -> Any:
    if shape is None:
        return entries[0]
    rows, columns = shape
    return assembled([entries[i * columns : (i + 1) * columns] for i in range(rows)], columns)


def _in_sort(value: Any, sort: Term) -> Any:
    """The value as one of its sort, or None where a number is no integer, or a negative one."""
    if sort is REAL:
        return real(value)
    if sort not in (INT, NAT) or isinstance(value, int):
        return value
    known = real(value).rational()
    fits = known.denominator == 1 and (sort is INT or known >= 0)
    return int(known) if fits else None


def _moved(value: Any, random: Random) -> Any:
    """The value, or one that differs from it in one number."""
    step = QQ.scalar(random.choice((0, 1, -1, *NUMBERS_TRIED)))
    if isinstance(value, Family) and value.items:
        k = random.choice(value.items)[0]
        return value.changed(k, _moved(value.at(k), random))
    if isinstance(value, Scalar):
        return total((value, step))
    if isinstance(value, Matrix) and 0 not in value.shape:
        place = unit_matrix(*value.shape, *(random.randrange(size) for size in value.shape))
        return total((value, place.scale(step)))
    return value
