"""Finite sums of natural numbers, such as counts of parameters."""

from symbolic_landscape.proofs.rules.objects import hi, i, j, k, lo, m
from symbolic_landscape.statement.language import each, total, widths
from symbolic_landscape.statement.rule import rule

a, c = widths("a"), widths("c")


count_split = rule(
    then=total(i, lo, hi, a[i]) == total(i, lo, k, a[i]) + total(i, k + 1, hi, a[i]),
    where=(lo <= k + 1, k <= hi),
)
first_of_count = rule(
    then=total(i, lo, hi, a[i]) == a[lo] + total(i, lo + 1, hi, a[i]), where=(lo <= hi,)
)
last_of_count = rule(
    then=total(i, lo, hi, a[i]) == total(i, lo, hi - 1, a[i]) + a[hi], where=(lo <= hi,)
)
empty_count = rule(then=total(i, lo, hi, a[i]) == 0, where=(hi < lo,))
count_not_negative = rule(then=total(i, lo, hi, a[i]) >= 0)
equal_counts = rule(
    each(i, lo, hi, a[i] == c[i]), then=total(i, lo, hi, a[i]) == total(i, lo, hi, c[i])
)
product_of_sizes = rule(then=m * i <= m * j, where=(i <= j,))
