"""The rank test: it tells the global minima of a deep linear network from its saddles.

With k the least width, a critical point is a global minimum exactly where the product of all
layers has rank k and, if k is less than the numbers of inputs and outputs, the columns of the
layers after a narrowest one span k leading left singular vectors of F, the best linear fit.

Objects: RankTest. Functions: rank_test.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.deep_linear.point import DeepLinearPoint
from symbolic_landscape.critical.deep_linear.spectrum import (
    column_basis,
    comparison,
    complement,
    compression,
    is_invariant,
)
from symbolic_landscape.errors import DomainError


@dataclass(frozen=True)
class RankTest:
    """What the ranks say of a critical point.

    `columns` says for each narrowest layer p whether col(W_n ... W_{p+1}) is spanned by k leading
    left singular vectors of F; it is empty where no such test is needed, or the rank is too small.
    """

    widths: tuple[int, ...]
    narrowest: int
    rank: int
    columns: tuple[tuple[int, bool], ...]
    loss: Scalar

    @property
    def is_global_minimum(self) -> bool:
        """Whether the test says so; else the point is a saddle."""
        return self.rank == self.narrowest and all(leading for _, leading in self.columns)

    def lines(self) -> tuple[str, ...]:
        """The test as lines of text."""
        rows = [
            f"widths {', '.join(map(str, self.widths))}: least width k = {self.narrowest}",
            f"the product of all layers has rank {self.rank}",
        ]
        for layer, leading in self.columns:
            word = "span" if leading else "do not span"
            rows.append(
                f"the columns of the layers after layer {layer} {word} "
                f"{self.narrowest} leading left singular vectors"
            )
        rows.append("global minimum" if self.is_global_minimum else "saddle")
        return tuple(rows)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def spans_leading_vectors(point: DeepLinearPoint, layer: int) -> bool:
    """Whether col(W_n ... W_{p+1}) is spanned by k leading left singular vectors of F.

    Where singular values k and k + 1 are equal, any choice of leading vectors will do.
    """
    basis = column_basis(point.above[layer])
    if basis.shape[1] != point.narrowest or not is_invariant(point.gram, basis):
        return False
    upper = compression(point.gram, basis)
    return comparison(upper, compression(point.gram, complement(basis))) >= 0


def rank_test(point: DeepLinearPoint) -> RankTest:
    """The test at a critical point.

    Raises DomainError where the test does not apply: the point is not critical, X X^T is singular,
    or Y X^T has a rank below the least width.

    >>> rank_test(DeepLinearPoint.of([[1]], [[2]], [[[1]], [[2]]])).is_global_minimum
    True
    """
    if not point.is_critical:
        message = "rank test: a critical point was needed, but the gradient is not zero"
        raise DomainError(message)
    inputs = point.inputs.rank()
    if inputs < point.widths[0]:
        message = f"rank test: inputs of rank {point.widths[0]} were needed, got rank {inputs}"
        raise DomainError(message)
    fitted = (point.targets @ point.inputs.T).rank()
    if fitted < point.narrowest:
        message = f"rank test: Y X^T of rank {point.narrowest} or more was needed, got {fitted}"
        raise DomainError(message)
    tested: tuple[int, ...] = ()
    if point.has_bottleneck and point.rank == point.narrowest:
        tested = point.narrowest_layers
    return RankTest(
        widths=point.widths,
        narrowest=point.narrowest,
        rank=point.rank,
        columns=tuple((layer, spans_leading_vectors(point, layer)) for layer in tested),
        loss=point.loss,
    )


__all__ = ["RankTest", "rank_test", "spans_leading_vectors"]
