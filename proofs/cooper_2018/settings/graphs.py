"""Section 3: feedforward networks on a directed acyclic graph, with labels that may be shared.

Notation: the vertices are 1, ..., q in an order in which edges go upwards; the first p are inputs.
E[u, v] is 1 where u -> v is an edge, and 0 elsewhere. w holds the parameters: that of the edge
u -> v is w[lab(u)(v)], that of the vertex v is w[blab(v)]. o holds a number for each vertex.

Settings: GRAPH, HIDDEN_LAYER.
"""

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.formula import evaluated
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activations import sigma
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    entries,
    function,
    integer,
    like,
    matrix,
    natural,
    recursion,
    total,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

q, p, n, h = natural("q"), natural("p"), natural("n"), natural("h")
u, v, i, j, k = (integer(name) for name in "uvijk")
row, column = integer("row"), integer("column")
E, w, x, o = matrix("E", q, q), matrix("w", n, 1), matrix("x", p, 1), matrix("o", q, 1)
lab = function("lab", u, function("", v, u))
blab = function("blab", v, u)


def node(o: Expr, v: Expr) -> Expr:
    """The output of vertex v: sigma of the weighted sum of those below it, and its bias."""
    weighted = total(u, 1, v - 1, E[u, v] * w[lab(u)(v), 1] * o[u, 1])
    return sigma(weighted + w[blab(v), 1])


inputs = entries(row, column, q, 1, x[row, 1])
"""The input at the first p vertices, and 0 at the others."""
before = matrix("before", q, 1)
state = define(
    "outputs of vertices",
    (E, w, x),
    recursion(v, before, p, inputs, before + node(before, v) * unit(q, v)),
    text="o({0}, {1}, {2})",
    latex="o({0}, {1}, {2})",
)
"""One vertex after the other gets its output."""


def is_output(o: Expr) -> Expr:
    """Inputs have the input as their output, and the others follow the node rule."""
    return both(each(v, 1, p, o[v, 1] == x[v, 1]), each(v, p + 1, q, o[v, 1] == node(o, v)))


M1, b1 = matrix("M1", h, p), matrix("b1", h, 1)
CASES = (
    ("a chain", 1, [[0, 1, 0], [0, 0, 1], [0, 0, 0]], [[2], [-1]], [[3]], "t + t**3"),
    ("two inputs, one unit", 2, [[0, 0, 1], [0, 0, 1], [0, 0, 0]], [[2], [-1]], [[3], [1]],
     "relu"),
    ("a skip connection", 1, [[0, 1, 1], [0, 0, 1], [0, 0, 0]], [[2], [1]], [[1]], "square"),
    ("two layers", 1, [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]], [[1], [2]], [[1]],
     "t + t**3"),
    ("inputs alone", 2, [[0, 0], [0, 0]], [[1]], [[1], [2]], "relu"),
)  # fmt: skip


def outputs_of(edges: Sequence[Sequence[int]], parameters: Sequence[Sequence[int]],
               inside: Sequence[Sequence[int]], activation: Activation) -> Matrix:  # fmt: skip
    """The outputs of all vertices, where edges have the first parameter and vertices the last."""
    weight, bias = QQ.scalar(parameters[0][0]), QQ.scalar(parameters[-1][0])
    found = [QQ.scalar(value) for (value,) in inside]
    for place in range(len(found), len(edges)):
        below = [weight * value for value, row in zip(found, edges, strict=False) if row[place]]
        total_below = sum(below, bias)
        found.append(Scalar(QQ, evaluated(activation.formula, total_below.raw, QQ)))
    return QQ.matrix([[value] for value in found])


def graphs() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Small graphs; edges share the first parameter, vertices the last."""
    made = []
    for name, count, edges, parameters, inside, activation in CASES:
        vertices, known = range(-1, len(edges) + 3), matrix_of(parameters, name)
        values: dict[Expr, Any] = {
            q: len(edges),
            p: count,
            n: known.shape[0],
            E: matrix_of(edges, name),
            w: known,
            x: matrix_of(inside, name),
            lab: {a: dict.fromkeys(vertices, 1) for a in vertices},
            blab: dict.fromkeys(vertices, known.shape[0]),
            sigma: Activation.of(activation),
        }
        values[o] = values[like("o2", o)] = outputs_of(
            edges, parameters, inside, Activation.of(activation)
        )
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


def layers() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Hidden layers with one input and with several."""
    rows = (
        ("one input", [[2], [-1]], [[0], [1]], [[3]], "relu"),
        ("two inputs", [[1, 1]], [[1]], [[1], [1]], "square"),
        ("two inputs, rectified", [[1, -1]], [[0]], [[2], [3]], "smoolu"),
        ("two inputs, linear, no bias", [[1, 2]], [[0]], [[1], [1]], "linear"),
    )
    made = []
    for name, weights, biases, inside, activation in rows:
        known = matrix_of(weights, name)
        values: dict[Expr, Any] = {
            h: known.shape[0],
            p: known.shape[1],
            M1: known,
            b1: matrix_of(biases, name),
            x: matrix_of(inside, name),
            sigma: Activation.of(activation),
        }
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


GRAPH = Setting(
    "a labelled acyclic graph, parameters, an input",
    variables=(q, p, n, E, w, x, lab, blab, sigma),
    standing=(p <= q,),
    definitions=(unit, state),
    instances=graphs,
)
HIDDEN_LAYER = Setting(
    "a hidden layer of units that see all inputs",
    variables=(h, p, M1, b1, x, sigma),
    instances=layers,
)
