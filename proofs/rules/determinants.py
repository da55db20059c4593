"""Determinants: triangles, rows, limits, minors, and products of numbers along a range.

`product(c, n)` is c(1) c(2) ... c(n), and 1 for n = 0; `power(x, n)` is x^n.
"""

from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.objects import A, S, i, j, m, n, p, q, t, x
from symbolic_landscape.statement.language import (
    both,
    define,
    det,
    each,
    entries,
    exists,
    fn,
    function,
    identity_matrix,
    ones,
    rank,
    real,
    recursion,
)
from symbolic_landscape.statement.rule import rule

HJ = "Horn and Johnson, Matrix Analysis, 0.3 and 0.4"
M = function("M", t, S)
"""A square matrix that moves with a real number."""
c = function("c", i, x)
rows, columns = function("rows", i, i), function("columns", i, i)
"""Choices of rows and columns."""
before, one = real("before"), ones(1, 1)[1, 1]

product = define(
    "product",
    (c, n),
    recursion(i, before, 0, one, before * c(i))[n],
    text="product of {0} up to {1}",
    latex=r"\prod_{{i \le {1}}} {0}(i)",
)
power = define("power", (x, n), product(fn(i, x), n), text="{0}^{1}", latex=r"{{{0}}}^{{{1}}}")


def permutation(choice, n):
    """The choice of indices is a permutation of 1, ..., n."""
    within = each(i, 1, n, both(choice(i) >= 1, choice(i) <= n))
    return both(within, each(i, 1, n, each(j, i + 1, n, choice(i) != choice(j))))


no_zero_factor = rule(each(i, 1, n, c(i) != 0), then=product(c, n) != 0)
determinant_of_identity = rule(then=det(identity_matrix(n)) == 1, source=HJ)
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
