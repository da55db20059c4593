"""Problem files: a network, samples and a point as JSON, for `classify`.

Objects: Problem. Functions: problem_from_text, problem_from_data, read_problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.exact_json import (
    MOST_CHARACTERS,
    fractions,
    listed,
    need_keys,
    numbers,
    parsed,
    short,
)
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.files import read_text
from symbolic_landscape.networks import Network, Parameters, Samples

SCHEMA = "lemma-check/problem/2"
_KEYS = {"widths", "activation", "samples", "parameters"}
_OPTIONAL = {"schema", "output_activation", "loss", "bias", "near"}


@dataclass(frozen=True)
class Problem:
    """A loss surface and a point; `near` says that the point is only close to the one meant.

    `data` is what the file holds, decimals as fractions, and `notes` say what was done to numbers.
    """

    surface: LossSurface
    point: Parameters
    near: bool = False
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    notes: tuple[str, ...] = ()


def read_problem(path: Path) -> Problem:
    """The problem in a file.

    Raises ProblemError: the file cannot be read, or what is wrong with which part of it.
    """
    return problem_from_text(read_text(path, "problem", MOST_CHARACTERS), str(path))


def problem_from_text(text: str, where: str = "problem") -> Problem:
    """The problem in a JSON text. Raises ProblemError: what is wrong with which part of it."""
    data, note = parsed(text, where)
    problem = problem_from_data(data, where)
    return problem if note is None else replace(problem, notes=(*problem.notes, note))


def problem_from_data(data: Any, where: str = "problem") -> Problem:
    """The problem in the data of a JSON object. Raises ProblemError: what is wrong where."""
    need_keys(data, _KEYS, _OPTIONAL, where)
    if data.get("schema", SCHEMA) != SCHEMA:
        message = f'{where}: the schema "{SCHEMA}" was needed, got {short(data["schema"])}'
        raise ProblemError(message)
    samples, parameters = data["samples"], data["parameters"]
    bias, near = data.get("bias", True), data.get("near", False)
    for name, value in (("bias", bias), ("near", near)):
        if not isinstance(value, bool):
            message = f"{where}: {name} true or false was needed, got {short(value)}"
            raise ProblemError(message)
    need_keys(samples, {"inputs", "targets"}, set(), f"{where}, samples")
    given = {"weights"} | ({"biases"} if bias else set())
    need_keys(parameters, given, set(), f"{where}, parameters")
    try:
        network = Network(
            widths=listed(data["widths"], 1, "widths"),
            activation=data["activation"],
            output_activation=data.get("output_activation", "linear"),
            bias=bias,
        )
        surface = network.loss(
            Samples(
                inputs=numbers(samples["inputs"], 2, "samples: inputs"),
                targets=numbers(samples["targets"], 2, "samples: targets"),
            ),
            data.get("loss", "sum"),
        )
        point = Parameters(
            weights=numbers(parameters["weights"], 3, "parameters: weights"),
            biases=numbers(parameters.get("biases", []), 2, "parameters: biases"),
        )
        network.need_parameters(point)
    except LandscapeError as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    plain = {key: value for key, value in data.items() if key != "schema"}
    exact = {key: fractions(plain[key]) for key in ("samples", "parameters")}
    return Problem(surface, point, near, {**plain, **exact})
