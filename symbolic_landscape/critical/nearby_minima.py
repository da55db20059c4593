"""A certified local minimum near a rough point, and how many null directions its Hessian has there.

The point is located first (Newton and Krawczyk, for networks with equal units in the smaller
network); its Hessian on the whole box then has positive pivots in all coordinates but those of a
manifold of critical points through it.

Objects: NearbyMinimum. Functions: minimum_near.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.curvature import ball_hessian, certified_signs
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.critical.locate import locate
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Parameters


@dataclass(frozen=True)
class NearbyMinimum:
    """A local minimum in a box: coordinates, loss and Hessian as balls, the kernel's dimension.

    The loss is constant on a manifold of that dimension through it.
    """

    coordinates: tuple[Scalar, ...]
    loss: Scalar
    hessian: Matrix
    nullity: int
    reason: str


def minimum_near(surface: LossSurface, point: Parameters) -> NearbyMinimum:
    """The certified local minimum near a point with rational coordinates.

    Raises DomainError: nothing could be located, or what is near is not certainly a minimum.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> net = Network((1, 1), "linear")
    >>> loss = net.loss(Samples(inputs=[[0], [1], [2]], targets=[[0], [2], [4]]))
    >>> minimum_near(loss, Parameters([[["199/100"]]], [["1/100"]])).nullity
    0
    """
    found = locate(LocalLoss(surface, point))
    hessian = ball_hessian(found.local, BITS[0])
    signs = certified_signs(hessian.submatrix(found.free, found.free))
    if found.silent or signs.positive < len(found.free):
        message = (
            f"a local minimum needs {len(found.free)} positive pivots, got {signs.positive} "
            f"and {len(found.silent)} null directions beside the manifold"
        )
        raise DomainError(message)
    local = found.local
    return NearbyMinimum(local.coordinates, local.loss, hessian, len(found.frozen), found.reason)
