"""Which readings a request asks for, kept between runs: an unchanged package is not loaded for it.

Class: Plan.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from symbolic_landscape.judge.options import Options
from symbolic_landscape.library.cards import Card, Cards, cards_of
from symbolic_landscape.library.keys import Keys
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.notes import Note
from symbolic_landscape.library.store import Store


class Plan:
    """The cards of one request for built-in statements.

    It is made before the statements are loaded, so that it knows what they are loaded from.
    """

    def __init__(self, store: Store, keys: Sequence[str], paper: str | None, reading: str) -> None:
        self._keys, self._paper, self._reading = tuple(keys), paper, reading
        self._note = Note(store, f"plan {json.dumps([self._keys, paper, reading])}")

    def cards(self) -> Cards | None:
        """The cards that were kept, if they are still good."""
        try:
            rows = self._note.read()
            cards = [Card.read(row) for row in rows or ()]
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        return Cards(cards, lambda keys: self._inside(keys, cards)) if cards else None

    def keep(self, proofs: Statements) -> None:
        """Keeps the cards that this request has among the statements, if all could be loaded."""
        if not proofs.broken and not proofs.folders:
            planned = cards_of(proofs).planned(self._keys, paper=self._paper, reading=self._reading)
            keys = Keys((), Options())
            cards = [replace(card, sources=keys.sources(card)) for card in planned]
            self._note.write([asdict(card) for card in cards])

    def _inside(self, keys: Sequence[str], cards: Sequence[Card]) -> Statements:
        if keys:
            return Statements.of_files(card.file for card in cards if card.key in keys)
        return Statements.load(keys=self._keys, paper=self._paper)
