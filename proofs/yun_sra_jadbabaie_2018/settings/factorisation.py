"""Section 2.2: matrix factorisation, |U V^T - Y|^2, as a deep linear network.

Notation: U = W_2 and V^T = W_1, with d_1 columns each; Y is d_2 x d_0. The network has one hidden
layer, and its inputs are the columns of the unit matrix.

Settings: FACTORISATION; NARROW_FACTORS, with singular vectors.
"""

from collections.abc import Mapping
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import (
    bottleneck,
    bottleneck_decisions,
    linear,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import W, c, d, k, p, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_decisions import (
    DECISIONS,
    Decision,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    HALF,
    ONE,
    TWO,
    Rows,
    zeros,
)
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    define,
    each,
    identity_matrix,
    matrix,
    the,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term, num, substitute
from symbolic_landscape.verdict import Verdict

Example = tuple[str, Mapping[Term, Any]]

X = identity_matrix(d[0])
Y = matrix("Y", d[2], d[0])
POINT = (W, X, Y)
TWO_FACTORS = {"H": 1, "m": d[0], "X": X}
"""The network that is meant where statements on deep linear networks are cited."""


def of_factors(f: Definition) -> Definition:
    """The definition for a network with one hidden layer whose inputs are the unit vectors."""
    return Definition(f.name, for_factors(f.function), f.notation)


def for_factors(x: Expr) -> Expr:
    """The term for such a network."""
    change = {the(linear.H): num(1), the(linear.m): the(d[0])}
    inputs = the(matrix("X", d[0], d[0]))
    return Expr(substitute(substitute(the(x), change), {inputs: the(X)}))


error = define(
    "factorisation error",
    (W,),
    square(W[2] @ W[1] - Y),
    text="|U V^T - Y|^2",
    latex=r"\|U V^T - Y\|_F^2",
    at=("W",),
)
R_, risk, critical, least, falls, rises, saddle = (
    of_factors(f)
    for f in (
        linear.R_,
        linear.risk,
        linear.critical,
        linear.least,
        linear.falls,
        linear.rises,
        linear.saddle,
    )
)
full_rank, no_bottleneck = for_factors(linear.full_rank), for_factors(linear.no_bottleneck)


def with_one_hidden_layer(decide: Decision) -> Decision:
    """The decision on an instance of FACTORISATION, which does not say that H = 1."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        return decide(instance.changed({the(linear.H): 1}), arguments)

    return decided


def factors(name: str, target: Rows, right: Rows, left: Rows, layer: int | None = None) -> Example:
    """Factors U = `left` and V^T = `right` of Y = `target`; `layer` is p."""
    y, v, u = (matrix_of(rows, name) for rows in (target, right, left))
    sizes = [v.shape[1], v.shape[0], u.shape[0]]
    narrowest = sizes.index(min(sizes)) if layer is None else layer
    values = {d: dict(enumerate(sizes)), W: {1: v, 2: u}, Y: y, c: HALF, p: narrowest}
    return name, {the(x): value for x, value in values.items()}


def factorisations() -> tuple[Example, ...]:
    """Critical pairs, and others; Y = 0, Y of rank 1, tall and wide, among them."""
    unequal = [[2, 0], [0, 1]]
    return (
        factors("Y = 2, U = V = 0", [[2]], [[0]], [[0]]),
        factors("Y = 0, U = V = 0", [[0]], [[0]], [[0]]),
        factors("Y = 0, U = 1, V = 0", [[0]], [[0]], [[1]]),
        factors("Y of shape (2, 2), fitted", unequal, unequal, TWO),
        factors("Y of shape (2, 2), one direction fitted", unequal, [[2, 0], [0, 0]], [[1, 0], [0, 0]]),
        factors("Y of shape (1, 2), fitted", [[1, 2]], [[1, 2]], ONE),
        factors("Y of shape (2, 1), fitted", [[1], [2]], ONE, [[1], [2]]),
        factors("Y of shape (2, 1), zero factors", [[1], [2]], [[0]], zeros(2, 1)),
        factors("Y of rank 1, fitted by factors of width 2", [[1, 0], [0, 0]], [[1, 0], [0, 0]],
                [[1, 0], [0, 0]]),
        factors("factors of width 4, duplicated units", unequal, [[1, 0], [1, 0], [0, 0], [0, 0]],
                [[1, 1, 0, 0], [0, 0, 0, 0]], layer=0),
        factors("Y of shape (3, 2), zero factors", [[1, 0], [0, 1], [1, 1]], zeros(2, 2), zeros(3, 2)),
        factors("not critical", [[2]], ONE, [[0]]),
        factors("not critical, width 2", unequal, TWO, [[1, 1], [0, 1]]),
        factors("factors of width 1, the smaller direction", unequal, [[0, 1]], [[0], [1]]),
        factors("equal singular values, factors of width 1", TWO, [[1, 0]], [[1], [0]]),
    )  # fmt: skip


FACTORISATION = Setting(
    "matrix factorisation as a deep linear network, with a narrowest layer p",
    variables=(d, Y, W, c, p),
    standing=(c == HALF, 0 <= p, p <= 2, each(k, 0, 2, d[p] <= d[k])),
    definitions=(error, R_, risk, critical, least, falls, rises, saddle),
    decisions={name: with_one_hidden_layer(decide) for name, decide in DECISIONS.items()},
    instances=factorisations,
)

# ---- factors narrower than the matrix ------------------------------------------------------------
U = matrix("U", d[2], d[p])
leading, separated, same_space = (
    of_factors(f) for f in (linear.leading, bottleneck.separated, bottleneck.same_space)
)


def narrow_factors() -> tuple[Example, ...]:
    """Critical factors of width 1 and 2 of matrices with different and with equal singular values."""

    def example(name: str, target: Rows, right: Rows, left: Rows, vectors: Rows) -> Example:
        _, values = factors(name, target, right, left)
        return name, {**values, the(U): matrix_of(vectors, name)}

    unequal, first, second = [[2, 0], [0, 1]], [[1], [0]], [[0], [1]]
    three = [[3, 0, 0], [0, 2, 0], [0, 0, 1]]
    pair = [[1, 0], [0, 1], [0, 0]]
    return (
        example("the greater direction", unequal, [[2, 0]], first, first),
        example("the smaller direction", unequal, [[0, 1]], second, first),
        example("zero factors of width 1", unequal, zeros(1, 2), zeros(2, 1), first),
        example("equal singular values, another direction", TWO, [[1, 0]], first, second),
        example("equal singular values, the same direction", TWO, [[1, 0]], first, first),
        example("Y = 0, zero factors of width 1", zeros(2, 2), zeros(1, 2), zeros(2, 1), first),
        example("not critical, width 1", unequal, [[1, 1]], first, first),
        example("two of three directions, least", three, [[3, 0, 0], [0, 2, 0]], pair, pair),
        example("two of three directions, not least", three, [[3, 0, 0], [0, 0, 1]],
                [[1, 0], [0, 0], [0, 1]], pair),
    )  # fmt: skip


NARROW_FACTORS = FACTORISATION.extended(
    "matrix factorisation with factors narrower than the matrix, and its singular vectors",
    variables=(U,),
    standing=(d[p] < d[0], d[p] < d[2]),
    definitions=(leading, separated, same_space),
    decisions={
        name: with_one_hidden_layer(decide)
        for name, decide in bottleneck_decisions.DECISIONS.items()
    },
    instances=narrow_factors,
)
