"""Points that are two families of matrices, and the functions of such points, for rules.

A point is (U, a): matrices U[i] and a[i], one of each for every integer i. A function of points
depends on few of them: on those with an index in a range.

Notation: (K, e) and (K2, e2) are directions; close, near: all entries differ by less than r.
"""

from symbolic_landscape.proofs.rules.objects import Z, i, p, x
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    either,
    every,
    exists,
    fn,
    function,
    integer,
    like,
    matrices,
    matrix,
    real,
    the,
    true,
    widths,
)
from symbolic_landscape.statement.term import var

rows, columns, rows2, columns2 = (widths(name) for name in ("rows", "columns", "rows2", "columns2"))
U, V, K, K2 = (matrices(name, rows, columns) for name in ("U", "V", "K", "K2"))
a, c, e, e2 = (matrices(name, rows2, columns2) for name in ("a", "c", "e", "e2"))
U2, U3, a2, a3 = like("U2", U), like("U3", U), like("a2", a), like("a3", a)
H = function("H", U, function("", a, x))
"""A function from points to real numbers."""
HA, HC = (function(name, U, function("", a, Z)) for name in ("HA", "HC"))
HB = function("HB", U, function("", a, matrix("", Z.columns, p)))
"""Functions from points to matrices."""
I = function("I", i, true)  # noqa: E741 (the letter that is used for index sets)
r, s, t = real("r"), real("s"), real("t")
row, column = integer("row"), integer("column")


def along(family: Expr, *steps: tuple[Expr, Expr]) -> Expr:
    """The family moved along directions: U + t K + s K2 for steps (t, K), (s, K2)."""
    moved = family[i]
    for size, direction in steps:
        moved = moved + size * direction[i]
    return fn(i, moved)


def moved(U: Expr, a: Expr, *steps: tuple[Expr, Expr, Expr]) -> tuple[Expr, Expr]:
    """The point (U, a) moved along directions (size, K, e)."""
    return (
        along(U, *((size, K) for size, K, _ in steps)),
        along(a, *((size, e) for size, _, e in steps)),
    )


def at_point(H: Expr, U: Expr, a: Expr) -> Expr:
    """The value of the function at the point."""
    return H(U)(a)


def slope_along(H: Expr, U: Expr, a: Expr, K: Expr, e: Expr) -> Expr:
    """The derivative of H at (U, a) along (K, e)."""
    return derivative(fn(t, at_point(H, *moved(U, a, (t, K, e)))))(0)


def hessian(H: Expr, U: Expr, a: Expr, K: Expr, e: Expr, K2: Expr, e2: Expr) -> Expr:
    """The second derivative of H at (U, a) along (K, e) and (K2, e2)."""
    inner = derivative(fn(t, at_point(H, *moved(U, a, (t, K, e), (s, K2, e2)))))(0)
    return derivative(fn(s, inner))(0)


def is_zero(K: Expr, e: Expr, low: Expr | int, high: Expr) -> Expr:
    """The direction is 0 in the members from low to high."""
    return each(i, low, high, both(K[i] == 0, e[i] == 0))


def supported(chosen: Expr, K: Expr, e: Expr, low: Expr | int, high: Expr) -> Expr:
    """The direction is 0 in the members from low to high that are not chosen."""
    return each(i, low, high, either(chosen(i), both(K[i] == 0, e[i] == 0)))


def directions(U: Expr, a: Expr) -> tuple[Expr, Expr, Expr, Expr]:
    """Names for two directions at a point."""
    return like("K", U), like("e", a), like("K2", U), like("e2", a)


def nondegenerate(H: Expr, U: Expr, a: Expr, chosen: Expr, low: Expr, high: Expr) -> Expr:
    """No direction other than 0 in the chosen members is in the kernel of the Hessian there."""
    K, e, K2, e2 = directions(U, a)
    null = every(
        K2, e2, supported(chosen, K2, e2, low, high) >> (hessian(H, U, a, K, e, K2, e2) == 0)
    )
    return every(K, e, both(supported(chosen, K, e, low, high), null) >> is_zero(K, e, low, high))


def flat(H: Expr, U: Expr, a: Expr, chosen: Expr, low: Expr | int, high: Expr) -> Expr:
    """H has slope 0 at (U, a) along each direction in the chosen members."""
    K, e, *_ = directions(U, a)
    return every(K, e, supported(chosen, K, e, low, high) >> (slope_along(H, U, a, K, e) == 0))


def agree(U: Expr, a: Expr, U2: Expr, a2: Expr, low: Expr | int, high: Expr) -> Expr:
    """The points have the same members from low to high."""
    return each(i, low, high, both(U[i] == U2[i], a[i] == a2[i]))


def depends_on(H: Expr, low: Expr | int, high: Expr) -> Expr:
    """H depends on the members from low to high alone."""
    family, inner = the(H).sort.args
    family2 = inner.args[0].args[0]
    U2, U3 = (Expr(var(name, family.args[0])) for name in ("U2", "U3"))
    a2, a3 = (Expr(var(name, family2)) for name in ("a2", "a3"))
    return every(U2, a2, U3, a3, agree(U2, a2, U3, a3, low, high) >> (H(U2)(a2) == H(U3)(a3)))


def close(A: Expr, B: Expr, r: Expr) -> Expr:
    """Each entry of A - B is less than r in size."""
    difference = (A - B)[row, column]
    entries = each(column, 1, A.columns, both(-r < difference, difference < r))
    return each(row, 1, A.rows, entries)


def near(V: Expr, c: Expr, U: Expr, a: Expr, low: Expr | int, high: Expr, r: Expr) -> Expr:
    """Each entry of each member from low to high of (V, c) - (U, a) is less than r in size."""
    return each(i, low, high, both(close(V[i], U[i], r), close(c[i], a[i], r)))


def continuous(H: Expr, U: Expr, a: Expr, low: Expr | int, high: Expr) -> Expr:
    """H is continuous at (U, a), as a function of the members from low to high."""
    U2, a2 = like("U2", U), like("a2", a)
    change = H(U2)(a2) - H(U)(a)
    nearby = every(U2, a2, near(U2, a2, U, a, low, high, s) >> both(-r < change, change < r))
    return every(r, (r > 0) >> exists(s, both(s > 0, nearby)))
