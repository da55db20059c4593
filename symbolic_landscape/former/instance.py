"""Instances: concrete exact data on which facts are decided.

Objects: Instance, Architecture. Functions: canonical, size, describe.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.errors import DeclarationError


@dataclass(frozen=True)
class Architecture:
    """What kind of network an instance is about; None or an empty text where it is left open.

    >>> str(Architecture((2, 3, 1), "tanh", 4))
    '2-3-1, tanh, N = 4'
    """

    widths: tuple[int, ...]
    activation: str = ""
    samples: int | None = None

    @property
    def outputs(self) -> int:
        """The output dimension m."""
        return self.widths[-1]

    def __str__(self) -> str:
        parts = ["-".join(map(str, self.widths)), self.activation]
        if self.samples is not None:
            parts.append(f"N = {self.samples}")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Concrete exact data on which facts are decided; subclasses add fields and are frozen.

    Fields hold int, Fraction, str, bool, None, tuples, other frozen dataclasses, or objects with
    a `canonical()` method. `name` identifies the instance in reports and takes no part in its size.
    """

    name: str = ""

    def integers(self) -> Mapping[str, int]:
        """The integers of which constraints on hypotheses speak, at this instance.

        None unless a subclass names them; what is named lets the judge try the constraints.
        """
        return {}

    def architecture(self) -> Architecture | None:
        """The network that the instance is about, or None where it is about none.

        It is read from `network` (or `widths`) and `samples` (or `count`); a subclass with other
        data says it in its own way.
        """
        network = getattr(self, "network", self)
        widths = getattr(network, "widths", None)
        if not isinstance(widths, tuple) or not widths:
            return None
        used = (getattr(network, name, None) for name in ("activation", "output_activation"))
        words = list(dict.fromkeys(str(activation) for activation in used if activation))
        if not getattr(network, "bias", True):
            words.append("no bias")
        count = getattr(getattr(self, "samples", self), "count", None)
        return Architecture(widths, " / ".join(words), count if isinstance(count, int) else None)


def canonical(value: object) -> Any:
    """The value as plain JSON data: fractions as "p/q", tuples as lists, dataclasses as objects.

    Raises DeclarationError for anything that is not exact data.
    """
    own = getattr(value, "canonical", None)
    if callable(own):
        return own()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: canonical(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value, key=str) if isinstance(value, frozenset) else value
        return [canonical(item) for item in items]
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    message = f"instance data must be exact and plain, got {type(value).__name__} {value!r}"
    raise DeclarationError(message)


def _weight(value: object) -> int:
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int):
        return 1 + value.bit_length() + (value < 0)
    if isinstance(value, str):
        try:
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            return 1 + len(value)
        return (
            _weight(number.numerator) + (number.denominator != 1) * number.denominator.bit_length()
        )
    if isinstance(value, list):
        return 1 + sum(_weight(item) for item in value)
    if isinstance(value, dict):
        return 1 + sum(_weight(item) for key, item in value.items() if key != "name")
    return 1


def size(instance: Instance) -> int:
    """How large an instance is: one for each entry plus the bits of its numbers; `name` is free.

    >>> size(Instance(name="a")) == size(Instance(name="another"))
    True
    """
    return _weight(canonical(instance))


def describe(instance: Instance) -> str:
    """One line with every field of the instance and its exact values."""
    parts = []
    for f in dataclasses.fields(instance):
        if f.name != "name":
            value = getattr(instance, f.name)
            own = getattr(value, "canonical", None)
            parts.append(f"{f.name}={_compact(own() if callable(own) else canonical(value))}")
    return ", ".join(parts)


def _compact(value: Any) -> str:
    if isinstance(value, list):
        return "(" + ", ".join(_compact(item) for item in value) + ")"
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{k}: {_compact(v)}" for k, v in value.items() if v is not None) + "}"
        )
    return str(value)
