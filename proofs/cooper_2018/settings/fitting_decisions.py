"""Section 3.1: what settles on an instance whether some network fits the samples.

Decisions: one_layer_fits.
"""

from collections.abc import Collection
from itertools import combinations
from typing import Any

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.formula import ZERO, T
from symbolic_landscape.proofs.cooper_2018.settings.interpolation import fits, one_layer
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def clash(X: Matrix, Y: Matrix, sigma: Any, widths: Collection[int]) -> str:
    """Why no network of these hidden widths fits, nor one with targets near Y.

    Samples are equal, the activation is 0 or linear, or a layer is empty.
    """
    if getattr(sigma, "formula", None) == T and 0 not in X.shape:
        seen = X.vstack(X.field.ones(1, X.shape[1]))
        if seen.vstack(Y).rank() > seen.rank():
            return "the outputs are affine in the samples, the targets are not"
    for i, j in combinations(range(X.shape[1]), 2):
        if Y.column(i) == Y.column(j):
            continue
        if X.column(i) == X.column(j):
            return f"the samples {i + 1} and {j + 1} are equal, their targets are not"
        if getattr(sigma, "formula", None) == ZERO or 0 in widths:
            return f"all outputs are equal, the targets {i + 1} and {j + 1} are not"
    return ""


def one_layer_fits(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS by the weights that are constructed; FAILS where no network of this width fits."""
    h, X, Y, sigma = arguments
    why = clash(X, Y, sigma, (h,))
    if why:
        return fails(Evidence.EXACT, why)
    if h < X.shape[1]:
        return undecided("there are fewer units than samples")
    try:
        layers = one_layer(X, Y, sigma, h)
        if fits(X, Y, sigma, layers):
            return holds(Evidence.EXACT, f"the outputs are the targets at {layers}")
    except (LandscapeError, ZeroDivisionError) as cause:
        return undecided(str(cause))
    return undecided("the weights that are constructed do not fit")
