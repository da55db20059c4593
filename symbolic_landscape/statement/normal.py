"""The normal form: one tree for all ways to write the same number, matrix or formula.

Numbers and matrices are polynomials: sums of products of scalars times words of matrix letters.
Transposes stand at the letters, entries, traces and finite sums are linear, Hadamard products
commute, abbreviations are unfolded, functions applied, bound names replaced by their depth. An
equation says `difference = 0`, an inequality `0 <= difference`. What depends on the order of
indices (an entry of a block, a family changed at one place) is settled only where the context
proves it. Entries outside a matrix count as 0.

What follows by linear arithmetic is found by `linear`, which is not trusted, and added up here.

Trusted, with `term` and `judge.kernel`; standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from operator import attrgetter

from symbolic_landscape.statement.linear import Linear, Row, multipliers
from symbolic_landscape.statement.term import (
    BOUND,
    FORMULA,
    INT,
    NAT,
    NUMBERS,
    ONE_KEY,
    REAL,
    Poly,
    Term,
    apply,
    integer,
    letter,
    natural,
    num,
    order,
    plus,
    ring,
    substitute,
    term,
    times,
    unfold,
    var,
    written,
    zero,
)

TRUE, FALSE = term("and"), term("or")
_key = attrgetter("key")

Word = tuple[Term, ...]
"""Letters of a product of matrices."""


def follows(rows: Iterable[Row], goal: Linear, strict: bool) -> bool:
    """Whether goal >= 0 (> 0 where strict) follows: multiples of rows and negation are absurd."""
    system = [*rows, (plus({}, goal, -1), not strict)]
    chosen = multipliers(system)
    total: Poly = {}
    for n, c in chosen.items():
        total = plus(total, system[n][0], Fraction(c))
    constant = total.pop(ONE_KEY, Fraction(0))
    absurd = constant < 0 or (constant == 0 and any(system[n][1] for n in chosen))
    return absurd and not total and all(c > 0 for c in chosen.values())


class Normal:
    """Normal forms in a context: integer terms that are known to be at least 0."""

    def __init__(self, known: Iterable[Term] = (), depth: int = 0) -> None:
        self.known = tuple(known)
        self.depth = depth
        self._forms: dict[Term, Term] = {}
        self._polys: dict[Term, Poly] = {}
        self._signs: dict[Term, bool] = {}
        self._under: dict[tuple[Term, ...], Normal] = {}
        self.sized: set[Term] = set()
        """Terms that are known to have no negative sizes."""

    # ---- the context -----------------------------------------------------------------------------
    def nonnegative(self, t: Term) -> bool:
        """Whether the context proves that the integer is at least 0."""
        if t not in self._signs:
            goal = integer(t)
            self._signs[t] = natural(t) or follows(self.rows((goal,)), goal, False)
        return self._signs[t]

    def rows(self, others: Iterable[Linear] = ()) -> list[Row]:
        """What is known, as rows: the context, and that `nat` atoms are not negative."""
        known = [integer(t) for t in self.known]
        atoms = {k for p in (*known, *others) for k in p if k != ONE_KEY and k[1] == ()}
        natural = [k for k in atoms if all(a.sort is NAT for a in k[0])]
        return [*((p, False) for p in known), *(({k: Fraction(1)}, False) for k in natural)]

    def under(self, n: int, *known: Term) -> Normal:
        """The normal form below n more bound names, of which this is known."""
        key = (num(n), *known)
        if key not in self._under:
            self._under[key] = type(self)((*self.known, *known), self.depth + n)
        return self._under[key]

    def equal(self, i: Term, j: Term) -> bool:
        """Whether two integers are the same."""
        return i is j or not self.poly(minus(i, j))

    def _distinct(self, i: Term, j: Term) -> bool:
        below, above = minus(i, j, 1), minus(j, i, 1)
        return self.nonnegative(below) or self.nonnegative(above)

    def _within(self, k: Term, low: Term, high: Term) -> bool:
        return self.nonnegative(minus(k, low)) and self.nonnegative(minus(high, k))

    def _inside(self, t: Term, *place: Term) -> bool:
        """Whether there is such a place in the matrix."""
        ends = zip(place, t.sort.args, strict=True)
        return all(self._within(k, num(1), size) for k, size in ends)

    # ---- normal forms ----------------------------------------------------------------------------
    def same(self, x: Term, y: Term) -> bool:
        """Whether two terms have one normal form."""
        return self.form(x) is self.form(y)

    def form(self, t: Term) -> Term:
        """The normal form; a term of the same sort."""
        if t not in self._forms:
            if t.sort in NUMBERS or t.sort.head == "matrix":
                made = written(self.poly(t), t.sort)
            elif t.sort is FORMULA:
                made = self._formula(t)
            else:
                made = self._function(self.reduced(t))
            self._forms[t] = made
        return self._forms[t]

    def poly(self, t: Term) -> Poly:
        """The polynomial of a number or a matrix."""
        if t not in self._polys:
            self._polys[t] = self._poly(t)
        return self._polys[t]

    def reduced(self, t: Term) -> Term:
        """The term with abbreviation and application at its head carried out where possible."""
        while t.head in ("def", "apply"):
            if t.head == "def":
                t = unfold(t)
                continue
            f, x = self.reduced(t.args[0]), t.args[1]
            match f.head:
                case "lam":
                    t = apply(f, x)
                case "upd" if self.equal(x, f.args[1]):
                    t = f.args[2]
                case "upd" if self._distinct(x, f.args[1]):
                    t = apply(f.args[0], x)
                case "rec" if self.equal(x, f.args[2]):
                    t = f.args[3]
                case _:
                    return apply(f, x)
        return t

    def opened(self, t: Term) -> tuple[tuple[Term, ...], Normal, Term]:
        """New names for what a binder binds, by depth; the normal form below them; its body."""
        n = BOUND[t.head]
        change: dict[Term, Term] = {}
        for i, v in enumerate(t.args[:n]):
            change[v] = var(f"#{self.depth + i}", substitute(v.args[0], change))
        names = tuple(change.values())
        return names, self.under(n, *ranges(t, names)), substitute(t.args[-1], change)

    def _rebuilt(self, t: Term) -> Term:
        """The same operation on normal forms."""
        n = BOUND.get(t.head, 0)
        if not t.args or t.head in ("var", "const"):
            return t
        if not n:
            return term(t.head, *map(self.form, t.args), name=t.name)
        names, inner, body = self.opened(t)
        return term(t.head, *names, *map(self.form, t.args[n:-1]), inner.form(body), name=t.name)

    def _function(self, t: Term) -> Term:
        made = self._rebuilt(t)
        if made.head == "lam":
            x, body = made.args
            if body.head == "apply" and body.args[1] is x and x not in body.args[0].free:
                return body.args[0] if body.args[0].sort is made.sort else made
        if made.head == "upd" and self.same(made.args[2], apply(made.args[0], made.args[1])):
            return made.args[0]
        return made

    # ---- polynomials -----------------------------------------------------------------------------
    def _poly(self, t: Term) -> Poly:
        match t.head:
            case "num" | "add" | "mul":
                return ring(t, self.poly)
            case "zeros":
                return {}
            case "eye":
                return {ONE_KEY: Fraction(1)}
            case "tr":
                return self._linear(t.args[0], lambda w: {((), self._flipped(w)): Fraction(1)})
            case "trace":
                rows = t.args[0].sort.args[0]
                return self._linear(t.args[0], lambda w: self._trace(w, rows))
            case "had":
                a, b = t.args[0], term("had", *t.args[1:]) if t.args[2:] else t.args[1]
                return self._linear(a, lambda v: self._linear(b, lambda w: _hadamard(v, w, t.sort)))
            case "entry":
                a, i, j = t.args
                i, j = self.form(i), self.form(j)
                return self._linear(a, lambda w: self._entry(w, a.sort, i, j))
            case "sum":
                return self._sum(t)
            case "def" | "apply":
                made = self._applied(t)
                return letter(made) if made.head in ("def", "apply") else self.poly(made)
        return letter(self._rebuilt(t))

    def _applied(self, t: Term) -> Term:
        """The term reduced at its head; its parts in normal form where it cannot be."""
        made = self.reduced(t)
        return self._rebuilt(made) if made.head in ("def", "apply") else made

    def _linear(self, t: Term, f: Callable[[tuple[Term, ...]], Poly]) -> Poly:
        """A linear operation, word by word."""
        out: Poly = {}
        for (s, w), c in self.poly(t).items():
            out = plus(out, times({(s, ()): c}, f(w)))
        return out

    def _flipped(self, w: Word) -> Word:
        return tuple(self._flip(x) for x in reversed(w))

    def _flip(self, x: Term) -> Term:
        """The transpose of a letter."""
        match x.head:
            case "tr":
                return x.args[0]
            case "map":
                return term("map", x.args[0], self.form(term("tr", x.args[1])))
            case "had":
                return term("had", *sorted((self.form(term("tr", a)) for a in x.args), key=_key))
            case "hcat" | "vcat":
                other = "vcat" if x.head == "hcat" else "hcat"
                return term(other, *(self.form(term("tr", a)) for a in x.args))
            case "ones":
                return term("ones", *reversed(x.args))
            case "build":
                i, j, rows, columns, body = x.args
                return self._rebuilt(term("build", j, i, columns, rows, body))
        return term("tr", x)

    def _trace(self, w: Word, rows: Term) -> Poly:
        if not w:
            return self.poly(rows)
        turned = [v[i:] + v[:i] for v in (w, self._flipped(w)) for i in range(len(v))]
        return letter(term("trace", joined(min(turned, key=_keys), rows)))

    def _entry(self, w: Word, sort: Term, i: Term, j: Term) -> Poly:
        x = joined(w, term("eye", sort.args[0]))

        def at(a: Term, p: Term = i, q: Term = j) -> Poly:
            return self.poly(term("entry", a, p, q))

        match x.head:
            case "tr":
                return at(x.args[0], j, i)
            case "had":
                return reduce(times, map(at, x.args))
            case "map" if self._inside(x, i, j):
                return self.poly(apply(x.args[0], written(at(x.args[1]), REAL)))
            case "ones" if self._inside(x, i, j):
                return {ONE_KEY: Fraction(1)}
            case "eye" if self._inside(x, i, j) and self.equal(i, j):
                return {ONE_KEY: Fraction(1)}
            case "eye" if self._distinct(i, j):
                return {}
            case "build" if self._inside(x, i, j):
                return self.poly(substitute(x.args[4], {x.args[0]: i, x.args[1]: j}))
            case "hcat" | "vcat":
                first, second = x.args
                k, size = (j, first.sort.args[1]) if x.head == "hcat" else (i, first.sort.args[0])
                if self.nonnegative(minus(size, k)):
                    return at(first)
                if self.nonnegative(minus(k, size, 1)):
                    k = minus(k, size)
                    return at(second, i, k) if x.head == "hcat" else at(second, k, j)
        ways = [term("entry", x, i, j)]
        if x.head == "mul":
            ways.append(term("entry", term("mul", *self._flipped(w)), j, i))
        return letter(min(ways, key=_key))

    def _sum(self, t: Term) -> Poly:
        (i,), inner, body = self.opened(t)
        low, high = map(self.form, t.args[1:3])
        count = minus(high, low, -1)
        out: Poly = {}
        for (s, w), c in inner.poly(body).items():
            still = [x for x in s if i not in x.free]
            places = [n for n, x in enumerate(w) if i in x.free]
            a, b = (places[0], places[-1] + 1) if places else (0, 0)
            moving = (*(x for x in s if i in x.free), *w[a:b])
            if moving or not self.nonnegative(count):
                made = letter(term("sum", i, low, high, joined(moving, num(1))))
            else:
                made = self.poly(count)
            around = [*map(self.poly, (*still, *w[:a])), made, *map(self.poly, w[b:])]
            out = plus(out, reduce(times, around, {ONE_KEY: c}))
        return out

    # ---- formulas --------------------------------------------------------------------------------
    def _formula(self, t: Term) -> Term:
        a = t.args
        match t.head:
            case "eq":
                return self._equation(*a)
            case "le" | "lt":
                return self._inequality(t.head, *a)
            case "and" | "or":
                return self._junction(t.head, map(self.form, a))
            case "not":
                return self._negated(self.form(a[0]))
            case "implies":
                given, then = map(self.form, a)
                return then if TRUE in (given, then) else term("implies", given, then)
            case "def" | "apply":
                made = self._applied(t)
                return made if made.head in ("def", "apply") else self.form(made)
        return self._rebuilt(t)

    def _equation(self, x: Term, y: Term) -> Term:
        if x.sort not in NUMBERS and x.sort.head != "matrix":
            left, right = sorted((self.form(x), self.form(y)), key=_key)
            return TRUE if left is right else term("eq", left, right)
        p = plus(self.poly(x), self.poly(y), -1)
        if not p:
            return TRUE
        if x.sort.head == "matrix":
            q = self.poly(term("tr", written(p, x.sort)))
            return min(_is_zero(p, x.sort), _is_zero(q, term("tr", x).sort), key=_key)
        return FALSE if set(p) == {ONE_KEY} else _is_zero(p, REAL)

    def _inequality(self, head: str, x: Term, y: Term) -> Term:
        p = plus(self.poly(y), self.poly(x), -1)
        if set(p) <= {ONE_KEY}:
            constant = p.get(ONE_KEY, Fraction(0))
            return TRUE if constant > 0 or (constant == 0 and head == "le") else FALSE
        made = written(scaled(p, sign=True), REAL)
        if head == "lt" and made.sort in (INT, NAT):
            return self._inequality("le", num(1), made)
        return term(head, num(0), made)

    def _junction(self, head: str, parts: Iterable[Term]) -> Term:
        neutral, absorbing = (TRUE, FALSE) if head == "and" else (FALSE, TRUE)
        flat = {q for p in parts for q in (p.args if p.head == head else (p,))} - {neutral}
        if absorbing in flat:
            return absorbing
        return next(iter(flat)) if len(flat) == 1 else term(head, *sorted(flat, key=_key))

    def _negated(self, t: Term) -> Term:
        match t.head:
            case "not":
                return t.args[0]
            case "le" | "lt":
                return self._inequality("lt" if t.head == "le" else "le", t.args[1], t.args[0])
            case "and" | "or":
                other = "or" if t.head == "and" else "and"
                return self._junction(other, map(self._negated, t.args))
            case "implies":
                return self._junction("and", (t.args[0], self._negated(t.args[1])))
        return term("not", t)


def minus(i: Term, j: Term, less: int = 0) -> Term:
    """I - j - less."""
    return term("add", i, term("mul", num(-1), j), num(-less))


def ranges(t: Term, names: Sequence[Term]) -> list[Term]:
    """What is at least 0 inside a binder, if it binds these indices."""
    ends = [t.args[1:3]] if t.head in ("each", "sum") else []
    if t.head == "build":
        ends = [(num(1), size) for size in t.args[2:4]]
    pairs = zip(names, ends, strict=False)
    return [f for k, (low, high) in pairs for f in (minus(k, low), minus(high, k))]


def word(t: Term) -> Word:
    """The letters of a normal form that is one word."""
    return t.args if t.head == "mul" else () if t.head == "eye" else (t,)


def joined(letters: Word, unit: Term) -> Term:
    """The product of letters, the unit where there is none."""
    return term("mul", *letters) if len(letters) > 1 else letters[0] if letters else unit


def _keys(w: Word) -> list[str]:
    return [x.key for x in w]


def _is_zero(p: Poly, sort: Term) -> Term:
    t = written(scaled(p), sort)
    return term("eq", t, zero(t.sort))


def scaled(p: Poly, sign: bool = False) -> Poly:
    """A multiple by a number (a positive one, to keep a sign) with coprime whole coefficients."""
    size = Fraction(
        lcm(*(c.denominator for c in p.values())), gcd(*(c.numerator for c in p.values()))
    )
    if not sign and p[min(p, key=order)] < 0:
        size = -size
    return {k: c * size for k, c in p.items()}


def _hadamard(v: Word, w: Word, shape: Term) -> Poly:
    """The Hadamard product of two words."""
    sides = [joined(x, term("eye", shape.args[0])) for x in (v, w)]
    flat = [y for x in sides for y in (x.args if x.head == "had" else (x,))]
    flat = [x for x in flat if x.head != "ones"] or flat[:1]
    made = flat[0] if len(flat) == 1 else term("had", *sorted(flat, key=_key))
    return {((), word(made)): Fraction(1)}
