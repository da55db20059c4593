"""Exact numbers as texts: the same that problem files and the stand-alone verifier read.

Functions: text_of.
"""

from __future__ import annotations

import re

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.atoms import AtomField


def text_of(value: Scalar) -> str | None:
    """The text of a number in functions of rational numbers; None where its letters have none.

    Problem files and the stand-alone verifier read it.
    """
    field = value.field
    rational = field.rational_value(value.raw) if field.decides_equality else None
    if rational is not None:
        return str(rational)
    text = str(value).replace("^", "**")
    if isinstance(field, AtomField):
        for place in reversed(range(len(field.book.values))):
            function, argument = field.book.values[place]
            meaning = f"{function}({field.text(argument)})"
            text = re.sub(rf"\bf{place}\b", meaning.replace("^", "**"), text)
        return text
    letter = re.fullmatch(r"Q\((\w+)\) with \1 = (?:e\^(\(.*\))|log (\w+))", field.name)
    if letter is None:
        return text if field.name.startswith("Q(sqrt") else None
    name, exponent, argument = letter.groups()
    meaning = f"exp{exponent}" if exponent else f"log({argument})"
    return re.sub(rf"\b{name}\b", meaning, text)
