"""Section 3.2: a function on an open set of R^d, its critical points, and linear tilts of it.

Notation: f is the function, U its open domain, w the tilt: f'(x) = f(x) + <w, x>.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.rules.minima import tilted, turning, twice_smooth_on
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    fn,
    function,
    gradient,
    matrix,
    natural,
    real,
    true,
)
from symbolic_landscape.statement.setting import Setting

d = natural("d")
x, v, w = matrix("x", d, 1), matrix("v", d, 1), matrix("w", d, 1)
f, U = function("f", x, real("")), function("U", x, true)


def nondegenerate_critical_points(f: Expr) -> Expr:
    """Each critical point of f in U has a nonsingular Hessian: it sends no vector to 0 but 0."""
    nonsingular = every(v, (turning(fn(x, gradient(f, x)), x, v) == 0) >> (v == 0))
    return every(x, both(U(x), gradient(f, x) == 0) >> nonsingular)


tilt = tilted(f, w)
FUNCTIONS = Setting(
    "a function on an open set",
    variables=(d, f, U),
    standing=(twice_smooth_on(U, f),),
    instances=partial(examples.instances, (d, f, U), examples.functions),
)
