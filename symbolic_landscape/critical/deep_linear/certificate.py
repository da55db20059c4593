"""Certificates that decide a critical point of a deep linear network without any rank test.

A global minimum: the risk equals a lower bound of all risks, the least squares optimum or the
optimum over maps of rank at most k. A saddle: one curve along which the risk falls and one along
which it rises, with all coefficients exact.

Objects: Certificate, PointKind, Comparison. Functions: attains_relaxed_optimum, certificate,
compare.

Design notes. The lower bound over maps of bounded rank is by duality: if G = F F^T has every
eigenvalue on an invariant space C of dimension k at least as great as every one on the complement,
then tr(P G) <= tr(G on C) for every projection P of rank k, so no map of that rank has a smaller
risk than (|Y|^2 - tr(G on C)) / 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.deep_linear.low_rank import dominance
from symbolic_landscape.critical.deep_linear.point import HALF, DeepLinearPoint, squared_norm
from symbolic_landscape.critical.deep_linear.rank_test import RankTest, rank_test
from symbolic_landscape.critical.deep_linear.spectrum import (
    column_basis,
    complement,
    is_invariant,
)
from symbolic_landscape.critical.deep_linear.weight_curves import WeightCurve, saddle_curves
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


class PointKind(StrEnum):
    """What a critical point of a deep linear network can be.

    A strict saddle has a direction of negative curvature; at another saddle the risk falls at a
    higher order only.
    """

    GLOBAL_MINIMUM = "global minimum"
    STRICT_SADDLE = "strict saddle"
    SADDLE = "saddle"
    UNDECIDED = "undecided"


# --- global minima -----


def attains_relaxed_optimum(point: DeepLinearPoint) -> Verdict:
    """Whether the risk is the least of all linear maps of rank at most k, the least width.

    HOLDS by a lower bound of all such risks that the point attains; FAILS without a bottleneck,
    where the least squares optimum is not attained; else UNDECIDED.
    """
    if point.correlation.is_zero:
        bound = squared_norm(point.targets - point.fitted) * HALF
        reason = f"the risk {point.loss} is the least of all linear maps, {bound}"
        return holds(Evidence.EXACT, reason, bound=bound)
    if not point.has_bottleneck:
        bound = squared_norm(point.targets - point.fitted) * HALF
        reason = f"the risk {point.loss} exceeds the least squares optimum {bound}"
        return fails(Evidence.EXACT, reason, bound=bound)
    basis = column_basis(point.product)
    if basis.shape[1] != point.narrowest or not is_invariant(point.gram, basis):
        return undecided("the columns of the product span no space that gives a bound")
    rest = complement(basis)
    gram = point.gram
    _, negative, _ = dominance(basis, gram, rest, gram).inertia()
    if negative:
        return undecided("an eigenvalue off the columns of the product is greater than one on them")
    captured = ((basis.T @ basis).inverse() @ basis.T @ gram @ basis).trace()
    bound = (squared_norm(point.targets) - captured) * HALF
    if point.loss != bound:
        return undecided(f"the risk {point.loss} is not the bound {bound}")
    reason = f"the risk is {bound}, the least of all maps of rank {point.narrowest}"
    return holds(Evidence.EXACT, reason, bound=bound)


# --- the certificate, and the test against it -----


@dataclass(frozen=True)
class Certificate:
    """What a critical point is, with what shows it.

    `bound` is the lower bound that a global minimum attains; `descent` and `ascent` are the curves
    of a saddle; `inertia` counts the positive, negative and zero eigenvalues of the Hessian.
    """

    kind: PointKind
    loss: Scalar
    inertia: tuple[int, int, int]
    reason: str
    bound: Scalar | None = None
    descent: WeightCurve | None = None
    ascent: WeightCurve | None = None

    def lines(self) -> tuple[str, ...]:
        """The certificate as lines of text."""
        positive, negative, zero = self.inertia
        rows = [
            f"{self.kind}: {self.reason}",
            f"eigenvalues of the Hessian: {positive} positive, {negative} negative, {zero} zero",
        ]
        rows += [
            f"{word}: {curve.text()}"
            for word, curve in (("descent", self.descent), ("ascent", self.ascent))
            if curve is not None
        ]
        return tuple(rows)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def certificate(point: DeepLinearPoint) -> Certificate:
    """What the critical point is, shown without any rank test.

    Raises DomainError unless the point is critical.

    >>> point = DeepLinearPoint.of([[1]], [[2]], [[[0]], [[0]]])
    >>> certificate(point).kind
    <PointKind.STRICT_SADDLE: 'strict saddle'>
    """
    if not point.is_critical:
        message = "certificate: a critical point was needed, but the gradient is not zero"
        raise DomainError(message)
    least = attains_relaxed_optimum(point)
    if least.is_holds:
        bound: Scalar = least.data["bound"]
        kind = PointKind.GLOBAL_MINIMUM
        return Certificate(kind, point.loss, point.inertia, least.reason, bound=bound)
    falling, rising = saddle_curves(point)
    if falling is None or rising is None:
        reason = f"neither a bound nor two curves were found: {least.reason}"
        return Certificate(PointKind.UNDECIDED, point.loss, point.inertia, reason)
    kind = PointKind.STRICT_SADDLE if point.inertia[1] else PointKind.SADDLE
    reason = "one curve falls and one rises"
    return Certificate(kind, point.loss, point.inertia, reason, descent=falling, ascent=rising)


@dataclass(frozen=True)
class Comparison:
    """The rank test beside the certificate."""

    test: RankTest
    certificate: Certificate

    @property
    def agree(self) -> Verdict:
        """Whether both give the same answer; UNDECIDED where the certificate is."""
        if self.certificate.kind is PointKind.UNDECIDED:
            return undecided(self.certificate.reason)
        least = self.certificate.kind is PointKind.GLOBAL_MINIMUM
        answer = holds if least == self.test.is_global_minimum else fails
        said = self.test.lines()[-1]
        reason = f"the rank test says {said}, the certificate {self.certificate.kind}"
        return answer(Evidence.EXACT, reason)

    def lines(self) -> tuple[str, ...]:
        """Both as lines of text, and whether they agree."""
        return (*self.test.lines(), *self.certificate.lines(), self.agree.reason)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def compare(point: DeepLinearPoint) -> Comparison:
    """The rank test beside the certificate. Raises what `rank_test` raises."""
    return Comparison(rank_test(point), certificate(point))


__all__ = [
    "Certificate",
    "Comparison",
    "PointKind",
    "attains_relaxed_optimum",
    "certificate",
    "compare",
]
