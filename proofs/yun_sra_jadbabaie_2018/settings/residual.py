"""Section 2.2: population risks of linear residual networks, all of whose layers have one width n.

Notation: the layers are I + W_k; T is the paper's R, and C = X X^T the covariance.

Settings: RESIDUAL.

Design notes. A residual network is a deep linear network with d_k = n: `of_equal_widths` puts that
into a definition of `population`.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import population
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    HERE,
    H,
    c,
    d,
    k,
    m,
    square,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    HALF,
    ONE,
    TWO,
    Rows,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.residual_decisions import DECISIONS
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    define,
    each,
    every,
    fn,
    gradient,
    identity_matrix,
    like,
    matrices,
    matrix,
    natural,
    the,
    update,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term, substitute

Example = tuple[str, Mapping[Term, Any]]

n = natural("n")
widths = fn(k, n)
X, Y = matrix("X", n, m), matrix("Y", n, m)
T = matrix("T", n, n)
W = matrices("W", lambda _: n, lambda _: n)
V = like("V", W)
POINT = (W, X, Y)


def of_equal_widths(f: Definition) -> Definition:
    """The definition for a network of width n everywhere."""
    return Definition(f.name, Expr(substitute(the(f.function), {the(d): the(widths)})), f.notation)


def layers(W: Expr) -> Expr:
    """The layers I + W_k."""
    return fn(k, identity_matrix(n) + W[k])


population_critical = of_equal_widths(population.population_critical)
population_least = of_equal_widths(population.population_least)
population_risk = of_equal_widths(population.population_risk)
residual_risk = define(
    "residual risk",
    (W,),
    population_risk(layers(W)),
    text="L_E(I + W)",
    latex=r"L_{{\mathbb{{E}}}}(I + W)",
    at=HERE,
)
"""E |(I + W_{H+1}) ... (I + W_1) x - y|^2 / 2."""
M = matrix("M", n, n)
residual_gradient = define(
    "residual gradient",
    (W, k),
    gradient(fn(M, residual_risk(update(W, k, M))), W[k]),
    text="dL_E(I + W)/dW_{1}",
    latex=r"\frac{{\partial}}{{\partial W_{1}}} L_{{\mathbb{{E}}}}(I + W)",
    at=HERE,
)
residual_critical = define(
    "critical for the residual network",
    (W,),
    each(k, 1, H + 1, residual_gradient(W, k) == 0),
    text="critical point of L_E(I + W)",
    latex=r"\nabla_W L_{{\mathbb{{E}}}}(I + W) = 0",
    at=HERE,
)
residual_least = define(
    "residual minimum",
    POINT,
    every(V, residual_risk(W) <= residual_risk(V)),
    text="global minimum of L_E(I + W)",
    latex=r"L_{{\mathbb{{E}}}}(I + W) = \min_V L_{{\mathbb{{E}}}}(I + V)",
    at=("W", "X", "Y"),
)
u = matrix("u", n, 1)
contracts = define(
    "smaller than one",
    (M,),
    every(u, (u != 0) >> (square(M @ u) < square(u))),
    text="sigma_max({0}) < 1",
    latex=r"\sigma_{{\max}}({0}) < 1",
)


def residual(name: str, inputs: Rows, truth: Rows, *parts: Rows) -> Example:
    """A residual network and its population; the rows of X, T and the W_k."""
    x, t = matrix_of(inputs, name), matrix_of(truth, name)
    values = {
        H: len(parts) - 1,
        n: x.shape[0],
        m: x.shape[1],
        X: x,
        Y: t @ x,
        T: t,
        W: {i: matrix_of(rows, name) for i, rows in enumerate(parts, 1)},
        c: HALF,
    }
    return name, {the(v): y for v, y in values.items()}


def residuals() -> tuple[Example, ...]:
    """Residual networks near the identity, and farther off; det R of any sign, and R = 0."""
    half, zero = Fraction(1, 2), [[0, 0], [0, 0]]
    turned: Rows = [[1, 0], [0, -1]]
    shear: Rows = [[0, half], [0, 0]]
    three = [[0] * 3] * 3
    return (
        residual("width 1, W = 1/2, fitted", ONE, [[Fraction(9, 4)]], [[half]], [[half]]),
        residual("width 1, W = 0, fitted", [[2]], ONE, [[0]]),
        residual("width 1, W = 0, not critical", [[2]], [[3]], [[0]]),
        residual("width 2, a shear, fitted", [[1, 1], [0, 2]], [[1, half], [0, 1]], shear, zero),
        residual("width 3, W = 0, fitted", [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
                 [[1, 0, 0], [0, 1, 0], [0, 0, 1]], three, three, three),
        residual("covariance of rank 1, R = diag(1, -1), W = 0", [[1], [0]], turned, zero, zero),
        residual("x = 0, R = 0, W = 1/2", [[0]], [[0]], [[half]]),
        residual("W = -1 twice, R = 1: a saddle", ONE, ONE, [[-1]], [[-1]]),
        residual("W = -1 twice, R = 0", ONE, [[0]], [[-1]], [[-1]]),
        residual("invertible layers, det R = -1, fitted", [[1, 0], [1, 1]], turned, [[0, 0], [0, -2]],
                 zero),
        residual("W = 2, R = 9, fitted", ONE, [[9]], [[2]], [[2]]),
        residual("one of two directions", TWO, [[2, 0], [0, 3]], [[1, 0], [0, -1]], [[0, 0], [0, -1]]),
        residual("R = 0, W = 0, not critical", ONE, [[0]], [[0]], [[0]]),
    )  # fmt: skip


RESIDUAL = Setting(
    "a linear residual network on a population y = T x + xi",
    variables=(H, n, m, X, Y, T, W, c),
    standing=(c == HALF, Y == T @ X),
    definitions=(
        population.C,
        population.population_risk,
        residual_risk,
        residual_gradient,
        residual_critical,
        residual_least,
        contracts,
    ),
    decisions=DECISIONS,
    instances=residuals,
)
