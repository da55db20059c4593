"""Section 4.1: whether a point is critical in function space, and whether no other has less risk.

Decisions: is_critical, is_least, is_norm_bound, grows_linearly, is_expectation, is_invertible.

Design notes. They compute with the matrices of layers x -> M x + B f(A x) and of finite laws, apart
from the trees; a layer or a law of another form leaves them UNDECIDED. The risk of a finite law and
its derivative depend on a direction through finitely many values; any such values, 0 at 0, are
those of a smooth map of compact support, which is of linear growth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import isqrt
from typing import Any

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.errors import LandscapeError, ShapeError
from symbolic_landscape.formula import Formula, composition, evaluated, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.limits import Infinity
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import mean
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

LETTERS = ({"M"}, {"M", "A", "B", "f"})


@dataclass(frozen=True)
class Ridge:
    """The map x -> M x + B f(A x) of columns."""

    M: Matrix
    bend: tuple[Matrix, Activation, Matrix] | None

    @staticmethod
    def of(function: Any) -> Ridge:
        """The map that the values of a tree give. Raises ShapeError for a tree of another form."""
        given = {str(v.name): x for v, x in getattr(function, "values", ())}
        shown = repr(getattr(function, "term", function))
        forms = "lam(x, mul(M, x))", "lam(x, add(mul(M, x), mul(B, map(f, mul(A, x)))))"
        if set(given) not in LETTERS or shown not in forms:
            message = f"a map x -> M x + B f(A x) was needed, got {shown}"
            raise ShapeError(message)
        bend = (given["B"], given["f"], given["A"]) if "f" in given else None
        return Ridge(given["M"], bend)

    def value(self, x: Matrix) -> Matrix:
        """The value at a column."""
        if self.bend is None:
            return self.M @ x
        B, f, A = self.bend
        return self.M @ x + B @ _entrywise(f.formula, A @ x)

    def on_line(self) -> Activation:
        """The map as a formula in t, where it is one of the line."""
        if self.bend is None:
            return Activation.of(f"({self.M[0, 0]})*t")
        B, f, A = self.bend
        parts = (
            f"({B[0, k]})*({composition(f.formula, parse_formula(f'({A[k, 0]})*t'))})"
            for k in range(B.shape[1])
        )
        return Activation.of(" + ".join((f"({self.M[0, 0]})*t", *parts)))

    def slope(self, x: Matrix) -> Matrix:
        """The Jacobian at a column."""
        if self.bend is None:
            return self.M
        B, f, A = self.bend
        bent = _entrywise(f.derivative(), A @ x)
        return self.M + B @ A.hadamard(bent @ A.field.ones(1, A.shape[1]))


def _entrywise(formula: Formula, x: Matrix) -> Matrix:
    field = x.field
    return field.from_raw([[evaluated(formula, raw, field) for raw in row] for row in x.raw_rows()])


@dataclass(frozen=True)
class Chain:
    """The layers at one value x of X: what each gives, and the error at the end."""

    weight: Any
    values: Sequence[Matrix]
    error: Matrix
    layers: Sequence[Ridge]

    def moved_back(self, k: int) -> Matrix:
        """The gradient of |error|^2 / 2, times the weight, at the value of layer k."""
        out = self.error.scale(self.weight)
        for layer, x in reversed(list(zip(self.layers[k:], self.values[k:-1], strict=True))):
            out = layer.slope(x).T @ out
        return out


def law_values(E: Any) -> tuple[Matrix, Matrix]:
    """The values of a finite law as columns, and the row of their weights."""
    given = {str(v.name): x for v, x in getattr(E, "values", ())}
    if set(given) != {"X", "p"} or E.term is not mean(*given["X"].shape):
        message = f"a law with finitely many values was needed, got {E!r}"
        raise ShapeError(message)
    return given["X"], given["p"]


def _chains(values: Mapping[str, Any], layers: Any) -> list[Chain]:
    maps = [Ridge.of(layers.at(k)) for k in range(1, values["H"] + 2)]
    target, (X, p) = Ridge.of(values["target"]), law_values(values["E"])
    found = []
    for a in range(X.shape[1]):
        steps = [X.submatrix(range(X.shape[0]), [a])]
        for layer in maps:
            steps.append(layer.value(steps[-1]))
        error = steps[-1] - target.value(steps[0])
        found.append(Chain(p[0, a], steps, error, maps))
    return found


def _settled(decide: Callable[..., Verdict]) -> Callable[[Any, tuple[Any, ...]], Verdict]:
    """The decision, UNDECIDED where a layer has another form or a value is in no exact field."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        values = {str(v.name): x for v, x in instance.values.items()}
        try:
            return decide(values, _chains(values, arguments[0]))
        except LandscapeError as cause:
            return undecided(str(cause))

    return decided


def _alike(chains: Sequence[Chain], k: int) -> Iterator[list[Chain]]:
    """The values of X in groups for which layer k has one value, but 0."""
    rest = [chain for chain in chains if not chain.values[k].is_zero]
    while rest:
        group = [chain for chain in rest if chain.values[k] == rest[0].values[k]]
        rest = [chain for chain in rest if chain.values[k] != rest[0].values[k]]
        yield group


@_settled
def is_critical(values: Mapping[str, Any], chains: Sequence[Chain]) -> Verdict:
    """Whether errors moved back to a layer cancel at each value, but 0, that the layer receives."""
    for k in range(1, values["H"] + 2):
        for group in _alike(chains, k - 1):
            total = group[0].moved_back(k)
            for chain in group[1:]:
                total = total + chain.moved_back(k)
            if not total.is_zero:
                reason = f"layer {k} receives {group[0].values[k - 1]}, and slope {total} there"
                return fails(Evidence.EXACT, reason)
    return holds(Evidence.EXACT, "the errors moved back to each layer cancel at each value but 0")


DIGITS = 10**20


def is_norm_bound(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether K bounds the operator norm of the derivative of the risk in a layer.

    The norm is the sum of |w| |slope| over the values w that the layer receives.
    """
    layers, k, K = arguments
    low, high = Fraction(0), Fraction(0)
    try:
        bound = Fraction(K) if isinstance(K, int) else K.rational()
        for group in _alike(
            _chains({str(v.name): x for v, x in instance.values.items()}, layers), k - 1
        ):
            total = group[0].moved_back(k)
            for chain in group[1:]:
                total = total + chain.moved_back(k)
            w = group[0].values[k - 1]
            square = ((total.T @ total) @ (w.T @ w))[0, 0].rational()
            root = isqrt(square.numerator * square.denominator * DIGITS**2)
            exact = root**2 == square.numerator * square.denominator * DIGITS**2
            low += Fraction(root, square.denominator * DIGITS)
            high += Fraction(root + (not exact), square.denominator * DIGITS)
    except LandscapeError as cause:
        return undecided(str(cause))
    said = f"the norm is {low}" if low == high else f"the norm is between {low} and {high}"
    if low <= bound < high:
        return undecided(said)
    return (holds if bound >= high else fails)(Evidence.EXACT, said)


@_settled
def is_least(values: Mapping[str, Any], chains: Sequence[Chain]) -> Verdict:
    """HOLDS where no error is left; FAILS where h* with paddings after or before it has none.

    FAILS too where a value of X but 0 has a negative weight: layers that take it alone to anything
    but 0 make the risk as small as one likes, for each has a unit.
    """
    has_units = all(values["d"].at(k) for k in range(values["H"] + 2))
    for group in _alike(chains, 0):
        weight = sum((chain.weight for chain in group[1:]), group[0].weight)
        if weight.sign() < 0 and has_units:
            reason = f"the weight of {group[0].values[0]} is {weight}: the risk has no lower bound"
            return fails(Evidence.EXACT, reason)
    if any(chain.weight.sign() <= 0 for chain in chains):
        return undecided("a weight is not positive")
    left = [chain.error for chain in chains if not chain.error.is_zero]
    if not left:
        return holds(Evidence.EXACT, "no error is left, and the risk is C")
    top, size = values["H"] + 1, values["d"].at
    inside = range(1, top)
    wide = any(all(size(k) >= size(end) for k in inside) for end in (0, top))
    start = Ridge.of(values["target"]).value(left[0].field.zeros(size(0), 1))
    if not wide or not start.is_zero:
        return undecided("h* with paddings after or before it is no network of these widths")
    return fails(Evidence.EXACT, f"an error is {left[0]}, where h* with paddings has none")


def is_expectation(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether a functional is the mean over finitely many values, with weights that sum to 1."""
    try:
        _, p = law_values(arguments[0])
    except LandscapeError as cause:
        return undecided(str(cause))
    weights = [p[0, a] for a in range(p.shape[1])]
    good = all(x.sign() >= 0 for x in weights) and sum(weights, p.field.scalar(-1)).is_zero
    return (holds if good else fails)(Evidence.EXACT, f"weights {p}")


def grows_linearly(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether a map is differentiable, 0 at 0, and at most of linear growth.

    For x -> M x + B f(A x) it is where f is, and t f(t) / (1 + t^2) bounded; on the line only then.
    """
    try:
        layer = Ridge.of(arguments[2])
        start = layer.value(layer.M.field.zeros(layer.M.shape[1], 1))
    except LandscapeError as cause:
        return undecided(str(cause))
    if not start.is_zero:
        return fails(Evidence.EXACT, f"the value at 0 is {start}")
    if layer.bend is None:
        return holds(Evidence.EXACT, "linear")
    B, f, A = layer.bend
    growth = Activation.of(f"({f.formula})*t/(1 + t**2)").bounded()
    for verdict in (f.continuously_differentiable(), growth):
        on_line = B.shape == A.shape == (1, 1) and not (B @ A).is_zero
        if not verdict.is_holds:
            return undecided(verdict.reason) if not on_line else verdict
    return holds(Evidence.EXACT, f"{f} is differentiable and of linear growth")


def is_invertible(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the layers below layer j make a bijection: they are linear, or maps of the line."""
    layers, j = arguments
    try:
        maps = [Ridge.of(layers.at(k)) for k in range(1, j)]
        chains = _chains({str(v.name): x for v, x in instance.values.items()}, layers)
    except LandscapeError as cause:
        return undecided(str(cause))
    if all(layer.bend is None for layer in maps):
        return _is_regular([layer.M for layer in maps])
    if any(layer.M.shape != (1, 1) for layer in maps):
        for one, other in combinations(chains, 2):
            if one.values[j - 1] == other.values[j - 1] and one.values[0] != other.values[0]:
                return fails(Evidence.EXACT, f"two inputs are received as {one.values[j - 1]}")
        return undecided("the layers below are neither linear nor maps of the line")
    for layer in maps:
        f = layer.on_line()
        rising, falling, ends = f.strictly_increasing(), f.strictly_decreasing(), f.limits().data
        if rising.is_fails and falling.is_fails:
            return fails(Evidence.EXACT, f"{f} is not one to one")
        if not (rising.is_holds or falling.is_holds) or len(ends) < 2:
            return undecided(f"whether {f} is one to one and onto is not known")
        if not all(isinstance(end, Infinity) for end in ends.values()):
            return fails(Evidence.EXACT, f"{f} does not take all values")
    return holds(Evidence.EXACT, "each layer below is strictly monotone from infinity to infinity")


def _is_regular(factors: Sequence[Matrix]) -> Verdict:
    """Whether the product of the last to the first of these matrices is a bijection."""
    if not factors:
        return holds(Evidence.EXACT, "no layer is below")
    product = factors[0]
    for factor in factors[1:]:
        product = factor @ product
    good = product.shape[0] == product.shape[1] == product.rank()
    return (holds if good else fails)(Evidence.EXACT, f"the layers below make {product}")
