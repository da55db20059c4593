"""Signs of real numbers, of their products and quotients."""

from symbolic_landscape.proofs.rules.objects import s, t, x
from symbolic_landscape.statement.rule import rule

product_not_positive = rule(s >= 0, t <= 0, then=s * t <= 0)
product_not_negative = rule(s >= 0, t >= 0, then=s * t >= 0)
quotient = rule(s != 0, then=s * (x / s) == x)
quotient_not_zero = rule(s != 0, x != 0, then=x / s != 0)
