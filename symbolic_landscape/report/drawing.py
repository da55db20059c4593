"""Drawing a directed acyclic graph as SVG: layers from top to bottom, few crossings.

Functions: svg.

Design notes. Nothing but the standard library and networkx's layers is used: Graphviz is often not
installed, and networkx's own layouts need numpy. A node stands just above the first one that leans
on it; long edges pass through waypoints of their own; within a row nodes and waypoints are ordered
by the mean place of their neighbours, swept down and up a few times. Nodes without edges come last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import networkx as nx

_LETTER = 7.4
_HEIGHT = 44
_GAP = 18
_RISE = 56
_MARGIN = 16
_SWEEPS = 10
_LONGEST_ROW = 8
_WAYPOINT = 12.0
_BAR = 12


@dataclass(frozen=True)
class Box:
    """How a node is drawn: two lines of text, a tooltip, its colours, and where it leads.

    `second` is the colour of a bar at its right edge; an empty text stands for none.
    """

    title: str
    subtitle: str
    tooltip: str
    fill: str
    ink: str = "#000000"
    second: str = ""
    link: str = ""

    @property
    def width(self) -> float:
        """The width in pixels that holds both lines."""
        return max(len(self.title), len(self.subtitle), 8) * _LETTER + 16 + _BAR * bool(self.second)


Edge = tuple[str, str]
Waypoint = tuple[str, str, int]
"""An edge and the row that it passes."""


def svg(
    graph: nx.DiGraph[str],
    boxes: Mapping[str, Box],
    tooltips: Mapping[Edge, str],
    legend: Sequence[tuple[str, str]],
    name: str = "",
) -> str:
    """The SVG text of the graph; `legend` lists (word, fill) for the line below it.

    `name` tells several of them on one page apart.
    """
    tip = f"tip-{name}"
    rows, chains = _layout(graph)

    def breadth(item: str | Waypoint) -> float:
        return boxes[item].width if isinstance(item, str) else _WAYPOINT

    widths = [sum(breadth(item) + _GAP for item in row) - _GAP for row in rows]
    words = sum(_legend_width(word) for word, _ in legend)
    width = max([*widths, words, 200.0]) + 2 * _MARGIN
    bottom = len(rows) * (_HEIGHT + _RISE) + _MARGIN
    place: dict[str | Waypoint, tuple[float, float]] = {}
    for level, row in enumerate(rows):
        left = (width - widths[level]) / 2
        for item in row:
            place[item] = (left + breadth(item) / 2, _MARGIN + level * (_HEIGHT + _RISE))
            left += breadth(item) + _GAP
    height = bottom + 14 + _MARGIN
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="12">'
    )
    parts = [
        opening,
        _tip(tip),
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *(
            _arrow([place[item] for item in chain], edge, tooltips[edge], tip)
            for edge, chain in chains.items()
        ),
        *(_box(place[name], boxes[name]) for name in graph.nodes),
        *_legend(legend, bottom),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _tip(name: str) -> str:
    """The head of the arrows."""
    return (
        f'<defs><marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#555555"/></marker></defs>'
    )


def _layout(
    graph: nx.DiGraph[str],
) -> tuple[list[list[str | Waypoint]], dict[Edge, list[str | Waypoint]]]:
    """The rows from top to bottom, and for each edge the places that it passes."""
    rows: list[list[str | Waypoint]] = []
    for layer in _layers(graph):
        for start in range(0, len(layer), _LONGEST_ROW):
            rows.append([*layer[start : start + _LONGEST_ROW]])
    level = {name: number for number, row in enumerate(rows) for name in row}
    chains: dict[Edge, list[str | Waypoint]] = {}
    for u, v in graph.edges:
        passed: list[Waypoint] = [(u, v, row) for row in range(level[u] + 1, level[v])]
        for waypoint in passed:
            rows[waypoint[2]].append(waypoint)
        chains[u, v] = [u, *passed, v]
    _uncross(rows, chains)
    alone = [name for name in graph if graph.degree(name) == 0]
    for start in range(0, len(alone), _LONGEST_ROW):
        rows.append([*alone[start : start + _LONGEST_ROW]])
    return rows, chains


def _layers(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The nodes that have edges, each just above the first one that leans on it."""
    level: dict[str, int] = {}
    for number, layer in enumerate(nx.topological_generations(graph)):
        level.update(dict.fromkeys(layer, number))
    for name in reversed(list(nx.topological_sort(graph))):
        after = [level[other] for other in graph.successors(name)]
        if after:
            level[name] = min(after) - 1
    layers: dict[int, list[str]] = {}
    for name in graph:
        if graph.degree(name):
            layers.setdefault(level[name], []).append(name)
    return [layers[number] for number in sorted(layers)]


def _uncross(
    rows: list[list[str | Waypoint]], chains: Mapping[Edge, Sequence[str | Waypoint]]
) -> None:
    """Orders each row by the mean place of the neighbours above, then below, and so on."""
    above: dict[str | Waypoint, list[str | Waypoint]] = {}
    below: dict[str | Waypoint, list[str | Waypoint]] = {}
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            below.setdefault(upper, []).append(lower)
            above.setdefault(lower, []).append(upper)
    at: dict[str | Waypoint, float] = {}
    for row in rows:
        at.update({item: (i + 0.5) / len(row) for i, item in enumerate(row)})
    for sweep in range(_SWEEPS):
        near = below if sweep % 2 else above
        for row in reversed(rows) if sweep % 2 else rows:
            means = {
                item: sum(at[other] for other in near[item]) / len(near[item])
                if item in near
                else at[item]
                for item in row
            }
            row.sort(key=lambda item, means=means: means[item])  # type: ignore[misc]  # stable
            at.update({item: (i + 0.5) / len(row) for i, item in enumerate(row)})


def _arrow(places: Sequence[tuple[float, float]], edge: Edge, tooltip: str, tip: str) -> str:
    """A smooth line from the first box through the waypoints to the last box."""
    x, y = places[0][0], places[0][1] + _HEIGHT
    path = f"M{x:.1f},{y:.1f}"
    for number, (to_x, top) in enumerate(places[1:], 1):
        bend = (top - y) / 2
        path += f" C{x:.1f},{y + bend:.1f} {to_x:.1f},{top - bend:.1f} {to_x:.1f},{top:.1f}"
        x, y = to_x, top
        if number < len(places) - 1:
            y += _HEIGHT
            path += f" L{x:.1f},{y:.1f}"
    return (
        f'<path data-from="{escape(edge[0])}" data-to="{escape(edge[1])}" d="{path}" '
        f'fill="none" stroke="#555555" marker-end="url(#{tip})">'
        f"<title>{escape(tooltip)}</title></path>"
    )


def _box(at: tuple[float, float], box: Box) -> str:
    x, y = at
    right = x + box.width / 2
    bar = (
        f'<rect x="{right - _BAR:.1f}" y="{y + 1:.1f}" width="{_BAR - 1}" height="{_HEIGHT - 2}" '
        f'rx="4" fill="{box.second}" stroke="#ffffff"/>'
        if box.second
        else ""
    )
    drawn = (
        f'<g data-key="{escape(box.title)}"><title>{escape(box.tooltip)}</title>'
        f'<rect x="{x - box.width / 2:.1f}" y="{y:.1f}" width="{box.width:.1f}" '
        f'height="{_HEIGHT}" rx="6" fill="{box.fill}" stroke="#333333"/>{bar}'
        f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle" font-weight="bold" '
        f'fill="{box.ink}">{escape(box.title)}</text>'
        f'<text x="{x:.1f}" y="{y + 34:.1f}" text-anchor="middle" font-size="11" '
        f'fill="{box.ink}">{escape(box.subtitle)}</text></g>'
    )
    return f'<a href="{escape(box.link)}">{drawn}</a>' if box.link else drawn


def _legend_width(word: str) -> float:
    return len(word) * _LETTER + 34


def _legend(legend: Sequence[tuple[str, str]], top: float) -> list[str]:
    parts = []
    left = float(_MARGIN)
    for word, fill in legend:
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="14" height="14" fill="{fill}" '
            f'stroke="#333333"/><text x="{left + 19:.1f}" y="{top + 12:.1f}">{escape(word)}</text>'
        )
        left += _legend_width(word)
    return parts
