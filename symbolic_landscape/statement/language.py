"""The language in which settings, rules and claims are written: terms with operators.

`A @ X` is a product, `A * B` a Hadamard product of matrices, `W[k]` a member of a family,
`sigma(G)` a function applied, entry by entry where it is a function of numbers and G a matrix.
`==`, `!=`, `<=`, `<` make formulas; `&`, `|`, `~`, `>>` join them (and, or, not, if ... then).

Design notes. The trees of the kernel have no operators, so that nothing there can be compared by
accident; an `Expr` wraps one and makes others. Sorts are checked as terms are made, so a wrong
shape is an error on the line where it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.errors import DeclarationError, SortError
from symbolic_landscape.statement import term as terms
from symbolic_landscape.statement.normal import FALSE, TRUE
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, REAL, Term, num, term

Like = "Expr | Term | int | Fraction"


class Expr:
    """A term with operators."""

    __slots__ = ("term",)

    def __init__(self, t: Term) -> None:
        self.term = t

    def __repr__(self) -> str:
        return repr(self.term)

    def __hash__(self) -> int:
        return hash(self.term)

    def __bool__(self) -> bool:
        message = f"the formula {self.term!r} has no truth value until it is decided"
        raise TypeError(message)

    def __add__(self, other: Any) -> Expr:
        return Expr(add(self.term, the(other)))

    def __radd__(self, other: Any) -> Expr:
        return Expr(add(the(other), self.term))

    def __neg__(self) -> Expr:
        return Expr(mul(num(-1), self.term))

    def __sub__(self, other: Any) -> Expr:
        return self + (-Expr(the(other)))

    def __rsub__(self, other: Any) -> Expr:
        return Expr(the(other)) - self

    def __mul__(self, other: Any) -> Expr:
        x, y = self.term, the(other)
        if x.sort.head == y.sort.head == "matrix":
            return Expr(term("had", x, y))
        return Expr(mul(x, y))

    def __rmul__(self, other: Any) -> Expr:
        return Expr(the(other)) * self

    def __matmul__(self, other: Any) -> Expr:
        for x in (self.term, the(other)):
            _need_matrix(x)
        return Expr(mul(self.term, the(other)))

    def __pow__(self, power: int) -> Expr:
        return Expr(mul(*[self.term] * power)) if power else Expr(num(1))

    def __truediv__(self, other: Any) -> Expr:
        y = the(other)
        if y.head == "num" and isinstance(y.name, Fraction) and y.name:
            return Expr(mul(num(1 / y.name), self.term))
        return Expr(mul(term("recip", y), self.term))

    @property
    def T(self) -> Expr:  # noqa: N802 (the letter of the field)
        """The transpose."""
        return Expr(term("tr", self.term))

    @property
    def rows(self) -> Expr:
        """The number of rows."""
        return Expr(_need_matrix(self.term).args[0])

    @property
    def columns(self) -> Expr:
        """The number of columns."""
        return Expr(_need_matrix(self.term).args[1])

    def __getitem__(self, index: Any) -> Expr:
        if isinstance(index, tuple):
            return Expr(term("entry", self.term, *map(the, index)))
        return Expr(terms.apply(self.term, the(index)))

    def __call__(self, *arguments: Any) -> Expr:
        """The value; entry by entry where a function of numbers meets a matrix."""
        f = self.term
        for a in map(the, arguments):
            entrywise = a.sort.head == "matrix" and f.sort is terms.SCALAR_FUNCTION
            f = term("map", f, a) if entrywise else terms.apply(f, a)
        return Expr(f)

    def __eq__(self, other: object) -> Expr:  # type: ignore[override]
        return _relation("eq", self.term, other)

    def __ne__(self, other: object) -> Expr:  # type: ignore[override]
        return ~(self == other)

    def __le__(self, other: Any) -> Expr:
        return _relation("le", self.term, other)

    def __lt__(self, other: Any) -> Expr:
        return _relation("lt", self.term, other)

    def __ge__(self, other: Any) -> Expr:
        return Expr(term("le", the(other), self.term))

    def __gt__(self, other: Any) -> Expr:
        return Expr(term("lt", the(other), self.term))

    def __and__(self, other: Expr) -> Expr:
        return Expr(term("and", self.term, the(other)))

    def __or__(self, other: Expr) -> Expr:
        return Expr(term("or", self.term, the(other)))

    def __invert__(self) -> Expr:
        return Expr(term("not", self.term))

    def __rshift__(self, other: Expr) -> Expr:
        return Expr(term("implies", self.term, the(other)))


def the(x: Any) -> Term:
    """The term of an expression or number; DeclarationError for anything else."""
    if isinstance(x, Expr):
        return x.term
    if isinstance(x, Term):
        return x
    if isinstance(x, (int, Fraction)) and not isinstance(x, bool):
        return num(x)
    if isinstance(x, Definition):
        return x.function.term
    message = f"a term needs an expression, an integer or a Fraction, got {x!r}"
    raise DeclarationError(message)


def _need_matrix(t: Term) -> Term:
    if t.sort.head != "matrix":
        message = f"a matrix is needed, got {t} of sort {t.sort}"
        raise SortError(message)
    return t.sort


def _relation(head: str, x: Term, other: Any) -> Expr:
    y = the(other)
    if x.sort.head == "matrix" and y is num(0):
        y = term("zeros", *x.sort.args)
    return Expr(term(head, x, y))


# ---- variables -----------------------------------------------------------------------------------
def integer(name: str) -> Expr:
    """An integer variable."""
    return Expr(terms.var(name, INT))


def natural(name: str) -> Expr:
    """An integer variable that is not negative, such as a size."""
    return Expr(terms.var(name, NAT))


def real(name: str) -> Expr:
    """A real variable."""
    return Expr(terms.var(name, REAL))


def matrix(name: str, rows: Any, columns: Any) -> Expr:
    """A matrix variable of this shape."""
    return Expr(terms.var(name, terms.matrix(the(rows), the(columns))))


def scalar_function(name: str) -> Expr:
    """A variable for a function of one real number."""
    return Expr(terms.var(name, terms.SCALAR_FUNCTION))


def function(name: str, domain: Expr, codomain: Expr) -> Expr:
    """A variable for a function; `domain` and `codomain` are variables of the sorts meant."""
    return Expr(terms.var(name, terms.fun(domain.term, codomain.term.sort)))


def widths(name: str) -> Expr:
    """A family of sizes, one for each integer."""
    return Expr(terms.var(name, terms.fun(terms.var("k", INT), NAT)))


def matrices(name: str, rows: Callable[[Expr], Any], columns: Callable[[Expr], Any]) -> Expr:
    """A family of matrices, one for each integer, of shapes that depend on it."""
    k = integer("k")
    shape = terms.matrix(the(rows(k)), the(columns(k)))
    return Expr(terms.var(name, terms.fun(k.term, shape)))


def like(name: str, other: Any) -> Expr:
    """A variable of the sort of another expression."""
    return Expr(terms.var(name, the(other).sort))


# ---- operations ----------------------------------------------------------------------------------
def _operation(head: str) -> Callable[..., Expr]:
    def made(*arguments: Any) -> Expr:
        return Expr(term(head, *map(the, arguments)))

    return made


rank, det, trace, inverse = map(_operation, ("rank", "det", "trace", "inv"))
zeros, ones, identity_matrix = map(_operation, ("zeros", "ones", "eye"))
block, stack = map(_operation, ("hcat", "vcat"))
"""[A, B] beside each other, and A above B."""
derivative, gradient = map(_operation, ("deriv", "grad"))
update = _operation("upd")
"""update(W, k, M) is the family W with M in place of W[k]."""


def fn(x: Expr, body: Any) -> Expr:
    """The function that maps x to the body."""
    return Expr(term("lam", x.term, the(body)))


def entries(i: Expr, j: Expr, rows: Any, columns: Any, body: Any) -> Expr:
    """The matrix whose entry at (i, j) is the body."""
    return Expr(term("build", i.term, j.term, the(rows), the(columns), the(body)))


def total(i: Expr, low: Any, high: Any, body: Any) -> Expr:
    """The sum of the body over i from low to high."""
    return Expr(term("sum", i.term, the(low), the(high), the(body)))


def recursion(
    i: Expr, previous: Expr, start: Any, base: Any, body: Any, *, down: bool = False
) -> Expr:
    """The family f with f(start) = base, and f(i) the body with f(i - 1) for `previous`.

    Going down, `previous` is f(i + 1).
    """
    arguments = (i.term, previous.term, the(start), the(base), the(body))
    return Expr(term("rec", *arguments, name="down" if down else "up"))


def each(i: Expr, low: Any, high: Any, body: Any) -> Expr:
    """For all integers i from low to high."""
    return Expr(term("each", i.term, the(low), the(high), the(body)))


def every(*names_and_body: Expr) -> Expr:
    """For all values of the variables, the last argument."""
    *names, body = names_and_body
    out = body.term
    for v in reversed(names):
        out = term("forall", v.term, out)
    return Expr(out)


def exists(*names_and_body: Expr) -> Expr:
    """There are values of the variables with the last argument."""
    *names, body = names_and_body
    out = body.term
    for v in reversed(names):
        out = term("exists", v.term, out)
    return Expr(out)


def both(*parts: Expr) -> Expr:
    """The conjunction."""
    return Expr(term("and", *map(the, parts)))


def either(*parts: Expr) -> Expr:
    """The disjunction."""
    return Expr(term("or", *map(the, parts)))


def predicate(name: str) -> Callable[..., Expr]:
    """A named predicate that no tree of the language says; a setting says how it is decided."""

    def made(*arguments: Any) -> Expr:
        return Expr(term("pred", *map(the, arguments), name=name))

    return made


true, contradiction = Expr(TRUE), Expr(FALSE)


# ---- definitions ---------------------------------------------------------------------------------
@dataclass(frozen=True, eq=False)
class Definition:
    """An abbreviation with parameters; it unfolds wherever that matters."""

    name: str
    function: Expr
    notation: Notation

    def __call__(self, *arguments: Any) -> Expr:
        """The abbreviation at these arguments."""
        return Expr(term("def", self.function.term, *map(the, arguments), name=self.name))


def define(
    name: str,
    parameters: tuple[Expr, ...],
    body: Any,
    *,
    text: str,
    latex: str,
    at: tuple[str, ...] = (),
) -> Definition:
    """An abbreviation; `text` and `latex` show it, `at` names arguments that are not shown."""
    out = the(body)
    for v in reversed(parameters):
        out = term("lam", v.term, out)
    return Definition(name, Expr(out), Notation(text, latex, at))


__all__ = [
    "NUMBERS", "Definition", "Expr", "Mapping", "block", "both", "contradiction", "define",
    "derivative", "det", "each", "either", "entries", "every", "exists", "fn", "function",
    "gradient", "identity_matrix", "integer", "inverse", "like", "matrices", "matrix", "natural",
    "ones", "predicate", "rank", "real", "recursion", "scalar_function", "stack", "the", "total",
    "trace", "true", "update", "widths", "zeros",
]  # fmt: skip
