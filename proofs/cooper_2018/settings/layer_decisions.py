"""Section 3.1: what settles on an instance whether some deep network fits the samples.

Decisions: deep_network_fits, first_units_fit.
"""

from itertools import pairwise
from typing import Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.cooper_2018.settings.activation_decisions import (
    is_weakly_rectified,
)
from symbolic_landscape.proofs.cooper_2018.settings.fitting_decisions import clash
from symbolic_landscape.proofs.cooper_2018.settings.interpolation import deep, fits, rationals
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def deep_network_fits(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS by the weights that are constructed; FAILS where no network of these widths fits."""
    depth, sizes, _, sigma, X, Y = arguments
    widths = [sizes.at(k) for k in range(1, depth + 1)]
    why = clash(X, Y, sigma, widths)
    if why:
        return fails(Evidence.EXACT, why)
    if widths[-1] < X.shape[1] or 0 in widths:
        return undecided("the last hidden layer is narrower than the samples are many")
    try:
        if fits(X, Y, sigma, deep(X, Y, sigma, widths)):
            return holds(Evidence.EXACT, "the outputs are the targets at weights that are made")
    except (LandscapeError, ZeroDivisionError) as cause:
        return undecided(str(cause))
    return undecided("the weights that are constructed do not fit")


def first_units_fit(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where targets turn: all units but one are constant, so outputs are monotone in a . x."""
    depth, _, _, sigma, X, Y = arguments
    if depth < 2:
        return deep_network_fits(instance, arguments)
    if X.shape[0] != 1:
        return undecided("there is not one input")
    if not is_weakly_rectified(instance, (sigma,)).is_holds:
        return undecided("whether the activation is monotone is not known")
    try:
        (line,), targets = rationals(X), rationals(Y)
    except LandscapeError as cause:
        return undecided(str(cause))
    order = sorted(range(len(line)), key=line.__getitem__)
    for output, row in enumerate(targets, 1):
        steps = [row[v] - row[u] for u, v in pairwise(order)]
        if min(steps, default=0) < 0 < max(steps, default=0):
            said = f"output {output} rises and falls, but it is monotone in the one input"
            return fails(Evidence.EXACT, said)
    return undecided("the targets are monotone")
