"""Problem files: a network, samples and a point as JSON, for `classify`.

A number is an integer, a text "p/q", or a text with a constant in exp, log, tanh, atan, sqrt, such
as "sqrt(2)/2"; texts are parsed, never evaluated.

Objects: Problem. Functions: problem_from_text, problem_from_data, read_problem.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from symbolic_landscape.arithmetic import exact
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.formula import CALLS, parse_formula, parse_number, to_sympy
from symbolic_landscape.networks import Network, Parameters, Samples

MOST_CHARACTERS = 20_000_000
MOST_DIGITS = 2_000
MOST_DECIMALS = 40

_KEYS = {"widths", "activation", "samples", "parameters"}
_OPTIONAL = {"output_activation", "loss", "bias", "near"}


@dataclass(frozen=True)
class Problem:
    """A loss surface and a point; `near` says that the point is only close to the one meant.

    `data` is what the file holds, where the problem comes from one.
    """

    surface: LossSurface
    point: Parameters
    near: bool = False
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def read_problem(path: Path) -> Problem:
    """The problem in a file.

    Raises ProblemError: the file cannot be read, or what is wrong with which part of it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"problem {path}: a readable file was needed, got {type(error).__name__}"
        raise ProblemError(message) from error
    return problem_from_text(text, str(path))


def problem_from_text(text: str, where: str = "problem") -> Problem:
    """The problem in a JSON text. Raises ProblemError: what is wrong with which part of it."""
    if len(text) > MOST_CHARACTERS:
        message = f"{where}: at most {MOST_CHARACTERS} characters are read, got {len(text)}"
        raise ProblemError(message)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except ProblemError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    except RecursionError as error:
        message = f"{where}: lists nested so deeply are not read"
        raise ProblemError(message) from error
    except json.JSONDecodeError as error:
        message = f"{where}: JSON was needed, got {error.msg} in line {error.lineno}"
        raise ProblemError(message) from error
    return problem_from_data(data, where)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"each key once was needed, got {_short(key)} twice"
            raise ProblemError(message)
        found[key] = value
    return found


def _no_float(text: str) -> NoReturn:
    example = "1/2"
    if len(text) <= MOST_DECIMALS and re.fullmatch(r"-?\d+\.\d+", text):
        example = str(Fraction(text))
    message = f'exact numbers were needed, such as 2 or "{example}", got {text[:MOST_DECIMALS]}'
    raise ProblemError(message)


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        message = f"numbers of at most {MOST_DIGITS} digits were needed, got {len(text)}"
        raise ProblemError(message)
    return int(text)


def _short(text: object) -> str:
    shown = repr(text)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def problem_from_data(data: Any, where: str = "problem") -> Problem:
    """The problem in the data of a JSON object. Raises ProblemError: what is wrong where."""
    _need_keys(data, _KEYS, _OPTIONAL, where)
    samples, parameters = data["samples"], data["parameters"]
    bias, near = data.get("bias", True), data.get("near", False)
    for name, value in (("bias", bias), ("near", near)):
        if not isinstance(value, bool):
            message = f"{where}: {name} true or false was needed, got {_short(value)}"
            raise ProblemError(message)
    _need_keys(samples, {"inputs", "targets"}, set(), f"{where}, samples")
    given = {"weights"} | ({"biases"} if bias else set())
    _need_keys(parameters, given, set(), f"{where}, parameters")
    try:
        network = Network(
            widths=_listed(data["widths"], 1, "widths"),
            activation=data["activation"],
            output_activation=data.get("output_activation", "linear"),
            bias=bias,
        )
        surface = network.loss(
            Samples(
                inputs=_numbers(samples["inputs"], 2, "samples: inputs"),
                targets=_numbers(samples["targets"], 2, "samples: targets"),
            ),
            data.get("loss", "sum"),
        )
        point = Parameters(
            weights=_numbers(parameters["weights"], 3, "parameters: weights"),
            biases=_numbers(parameters.get("biases", []), 2, "parameters: biases"),
        )
        network.need_parameters(point)
    except LandscapeError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    return Problem(surface, point, near, data)


def _need_keys(data: Any, needed: set[str], optional: set[str], where: str) -> None:
    if not isinstance(data, Mapping):
        message = f"{where}: an object was needed, got {type(data).__name__}"
        raise ProblemError(message)
    missing = sorted(needed - set(data))
    if missing:
        message = f"{where}: the key {missing[0]!r} was needed, got {_short(sorted(data))}"
        raise ProblemError(message)
    strange = sorted(set(data) - needed - optional)
    if strange:
        known = ", ".join(sorted(needed | optional))
        message = f"{where}: keys are {known}, got {_short(strange[0])}"
        raise ProblemError(message)


def _listed(value: Any, depth: int, where: str) -> Any:
    """The value, if it is a list of lists of ... to this depth, with no lists inside."""
    if depth == 0:
        if isinstance(value, list | Mapping):
            message = f"{where}: a number was needed, got {_short(value)}"
            raise ProblemError(message)
        return value
    if not isinstance(value, list):
        message = f"{where}: a list was needed, got {_short(value)}"
        raise ProblemError(message)
    return [_listed(part, depth - 1, where) for part in value]


def _numbers(value: Any, depth: int, where: str) -> Any:
    """Nested lists with each text replaced by the exact number that it stands for."""
    if depth == 0:
        return _number(_listed(value, 0, where), where)
    if not isinstance(value, list):
        message = f"{where}: a list was needed, got {_short(value)}"
        raise ProblemError(message)
    return [_numbers(part, depth - 1, f"{where} [{i}]") for i, part in enumerate(value)]


def _number(value: Any, where: str) -> Any:
    if not isinstance(value, str) or not any(f"{name}(" in value for name in CALLS):
        return parse_number(value, where)
    try:
        formula = parse_formula(value)
    except LandscapeError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    if not formula.is_constant:
        message = f"{where}: a number was needed, got the function {_short(value)}"
        raise ProblemError(message)
    try:
        return exact(to_sympy(formula, 0))
    except LandscapeError as error:
        message = f"{where}: {_short(value)} lies in no field of the package: {error}"
        raise ProblemError(message) from error
