"""Functions as objects."""

from symbolic_landscape.proofs.rules.objects import Z, h, x
from symbolic_landscape.statement.language import every, function
from symbolic_landscape.statement.rule import rule

h2 = function("h2", Z, x)

equal_functions = rule(every(Z, h(Z) == h2(Z)), then=h == h2)
