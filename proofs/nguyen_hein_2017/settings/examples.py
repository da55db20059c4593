"""Sections 2-4: activations, samples, functions and equations by themselves, in exact numbers.

Notation as in the settings: Z holds samples as rows, t is a column of their places on a line; f is
a function on R^d and U a set; Psi(u)(v) = 0 are n equations in n unknowns v with m parameters u;
H maps points (U, a) of two families of matrices to numbers.

Objects: ACTIVATIONS, SAMPLES, LINES, FUNCTIONS, CHOICES, TWO_POINTS, EQUATIONS, OF_POINTS.
Functions: activations, samples, lines, functions, choices, two_points, equations,
functions_of_points, instances.

Design notes. A function that is no formula in t is a tree, as statements have them, with values
for what is free in it. Where a function is asked for on a set, some sets leave out a critical
point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.statement.language import (
    Expr,
    entries,
    fn,
    integer,
    matrices,
    matrix,
    stack,
    the,
    true,
)
from symbolic_landscape.statement.term import Term

Rows = Sequence[Sequence[Any]]
Values = Mapping[str, Any]
Examples = Iterator[tuple[str, Values]]

i, j = integer("i"), integer("j")


def instances(
    variables: Sequence[Expr], examples: Callable[[], Iterable[tuple[str, Values]]]
) -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The examples with the variables of a setting in place of their names."""
    terms = {str(the(v).name): the(v) for v in variables}
    return tuple((name, {terms[v]: x for v, x in values.items()}) for name, values in examples())


# ---- activations and samples ---------------------------------------------------------------------
ACTIVATIONS = (
    ("linear", "linear"),
    ("t + t^3", "cubic"),
    ("sigma(0) = 1", "1 + t + t**3"),
    ("flat slope at 0", "t**3"),
    ("tanh", "tanh"),
    ("sigmoid", "sigmoid"),
    ("bounded, with a root", "algebraic"),
    ("bounded, flat slope at 0", "tanh(t**3)"),
    ("arctan", "arctan"),
    ("softplus", "softplus"),
    ("softplus of sharpness 2", "log(1 + exp(2*t))/2"),
    ("softplus, lowered: not 0 at minus infinity", "log(1 + exp(t)) - log(2)"),
    ("bounded on the left, exponential on the right", "exp(t)"),
    ("smooth ramp that is not analytic", "smoolu"),
    ("ramp with a corner", "relu"),
    ("falling", "-t - t**3"),
    ("falling and bounded", "-tanh(t)"),
    ("not bounded on either side, limits of slopes differ", "t + log(1 + exp(t))"),
    ("parabola", "t**2"),
    ("bump", "1/(1 + t**2)"),
    ("up and down", "t - t**3"),
    ("constant", "0*t + 1"),
    ("zero", "0*t"),
)

SAMPLES: tuple[tuple[str, str, Rows], ...] = (
    ("one sample at 0, one feature", "tanh", [[0]]),
    ("one sample, three features", "sigmoid", [[1, -2, "1/2"]]),
    ("two samples on a line", "softplus", [[0], [1]]),
    ("one sample twice", "tanh", [[1, 2], [1, 2]]),
    ("one sample twice among three", "algebraic", [[0], [1], [0]]),
    ("two samples of the plane, one above the other", "sigmoid", [[1, 0], [1, 1]]),
    ("four corners", "tanh", [[0, 0], [1, 0], [0, 1], [1, 1]]),
    ("three samples on a line in the plane", "softplus", [[0, 0], [1, 2], [2, 4]]),
    ("five samples on a line", "arctan", [[-2], [-1], [0], ["1/2"], [3]]),
    ("a basis of space and 0", "tanh(t**3)", [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    ("three samples, activation not bounded", "cubic", [[0, 1], [1, 0], [1, 1]]),
    ("three samples, linear", "linear", [[-1], [0], [1]]),
    ("three samples, bump", "1/(1 + t**2)", [[-1], [0], [1]]),
    ("two samples, constant activation", "0*t + 1", [[0], [1]]),
    ("two samples, smooth ramp", "smoolu", [[-1, 0], [0, 1]]),
    ("three samples, all features 0", "sigmoid", [[0, 0], [0, 0], [0, 0]]),
)

LINES: tuple[tuple[str, str, Sequence[Any]], ...] = (
    ("one sample", "tanh", [0]),
    ("two samples in order", "sigmoid", [0, 1]),
    ("two samples, not in order", "tanh", [1, 0]),
    ("two samples at one place", "softplus", [2, 2]),
    ("three samples in order", "softplus", [-1, "1/3", 2]),
    ("three samples in order, activation with a root", "algebraic", [0, 1, 2]),
    ("four samples in order, flat slope", "tanh(t**3)", [-3, -1, 1, 3]),
    ("three samples, the last two exchanged", "arctan", [0, 2, 1]),
    ("three samples, two at one place", "tanh", [0, 0, 1]),
    ("three samples in order, activation not bounded", "cubic", [-1, 0, 1]),
    ("three samples in order, linear", "linear", [0, 1, 2]),
    ("two samples in order, exponential", "exp(t)", [0, 1]),
    ("three samples in order, falling", "-tanh(t)", [-1, 0, 1]),
    ("two samples in order, constant activation", "0*t + 1", [0, 1]),
    ("two samples in order, bump", "1/(1 + t**2)", [-1, 1]),
    ("three samples in order, smooth ramp", "smoolu", [-1, 0, 1]),
)


def activations() -> Examples:
    """The value of sigma by name, for each activation."""
    for name, sigma in ACTIVATIONS:
        yield name, {"sigma": Activation.of(sigma)}


def samples() -> Examples:
    """The values of N, p, Z, sigma by name, for each list of samples."""
    for name, sigma, rows in SAMPLES:
        Z = matrix_of(rows, "Z")
        yield name, {"N": Z.shape[0], "p": Z.shape[1], "Z": Z, "sigma": Activation.of(sigma)}


def lines() -> Examples:
    """The values of N, t, sigma by name, for each list of places."""
    for name, sigma, places in LINES:
        t = matrix_of([[x] for x in places], "t")
        yield name, {"N": t.shape[0], "t": t, "sigma": Activation.of(sigma)}


# ---- functions on sets ---------------------------------------------------------------------------
Formula = Callable[..., Any]
"""From the entries of a vector to a number, to a formula, or to several numbers."""


def _everywhere(*x: Expr) -> Expr:
    return true


def _half_space(*x: Expr) -> Expr:
    return x[0] > 0


def _ball(*x: Expr) -> Expr:
    return _norm(*x) < 1


def _norm(*x: Expr) -> Expr:
    squares = [a * a for a in x]
    return sum(squares[1:], squares[0])


FUNCTIONS: tuple[tuple[str, int, Formula, Formula], ...] = (
    ("square", 1, lambda x: x * x, _everywhere),
    ("slope never 0", 1, lambda x: x + x * x * x, _everywhere),
    ("two critical points", 1, lambda x: x * x * x - 3 * x, _everywhere),
    ("two critical points, one of them outside", 1, lambda x: x * x * x - 3 * x, _half_space),
    ("critical point without curvature", 1, lambda x: x * x * x, _everywhere),
    ("minimum without curvature", 1, lambda x: x * x * x * x, _everywhere),
    ("critical point without curvature, outside", 1, lambda x: x * x * x, _half_space),
    ("saddle", 2, lambda x, y: x * y, _everywhere),
    ("saddle in a disc", 2, lambda x, y: x * x - y * y, _ball),
    ("paraboloid in a disc", 2, lambda x, y: x * x + x * y + y * y, _ball),
    ("valley", 2, lambda x, y: x * x, _everywhere),
    ("linear", 2, lambda x, y: 2 * x - y, _everywhere),
    ("constant", 2, lambda x, y: 0 * x + 1, _everywhere),
    ("monkey saddle", 2, lambda x, y: x * x * x - 3 * x * y * y, _ball),
    ("minima on a circle", 2, lambda x, y: (x * x + y * y - 1) ** 2, _everywhere),
    ("paraboloid in space", 3, lambda x, y, z: x * x + 2 * y * y + 3 * z * z + x * z, _ball),
    ("cone of second order in space", 3, lambda x, y, z: x * y + y * z + z * x, _half_space),
    ("product of three", 3, lambda x, y, z: x * y * z, _everywhere),
)


def _of_vector(d: int, formula: Formula) -> Expr:
    """The function of a vector of length d with this formula in its entries."""
    x = matrix("x", d, 1)
    return fn(x, formula(*(x[k, 1] for k in range(1, d + 1))))


def functions() -> Examples:
    """The values of d, f, U by name, for each function."""
    for name, d, f, U in FUNCTIONS:
        yield name, {"d": d, "f": the(_of_vector(d, f)), "U": the(_of_vector(d, U))}


CHOICES: tuple[tuple[str, int, Formula, Sequence[Any], Sequence[int]], ...] = (
    ("one variable of one", 1, lambda x: x * x * x, [2], [1]),
    ("one variable of two", 2, lambda x, y: x * x * y + y * y, [1, -1], [2]),
    ("two variables of two", 2, lambda x, y: x * x - 3 * x * y, [0, 1], [1, 2]),
    ("two variables, exchanged", 2, lambda x, y: x * x * y, ["1/2", 1], [2, 1]),
    ("one variable twice", 2, lambda x, y: x * x * y, [1, 1], [1, 1]),
    ("no variable", 2, lambda x, y: x * y, [1, 1], []),
    ("a variable that there is not", 2, lambda x, y: x * y, [1, 1], [3]),
    ("singular, with a nonsingular block", 3, lambda x, y, z: x * x + y * y, [0, 0, 0], [1, 2]),
    ("nonsingular, with a singular block", 3, lambda x, y, z: x * y + z * z, [0, 0, 0], [1]),
    ("the first and the last of three", 3, lambda x, y, z: x * y * z + x * z, [1, 2, 3], [1, 3]),
)


def choices() -> Examples:
    """The values of d, f, x, size, chosen by name, for each choice of variables."""
    for name, d, f, x, chosen in CHOICES:
        yield (
            name,
            {
                "d": d,
                "f": the(_of_vector(d, f)),
                "x": matrix_of([[a] for a in x], "x"),
                "size": len(chosen),
                "chosen": dict(enumerate(chosen, 1)),
            },
        )


def _turning(z: Expr) -> Expr:
    """0 at 0 and at 1, with slope 0 at 0 and slope 1 at 1."""
    return z * z * z - z * z


TWO_POINTS: tuple[tuple[str, Formula, Sequence[Any], Sequence[Any]], ...] = (
    (
        "critical points with the Hessians of the example",
        lambda p, q, r, s: p * p / 2 + q * q / 2 + p * _turning(r) + q * _turning(s),
        [0, 0, 0, 0],
        [0, 0, 1, 1],
    ),
    (
        "the two points exchanged",
        lambda p, q, r, s: p * p / 2 + q * q / 2 + p * _turning(r) + q * _turning(s),
        [0, 0, 1, 1],
        [0, 0, 0, 0],
    ),
    ("curved in all variables", lambda *x: _norm(*x), [0, 0, 0, 0], [0, 0, 1, 1]),
)


def two_points() -> Examples:
    """The values of f, x, y by name, for each function of four variables."""
    for name, f, *points in TWO_POINTS:
        x, y = (matrix_of([[a] for a in point], "x") for point in points)
        yield name, {"f": the(_of_vector(4, f)), "x": x, "y": y}


# ---- equations -----------------------------------------------------------------------------------
Equations = Callable[[Sequence[Expr], Sequence[Expr]], tuple[Any, ...]]

EQUATIONS: tuple[tuple[str, Equations, Sequence[Any], Sequence[Any]], ...] = (
    ("v = u", lambda u, v: (v[0] - u[0],), [2], [2]),
    ("v = u + v^3", lambda u, v: (v[0] - u[0] - v[0] * v[0] * v[0],), [0], [0]),
    ("v^2 = u at 1", lambda u, v: (v[0] * v[0] - u[0],), [1], [1]),
    ("v^2 = u at 1, the other root", lambda u, v: (v[0] * v[0] - u[0],), [1], [-1]),
    ("v^2 = u at 0", lambda u, v: (v[0] * v[0] - u[0],), [0], [0]),
    ("v^3 = u at 0: one solution, not smooth", lambda u, v: (v[0] ** 3 - u[0],), [0], [0]),
    ("not a solution", lambda u, v: (v[0] - u[0],), [1], [2]),
    ("v^2 = 1, whatever u is", lambda u, v: (v[0] * v[0] - 1 + 0 * u[0],), [5], [1]),
    ("u alone", lambda u, v: (u[0] + 0 * v[0],), [0], [3]),
    ("two parameters", lambda u, v: (u[0] * v[0] - u[1],), [2, 6], [3]),
    ("circle and line", lambda u, v: (v[0] * v[0] + v[1] * v[1] - u[0], v[0] - v[1]), [2], [1, 1]),
    ("circle and its tangent", lambda u, v: (v[0] * v[0] + v[1] * v[1] - u[0], v[0] - 1), [1],
     [1, 0]),
    ("linear, two unknowns, two parameters", lambda u, v: (v[0] + v[1] - u[0], v[0] - v[1] - u[1]),
     [3, 1], [2, 1]),
    ("linear, of rank 1", lambda u, v: (v[0] + v[1] - u[0], 2 * v[0] + 2 * v[1] - 2 * u[0]), [0],
     [1, -1]),
    ("three unknowns, triangular",
     lambda u, v: (v[0] - u[0], v[1] - v[0] * v[0], v[2] * v[2] - v[1]), [1], [1, 1, 1]),
)  # fmt: skip


def equations() -> Examples:
    """The values of m, n, Psi, u0, v0 by name, for each system."""
    for name, system, u0, v0 in EQUATIONS:
        m, n = len(u0), len(v0)
        u, v = matrix("u", m, 1), matrix("v", n, 1)
        sides = system([u[k, 1] for k in range(1, m + 1)], [v[k, 1] for k in range(1, n + 1)])
        yield (
            name,
            {
                "m": m,
                "n": n,
                "Psi": the(fn(u, fn(v, _column(*sides)))),
                "u0": matrix_of([[a] for a in u0], "u0"),
                "v0": matrix_of([[a] for a in v0], "v0"),
            },
        )


def _column(*numbers: Expr) -> Expr:
    """The column with these entries."""
    whole, *parts = (entries(i, j, 1, 1, x) for x in numbers)
    for part in parts:
        whole = stack(whole, part)
    return whole


# ---- functions of points -------------------------------------------------------------------------
Sizes = tuple[tuple[int, int], ...]
OF_POINTS: tuple[tuple[str, Sizes, Sizes, Formula], ...] = (
    ("one entry", ((1, 1),), ((1, 1),), lambda U, a: U[1][1, 1]),
    (
        "product of an entry of each family",
        ((1, 1),),
        ((1, 1),),
        lambda U, a: U[1][1, 1] * a[1][1, 1],
    ),
    ("square plus 1: never 0", ((1, 2),), ((1, 1),), lambda U, a: U[1][1, 2] ** 2 + 1),
    ("0", ((2, 2),), ((1, 2),), lambda U, a: 0 * U[1][1, 1]),
    (
        "determinant",
        ((2, 2),),
        ((1, 2),),
        lambda U, a: U[1][1, 1] * U[1][2, 2] - U[1][1, 2] * U[1][2, 1],
    ),
    (
        "output of two linear layers",
        ((1, 2), (2, 1)),
        ((1, 2), (1, 1)),
        lambda U, a: a[1][1, 1] * U[2][1, 1] + a[1][1, 2] * U[2][2, 1] + a[2][1, 1],
    ),
    (
        "sum of squares over three layers",
        ((1, 1),) * 3,
        ((1, 1),) * 3,
        lambda U, a: U[1][1, 1] ** 2 + U[2][1, 1] ** 2 + U[3][1, 1] ** 2,
    ),
)


def functions_of_points(rows: Expr, columns: Expr, rows2: Expr, columns2: Expr) -> Examples:
    """The values of rows, columns, rows2, columns2, low, high, H by name, for each function."""
    U, a = matrices("U", rows, columns), matrices("a", rows2, columns2)
    for name, first, second, H in OF_POINTS:
        sizes = {
            v: dict(enumerate((size[place] for size in family), 1))
            for v, family, place in (
                ("rows", first, 0),
                ("columns", first, 1),
                ("rows2", second, 0),
                ("columns2", second, 1),
            )
        }
        free = {the(v): sizes[str(the(v).name)] for v in (rows, columns, rows2, columns2)}
        tree = the(fn(U, fn(a, H(U, a))))
        inside = {v: x for v, x in free.items() if v in tree.free}
        yield name, {**sizes, "low": 1, "high": len(first), "H": (tree, inside)}
