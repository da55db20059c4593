"""Section 5: the names of what is given about one unit of a hidden layer."""

from symbolic_landscape.statement.language import (
    function,
    matrix,
    natural,
    real,
    scalar_function,
)

N, n, m, q = (natural(name) for name in "Nnmq")
M = n + m + q
"""The number of parameters of the smaller network."""
lam = real("lambda")
sigma = scalar_function("sigma")
a = matrix("a", n, N)
P = matrix("P", m, N)
w = matrix("w", q, 1)
A = function("A", w, a)
G = function("G", w, function("", P, lam))
z, y = matrix("z", M, 1), matrix("y", n + m + M, 1)
