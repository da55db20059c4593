"""Section 2.2: population risks of linear networks.

Notation: x has mean 0 and covariance C, y = R x + xi with standard noise xi. Of the law of x only C
matters, if second moments are finite; each covariance matrix is C = X X^T for some X. So the
population risk is an empirical risk on the columns of X, with targets Y = R X, and d_y / 2 for the
noise. In a residual network of width n the layers are I + W_k.

Settings: LAW, a residual network on x and y with finitely many values; POPULATION, a network of any
widths; RESIDUAL, a residual network.

Design notes. In LAW the columns of X and N are the values of x and xi, which x, xi take together
with the probabilities q; E x = X q, and E x x^T = X diag(q) X^T.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.proofs.rules.columns import unit as unit_vector
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    HERE,
    H,
    k,
    m,
    square,
)
from symbolic_landscape.statement.language import (
    define,
    each,
    identity_matrix,
    integer,
    matrices,
    matrix,
    natural,
    recursion,
    the,
    total,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Rows = Sequence[Sequence[Any]]
Example = tuple[str, Mapping[Term, Any]]

# ---- finitely many values of x and y -------------------------------------------------------------
n, a = natural("n"), integer("a")
values, noise = matrix("X", n, m), matrix("N", n, m)
q = matrix("q", m, 1)
R = matrix("R", n, n)
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
    )


LAW = Setting(
    "a residual network, and x and y = R x + xi with finitely many values",
    variables=(H, n, m, parts, values, noise, q, R),
    standing=(each(a, 1, m, q[a, 1] >= 0), total(a, 1, m, q[a, 1]) == 1),
    definitions=(residual_product, expected_risk, covariance),
    instances=laws,
)
