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
    need_keys,
    numbers,
    parsed,
    short,
)
from symbolic_landscape.critical.stated_networks import Stated, stated_network
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.files import read_text
from symbolic_landscape.networks import Point, Samples

SCHEMA = "lemma-check/problem/2"
_KEYS = {"samples", "parameters"}
_OPTIONAL = {"schema", "loss", "near", "weight_decay"}


@dataclass(frozen=True)
class Problem:
    """A loss surface and a point; `near` says that the point is only close to the one meant.

    `data` is what the file holds, decimals as fractions, and `notes` say what was done to numbers.
    """

    surface: LossSurface
    point: Point
    near: bool = False
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    notes: tuple[str, ...] = ()


def read_problem(path: Path) -> Problem:
    """The problem in a file; a file of weights that it names lies in the same folder.

    Raises ProblemError: the file cannot be read, or what is wrong with which part of it.
    """
    text = read_text(path, "problem", MOST_CHARACTERS)
    return problem_from_text(text, str(path), path.parent)


def problem_from_text(text: str, where: str = "problem", folder: Path | None = None) -> Problem:
    """The problem in a JSON text. Raises ProblemError: what is wrong with which part of it."""
    data, note = parsed(text, where)
    problem = problem_from_data(data, where, folder)
    return problem if note is None else replace(problem, notes=(*problem.notes, note))


def problem_from_data(data: Any, where: str = "problem", folder: Path | None = None) -> Problem:
    """The problem in the data of a JSON object. Raises ProblemError: what is wrong where."""
    need_keys(data, _KEYS, set(data) if isinstance(data, Mapping) else (), where)
    if data.get("schema", SCHEMA) != SCHEMA:
        message = f'{where}: the schema "{SCHEMA}" was needed, got {short(data["schema"])}'
        raise ProblemError(message)
    near = data.get("near", False)
    if not isinstance(near, bool):
        message = f"{where}: near true or false was needed, got {short(near)}"
        raise ProblemError(message)
    samples = data["samples"]
    need_keys(samples, {"inputs", "targets"}, {"weights"}, f"{where}, samples")
    try:
        stated = stated_network(data, _KEYS | _OPTIONAL, where, folder)
        surface = stated.network.loss(
            Samples(
                inputs=numbers(samples["inputs"], 2, "samples: inputs"),
                targets=numbers(samples["targets"], 2, "samples: targets"),
                weights=_weights(samples),
            ),
            data.get("loss", "sum"),
            weight_decay=data.get("weight_decay", 0),
        )
    except LandscapeError as error:
        message = str(error) if str(error).startswith(where) else f"{where}: {error}"
        raise ProblemError(message) from error
    return Problem(surface, stated.point, near, _plain(data, stated), stated.notes)


def _weights(samples: Mapping[str, Any]) -> Any:
    return numbers(samples["weights"], 1, "samples: weights") if "weights" in samples else None


def _plain(data: Mapping[str, Any], stated: Stated) -> dict[str, Any]:
    """What the file holds, with every number as a fraction and the weights in it."""
    kept = {key: value for key, value in data.items() if key != "schema"}
    parameters = data["parameters"] if stated.parameters is None else stated.parameters
    return {**kept, "samples": fractions(data["samples"]), "parameters": fractions(parameters)}
