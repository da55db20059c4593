"""Expectations of functions of a random vector.

`expectation(E)`: for a probability law on vectors, E(f) is the integral of f, and 0 where f is not
integrable. `bounded_law(E)`: such an E, for a law with a bounded support; then all continuous
functions are integrable.
"""

from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.jacobians import Q, jacobian
from symbolic_landscape.proofs.rules.maps import of_linear_growth, square
from symbolic_landscape.proofs.rules.objects import m, n, r, s, t, x
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    both,
    derivative,
    every,
    fn,
    function,
    like,
    matrix,
    natural,
    predicate,
    trace,
    zeros,
)
from symbolic_landscape.statement.rule import rule

RUDIN = "Rudin, Real and Complex Analysis, 1"
LEIBNIZ = "Folland, Real Analysis, 2.27"
WEIERSTRASS = "Folland, Real Analysis, 4.7"
expectation, bounded_law = predicate("expectation"), predicate("bounded law")
q = natural("q")
omega = matrix("omega", q, 1)
z, u = matrix("z", n, 1), matrix("u", m, 1)
f, g = function("f", omega, x), function("g", omega, x)
E = function("E", f, x)
Z, V = function("Z", omega, z), function("V", omega, z)
Y, U = function("Y", omega, u), function("U", z, u)
"""Random vectors; a map of vectors."""
H = like("H", U)
error = Q(Z(omega) + t * V(omega)) - Y(omega)
mean_on_line = fn(t, E(fn(omega, r * square(error))) + s)
slope = 2 * r * trace((Q(Z(omega)) - Y(omega)).T @ (jacobian(Q, Z(omega), m, n) @ V(omega)))

expectation_not_negative = rule(
    expectation(E), every(omega, f(omega) >= 0), then=E(f) >= 0, source=RUDIN
)
expectation_of_multiple = rule(
    expectation(E), then=E(fn(omega, r * f(omega))) == r * E(f), source=RUDIN
)
expectation_of_equal = rule(every(omega, f(omega) == g(omega)), then=E(f) == E(g))
expectation_of_sum = rule(
    bounded_law(E),
    continuous(f),
    continuous(g),
    then=E(fn(omega, f(omega) + g(omega))) == E(f) + E(g),
    source=RUDIN,
)
derivative_of_mean_square = rule(
    bounded_law(E),
    smooth(Q),
    both(continuous(Z), continuous(V)),
    continuous(Y),
    then=derivative(mean_on_line)(0) == E(fn(omega, slope)),
    source=LEIBNIZ,
)
smooth_mean_square = rule(
    bounded_law(E),
    smooth(Q),
    both(continuous(Z), continuous(V)),
    continuous(Y),
    then=smooth(mean_on_line),
    source=LEIBNIZ,
)
mean_against_continuous = rule(
    bounded_law(E),
    both(continuous(Y), continuous(Z)),
    continuous(U),
    U(zeros(n, 1)) == 0,
    every(H, of_linear_growth(n, m, H) >> (E(fn(omega, trace(Y(omega).T @ H(Z(omega))))) == 0)),
    then=E(fn(omega, trace(Y(omega).T @ U(Z(omega))))) == 0,
    source=WEIERSTRASS,
)
"""Near each continuous map that is 0 at 0 there are differentiable ones, on the bounded support."""
