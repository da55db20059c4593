"""The network and the point that a problem file states: by widths, or by layers with labels.

By widths: `widths`, `activation` (one, or one for each hidden layer), `output_activation`, `bias`
(one, or one for each layer), `shared` (a name, or a whole layer such as `W2`, and what it shares),
`frozen` (names, or whole layers, that stay at their values), and `parameters` with `weights` and
`biases`, or with the `file` that holds them and the `digits` to which they are rounded.

By layers: `inputs`, how many there are, `layers`, each with `name`, `from` (for each layer that it
reads a matrix of labels and numbers), `bias` and `activation`, and `parameters` with the value of
each label; `frozen` as well.

Objects: Stated. Functions: stated_network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from symbolic_landscape.critical.exact_json import listed, need_keys, number, numbers, short
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.formula import parse_number
from symbolic_landscape.networks import (
    LabelledNetwork,
    Layer,
    Network,
    Parameters,
    Point,
)
from symbolic_landscape.networks.readers import read_weights
from symbolic_landscape.networks.wholes import single_changes

_BY_WIDTHS = {"widths", "activation"}
_WIDTHS_TOO = {"output_activation", "bias", "shared", "frozen"}
_BY_LAYERS = {"inputs", "layers"}
_LAYERS_TOO = {"frozen"}


@dataclass(frozen=True)
class Stated:
    """A network, a point of it, the plain parameters where a file held them, and notes."""

    network: Network | LabelledNetwork
    point: Point
    parameters: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()


def stated_network(
    data: Mapping[str, Any], others: set[str], where: str, folder: Path | None
) -> Stated:
    """The network and the point in the data; `others` are the keys that are read elsewhere.

    A file of weights lies in the folder. Raises LandscapeError: what is wrong with which part.
    """
    if "layers" in data:
        need_keys(data, _BY_LAYERS, others | _LAYERS_TOO, where)
        return _by_layers(data, where)
    need_keys(data, _BY_WIDTHS, others | _WIDTHS_TOO, where)
    return _by_widths(data, where, folder)


# ---- by layers


def _by_layers(data: Mapping[str, Any], where: str) -> Stated:
    if not isinstance(data["layers"], list):
        message = f"{where}: layers as a list were needed, got {short(data['layers'])}"
        raise ProblemError(message)
    layers = [_layer(part, f"{where}, layer {i}") for i, part in enumerate(data["layers"], 1)]
    network = LabelledNetwork.of_layers(data["inputs"], layers)
    values = data["parameters"]
    need_keys(values, network.parameter_names, (), f"{where}, parameters")
    given = {name: number(value, f"parameters: {name}") for name, value in values.items()}
    frozen = {}
    for name in _names(data, where):
        network.parameter_index(name)
        frozen[name] = _rational(given.pop(name), name)
    network = network.labelled(frozen)
    return Stated(network, network.parameters(given))


def _layer(part: Any, where: str) -> Layer:
    need_keys(part, {"name", "from"}, {"bias", "activation"}, where)
    if not isinstance(part["from"], Mapping):
        message = f"{where}: from as an object was needed, got {short(part['from'])}"
        raise ProblemError(message)
    sources = {name: listed(rows, 2, f"{where}, {name}") for name, rows in part["from"].items()}
    bias = listed(part["bias"], 1, f"{where}, bias") if "bias" in part else None
    return Layer(part["name"], sources, bias, part.get("activation", "linear"))


def _names(data: Mapping[str, Any], where: str) -> list[str]:
    """What is frozen, each once."""
    names = listed(data.get("frozen", []), 1, f"{where}, frozen")
    for name in names:
        if not isinstance(name, str) or names.count(name) > 1:
            message = f"{where}, frozen: names, each once, were needed, got {short(name)}"
            raise ProblemError(message)
    return list(names)


def _rational(value: Any, name: str) -> Fraction:
    """The value of a frozen parameter."""
    try:
        return parse_number(value, name)
    except LandscapeError as error:
        message = f"frozen: a rational number was needed as the value of {name}"
        raise ProblemError(message) from error


# ---- by widths


def _by_widths(data: Mapping[str, Any], where: str, folder: Path | None) -> Stated:
    widths = listed(data["widths"], 1, "widths")
    activation, bias = data["activation"], data.get("bias", True)
    output = data.get("output_activation", "linear")
    if not isinstance(bias, bool | list):
        message = (
            f"{where}: bias true or false, or one for each layer, was needed, got {short(bias)}"
        )
        raise ProblemError(message)
    if isinstance(bias, bool) and not isinstance(activation, list):
        network = Network(widths, activation, output, bias)
        parameters, note = _parameters(data, [bias] * network.depth, where, folder)
        network.need_parameters(parameters)
        changed = _changed(data, network.labelled(), network, parameters, where)
    else:
        plain = Network(widths)
        kept = bias if isinstance(bias, list) else [bias] * plain.depth
        hidden = activation if isinstance(activation, list) else [activation] * (plain.depth - 1)
        layered = Network.layered(widths, hidden, kept, output)
        parameters, note = _parameters(data, kept, where, folder)
        plain.need_parameters(parameters)
        changed = _changed(data, layered, plain, parameters, where) or layered
    written = parameters.canonical() if "file" in data["parameters"] else None
    notes = () if note is None else (note,)
    if changed is None:
        return Stated(network, parameters, written, notes)
    return Stated(changed, changed.reduced(parameters), written, notes)


def _changed(
    data: Mapping[str, Any],
    labelled: LabelledNetwork,
    plain: Network,
    parameters: Parameters,
    where: str,
) -> LabelledNetwork | None:
    """The network with what is shared and frozen; None where nothing is."""
    shared, frozen = data.get("shared", {}), _names(data, where)
    if not isinstance(shared, Mapping):
        message = f"{where}: shared as an object was needed, got {short(shared)}"
        raise ProblemError(message)
    for name, value in shared.items():
        if not isinstance(value, str):
            message = f"{where}, shared: the name of a parameter was needed, got {short(value)}"
            raise ProblemError(message)
        labelled_name = single_changes(plain, {name: value})
        for entry in labelled_name.values():
            plain.parameter_index(entry)
    changes = single_changes(plain, shared)
    stay = single_changes(plain, dict.fromkeys(frozen, 0))
    both = sorted(set(changes) & set(stay))
    if both:
        message = f"{where}: a name either shared or frozen was needed, got {both[0]!r} as both"
        raise ProblemError(message)
    values = dict(zip(plain.parameter_names, plain.vector(parameters), strict=True))
    for name in stay:
        plain.parameter_index(name)
        changes[name] = _rational(values[name].to_sympy(), name)
    return labelled.labelled(changes) if changes else None


def _parameters(
    data: Mapping[str, Any], kept: list[Any], where: str, folder: Path | None
) -> tuple[Parameters, str | None]:
    """Weights and biases, with 0 for the biases of layers that have none, and a note on a file."""
    given = data["parameters"]
    if isinstance(given, Mapping) and "file" in given:
        return _from_file(given, f"{where}, parameters", folder)
    has_biases = any(kept)
    needed = {"weights", "biases"} if has_biases else {"weights"}
    need_keys(given, needed, (), f"{where}, parameters")
    weights = numbers(given["weights"], 3, "parameters: weights")
    if not has_biases:
        return Parameters(weights=weights), None
    rows = given["biases"]
    if isinstance(rows, list) and len(rows) == len(kept):
        rows = [
            ["0"] * len(weight) if not has and row in (None, []) else row
            for row, has, weight in zip(rows, kept, weights, strict=False)
        ]
    return Parameters(weights=weights, biases=numbers(rows, 2, "parameters: biases")), None


def _from_file(
    given: Mapping[str, Any], where: str, folder: Path | None
) -> tuple[Parameters, str | None]:
    need_keys(given, {"file", "digits"}, {"transposed"}, where)
    name, digits = given["file"], given["digits"]
    if folder is None or not isinstance(name, str) or Path(name).name != name or name in ("", ".."):
        message = f"{where}: the name of a file beside the problem was needed, got {short(name)}"
        raise ProblemError(message)
    transposed = given.get("transposed", False)
    if not isinstance(transposed, bool):
        message = f"{where}: transposed true or false was needed, got {short(transposed)}"
        raise ProblemError(message)
    stored = read_weights(folder / name, transposed=transposed)
    how = "taken as they are" if digits == "exact" else f"rounded to {digits} digits"
    places = ", ".join(f"W{k} is {short(own)}" for k, own in enumerate(stored.names, 1))
    note = f"{stored.count} numbers of {name} were {how}{f'; {places}' if places else ''}"
    return stored.parameters(digits), note
