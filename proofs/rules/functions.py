"""Functions as objects."""

from symbolic_landscape.proofs.rules.objects import A2, A, Z, f, g, h, i, j, m, n, t, u, x
from symbolic_landscape.proofs.rules.points import HA, HC, U, a, along
from symbolic_landscape.statement.language import (
    every,
    fn,
    function,
    like,
    matrix,
    ones,
    true,
    update,
    zeros,
)
from symbolic_landscape.statement.rule import rule

h2 = function("h2", Z, x)
X, X2 = function("X", x, A), function("X2", x, A)
"""Curves of matrices."""
M = matrix("M", U[j].rows, U[j].columns)

equal_functions = rule(every(Z, h(Z) == h2(Z)), then=h == h2)

equal_functions_of_points = rule(every(U, a, HA(U)(a) == HC(U)(a)), then=HA == HC)
identity_entrywise = rule(every(t, f(t) == t), then=f(A) == A)
equal_functions_of_numbers = rule(every(t, f(t) == g(t)), then=f == g)
one_member_moved = rule(
    then=along(U, (t, update(fn(i, zeros(U[i].rows, U[i].columns)), j, M)))
    == update(U, j, U[j] + t * M)
)
equal_curves = rule(every(t, X(t) == X2(t)), then=X == X2)
zero_entrywise = rule(f(0) == 0, A == 0, then=f(A) == 0)
constant_factor = rule(A == 0, then=f(A) * A2 == f(0) * A2)
zero_member = rule(i == j, U[i] == 0, then=U[j] == 0)
U2 = like("U2", U)
N = matrix("N", U[j].rows, U[j].columns)
sum_with_member = rule(
    then=fn(i, U[i] + update(U2, j, N)[i]) == update(fn(i, U[i] + U2[i]), j, U[j] + N)
)
constant_entrywise = rule(then=f(x * ones(m, n)) == f(x) * ones(m, n))
repeated_entrywise = rule(then=f(u @ ones(1, n)) == f(u) @ ones(1, n))
P = function("P", A, true)
property_of_equal = rule(A == A2, P(A), then=P(A2))
"""What is true of a matrix is true of one that equals it."""
