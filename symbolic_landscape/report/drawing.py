"""Drawing a directed acyclic graph as SVG: layers from top to bottom, few crossings.

Functions: svg.

Design notes. Nothing but the standard library and networkx's layers is used: Graphviz is often not
installed, and networkx's own layouts need numpy. Within a layer nodes are ordered by the mean place
of their neighbours, swept down and up a few times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import networkx as nx

_LETTER = 7.4
_HEIGHT = 44
_GAP = 18
_RISE = 56
_MARGIN = 16
_SWEEPS = 8
_LONGEST_ROW = 8
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
    'markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#555555"/></marker></defs>'
)


@dataclass(frozen=True)
class Box:
    """How a node is drawn: two lines of text, a tooltip, and its colours."""

    title: str
    subtitle: str
    tooltip: str
    fill: str
    ink: str = "#000000"
    dashed: bool = False

    @property
    def width(self) -> float:
        """The width in pixels that holds both lines."""
        return max(len(self.title), len(self.subtitle), 8) * _LETTER + 16


@dataclass(frozen=True)
class Arrow:
    """How an edge is drawn: a label, shown as a tooltip too."""

    label: str = ""
    tooltip: str = ""


def svg(
    graph: nx.DiGraph[str],
    boxes: dict[str, Box],
    arrows: dict[tuple[str, str], Arrow],
    legend: Sequence[tuple[str, str, str]],
) -> str:
    """The SVG text of the graph; `legend` lists (word, fill, ink) for the row below it."""
    rows = _rows(graph)
    widths = [sum(boxes[n].width + _GAP for n in row) - _GAP for row in rows]
    legend_width = sum(_legend_width(word) for word, _, _ in legend)
    width = max([*widths, legend_width, 200.0]) + 2 * _MARGIN
    height = len(rows) * (_HEIGHT + _RISE) + 2 * _MARGIN + _HEIGHT
    place: dict[str, tuple[float, float]] = {}
    for level, row in enumerate(rows):
        left = (width - widths[level]) / 2
        for name in row:
            place[name] = (left + boxes[name].width / 2, _MARGIN + level * (_HEIGHT + _RISE))
            left += boxes[name].width + _GAP
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="12">'
    )
    parts = [
        opening,
        _TIP,
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *(_arrow(place[u], place[v], arrows[u, v]) for u, v in graph.edges),
        *(_box(place[name], boxes[name]) for name in graph.nodes),
        *_legend(legend, height - _HEIGHT),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rows(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The layers, each in an order with few crossings; a long layer is broken into several rows."""
    layers = [sorted(layer) for layer in nx.topological_generations(graph)]
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        order = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
        at = {name: (i + 0.5) / len(layer) for layer in layers for i, name in enumerate(layer)}
        for level in order:
            near = graph.predecessors if down else graph.successors
            ranks = []
            for name in layers[level]:
                places = [at[other] for other in near(name)] or [at[name]]
                ranks.append((sum(places) / len(places), name))
            layers[level] = [name for _, name in sorted(ranks)]
            size = len(layers[level])
            at.update({name: (i + 0.5) / size for i, name in enumerate(layers[level])})
    return [
        layer[start : start + _LONGEST_ROW]
        for layer in layers
        for start in range(0, len(layer), _LONGEST_ROW)
    ]


def _arrow(tail: tuple[float, float], head: tuple[float, float], arrow: Arrow) -> str:
    (x0, y0), (x1, y1) = tail, head
    y0 += _HEIGHT
    bend = max((y1 - y0) / 2, 24)
    path = (
        f'<path d="M{x0:.1f},{y0:.1f} C{x0:.1f},{y0 + bend:.1f} {x1:.1f},{y1 - bend:.1f} '
        f'{x1:.1f},{y1:.1f}" fill="none" stroke="#555555" marker-end="url(#tip)">'
    )
    tooltip = f"<title>{escape(arrow.tooltip)}</title>" if arrow.tooltip else ""
    label = ""
    if arrow.label:
        label = (
            f'<text x="{(x0 + x1) / 2:.1f}" y="{(y0 + y1) / 2:.1f}" text-anchor="middle" '
            f'font-size="10" fill="#333333" stroke="#ffffff" stroke-width="3" '
            f'paint-order="stroke">{escape(arrow.label)}</text>'
        )
    return f"{path}{tooltip}</path>{label}"


def _box(at: tuple[float, float], box: Box) -> str:
    x, y = at
    dashes = ' stroke-dasharray="5 3" stroke-width="2"' if box.dashed else ""
    return (
        f"<g><title>{escape(box.tooltip)}</title>"
        f'<rect x="{x - box.width / 2:.1f}" y="{y:.1f}" width="{box.width:.1f}" '
        f'height="{_HEIGHT}" rx="6" fill="{box.fill}" stroke="#333333"{dashes}/>'
        f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle" font-weight="bold" '
        f'fill="{box.ink}">{escape(box.title)}</text>'
        f'<text x="{x:.1f}" y="{y + 34:.1f}" text-anchor="middle" font-size="11" '
        f'fill="{box.ink}">{escape(box.subtitle)}</text></g>'
    )


def _legend_width(word: str) -> float:
    return len(word) * _LETTER + 34


def _legend(legend: Sequence[tuple[str, str, str]], top: float) -> list[str]:
    parts = []
    left = float(_MARGIN)
    for word, fill, _ in legend:
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="14" height="14" fill="{fill}" '
            f'stroke="#333333"/><text x="{left + 19:.1f}" y="{top + 12:.1f}">{escape(word)}</text>'
        )
        left += _legend_width(word)
    return parts
