"""Sections 2 and 3: a deep linear network on m samples, its squared error, and kinds of points.

Notation (columns are samples): W[k] is d[k] x d[k-1] for k = 1..H+1, P[k] = W[k] ... W[1] and
A[k] = W[H+1] ... W[k+1]. The risk is L(W) = c |P[H+1] X - Y|^2; the paper's factor is c = 1/2,
equation (1). E = (P[H+1] X - Y) X^T, and F = Y X^T (X X^T)^-1 X. V is another point; it is near W
when each entry of the difference is less than r in size. p is a narrowest layer, so that the
paper's k is d[p]; U has orthonormal columns that span a leading space of left singular vectors of F.

Settings: SQUARED_ERROR, with any factor; LINEAR, the same with the paper's examples; DEEP_LINEAR,
with the paper's factor; NARROWEST, with a narrowest layer; SPECTRUM, with U.

Design notes. F has min(d_y, m) singular values, and their squares are the eigenvalues of the smaller
of F F^T and F^T F: those are distinct where no such matrix less s I has a rank lower by two.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.rules.derivatives import unit_matrix
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_decisions import DECISIONS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    OTHER,
    PAPER,
    POINTS,
    SPECTRAL,
    Point,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    either,
    every,
    exists,
    fn,
    gradient,
    identity_matrix,
    integer,
    inverse,
    like,
    matrices,
    matrix,
    natural,
    rank,
    real,
    recursion,
    the,
    trace,
    update,
    widths,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]
HALF = Fraction(1, 2)

H, m, d = natural("H"), natural("m"), widths("d")
i, j, k, o, v = (integer(name) for name in "ijkov")
c, s, t = real("c"), real("s"), real("t")
X, Y = matrix("X", d[0], m), matrix("Y", d[H + 1], m)
W = matrices("W", lambda k: d[k], lambda k: d[k - 1])
HERE = ("W",)


def square(A: Any) -> Expr:
    """The squared Frobenius norm."""
    return trace(A.T @ A)


below = matrix("below", d[k - 1], d[0])
P_ = define(
    "partial product",
    (W,),
    recursion(k, below, 0, identity_matrix(d[0]), W[k] @ below),
    text="P",
    latex="P",
    at=HERE,
)
risk = define("risk", (W,), c * square(P_(W)[H + 1] @ X - Y), text="L", latex="L", at=HERE)
last = W[H + 1]


def with_last(M: Any) -> Expr:
    """The weights with M in the last layer."""
    return update(W, H + 1, M)


unit = define(
    "unit of the last layer",
    (i, j),
    unit_matrix(i, j, d[H + 1], d[H]),
    text="E({0}, {1})",
    latex="E_{{{0}{1}}}",
)
"""The direction that moves the entry (i, j) of the last layer."""


def second_derivative(K: Any, M: Any) -> Expr:
    """The second derivative of the risk along the directions K and M of the last layer."""
    inner = derivative(fn(t, risk(with_last(last + s * K + t * M))))(0)
    return derivative(fn(s, inner))(0)


features_gram = define(
    "gram of the features",
    (W,),
    P_(W)[H] @ X @ X.T @ P_(W)[H].T,
    text="G",
    latex="G",
    at=HERE,
)

# ---- layers above, and gradients -----------------------------------------------------------------
above = matrix("above", d[H + 1], d[k + 1])
A_ = define(
    "partial product from above",
    (W,),
    recursion(k, above, H + 1, identity_matrix(d[H + 1]), above @ W[k + 1], down=True),
    text="A",
    latex="A",
    at=HERE,
)
R_ = define("product", (W,), P_(W)[H + 1], text="R", latex="R", at=HERE)
E_ = define("correlated error", (W,), (R_(W) @ X - Y) @ X.T, text="E", latex="E", at=HERE)
M = matrix("M", d[k], d[k - 1])
weight_gradient = define(
    "gradient",
    (W, k),
    gradient(fn(M, risk(update(W, k, M))), W[k]),
    text="dL/dW_{1}",
    latex=r"\frac{{\partial L}}{{\partial W_{1}}}",
    at=HERE,
)
critical = define(
    "critical",
    (W,),
    each(k, 1, H + 1, weight_gradient(W, k) == 0),
    text="critical point",
    latex=r"\nabla L = 0",
    at=HERE,
)

# ---- minima and saddles --------------------------------------------------------------------------
POINT = (W, X, Y)
V, r = like("V", W), real("r")
least = define(
    "global minimum",
    POINT,
    every(V, risk(W) <= risk(V)),
    text="global minimum",
    latex=r"L(W) = \min L",
    at=("W", "X", "Y"),
)
near = define(
    "near",
    (V, W, r),
    each(k, 1, H + 1, close(V[k], W[k], r)),
    text="{0} within {2} of {1}",
    latex=r"\|{0} - {1}\| < {2}",
)
local_minimum = define(
    "local minimum",
    POINT,
    exists(r, both(r > 0, every(V, near(V, W, r) >> (risk(W) <= risk(V))))),
    text="local minimum",
    latex=r"L(W) = \min_{{\text{{nearby}}}} L",
    at=("W", "X", "Y"),
)
local_maximum = define(
    "local maximum",
    POINT,
    exists(r, both(r > 0, every(V, near(V, W, r) >> (risk(V) <= risk(W))))),
    text="local maximum",
    latex=r"L(W) = \max_{{\text{{nearby}}}} L",
    at=("W", "X", "Y"),
)
falls = define(
    "falls nearby",
    POINT,
    every(r, (r > 0) >> exists(V, both(near(V, W, r), risk(V) < risk(W)))),
    text="points as near as one likes have less risk",
    latex=r"\forall r > 0\ \exists V:\ \|V - W\| < r,\ L(V) < L(W)",
    at=("W", "X", "Y"),
)
rises = define(
    "rises nearby",
    POINT,
    every(r, (r > 0) >> exists(V, both(near(V, W, r), risk(W) < risk(V)))),
    text="points as near as one likes have more risk",
    latex=r"\forall r > 0\ \exists V:\ \|V - W\| < r,\ L(V) > L(W)",
    at=("W", "X", "Y"),
)
saddle = define(
    "saddle",
    POINT,
    both(critical(W), falls(*POINT), rises(*POINT)),
    text="saddle point",
    latex=r"W \text{{ is a saddle of }} L",
    at=("W", "X", "Y"),
)

# ---- the data ------------------------------------------------------------------------------------
DATA = ("X", "Y")
M_ = define("least squares", (X, Y), Y @ X.T @ inverse(X @ X.T), text="M", latex="M", at=DATA)
F_ = define("fit", (X, Y), M_(X, Y) @ X, text="F", latex="F", at=DATA)
best, fit = M_(X, Y), F_(X, Y)
"""The linear map of least squares, equation (3), and the fit of Y by a linear map of X."""
full_gram = rank(X @ X.T) == d[0]
full_correlation = either(rank(Y @ X.T) == d[0], rank(Y @ X.T) == d[H + 1])
"""The rank is min(d_x, d_y), since it is at most both."""
one_vector = rank(fit @ fit.T - s * identity_matrix(d[H + 1])) >= d[H + 1] - 1
one_row = rank(fit.T @ fit - s * identity_matrix(m)) >= m - 1
"""No two independent singular vectors of F, on its left or right, belong to s."""
distinct = define(
    "distinct singular values",
    (X, Y),
    both(
        (d[H + 1] <= m) >> every(s, one_vector),
        (m < d[H + 1]) >> every(s, one_row),
    ),
    text="the singular values of F are distinct",
    latex=r"\sigma_i(F) \ne \sigma_j(F)\ (i \ne j)",
    at=DATA,
)
distinct_nonzero = define(
    "distinct nonzero singular values",
    (X, Y),
    every(s, (s != 0) >> one_vector),
    text="the nonzero singular values of F are distinct",
    latex=r"\sigma_i(F) \ne \sigma_j(F) \ne 0\ (i \ne j)",
    at=DATA,
)
ASSUMPTIONS = {
    "inputs": d[0] <= m,
    "outputs": d[H + 1] <= m,
    "gram": full_gram,
    "correlation": full_correlation,
    "distinct": distinct(X, Y),
}
"""The assumptions on the data of sections 2 and 3, as printed."""

# ---- a narrowest layer, and a leading space ------------------------------------------------------
p = integer("p")
no_bottleneck = either(d[p] == d[0], d[p] == d[H + 1])
bottleneck = both(d[p] < d[0], d[p] < d[H + 1])
"""k = min(d_x, d_y), and k < min(d_x, d_y), with k = d[p] <= d_x, d_y."""
full_rank = rank(R_(W)) == d[p]
"""W is in V_1."""
U, a, b = matrix("U", d[H + 1], d[p]), matrix("a", d[p], 1), matrix("b", d[H + 1], 1)
Q, C = matrix("Q", d[H + 1], d[p]), matrix("C", d[p], m)
leading = define(
    "leading",
    (X, Y, U),
    both(
        U.T @ U == identity_matrix(d[p]),
        fit @ fit.T @ U == U @ U.T @ fit @ fit.T @ U,
        exists(
            s,
            both(
                every(a, s * square(a) <= square(fit.T @ U @ a)),
                every(b, (U.T @ b == 0) >> (square(fit.T @ b) <= s * square(b))),
            ),
        ),
    ),
    text="{2} has orthonormal columns that span a leading space of left singular vectors of F",
    latex=r"\operatorname{{col}}({2}) \text{{ is a leading left singular space of }} F",
    at=DATA,
)

# ---- settings ------------------------------------------------------------------------------------
VARIABLES = (H, m, d, X, Y, W, c)


def examples(points: Iterable[Point]) -> tuple[Example, ...]:
    """The points as values of the variables."""
    terms = {str(the(v).name): the(v) for v in (*VARIABLES, p, U, a, b, Q, C)}
    return tuple((q.name, {terms[name]: x for name, x in q.values.items()}) for q in points)


def paper_points() -> tuple[Example, ...]:
    """Points at which the squared error has the paper's factor."""
    return examples(PAPER)


def other_points() -> tuple[Example, ...]:
    """Points at which the squared error has another factor."""
    return examples(OTHER)


def critical_points() -> tuple[Example, ...]:
    """Critical points, and others near them in kind."""
    return examples(POINTS)


def spectral_points() -> tuple[Example, ...]:
    """Points with a matrix of left singular vectors."""
    return examples(SPECTRAL)


SQUARED_ERROR = Setting(
    "a deep linear network with a multiple of the squared error",
    variables=VARIABLES,
    definitions=(P_, risk, unit, features_gram),
    instances=other_points,
)
LINEAR = SQUARED_ERROR.extended(
    "a deep linear network with the squared error of equation (1)", instances=paper_points
)
DEEP_LINEAR = LINEAR.extended(
    "a deep linear network on m samples, with the risk of equation (1)",
    standing=(c == HALF,),
    definitions=(
        A_,
        R_,
        E_,
        weight_gradient,
        critical,
        least,
        near,
        local_minimum,
        local_maximum,
        falls,
        rises,
        saddle,
        M_,
        F_,
        distinct,
        distinct_nonzero,
    ),
    decisions=DECISIONS,
    instances=critical_points,
)
NARROWEST = DEEP_LINEAR.extended(
    "a deep linear network with a narrowest layer p",
    variables=(p,),
    standing=(0 <= p, p <= H + 1, each(k, 0, H + 1, d[p] <= d[k])),
)
SPECTRUM = NARROWEST.extended(
    "a deep linear network with a narrowest layer p, and singular vectors of the fit",
    variables=(U,),
    definitions=(leading,),
    instances=spectral_points,
)
