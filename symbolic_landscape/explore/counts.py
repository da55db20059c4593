"""Critical points with few zero eigenvalues of the Hessian, that are not fitted.

Functions: fewest_zeros.

Design notes. Eigenvalues in floats choose among many designs; only the best one is classified, and
its inertia is exact. The least number that was found is an upper bound for the least there is.
"""

from __future__ import annotations

from random import Random

from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.explore.descent import rough_eigenvalues, rough_hessian
from symbolic_landscape.explore.facts import facts_of, facts_of_network
from symbolic_landscape.explore.hunt import EXACT, Specimen
from symbolic_landscape.explore.proposals import Proposal, by_targets, proposed
from symbolic_landscape.networks import Network


def fewest_zeros(
    network: Network, samples: int, *, draws: int = 100, seed: int = 0
) -> Specimen | None:
    """The critical point with the fewest zero eigenvalues among so many draws, classified.

    None if all that was drawn is fitted, or outside the rationals. The inertia of the answer is
    exact; that there is no point with fewer is not shown.
    """
    random = Random(seed)
    best: tuple[int, Proposal] | None = None
    for _ in range(draws):
        for proposal in proposed(by_targets, network, samples, random):
            count = _zeros(proposal)
            if count is not None and (best is None or count < best[0]):
                best = count, proposal
    if best is None:
        return None
    data = best[1].data
    found = classify_problem(problem_from_data(data, "fewest zeros"))
    facts = facts_of(facts_of_network(network, samples), found)
    return Specimen(data, best[1].origin, found, facts)


def _zeros(proposal: Proposal) -> int | None:
    """How many eigenvalues are 0 in floats; None where the point is fitted."""
    frame, design = proposal.frame, proposal.design
    if design is None or not any(design.residuals):
        return None
    try:
        hessian = rough_hessian(frame.network, frame.inputs, proposal.targets, frame.vector)
    except (LandscapeError, OverflowError):
        return None
    values = rough_eigenvalues(hessian)
    largest = max(map(abs, values))
    return sum(abs(value) <= EXACT * largest for value in values)
