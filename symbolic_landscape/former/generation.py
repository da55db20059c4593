"""How instances are drawn: by Hypothesis, from the seed alone.

Hypothesis also draws constants that it reads in the source of whatever modules are loaded. That
would make an answer depend on what ran before it, so the constants are left out here.

Class: Seeded.
"""

from __future__ import annotations

from typing import Any

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

BACKEND = "lemma-check-seeded"


class Seeded(HypothesisProvider):
    """Hypothesis' own way of drawing, without constants from the loaded modules."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:
        return None


AVAILABLE_PROVIDERS[BACKEND] = f"{Seeded.__module__}.{Seeded.__qualname__}"
