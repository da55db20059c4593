"""The text of a formula: the canonical writing and the small parser that reads it.

Functions: parsed, written.

Design notes. The grammar is sum > product > signed > power > atom, with ** binding to the right of
it as in Python. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NoReturn

from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula.numbers import MOST_DIGITS
from symbolic_landscape.formula.tree import (
    CALLS,
    MOST_EXPONENT,
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Generic,
    Mul,
    Piece,
    Pow,
    T,
    Var,
    call,
    power,
    product,
    total,
    unknown_node,
)

MOST_TEXT = 4_000
MOST_DEPTH = 60


def parsed(text: str, variable: str) -> Formula:
    """The formula in the text, in the one variable named. Raises ParseError with the position."""
    return _Parser(text, variable).formula()


def written(formula: Formula, variable: str) -> str:
    """The canonical text in the variable named."""
    return _text(formula, variable)[0]


_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = range(5)


def _wrapped(formula: Formula, variable: str, level: int) -> str:
    text, own = _text(formula, variable)
    return text if own >= level else f"({text})"


def _text(formula: Formula, variable: str) -> tuple[str, int]:
    match formula:
        case Const(value=value):
            if value < 0:
                return str(value), _UNARY if value.denominator == 1 else _PRODUCT
            return str(value), _ATOM if value.denominator == 1 else _PRODUCT
        case Var():
            return variable, _ATOM
        case Call(name=name, argument=argument):
            return f"{name}({_text(argument, variable)[0]})", _ATOM
        case Pow(base=base, exponent=exponent) if exponent >= 0:
            return f"{_wrapped(base, variable, _ATOM)}**{exponent}", _POWER
        case Pow(base=Pow() as base, exponent=exponent):
            return f"({_text(base, variable)[0]})**{exponent}", _POWER
        case Mul(factors=factors):
            return _product_text(factors, variable), _PRODUCT
        case Pow():
            return _product_text((formula,), variable), _PRODUCT
        case Add(terms=(first, *rest)):
            text = _wrapped(first, variable, _PRODUCT)
            for term in rest:
                part = _wrapped(term, variable, _PRODUCT)
                text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
            return text, _SUM
        case Piece(left=left, right=right):
            return (
                f"piece({_text(left, variable)[0]}, {_text(right, variable)[0]})",
                _ATOM,
            )
        case Generic():
            return f"{formula.label}({variable})", _ATOM
    raise unknown_node(formula)


def _product_text(factors: Sequence[Formula], variable: str) -> str:
    """Factors in their order; a reciprocal is written as a division, 1 in front where it leads."""
    sign, text = "", ""
    for i, factor in enumerate(factors):
        if i == 0 and isinstance(factor, Const):
            sign = "-" if factor.value < 0 else ""
            value = abs(factor.value)
            text = "" if value == 1 else str(value)
        elif isinstance(factor, Pow) and factor.exponent < 0 and not isinstance(factor.base, Pow):
            below = _wrapped(power(factor.base, -factor.exponent), variable, _POWER)
            text = f"{text or '1'}/{below}"
        else:
            part = _wrapped(factor, variable, _POWER)
            text = f"{text}*{part}" if text else part
    return sign + text


_TOKEN = re.compile(r"\s*(?:(\d+)|([A-Za-z_]\w*)|(\*\*|[-+*/()]))", re.ASCII)


class _Parser:
    """Recursive descent: sum > product > signed > power > atom."""

    def __init__(self, text: str, variable: str) -> None:
        if not isinstance(text, str):
            message = f"formula: text was needed, got {type(text).__name__}"
            raise ParseError(message)
        if len(text) > MOST_TEXT:
            message = f"formula: at most {MOST_TEXT} characters are read, got {len(text)}"
            raise ParseError(message)
        self.text, self.variable, self.depth = text, variable, 0
        self.tokens: list[tuple[str, int]] = []
        position = 0
        end = len(text.rstrip())
        while position < end:
            token = _TOKEN.match(text, position)
            if token is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                self.refuse(self.strange(text[start]), start)
            start = token.start(token.lastindex or 0)
            if token.group(1) and len(token.group(1)) > MOST_DIGITS:
                self.refuse(f"numbers have at most {MOST_DIGITS} digits", start)
            self.tokens.append((token.group(token.lastindex or 0), start))
            position = token.end()
        self.place = 0

    @staticmethod
    def strange(character: str) -> str:
        if character == "^":
            return "powers are written **, got '^'"
        if character == ".":
            return "decimal points are not read, write a fraction such as 1/2"
        return (
            f"a number, {', '.join(CALLS)}, + - * / ** or a bracket was needed, got {character!r}"
        )

    def located(self, reason: str, position: int) -> str:
        shown = self.text if len(self.text) <= 60 else self.text[:57] + "..."
        return f"formula {shown!r}, position {position}: {reason}"

    def refuse(self, reason: str, position: int) -> NoReturn:
        message = self.located(reason, position)
        raise ParseError(message)

    def peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def position(self) -> int:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else len(self.text)

    def take(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def formula(self) -> Formula:
        result = self.sum()
        if self.peek():
            self.refuse(f"an operator or the end was needed, got {self.peek()!r}", self.position())
        return result

    def sum(self) -> Formula:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            self.refuse(f"brackets nest at most {MOST_DEPTH} deep", self.position())
        terms = [self.product()]
        while self.peek() in {"+", "-"}:
            terms.append(self.product() if self.take() == "+" else -self.product())
        self.depth -= 1
        return total(terms)

    def product(self) -> Formula:
        factors = [self.signed()]
        while self.peek() in {"*", "/"}:
            position = self.position()
            factor = self.signed() if self.take() == "*" else self.folded(self.signed, position)
            factors.append(factor)
        return product(factors)

    def folded(self, operand: Callable[[], Formula], position: int) -> Formula:
        divisor = operand()
        if divisor == ZERO:
            self.refuse("division by zero", position)
        return power(divisor, -1)

    def signed(self) -> Formula:
        negative = False
        while self.peek() in {"+", "-"}:
            negative ^= self.take() == "-"
        return -self.power() if negative else self.power()

    def power(self) -> Formula:
        base = self.atom()
        if self.peek() != "**":
            return base
        position = self.position()
        self.take()
        exponent = self.signed()
        if not isinstance(exponent, Const) or exponent.value.denominator != 1:
            self.refuse(f"powers are integers, got {exponent}", position)
        if abs(exponent.value) > MOST_EXPONENT:
            self.refuse(f"exponents go up to {MOST_EXPONENT}", position)
        if base == ZERO and exponent.value < 0:
            self.refuse("division by zero", position)
        return power(base, int(exponent.value))

    def atom(self) -> Formula:
        position = self.position()
        token = self.take()
        if token.isdigit():
            return Const(Fraction(int(token)))
        if token == "(":
            return self.closed()
        if token == self.variable:
            return T
        if token in CALLS:
            if self.take() != "(":
                self.refuse(f"{token} needs its argument in brackets", position)
            argument = self.closed()
            try:
                return call(token, argument)
            except DomainError:
                self.refuse(f"{token}({argument}) has no real value", position)
        if not token:
            self.refuse("a number, a function or a bracket was needed, got the end", position)
        if token[0].isalpha() or token[0] == "_":
            known = f"{self.variable}, {', '.join(CALLS)}"
            self.refuse(f"names are {known}, got {token!r}", position)
        reason = f"a number, a function or a bracket was needed, got {token!r}"
        message = self.located(reason, position)
        raise ParseError(message)

    def closed(self) -> Formula:
        inside = self.sum()
        if self.peek() != ")":
            got = repr(self.peek()) if self.peek() else "the end"
            self.refuse(f"a closing bracket was needed, got {got}", self.position())
        self.take()
        return inside
