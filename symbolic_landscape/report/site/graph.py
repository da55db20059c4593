"""The page of the statement graph: a picture for each paper, and the same as a table.

Functions: graph_page, around.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import networkx as nx

from symbolic_landscape.judge.results import Node
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.graphs import Picture, render, statement_picture
from symbolic_landscape.report.site.frame import address, badge, link_to, page, table
from symbolic_landscape.statement.paper import Paper


def graph_page(proofs: Proofs, statuses: Mapping[Node, str]) -> str:
    """The page; a script adds zoom, and focus on what lies below and above a statement."""
    html = [
        (
            "<p>An arrow leads from a cited statement to the one that leans on it. Colours say "
            "what is true of the printed reading; a bar at the right has the colour of the "
            "repaired one. "
            "Choose a statement to see what it rests on and what rests on it.</p>\n"
        ),
        (
            '<form class="focus" hidden><label for="focus">Statement</label> '
            '<select id="focus"><option value="">all</option></select> '
            '<label for="depth">steps away</label> '
            '<select id="depth"><option value="">any</option><option>1</option><option>2</option>'
            '<option>3</option></select> <button type="button" data-zoom="in">Closer</button> '
            '<button type="button" data-zoom="out">Farther</button> '
            '<button type="button" data-zoom="reset">Whole</button></form>\n'
        ),
    ]
    picture = statement_picture(proofs, statuses)
    for name in dict.fromkeys(proofs[key].paper for key in proofs):
        own = [key for key in proofs if proofs[key].paper == name]
        used = {key for key in own if picture.graph.degree(key)}
        if not used:
            continue
        html += _picture(name, proofs.papers.get(name), picture, used)
    html.append(_words(proofs, statuses))
    return page("Graph", "".join(html), "graph.html")


def around(key: str, whole: Picture) -> str:
    """The picture of what a statement cites and what cites it; empty where there is nothing."""
    near = {*whole.graph.predecessors(key), *whole.graph.successors(key)}
    if not near:
        return ""
    return render(whole.restricted(key, {key, *near}, lambda name: f"../{address(name)}"), "svg")


def _picture(name: str, paper: Paper | None, whole: Picture, keys: set[str]) -> list[str]:
    title = paper.title if paper is not None else "Theorems from outside"
    drawn = render(whole.restricted(name, keys, address), "svg")
    return [
        f'<h2 id="{escape(name)}">{escape(name)}: {escape(title)}</h2>\n',
        f'<div class="picture" tabindex="0" role="group" aria-label="Graph of {escape(name)}">',
        drawn,
        "</div>\n",
    ]


def _words(proofs: Proofs, statuses: Mapping[Node, str]) -> str:
    graph: nx.DiGraph[str] = proofs.graph()
    rows = []
    for key in proofs:
        below, above = graph.predecessors(key), graph.successors(key)
        links = [", ".join(map(link_to, sorted(keys))) or "none" for keys in (below, above)]
        rows.append((link_to(key), badge(statuses.get((key, "printed"), "not run")), *links))
    return "<h2>The same in words</h2>\n" + table(
        ("Statement", "Printed", "Cites", "Is cited by"), rows, "Citations"
    )
