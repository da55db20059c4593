"""Continuous paths of matrices, and what is put together from them.

A path is a function of one real number. One on [0, 1] continues as a constant on both sides, so
nothing is lost by paths on the whole line.
"""

from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import increasing
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.objects import A2, A, f, g, i, j, p, q, r, s, t, x
from symbolic_landscape.statement import smoothness
from symbolic_landscape.statement.language import (
    both,
    every,
    exists,
    fn,
    function,
    matrix,
    trace,
)
from symbolic_landscape.statement.rule import rule

RUDIN = "Rudin, Principles of Mathematical Analysis, 4"
continuous = smoothness.continuous
X, X2 = function("X", x, A), function("X2", x, A)
left, right, C = matrix("left", q, A.rows), matrix("right", A.columns, p), matrix("C", q, p)

continuous_constant = rule(then=continuous(fn(t, A)), source=RUDIN)
continuous_line = rule(then=continuous(fn(t, A + t * A2)), source=RUDIN)
continuous_affine = rule(
    continuous(X), then=continuous(fn(t, C + left @ X(t) @ right)), source=RUDIN
)
continuous_along_line = rule(continuous(X), then=continuous(fn(t, X(r + t * s))), source=RUDIN)
continuous_sum = rule(
    continuous(X), continuous(X2), then=continuous(fn(t, X(t) + X2(t))), source=RUDIN
)
continuous_multiple = rule(
    continuous(f), continuous(X), then=continuous(fn(t, f(t) * X(t))), source=RUDIN
)
continuous_exponential = rule(then=continuous(fn(t, exp(s * t))), source=RUDIN)
continuous_square = rule(
    continuous(X), then=continuous(fn(t, r + s * trace(X(t).T @ X(t)))), source=RUDIN
)
continuous_reciprocal = rule(
    continuous(f), every(t, f(t) > 0), then=continuous(fn(t, recip(f(t)))), source=RUDIN
)
inverse_of_increasing = rule(increasing, then=exists(g, every(x, g(f(x)) == x)))
continuous_inverse = rule(
    increasing,
    every(x, g(f(x)) == x),
    continuous(X),
    every(t, f(g(X(t))) == X(t)),
    then=continuous(fn(t, g(X(t)))),
    source=RUDIN,
)
"""The inverse of a strictly increasing function is continuous on its image."""
injective_entrywise = rule(increasing, f(A) == f(A2), then=A == A2)
change = f(x + t) - f(x)
near_of_continuous = rule(
    continuous(f),
    r > 0,
    then=exists(s, both(s > 0, every(t, both(-s < t, t < s) >> both(-r < change, change < r)))),
    source=RUDIN,
)
continuous_place = rule(continuous(X), then=continuous(fn(t, X(t)[i, j])), source=RUDIN)
continuous_of_smooth = rule(smooth(f), then=continuous(f), source=RUDIN)
intermediate_value = rule(
    continuous(f), f(s) > r, f(t) < r, then=exists(x, f(x) == r), source=RUDIN
)
X3 = function("X3", x, A)
joined_paths = rule(
    continuous(X),
    continuous(X2),
    X(1) == X2(0),
    then=exists(
        X3,
        both(
            continuous(X3),
            every(t, (2 * t <= 1) >> (X3(t) == X(2 * t))),
            every(t, (2 * t >= 1) >> (X3(t) == X2(2 * t - 1))),
        ),
    ),
    source=RUDIN,
)
"""One path and then the other, at twice the speed."""
