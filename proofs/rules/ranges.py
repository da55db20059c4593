"""Quantifiers over ranges of integers."""

from symbolic_landscape.proofs.rules.objects import hi, i, j, lo
from symbolic_landscape.statement.language import both, each, exists, function, true
from symbolic_landscape.statement.rule import rule

P = function("P", i, true)
"""A property of integers."""

some_of_not_each = rule(~each(i, lo, hi, P(i)), then=exists(j, both(lo <= j, j <= hi, ~P(j))))
