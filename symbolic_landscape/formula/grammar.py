"""The small parser that reads a formula from its text.

Functions: parse_formula.

Design notes. The grammar is sum > product > signed > power > atom, with ** binding to the right of
it as in Python. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula.numbers import DECIMAL, decimal
from symbolic_landscape.formula.pieces import (
    absolute,
    in_normal_form,
    joined,
    maximum,
    minimum,
)
from symbolic_landscape.formula.tree import (
    CALLS,
    MOST_EXPONENT,
    ZERO,
    Const,
    Formula,
    T,
    call,
    power,
    product,
    total,
)

PIECES = {"max": (2, 20), "min": (2, 20), "abs": (1, 1), "piece": (2, 3)}
"""How many formulas each takes."""

MOST_TEXT = 4_000
MOST_DEPTH = 60


def parse_formula(text: str, variable: str = "t") -> Formula:
    """The formula in the text, in the one variable named.

    Raises ParseError: with the position of the first thing that is not in the grammar.

    >>> str(parse_formula("5*t**4 + 2 - 1"))
    '5*t**4 + 1'
    """
    return in_normal_form(_Parser(text, variable).formula())


_TOKEN = re.compile(rf"\s*(?:({DECIMAL})|([A-Za-z_]\w*)|(\*\*|[-+*/(),]))", re.ASCII)


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
            self.tokens.append((token.group(token.lastindex or 0), start))
            position = token.end()
        self.place = 0

    @staticmethod
    def strange(character: str) -> str:
        if character == "^":
            return "powers are written **, got '^'"
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
        if token[:1].isdigit() or token[:1] == ".":
            return Const(decimal(token, self.located("a number", position)))
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
        if token in PIECES:
            return self.pieces(token, position)
        if not token:
            self.refuse("a number, a function or a bracket was needed, got the end", position)
        if token[0].isalpha() or token[0] == "_":
            known = f"{self.variable}, {', '.join((*CALLS, *PIECES))}"
            self.refuse(f"names are {known}, got {token!r}", position)
        reason = f"a number, a function or a bracket was needed, got {token!r}"
        message = self.located(reason, position)
        raise ParseError(message)

    def pieces(self, name: str, position: int) -> Formula:
        """Max, min, abs or piece of what stands in brackets after it."""
        arguments = self.arguments(name, position)
        least, most = PIECES[name]
        if not least <= len(arguments) <= most:
            needed = str(least) if least == most else f"{least} to {most}"
            self.refuse(f"{name} takes {needed} formulas, got {len(arguments)}", position)
        try:
            if name == "abs":
                return absolute(arguments[0])
            if name != "piece":
                return (maximum if name == "max" else minimum)(arguments)
            at = arguments[2] if len(arguments) == 3 else ZERO
            if not isinstance(at, Const):
                self.refuse(f"pieces join at a number, got {at}", position)
            return joined(arguments[0], arguments[1], at.value)
        except DomainError as error:
            self.refuse(str(error), position)

    def arguments(self, name: str, position: int) -> list[Formula]:
        """The formulas between brackets, with commas between them."""
        if self.take() != "(":
            self.refuse(f"{name} needs its arguments in brackets", position)
        found = [self.sum()]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        if self.peek() != ")":
            got = repr(self.peek()) if self.peek() else "the end"
            self.refuse(f"a comma or a closing bracket was needed, got {got}", self.position())
        self.take()
        return found

    def closed(self) -> Formula:
        inside = self.sum()
        if self.peek() != ")":
            got = repr(self.peek()) if self.peek() else "the end"
            self.refuse(f"a closing bracket was needed, got {got}", self.position())
        self.take()
        return inside
