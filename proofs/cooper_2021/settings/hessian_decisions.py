"""Section 5.3: what settles null vectors of a Hessian and local minima on an instance."""

from collections.abc import Callable
from typing import Any

from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.cooper_2021.settings.network_decisions import at
from symbolic_landscape.statement.setting import Decision
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _counted(count: Callable[[LossAtPoint], int], what: str) -> Decision:
    """The decision whether there are as many as the last argument says, by an exact count."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        *point, least = arguments
        try:
            known = count(at(instance, *point))
        except (LandscapeError, KeyError, AttributeError) as cause:
            return undecided(str(cause))
        said = f"{known} {what}, {least} are asked for"
        return (holds if least <= known else fails)(Evidence.EXACT, said)

    decided.__doc__ = count.__doc__
    return decided


def _zeros(point: LossAtPoint) -> int:
    """How many eigenvalues of the Hessian are 0, by exact elimination."""
    _, _, zero = point.hessian.inertia()
    return int(zero)


def _null_rows(point: LossAtPoint) -> int:
    """How many changes of a row of the last layer are null vectors of the Hessian for every output.

    The columns of the Hessian that belong to the outputs are put below one another.
    """
    network, hessian = point.surface.network, point.hessian
    units, outputs = network.widths[-2:]
    first = network.layer_range(network.depth).start
    everything = range(hessian.shape[0])
    columns = [
        [*range(first + units * i, first + units * (i + 1)), first + units * outputs + i]
        for i in range(outputs)
    ]
    blocks = [hessian.submatrix(everything, chosen).T for chosen in columns]
    stacked = blocks[0]
    for block in blocks[1:]:
        stacked = stacked.hstack(block)
    return int(units + 1 - stacked.rank())


zero_eigenvalues = _counted(_zeros, "eigenvalues are 0")
null_space = _counted(_null_rows, "directions of each row are null vectors")


def semidefinite(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether no eigenvalue of the Hessian is negative."""
    try:
        _, negative, _ = at(instance, *arguments).hessian.inertia()
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    return (fails if negative else holds)(Evidence.EXACT, f"{negative} eigenvalues are negative")


def nondegenerate(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether no eigenvalue of the Hessian is 0."""
    try:
        zero = _zeros(at(instance, *arguments))
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    return (fails if zero else holds)(Evidence.EXACT, f"{zero} eigenvalues are 0")


def isolated(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the gradient is 0 and no eigenvalue of the Hessian, FAILS where the gradient is not."""
    try:
        point = at(instance, *arguments)
        if not point.gradient.is_zero:
            return fails(Evidence.EXACT, "the gradient is not 0")
        positive, negative, zero = point.hessian.inertia()
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if not zero:
        said = f"critical, {positive} eigenvalues are positive, {negative} negative and none 0"
        return holds(Evidence.EXACT, said)
    return undecided(f"critical, and {zero} eigenvalues are 0")


def local_minimum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the loss is 0 or the Hessian positive, FAILS where it is lower nearby."""
    try:
        point = at(instance, *arguments)
        if point.value.is_zero:
            return holds(Evidence.EXACT, "the loss is 0")
        if not point.gradient.is_zero:
            return fails(Evidence.EXACT, "the gradient is not 0")
        _, negative, zero = point.hessian.inertia()
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if negative:
        return fails(Evidence.EXACT, f"{negative} eigenvalues are negative")
    if not zero:
        return holds(Evidence.EXACT, "critical, and all eigenvalues are positive")
    return undecided(f"critical, {zero} eigenvalues are 0, and the others are positive")
