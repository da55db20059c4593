"""An entry of the atlas made from a problem: classified, and its certificate tried.

Functions: built, hunted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from symbolic_landscape.atlas.entries import Entry
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import Classification, classify_problem
from symbolic_landscape.critical.classification import shown
from symbolic_landscape.critical.problem import Problem, problem_from_data
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.explore import Specimen, facts_of, facts_of_network
from symbolic_landscape.networks import Network


def built(name: str, title: str, source: str, found_by: str, data: Mapping[str, Any]) -> Entry:
    """The entry of a problem.

    Raises ProblemError: what is wrong with the problem, or it is not about a plain network.
    """
    problem = problem_from_data(data, name)
    return _made(name, title, source, found_by, problem, classify_problem(problem))


def hunted(name: str, title: str, specimen: Specimen) -> Entry:
    """The entry of what a hunt found."""
    problem = problem_from_data(specimen.data, name)
    return _made(name, title, "hunt", specimen.origin, problem, specimen.classification)


def _made(
    name: str, title: str, source: str, found_by: str, problem: Problem, found: Classification
) -> Entry:
    surface = problem.surface
    more = [key for key in ("weight_decay", "shared", "frozen") if key in problem.data]
    if not isinstance(surface.network, Network) or more or "weights" in problem.data["samples"]:
        message = f"atlas, {name}: a plain network with equal weights of samples was needed"
        raise ProblemError(message)
    facts = facts_of_network(surface.network, surface.samples.count, surface.loss.name)
    try:
        claims = certificate(problem, found)["claims"]
    except ProblemError:
        claims = []
    return Entry(
        name=name,
        title=title,
        source=source,
        found_by=found_by,
        data=problem.data,
        facts=facts_of(facts, found),
        loss=shown(found.loss),
        evidence=found.evidence.word,
        covered=_names(claim for claim in claims if "not covered" not in claim),
        uncovered=_names(claim for claim in claims if "not covered" in claim),
    )


def _names(claims: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(claim["claim"]) for claim in claims))
