"""The hunt for small networks with a point of a wanted kind, and the vocabulary of such wants."""

from __future__ import annotations

from symbolic_landscape.explore.facts import Facts, facts_of, facts_of_network
from symbolic_landscape.explore.hunt import Hunt, Specimen, hunt
from symbolic_landscape.explore.vocabulary import Want, known_words, wanted

__all__ = [
    "Facts",
    "Hunt",
    "Specimen",
    "Want",
    "facts_of",
    "facts_of_network",
    "hunt",
    "known_words",
    "wanted",
]
