"""Random well-sorted terms over a small stock of variables, and random values for these.

The stock is small so that parts meet again: equal factors, overlapping ranges, an update at an
index that is only sometimes equal, blocks whose border an index may cross.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from direct_values import Direct, Grid, Values, grid

from symbolic_landscape.errors import SortError
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.term import (
    INT,
    NAT,
    REAL,
    SCALAR_FUNCTION,
    Term,
    apply,
    fun,
    matrix,
    num,
    term,
    var,
)

M, N, P = (var(name, NAT) for name in "mnp")
I, J, K = (var(name, INT) for name in "ijk")  # noqa: E741
X, Y, Z = (var(name, REAL) for name in "xyz")
ONE, TWO = num(1), num(2)
SIZES = (M, N, P, ONE, TWO, add(M, N), add(N, ONE))
SHAPES = {
    "A": (M, N), "A2": (M, N), "B": (N, P), "C": (M, P), "S": (N, N), "Q": (M, M), "v": (N, ONE),
    "u": (ONE, M), "D": (M, add(M, N)), "R": (TWO, N),
}  # fmt: skip
MATRICES = {name: var(name, matrix(*shape)) for name, shape in SHAPES.items()}
F, G = (var(name, fun(I, REAL)) for name in "fg")
C = var("c", fun(I, INT))
W = var("W", fun(I, matrix(N, N)))
V = var("w", fun(I, NAT))
H = var("h", fun(MATRICES["A"], REAL))
SIGMA, TAU = (var(name, SCALAR_FUNCTION) for name in ("sigma", "tau"))
FREE = (M, N, P, I, J, K, X, Y, Z, *MATRICES.values(), F, G, C, W, V, H, SIGMA, TAU)


class Terms:
    """Draws terms; `indices` are the integer variables that may occur."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.indices: list[Term] = [I, J, N, M]
        self.numbers: list[Term] = [X, Y, Z]
        self.matrices: list[Term] = list(MATRICES.values())
        self.functions: list[Term] = [F, G]
        self.families: list[Term] = [W]

    def pick(self, *ways: Callable[[], Term]) -> Term:
        """One of these ways that gives a well-sorted term."""
        for _ in range(6):
            try:
                return self.chance.choice(ways)()
            except SortError:
                continue
        return ways[0]()

    def under(self, kind: str, sort: Term, draw: Callable[[], Term]) -> tuple[Term, Term]:
        """A bound variable and a body drawn with it."""
        names = ("i", "k", "n", "q", "i'") if sort is INT else ("x", "y", "t")
        bound = var(self.chance.choice(names), sort)
        pool: list[Term] = getattr(self, kind)
        pool += [bound] * 2
        try:
            return bound, draw()
        finally:
            del pool[-2:]

    # ---- integers --------------------------------------------------------------------------------
    def integer(self, d: int) -> Term:
        """An integer term."""
        c = self.chance
        if d <= 0:
            return c.choice((c.choice(self.indices), c.choice(self.indices), num(c.randint(-1, 3))))
        return self.pick(
            lambda: self.integer(0),
            lambda: add(self.integer(d - 1), num(c.randint(-2, 2))),
            lambda: add(self.integer(d - 1), mul(num(c.choice((1, 1, -1, 2))), self.integer(0))),
            lambda: mul(self.integer(d - 1), self.integer(0)),
            lambda: apply(C, self.integer(d - 1)),
            lambda: apply(self.widths(d - 1), self.integer(d - 1)),
            lambda: term("rank", self.matrix(d - 1)),
            lambda: self.total(d, self.integer),
        )

    def widths(self, d: int) -> Term:
        """A family of sizes."""
        if d <= 0 or self.chance.random() < 0.5:
            return V
        return term("upd", self.widths(d - 1), self.integer(d - 1), self.chance.choice((N, ONE)))

    def range(self, d: int) -> tuple[Term, Term]:
        """Two ends of a range."""
        c = self.chance
        low = self.pick(lambda: ONE, lambda: ONE, lambda: num(0), lambda: self.integer(d - 2))
        high = self.pick(lambda: N, lambda: M, lambda: TWO, lambda: self.integer(d - 2))
        return (low, high) if c.random() < 0.9 else (high, low)

    def total(self, d: int, draw: Callable[[int], Term]) -> Term:
        """A sum."""
        low, high = self.range(d)
        bound, body = self.under("indices", INT, lambda: draw(d - 1))
        return term("sum", bound, low, high, body)

    # ---- numbers ---------------------------------------------------------------------------------
    def number(self, d: int) -> Term:
        """A number term."""
        c = self.chance
        if d <= 0:
            small = num(Fraction(c.randint(-2, 3), c.randint(1, 2)))
            return c.choice((c.choice(self.numbers), c.choice(self.numbers), small))
        return self.pick(
            lambda: self.number(0),
            lambda: self.integer(d - 1),
            lambda: add(self.number(d - 1), self.number(d - 1)),
            lambda: add(self.number(d - 1), mul(num(-1), self.number(d - 1))),
            lambda: mul(self.number(d - 1), self.number(d - 1)),
            lambda: term("recip", self.number(d - 1)),
            lambda: term("entry", self.matrix(d - 1), self.integer(1), self.integer(1)),
            lambda: term("entry", self.matrix(d - 1), self.integer(0), ONE),
            lambda: self.entry_inside(d),
            lambda: term(c.choice(("trace", "trace", "det")), self.square(d - 1)),
            lambda: self.total(d, self.number),
            lambda: self.total(d, self.number),
            lambda: apply(self.scalar_function(d - 1), self.number(d - 1)),
            lambda: apply(self.family(d - 1), self.integer(d - 1)),
            lambda: apply(self.family(d - 1), self.integer(0)),
            lambda: self.abbreviation(d),
            lambda: apply(H, self.matrix(d - 1, M, N)),
        )

    def entry_inside(self, d: int) -> Term:
        """A sum of entries over their places."""
        a = self.matrix(d - 1)
        bound, body = self.under(
            "indices", INT, lambda: term("entry", a, self.integer(0), self.integer(0))
        )
        return term("sum", bound, ONE, self.chance.choice(a.sort.args), body)

    def abbreviation(self, d: int) -> Term:
        """A definition at an argument."""
        bound, body = self.under("numbers", REAL, lambda: self.number(d - 1))
        return term("def", term("lam", bound, body), self.number(d - 1), name="some")

    def scalar_function(self, d: int) -> Term:
        """A function of numbers."""

        def made() -> Term:
            bound, body = self.under("numbers", REAL, lambda: self.number(d - 1))
            return term("lam", bound, body)

        def eta() -> Term:
            t = var("t", REAL)
            return term("lam", t, apply(self.scalar_function(d - 1), t))

        if d <= 0:
            return self.chance.choice((SIGMA, TAU))
        return self.pick(
            lambda: SIGMA,
            made,
            eta,
            lambda: term("deriv", self.scalar_function(d - 1)),
            lambda: term("upd", self.scalar_function(d - 1), self.integer(0), self.number(0)),
        )

    def family(self, d: int) -> Term:
        """A family of numbers."""

        def made() -> Term:
            bound, body = self.under("indices", INT, lambda: self.number(d - 1))
            return term("lam", bound, body)

        def recursion() -> Term:
            previous = var("before", REAL)
            self.numbers += [previous] * 2
            try:
                bound, body = self.under(
                    "indices", INT, lambda: add(self.number(d - 1), X, mul(num(-1), X))
                )
            finally:
                del self.numbers[-2:]
            base = add(self.number(d - 1), Y, mul(num(-1), Y))
            way = self.chance.choice(("up", "down"))
            return term("rec", bound, previous, self.integer(0), base, body, name=way)

        def same_value() -> Term:
            f, i = self.family(d - 1), self.integer(0)
            return term("upd", f, i, apply(f, i))

        if d <= 0:
            return self.chance.choice(self.functions)
        return self.pick(
            lambda: self.family(0),
            made,
            recursion,
            same_value,
            lambda: term("upd", self.family(d - 1), self.integer(d - 1), self.number(d - 1)),
        )

    # ---- matrices --------------------------------------------------------------------------------
    def size(self) -> Term:
        """A size; sometimes an index, which may be negative."""
        return self.chance.choice(SIZES if self.chance.random() < 0.85 else self.indices)

    def square(self, d: int) -> Term:
        """A square matrix."""
        n = self.size()
        return self.matrix(d, n, n)

    def matrix(self, d: int, rows: Term | None = None, columns: Term | None = None) -> Term:
        """A matrix term of this shape."""
        c = self.chance
        if rows is None or columns is None:
            rows, columns = (
                c.choice(self.matrices).sort.args
                if c.random() < 0.8
                else (self.size(), self.size())
            )
        shape = matrix(rows, columns)
        r, k = rows, columns
        leaves = [x for x in self.matrices if x.sort is shape]
        turned = [term("tr", x) for x in self.matrices if x.sort is matrix(k, r)]
        plain = [term("ones", r, k), term("zeros", r, k), *([term("eye", r)] if r is k else [])]
        if d <= 0:
            known = [*leaves, *turned]
            return c.choice(known if known and c.random() < 0.8 else plain)
        ways = [
            lambda: self.matrix(0, r, k),
            lambda: add(self.matrix(d - 1, r, k), self.matrix(d - 1, r, k)),
            lambda: mul(self.number(d - 2), self.matrix(d - 1, r, k)),
            lambda: term("tr", self.matrix(d - 1, k, r)),
            lambda: term("had", self.matrix(d - 1, r, k), self.matrix(d - 1, r, k)),
            lambda: term("had", *(self.matrix(d - 2, r, k) for _ in range(3))),
            lambda: self.product(d, r, k),
            lambda: self.product(d, r, k),
            lambda: term("map", self.scalar_function(d - 1), self.matrix(d - 1, r, k)),
            lambda: self.built(d, r, k),
            lambda: self.total(d, lambda e: self.matrix(e, r, k)),
            lambda: self.blocks(d, r, k),
        ]
        if r is k:
            ways.append(lambda: term("inv", self.matrix(d - 1, r, r)))
        if shape is W.sort.args[1]:
            ways += [lambda: apply(self.matrix_family(d - 1), self.integer(d - 1))] * 3
        if shape is MATRICES["A"].sort:
            ways.append(lambda: term("grad", H, self.matrix(d - 1, r, k)))
        return self.pick(*ways)

    def product(self, d: int, r: Term, k: Term) -> Term:
        """A product of two matrices."""
        inner = self.size()
        return mul(self.matrix(d - 1, r, inner), self.matrix(d - 1, inner, k))

    def built(self, d: int, r: Term, k: Term) -> Term:
        """A matrix given by its entries."""
        i, j = var("i", INT), self.chance.choice((var("j", INT), var("k", INT)))
        self.indices += [i, j]
        try:
            return term("build", i, j, r, k, self.number(d - 1))
        finally:
            del self.indices[-2:]

    def blocks(self, d: int, r: Term, k: Term) -> Term:
        """A matrix of two blocks."""
        if k is add(M, N):
            return term("hcat", self.matrix(d - 1, r, M), self.matrix(d - 1, r, N))
        if k is add(N, ONE):
            return term("hcat", self.matrix(d - 1, r, N), self.matrix(d - 1, r, ONE))
        if r is add(M, N):
            return term("vcat", self.matrix(d - 1, M, k), self.matrix(d - 1, N, k))
        if r is TWO:
            return term("vcat", self.matrix(d - 1, ONE, k), self.matrix(d - 1, ONE, k))
        return term("hcat", self.matrix(d - 1, r, k), self.matrix(d - 1, r, num(0)))

    def matrix_family(self, d: int) -> Term:
        """A family of matrices."""
        if d <= 0:
            return W
        square = self.matrix(d - 1, N, N)
        return self.pick(
            lambda: term("upd", self.matrix_family(d - 1), self.integer(d - 1), square),
            lambda: term("upd", self.matrix_family(d - 1), self.integer(0), square),
            lambda: W,
        )

    # ---- formulas --------------------------------------------------------------------------------
    def formula(self, d: int) -> Term:
        """A formula."""
        c = self.chance

        def relation() -> Term:
            draw = c.choice((self.integer, self.number))
            return term(c.choice(("eq", "le", "lt")), draw(d - 1), draw(d - 1))

        def matrix_equation() -> Term:
            a = self.matrix(d - 1)
            return term("eq", a, self.matrix(d - 1, *a.sort.args))

        def function_equation() -> Term:
            draw = c.choice((self.scalar_function, self.family))
            return term("eq", draw(d - 1), draw(d - 1))

        def bounded() -> Term:
            bound, body = self.under("indices", INT, lambda: self.formula(d - 1))
            return term("each", bound, *self.range(d), body)

        def quantified() -> Term:
            kind, sort = c.choice((("indices", INT), ("numbers", REAL)))
            bound, body = self.under(kind, sort, lambda: self.formula(d - 1))
            return term(c.choice(("forall", "exists")), bound, body)

        def opaque() -> Term:
            draw = c.choice((self.number, self.matrix, self.family, self.formula))
            return term("pred", draw(d - 1), name="P")

        if d <= 0:
            return relation()
        return self.pick(
            relation,
            relation,
            matrix_equation,
            function_equation,
            bounded,
            bounded,
            quantified,
            opaque,
            lambda: term("not", self.formula(d - 1)),
            lambda: term("and", *(self.formula(d - 1) for _ in range(c.randint(0, 3)))),
            lambda: term("or", *(self.formula(d - 1) for _ in range(c.randint(0, 3)))),
            lambda: term("implies", self.formula(d - 1), self.formula(d - 1)),
        )

    def any(self, d: int) -> Term:
        """A term of any of these sorts."""
        draw = self.chance.choice(
            (self.integer, self.number, self.number, self.matrix, self.formula)
        )
        return draw(d)


# ---- values --------------------------------------------------------------------------------------
def small(chance: random.Random) -> Fraction:
    """A small number, often 0, 1 or -1."""
    return Fraction(chance.choice((0, 0, 1, 1, -1, 2, -2)), chance.choice((1, 1, 1, 2)))


def random_grid(chance: random.Random, rows: int, columns: int) -> Grid:
    """A matrix with small entries."""
    return grid(rows, columns, lambda i, j: chance.choice((0, 0, 1, 1, -1, 2)))


def value_of(chance: random.Random, sort: Term, sizes: dict[Term, Any]) -> Any:
    """A random value of a sort; sizes are looked up."""
    if sort is NAT:
        return Fraction(chance.choice((0, 1, 1, 2, 2, 3)))
    if sort is INT:
        return Fraction(chance.randint(-1, 4))
    if sort is REAL:
        return small(chance)
    if sort.head == "matrix":
        rows, columns = (Direct().whole(x, sizes) for x in sort.args)
        return random_grid(chance, rows, columns)
    if sort.head == "formula":
        return chance.random() < 0.5
    x, codomain = sort.args
    own = random.Random(chance.random())
    known: dict[Any, Any] = {}

    def at(a: Any) -> Any:
        key = a if isinstance(a, (Fraction, Grid)) else "function"
        if key not in known:
            own.seed(repr(key) + str(salt))
            known[key] = value_of(own, codomain, {**sizes, x: a})
        return known[key]

    salt = own.random()
    return at


def random_values(chance: random.Random, free: tuple[Term, ...] = FREE) -> Values:
    """A value for each variable, sizes first."""
    values: dict[Term, Any] = {}
    for v in sorted(free, key=lambda v: len(v.free)):
        values[v] = value_of(chance, v.args[0], values)
    return values
