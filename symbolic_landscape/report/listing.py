"""The list of statements, without a run of any of them.

Functions: chosen, list_lines, heading, paper_lines, papers_data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.library.catalogue import Entry
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.statement.paper import Paper


def chosen(
    found: Sequence[Entry], paper: str | None = None, kind: str | None = None
) -> tuple[Entry, ...]:
    """Those of the declared statements that are of this paper and kind.

    Raises UnknownKeyError when no statement is of the paper or of the kind.
    """
    for name, value in (("paper", paper), ("kind", kind)):
        known = dict.fromkeys(getattr(entry, name) for entry in found)
        if value is not None and value not in known:
            near = ", ".join(get_close_matches(value, known, cutoff=0.5) or known)
            message = f"no statement has the {name} {value!r}; known are {near or 'none'}"
            raise UnknownKeyError(message)
    return tuple(e for e in found if paper in (None, e.paper) and kind in (None, e.kind))


def list_lines(rows: Sequence[Entry]) -> Iterator[str]:
    """Key, kind, place and title of each."""
    for row in rows:
        yield from heading(row.key, row.kind, row.where, row.title)


def heading(key: str, kind: str, where: str, title: str) -> Iterator[str]:
    """What a statement is called."""
    place = f", {where}" if where else ""
    yield from wrapped(f"{key}  {kind}{place}: {title}", 0, 4)


def paper_lines(papers: Mapping[str, Paper], rows: Sequence[Entry]) -> Iterator[str]:
    """Each paper with its authors, where it is found, and the number of its statements."""
    numbers = Counter(row.paper for row in rows)
    for key, paper in papers.items():
        who = ", ".join(paper.authors)
        yield from wrapped(f"{key:<6}{who}: {paper.title}", 0, 6)
        yield from wrapped(
            f"{paper.place}; {paper.address}; {counted(numbers[key], 'statement')}", 6, 6
        )
        if paper.version:
            yield from wrapped(f"The text: {paper.version}", 6, 6)


def papers_data(papers: Mapping[str, Paper], rows: Sequence[Entry]) -> dict[str, Any]:
    """The same as JSON."""
    numbers = Counter(row.paper for row in rows)
    return {
        "schema": "lemma-check/papers/1",
        "papers": [
            {
                "key": key,
                "title": paper.title,
                "authors": list(paper.authors),
                "year": paper.year,
                "venue": paper.venue,
                "identifier": f"arXiv:{paper.arxiv}",
                "address": paper.address,
                "version": paper.version,
                "statements": numbers[key],
            }
            for key, paper in papers.items()
        ],
    }
