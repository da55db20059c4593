"""Free exact objects by sort: numbers, matrices, families, functions, sets.

Objects: Source, FUNCTIONS. Functions: some_object.

Design notes. A function that is no formula in one real variable is a small polynomial of what it is
given: of entries and traces of matrices, of members of families. Its tree is shown with it, so that
a counterexample can be checked by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.matrices import some_matrix, some_number
from symbolic_landscape.judge.values import Family, Function, UnsettledError
from symbolic_landscape.statement.normal import FALSE, TRUE
from symbolic_landscape.statement.term import (
    FORMULA,
    INT,
    NAT,
    NUMBERS,
    REAL,
    SCALAR_FUNCTION,
    Term,
    apply,
    num,
    substitute,
    term,
    var,
)

FUNCTIONS = tuple(
    Activation.of(text if text == "relu" else parse_formula(text))
    for text in (
        "t", "t**2", "t**3", "t + t**3", "0", "1", "-t", "1/(1 + t**2)", "relu", "t**2 - t",
        "2*t - 1", "t/(1 + t**2)", "t**4 - 2*t**2", "(1 + t**2)/2",
    )
)  # fmt: skip
"""Functions of one real number."""

THIRD = Fraction(1, 3)
WEIGHTS = (THIRD, 1 - THIRD), (1 - THIRD, THIRD), (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
"""Weights of the values over which a drawn mean is taken."""

FIRST, BEYOND = -1, 2
"""A family is given from FIRST up to BEYOND more than the largest size."""


@dataclass(frozen=True)
class Source:
    """What objects are drawn from: the values of the sizes in a sort, chance, the largest size."""

    integer: Callable[[Term], int]
    value: Callable[[Term], Any]
    random: Random
    largest: int

    def shape(self, sort: Term) -> tuple[int, int]:
        """The shape of a sort of matrices. Raises UnsettledError where it is negative."""
        rows, columns = map(self.integer, sort.args)
        if min(rows, columns) < 0:
            message = f"there is no matrix of shape {rows} x {columns}"
            raise UnsettledError(message)
        return rows, columns


def some_object(sort: Term, source: Source) -> Any:
    """A value of this sort. Raises UnsettledError for a sort of which none are drawn."""
    random = source.random
    if sort is NAT:
        return random.randint(0, source.largest)
    if sort is INT:
        return random.randint(-1, source.largest)
    if sort is REAL:
        return some_number(random)
    if sort.head == "matrix":
        return some_matrix(*source.shape(sort), random)
    if sort.head != "fun":
        message = f"no objects of sort {sort!r} are drawn"
        raise UnsettledError(message)
    x, codomain = sort.args
    if x.args[0] in (INT, NAT):
        return _index_set(x, source) if codomain is FORMULA else _some_family(sort, source)
    if sort is SCALAR_FUNCTION:
        return random.choice(FUNCTIONS)
    return _Body(source).function(sort)


def _some_family(sort: Term, source: Source) -> Family:
    x, codomain = sort.args
    values = {}
    for k in range(FIRST, source.largest + BEYOND + 1):
        try:
            if codomain is NAT:
                least = int(source.random.random() < 0.95)
                values[k] = source.random.randint(min(least, source.largest), source.largest)
            else:
                values[k] = some_object(substitute(codomain, {x: num(k)}), source)
        except UnsettledError:
            continue
    return Family.of(values)


def _index_set(i: Term, source: Source) -> Function:
    """A set of integers: none, all, up to some one, one or two of them."""
    a, b = (num(source.random.randint(0, source.largest)) for _ in range(2))
    bodies = FALSE, TRUE, term("le", i, a), term("or", term("eq", i, a), term("eq", i, b))
    return Function(term("lam", i, source.random.choice(bodies)))


@dataclass
class _Body:
    """The making of one function: a polynomial of its arguments, and the matrices in it."""

    source: Source
    arguments: list[Term] = field(default_factory=list)
    literals: dict[Term, Any] = field(default_factory=dict)

    def function(self, sort: Term) -> Function:
        """A function of this sort; its values may be functions again."""
        while sort.head == "fun":
            x, codomain = sort.args
            y = var(f"x{len(self.arguments) + 1}", x.args[0])
            self.arguments.append(y)
            sort = substitute(codomain, {x: y})
        mean = self._mean(sort)
        body = self._of_sort(sort) if mean is None else mean
        for y in reversed(self.arguments):
            body = term("lam", y, body)
        sizes = {v: self.source.value(v) for v in body.free if v not in self.literals}
        return Function(body, tuple({**self.literals, **sizes}.items()))

    def _mean(self, sort: Term) -> Term | None:
        """Where the argument is a function of a matrix, mostly the mean of its values at some."""
        y = self.arguments[0]
        plain = sort is REAL and len(self.arguments) == 1 and y.sort.head == "fun"
        if not plain or y.sort.args[1] is not REAL or y.sort.args[0].sort.head != "matrix":
            return None
        if self.source.random.random() < 0.1:
            return None
        weights = self._choice(WEIGHTS)
        values = [apply(y, self._literal(y.sort.args[0].sort)) for _ in weights]
        return term("add", *(term("mul", num(w), v) for w, v in zip(weights, values, strict=True)))

    def _choice(self, options: Sequence[Any]) -> Any:
        return self.source.random.choice(options)

    def _of_sort(self, sort: Term) -> Term:
        if sort in (INT, NAT):
            return num(self.source.random.randint(0, 2))
        if sort is REAL:
            return self._polynomial()
        if sort is FORMULA:
            p = self._polynomial()
            options = FALSE, TRUE, term("eq", p, num(0)), term("le", num(0), p)
            return self._choice((*options, term("not", term("eq", p, num(0)))))  # type: ignore[no-any-return]
        if sort.head == "matrix":
            return self._matrix(sort)
        message = f"no functions with values of sort {sort!r} are drawn"
        raise UnsettledError(message)

    def _literal(self, sort: Term) -> Term:
        """A matrix with small numbers, as a letter."""
        made = var(f"C{len(self.literals) + 1}", sort)
        self.literals[made] = some_matrix(*self.source.shape(sort), self.source.random)
        return made

    def _matrix(self, sort: Term) -> Term:
        if not sort.free.isdisjoint(self.arguments):
            return term("mul", self._polynomial(), term("ones", *sort.args))
        parts = [self._literal(sort)]
        if self.source.random.random() < 0.8:
            parts.append(term("mul", self._polynomial(), self._literal(sort)))
        inside = self._matrices()
        if inside and self.source.random.random() < 0.6:
            x = self._choice(inside)
            left = self._literal(_shaped(sort.args[0], x.sort.args[0]))
            right = self._literal(_shaped(x.sort.args[1], sort.args[1]))
            parts.append(term("mul", left, x, right))
        return term("add", *parts) if len(parts) > 1 else parts[0]

    def _matrices(self) -> list[Term]:
        """The matrices among the arguments, and members of the families among them."""
        out = []
        for y in self.arguments:
            if y.sort.head == "matrix":
                out.append(y)
            elif y.sort.head == "fun" and y.sort.args[1].head == "matrix":
                member = apply(y, num(self.source.random.randint(1, max(1, self.source.largest))))
                if member.sort.free.isdisjoint(self.arguments):
                    out.append(member)
        return out

    def _atom(self) -> Term:
        """A number that is made from the arguments."""
        options: list[Term] = [y for y in self.arguments if y.sort in NUMBERS]
        for y in self.arguments:
            if y.sort.head == "fun" and y.sort.args[1] in NUMBERS:
                domain = y.sort.args[0].args[0]
                options += [apply(y, num(1))] if domain in NUMBERS else []
        for x in self._matrices():
            options.append(term("entry", x, num(1), num(1)))
            options.append(term("trace", term("mul", term("tr", x), x)))
            options.append(term("trace", term("mul", term("tr", self._literal(x.sort)), x)))
        return self._choice(options) if options else num(1)

    def _polynomial(self) -> Term:
        a, b = self._atom(), self._atom()
        options = [
            a, a, term("mul", a, b), term("add", a, b), term("mul", a, a), term("add", a, num(1)),
            term("mul", num(-1), a), num(self._choice((0, 1))),
        ]  # fmt: skip
        return self._choice(options)  # type: ignore[no-any-return]


def _shaped(rows: Term, columns: Term) -> Term:
    return term("matrix", rows, columns)
