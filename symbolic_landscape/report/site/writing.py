"""Writing the site into a folder: all of it or nothing, and never over files of another kind.

Function: write_site.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from symbolic_landscape.atlas import atlas
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.results import Node
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport, alone
from symbolic_landscape.report.data import dump
from symbolic_landscape.report.errata import errata, errata_bibtex, errata_data
from symbolic_landscape.report.graphs import statement_picture
from symbolic_landscape.report.output import plain
from symbolic_landscape.report.site.atlas import atlas_data, atlas_page
from symbolic_landscape.report.site.frame import address
from symbolic_landscape.report.site.graph import around, graph_page
from symbolic_landscape.report.site.lists import errata_page, front_page, guide_page, rules_page
from symbolic_landscape.report.site.statement import statement_page

_MARK = ".lemma-check-site"
_ASSETS = ("site.css", "site.js")


def write_site(folder: Path, proofs: Proofs, last: CheckReport) -> int:
    """Writes the site, and says how many files it has; `last` holds what earlier runs found.

    Raises ProblemError where the folder holds something else, or cannot be written.
    """
    if folder.exists() and not _replaceable(folder):
        message = f"-o needs a new or empty folder, or one of an earlier site, got {folder}"
        raise ProblemError(message)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".site."))
        try:
            number = 0
            for path, text in _files(proofs, last):
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_text(text, encoding="utf-8")
                number += 1
            made.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            os.replace(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        message = f"-o needs a folder that can be written, but {folder} is not: {error.strerror}"
        raise ProblemError(message) from error
    return number


def _replaceable(folder: Path) -> bool:
    """Whether nothing is lost with the folder."""
    return (folder / _MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))


def _files(proofs: Proofs, last: CheckReport) -> Iterator[tuple[str, str]]:
    """Each file of the site by its path."""
    statuses = last.statuses
    rows = errata(last, proofs)
    papers = proofs.papers
    yield _MARK, "made by lemma-check report; its folder is replaced by the next run\n"
    for name in _ASSETS:
        yield name, (files(__package__) / "assets" / name).read_text(encoding="utf-8")
    yield "index.html", front_page(proofs, statuses, papers)
    yield "graph.html", graph_page(proofs, statuses)
    yield "errata.html", errata_page(rows)
    yield "errata.bib", plain(errata_bibtex(rows)) + "".join(p.bibtex for p in papers.values())
    yield "errata.json", dump(errata_data(rows))
    yield "guide.html", guide_page()
    yield "atlas.html", atlas_page(atlas(), proofs)
    yield "atlas.json", dump(atlas_data(atlas()))
    graph = proofs.graph()
    whole = statement_picture(proofs, statuses)
    shared = Derivations(proofs.rules.values())
    users: dict[str, list[str]] = {}
    for key in proofs:
        lemma = proofs[key]
        found = {
            statement.reading: (
                last.by_node.get(node_of(statement)) or alone(proofs, statement, shared),
                _status(node_of(statement), statuses, lemma.kind),
            )
            for statement in lemma.printed.readings
        }
        for rule in dict.fromkeys(r for one, _ in found.values() for r in one.derivation.rules):
            users.setdefault(rule, []).append(key)
        path = address(key)
        above = sorted(graph.successors(key))
        near = around(key, whole)
        paper = papers.get(lemma.paper)
        yield path, statement_page(lemma, found, paper, above=above, around=near, path=path)
    yield "rules.html", rules_page(tuple(proofs.rules.values()), users)


def _status(node: Node, statuses: Mapping[Node, str], kind: str) -> str:
    return statuses.get(node, "assumed" if kind == "external" else "not run")
