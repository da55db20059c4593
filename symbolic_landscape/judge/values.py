"""Values on an instance: integers, exact numbers, matrices, families and other functions.

Objects: Instance, Family, Function, UnsettledError. Functions: described, formula_of.

Design notes. Values are data: hashable, picklable, and the same text for the same mathematics, so
that a table of facts by instances can be stored. A function that is no formula in t is a tree with
values for its free variables, never a Python function: it can be shown, differentiated and
restricted like every other term.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar, exact
from symbolic_landscape.errors import DeclarationError, DomainError, LandscapeError
from symbolic_landscape.formula import Formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.statement.letters import lettered
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, REAL, Term

ENCLOSING_BITS = 64
"""The precision at which a number outside Q is shown beside its exact text."""


class UnsettledError(LandscapeError):
    """A term has no known value on an instance; the message says which, and why."""


@dataclass(frozen=True)
class Family:
    """A function of integers, known on some of them; elsewhere its values are not settled.

    >>> Family.of({1: 4, 0: 3}).at(1)
    4
    """

    items: tuple[tuple[int, Any], ...]

    @staticmethod
    def of(values: Mapping[int, Any]) -> Family:
        """The family with these values."""
        return Family(tuple(sorted(values.items(), key=lambda item: item[0])))

    @cached_property
    def table(self) -> Mapping[int, Any]:
        """The values by their integers."""
        return dict(self.items)

    def at(self, index: int) -> Any:
        """The value at an integer. Raises UnsettledError where none is known."""
        if index not in self.table:
            known = f"{self.items[0][0]}..{self.items[-1][0]}" if self.items else "no integer"
            message = f"a family that is known at {known} is asked for its value at {index}"
            raise UnsettledError(message)
        return self.table[index]

    def changed(self, index: int, value: Any) -> Family:
        """The family with another value at one integer."""
        return Family.of({**self.table, index: value})


@dataclass(frozen=True)
class Function:
    """A tree whose sort is a function, with values for all its free variables."""

    term: Term
    values: tuple[tuple[Term, Any], ...] = ()

    def __post_init__(self) -> None:
        loose = self.term.free - {v for v, _ in self.values}
        if self.term.sort.head != "fun" or loose:
            names = ", ".join(sorted(str(v) for v in loose))
            message = f"a function needs values for all that is free in it, got {self.term!r}"
            raise DeclarationError(f"{message} without {names}" if names else message)


def formula_of(function: object) -> Formula | None:
    """The formula in t of a function of real numbers, or None where it is given otherwise."""
    return function.formula if isinstance(function, Activation | ScalarLoss) else None


@dataclass(frozen=True, eq=False)
class Instance:
    """Exact values for the variables of a setting; equal where these are, whatever the name.

    A function may be given as a tree, or as a tree and values for what is free in it. `base` is an
    instance that has some of the values, if it was made of one.
    Raises DeclarationError where a value is not of the kind that the sort of its variable asks;
    shapes are compared when a value is used.

    >>> from symbolic_landscape.statement.term import NAT, var
    >>> Instance("one", {var("n", NAT): 1}) == Instance("another", {var("n", NAT): 1})
    True
    """

    name: str
    values: Mapping[Term, Any]
    base: Instance | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for v in self.values:
            if v.head not in ("var", "const"):
                message = f"instance {self.name}: values belong to variables, got one for {v!r}"
                raise DeclarationError(message)
        order = sorted(self.values, key=lambda v: (str(v.name), v.key))
        twice = [a for a, b in pairwise(order) if a.name == b.name]
        if twice:
            message = f"instance {self.name}: two variables have the name {twice[0]}"
            raise DeclarationError(message)
        taken = {v: _taken(self.values[v], v.sort, f"{self.name}: {v}") for v in order}
        object.__setattr__(self, "values", MappingProxyType(taken))

    def __reduce__(self) -> tuple[Any, ...]:
        return Instance, (self.name, dict(self.values))

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Instance) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return ", ".join(f"{v} = {self.said(v)}" for v in self.values)

    def said(self, v: Term) -> str:
        """The value of a variable as one short line."""
        value = self.values[v]
        if isinstance(value, Function):
            inside = ((text(x), described(y)) for x, y in value.values)
            return text(value.term) + _with(inside)
        return compact(described(value))

    @cached_property
    def key(self) -> str:
        """A digest of the values; instances have equal keys exactly if they have equal values."""
        data = [[v.key, described(x)] for v, x in self.values.items()]
        text = json.dumps(data, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def description(self) -> dict[str, Any]:
        """Name and values as plain JSON data; fractions as "p/q"."""
        values = {str(v.name): described(x) for v, x in self.values.items()}
        return {"name": self.name, "values": values}

    def changed(self, values: Mapping[Term, Any], name: str | None = None) -> Instance:
        """The instance with some other, or further, values."""
        base = self if self.values.keys().isdisjoint(values) else None
        return Instance(self.name if name is None else name, {**self.values, **values}, base)


def _taken(value: Any, sort: Term, where: str) -> Any:
    """The value in the form in which values of this sort are kept."""
    if sort in (INT, NAT) and isinstance(value, int) and not isinstance(value, bool):
        if sort is NAT and value < 0:
            message = f"{where}: an integer >= 0 was needed, got {value}"
            raise DeclarationError(message)
        return value
    if sort is REAL and not isinstance(value, Matrix):
        return exact(value)
    if sort.head == "matrix" and isinstance(value, Matrix):
        return value
    if sort.head == "fun":
        return _taken_function(value, sort, where)
    message = f"{where}: a value of sort {sort!r} was needed, got {value!r}"
    raise DeclarationError(message)


def _taken_function(value: Any, sort: Term, where: str) -> Any:
    x, codomain = sort.args
    if isinstance(value, Term):
        value = Function(value)
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Term):
        value = Function(value[0], tuple(value[1].items()))
    if isinstance(value, Function):
        pairs = sorted(value.values, key=lambda pair: pair[0].key)
        return Function(value.term, tuple((v, _taken(y, v.sort, where)) for v, y in pairs))
    if isinstance(value, Family | Mapping) and x.args[0] in (INT, NAT):
        items = value.items if isinstance(value, Family) else value.items()
        return Family.of({k: _taken(y, codomain, f"{where}[{k}]") for k, y in items})
    if x.args[0] is REAL and codomain in NUMBERS:
        if isinstance(value, Formula):
            return Activation.of(value)
        if isinstance(value, Activation | ScalarLoss):
            return value
    message = f"{where}: a function of sort {sort!r} was needed, got {value!r}"
    raise DeclarationError(message)


# ---- what is said of values ----------------------------------------------------------------------
def described(value: Any) -> Any:
    """The value as plain JSON data, the same for equal values.

    Raises DeclarationError for what is no value.
    """
    if isinstance(value, int | str) and not isinstance(value, bool):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Scalar):
        return _number(value)
    if isinstance(value, Matrix):
        if 0 in value.shape:
            return {"shape": list(value.shape)}
        return [[_number(entry) for entry in row] for row in value.tolist()]
    if isinstance(value, Family):
        return {str(k): described(x) for k, x in value.items}
    if isinstance(value, Activation | ScalarLoss):
        return value.canonical() if value.is_generic else str(value.formula)
    if isinstance(value, Function):
        inside = {str(v.name): described(x) for v, x in value.values}
        return {"function": text(value.term), "of": value.term.key, "with": inside}
    message = f"a value of an instance was needed, got {value!r}"
    raise DeclarationError(message)


def _number(value: Scalar) -> Any:
    """p/q where it is rational, else its text, its field and where it lies."""
    known = value.field.rational_value(value.raw)
    if known is not None:
        return str(known)
    said = {"value": str(value), "field": value.field.name}
    try:
        return {**said, "near": str(value.enclose(ENCLOSING_BITS))}
    except DomainError:
        return said


def compact(data: Any) -> str:
    """Plain data as one short line."""
    if isinstance(data, list):
        rows = (compact(x) for x in data)
        return f"[{'; '.join(rows) if data and isinstance(data[0], list) else ', '.join(rows)}]"
    if isinstance(data, dict):
        if "near" in data or "field" in data:
            return str(data["value"])
        if "function" in data:
            return str(data["function"]) + _with(data["with"].items())
        if "shape" in data:
            return f"{data['shape'][0]} x {data['shape'][1]}"
        return "{" + ", ".join(f"{k}: {compact(x)}" for k, x in data.items()) + "}"
    return str(data)


def _with(items: Iterable[tuple[str, Any]]) -> str:
    said = ", ".join(f"{lettered(k)} = {compact(x)}" for k, x in items)
    return f" with {said}" if said else ""
