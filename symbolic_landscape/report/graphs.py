"""The statement graph and proof graphs as DOT, Mermaid, JSON, SVG and a page of HTML.

No program beside this one is needed for any of them. Colours are told apart with impaired colour
vision too, and each box carries its status in words.

Functions: statement_picture, proof_picture, render. Class: Picture.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import networkx as nx

from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.data import dump
from symbolic_landscape.report.drawing import Box, Edge, svg
from symbolic_landscape.report.proofs import proof_graph
from symbolic_landscape.statement.lemma import Statement

FORMATS = ("dot", "svg", "mermaid", "json", "html")

STATUS_COLOURS: Mapping[str, tuple[str, str]] = {
    "derived": ("#00694d", "#ffffff"),
    "checked": ("#7fd0f0", "#000000"),
    "assumed": ("#d9d9d9", "#000000"),
    "undecided": ("#f0e442", "#000000"),
    "gap": ("#e69f00", "#000000"),
    "refuted": ("#a3201a", "#ffffff"),
    "inconsistent": ("#7a1f4e", "#ffffff"),
    "vacuous": ("#cc79a7", "#000000"),
    "not run": ("#ffffff", "#000000"),
}
"""Fill and ink of each status."""

ROLE_COLOURS: Mapping[str, tuple[str, str]] = {
    "hypothesis": ("#d9d9d9", "#000000"),
    "assumption": ("#f0f0f0", "#000000"),
    "cited": ("#7fd0f0", "#000000"),
    "fact": ("#ffffff", "#000000"),
    "conclusion": ("#00694d", "#ffffff"),
    "unsupported": ("#a3201a", "#ffffff"),
}
"""Fill and ink of each role of a fact in a proof."""


@dataclass(frozen=True)
class Picture:
    """A graph with the look of its nodes and edges; `colours` maps the words of the legend."""

    title: str
    graph: nx.DiGraph[str]
    word: str
    boxes: dict[str, Box]
    tooltips: dict[Edge, str]
    colours: Mapping[str, tuple[str, str]]

    def restricted(self, title: str, names: Collection[str], link: Callable[[str], str]) -> Picture:
        """The part with these nodes; each leads where `link` says."""
        graph = self.graph.subgraph(names).copy()
        boxes = {n: replace(box, link=link(n)) for n, box in self.boxes.items() if n in names}
        tooltips = {edge: words for edge, words in self.tooltips.items() if graph.has_edge(*edge)}
        return replace(self, title=title, graph=graph, boxes=boxes, tooltips=tooltips)

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """Word, fill and ink for each word that occurs."""
        used = {data[self.word] for _, data in self.graph.nodes(data=True)}
        return tuple((word, *pair) for word, pair in self.colours.items() if word in used)


def statement_picture(
    proofs: Proofs, statuses: Mapping[tuple[str, str], str], keys: Iterable[str] = ()
) -> Picture:
    """The citations among the statements; with keys, what lies below and above these.

    A node has the colour of its printed reading, and where there is a repaired one a bar of its
    colour and the words of both.

    Raises UnknownKeyError for an unknown key.
    """
    unknown = {key: "assumed" if proofs[key].kind == "external" else "not run" for key in proofs}
    printed = {key: statuses.get((key, "printed"), unknown[key]) for key in proofs}
    final = {key: statuses.get((key, "repaired"), printed[key]) for key in proofs}
    graph = proofs.graph(final)
    chosen = [proofs[key].key for key in keys]
    if chosen:
        near = {n for key in chosen for n in nx.ancestors(graph, key) | nx.descendants(graph, key)}
        graph = graph.subgraph(near | set(chosen)).copy()
    boxes = {}
    for key, data in graph.nodes(data=True):
        repaired = proofs[key].repaired is not None
        status = data["status"]
        words = f"{printed[key]}; repaired: {status}" if repaired else status
        data["printed"] = printed[key]
        data["repaired"] = status if repaired else None
        tooltip = f"{key}: {data['title']} ({data['kind']}, {data['where']}); {words}"
        fill, ink = STATUS_COLOURS[printed[key]]
        second = STATUS_COLOURS[status][0] if repaired else ""
        boxes[key] = Box(key, words, tooltip, fill, ink, second)
    tooltips = {(u, v): f"{v} cites {u}" for u, v in graph.edges}
    title = "Statements" + (f": {', '.join(chosen)}" if chosen else "")
    return Picture(title, graph, "printed", boxes, tooltips, STATUS_COLOURS)


def proof_picture(statement: Statement, result: StatementResult) -> Picture:
    """The facts of one proof; each fact names the steps that give it.

    `result` is that of its derivation.
    """
    graph = proof_graph(statement, result)
    boxes = {}
    for name, data in graph.nodes(data=True):
        fill, ink = ROLE_COLOURS[data["role"]]
        steps = dict.fromkeys(edge["step"] for _, _, edge in graph.in_edges(name, data=True))
        by = f" by {', '.join(steps)}" if steps else ""
        boxes[name] = Box(name, data["role"] + by, data["claim"], fill, ink)
    tooltips = {}
    for u, v, data in graph.edges(data=True):
        citing = f" (cites {data['cites']})" if data["cites"] else ""
        tooltips[u, v] = f"{data['step']}{citing}: {data['why']}"
    title = f"Proof of {statement.key} ({statement.reading})"
    return Picture(title, graph, "role", boxes, tooltips, ROLE_COLOURS)


def render(picture: Picture, form: str) -> str:
    """The picture as text in one of FORMATS."""
    writers: dict[str, Callable[[Picture], str]] = {
        "dot": _dot,
        "svg": _svg,
        "mermaid": _mermaid,
        "json": lambda p: dump(_data(p)),
        "html": _html,
    }
    return writers[form](picture)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dot(picture: Picture) -> str:
    lines = [
        f"digraph {_quoted(picture.title)} {{",
        "  rankdir=TB;",
        '  node [shape=box, style="rounded,filled", fontname="sans-serif"];',
    ]
    for name, box in picture.boxes.items():
        label = _quoted(box.title)[:-1] + "\\n" + _quoted(box.subtitle)[1:]
        style = f", color={_quoted(box.second)}, penwidth=3" if box.second else ""
        lines.append(
            f"  {_quoted(name)} [label={label}, fillcolor={_quoted(box.fill)}, "
            f"fontcolor={_quoted(box.ink)}, tooltip={_quoted(box.tooltip)}{style}];"
        )
    for (u, v), tooltip in picture.tooltips.items():
        lines.append(f"  {_quoted(u)} -> {_quoted(v)} [tooltip={_quoted(tooltip)}];")
    lines.append("  subgraph cluster_legend {")
    lines.append('    label="legend";')
    for word, fill, ink in picture.legend:
        lines.append(
            f"    {_quoted('legend ' + word)} [label={_quoted(word)}, fillcolor={_quoted(fill)}, "
            f"fontcolor={_quoted(ink)}];"
        )
    return "\n".join([*lines, "  }", "}"]) + "\n"


def _mermaid(picture: Picture) -> str:
    def text(words: str) -> str:
        return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")

    number = {name: f"n{i}" for i, name in enumerate(picture.boxes)}
    group = {word: f"c{i}" for i, (word, _, _) in enumerate(picture.legend)}
    lines = ["flowchart TD"]
    for name, box in picture.boxes.items():
        word = picture.graph.nodes[name][picture.word]
        label = f"{text(box.title)}<br/>{text(box.subtitle)}"
        lines.append(f'  {number[name]}["{label}"]:::{group[word]}')
    lines += [f"  {number[u]} --> {number[v]}" for u, v in picture.tooltips]
    for word, fill, ink in picture.legend:
        lines.append(f"  classDef {group[word]} fill:{fill},color:{ink},stroke:#333333")
    return "\n".join(lines) + "\n"


def _data(picture: Picture) -> dict[str, Any]:
    return {
        "schema": "lemma-check/graph/2",
        "title": picture.title,
        "nodes": [{"name": name, **data} for name, data in picture.graph.nodes(data=True)],
        "edges": [{"from": u, "to": v, **data} for u, v, data in picture.graph.edges(data=True)],
    }


def _svg(picture: Picture) -> str:
    legend = [(word, fill) for word, fill, _ in picture.legend]
    if any(box.second for box in picture.boxes.values()):
        legend.append(("bar at the right: the repaired reading", "#ffffff"))
    name = re.sub(r"\W+", "-", picture.title)
    return svg(picture.graph, picture.boxes, picture.tooltips, legend, name)


def _html(picture: Picture) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(box.title)}</td><td>{escape(box.subtitle)}</td>"
        f"<td>{escape(box.tooltip)}</td></tr>"
        for box in picture.boxes.values()
    )
    title = escape(picture.title)
    page = f"""\
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>{title}</title>
    <style>
    body {{ font-family: sans-serif; margin: 1.5em; }}
    .picture {{ overflow: auto; border: 1px solid #cccccc; }}
    .picture svg {{ max-width: 100%; height: auto; }}
    td {{ padding: 0.15em 0.8em 0.15em 0; vertical-align: top; }}
    </style>
    </head>
    <body>
    <h1>{title}</h1>
    """
    return (
        textwrap.dedent(page)
        + f'<div class="picture">\n{_svg(picture)}</div>\n'
        + f"<table>\n{rows}\n</table>\n</body>\n</html>\n"
    )
