"""Section 3.1: least maps of bounded rank and separated spaces, on exact data.

Decisions: those of DECISIONS, each from a matrix, inputs and targets.

Design notes. A map of rank at most k is that of a network with one layer of k units, for which a
lower bound of all such risks is at hand. A better map is looked for among projections onto
coordinate axes, onto the columns of U, and the map of least squares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

from symbolic_landscape.arithmetic import Matrix, positive_definite
from symbolic_landscape.critical.deep_linear import DeepLinearPoint, attains_relaxed_optimum
from symbolic_landscape.critical.deep_linear.spectrum import column_basis
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.common.low_rank import dominance
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

Decision = Callable[[Any, tuple[Any, ...]], Verdict]


def settled(decide: Callable[..., Verdict]) -> Decision:
    """The decision, UNDECIDED for values in no exact field."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        try:
            return decide(instance, *arguments)
        except (LandscapeError, KeyError) as cause:
            return undecided(str(cause))

    return decided
