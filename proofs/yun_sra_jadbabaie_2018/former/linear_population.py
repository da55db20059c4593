"""Linear networks on a population: y = R x + xi with a linear truth R, and its risk.

Notation: x has covariance C (d, d); xi is noise in d coordinates; P is the product of the layers,
which are the weights W_i, or I + W_i in a residual network.

Objects: LinearPopulation. Functions: populations, critical_populations.

Design notes. The risk is quadratic in (x, xi), so that its mean depends on first and second moments
alone. Any x with mean 0 and covariance C may be taken, and here it is one of finitely many columns,
with either sign; standard Gaussian noise is replaced by independent signs, which have the same
moments. So the mean is a finite sum, and the claimed formula is compared with that sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from typing import Any

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import (
    LinearData,
    Rows,
    squared_norm,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import rows_of

HALF = Fraction(1, 2)


@dataclass(frozen=True, kw_only=True)
class LinearPopulation(Instance):
    """A network on x = shift +- a column of `atoms`, and y = R x + mean + scale * signs.

    The n columns are equally likely. `truth` is R (d_y, d_x); `weights` are the W_i.

    Raises ShapeError when shapes do not fit.
    """

    atoms: Rows
    truth: Rows
    weights: tuple[Rows, ...]
    residual: bool = True
    shift: int = 0
    noise_mean: int = 0
    noise_scale: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Check the shapes."""
        widths = (len(self.atoms), *map(len, self.weights))
        if self.residual and len(set(widths)) != 1:
            message = f"residual network: layers of one width were needed, got widths {widths}"
            raise ShapeError(message)
        shapes = [[len(row) for row in rows] for rows in (self.truth, *self.weights)]
        wanted = [[widths[0]] * widths[-1]] + [[b] * a for b, a in pairwise(widths)]
        if not self.weights or shapes != wanted:
            message = f"population: rows of lengths {wanted} were needed, got {shapes}"
            raise ShapeError(message)

    @cached_property
    def data(self) -> LinearData:
        """The columns as inputs, and what R makes of them."""
        return LinearData(inputs=self.atoms, targets=tuple((0,) * self.count for _ in self.truth))

    @property
    def count(self) -> int:
        """The number n of columns."""
        return len(self.atoms[0])

    @property
    def outputs(self) -> int:
        """d_y."""
        return len(self.truth)

    @cached_property
    def R(self) -> Matrix:
        """R (d_y, d_x)."""
        return self.data.matrix(self.truth)

    @cached_property
    def covariance(self) -> Matrix:
        """The covariance of x (d_x, d_x)."""
        return (self.data.X @ self.data.X.T).scale(Fraction(1, self.count))

    @cached_property
    def layers(self) -> tuple[Matrix, ...]:
        """I + W_i, or W_i."""
        found = [self.data.matrix(rows) for rows in self.weights]
        return tuple(w + w.field.identity(w.shape[0]) if self.residual else w for w in found)

    @cached_property
    def P(self) -> Matrix:
        """The product of the layers (d_y, d_x)."""
        total = self.layers[0]
        for layer in self.layers[1:]:
            total = layer @ total
        return total

    def integers(self) -> Mapping[str, int]:
        """The signs of det P and det R, and whether the covariance is invertible, for d_x = d_y."""
        if self.R.shape[0] != self.R.shape[1]:
            return {}
        return {
            "sign_of_product": self.P.det().sign(),
            "sign_of_truth": self.R.det().sign(),
            "all_seen": int(not self.covariance.det().is_zero),
        }

    def inputs(self) -> Iterator[Matrix]:
        """The values of x, all equally likely."""
        shift = self.data.field.ones(len(self.atoms), 1).scale(self.shift)
        for column in self.data.X.columns():
            yield shift + column
            yield shift - column

    def noises(self) -> Iterator[Matrix]:
        """The values of xi, all equally likely."""
        field = self.data.field
        for signs in product((1, -1), repeat=self.outputs):
            yield field.matrix([[self.noise_mean + sign * self.noise_scale] for sign in signs])

    @cached_property
    def risk(self) -> Scalar:
        """E |P x - y|^2 / 2, summed over all values of x and xi."""
        noises = list(self.noises())
        total, cases = self.data.field.scalar(0), 0
        for x in self.inputs():
            error = (self.P - self.R) @ x
            for noise in noises:
                total, cases = total + squared_norm(error - noise), cases + 1
        return total * Fraction(1, 2 * cases)

    @cached_property
    def sample(self) -> BottleneckPoint:
        """The same layers on the columns as inputs X and R X as targets: an empirical risk.

        Columns of zeros, which add nothing to it, make up for d_x <= m and d_y <= m.
        """
        missing = max(0, max(len(self.atoms), self.outputs) - self.count)
        columns = self.data.X.hstack(self.data.field.zeros(len(self.atoms), missing))
        return BottleneckPoint(
            name=self.name,
            inputs=rows_of(columns),
            targets=rows_of(self.R @ columns),
            weights=tuple(map(rows_of, self.layers)),
            layer=self.widths.index(min(self.widths)),
        )

    @cached_property
    def truth_alone(self) -> LinearPopulation:
        """The network of a single layer R, on the same population."""
        return replace(self, weights=(self.truth,), residual=False)

    @property
    def widths(self) -> tuple[int, ...]:
        """d_0, ..., d_{H+1}."""
        return (len(self.atoms), *map(len, self.weights))


def populations() -> st.SearchStrategy[LinearPopulation]:
    """Residual networks of width 1 or 2 with small integers; mean, noise and covariance vary."""

    @st.composite
    def drawn(draw: st.DrawFn) -> LinearPopulation:
        width = draw(st.integers(1, 2))
        entry = st.integers(-2, 2)
        part = st.sampled_from((0, 0, Fraction(1, 2), -1, Fraction(-1, 2)))

        def rows(height: int, long: int, of: st.SearchStrategy[Any]) -> Rows:
            return tuple(tuple(draw(of) for _ in range(long)) for _ in range(height))

        return LinearPopulation(
            atoms=rows(width, draw(st.integers(1, 2)), entry),
            truth=rows(width, width, entry),
            weights=tuple(rows(width, width, part) for _ in range(draw(st.integers(1, 3)))),
            shift=draw(st.sampled_from((0, 0, 0, 1))),
            noise_mean=draw(st.sampled_from((0, 0, 0, 1))),
            noise_scale=draw(st.sampled_from((Fraction(1), Fraction(1), Fraction(2)))),
        )

    return drawn()


def critical_populations() -> st.SearchStrategy[LinearPopulation]:
    """As `populations`, and mostly with a truth that makes the point critical: R = P, or P + Z.

    Z vanishes on every input, where the inputs do not span the space.
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> LinearPopulation:
        s = draw(populations())
        if draw(st.integers(0, 3)) == 0:
            return s
        unseen = s.data.X.T.kernel()
        truth = s.P
        if unseen.shape[1]:
            truth = truth + unseen.column(0) @ unseen.column(0).T.scale(draw(st.integers(-2, 2)))
        return LinearPopulation(
            atoms=s.atoms, truth=rows_of(truth), weights=s.weights, residual=True
        )

    return drawn()
