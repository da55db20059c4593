"""Identities between SymPy expressions, decided as identities of rational functions.

Symbols become generators of Q(x, ...), and every function atom becomes one more: two atoms share a
generator if they have the same function and the same argument, say sigma1(g). Equal fractions are
an identity for all values of the symbols, and of generic functions, where both sides are defined.

Functions: identity_equal.

Design notes. Different fractions refute the claim only if every function is generic, since sigma
and its derivatives may take any values at distinct arguments. Relations such as tanh' = 1 - tanh^2
or e^(2x) = (e^x)^2 are unknown to the atoms, so a difference between concrete functions stays
undecided.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Matrix, RationalFunctions, Scalar, equal
from symbolic_landscape.errors import DomainError, InexactError, ShapeError
from symbolic_landscape.verdict import Verdict, undecided


def identity_equal(a: Any, b: Any) -> Verdict:
    """Whether two SymPy expressions, or matrices, are equal for all values of what occurs in them.

    HOLDS speaks of all values at which both sides are defined. FAILS is given only if all functions
    that occur are generic. Raises InexactError: a float. Raises ShapeError: unequal shapes.

    >>> import sympy
    >>> x, y = sympy.symbols("x y")
    >>> identity_equal((x + y) ** 2, x**2 + 2 * x * y + y**2).outcome
    <Outcome.HOLDS: 'holds'>
    """
    left, right = _rows(a), _rows(b)
    if [len(row) for row in left] != [len(row) for row in right]:
        message = f"identity: equal shapes were needed, got {_shape(left)} and {_shape(right)}"
        raise ShapeError(message)
    try:
        atoms = _Atoms([x for rows in (left, right) for row in rows for x in row])
        verdict = equal(atoms.value(left), atoms.value(right))
    except DomainError as error:
        return undecided(f"the sides are not rational functions of their atoms: {error}")
    return verdict if atoms.only_generic else _without_refutation(verdict)


def _without_refutation(verdict: Verdict) -> Verdict:
    """The verdict with UNDECIDED for FAILS: the atoms may satisfy relations."""
    if not verdict.is_fails:
        return verdict
    reason = f"{verdict.reason}, if the functions in it satisfy no relation"
    return replace(undecided(reason), data=verdict.data)


def _rows(value: Any) -> list[list[Any]]:
    if hasattr(value, "shape"):
        height, width = value.shape
        return [[value[i, j] for j in range(width)] for i in range(height)]
    import sympy

    return [[sympy.sympify(value, strict=True)]]


def _names(atoms: list[Any]) -> tuple[str, ...]:
    """A readable name for each atom: a symbol's own, or the function's with a number."""
    names: dict[str, None] = {}
    for i, atom in enumerate(atoms):
        name = str(atom) if atom.is_Symbol else f"{atom.func.__name__}_{i}"
        if not name.isidentifier() or name in names:
            name = f"atom_{i}"
        names[name] = None
    return tuple(names)


def _shape(rows: list[list[Any]]) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0


class _Atoms:
    """The symbols and function values in some expressions, each with a generator of one field."""

    def __init__(self, expressions: list[Any]) -> None:
        self.only_generic = True
        self._elements: dict[Any, Any] = {}
        symbols: dict[Any, None] = {}
        functions: dict[Any, None] = {}
        for expression in expressions:
            self._collect(expression, symbols, functions)
        symbols = dict.fromkeys(sorted(symbols, key=str))
        names = _names([*symbols, *functions])
        self.field = RationalFunctions(names or ("x",))
        for symbol, name in zip(symbols, names, strict=False):
            self._elements[symbol] = self.field.generator(name).raw
        self._values: dict[tuple[Any, ...], Any] = {}
        for function, name in zip(functions, names[len(symbols) :], strict=True):
            self._elements[function] = self._value_of(function, self.field.generator(name).raw)

    def _collect(self, root: Any, symbols: dict[Any, None], functions: dict[Any, None]) -> None:
        """Adds symbols and function atoms, inner ones first."""
        pending = [(root, False)]
        seen: set[Any] = set()
        while pending:
            expression, ready = pending.pop()
            if ready:
                functions[expression] = None
            if ready or expression in seen:
                continue
            seen.add(expression)
            if expression.is_Float:
                message = f"identity: exact numbers were needed, got the float {expression}"
                raise InexactError(message)
            if expression.is_Symbol:
                symbols[expression] = None
            elif self._is_atom(expression):
                self.only_generic &= hasattr(expression.func, "generic")
                pending.append((expression, True))
            pending += [(part, False) for part in expression.args]

    @staticmethod
    def _is_atom(expression: Any) -> bool:
        if expression.is_Rational or expression.is_Add or expression.is_Mul:
            return False
        return not (expression.is_Pow and expression.exp.is_Integer)

    def _value_of(self, function: Any, fresh: Any) -> Any:
        """The element of a function atom: the one of an equal atom met before, or the fresh one.

        tanh, atan and exp at -x are minus, minus and one over their values at x.
        """
        if not getattr(function, "is_Function", False) or function.is_Piecewise:
            return self._values.setdefault((function,), fresh)
        arguments = [self._element(part) for part in function.args]
        name = function.func.__name__
        mirrored = name in {"tanh", "atan", "exp"} and self._leads_negative(arguments[0])
        if mirrored:
            arguments = [self.field.negative(arguments[0])]
        key = (function.func, *(self.field.text(argument) for argument in arguments))
        value = self._values.setdefault(key, fresh)
        if not mirrored:
            return value
        return self.field.inverse(value) if name == "exp" else self.field.negative(value)

    def _leads_negative(self, argument: Any) -> bool:
        return self.field.text(argument).startswith("-")

    def _element(self, expression: Any) -> Any:
        found = self._elements.get(expression)
        if found is not None:
            return found
        field = self.field
        if expression.is_Rational:
            result = field.constant(Fraction(int(expression.p), int(expression.q)))
        elif expression.is_Pow:
            result = field.power(self._element(expression.base), int(expression.exp))
        else:
            combine = field.add if expression.is_Add else field.multiply
            parts = [self._element(part) for part in expression.args]
            result = parts[0]
            for part in parts[1:]:
                result = combine(result, part)
        self._elements[expression] = result
        return result

    def value(self, rows: list[list[Any]]) -> Scalar | Matrix:
        """The rows as a matrix over the field, or the one entry as a scalar."""
        if _shape(rows) == (1, 1):
            return Scalar(self.field, self._element(rows[0][0]))
        raws = [[self._element(value) for value in row] for row in rows]
        return self.field.from_raw(raws, width=_shape(rows)[1])
