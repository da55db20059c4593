"""Section 2.2: maps of vectors, and sums of d matrices of rank one.

Notation: Q maps R^n to R^q; F(w) holds the predictions of o outputs for d samples, Y the targets. The columns of V are v_1, ..., v_d, those of B are b_1, ..., b_d, and
A_i = v_i b_i^T is any matrix of rank one with the eigenvector v_i; its eigenvalue is b_i^T v_i.

Settings: SEVERAL_OUTPUTS, MAP, MAPS, RANK_ONE.
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.cooper_2018.settings.manifold_decisions import no_submanifold
from symbolic_landscape.proofs.rules.columns import diagonal, unit
from symbolic_landscape.proofs.rules.manifolds import submanifold
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import Expr, fn, function, integer, matrix, natural, the
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

n, d, q = natural("n"), natural("d"), natural("q")
i, j = integer("i"), integer("j")
w = matrix("w", n, 1)
Q = function("Q", w, matrix("", q, 1))
V, B, weights = matrix("V", n, d), matrix("B", n, d), matrix("lambda", d, 1)


o = natural("o")
F = function("F", w, matrix("", o, d))
Y = matrix("Y", o, d)


def column(A: Expr, i: Any) -> Expr:
    """Column i of a matrix with d columns."""
    return A @ unit(d, i)


def maps() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Linear and quadratic maps at zeros, regular and not."""
    z = matrix("w", 2, 1)
    square, product = z[1, 1] * z[1, 1], z[1, 1] * z[2, 1]
    one = matrix("one", 1, 1)
    rows = (
        ("a sum", (z[1, 1] + z[2, 1]) * one, [[1], [-1]]),
        ("a product at 0", product * one, [[0], [0]]),
        ("a product on an axis", product * one, [[1], [0]]),
        ("a square", square * one, [[0], [1]]),
        ("a product that is not 0", product * one, [[1], [1]]),
        ("the identity", z, [[0], [0]]),
        ("a cube and a sum", square * z, [[0], [0]]),
    )
    made = []
    for name, body, point in rows:
        given = {the(one): matrix_of([[1]], name)} if the(one) in the(body).free else {}
        size = 1 if given else 2
        values = {n: 2, q: size, w: matrix_of(point, name), Q: (the(fn(z, body)), given)}
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


def outputs() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Predictions that are linear, quadratic, or with a corner, and their targets."""
    z, letter = matrix("w", 2, 1), matrix("A", 2, 1)
    rows = (
        ("two outputs, one sample", z, [[1], [2]]),
        ("one output, one sample", z.T @ z, [[1]]),
        ("two outputs, squared", z[1, 1] * z, [[1], [2]]),
        ("one output, two samples", (z[2, 1] * z).T, [[1, 2]]),
        ("two outputs, two samples", z @ letter.T, [[1, 2], [3, 4]]),
    )
    made = []
    for name, body, wanted in rows:
        targets = matrix_of(wanted, name)
        used = {letter.term: matrix_of([[1], [2]], name)} if letter.term in body.term.free else {}
        values = {n: 2, o: targets.shape[0], d: targets.shape[1], Y: targets,
                  F: (the(fn(z, body)), used)}  # fmt: skip
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


def sums() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Vectors that are independent or not, weights of both signs, symmetric summands or not."""
    rows = (
        ("one vector", [[1], [2]], [[1], [2]], [[1]]),
        ("one vector, negative weight", [[1], [0]], [[-1], [0]], [[-1]]),
        ("unit vectors", [[1, 0], [0, 1], [0, 0]], [[1, 0], [0, 1], [0, 0]], [[2], [3]]),
        (
            "unit vectors, equal forms",
            [[1, 0], [0, 1], [0, 0]],
            [[1, 1], [1, 1], [0, 0]],
            [[1], [1]],
        ),
        ("dependent vectors", [[1, 2], [1, 2], [0, 0]], [[1, 1], [1, 1], [0, 0]], [[1], [1]]),
        ("oblique vectors", [[1, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]], [[1], [2]]),
        ("one weight 0", [[1, 0], [0, 1], [0, 0]], [[1, 0], [0, 1], [0, 0]], [[1], [0]]),
        ("a weight of each sign", [[1, 0], [0, 1], [0, 0]], [[1, 0], [0, -1], [0, 0]], [[1], [-1]]),
        ("as many vectors as dimensions", [[1, 1], [0, 1]], [[1, 1], [0, 1]], [[1], [1]]),
    )
    made = []
    for name, vectors, forms, chosen in rows:
        inside = matrix_of(vectors, name)
        values = {n: inside.shape[0], d: inside.shape[1], V: inside, B: matrix_of(forms, name),
                  weights: matrix_of(chosen, name)}  # fmt: skip
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


SEVERAL_OUTPUTS = Setting(
    "predictions with several outputs for d samples, as a map of the parameters",
    variables=(n, o, d, F, Y),
    definitions=(submanifold,),
    decisions={"submanifold": no_submanifold},
    instances=outputs,
)
MAP = Setting(
    "a map of vectors",
    variables=(n, q, Q),
    definitions=(submanifold,),
    decisions={"submanifold": no_submanifold},
    instances=maps,
)
MAPS = Setting(
    "a map of vectors at a point", variables=(n, q, Q, w), definitions=(unit,), instances=maps
)
RANK_ONE = Setting(
    "sums of matrices of rank one",
    variables=(n, d, V, B, weights),
    definitions=(unit, diagonal, only_positive),
    instances=sums,
)
