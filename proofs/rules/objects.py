"""The free objects that rules speak of: sizes, numbers, matrices, functions."""

from symbolic_landscape.statement.language import (
    function,
    integer,
    matrix,
    natural,
    real,
    scalar_function,
)

m, n, p, q = natural("m"), natural("n"), natural("p"), natural("q")
i, j, k, lo, hi = (integer(name) for name in ("i", "j", "k", "lo", "hi"))
r, s, t, x, y = (real(name) for name in "rstxy")
f, g = scalar_function("f"), scalar_function("g")
A, A2 = matrix("A", m, n), matrix("A2", m, n)
B, C = matrix("B", n, p), matrix("C", m, p)
D, E = matrix("D", m, q), matrix("E", p, q)
R = matrix("R", n, m)
S, S2 = matrix("S", n, n), matrix("S2", n, n)
Z = matrix("Z", m, n)
v, u = matrix("v", n, 1), matrix("u", m, 1)
h = function("h", Z, x)
"""A function of an m x n matrix."""
o = function("o", matrix("Z", m, p), x)
"""A function of an m x p matrix."""
