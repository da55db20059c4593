"""Sets of measure zero in the space of the members of two families of matrices.

`null(low, high, T)`: those values of the members U[i], a[i] with i from low to high that occur at
the points of the set T form a set of Lebesgue measure zero, in the space of their entries.
"""

from symbolic_landscape.proofs.rules.analytic import analytic_in, high, low, of_point
from symbolic_landscape.proofs.rules.objects import i
from symbolic_landscape.proofs.rules.points import (
    H,
    U,
    V,
    a,
    c,
    columns,
    columns2,
    near,
    r,
    rows,
    rows2,
)
from symbolic_landscape.statement.language import (
    both,
    every,
    exists,
    fn,
    function,
    integer,
    like,
    matrices,
    predicate,
    rank,
    true,
)
from symbolic_landscape.statement.rule import rule

RUDIN = "Rudin, Real and Complex Analysis, 2"
null = predicate("null")
T = function("T", U, function("", a, true))
T2 = like("T2", T)
"""Sets of points."""
k = integer("k")
W, w = matrices("W", columns, rows), matrices("w", columns2, rows2)

null_part = rule(
    every(U, a, T(U)(a) >> T2(U)(a)), null(low, high, T2), then=null(low, high, T), source=RUDIN
)
null_of_more = rule(null(low, high, T), then=null(low, k, T), where=(high <= k,), source=RUDIN)
"""More members may be anything: the product of a null set and a space is a null set."""
transposed = fn(W, fn(w, T(fn(i, W[i].T))(fn(i, w[i].T))))
null_of_transposed = rule(null(low, high, T), then=null(low, high, transposed), source=RUDIN)
null_of_nothing = rule(every(U, a, ~T(U)(a)), then=null(low, high, T), source=RUDIN)
box_is_not_null = rule(
    r > 0, then=~null(low, high, of_point(near(U, a, V, c, low, high, r))), source=RUDIN
)
analytic_zero_set = rule(
    analytic_in(low, high, H),
    exists(U, a, H(U)(a) != 0),
    then=null(low, high, of_point(H(U)(a) == 0)),
    source="Mityagin, The zero set of a real analytic function, 2015",
    external=True,
)
rank_deficient_is_null = rule(
    then=null(low, high, of_point(both(rank(U[k]) < U[k].rows, rank(U[k]) < U[k].columns))),
    where=(low <= k, k <= high),
    source=RUDIN,
)
"""Where a member has less than full rank, its maximal minors are 0, which are polynomials."""
