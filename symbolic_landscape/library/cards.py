"""What a run must know of the statements, without having them: key, citations, file, steps.

So a run can be led by a process that has not loaded the code in which some of them stand.

Objects: Card, Cards. Functions: cards_of, cards_beside, own_cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from symbolic_landscape.errors import DeclarationError, ProofsError, UnknownKeyError
from symbolic_landscape.judge import statuses
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.library.loading import Statements, papers
from symbolic_landscape.library.readings import READINGS, known_key, node_of
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.paths import paths
from symbolic_landscape.workers.crew import Data, Lost, Task
from symbolic_landscape.workers.helpers import Helper

_CHANGED = "code of a statement's file changed what is told of the statements"

CHOICES = (*READINGS, "both")
"""The values of a choice of reading."""


@dataclass(frozen=True)
class Card:
    """One reading of a statement.

    `file` is empty where it is not known, and so is `sources`, the hash of what the file rests on.
    `folders` are those of the user's that must be loaded where it is judged; `apart` says that this
    is not done in this process.
    """

    key: str
    paper: str
    kind: str
    reading: str
    cites: tuple[Node, ...]
    steps: tuple[tuple[str, str, tuple[str, ...]], ...]
    file: str = ""
    folders: tuple[str, ...] = ()
    apart: bool = False
    sources: str = ""

    @property
    def node(self) -> Node:
        """Its key and reading."""
        return (self.key, self.reading)

    @classmethod
    def of(cls, statement: Statement, **more: Any) -> Card:
        """The card of a statement; a step has its path, the word of its reason, what it uses."""
        steps = tuple(
            (path, step.reason.word, tuple(step.uses))
            for path, step in paths(tuple(statement.proof))
        )
        cites = tuple(node_of(cited) for cited in statement.cites)
        named = (statement.key, statement.paper, statement.kind, statement.reading)
        return cls(*named, cites, steps, **more)

    @classmethod
    def read(cls, row: Data) -> Card:
        """The card that `asdict` wrote; raises KeyError, TypeError or ValueError for other data."""
        cites = tuple((key, reading) for key, reading in row["cites"])
        steps = tuple((path, word, tuple(uses)) for path, word, uses in row["steps"])
        return cls(**{**row, "cites": cites, "steps": steps, "folders": tuple(row["folders"])})

    def unjudged(self, reason: str, seconds: float = 0.0) -> StatementResult:
        """The result where a judgement did not come to an end."""
        return StatementResult(
            key=self.key,
            paper=self.paper,
            kind=self.kind,
            reading=self.reading,
            evidence="none",
            seconds=seconds,
            cites=self.cites,
            judged=False,
            tried=False,
            open_obligations=(reason,),
        )


class Cards:
    """The cards of all readings in the order of the proofs.

    `inside` gives the statements that can be judged in this process: all, or at least those with
    the given keys.
    """

    def __init__(
        self,
        cards: Iterable[Card],
        inside: Callable[[Sequence[str]], Statements],
        folders: tuple[Path, ...] = (),
        broken: Sequence[str] = (),
        helper: Helper | None = None,
    ) -> None:
        self.by_node = {card.node: card for card in cards}
        self.folders, self.broken = folders, tuple(broken)
        self.helper = helper
        self._inside = inside

    def inside(self, keys: Sequence[str] = ()) -> Statements:
        """The statements that can be judged in this process: all, or at least those of the keys."""
        return self._inside(keys)

    def close(self) -> None:
        """Ends the process that was asked for the cards, if it still waits."""
        if self.helper is not None:
            self.helper.end()

    def planned(
        self, keys: Iterable[str] = (), *, paper: str | None = None, reading: str = "both"
    ) -> tuple[Card, ...]:
        """The readings to judge: the chosen ones and all below them, in order.

        With one reading chosen, of what is below just the readings that are cited. Raises
        UnknownKeyError for an unknown key, paper or reading, and when nothing is chosen.
        """
        if reading not in CHOICES:
            message = f"the reading must be one of {', '.join(CHOICES)}, got {reading!r}"
            raise UnknownKeyError(message)
        readings: dict[str, list[Card]] = {}
        for card in self.by_node.values():
            readings.setdefault(card.key, []).append(card)
        named = [known_key(key, readings) for key in keys]
        chosen = _of_paper(readings, named, paper) if paper is not None else named or list(readings)
        if reading == "both":
            wanted: set[str] = set()
            below = list(chosen)
            while below:
                key = below.pop()
                if key not in wanted:
                    wanted.add(key)
                    below += [cited for card in readings[key] for cited, _ in card.cites]
            return tuple(card for key in readings if key in wanted for card in readings[key])
        found: set[Node] = set()
        todo = [statuses.cited((key, reading), self.by_node) for key in chosen]
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                todo += [statuses.cited(c, self.by_node) for c in self.by_node[node].cites]
        return tuple(card for node, card in self.by_node.items() if node in found)


def _of_paper(readings: dict[str, list[Card]], named: list[str], paper: str) -> list[str]:
    """The chosen keys where a paper is named."""
    known = dict.fromkeys(cards[0].paper for cards in readings.values())
    if paper not in known:
        papers = ", ".join(one for one in known if one != "external")
        message = f"no paper has the key {paper!r}; known are {papers or 'none'}"
        raise UnknownKeyError(message)
    outside = [key for key in named if readings[key][0].paper != paper]
    if outside:
        message = f"{outside[0]} must be a statement of {paper}, but is not"
        raise UnknownKeyError(message)
    return [key for key in named or readings if readings[key][0].paper == paper]


def cards_of(proofs: Statements) -> Cards:
    """The cards of loaded statements.

    Where code of a user's is loaded beside them, built-in ones are judged in other processes.
    """
    folders = tuple(map(str, proofs.folders))
    found = []
    for statement in proofs.readings:
        file, own = proofs.file(statement), not proofs.is_builtin(statement)
        more = {"folders": folders} if own else {"apart": bool(folders)}
        found.append(Card.of(statement, file=file, **more))
    broken = [str(error) for error in proofs.broken]
    return Cards(found, lambda keys: proofs, proofs.folders, broken)


def cards_beside(
    folders: Sequence[Path], keys: Sequence[str] = (), paper: str | None = None
) -> Cards:
    """The cards of the built-in statements, and of those of the folders, which are not loaded here.

    Where certain keys or another paper are wanted, built-in statements may be missing that these do
    not lean on. Raises LandscapeError as loading does, where the code of a file ends its process,
    and where what it tells has the key of a built-in statement: nothing there is believed of those.
    """
    helper = Helper()
    try:
        return _beside(helper, [str(Path(folder).resolve()) for folder in folders], keys, paper)
    except BaseException:
        helper.end()
        raise


def _beside(helper: Helper, named: list[str], keys: Sequence[str], paper: str | None) -> Cards:
    reply = helper.ask(Task(own_cards, {"folders": named}))
    if isinstance(reply, Lost):
        message = f"code of a statement's file ended the run when it was loaded: {reply.words}"
        raise ProofsError(message)
    try:
        own = [_own(row, tuple(named)) for row in reply["cards"]]
        known = {card.key for card in own}
        taken = {key for key in known if key.partition(".")[0] in papers()}
        broken_own = tuple(map(str, reply["broken"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProofsError(_CHANGED) from error
    cited = {key for card in own for key, _ in card.cites if key not in known}
    if keys:
        needed: set[str] | None = cited | taken | {key for key in keys if key not in known}
    else:
        is_own = paper is not None and paper not in papers()
        needed = cited | taken if is_own and any(card.paper == paper for card in own) else None
    builtin = Statements(()) if needed == set() else Statements.load(keys=sorted(needed or ()))
    first = cards_of(builtin)
    there = {card.key for card in first.by_node.values()}
    for card in own:
        if card.key in there:
            message = f"{card.key} must be declared once, but stands in {card.file} too"
            raise DeclarationError(message)
    places, broken = tuple(map(Path, named)), (*first.broken, *broken_own)
    found = Cards((*first.by_node.values(), *own), first.inside, places, broken, helper)
    if any(node not in found.by_node for card in own for node in card.cites):
        raise ProofsError(_CHANGED)
    return found


def own_cards(asked: Data) -> Data:
    """The cards of the statements in these folders, and which files could not be loaded."""
    proofs = Statements.beside(*asked["folders"])
    made = cards_of(proofs)
    cards = [asdict(card) for card in made.by_node.values() if card.folders]
    folders = tuple(asked["folders"])
    broken = [words for words in made.broken if words.startswith(folders)]
    return {"cards": cards, "broken": broken}


def _own(row: Data, folders: tuple[str, ...]) -> Card:
    """The card of a user's own statement; nothing is believed of what its files are."""
    return replace(Card.read(row), folders=folders, apart=True, sources="")
