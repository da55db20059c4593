"""Networks among instances as problem files for `classify`.

Functions: problem_data, network_of, both_losses.

Design notes. The names are those of the setting of Nguyen and Hein (2017): X and Y hold samples and
labels as rows, W_k has n_(k-1) rows, and sigma acts on the outputs too. A problem file has W_k with
n_k rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.certificate.numbers import text_of
from symbolic_landscape.critical.classification import shown
from symbolic_landscape.critical.classify import classify_problem
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import LandscapeError, ProblemError, UnknownKeyError
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.values import Instance, formula_of
from symbolic_landscape.library.walking import Bench

SECONDS = 2.0
"""So many seconds of processor time a better point is sought."""

NEEDED = ("L", "n", "X", "Y", "W", "b", "sigma", "l")


def problem_data(instance: Instance) -> dict[str, Any]:
    """The network, its samples and its point. Raises ProblemError where the instance has none."""
    values = {str(v.name): x for v, x in instance.values.items()}
    lacking = [name for name in NEEDED if name not in values]
    if lacking:
        message = (
            f"a problem needs the values of {', '.join(NEEDED)}, but '{instance.name}' "
            f"has none of {', '.join(lacking)}"
        )
        raise ProblemError(message)
    try:
        data = _data(values)
        problem_from_data(data, f"'{instance.name}'")
    except LandscapeError as error:
        message = f"'{instance.name}' is no problem for classify: {error}"
        raise ProblemError(message) from error
    return data


def both_losses(instance: Instance) -> str:
    """The loss at the instance's point and at a better one, in words; empty where not known."""
    try:
        problem = problem_from_data(problem_data(instance), f"'{instance.name}'")
        found = classify_problem(problem, SECONDS)
    except LandscapeError:
        return ""
    better = found.better
    if better is None:
        return ""
    rows = zip(found.names, found.coordinates, better.coordinates, strict=True)
    place = ", ".join(f"{name} = {shown(new)}" for name, old, new in rows if new != old)
    return f"loss {shown(found.loss)} there, {shown(better.loss)} at {place}"


def network_of(bench: Bench, looking: Callable[[str], None]) -> tuple[Row, dict[str, Any]]:
    """The instance to show of a statement, of those that are problems, and its problem.

    It is the first that meets the hypotheses and refutes the conclusion, short ones first, else
    the first that meets them; `looking` hears the name of each instance that is looked at. Raises
    UnknownKeyError where there is none.
    """
    first: tuple[Row, dict[str, Any]] | None = None
    reason = "no instance meets its hypotheses"
    for row in bench.rows():
        looking(row.case.instance.name)
        if not row.met or (first is not None and not row.refuted):
            continue
        try:
            data = problem_data(row.case.instance)
        except ProblemError as error:
            reason = str(error)
            continue
        if row.refuted:
            return row, data
        first = row, data
    if first is None:
        said = f"{bench.statement.key} ({bench.statement.reading})"
        message = f"{said} has no network with a point to certify: {reason}"
        raise UnknownKeyError(message)
    return first


def _data(values: dict[str, Any]) -> dict[str, Any]:
    depth, sigma = values["L"], _function(values["sigma"], "sigma")
    return {
        "widths": [values["n"].at(k) for k in range(depth + 1)],
        "activation": sigma,
        "output_activation": sigma,
        "loss": _loss(values["l"]),
        "samples": {"inputs": _rows(values["X"]), "targets": _rows(values["Y"])},
        "parameters": {
            "weights": [_rows(values["W"].at(k).T) for k in range(1, depth + 1)],
            "biases": [_rows(values["b"].at(k))[0] for k in range(1, depth + 1)],
        },
    }


def _rows(matrix: Matrix) -> list[list[str]]:
    return [[text_of(entry) or str(entry) for entry in row] for row in matrix.tolist()]


def _function(value: Any, name: str) -> str:
    formula = formula_of(value)
    if formula is None:
        message = f"{name} must be a formula in t"
        raise ProblemError(message)
    return str(getattr(value, "name", formula))


def _loss(value: Any) -> str:
    """The loss as a problem names it."""
    formula = formula_of(value)
    if formula is None:
        message = "l must be a formula in one residual"
        raise ProblemError(message)
    loss = value if isinstance(value, ScalarLoss) else ScalarLoss.of(formula)
    return loss.name
