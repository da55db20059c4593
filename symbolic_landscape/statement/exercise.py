"""Exercises as they are declared: a proof to be written, or a point to be found.

Classes: Derive, Find. Type: Exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

LEVELS = {1: "first steps", 2: "with some thought", 3: "for a seminar"}
"""What the levels mean."""


@dataclass(frozen=True)
class Derive:
    """Write a proof of the statement `about`, which the kernel accepts with the known rules."""

    key: str
    level: int
    about: str


@dataclass(frozen=True)
class Find:
    """Find parameters of a network at which the reply of `classify` has the `wanted` values.

    `drawn` makes network and samples in the form of a problem file, without parameters, so that
    each student has own numbers. `wanted` has keys of the reply; `zeros` stands for the number of
    zero eigenvalues, and a value may be a function of what was drawn. `hints` come one by one.
    """

    key: str
    level: int
    about: str
    task: str
    drawn: Callable[[Random], Mapping[str, Any]]
    wanted: Mapping[str, Any]
    hints: tuple[str, str, str]


Exercise = Derive | Find
