"""Writing the site into a folder, file by file, and never over files of another kind.

Function: write_site.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from symbolic_landscape.atlas import atlas
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.results import Node
from symbolic_landscape.library.desk import alone
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.data import dump
from symbolic_landscape.report.errata import errata, errata_bibtex, errata_data
from symbolic_landscape.report.graphs import statement_picture
from symbolic_landscape.report.output import plain, write_file
from symbolic_landscape.report.site.atlas import atlas_data, atlas_page
from symbolic_landscape.report.site.course import course_page
from symbolic_landscape.report.site.frame import address
from symbolic_landscape.report.site.graph import around, graph_page
from symbolic_landscape.report.site.lists import errata_page, front_page, guide_page, rules_page
from symbolic_landscape.report.site.statement import statement_page

_MARK = ".lemma-check-site"
_ASSETS = ("site.css", "site.js")


def write_site(folder: Path, proofs: Proofs, last: CheckReport) -> int:
    """Writes the site, and says how many files it has; `last` holds what earlier runs found.

    Files of an earlier site are replaced, and those that it no longer has are taken away; any other
    file is left as it is. Raises ProblemError where the folder holds something else and no site, or
    cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    if folder.exists() and not _replaceable(folder):
        message = f"-o needs a new or empty folder, or one of an earlier site, got {folder}"
        raise ProblemError(message)
    made = dict(_files(proofs, last))
    made[_MARK] = plain(sorted({_MARK, *made}))
    try:
        before = _of_a_site(folder)
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(folder / path, text)
        for path in before - made.keys():
            (folder / path).unlink(missing_ok=True)
    except OSError as error:
        message = f"-o needs a folder that can be written, but {folder} is not: {error.strerror}"
        raise ProblemError(message) from error
    return len(made)


def _replaceable(folder: Path) -> bool:
    """Whether a site may be put there."""
    return (folder / _MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))


def _of_a_site(folder: Path) -> set[str]:
    """The files that an earlier site has there, by its own list."""
    mark = folder / _MARK
    if not mark.is_file():
        return set()
    listed = mark.read_text(encoding="utf-8").splitlines()
    return {path for path in listed if not Path(path).is_absolute() and ".." not in path}


def _files(proofs: Proofs, last: CheckReport) -> Iterator[tuple[str, str]]:
    """Each file of the site by its path."""
    statuses = last.statuses
    rows = errata(last, proofs)
    papers = proofs.papers
    for name in _ASSETS:
        yield name, (files(__package__) / "assets" / name).read_text(encoding="utf-8")
    yield "index.html", front_page(proofs, statuses, papers)
    yield "graph.html", graph_page(proofs, statuses)
    yield "errata.html", errata_page(rows)
    yield "errata.bib", plain(errata_bibtex(rows)) + "".join(p.bibtex for p in papers.values())
    yield "errata.json", dump(errata_data(rows))
    yield "guide.html", guide_page()
    yield "course.html", course_page(proofs)
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
