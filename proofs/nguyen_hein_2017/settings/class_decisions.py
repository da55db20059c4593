"""Section 5: what settles separability, carried outputs and least objectives at a classified point.

Each decision has the instance and the values of the arguments, families as functions.

Notation: C (N, m) has 1 where a sample lies in a class; the rows of E (N, d + 1) are vectors with a
one added.

Decisions: linearly_separable, carried, global_minimum. Functions: plane.

Design notes. If some h has s_i <h, E_i> > 0 for all i, then some h has s_i <h, E_i> >= 1, with
equality on as many independent rows as the rank of E: trying all such sets of rows finds one. If
there is none, some of the rows s_i E_i have a positive combination that is 0 (Gordan), and the
fewest such rows have a kernel of dimension one. Both searches are complete, so one of them ends.

Weights that are carried down are determined by those of layer k + 1, and in each layer they must
vanish off some set of units with equal positive slopes: a linear system for each choice of sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar, less, shown
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import DomainError, LandscapeError
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.nguyen_hein_2017.settings.class_points import outputs
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

Values = Mapping[str, Any]
Decision = Callable[[Any, tuple[Any, ...]], Verdict]


def _settled(decide: Callable[..., Verdict]) -> Decision:
    """The decision, UNDECIDED where a value is missing or outside all fields."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        try:
            return decide({str(v.name): x for v, x in instance.values.items()}, *arguments)
        except LandscapeError as cause:
            return undecided(str(cause))
        except KeyError as missing:
            return undecided(f"the instance has no value for {missing}")

    return decided


# ---- separable rows ------------------------------------------------------------------------------
@_settled
def linearly_separable(values: Values, size: int, Z: Any) -> Verdict:
    """Whether each class is separated from the other rows of Z by a hyperplane."""
    Z, C = matrix_of(Z, "Z"), values["C"]
    extended = Z.hstack(Z.field.ones(Z.shape[0], 1))
    found = []
    for j in range(C.shape[1]):
        signs = [1 if C[i, j] == 1 else -1 for i in range(C.shape[0])]
        side = plane(extended, signs)
        if isinstance(side, str):
            return fails(Evidence.EXACT, f"class {j + 1} of rows of {size} numbers: {side}")
        found.append(side)
    if not found:
        return holds(Evidence.EXACT, "there is no class")
    return holds(Evidence.EXACT, f"the columns of {shown(found[0].hstack(*found[1:]))} separate")


def plane(extended: Matrix, signs: Sequence[int]) -> Matrix | str:
    """A column h (d + 1, 1) with s_i <h, E_i> >= 1 for all i, or why there is none.

    Raises DomainError in a field without an order.
    """
    field, columns = extended.field, range(extended.shape[1])
    signed = extended.hadamard(field.matrix([[s for _ in columns] for s in signs]))
    for side in _planes(signed):
        if all((value - 1).sign() >= 0 for (value,) in (signed @ side).tolist()):
            return side
    for size in range(1, extended.shape[1] + 2):
        for chosen in combinations(range(len(signs)), size):
            kernel = signed.submatrix(chosen, columns).T.kernel()
            multiples = [value for (value,) in kernel.tolist()] if kernel.shape[1] == 1 else []
            if {value.sign() for value in multiples} in ({1}, {-1}):
                terms = (f"{abs(c)} * row {i + 1}" for i, c in zip(chosen, multiples, strict=True))
                return f"the signed rows have the sum 0 with {', '.join(terms)}"
    message = "neither a hyperplane nor an obstacle was found"
    raise DomainError(message)


def _planes(signed: Matrix) -> Iterator[Matrix]:
    """The points h of least norm with <h, row> = 1 on a set of independent rows."""
    rank = signed.rank()
    for chosen in combinations(range(signed.shape[0]), rank):
        rows = signed.submatrix(chosen, range(signed.shape[1]))
        gram = rows @ rows.T
        if gram.rank() == rank:
            yield rows.T @ gram.solve(rows.field.ones(rank, 1))


# ---- the network ---------------------------------------------------------------------------------
def _member(family: Any, r: int) -> Any:
    """The member at an integer, of a function or of the data of a family."""
    return family(r) if callable(family) else family.at(r)


def _layers(values: Values, W: Any, b: Any) -> tuple[list[int], list[Matrix], list[Matrix]]:
    """Widths, weights and biases."""
    layers = range(1, values["L"] + 1)
    weights = [matrix_of(_member(W, r), f"W[{r}]") for r in layers]
    biases = [matrix_of(_member(b, r), f"b[{r}]") for r in layers]
    return [values["n"].at(r) for r in range(values["L"] + 1)], weights, biases


@_settled
def carried(values: Values, W: Any, b: Any, k: int, r: int, v: Any) -> Verdict:
    """Whether weights v of the units of layer r are carried down to layer k + 1."""
    if r <= k + 1:
        return holds(Evidence.EXACT, "there is no layer between")
    widths, weights, biases = _layers(values, W, b)
    network = Network(widths, values["sigma"], values["sigma"])
    surface = network.loss(Samples(values["X"], QQ.zeros(values["N"], widths[-1])))
    point = Parameters([A.T for A in weights], [row.T for row in biases])
    between = range(k + 1, r)
    sets = {layer: _equal_slopes(surface, point, layer) for layer in between}
    for chosen in product(*sets.values()):
        found = _weights_on(
            dict(zip(between, chosen, strict=True)), weights, k, r, matrix_of(v, "v")
        )
        if found is not None:
            return holds(Evidence.EXACT, f"weights {shown(found)} of layer {k + 1} lead there")
    return fails(
        Evidence.EXACT, f"no weights of units with equal positive slopes lead to layer {r}"
    )


def _equal_slopes(surface: LossSurface, point: Parameters, layer: int) -> list[list[int]]:
    """The largest sets of units with equal and positive slopes on each sample; and no units."""
    before = surface.preactivations(point, layer)
    slopes = before.field.apply(surface.network.activation_of(layer).derivative(), before)
    columns = [[value for (value,) in column.tolist()] for column in slopes.columns()]
    sets: list[list[int]] = [[]]
    for p, column in enumerate(columns):
        if all(value.sign() > 0 for value in column):
            same = next((s for s in sets[1:] if columns[s[0]] == column), None)
            if same is None:
                sets.append([p])
            else:
                same.append(p)
    return sets


def _weights_on(
    units: Mapping[int, Sequence[int]], weights: Sequence[Matrix], k: int, r: int, v: Matrix
) -> Matrix | None:
    """Weights u of layer k + 1 that become v in layer r, and are 0 off these units between."""
    first = weights[k + 1].shape[0]
    to = weights[k + 1].field.identity(first)
    rows, values = [], []
    for layer in range(k + 1, r):
        to = to if layer == k + 1 else weights[layer - 1].T @ to
        off = [p for p in range(to.shape[0]) if p not in units[layer]]
        rows.append(to.submatrix(off, range(first)))
        values.append(to.field.zeros(len(off), 1))
    rows.append(weights[r - 1].T @ to)
    values.append(v)
    left, right = (reduce(lambda a, b: a.vstack(b), parts) for parts in (rows, values))
    if left.hstack(right).rank() > left.rank():
        return None
    kernel = left.hstack(-right).kernel()
    column = next(c for c in kernel.columns() if not c[first, 0].is_zero)
    return column.submatrix(range(first), [0]).scale(1 / column[first, 0])


# ---- the objective -------------------------------------------------------------------------------
def _objective(values: Values, W: Any, b: Any) -> Scalar:
    """Phi at (W, b)."""
    widths, weights, biases = _layers(values, W, b)
    found = outputs(widths, values["sigma"], values["X"], weights, biases)
    residuals = found - values["Y"].over(found.field)
    field, C = residuals.field, values["C"]
    l1, l2 = (field.apply(values[name].formula, residuals) for name in ("l1", "l2"))
    C = C.over(field)
    entries = (C.hadamard(l1) + (field.ones(*C.shape) - C).hadamard(l2)).tolist()
    value: Scalar = sum((x for row in entries for x in row), start=field.scalar(0))
    return value


@_settled
def global_minimum(values: Values, W: Any, b: Any) -> Verdict:
    """Whether Phi is least at (W, b): 0 is a bound where both losses have it."""
    here = _objective(values, W, b)
    if here.is_zero and all(values[name].nonnegative().is_holds for name in ("l1", "l2")):
        return holds(Evidence.EXACT, "the objective is 0, and no loss is negative")
    if "V" not in values or "c" not in values:
        return undecided(f"the objective is {here}, and no better point is known")
    there = _objective(values, values["V"], values["c"])
    if less(there, here).is_holds:
        return fails(Evidence.ENCLOSED, f"the objective is {here}, and {there} at a known point")
    return undecided(f"the objective is {here}, and {there} at the known point")


DECISIONS: Mapping[str, Decision] = {
    "linearly separable": linearly_separable,
    "separable by one matrix": linearly_separable,
    "carried": carried,
    "global minimum": global_minimum,
}
"""The decisions by the names of the definitions that they settle."""
