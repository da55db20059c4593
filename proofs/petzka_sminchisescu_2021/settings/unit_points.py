"""Section 5: networks written as one unit of a layer and all the rest, on exact data.

Notation: the unit is the first of its layer. Weights of layer k are n_k x n_(k-1), inputs n_0 x N.

Design notes. A and G are trees in the vector of the other parameters, which are read off it in the
order of the layers, row by row; so they can be differentiated, and the same parameters stand in the
trees and in z. Where a point has to be critical, the targets are the outputs minus residuals that
are orthogonal to all slopes of the outputs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    G,
    N,
    P,
    lam,
    m,
    n,
    q,
    sigma,
    w,
    y,
    z,
)
from symbolic_landscape.statement.language import (
    Expr,
    entries,
    fn,
    integer,
    matrix,
    ones,
    stack,
    trace,
    zeros,
)
from symbolic_landscape.statement.term import Term

Example = tuple[str, dict[Term, Any]]
Layer = tuple[Sequence[Sequence[Any]], Sequence[Any]]
"""The rows of the weights, and the biases."""
row, column = integer("row"), integer("column")
one = ones(1, N)


FIFTH = "t + t**3 + t**5/10"
"""An activation with enough bends for a definite B on few inputs."""


@dataclass
class Reader:
    """Matrices that are read off the vector w, one after the other, and their numbers."""

    numbers: list[Any] = field(default_factory=list)

    def read(self, values: Sequence[Sequence[Any]], rows: Any, columns: Any) -> Expr:
        """The next matrix; its shape is given by terms, its numbers by rows."""
        start, width = len(self.numbers), len(values[0]) if values else 0
        self.numbers += [x for numbers in values for x in numbers]
        place = start + (row - 1) * width + column
        return entries(row, column, rows, columns, w[place, 1])

    def layer(self, given: Layer, below: Expr, rows: Any) -> Expr:
        """What a layer makes of the activations below, before sigma."""
        weights, biases = given
        W = self.read(weights, rows, below.rows)
        return W @ below + self.read([[x] for x in biases], rows, 1) @ one


def unit_of(
    name: str,
    formula: str,
    layers: Sequence[Layer],
    place: int,
    inputs: Sequence[Sequence[Any]],
    targets: Sequence[Sequence[Any]],
    share: Any,
    more: Callable[[Expr], Expr] | None = None,
) -> Example:
    """The first unit of layer `place` of a network, and lambda.

    `more` is a term that the loss has more, of the first of the other parameters.
    """
    reader = Reader()
    X, Y = matrix("X", len(inputs), N), matrix("Y", len(targets), N)
    below: Expr = X
    for k, given in enumerate(layers[: place - 1], 1):
        rows = n - 1 if k == place - 1 else len(given[1])
        below = sigma(reader.layer(given, below, rows))
    if place == 1:
        X = matrix("X", n - 1, N)
        below = X
    (first, *others), (bias, *biases) = layers[place - 1]
    (above, above_biases), later = layers[place], layers[place + 1 :]
    inside = stack(below, one)
    rest = P + reader.read([[x] for x in above_biases], m, 1) @ one
    if others:
        hidden = sigma(reader.layer((others, biases), below, len(others)))
        rest = rest + reader.read([numbers[1:] for numbers in above], m, len(others)) @ hidden
    if not later:
        Y = matrix("Y", m, N)
    for given in later:
        rest = reader.layer(given, sigma(rest), len(given[1]))
    lost = trace((rest - Y).T @ (rest - Y))
    lost = lost + more(w[1, 1]) if more else lost
    samples = matrix_of(inputs, name)
    sizes = {
        N: samples.shape[1],
        n: len(first) + 1,
        m: len(above),
        q: len(reader.numbers),
    }
    known: dict[Term, Any] = {v.term: x for v, x in sizes.items()}
    activation = Activation.of(formula)
    known |= {X.term: samples, Y.term: matrix_of(targets, name), sigma.term: activation}
    numbers = [*first, bias, *(numbers[0] for numbers in above), *reader.numbers]
    values: dict[Expr, Any] = {
        **sizes,
        sigma: activation,
        A: _with(fn(w, inside), known),
        G: _with(fn(w, fn(P, lost)), known),
        z: matrix_of([[x] for x in numbers], name),
        lam: share,
        y: _embedded(numbers, sizes[n], sizes[m], share),
    }
    return name, {v.term: x for v, x in values.items()}


def _embedded(numbers: Sequence[Any], into: int, out: int, share: Any) -> Matrix:
    """The parameters of the larger network at gamma_lambda(z)."""
    u, v, rest = numbers[:into], numbers[into : into + out], numbers[into + out :]
    halves = [*u, *(share * x for x in v), *u, *((1 - share) * x for x in v), *rest]
    return matrix_of([[x] for x in halves], "y")


def _with(function: Expr, known: dict[Term, Any]) -> tuple[Term, dict[Term, Any]]:
    """A tree with values for what is free in it."""
    return function.term, {v: known[v] for v in function.term.free}


def bare(
    name: str,
    targets: Sequence[Any],
    share: Any,
    *,
    out: Any = 1,
    sigma_is: str = FIFTH,
    rest: Sequence[Callable[[Expr], Expr]] = (),
    moved: Sequence[Any] = (),
) -> Example:
    """One unit and one output without biases, at u = 1 and v = out, on the inputs 1, 2, ...

    `rest` are terms that the loss has more, each of one other parameter, at 0. `moved` is added to
    the parameters of the larger network.
    """
    X, Y = matrix("X", n, N), matrix("Y", m, N)
    sizes = {N: len(targets), n: 1, m: 1, q: len(rest)}
    known: dict[Term, Any] = {v.term: x for v, x in sizes.items()}
    inputs = matrix_of([list(range(1, len(targets) + 1))], name)
    known |= {X.term: inputs, Y.term: matrix_of([list(targets)], name)}
    lost = trace((P - Y).T @ (P - Y))
    for place, part in enumerate(rest, 1):
        lost = lost + part(w[place, 1])
    numbers = [1, out, *(0 for _ in rest)]
    copies = _embedded(numbers, 1, 1, share)
    values: dict[Expr, Any] = {
        **sizes,
        sigma: Activation.of(sigma_is),
        A: _with(fn(w, X), known),
        G: _with(fn(w, fn(P, lost)), known),
        z: matrix_of([[x] for x in numbers], name),
        lam: share,
        y: copies + matrix_of([[x] for x in moved], name) if moved else copies,
    }
    return name, {v.term: x for v, x in values.items()}


def seen_by_next() -> Example:
    """One unit on the inputs 1, 2, 3, and two outputs, of which it has no weight to the second.

    The residuals of the second are orthogonal to what the unit gives, and D is not 0.
    """
    X, Y = matrix("X", n, N), matrix("Y", m, N)
    sizes = {N: 3, n: 1, m: 2, q: 0}
    known: dict[Term, Any] = {v.term: x for v, x in sizes.items()}
    known |= {
        X.term: matrix_of([[1, 2, 3]], "inputs"),
        Y.term: matrix_of([POSITIVE, ORTHOGONAL], "targets"),
    }
    half = Fraction(1, 2)
    values: dict[Expr, Any] = {
        **sizes,
        sigma: Activation.of(FIFTH),
        A: _with(fn(w, X), known),
        G: _with(fn(w, fn(P, trace((P - Y).T @ (P - Y)))), known),
        z: matrix_of([[1], [1], [0]], "z"),
        lam: half,
        y: _embedded([1, 1, 0], 1, 2, half),
    }
    return "D not 0, minimum", {v.term: x for v, x in values.items()}


def germ(name: str, power: int) -> Example:
    """No unit and one other parameter, of which the loss is a power, at 0."""
    loss = w[1, 1]
    for _ in range(power - 1):
        loss = loss * w[1, 1]
    sizes = {N: 0, n: 0, m: 0, q: 1}
    known = {v.term: x for v, x in sizes.items()}
    values: dict[Expr, Any] = {
        **sizes,
        sigma: Activation.of("tanh"),
        A: _with(fn(w, zeros(n, N)), known),
        G: _with(fn(w, fn(P, loss)), known),
        z: QQ.zeros(1, 1),
        lam: Fraction(1, 2),
        y: QQ.zeros(1, 1),
    }
    return name, {v.term: x for v, x in values.items()}


POSITIVE = (Fraction(39, 20), Fraction(2653, 200), Fraction(5429, 100))
"""Targets at the inputs 1, 2, 3 for which u = v = 1 is a minimum with B positive definite."""
ORTHOGONAL = (Fraction(33, 2500), Fraction(-21, 10000), 0)
"""Numbers orthogonal to what a unit with u = 1 gives at the inputs 1, 2, 3, and not to its slopes."""
BENT_AT_ZERO = "piece(t + t**2, t + t**3 + t**5/10)"
"""An activation with one continuous derivative, which is the one above where t is positive."""
SIX = [[-3, -2, -1, 1, 2, 3]]
PYTHAGOREAN = [[Fraction(*p) for p in ((3, 4), (4, 3), (24, 7), (-3, 4), (-4, 3), (-24, 7))]]
"""Inputs t at which t / sqrt(1 + t^2) is rational."""


def odd(*values: Fraction, falling: bool = False) -> list[list[Fraction]]:
    """Targets that are odd functions of the inputs, from those at positive inputs."""
    mirrored = [-y for y in values]
    return [[*reversed(mirrored), *values] if falling else [*values, *mirrored]]


def valley() -> Example:
    """No unit and two other parameters, a and b, with the loss a^2 + a b^2, at 0."""
    a, b = w[1, 1], w[2, 1]
    sizes = {N: 0, n: 0, m: 0, q: 2}
    known = {v.term: x for v, x in sizes.items()}
    values: dict[Expr, Any] = {
        **sizes,
        sigma: Activation.of("tanh"),
        A: _with(fn(w, zeros(n, N)), known),
        G: _with(fn(w, fn(P, a * a + a * b * b)), known),
        z: QQ.zeros(2, 1),
        lam: Fraction(1, 2),
        y: QQ.zeros(2, 1),
    }
    return "valley that bends", {v.term: x for v, x in values.items()}


def degenerate() -> Example:
    """One unit on the inputs 1, -1, 0 with two weights out, one other parameter, and a polynomial.

    At the point the loss is least, alone, and its Hessian is 0 along the other parameter.
    """
    X, C, theta = matrix("X", n, N), matrix("C", m, N), w[1, 1]
    distance = trace((P - C).T @ (P - C))
    lost = P[1, 1] + P[1, 2] + distance + theta * (P[2, 1] - 8 * P[2, 3]) + theta**4
    sizes = {N: 3, n: 1, m: 2, q: 1}
    known: dict[Term, Any] = {v.term: x for v, x in sizes.items()}
    known |= {
        X.term: matrix_of([[1, -1, 0]], "inputs"),
        C.term: matrix_of([[1, -1, Fraction(1, 8)], [0, 0, 0]], "center"),
    }
    half = Fraction(1, 2)
    values: dict[Expr, Any] = {
        **sizes,
        sigma: Activation.of("t + (t**2 - 1)**2/8"),
        A: _with(fn(w, X), known),
        G: _with(fn(w, fn(P, lost)), known),
        z: matrix_of([[1], [1], [0], [0]], "z"),
        lam: half,
        y: _embedded([1, 1, 0, 0], 1, 2, half),
    }
    return "degenerate minimum, no network", {v.term: x for v, x in values.items()}


def networks() -> tuple[Example, ...]:
    """Networks with a unit in the first or a later hidden layer, and germs that are none."""
    half = Fraction(1, 2)
    one_each = [([[1]], [0]), ([[1]], [0])]
    one_each_to_two = [([[1]], [0]), ([[1], [0]], [0, 0])]
    flat = [Fraction(x, 1000) for x in (1, -1, 0, 0, -1, 1)]
    above = odd(*POSITIVE, falling=True)
    below = odd(Fraction(9, 4), Fraction(2627, 200), Fraction(5431, 100), falling=True)
    bent = odd(*(Fraction(y, 87500) for y in (51092, 72106, 83125)))
    return (
        unit_of("one sample, fitted", "tanh", [([[1]], [0]), ([[2]], [3])], 1, [[0]], [[3]], half),
        unit_of("two samples, not critical", "t + t**3", one_each, 1, [[0, 1]], [[1, 1]], 2),
        unit_of(
            "second of two hidden layers",
            "sigmoid",
            [([[0]], [0]), ([[0]], [0]), ([[2]], [0])],
            2,
            [[0, 1]],
            [[1, 0]],
            half,
        ),
        unit_of(
            "first of two hidden layers, two units above",
            "t + t**3",
            [([[1]], [0]), ([[1], [-1]], [0, 1]), ([[1, 2]], [0])],
            1,
            [[0, 1]],
            [[1, 0]],
            half,
        ),
        unit_of(
            "two units, two outputs",
            "t + t**3",
            [([[1], [2]], [0, 1]), ([[1, 1], [0, 1]], [0, 1])],
            1,
            [[0, 1, -1]],
            [[1, 0, 1], [0, 0, 2]],
            -1,
        ),
        unit_of("minimum, B positive definite", FIFTH, one_each, 1, SIX, above, half),
        unit_of("minimum, B positive definite, lambda outside", FIFTH, one_each, 1, SIX, above, 2),
        unit_of("minimum but for the rest", FIFTH, one_each, 1, SIX, above, half, lambda x: x),
        unit_of("saddle by the rest", FIFTH, one_each, 1, SIX, above, half, lambda x: -7 * x * x),
        unit_of("two outputs, D not 0", FIFTH, one_each_to_two, 1, SIX, [*above, flat], half),
        bare("no biases, lambda 0", above[0][3:], 0),
        bare("no biases, B positive", above[0][3:], half),
        bare("no biases, the rest falls", POSITIVE, half, rest=[lambda x: x + x * x]),
        bare("no biases, the rest bends down", POSITIVE, half, rest=[lambda x: -x * x]),
        bare("no biases, bent at 0", POSITIVE, half, sigma_is=BENT_AT_ZERO),
        bare("no biases, other new weights in", POSITIVE, half, moved=(1, 0, 0, 0)),
        bare("no biases, other new weights out", POSITIVE, half, moved=(0, 1, 0, 0)),
        bare("no biases, other old weights in", POSITIVE, half, moved=(0, 0, 1, 0)),
        bare(
            "no biases, other rest", POSITIVE, half, rest=[lambda x: x * x], moved=(0, 0, 0, 0, 1)
        ),
        bare("no biases, no weights out", ORTHOGONAL, half, out=0),
        bare("no biases, the rest falls, lambda outside", POSITIVE, 2, rest=[lambda x: x + x * x]),
        seen_by_next(),
        bare("no biases, B negative", below[0][3:], half),
        unit_of("minimum, B negative definite, lambda outside", FIFTH, one_each, 1, SIX, below, 2),
        unit_of("minimum, B negative definite", FIFTH, one_each, 1, SIX, below, half),
        unit_of(
            "minimum, B positive without the bias",
            "algebraic",
            one_each,
            1,
            PYTHAGOREAN,
            bent,
            half,
        ),
        valley(),
        degenerate(),
        germ("fourth power", 4),
        germ("square", 2),
    )
