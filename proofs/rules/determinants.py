"""Determinants: triangles, rows, limits, minors, and products of numbers along a range.

`product(c, k)` is c(1) c(2) ... c(k), and 1 for k = 0; `power(x, k)` is x^k.
"""

from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.objects import S2, A, S, i, j, k, m, n, p, q, r, t, v, x
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    det,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    matrix,
    rank,
    recursion,
    trace,
)
from symbolic_landscape.statement.rule import rule

HJ = "Horn and Johnson, Matrix Analysis, 0.3 and 0.4"
M = function("M", t, S)
"""A square matrix that moves with a real number."""
c = function("c", i, x)
rows, columns = function("rows", i, i), function("columns", i, i)
choice = function("choice", i, i)
"""Choices of rows and columns."""
before = matrix("before", 1, 1)

products = define(
    "products",
    (c,),
    recursion(i, before, 0, identity_matrix(1), c(i) * before),
    text="products of {0}",
    latex=r"\prod {0}",
)
"""The products along a range as 1 x 1 matrices."""
product = define(
    "product",
    (c, k),
    products(c)[k][1, 1],
    text="product of {0} up to {1}",
    latex=r"\prod_{{i \le {1}}} {0}(i)",
)
power = define("power", (x, k), product(fn(i, x), k), text="{0}^{1}", latex=r"{{{0}}}^{{{1}}}")


def permutation(choice: Expr, n: Expr) -> Expr:
    """The choice of indices is a permutation of 1, ..., n."""
    within = each(i, 1, n, both(choice(i) >= 1, choice(i) <= n))
    return both(within, each(i, 1, n, each(j, i + 1, n, choice(i) != choice(j))))


no_zero_factor = rule(each(i, 1, n, c(i) != 0), then=product(c, n) != 0)
determinant_by_permutations = rule(
    every(
        choice,
        both(permutation(choice, n), ~each(j, 1, n, choice(j) == j))
        >> tends(fn(t, product(fn(j, M(t)[choice(j), j]), n)), 0),
    ),
    tends(fn(t, product(fn(j, M(t)[j, j]), n)), r),
    then=tends(fn(t, det(M(t))), r),
    source=HJ,
)
"""By the formula of Leibniz, where only the product of the diagonal does not tend to 0."""
determinant_of_triangle = rule(
    each(i, 1, n, each(j, 1, i - 1, S[i, j] == 0)),
    then=det(S) == product(fn(i, S[i, i]), n),
    source=HJ,
)
determinant_of_row_differences = rule(
    then=det(entries(i, j, n, n, S[i, j] - S[i - 1, j])) == det(S), source=HJ
)
determinant_of_limits = rule(
    each(i, 1, n, each(j, 1, n, tends(fn(t, M(t)[i, j]), S[i, j]))),
    then=tends(fn(t, det(M(t))), det(S)),
    source=HJ,
)
rank_of_chosen = rule(then=rank(entries(i, j, p, q, A[rows(i), columns(j)])) <= rank(A), source=HJ)
minor_of_full_rank = rule(
    then=exists(
        columns,
        both(
            each(j, 1, m, both(columns(j) >= 1, columns(j) <= n)),
            (rank(A) == m) >> (det(entries(i, j, m, m, A[i, columns(j)])) != 0),
        ),
    ),
    where=(n >= 1,),
    source=HJ,
)
determinant_of_product = rule(then=det(S @ S2) == det(S) * det(S2), source=HJ)
determinant_of_identity = rule(then=det(identity_matrix(n)) == 1, source=HJ)
determinant_near_identity = rule(
    every(v, (v != 0) >> (trace((S @ v).T @ (S @ v)) < trace(v.T @ v))),
    then=det(identity_matrix(n) + S) > 0,
    source="Horn and Johnson, Matrix Analysis, 5.6",
)
"""No I + t S with t in [0, 1] sends a vector to 0, so the sign of det I does not change."""
