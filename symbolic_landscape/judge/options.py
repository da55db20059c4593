"""How hard a check looks.

Class: Options.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Generated instances for each search, the seed, and bits for balls.

    An instance with a field `bits` is decided at that many bits instead of its own.
    """

    instances: int = 50
    seed: int = 0
    bits: int = 256
