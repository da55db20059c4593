"""Finite sums of numbers."""

from symbolic_landscape.proofs.rules.objects import hi, i, j, lo
from symbolic_landscape.statement.language import Expr, each, function, real, total
from symbolic_landscape.statement.rule import rule

a, c = function("a", i, real("x")), function("c", i, real("x"))


def row(function: Expr, A: Expr, i: Expr) -> Expr:
    """The sum of a function over row i of a matrix."""
    return total(j, 1, A.columns, function(A[i, j]))


sum_monotone = rule(
    each(i, lo, hi, a(i) <= c(i)), then=total(i, lo, hi, a(i)) <= total(i, lo, hi, c(i))
)
equal_sums = rule(
    each(i, lo, hi, a(i) == c(i)), then=total(i, lo, hi, a(i)) == total(i, lo, hi, c(i))
)
sum_not_negative = rule(each(i, lo, hi, a(i) >= 0), then=total(i, lo, hi, a(i)) >= 0)
zero_summands = rule(
    each(i, lo, hi, a(i) <= 0), total(i, lo, hi, a(i)) == 0, then=each(i, lo, hi, a(i) == 0)
)
sum_positive = rule(each(i, lo, hi, a(i) > 0), then=total(i, lo, hi, a(i)) > 0, where=(lo <= hi,))
single_summand = rule(then=total(i, lo, lo, a(i)) == a(lo))
