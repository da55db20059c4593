"""Loss, gradient and Hessian of a layered network, written once for every field.

Notation: X (N, d) inputs, W_k (n_k, n_{k-1}), b_k (n_k,) and, for k = 1..L,

    G_k = F_{k-1} W_k^T + 1 b_k^T,  F_k = sigma_k(G_k),  F_0 = X,  F~_k = [F_k, 1],
    A = F_L - Y,  Phi = c sum_ij l(A_ij), or another loss of F_L and Y (see `outer`),
    Delta_L = c l'(A) o sigma_L'(G_L),  Delta_k = (Delta_{k+1} W_{k+1}) o sigma_k'(G_k),
    [grad W_k, grad b_k] = Delta_k^T F~_{k-1}.

Second derivatives: let eps_k be added to the pre-activations of layer k. For each sample, the
matrices J_{k,m} = d F_m / d eps_k and S_{k,m} = d Delta_m / d eps_k run once forward and once
backward, for all units of layer k at once, and for k <= m

    d2 Phi / d W_k[a,b] d W_m[c,e]
        = sum_i F~_{k-1}[b] (S_{k,m}[a,c] F~_{m-1}[e] + Delta_m[c] J_{k,m-1}[e,a]).

Objects: Model, Pass.

Design notes. Samples are the rows of every array, so that a layer is a few products of matrices
however many samples there are. No J^T J is formed: the loss's second derivative is the seed of the
backward run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.calculus.derivatives import (
    Families,
    Layer,
    derivatives_of,
    families,
)
from symbolic_landscape.calculus.engines import Array, Engine, Entries
from symbolic_landscape.calculus.layout import layout, picked, split_block, upper_halves
from symbolic_landscape.calculus.outer import Coupled, Outer, outer_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import ONE, ZERO, Formula
from symbolic_landscape.functions.losses import Loss

MOST_BITS = 1 << 20


@dataclass(frozen=True)
class Model:
    """What a pass runs through: matrices, one activation for each layer, the loss and its factor.

    `biases` is empty or has one column (n_k, 1) for each layer. `sample_weights` (N, 1) are those
    of the samples. `decay` has a factor for the square of each free parameter. `labels` says for
    each weight and bias which free parameter it is, None for a constant; without it all are free.
    """

    inputs: Matrix
    targets: Matrix
    weights: tuple[Matrix, ...]
    biases: tuple[Matrix, ...]
    activations: tuple[Layer, ...]
    loss: Loss
    factor: Fraction
    sample_weights: Matrix | None = None
    decay: tuple[Fraction, ...] = ()
    labels: tuple[int | None, ...] = ()

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return len(self.weights)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """n_0, ..., n_L."""
        return (self.inputs.shape[1], *(matrix.shape[0] for matrix in self.weights))

    @cached_property
    def families(self) -> tuple[Families, ...]:
        """The activations of the layers and at last the loss, each with its derivatives."""
        return families((*self.activations, self.loss.formula))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """All formulas that occur."""
        found: list[Formula] = []
        for layer in self.activations:
            found += layer if isinstance(layer, tuple) else (layer,)
        return (*found, self.loss.formula)


class Pass:
    """One run of a model in the field of an engine; each array is computed once, on first use.

    Layers count from 1 to L, features from 0. Raises DomainError where a value lies outside the
    field, SmoothnessError where a derivative that is needed does not exist.
    """

    def __init__(self, model: Model, engine: Engine) -> None:
        self.model = model
        self.engine = engine
        self.count = model.inputs.shape[0]
        self.bias = bool(model.biases)
        self.features: list[Array] = []
        self.extended: list[Array] = []
        self.preactivations: list[Array] = []
        self._derivatives: list[Any] = []
        with engine.precision():
            self.weights = [engine.array(matrix) for matrix in model.weights]
            self.biases = [engine.array(column) for column in model.biases]
            self._forward()

    def _forward(self) -> None:
        engine = self.engine
        self.features.append(engine.array(self.model.inputs))
        for k, weights in enumerate(self.weights):
            below = self.features[-1]
            if self.bias:
                below = engine.with_ones(below)
                weights = engine.beside(weights, self.biases[k])
            self.extended.append(below)
            pre = engine.reduced(engine.product(below, weights.transposed()))
            self.preactivations.append(pre)
            if engine.bits(pre) > MOST_BITS:
                message = (
                    f"layer {k + 1}: exact values of at most {MOST_BITS} bits are taken, "
                    f"got {engine.bits(pre)}"
                )
                raise DomainError(message)
            derivatives = derivatives_of(engine, self.model.families[k], pre, f"layer {k + 1}")
            self._derivatives.append(derivatives)
            self.features.append(derivatives.order(0))

    def _slope(self, layer: int) -> Array | None:
        """Sigma' at the pre-activations of a layer; None stands for 1."""
        found = self._derivatives[layer - 1]
        return None if found.is_constantly(ONE, 1) else found.order(1)

    def _bend(self, layer: int) -> Array | None:
        """Sigma'' at the pre-activations of a layer; None stands for 0."""
        found = self._derivatives[layer - 1]
        return None if found.is_constantly(ZERO, 2) else found.order(2)

    def _sloped(self, array: Array, layer: int) -> Array:
        slope = self._slope(layer)
        return array if slope is None else self.engine.times(array, slope)

    @cached_property
    def outer(self) -> Outer:
        """The loss at the outputs."""
        return outer_of(self.engine, self.model, self.features[-1])

    def value_array(self) -> Array:
        """Phi (1, 1)."""
        with self.engine.precision():
            return self.outer.value()

    def value(self) -> Scalar:
        """Phi."""
        return self.engine.matrix(self.value_array())[0, 0]

    @cached_property
    def _first_seed(self) -> Array:
        return self.outer.first()

    @cached_property
    def _backward(self) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
        """The errors of all layers, and Delta_{k+1} W_{k+1} (N, n_k) for k = 1..L-1."""
        found = [self._sloped(self._first_seed, self.model.depth)]
        pulled: list[Array] = []
        for k in range(self.model.depth - 1, 0, -1):
            pulled.append(self.engine.product(found[-1], self.weights[k]))
            found.append(self._sloped(pulled[-1], k))
        return tuple(reversed(found)), tuple(reversed(pulled))

    @property
    def errors(self) -> tuple[Array, ...]:
        """Delta_1, ..., Delta_L, each (N, n_k)."""
        return self._backward[0]

    def gradient_blocks(self) -> list[Array]:
        """[grad W_k, grad b_k] (n_k, n_{k-1} + 1), or grad W_k alone if there are no biases."""
        return [
            self.engine.product_over_rows(error, below)
            for error, below in zip(self.errors, self.extended, strict=True)
        ]

    def error_matrix(self, layer: int) -> Matrix:
        """Delta_k (N, n_k)."""
        with self.engine.precision():
            return self.engine.matrix(self.errors[layer - 1])

    def gradient(self) -> Matrix:
        """The gradient (p, 1) in the order of the parameters."""
        return self.engine.matrix(self.gradient_array())

    def gradient_array(self) -> Array:
        """The gradient (p, 1) as an array."""
        with self.engine.precision():
            scale, blocks = self.engine.aligned(self.gradient_blocks())
            entries = [x for block in blocks for x in self._in_order(block)]
            return Array(len(entries), 1, entries, scale)

    def _in_order(self, block: Array) -> Entries:
        """Weights row by row, then biases, from a block with the biases as its last column."""
        if not self.bias:
            return block.entries
        rows = block.rows()
        return [x for row in rows for x in row[:-1]] + [row[-1] for row in rows]

    # ---- second derivatives

    @cached_property
    def _second_seed(self) -> Coupled:
        return self.outer.second()

    @cached_property
    def _coupling(self) -> tuple[Array, Array] | None:
        """U, V (N, m): what couples the outputs of sample i is - u_i v_i^T; None for nothing."""
        left, right = self._second_seed.left, self._second_seed.right
        if left is None or right is None:
            return None
        return self._sloped(left, self.model.depth), self._sloped(right, self.model.depth)

    def _coupled(self, array: Array, tangent: Array | None, height: int) -> Array:
        """The array (N height, m) minus T u v^T for each sample, where T are tangents, or 1."""
        if self._coupling is None:
            return array
        engine, (left, right) = self.engine, self._coupling
        if tangent is None:
            product = engine.row_products(left, right)
            return engine.minus(array, product.reshaped(array.height, array.width))
        ones = engine.constant(Fraction(1), array.width, 1)
        along = engine.product(engine.times(tangent, engine.spread(left, height)), ones)
        return engine.minus(array, engine.row_products(along, engine.spread(right, height)))

    @cached_property
    def _curvatures(self) -> tuple[Array | None, ...]:
        """(Delta_{k+1} W_{k+1}) o sigma_k''(G_k) (N, n_k) for each layer; None where it is zero.

        For the last layer: c l''(A) o sigma_L'^2 + c l'(A) o sigma_L'', the diagonal part.
        """
        engine, pulled = self.engine, self._backward[1]
        found: list[Array | None] = []
        for k in range(1, self.model.depth):
            bend = self._bend(k)
            found.append(None if bend is None else engine.times(pulled[k - 1], bend))
        diagonal = self._second_seed.diagonal
        last = self._sloped(self._sloped(diagonal, self.model.depth), self.model.depth)
        bend = self._bend(self.model.depth)
        if bend is not None:
            last = engine.plus(last, engine.times(self._first_seed, bend))
        return (*found, last)

    def _tangents(self, k: int) -> list[Array]:
        """D G_m / d eps_k for m = k+1..L, transposed: rows (sample, unit of k), columns n_m."""
        engine, weights = self.engine, self.weights
        widths = self.model.widths
        found: list[Array] = []
        for m in range(k + 1, self.model.depth + 1):
            across = weights[m - 1].transposed()
            if m > k + 1:
                found.append(engine.product(self._passed(found[-1], m - 1, k), across))
                continue
            slope = self._slope(k)
            tiled = Array(
                self.count * widths[k], widths[m], across.entries * self.count, across.scale
            )
            if slope is None:
                found.append(tiled)
            else:
                wide = [x for x in slope.entries for _ in range(widths[m])]
                spread = Array(tiled.height, tiled.width, wide, slope.scale)
                found.append(engine.times(spread, tiled))
        return found

    def _passed(self, tangent: Array, m: int, k: int) -> Array:
        """D F_m / d eps_k from d G_m / d eps_k."""
        slope = self._slope(m)
        if slope is None:
            return tangent
        return self.engine.times(tangent, self.engine.spread(slope, self.model.widths[k]))

    def _on_diagonal(self, diagonal: Array, array: Array | None) -> Array:
        """The array (N n, n) of a square matrix for each sample, plus a diagonal (N, n)."""
        n = diagonal.width
        if array is None:
            entries = [self.engine.zero] * (diagonal.height * n * n)
            for a in range(n):
                entries[a * (n + 1) :: n * n] = diagonal.entries[a::n]
            return Array(diagonal.height * n, n, entries, diagonal.scale)
        _, (array, diagonal) = self.engine.aligned((array, diagonal))
        entries = list(array.entries)
        for a in range(n):
            place = slice(a * (n + 1), None, n * n)
            entries[place] = map(self.engine.add, entries[place], diagonal.entries[a::n])
        return Array(array.height, n, entries, array.scale)

    def _responses(self, k: int, tangents: Sequence[Array]) -> list[Array]:
        """S_{k,m} for m = k..L: rows (sample, unit of k), columns n_m."""
        engine = self.engine
        depth, height = self.model.depth, self.model.widths[k]
        curvatures = self._curvatures
        last = curvatures[-1]
        assert last is not None
        if k == depth:
            return [self._coupled(self._on_diagonal(last, None), None, height)]
        first = engine.times(tangents[-1], engine.spread(last, height))
        found = [self._coupled(first, tangents[-1], height)]
        for m in range(depth - 1, k - 1, -1):
            array = engine.product(found[-1], self.weights[m])
            slope, curvature = self._slope(m), curvatures[m - 1]
            if slope is not None:
                array = engine.times(array, engine.spread(slope, height))
            if curvature is not None and m == k:
                array = self._on_diagonal(curvature, array)
            elif curvature is not None:
                bent = engine.times(tangents[m - k - 1], engine.spread(curvature, height))
                array = engine.plus(array, bent)
            found.append(array)
        return found[::-1]

    def _parts(self, k: int, layers: Sequence[int]) -> Iterator[Array]:
        """The second derivatives for layer k and each m >= k in `layers`, ordered as `layout` says.

        For m > k: first those where the features of W_m do not move, then those where they do.
        """
        engine, below = self.engine, self.extended[k - 1]
        tangents = self._tangents(k)
        responses = self._responses(k, tangents)
        for m in layers:
            if m == k:
                yield self._diagonal_part(k, responses[0])
            elif m > k:
                wide = self.model.widths[k] * self.model.widths[m]
                response = responses[m - k].reshaped(self.count, wide)
                block = engine.contraction(response, below, self.extended[m - 1])
                moved = engine.contraction(self.errors[m - 1], self._moves(k, m, tangents), below)
                split = split_block(self.model.widths, self.bias, k, m)
                yield picked(block, split.fixed)
                added = moved.reshaped(1, moved.height * moved.width)
                yield engine.plus(picked(block, split.moving), added)

    def _diagonal_part(self, k: int, response: Array) -> Array:
        """Layer k alone: symmetric in (a, c) and in (b, e), so a quarter is computed.

        The features of a layer do not move with its own weights.
        """
        engine = self.engine
        flat = picked(response, upper_halves(self.count, self.model.widths[k]))
        flat = flat.reshaped(self.count, flat.width // self.count)
        return engine.product_over_rows(flat, engine.row_squares(self.extended[k - 1]))

    def _moves(self, k: int, m: int, tangents: Sequence[Array]) -> Array:
        """J_{k,m-1} (N, (a, e)), how the features of W_m move; for m = k + 1 its diagonal."""
        if m > k + 1:
            tangent = self._passed(tangents[m - k - 2], m - 1, k)
            return tangent.reshaped(self.count, self.model.widths[k] * self.model.widths[m - 1])
        slope = self._slope(k)
        if slope is None:
            return self.engine.constant(Fraction(1), self.count, self.model.widths[k])
        return slope

    def hessian(self, layers: Sequence[int] | None = None) -> Matrix:
        """The second derivatives (p, p) for the parameters of these layers, all by default."""
        return self.engine.matrix(self.hessian_array(layers))

    def hessian_array(self, layers: Sequence[int] | None = None) -> Array:
        """The second derivatives (p, p) as an array."""
        chosen = tuple(sorted(set(layers or range(1, self.model.depth + 1))))
        with self.engine.precision():
            parts = [part for k in chosen for part in self._parts(k, chosen)]
            scale, parts = self.engine.aligned(parts)
        entries = [x for part in parts for x in part.entries]
        places = layout(self.model.widths, self.bias, chosen)
        size = math.isqrt(len(places))
        return Array(size, size, [entries[place] for place in places], scale)
