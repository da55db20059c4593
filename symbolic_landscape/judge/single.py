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
from symbolic_landscape.judge.places import Closure, Lazy, Recursion, Slope, Updated
from symbolic_landscape.judge.symbols import constant_matrix, is_symbolic, lowered
from symbolic_landscape.judge.values import Family, Function


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
        case Closure() | Recursion():
            for v in value.term.free:
                holder = value.place.holder(v)
                if holder is not None:
                    single(holder.values[v])
        case Updated():
            single(value.function)
            single(value.value)
        case Slope():
            single(value.function)
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


def _member(family: Lazy, index: int) -> Any:
    return single(family.at(index))
