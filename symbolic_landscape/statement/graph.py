"""The graph of citations: who leans on whom.

Functions: statement_graph, below, refuse_circle.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import networkx as nx

from symbolic_landscape.errors import DeclarationError

T = TypeVar("T", bound=Hashable)


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


def statement_graph(
    statements: Iterable[Citing], statuses: Mapping[str, str] | None = None
) -> nx.DiGraph[str]:
    """The DiGraph of citations; nodes are keys with kind, paper, title, where and status.

    An edge (u, v) says that v cites u, in one of its readings. A statement without a known status
    has status 'not run'.

    Raises DeclarationError for a circle of citations.
    """
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
    for statement in listed:
        for reading in statement.readings:
            graph.add_edges_from(
                (cited.key, statement.key)
                for cited in reading.cites
                if not _is_own(statement, reading, cited)
            )
    refuse_circle(graph, "citations")
    return graph


def _is_own(statement: Citing, reading: Citing, cited: Citing) -> bool:
    """Whether one reading cites the other one of the same statement."""
    return cited is not reading and any(cited is other for other in statement.readings)


def below(graph: nx.DiGraph[T], keys: Iterable[T]) -> frozenset[T]:
    """The given keys and every statement that they lean on, directly or not."""
    wanted = set(keys)
    for key in tuple(wanted):
        wanted |= nx.ancestors(graph, key)
    return frozenset(wanted)


def refuse_circle(graph: nx.DiGraph[str], what: str) -> None:
    """Raises DeclarationError where the graph has a circle."""
    if not nx.is_directed_acyclic_graph(graph):
        cycle = " -> ".join(str(edge[0]) for edge in nx.find_cycle(graph))
        message = f"the {what} must not go in a circle, but do: {cycle}"
        raise DeclarationError(message)
