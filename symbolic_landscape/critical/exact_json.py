"""JSON in which every number is exact, and the parts of a problem file that are numbers.

A number is an integer, a text "p/q" or a decimal as text ("0.01"), or a text with a constant in
exp, log, tanh, atan, sqrt, such as "sqrt(2)/2"; texts are parsed, never evaluated. A JSON number
with a decimal point is taken only where the file says how, by the key "floats": "exact" for the
decimals as they are written, or how many digits are kept after the point.

Functions: parsed, need_keys, listed, numbers, number, fractions, short.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from symbolic_landscape.arithmetic import exact
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.formula import CALLS, parse_formula, parse_number, to_sympy

MOST_CHARACTERS = 20_000_000
MOST_DIGITS = 2_000
MOST_KEPT = 40
"""Most digits after the point that `floats` may ask for."""


class _Point(str):
    """The text of a JSON number with a decimal point or an exponent."""

    __slots__ = ()


def parsed(text: str, where: str) -> tuple[Any, str | None]:
    """The data of a JSON text, and what was done with numbers with a decimal point.

    Raises ProblemError: what is wrong with which part of it.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"{where}: at most {MOST_CHARACTERS} characters are read, got {len(text)}"
        raise ProblemError(message)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_float=_Point,
            parse_constant=_no_number,
            parse_int=_integer,
        )
        floats = data.pop("floats", None) if isinstance(data, dict) else None
        _need_floats(floats)
        found: list[str] = []
        settled = _settled(data, floats, found)
    except LandscapeError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    except RecursionError as error:
        message = f"{where}: lists nested so deeply are not read"
        raise ProblemError(message) from error
    except json.JSONDecodeError as error:
        message = f"{where}: JSON was needed, got {error.msg} in line {error.lineno}"
        raise ProblemError(message) from error
    if not found:
        return settled, None
    how = "as the decimals that are written" if floats == "exact" else f"rounded to {floats} digits"
    return settled, f"{len(found)} numbers with a decimal point were taken {how}"


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"each key once was needed, got {short(key)} twice"
            raise ProblemError(message)
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    message = f'finite exact numbers were needed, such as 2 or "1/2", got {text}'
    raise ProblemError(message)


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        message = f"numbers of at most {MOST_DIGITS} digits were needed, got {len(text)}"
        raise ProblemError(message)
    return int(text)


def _need_floats(floats: Any) -> None:
    is_count = isinstance(floats, int) and not isinstance(floats, bool)
    if floats is None or floats == "exact" or (is_count and 0 <= floats <= MOST_KEPT):
        return
    message = (
        f'floats: "exact" or a number of digits up to {MOST_KEPT} was needed, got {short(floats)}'
    )
    raise ProblemError(message)


def _settled(data: Any, floats: Any, found: list[str]) -> Any:
    """The data with each number with a decimal point as an exact text; those are also listed."""
    if isinstance(data, dict):
        return {key: _settled(value, floats, found) for key, value in data.items()}
    if isinstance(data, list):
        return [_settled(value, floats, found) for value in data]
    if not isinstance(data, _Point):
        return data
    found.append(data)
    if floats is None:
        shown = str(data) if len(data) <= MOST_KEPT else f"{data[:MOST_KEPT]}..."
        message = (
            f'exact numbers were needed, got {shown}; write the text "{shown}" for exactly that, '
            'or add "floats": "exact", or "floats": 6 to keep six digits of each'
        )
        raise ProblemError(message)
    value = parse_number(str(data))
    return str(value if floats == "exact" else round(value, floats))


def short(value: object) -> str:
    """The value for a message, cut after 60 characters."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def need_keys(data: Any, needed: Iterable[str], optional: Iterable[str], where: str) -> None:
    """Raise ProblemError unless the data are an object with these keys and no others."""
    if not isinstance(data, Mapping):
        message = f"{where}: an object was needed, got {type(data).__name__}"
        raise ProblemError(message)
    missing = sorted(set(needed) - set(data))
    if missing:
        message = f"{where}: the key {short(missing[0])} was needed, got {short(sorted(data))}"
        raise ProblemError(message)
    known = {*needed, *optional}
    strange = sorted(set(data) - known)
    if strange:
        message = f"{where}: keys are {', '.join(sorted(known))}, got {short(strange[0])}"
        raise ProblemError(message)


def listed(value: Any, depth: int, where: str) -> Any:
    """The value, if it is a list of lists of ... to this depth, with no lists inside."""
    if depth == 0:
        if isinstance(value, list | Mapping):
            message = f"{where}: a number was needed, got {short(value)}"
            raise ProblemError(message)
        return value
    if not isinstance(value, list):
        message = f"{where}: a list was needed, got {short(value)}"
        raise ProblemError(message)
    return [listed(part, depth - 1, where) for part in value]


def numbers(value: Any, depth: int, where: str) -> Any:
    """Nested lists with each text replaced by the exact number that it stands for."""
    if depth == 0:
        return number(listed(value, 0, where), where)
    if not isinstance(value, list):
        message = f"{where}: a list was needed, got {short(value)}"
        raise ProblemError(message)
    return [numbers(part, depth - 1, f"{where} [{i}]") for i, part in enumerate(value)]


def number(value: Any, where: str) -> Any:
    """The exact number that an integer or a text stands for."""
    if not isinstance(value, str) or not any(f"{name}(" in value for name in CALLS):
        return parse_number(value, where)
    try:
        formula = parse_formula(value)
    except LandscapeError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    if not formula.is_constant:
        message = f"{where}: a number was needed, got the function {short(value)}"
        raise ProblemError(message)
    try:
        return exact(to_sympy(formula, 0))
    except LandscapeError as error:
        message = f"{where}: {short(value)} lies in no field of the package: {error}"
        raise ProblemError(message) from error


def fractions(value: Any) -> Any:
    """Nested lists of numbers with every decimal written as the fraction that it is."""
    if isinstance(value, Mapping):
        return {key: fractions(part) for key, part in value.items()}
    if isinstance(value, list):
        return [fractions(part) for part in value]
    try:
        return str(parse_number(value))
    except LandscapeError:
        return value
