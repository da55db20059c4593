"""Single values: what the decision of a predicate is given.

A decision looks at numbers, matrices and functions one by one. A free symbol stands for all numbers
at once, and what is so at nearly all of them (a rank, a gradient that is not 0) need not be so at
each, so no decision is asked about it.

Function: single.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.errors import DomainError
from symbolic_landscape.judge.places import Closure, Lazy, Place, Recursion, Slope, Updated
from symbolic_landscape.judge.symbols import constant_matrix, is_symbolic, lowered
from symbolic_landscape.judge.values import Family, Function
from symbolic_landscape.statement.term import Term

_MADE_LATER = Lazy | Closure | Recursion | Updated | Slope


def single(value: Any) -> Any:
    """The value without free symbols; one whose members are made on demand is looked at then.

    Raises DomainError where a free symbol occurs in it.
    """
    match value:
        case Scalar():
            return _number(value)
        case Matrix():
            return constant_matrix(value, "what is decided")
        case Family():
            return Family.of({k: single(x) for k, x in value.items})
        case Lazy():
            return Lazy(partial(_member, value), {})
        case Closure():
            place = _guarded(value.term, value.place)
            return value if place is value.place else Closure(value.term, place)
        case Recursion():
            place = _guarded(value.term, value.place)
            if place is not value.place:
                first = [single(x) for x in value.known[:1]]
                return Recursion(value.term, place, value.start, first, value.costs[:1])
        case Updated():
            return Updated(single(value.function), value.index, single(value.value))
        case Slope():
            return Slope(single(value.function))
        case Function():
            for _, x in value.values:
                single(x)
    return value


def _number(value: Scalar) -> Scalar:
    number = lowered(value)
    if is_symbolic(number):
        message = f"what is decided of {number} depends on the values of its free symbols"
        raise DomainError(message)
    return number


def _guarded(term: Term, place: Place) -> Place:
    """The place of a function, where the members of what is made on demand are single too."""
    more = {}
    for v in term.free:
        holder = place.holder(v)
        if holder is not None:
            value = holder.values[v]
            looked = single(value)
            if isinstance(value, _MADE_LATER) and looked is not value:
                more[v] = looked
    return Place(more, place) if more else place


def _member(family: Lazy, index: int) -> Any:
    return single(family.at(index))
