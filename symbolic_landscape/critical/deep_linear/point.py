"""A point of a deep linear network with squared-error risk, over the rational numbers.

Notation (columns are samples): X (d_0, m), Y (d_n, m), W_k (d_k, d_{k-1}) for k = 1..n,
R = W_n ... W_1, P_k = W_n ... W_{k+1}, Q_k = W_k ... W_1, E = (R X - Y) X^T, and
L(W) = |R X - Y|^2 / 2, with the gradient P_k^T E Q_{k-1}^T in W_k.

Objects: DeepLinearPoint. Functions: squared_norm, inner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar, exact_matrix
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.networks import Network, Parameters, Samples

HALF = Fraction(1, 2)


def inner(a: Matrix, b: Matrix) -> Scalar:
    """The sum of the products of corresponding entries."""
    return (a @ b.T).trace()


def squared_norm(a: Matrix) -> Scalar:
    """The square of the Frobenius norm."""
    return inner(a, a)


@dataclass(frozen=True)
class DeepLinearPoint:
    """Inputs X (d_0, m), targets Y (d_n, m) and weights W_1, ..., W_n, all rational.

    Raises ShapeError when shapes do not fit, DomainError when an entry is not rational.
    """

    inputs: Matrix
    targets: Matrix
    weights: tuple[Matrix, ...]

    def __post_init__(self) -> None:
        if not self.weights:
            message = "deep linear network: at least one layer was needed, got none"
            raise ShapeError(message)
        for matrix in (self.inputs, self.targets, *self.weights):
            if not matrix.field.is_rational_field:
                message = f"deep linear network: rational numbers were needed, got {matrix}"
                raise DomainError(message)
        below = self.inputs.shape[0]
        for k, weight in enumerate(self.weights, 1):
            if weight.shape[1] != below:
                message = f"W_{k}: {below} columns were needed, got shape {weight.shape}"
                raise ShapeError(message)
            below = weight.shape[0]
        if self.targets.shape != (below, self.inputs.shape[1]):
            message = (
                f"targets: shape {(below, self.inputs.shape[1])} was needed, "
                f"got {self.targets.shape}"
            )
            raise ShapeError(message)

    @classmethod
    def of(cls, inputs: Any, targets: Any, weights: Iterable[Any]) -> DeepLinearPoint:
        """The point with these rows (int, Fraction, "p/q") or matrices.

        Raises InexactError for a float, and what the class raises.

        >>> DeepLinearPoint.of([[1, 0], [0, 1]], [[1, 2]], [[[1, 2]]]).is_critical
        True
        """
        layers = tuple(exact_matrix(weight) for weight in weights)
        return cls(exact_matrix(inputs), exact_matrix(targets), layers)

    @property
    def depth(self) -> int:
        """The number n of layers."""
        return len(self.weights)

    @property
    def widths(self) -> tuple[int, ...]:
        """d_0, ..., d_n."""
        return (self.inputs.shape[0], *(weight.shape[0] for weight in self.weights))

    @property
    def narrowest(self) -> int:
        """k, the least of all widths."""
        return min(self.widths)

    @property
    def narrowest_layers(self) -> tuple[int, ...]:
        """Every p with d_p = k, from 0 to n."""
        return tuple(p for p, width in enumerate(self.widths) if width == self.narrowest)

    @property
    def has_bottleneck(self) -> bool:
        """Whether k is less than both d_0 and d_n."""
        return self.narrowest < min(self.widths[0], self.widths[-1])

    @cached_property
    def below(self) -> tuple[Matrix, ...]:
        """Q_0, ..., Q_n: Q_k (d_k, d_0) is the product of the first k layers."""
        found = [QQ.identity(self.widths[0])]
        for weight in self.weights:
            found.append(weight @ found[-1])
        return tuple(found)

    @cached_property
    def above(self) -> tuple[Matrix, ...]:
        """P_0, ..., P_n: P_k (d_n, d_k) is the product of the layers after the first k."""
        found = [QQ.identity(self.widths[-1])]
        for weight in reversed(self.weights):
            found.append(found[-1] @ weight)
        return tuple(reversed(found))

    @property
    def product(self) -> Matrix:
        """R (d_n, d_0)."""
        return self.below[-1]

    @cached_property
    def rank(self) -> int:
        """The rank of R."""
        return self.product.rank()

    @cached_property
    def residual(self) -> Matrix:
        """R X - Y (d_n, m)."""
        return self.product @ self.inputs - self.targets

    @cached_property
    def correlation(self) -> Matrix:
        """E = (R X - Y) X^T (d_n, d_0)."""
        return self.residual @ self.inputs.T

    @cached_property
    def loss(self) -> Scalar:
        """L(W)."""
        return squared_norm(self.residual) * HALF

    @cached_property
    def gradient(self) -> tuple[Matrix, ...]:
        """The gradient in each layer: P_k^T E Q_{k-1}^T, of the shape of W_k."""
        pairs = zip(self.above[1:], self.below, strict=False)
        return tuple(above.T @ self.correlation @ below.T for above, below in pairs)

    @property
    def is_critical(self) -> bool:
        """Whether the gradient vanishes, exactly."""
        return all(block.is_zero for block in self.gradient)

    @cached_property
    def fitted(self) -> Matrix:
        """F (d_n, m): each row of Y projected onto the row space of X."""
        _, pivots = self.inputs.T.row_reduced()
        if not pivots:
            return self.targets.scale(0)
        basis = self.inputs.submatrix(pivots, range(self.inputs.shape[1]))
        return self.targets @ basis.T @ (basis @ basis.T).inverse() @ basis

    @cached_property
    def gram(self) -> Matrix:
        """F F^T (d_n, d_n): its eigenvalues are the squared singular values of F, and zeros."""
        return self.fitted @ self.fitted.T

    @cached_property
    def inertia(self) -> tuple[int, int, int]:
        """How many eigenvalues of the Hessian of L are positive, negative and zero."""
        network = Network(widths=self.widths, activation="linear", bias=False)
        surface = network.loss(Samples(inputs=self.inputs.T, targets=self.targets.T), "half")
        return surface.at(Parameters(weights=self.weights)).hessian.inertia()

    def loss_along(self, terms: Sequence[Sequence[Matrix]]) -> tuple[Scalar, ...]:
        """The coefficients of L(W + t C_1 + t^2 C_2 + ...), from t^0 on; `terms` are C_1, C_2, ...

        Each C_j holds one matrix for each layer.
        """
        product = self.product_along(terms)
        errors = [part @ self.inputs for part in product]
        errors[0] = errors[0] - self.targets
        found = [QQ.scalar(0)] * (2 * len(errors) - 1)
        for i, a in enumerate(errors):
            for j, b in enumerate(errors):
                found[i + j] = found[i + j] + inner(a, b) * HALF
        return tuple(found)

    def product_along(
        self, terms: Sequence[Sequence[Matrix]], first: int = 0, last: int | None = None
    ) -> list[Matrix]:
        """The coefficients of the product of the layers first + 1..last along a curve."""
        last = self.depth if last is None else last
        product = [QQ.identity(self.widths[first])]
        for k in range(first, last):
            layer = [self.weights[k], *(term[k] for term in terms)]
            longer = [layer[0].scale(0) @ product[0]] * (len(layer) + len(product) - 1)
            for i, a in enumerate(layer):
                if not a.is_zero:
                    for j, b in enumerate(product):
                        longer[i + j] = longer[i + j] + a @ b
            product = longer
        return product


__all__ = ["HALF", "DeepLinearPoint", "inner", "squared_norm"]
