"""The page of the atlas: known points with their properties, smallest first.

Functions: atlas_page, atlas_data.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape
from typing import Any

from symbolic_landscape.atlas import Entry
from symbolic_landscape.report.layout import counted
from symbolic_landscape.report.site.frame import code, link_to, page, table

SCHEMA = "lemma-check/atlas/1"

_HEAD = ("Object", "Kind", "Global", "Hessian", "Network", "Samples", "Meets", "Certificate")
_GLOBAL = {True: "yes", False: "no", None: "unknown"}


def atlas_page(entries: Sequence[Entry], keys: Container[str]) -> str:
    """Every entry as a row; statements among the keys are linked."""
    html = (
        f"<p>{counted(len(entries), 'point')} of small networks, the smallest first, as data in "
        '<a href="atlas.json">atlas.json</a>. The Hessian is given by its positive, negative and '
        "zero eigenvalues; Meets names the theorems whose hypotheses hold at the point. Look up "
        "points by their properties, or search for others:</p>\n"
        + code('lemma-check find "local minimum, not global, tanh, one hidden layer"')
        + code('lemma-check hunt --want "isolated saddle, very wide"')
        + table(_HEAD, (_row(one, keys) for one in entries), "Atlas")
    )
    return page("Atlas", html, "atlas.html")


def _row(one: Entry, keys: Container[str]) -> tuple[str, ...]:
    facts = one.facts
    meets = (link_to(key) if key in keys else escape(key) for key in facts.meets or ())
    network = f"{'-'.join(map(str, facts.widths))}, {one.data['activation']}"
    claims = "; ".join(
        part
        for part in (
            ", ".join(one.covered),
            f"not covered: {', '.join(one.uncovered)}" if one.uncovered else "",
        )
        if part
    )
    return (
        f"<strong>{escape(one.name)}</strong><br>{escape(one.title)}",
        escape(facts.kind or "undecided"),
        _GLOBAL[facts.is_global],
        ", ".join(map(str, facts.inertia)) if facts.inertia is not None else "",
        escape(network),
        str(facts.samples),
        ", ".join(meets),
        escape(claims),
    )


def atlas_data(entries: Sequence[Entry]) -> dict[str, Any]:
    """All entries as data."""
    return {"schema": SCHEMA, "entries": [one.to_data() for one in entries]}
