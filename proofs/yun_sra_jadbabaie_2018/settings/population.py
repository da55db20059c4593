"""Section 2.2: population risks of linear networks.

Notation: x has mean 0 and covariance C, y = R x + xi with standard noise xi. Of the law of x only C
matters, if second moments are finite; each covariance matrix is C = X X^T for some X. So the
population risk is an empirical risk on the columns of X, with targets Y = R X, and d_y / 2 for the
noise. Where a network has any widths, T stands for the paper's R. In a residual network of width n
the layers are I + W_k.

Settings: LAW, a residual network on x and y with finitely many values; POPULATION, a network of any
widths; NARROWEST_POPULATION, the same with a narrowest layer.

Design notes. In LAW the columns of X and N are the values of x and xi, which x, xi take together
with the probabilities q; E x = X q, and E x x^T = X diag(q) X^T.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.proofs.rules.columns import unit as unit_vector
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    DEEP_LINEAR,
    HERE,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    c,
    d,
    k,
    m,
    near,
    p,
    r,
    square,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_decisions import DECISIONS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    ONE,
    TWO,
    Point,
    Rows,
)
from symbolic_landscape.statement.language import (
    both,
    define,
    each,
    every,
    exists,
    fn,
    gradient,
    identity_matrix,
    integer,
    matrices,
    matrix,
    natural,
    recursion,
    the,
    total,
    trace,
    update,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]

# ---- finitely many values of x and y -------------------------------------------------------------
n, a = natural("n"), integer("a")
values, noise = matrix("X", n, m), matrix("N", n, m)
q = matrix("q", m, 1)
R = matrix("R", n, n)
S, K = matrix("S", m, m), matrix("K", n, n)
"""The weights of a mean of products, and a map of x."""
parts = matrices("W", lambda _: n, lambda _: n)
"""The W_k of a residual network."""
below = matrix("below", n, n)
weights = diagonal(m, q)

residual_product = define(
    "residual product",
    (parts,),
    recursion(k, below, 0, identity_matrix(n), (identity_matrix(n) + parts[k]) @ below)[H + 1],
    text="P",
    latex="P",
    at=HERE,
)
"""(I + W_{H+1}) ... (I + W_1)."""
errors = (residual_product(parts) - R) @ values - noise
expected_risk = define(
    "expected risk",
    (parts,),
    total(a, 1, m, q[a, 1] * square(errors @ unit_vector(m, a))) / 2,
    text="L",
    latex="L",
    at=HERE,
)
"""E |(I + W_{H+1}) ... (I + W_1) x - y|^2 / 2."""
covariance = define(
    "covariance",
    (values, q),
    values @ weights @ values.T - values @ q @ q.T @ values.T,
    text="cov {0}",
    latex=r"\operatorname{{cov}} {0}",
    at=(),
)


def law(
    name: str, inputs: Rows, errors: Rows, truth: Rows, *weights: Rows, odds: Rows = ()
) -> Example:
    """A law: the columns of `inputs` and `errors` are the values of x and xi, equally likely.

    `odds` are other probabilities, as a column.
    """
    x, xi, layers = matrix_of(inputs, name), matrix_of(errors, name), enumerate(weights, 1)
    count = x.shape[1]
    given = {
        H: len(weights) - 1,
        n: x.shape[0],
        m: count,
        parts: {k: matrix_of(rows, name) for k, rows in layers},
        values: x,
        noise: xi,
        q: matrix_of(odds or [[Fraction(1, count)]] * count, name),
        R: matrix_of(truth, name),
    }
    return name, {the(v): x for v, x in given.items()}


def laws() -> tuple[Example, ...]:
    """Laws with standard noise, and others with one thing changed."""
    half = Fraction(1, 2)
    x, xi = [[1, 1, -1, -1]], [[1, -1, 1, -1]]
    signs = [[1, 1, -1, -1] * 2, [1, -1, 1, -1] * 2]
    two = [[1] * 4 + [-1] * 4, [2] * 4 + [-2] * 4]
    name, one = law("x and xi by turns", [[1, 0]], [[0, 1]], [[1]], [[1]])
    return (
        law("width 1, x and xi signs", x, xi, [[Fraction(9, 4)]], [[half]], [[half]]),
        law("width 1, one layer, not fitted", [[2, 2, -2, -2]], xi, [[3]], [[0]]),
        law(
            "width 2, a covariance of rank 1",
            two,
            signs,
            [[1, 1], [0, 1]],
            [[-1, 0], [0, -1]],
            [[0, 1], [0, 0]],
        ),
        law("width 2, three layers", two, signs, [[1, 0], [0, -1]], *[[[0, 1], [0, 0]]] * 3),
        law("x constant 0", [[0, 0]], [[1, -1]], [[1]], [[-1]]),
        law(
            "width 1, three values of x",
            [[1, 1, -1, -1, 0, 0]],
            [[1, -1, 1, -1, 1, -1]],
            [[2]],
            [[1]],
            [[-3]],
            odds=[[Fraction(1, 8)]] * 4 + [[Fraction(1, 4)]] * 2,
        ),
        law("x with mean 1", [[3, 3, -1, -1]], xi, [[3]], [[0]]),
        law("noise with variance 4", x, [[2, -2, 2, -2]], [[3]], [[0]]),
        law("noise with mean 1", x, [[2, 0, 2, 0]], [[3]], [[1]]),
        law("noise and x correlated", [[1, -1]], [[1, -1]], [[3]], [[1]]),
        law("R of determinant -1", x, xi, [[-1]], [[1]]),
        (name, {**one, the(K): matrix_of([[1]], name), the(S): matrix_of([[0, 1], [0, 1]], name)}),
    )


LAW = Setting(
    "a residual network, and x and y = R x + xi with finitely many values",
    variables=(H, n, m, parts, values, noise, q, R),
    standing=(each(a, 1, m, q[a, 1] >= 0), total(a, 1, m, q[a, 1]) == 1),
    definitions=(residual_product, expected_risk, covariance),
    instances=laws,
)

# ---- a network of any widths ---------------------------------------------------------------------
T = matrix("T", d[H + 1], d[0])
C = define("second moments", (X,), X @ X.T, text="C", latex="C", at=("X",))
ON_DATA = ("W", "X", "Y")
population_risk = define(
    "population risk",
    (W,),
    (trace((R_(W) - T) @ C(X) @ (R_(W) - T).T) + d[H + 1]) / 2,
    text="L_E",
    latex=r"L_{{\mathbb{{E}}}}",
    at=HERE,
)
M = matrix("M", d[k], d[k - 1])
population_gradient = define(
    "population gradient",
    (W, k),
    gradient(fn(M, population_risk(update(W, k, M))), W[k]),
    text="dL_E/dW_{1}",
    latex=r"\frac{{\partial L_{{\mathbb{{E}}}}}}{{\partial W_{1}}}",
    at=HERE,
)
population_critical = define(
    "critical for the population",
    (W,),
    each(k, 1, H + 1, population_gradient(W, k) == 0),
    text="critical point of L_E",
    latex=r"\nabla L_{{\mathbb{{E}}}} = 0",
    at=HERE,
)
population_least = define(
    "population minimum",
    POINT,
    every(V, population_risk(W) <= population_risk(V)),
    text="global minimum of L_E",
    latex=r"L_{{\mathbb{{E}}}}(W) = \min L_{{\mathbb{{E}}}}",
    at=ON_DATA,
)
population_falls = define(
    "population falls nearby",
    POINT,
    every(r, (r > 0) >> exists(V, both(near(V, W, r), population_risk(V) < population_risk(W)))),
    text="points as near as one likes have less L_E",
    latex=r"\forall r > 0\ \exists V:\ \|V - W\| < r,\ L_{{\mathbb{{E}}}}(V) < L_{{\mathbb{{E}}}}(W)",
    at=ON_DATA,
)
population_rises = define(
    "population rises nearby",
    POINT,
    every(r, (r > 0) >> exists(V, both(near(V, W, r), population_risk(W) < population_risk(V)))),
    text="points as near as one likes have more L_E",
    latex=r"\forall r > 0\ \exists V:\ \|V - W\| < r,\ L_{{\mathbb{{E}}}}(V) > L_{{\mathbb{{E}}}}(W)",
    at=ON_DATA,
)
population_saddle = define(
    "saddle for the population",
    POINT,
    both(population_critical(W), population_falls(*POINT), population_rises(*POINT)),
    text="saddle point of L_E",
    latex=r"W \text{{ is a saddle of }} L_{{\mathbb{{E}}}}",
    at=ON_DATA,
)


def population(
    name: str, inputs: Rows, truth: Rows, *layers: Rows, layer: int | None = None
) -> Example:
    """A population with covariance X X^T, X having the rows `inputs`; `layer` is p."""
    x, t = matrix_of(inputs, name), matrix_of(truth, name)
    point = Point(name, inputs, (t @ x).tolist(), layers, layer)
    terms = {str(the(v).name): the(v) for v in (H, m, d, X, Y, W, c, p)}
    return name, {**{terms[key]: y for key, y in point.values.items()}, the(T): t}


def populations() -> tuple[Example, ...]:
    """Critical points of population risks, and others; R = 0, and x = 0, among them."""
    half, zero = Fraction(1, 2), [[0, 0], [0, 0]]
    minus = [[1, 0], [0, -1]]
    return (
        population("width 1, fitted", ONE, [[Fraction(9, 4)]], [[1 + half]], [[1 + half]]),
        population("width 2, fitted", [[1, 1], [0, 2]], [[1 + half, half], [0, 1]],
                   [[1 + half, half], [0, 1]], TWO),
        population("widths 2, 2, 1, zero weights", TWO, [[1, 2]], zero, [[0, 0]]),
        population("det R = -1, fitted", [[1, 0], [1, 1]], minus, minus, TWO),
        population("R = 1, zero weights", ONE, ONE, [[0]], [[0]]),
        population("widths 1, 2, 3, fitted", [[2]], [[1], [0], [2]],
                   [[1], [0]], [[1, 0], [0, 0], [2, 0]]),
        population("one of two directions", TWO, [[2, 0], [0, 3]], [[2, 0], [0, 0]], [[1, 0], [0, 0]]),
        population("R = 0, zero weights", ONE, [[0]], [[0]], [[0]]),
        population("x = 0, zero weight", [[0]], ONE, [[0]]),
        population("R of rank 1, fitted", TWO, [[1, 1], [1, 1]], [[1, 1], [0, 0]], [[1, 0], [1, 0]]),
        population("covariance of rank 1, fitted where x is", [[1], [0]], minus, TWO, TWO),
        population("covariance of rank 1, zero weights", [[1], [0]], TWO, zero, zero),
        population("not critical", ONE, [[2]], ONE, ONE),
        population("three layers, not critical", TWO, TWO, TWO, minus, [[1, 1], [0, 1]]),
        population("widths 2, 1, 2, the smaller of two directions", TWO, [[2, 0], [0, 1]],
                   [[0, 1]], [[0], [1]]),
        population("widths 2, 1, 2, the greater of two directions", TWO, [[2, 0], [0, 1]],
                   [[2, 0]], [[1], [0]]),
        population("seen from a broad layer", ONE, ONE, [[1], [0]], [[1, 0]], layer=1),
    )  # fmt: skip


POPULATION = DEEP_LINEAR.extended(
    "a deep linear network on a population y = T x + xi",
    variables=(T,),
    standing=(Y == T @ X,),
    definitions=(
        C,
        population_risk,
        population_gradient,
        population_critical,
        population_least,
        population_falls,
        population_rises,
        population_saddle,
    ),
    decisions={
        "population minimum": DECISIONS["global minimum"],
        "population falls nearby": DECISIONS["falls nearby"],
        "population rises nearby": DECISIONS["rises nearby"],
    },
    instances=populations,
)
NARROWEST_POPULATION = POPULATION.extended(
    "a deep linear network on a population y = T x + xi, with a narrowest layer p",
    variables=(p,),
    standing=(0 <= p, p <= H + 1, each(k, 0, H + 1, d[p] <= d[k])),
)
