"""Inequalities between real numbers."""

from symbolic_landscape.proofs.rules.objects import s, t
from symbolic_landscape.statement.rule import rule

positive_is_not_zero = rule(0 < s, then=s != 0)
positive_product = rule(0 < s, 0 < t, then=0 < s * t)
square_not_negative = rule(then=0 <= s * s)
zero_factor = rule(s * t == 0, s != 0, then=t == 0)
