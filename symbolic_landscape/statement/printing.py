"""Stub until the printer is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notation:
    """How a name is shown."""

    text: str
    latex: str
    at: tuple[str, ...] = ()
