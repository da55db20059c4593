"""A proof in the former form as a directed acyclic graph.

`proof_graph` has a node for each fact and an edge from each premise to the fact that a step gives.

Functions: proof_graph.
"""

from __future__ import annotations

import networkx as nx

from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.statement.graph import refuse_circle


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
    refuse_circle(graph, f"steps of {statement.key}")
    return graph
