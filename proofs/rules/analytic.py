"""Real analytic functions of one number, and of the members of two families of matrices.

`analytic_in(low, high, H)` says that H(U)(a) depends on the members U[i], a[i] with i from low to
high alone, and is a real analytic function of their entries.
"""

from symbolic_landscape.proofs.rules.objects import f, hi, i, j, k, lo, n, r
from symbolic_landscape.proofs.rules.points import H, U, a
from symbolic_landscape.statement.language import (
    Expr,
    det,
    each,
    every,
    fn,
    function,
    integer,
    like,
    matrix,
    predicate,
    total,
)
from symbolic_landscape.statement.rule import rule

KRANTZ_PARKS = "Krantz and Parks, A Primer of Real Analytic Functions, 2.2"
analytic, analytic_in = predicate("analytic"), predicate("analytic in")
low, high = integer("low"), integer("high")
H2 = like("H2", H)
HS = function("HS", U, function("", a, matrix("", n, n)))
HI = function("HI", i, H)
"""A function from points to square matrices, and a family of functions from points to numbers."""


def of_point(body: Expr) -> Expr:
    """The function that maps a point to the body."""
    return fn(U, fn(a, body))


def known(H: Expr) -> Expr:
    """The function of points is analytic in the members from low to high."""
    return analytic_in(low, high, H)


analytic_constant = rule(then=known(of_point(r)), source=KRANTZ_PARKS)
analytic_entry = rule(then=known(of_point(U[k][i, j])), where=(low <= k, k <= high))
analytic_second_entry = rule(then=known(of_point(a[k][i, j])), where=(low <= k, k <= high))
analytic_sum = rule(
    known(H), known(H2), then=known(of_point(H(U)(a) + H2(U)(a))), source=KRANTZ_PARKS
)
analytic_product = rule(
    known(H), known(H2), then=known(of_point(H(U)(a) * H2(U)(a))), source=KRANTZ_PARKS
)
analytic_total = rule(
    each(i, lo, hi, known(HI(i))),
    then=known(of_point(total(i, lo, hi, HI(i)(U)(a)))),
    source=KRANTZ_PARKS,
)
analytic_composition = rule(
    analytic(f), known(H), then=known(of_point(f(H(U)(a)))), source=KRANTZ_PARKS
)
analytic_determinant = rule(
    each(i, 1, n, each(j, 1, n, known(of_point(HS(U)(a)[i, j])))),
    then=known(of_point(det(HS(U)(a)))),
    source=KRANTZ_PARKS,
)
analytic_of_equal = rule(known(H), every(U, a, H2(U)(a) == H(U)(a)), then=known(H2))
