"""Certificates that forgeries start from, and what changes them.

Objects: SOURCES, PATHS, SPLITS, LOSSES, JOINTS, TIED, RAYS, LARGE.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from split_points import split_problem

from symbolic_landscape import path_to_global_minimum
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.gallery import exhibit, gallery
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    problem_file,
)

Data = dict[str, Any]
Forge = Callable[[Data, random.Random], Iterator[Data]]

MINIMA = ("strict local minimum", "non-strict local minimum")
KINDS = (*MINIMA, "local minimum", "maximum", "strict saddle", "saddle")
TRIES = 3
"""So many forgeries of a class are made from one certificate, where chance has a say."""

PATHS: dict[str, tuple[tuple[int, ...], int, str]] = {
    "path sigmoid first": ((1, 3, 2, 1), 1, "sigmoid"),
    "path tanh middle": ((1, 2, 3, 2, 1), 2, "tanh"),
    "path softplus last": ((1, 2, 3, 1), 2, "softplus"),
    "path arctan first": ((1, 3, 1, 1), 1, "arctan"),
    "path algebraic first": ((1, 3, 2, 2, 1), 1, "algebraic"),
    "path tanh only": ((1, 2, 1), 1, "tanh"),
}
"""Problems with a path to loss 0: widths, the wide layer, the activation."""
HALVES = ("1/2", "1/2")
SPLITS: dict[str, Any] = {
    "split 1-2-1": ((1, 1, 1), [[HALVES]], 1, 1),
    "split 1-2-1 sigmoid": ((1, 1, 1), [[HALVES]], 1, 1, "sigmoid"),
    "split 1-2-1 upside down": ((1, 1, 1), [[HALVES]], 2, -1),
    "split 1-2-1 by a negative share": ((1, 1, 1), [[("-1/2", "3/2")]], 1, 1),
    "split 1-2-1 by no share": ((1, 1, 1), [[("0", "1")]], 1, 1),
    "split 1-2-2-1": ((1, 1, 1, 1), [[HALVES], [("1/3", "2/3")]], 2, 1),
    "split below two units": ((1, 1, 2, 1), [[HALVES], [("1",), ("1",)]], 1, 1),
}
"""Points at which units are copies: widths of the smaller network, shares, seed, sign of B."""
FOUR = [["-1"], ["0"], ["1"], ["2"]]
THREE = [["0"], ["1"], ["2"]]
LOSSES: dict[str, Data] = {
    "decay of a line": {
        "widths": [1, 1], "activation": "linear", "weight_decay": "1/2",
        "samples": {"inputs": THREE, "targets": [["1"], ["0"], ["3"]]},
        "parameters": {"weights": [[["4/5"]]], "biases": [["8/15"]]}},
    "decay at 0": {
        "widths": [1, 1, 1], "activation": "tanh", "bias": False, "weight_decay": ["3", "2"],
        "samples": {"inputs": [["1"], ["2"]], "targets": [["1"], ["-1"]]},
        "parameters": {"weights": [[["0"]], [["0"]]]}},
    "decay of two units": {
        "widths": [1, 2, 1], "activation": "tanh", "near": True, "weight_decay": "0.01",
        "samples": {"inputs": FOUR, "targets": [["-1"], ["0"], ["1/2"], ["2"]]},
        "parameters": {
            "weights": [[["1.11552116"], ["1.37378282"]], [["0.98486081", "1.25565382"]]],
            "biases": [["0.85381", "-2.34037117"], ["0.52041339"]]}},
    "decay at a fit": {
        "widths": [1, 1, 1], "activation": "linear", "bias": False,
        "weight_decay": {"W1_11": "1/100"},
        "samples": {"inputs": THREE, "targets": THREE},
        "parameters": {"weights": [[["1"]], [["1"]]]}},
    "weighted line": {
        "widths": [1, 1], "activation": "linear", "loss": "mean",
        "samples": {"inputs": THREE, "targets": [["1"], ["0"], ["3"]], "weights": ["1", "2", "1"]},
        "parameters": {"weights": [[["1"]]], "biases": [["0"]]}},
    "weighted means": {
        "widths": [1, 1], "activation": "linear",
        "samples": {"inputs": [["1"], ["1"]], "targets": [["1"], ["4"]], "weights": ["1/4", "3/4"]},
        "parameters": {"weights": [[["1"]]], "biases": [["9/4"]]}},
    "weighted rank": {
        "widths": [2, 1, 2], "activation": "linear", "bias": False,
        "samples": {"inputs": [["1", "0"], ["0", "1"]], "targets": [["1", "0"], ["0", "1"]],
                    "weights": ["4", "1"]},
        "parameters": {"weights": [[["1", "0"]], [["1"], ["0"]]]}},
    "logistic line": {
        "widths": [1, 1], "activation": "linear", "loss": "logistic", "near": True,
        "samples": {"inputs": FOUR, "targets": [["0"], ["1"], ["0"], ["1"]]},
        "parameters": {"weights": [[["0.90818426"]]], "biases": [["-0.45409213"]]}},
    "poisson line": {
        "widths": [1, 1], "activation": "linear", "loss": "poisson",
        "samples": {"inputs": [["0"], ["1"]], "targets": [["1"], ["2"]]},
        "parameters": {"weights": [[["log(2)"]]], "biases": [["0"]]}},
    "classes of a line": {
        "widths": [1, 2], "activation": "linear", "loss": "cross_entropy",
        "samples": {"inputs": [["-1"], ["1"]], "targets": [["1/2", "1/2"], ["1/2", "1/2"]],
                    "weights": ["1", "2"]},
        "parameters": {"weights": [[["0"], ["0"]]], "biases": [["0", "0"]]}},
    "classes near digits": {
        "widths": [1, 2], "activation": "linear", "loss": "cross_entropy", "near": True,
        "samples": {"inputs": FOUR, "targets": [[0], [1], [0], [1]]},
        "parameters": {"weights": [[["-0.45409213"], ["0.45409213"]]],
                       "biases": [["0.22704606", "-0.22704606"]]}},
    "classes with a hidden unit": {
        "widths": [1, 1, 2], "activation": "tanh", "loss": "cross_entropy", "near": True,
        "weight_decay": {"weights": "1/20", "biases": "1/50"},
        "samples": {"inputs": FOUR, "targets": [[0], [1], [1], [0]]},
        "parameters": {
            "weights": [[["1.74238879"]], [["-0.8939522"], ["0.8939522"]]],
            "biases": [["1.23128545"], ["0.57000091", "-0.57000091"]]}},
}  # fmt: skip
"""Problems with weight decay, weights of samples, likelihoods and classes."""
JOINTS: dict[str, Data] = {
    "joints of relu at 0": {
        "widths": [2, 2, 1], "activation": "relu", "bias": False,
        "samples": {"inputs": [["-1", "1"], ["1", "1"]], "targets": [["1/4"], ["1"]]},
        "parameters": {"weights": [[["0", "0"], ["0", "0"]], [["0", "0"]]]}},
    "joints of two layers": {
        "widths": [1, 1, 1, 1], "activation": "relu", "bias": False,
        "samples": {"inputs": [["1"], ["-2"]], "targets": [["1"], ["3"]]},
        "parameters": {"weights": [[["0"]], [["0"]], [["0"]]]}},
    "joint of abs": {
        "widths": [1, 1, 1], "activation": "abs(t)", "bias": False,
        "samples": {"inputs": [["1"]], "targets": [["-1"]]},
        "parameters": {"weights": [[["0"]], [["1"]]]}},
    "joint of abs less 1": {
        "widths": [1, 1, 1], "activation": "abs(t) - 1", "bias": False,
        "samples": {"inputs": [["1"], ["2"]], "targets": [["-1/2"], ["-3/2"]]},
        "parameters": {"weights": [[["0"]], [["1"]]]}},
    "joint of relu where the loss falls": {
        "widths": [1, 1, 1], "activation": "relu",
        "samples": {"inputs": [["1"], ["2"]], "targets": [["3"], ["1"]]},
        "parameters": {"weights": [[["-1"]], [["1"]]], "biases": [["1"], ["2"]]}},
    "corner of hard tanh": {
        "widths": [1, 1, 1], "activation": "min(max(t, -1), 1)", "bias": False,
        "samples": {"inputs": [["1"]], "targets": [["3"]]},
        "parameters": {"weights": [[["1"]], [["1"]]]}},
    "two cones of leaky relu": {
        "widths": [1, 1, 1], "activation": "max(t, t/10)",
        "samples": {"inputs": [["1"], ["2"], ["0"]], "targets": [["0"], ["1"], ["-1/10"]]},
        "parameters": {"weights": [[["1"]], [["1"]]], "biases": [["-1"], ["0"]]}},
    "median": {
        "widths": [1, 1], "activation": "linear", "bias": False, "loss": "abs(a)",
        "samples": {"inputs": [["1"], ["2"]], "targets": [["1"], ["3"]]},
        "parameters": {"weights": [[["3/2"]]]}},
    "line of absolute values": {
        "widths": [1, 1], "activation": "linear", "loss": "abs(a)",
        "samples": {"inputs": THREE, "targets": [["0"], ["3"], ["2"]]},
        "parameters": {"weights": [[["1"]]], "biases": [["0"]]}},
    "medians between two": {
        "widths": [1, 1], "activation": "linear", "bias": False, "loss": "abs(a)",
        "samples": {"inputs": [["1"], ["1"]], "targets": [["0"], ["1"]]},
        "parameters": {"weights": [[["0"]]]}},
    "fit of absolute values": {
        "widths": [1, 1, 1], "activation": "relu", "bias": False, "loss": "abs(a)",
        "samples": {"inputs": [["1"], ["2"]], "targets": [["1"], ["2"]]},
        "parameters": {"weights": [[["1"]], [["1"]]]}},
}  # fmt: skip
"""Problems with a point at a joint of an activation, or of the loss."""
TIED: dict[str, Data] = {
    "tied tanh": {
        "widths": [1, 1, 1], "activation": "tanh", "bias": False, "near": True,
        "shared": {"W2": "W1"},
        "samples": {"inputs": [["1"], ["2"]], "targets": [["1/2"], ["1"]]},
        "parameters": {"weights": [[["0.9"]], [["0.9"]]]}},
    "frozen below": {
        "widths": [1, 1, 1], "activation": "tanh", "bias": False, "frozen": ["W1_11"],
        "samples": {"inputs": [["1"], ["2"]], "targets": [["0"], ["0"]]},
        "parameters": {"weights": [[["1"]], [["0"]]]}},
}  # fmt: skip
"""Problems with shared or frozen parameters."""
RAYS: dict[str, Data] = {
    "separable logistic": {
        "widths": [1, 1], "activation": "linear", "loss": "logistic", "near": True,
        "samples": {"inputs": FOUR, "targets": [["0"], ["0"], ["1"], ["1"]]},
        "parameters": {"weights": [[["20"]]], "biases": [["-10"]]}},
    "separable classes": {
        "widths": [1, 2, 2], "activation": "tanh", "loss": "cross_entropy", "near": True,
        "samples": {"inputs": FOUR, "targets": [[0], [0], [1], [1]]},
        "parameters": {"weights": [[["1"], ["2"]], [["-10", "-9"], ["10", "11"]]],
                       "biases": [["-1/2", "-1"], ["0", "0"]]}},
}  # fmt: skip
"""Problems in which the last layer runs to infinity."""
TANH = Activation.of("tanh")
LARGE = {"split 2-3-2-1": (3, 2), "split 2-21-21-1": (21, 21)}
"""Networks that the 2-1-1-1 minimum of Petzka and Sminchisescu (2021) is split into."""


def _path_certificate(name: str) -> Data:
    widths, wide, activation = PATHS[name]
    size = sum((n + 1) * m for n, m in pairwise(widths))
    values = [str(Fraction((7 * i * i + 3 * i) % 17 - 8, 6)) for i in range(size)]
    weights, biases, at = [], [], 0
    for n, m in pairwise(widths):
        weights.append([values[at + i * n : at + (i + 1) * n] for i in range(m)])
        biases.append(values[at + m * n : at + m * n + m])
        at += m * n + m
    problem = problem_from_data(
        {
            "widths": list(widths),
            "activation": activation,
            "samples": {"inputs": [[0], [1], [-1]], "targets": [[1], [-2], ["1/2"]]},
            "parameters": {"weights": weights, "biases": biases},
        }
    )
    path = path_to_global_minimum(problem.surface, problem.point, wide=wide)
    return certificate(problem, classify_problem(problem), path)


@cache
def _written(name: str) -> str:
    if name in PATHS:
        return json.dumps(_path_certificate(name))
    if name in SPLITS:
        problem = problem_from_data(split_problem(*SPLITS[name]))
    elif name in LARGE:
        problem = problem_from_data(problem_file(TANH, *LARGE[name]))
    elif name in LOSSES | JOINTS | TIED | RAYS:
        problem = problem_from_data(copy.deepcopy((LOSSES | JOINTS | TIED | RAYS)[name]))
    else:
        problem = exhibit(name).problem()
    return json.dumps(certificate(problem, classify_problem(problem)))


SOURCES = (
    *(entry.name for entry in gallery()),
    *PATHS,
    *SPLITS,
    *LOSSES,
    *JOINTS,
    *TIED,
    *RAYS,
    *LARGE,
)
"""The names of all problems."""


def written(name: str) -> Data:
    """The certificate of a problem."""
    found: Data = json.loads(_written(name))
    return found


def refusal(data: Data) -> str:
    """Why a certificate is not accepted; empty where each of its claims holds."""
    try:
        lines = verifier.verify(json.dumps(data))
    except verifier.BadFileError as error:
        return str(error)
    refused = [line for line in lines if line.outcome in ("fails", "not covered")]
    return f"{refused[0].outcome}: {refused[0].why}" if refused else ""


def claim_of(data: Data, name: str) -> Data | None:
    """The first claim of this name that has a witness."""
    claims = [c for c in data["claims"] if c["claim"] == name and "not covered" not in c]
    return claims[0] if claims else None


def only(data: Data, **claim: Any) -> Data:
    """The certificate with this claim and no other."""
    return {**copy.deepcopy(data), "claims": [claim]}


def changed(data: Data, name: str, **more: Any) -> Data:
    """The certificate with one claim changed."""
    new = copy.deepcopy(data)
    claim = claim_of(new, name)
    assert claim is not None
    claim.update(more)
    return new


def with_problem(data: Data, **more: Any) -> Data:
    """The certificate with another problem in it."""
    new = copy.deepcopy(data)
    new["problem"].update(more)
    return new


def names_of(data: Data) -> list[str]:
    """The names of the parameters."""
    return verifier.opened(data).problem.names


def kind_of(data: Data) -> str:
    """The kind that holds; empty where none is claimed, and where the loss is constant nearby."""
    claim, inertia = claim_of(data, "kind"), claim_of(data, "inertia")
    constant = inertia is not None and not any(inertia["inertia"][:2])
    is_manifold = claim is not None and claim["by"] == "manifold"
    return "" if claim is None or (constant and is_manifold) else claim["kind"]


def is_exact(data: Data) -> bool:
    """Whether the point is given exactly."""
    return not data["problem"].get("near", False)


def one(chance: random.Random, size: int) -> list[str]:
    """A vector of small integers, not all 0."""
    row = [str(chance.randint(-3, 3)) for _ in range(size)]
    return row if any(v != "0" for v in row) else ["1"] + ["0"] * (size - 1)


def with_box(data: Data, **more: Any) -> Data:
    """The certificate with another box."""
    return {**copy.deepcopy(data), "located": {**data["located"], **more}}


def coordinates(data: Data) -> list[str]:
    """The parameters, in the order of their names."""
    layers = data["problem"]["parameters"]
    found: list[str] = []
    for k, weights in enumerate(layers["weights"]):
        found += [v for row in weights for v in row]
        found += layers["biases"][k] if layers.get("biases") else []
    problem = verifier.opened(data).problem
    values = dict(zip(problem.places, found, strict=True))
    return [values[name] for name in problem.names]


def units_of(data: Data) -> list[list[list[Any]]]:
    """For each hidden layer the copies: number, sign, share; empty where there are none."""
    return copy.deepcopy((data["located"] or {}).get("units", []))


def moved(data: Data, change: Callable[[Data], None]) -> Iterator[Data]:
    """The same claims of another problem, where its loss is certainly another one."""
    forged = copy.deepcopy(data)
    change(forged["problem"])
    claim = claim_of(forged, "loss")
    if not claim or not is_exact(data):
        return
    try:
        value = verifier.opened(forged).enclosed_loss()
    except (verifier.BadFileError, verifier.BeyondError):
        return
    low, high = Fraction(value.low, verifier.ONE), Fraction(value.high, verifier.ONE)
    if high < Fraction(claim["lower"]) or Fraction(claim["upper"]) < low:
        yield forged
