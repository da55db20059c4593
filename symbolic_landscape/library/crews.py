"""Who judges what in a run: a cluster, this process and its copies, or fresh processes.

Class: Crews.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import Node
from symbolic_landscape.library.cards import Card, Cards
from symbolic_landscape.library.desk import Heard, judged, prepared, settle
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.workers.crew import Crew, Data, Here, Lost, Task
from symbolic_landscape.workers.helpers import Helpers
from symbolic_landscape.workers.pool import Pool


class Crews:
    """Who judges what: a cluster all, or this process and its copies what is loaded here.

    What must be judged apart goes to fresh processes, one kind for each set of folders.
    """

    def __init__(
        self,
        cards: Cards,
        open_: Sequence[Card],
        options: Options,
        facts: Facts | None,
        jobs: int,
        timeout: float | None,
        cluster: Crew | None,
    ) -> None:
        self._cards, self._options, self._facts = cards, options, facts
        self._jobs, self._timeout, self._cluster = jobs, timeout, cluster
        self._many = {apart: sum(card.apart is apart for card in open_) for apart in (True, False)}
        self._keys = sorted({card.key for card in open_ if card.apart})
        self._crews: dict[bool, Crew] = {}
        self._left: dict[Node, Crew] = {}

    def give(self, card: Card, heard: Heard) -> None:
        """Gives a reading to those who judge it."""
        crew = self._cluster or self._crew(card.apart)
        facts = None if card.folders else self._facts
        asked = {
            "folders": card.folders,
            "keys": self._keys if card.apart and self._cluster is None else (),
            "node": card.node,
            "options": asdict(self._options),
            "heard": [(*node, refused, derived) for node, refused, derived in heard],
            "facts": None if facts is None else (str(facts.path), facts.stamp),
        }
        self._left[card.node] = crew
        crew.give(card.node, Task(judged, asked, card.folders, prepared))

    def _crew(self, apart: bool) -> Crew:
        if apart not in self._crews:
            self._crews[apart] = self._apart() if apart else self._inside()
        return self._crews[apart]

    def _apart(self) -> Crew:
        return Helpers(min(self._jobs, self._many[True]), self._timeout, self._cards.helper)

    def _inside(self) -> Crew:
        inside = self._cards.inside()
        settle(inside, None if inside.folders else self._facts)
        if self._jobs == 1 and self._timeout is None:
            return Here()
        return Pool(min(self._jobs, self._many[False]), self._timeout)

    def taken(self) -> Iterator[tuple[Node, Data | Lost]]:
        """The answers that came."""
        busy = list(dict.fromkeys(self._left.values()))
        for crew in busy:
            for name, answer in crew.taken(1.0 if len(busy) == 1 else 0.05):
                assert isinstance(name, tuple)
                del self._left[name]
                yield name, answer

    def stop(self) -> None:
        """Ends what is under way."""
        for crew in self._crews.values():
            crew.stop()
