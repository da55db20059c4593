"""Statements and proofs as directed acyclic graphs.

`statement_graph` has a node for each statement and an edge from each cited statement to the one
that
leans on it. `proof_graph` has a node for each fact of one proof and an edge from each premise to
the fact that the step gives. Both are networkx graphs; cycles are refused.

Functions: statement_graph, proof_graph, below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.former.lemma import Statement


def statement_graph(
    statements: Iterable[Statement], statuses: Mapping[str, str] | None = None
) -> nx.DiGraph[str]:
    """The DiGraph of citations; nodes are keys with kind, paper, title, where and status.

    status.

    An edge (u, v) says that v cites u. A statement without a known status has status 'not run'.

    Raises DeclarationError for a cycle of citations.
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
            for cited in reading.cites:
                graph.add_edge(cited.key, statement.key)
    _refuse_cycle(graph, "citations")
    return graph


def proof_graph(statement: Statement) -> nx.DiGraph[str]:
    """The DiGraph of one proof; nodes are names of facts with attributes claim, formula and role.

    Roles are hypothesis, cited, fact and conclusion; edges carry the name of their step. What a
    cited statement says of its own instance has its key in the name, where a later step says the
    same of this one.

    Raises DeclarationError when the steps go in a circle.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for hypothesis in statement.hypotheses:
        graph.add_node(
            hypothesis.name, claim=hypothesis.claim, formula=hypothesis.formula, role="hypothesis"
        )
    given = [step.gives.name for step in statement.steps]
    for index, step in enumerate(statement.steps):
        earlier = given[:index]
        for premise in step.premises:
            cited = step.is_cited(premise)
            name = premise.name
            if cited and name in given and name not in earlier:
                name = f"{name} ({step.cites.key})" if step.cites is not None else name
            if name not in graph:
                role = "cited" if cited else "unsupported"
                graph.add_node(name, claim=premise.claim, formula=premise.formula, role=role)
            cites = step.cites.key if step.cites is not None and cited else ""
            graph.add_edge(name, step.gives.name, step=step.name, cites=cites, why=step.why)
        graph.add_node(
            step.gives.name, claim=step.gives.claim, formula=step.gives.formula, role="fact"
        )
    if statement.conclusion is not None:
        graph.add_node(
            statement.conclusion.name,
            claim=statement.conclusion.claim,
            formula=statement.conclusion.formula,
            role="conclusion",
        )
    _refuse_cycle(graph, f"steps of {statement.key}")
    return graph


def below(graph: nx.DiGraph[str], keys: Iterable[str]) -> frozenset[str]:
    """The given keys and every statement that they lean on, directly or not."""
    wanted = set(keys)
    for key in tuple(wanted):
        wanted |= nx.ancestors(graph, key)
    return frozenset(wanted)


def _refuse_cycle(graph: nx.DiGraph[str], what: str) -> None:
    if not nx.is_directed_acyclic_graph(graph):
        cycle = " -> ".join(str(edge[0]) for edge in nx.find_cycle(graph))
        message = f"the {what} must not go in a circle, but do: {cycle}"
        raise DeclarationError(message)
