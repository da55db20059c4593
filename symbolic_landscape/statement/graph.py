"""The graph of citations: who leans on whom.

Functions: citations, statement_graph, below.

Design notes. Only who asks for the DiGraph loads networkx, which takes longer than all the rest of
what a run needs that judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Protocol

from symbolic_landscape.errors import DeclarationError

if TYPE_CHECKING:
    import networkx as nx


class Citing(Protocol):
    """What the graph needs to know of a statement."""

    @property
    def key(self) -> str:
        """The key."""

    @property
    def kind(self) -> str:
        """The kind of statement."""

    @property
    def paper(self) -> str:
        """The key of the paper."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def where(self) -> str:
        """The place in the paper."""

    @property
    def readings(self) -> Sequence[Citing]:
        """The printed reading, and the repaired one where there is one."""

    @property
    def cites(self) -> Sequence[Citing]:
        """The statements that the proof cites."""


def citations(statements: Iterable[Citing]) -> dict[str, tuple[str, ...]]:
    """The keys that each statement cites, in one of its readings, by its key.

    Raises DeclarationError for a circle of citations.
    """
    found = {
        statement.key: tuple(
            dict.fromkeys(
                cited.key
                for reading in statement.readings
                for cited in reading.cites
                if not _is_own(statement, reading, cited)
            )
        )
        for statement in statements
    }
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        circle = " -> ".join(error.args[1][:-1])
        message = f"the citations must not go in a circle, but do: {circle}"
        raise DeclarationError(message) from None
    return found


def statement_graph(
    statements: Iterable[Citing], statuses: Mapping[str, str] | None = None
) -> nx.DiGraph[str]:
    """The DiGraph of citations; nodes are keys with kind, paper, title, where and status.

    An edge (u, v) says that v cites u, in one of its readings. A statement without a known status
    has status 'not run'.

    Raises DeclarationError for a circle of citations.
    """
    import networkx as nx

    statuses = statuses or {}
    graph: nx.DiGraph[str] = nx.DiGraph()
    listed = tuple(statements)
    for statement in listed:
        graph.add_node(
            statement.key,
            kind=statement.kind,
            paper=statement.paper,
            title=statement.title,
            where=statement.where,
            status=statuses.get(statement.key, "not run"),
        )
    for key, cited in citations(listed).items():
        graph.add_edges_from((below, key) for below in cited)
    return graph


def _is_own(statement: Citing, reading: Citing, cited: Citing) -> bool:
    """Whether one reading cites the other one of the same statement."""
    return cited is not reading and any(cited is other for other in statement.readings)


def below(cites: Mapping[str, Iterable[str]], keys: Iterable[str]) -> frozenset[str]:
    """The given keys and every statement that they lean on, directly or not."""
    wanted: set[str] = set()
    todo = list(keys)
    while todo:
        key = todo.pop()
        if key not in wanted:
            wanted.add(key)
            todo += cites[key]
    return frozenset(wanted)
