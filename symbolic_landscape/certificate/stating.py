"""The problem of a certificate, as the stand-alone verifier reads it.

Functions: stated, parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.functions.losses import CrossEntropy
from symbolic_landscape.networks import LabelledNetwork, Network

Data = dict[str, Any]

KEPT = ("widths", "near")


def stated(problem: Problem) -> Data:
    """The problem with canonical formulas and the names of what is shared, frozen, or decays.

    Raises ProblemError: its network is stated by layers, or has several activations.
    """
    surface = problem.surface
    network = surface.network
    if "widths" not in problem.data:
        message = "no certificate is written: the verifier does not read networks stated by layers"
        raise ProblemError(message)
    layers = [network.unit_activations(k) for k in range(1, network.depth + 1)]
    hidden = {one.canonical() for layer in layers[:-1] for one in layer}
    output = {one.canonical() for one in layers[-1]}
    if len(hidden) > 1 or len(output) > 1:
        message = "no certificate is written: the verifier reads one activation of hidden units"
        raise ProblemError(message)
    return {
        **{key: problem.data[key] for key in KEPT if key in problem.data},
        "activation": min(hidden, default="linear"),
        "output_activation": min(output),
        "bias": network.bias,
        "loss": surface.loss.canonical(),
        **_decay(surface),
        **_changes(network),
        "samples": _samples(problem),
        "parameters": (
            problem.data["parameters"]
            if network.is_plain
            else parameters(network, network.vector(problem.point))
        ),
    }


def parameters(network: Network | LabelledNetwork, values: Sequence[Scalar]) -> Data:
    """All weights and biases, for values of the parameters."""
    slots = range(len(values)) if isinstance(network, Network) else network.slots
    texts = iter([str(values[slot]) if isinstance(slot, int) else str(slot) for slot in slots])
    weights, biases = [], []
    for below, above in zip(network.widths, network.widths[1:], strict=False):
        weights.append([[next(texts) for _ in range(below)] for _ in range(above)])
        if network.bias:
            biases.append([next(texts) for _ in range(above)])
    return {"weights": weights, **({"biases": biases} if network.bias else {})}


def _changes(network: Network | LabelledNetwork) -> Data:
    """The parameters that share the value of another, and those that stay at theirs."""
    if isinstance(network, Network):
        return {}
    names = Network(network.widths).parameter_names
    pairs = [*zip(names, network.entries, strict=True)]
    shared = {name: entry for name, entry in pairs if isinstance(entry, str) and entry != name}
    frozen = [name for name, entry in pairs if not isinstance(entry, str)]
    return {key: value for key, value in (("shared", shared), ("frozen", frozen)) if value}


def _decay(surface: LossSurface) -> Data:
    """The factor of the square of each parameter that has one, by its name."""
    if not surface.decay:
        return {}
    pairs = zip(surface.network.parameter_names, surface.decay, strict=True)
    return {"weight_decay": {name: str(factor) for name, factor in pairs if factor}}


def _samples(problem: Problem) -> Data:
    """The samples, with probabilities in place of the numbers of classes."""
    samples: Data = dict(problem.data["samples"])
    if isinstance(problem.surface.loss, CrossEntropy):
        rows = problem.surface.samples.targets.tolist()
        samples["targets"] = [[*map(str, row)] for row in rows]
    return samples
