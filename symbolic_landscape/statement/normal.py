"""The normal form: one tree for all ways to write the same number, matrix or formula.

Numbers and matrices are polynomials: sums of products of scalars times words of matrix letters.
Transposes, entries, traces, Hadamard products and finite sums are linear, and what they make of one
word stands in `EQUATIONS` where it needs no condition. Abbreviations are unfolded, functions
applied, bound names replaced by their depth. An equation says `difference = 0`, an inequality
`0 <= difference`, `if` is `or`, negations stand at the parts. What depends on the order of
indices (an entry of a block, a family changed at one place) is settled only where the context
proves it. Entries outside a matrix count as 0.

What follows by linear arithmetic is found by `linear`, which is not trusted, and added up here.

Trusted, with `term` and `judge.kernel`; standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from itertools import chain, product
from math import gcd, lcm
from operator import attrgetter
from typing import Any

from symbolic_landscape.statement import term as tree
from symbolic_landscape.statement.linear import Linear, Row, multipliers
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, Poly, Term, num, substitute, term

TRUE, FALSE = term("and"), term("or")
ONE: Poly = {tree.ONE_KEY: Fraction(1)}
_key = attrgetter("key")

EQUATIONS: Mapping[tuple[str, str], Callable[..., Term]] = {
    ("tr", "tr"): lambda a: a,
    ("tr", "mul"): lambda *xs: term("mul", *map(tree.transpose, reversed(xs))),
    ("tr", "had"): lambda *xs: term("had", *map(tree.transpose, xs)),
    ("tr", "map"): lambda f, a: term("map", f, tree.transpose(a)),
    ("tr", "hcat"): lambda a, b: term("vcat", tree.transpose(a), tree.transpose(b)),
    ("tr", "vcat"): lambda a, b: term("hcat", tree.transpose(a), tree.transpose(b)),
    ("tr", "build"): lambda i, j, rows, columns, x: term("build", j, i, columns, rows, x),
    ("tr", "ones"): lambda rows, columns: term("ones", columns, rows),
    ("tr", "eye"): lambda n: term("eye", n),
    ("trace", "eye"): lambda n: n,
    ("entry", "tr"): lambda i, j, a: term("entry", a, j, i),
    ("entry", "had"): lambda i, j, *xs: term("mul", *(term("entry", x, i, j) for x in xs)),
    ("entry", "vcat"): lambda i, j, *xs: term("entry", tree.transpose(term("vcat", *xs)), j, i),
    ("not", "not"): lambda p: p,
    ("not", "and"): lambda *ps: term("or", *(term("not", p) for p in ps)),
    ("not", "or"): lambda *ps: term("and", *(term("not", p) for p in ps)),
    ("not", "le"): lambda x, y: term("lt", y, x),
    ("not", "lt"): lambda x, y: term("le", y, x),
    ("inside", "map"): lambda i, j, f, a: term("apply", f, term("entry", a, i, j)),
    ("inside", "build"): lambda i, j, p, q, rows, columns, x: substitute(x, {p: i, q: j}),
    ("inside", "ones"): lambda i, j, rows, columns: num(1),
}
"""Equations, read from left to right: the first operation, applied to the second, is that.

Each is a function of the other arguments of the first operation, then of those of the second;
`inside` is an entry whose place is known to lie in the matrix.
"""


def follows(rows: Iterable[Row], goal: Linear, strict: bool) -> bool:
    """Whether goal >= 0 (> 0 where strict) follows: multiples of rows and negation are absurd."""
    system = [*rows, (tree.plus({}, goal, -1), not strict)]
    chosen = multipliers(system)
    total: Poly = {}
    for n, c in chosen.items():
        total = tree.plus(total, system[n][0], Fraction(c))
    least, above = total.pop(tree.ONE_KEY, Fraction(0)), any(system[n][1] for n in chosen)
    return not total and least <= 0 and (least < 0 or above) and min(chosen.values(), default=0) > 0


class Normal:
    """Normal forms in a context: integers, in normal form, that are known to be at least 0.

    `form` gives the normal form of a term, of the same sort; `poly` the polynomial of a number or
    a matrix; `nonnegative` says whether the context proves that an integer is at least 0; `under`
    is the normal form below so many more bound names, of which more is known; `bare` the one at a
    depth of which nothing is known, which settles what is not `ordered`; `unsized` a number of
    rows or columns somewhere in a term that need not be at least 0. All are remembered.
    """

    def __init__(self, known: Iterable[Term] = (), depth: int = 0, bare: Any = None) -> None:
        self.known, self.depth = tuple(known), depth
        self.bare: Callable[[int], Normal] = bare or cache(lambda n: type(self)((), n, self.bare))
        self.form, self.poly = cache(self._form), cache(self._poly)
        self.nonnegative, self.unsized = cache(self._nonnegative), cache(self._unsized)
        self.under = cache(lambda n, *ks: type(self)((*self.known, *ks), self.depth + n, self.bare))

    # ---- the context -----------------------------------------------------------------------------
    def knowing(self, f: Term) -> Normal:
        """The normal form where this formula is known; what it says of integers is used."""
        known = list[Term]()
        for p in tree.conjuncts(self.form(f)):
            if p.head in ("eq", "le") and {x.sort for x in p.args} <= {INT, NAT}:
                (low, high), both = p.args, p.head == "eq"
                known += [minus(high, low), minus(low, high)][: 1 + both]
        new = [t for t in known if not self.nonnegative(t)]
        return self.under(0, *new) if new else self

    def _nonnegative(self, t: Term) -> bool:
        return tree.natural(t) or follows(self._context((self.poly(t),)), self.poly(t), False)

    def _context(self, others: Iterable[Linear]) -> list[Row]:
        """What is known, as rows, and that `nat` atoms are not negative."""
        known = [tree.integer(t) for t in self.known]
        atoms = {k for p in (*known, *others) for k in p if k != tree.ONE_KEY and k[1] == ()}
        natural = [{k: Fraction(1)} for k in atoms if all(a.sort is NAT for a in k[0])]
        return [(p, False) for p in (*known, *natural)]

    def _distinct(self, i: Term, j: Term) -> bool:
        return self.nonnegative(minus(i, j, 1)) or self.nonnegative(minus(j, i, 1))

    def _inside(self, t: Term, *place: Term) -> bool:
        """Whether there is such a place in the matrix."""
        ends = zip(place, t.sort.args, strict=True)
        within = (e for k, size in ends for e in (minus(k, num(1)), minus(size, k)))
        return all(map(self.nonnegative, within))

    def fits(self, t: Term, place: Term) -> bool:
        """Whether the term may stand where the sort is asked; the context may prove it natural."""
        return tree.fits(t, place) or (place is NAT and t.sort is INT and self.nonnegative(t))

    def _unsized(self, t: Term) -> Term | None:
        if not t.args or (self.known and self.bare(self.depth).unsized(t) is None):
            return None
        names, inner, body = self.opened(t)
        sizes = (x for x in t.args if t.head == "matrix" and not self.nonnegative(x))
        below = (inner.unsized(x) for x in (*names, body))
        beside = (self.unsized(x) for x in (t.sort, *t.args[len(names) : -1]))
        return next((x for x in chain(sizes, below, beside) if x is not None), None)

    # ---- linear arithmetic -----------------------------------------------------------------------
    def linear(self, facts: Iterable[Term], goal: Term) -> bool:
        """Whether an equation or inequality follows from the facts by linear arithmetic."""
        goals = [self._rows(part) for part in tree.conjuncts(self.form(goal))]
        parts = (part for f in facts for part in tree.conjuncts(self.form(f)))
        rows = [row for part in parts for row in self._rows(part)]
        rows += self._context(p for p, _ in (*rows, *(row for part in goals for row in part)))
        return all(part and all(follows(rows, p, strict) for p, strict in part) for part in goals)

    def _rows(self, part: Term) -> list[Row]:
        """What a normal form says, as rows; a matrix equation as one between its words."""
        if part is FALSE:
            return [(tree.plus({}, ONE, -1), False)]
        t = part.args[part.head != "eq"] if part.head in ("eq", "le", "lt") else TRUE
        ps = [self.poly(t)] if t.sort in NUMBERS else list[Linear]()
        if t.sort.head == "matrix":
            ps = [{(k, x.sort): c for k, c in self.poly(x).items()} for x in (t, tree.transpose(t))]
        turned = [tree.plus({}, p, -1) for p in ps if part.head == "eq"]
        return [(p, part.head == "lt") for p in (*ps, *turned)]

    # ---- normal forms ----------------------------------------------------------------------------
    def same(self, x: Term, y: Term) -> bool:
        """Whether two terms have one normal form."""
        return self.form(x) is self.form(y)

    def _form(self, t: Term) -> Term:
        if self.known and not t.ordered:
            return self.bare(self.depth).form(t)
        if (made := self.reduced(t)) is not t:
            return self.form(made)
        if t.sort in NUMBERS or t.sort.head == "matrix":
            return tree.written(self.poly(t), t.sort)
        return self._formula(t) if t.sort is tree.FORMULA else self._function(self._rebuilt(t))

    def reduced(self, t: Term) -> Term:
        """The term with abbreviation and application at its head carried out where possible."""
        if t.head == "def":
            return self.reduced(tree.apply(*t.args))
        if t.head != "apply":
            return t
        f, x = self.reduced(t.args[0]), t.args[1]
        made = tree.apply(f, x)
        match f.head:
            case "upd" if self.same(x, f.args[1]):
                made = f.args[2]
            case "upd" if self._distinct(x, f.args[1]):
                made = tree.apply(f.args[0], x)
            case "rec" if self.same(x, f.args[2]):
                made = f.args[3]
        return made if made.args == (f, x) else self.reduced(made)

    def opened(self, t: Term) -> tuple[tuple[Term, ...], Normal, Term]:
        """Names by depth for what a term binds; the normal form below them; its last part."""
        change: dict[Term, Term] = {}
        for i, v in enumerate(t.args[: tree.BOUND.get(t.head, 0)]):
            change[v] = tree.var(f"#{self.depth + i}", substitute(v.args[0], change))
        names = tuple(change.values())
        inner = self.under(len(names), *map(self.form, ranges(t, names))) if names else self
        return names, inner, substitute(t.args[-1], change)

    def _rebuilt(self, t: Term) -> Term:
        """The same operation on normal forms."""
        if not t.args or t.head in ("var", "const"):
            return t
        names, inner, body = self.opened(t)
        between = map(self.form, t.args[len(names) : -1])
        return term(t.head, *names, *between, inner.form(body), name=t.name)

    def _function(self, made: Term) -> Term:
        if made.head == "upd" and self.same(made.args[2], tree.apply(*made.args[:2])):
            return made.args[0]
        if made.head != "lam" or made.args[1].head != "apply":
            return made
        x, (f, y) = made.args[0], made.args[1].args
        return f if y is x and x not in f.free and f.sort is made.sort else made

    # ---- polynomials -----------------------------------------------------------------------------
    def _poly(self, t: Term) -> Poly:
        if self.known and not t.ordered:
            return self.bare(self.depth).poly(t)
        if (made := self.reduced(t)) is not t:
            return self.poly(made)
        match t.head:
            case "num" | "add" | "mul":
                return tree.ring(t, self.poly)
            case "zeros" | "eye":
                return ONE if t.head == "eye" else {}
            case "tr" | "trace" | "had" | "entry":
                return self._word_by_word(t)
            case "sum":
                return self._sum(t)
        made = self._rebuilt(t)
        return tree.letter(made) if made.head == t.head else self.poly(made)

    def _word_by_word(self, t: Term) -> Poly:
        """An operation that is linear in matrices, word by word."""
        n, out = 1 if t.head == "entry" else len(t.args), Poly()
        indices = [*map(self.form, t.args[n:])]
        units = [term("eye", a.sort.args[0]) for a in t.args[:n]]
        for parts in product(*(self.poly(a).items() for a in t.args[:n])):
            words = map(joined, (w for (_, w), _ in parts), units)
            factors: list[Poly] = [{(s, ()): c} for (s, _), c in parts]
            made = self._of_words(term(t.head, *words, *indices))
            out = tree.plus(out, reduce(tree.times, factors, made))
        return out

    def _of_words(self, t: Term) -> Poly:
        """An operation on words of letters in normal form."""
        x = t.args[0]
        if (t.head, x.head) in EQUATIONS:
            return self.poly(EQUATIONS[t.head, x.head](*t.args[1:], *x.args))
        match t.head:
            case "entry":
                return self._entry(*t.args)
            case "had":
                flat = [y for a in t.args for y in (a.args if a.head == "had" else (a,))]
                flat = sorted((y for y in flat if y.head != "ones"), key=_key) or flat[:1]
                return {((), word(term("had", *flat) if flat[1:] else flat[0])): Fraction(1)}
            case "trace":
                ways = (word(x), word(self.form(tree.transpose(x))))
                turned = [w[i:] + w[:i] for w in ways for i in range(len(w))]
                least = min(turned, key=lambda w: [y.key for y in w])
                return tree.letter(term("trace", joined(least, x)))
        return tree.letter(t)

    def _entry(self, x: Term, i: Term, j: Term) -> Poly:
        match x.head:
            case head if ("inside", head) in EQUATIONS and self._inside(x, i, j):
                return self.poly(EQUATIONS["inside", head](i, j, *x.args))
            case "eye" if self.same(i, j) and self._inside(x, i, j):
                return ONE
            case "eye" if self._distinct(i, j):
                return {}
            case "hcat":
                (first, second), size = x.args, x.args[0].sort.args[1]
                if self.nonnegative(minus(size, j)):
                    return self.poly(term("entry", first, i, j))
                if self.nonnegative(minus(j, size, 1)):
                    return self.poly(term("entry", second, i, minus(j, size)))
        ways = [term("entry", x, i, j)]
        if x.head == "mul":
            ways.append(term("entry", self.form(tree.transpose(x)), j, i))
        return tree.letter(min(ways, key=_key))

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
                made = tree.letter(term("sum", i, low, high, joined(moving, num(1))))
            else:
                made = self.poly(count)
            around = [*map(self.poly, (*still, *w[:a])), made, *map(self.poly, w[b:])]
            out = tree.plus(out, reduce(tree.times, around, {tree.ONE_KEY: c}))
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
                parts = (p.args if p.head == t.head else (p,) for p in map(self.form, a))
                flat, absorbing = set(chain(*parts)), FALSE if t.head == "and" else TRUE
                made = term(t.head, *sorted(flat, key=_key)) if len(flat) != 1 else flat.pop()
                return absorbing if absorbing in flat else made
            case "not":
                p = self.form(a[0])
                known = EQUATIONS.get(("not", p.head))
                return self.form(known(*p.args)) if known else term("not", p)
            case "implies":
                return self.form(term("or", term("not", a[0]), a[1]))
        made = self._rebuilt(t)
        return made if made.head == t.head else self.form(made)

    def _equation(self, x: Term, y: Term) -> Term:
        if x.sort not in NUMBERS and x.sort.head != "matrix":
            left, right = sorted((self.form(x), self.form(y)), key=_key)
            return TRUE if left is right else term("eq", left, right)
        p = tree.plus(self.poly(x), self.poly(y), -1)
        if not p or (x.sort in NUMBERS and set(p) == set(ONE)):
            return FALSE if p else TRUE
        ways = [(p, tree.REAL if x.sort in NUMBERS else x.sort)]
        if x.sort.head == "matrix":
            turned = tree.transpose(tree.written(p, x.sort))
            ways.append((self.poly(turned), turned.sort))
        sides = [tree.written(scaled(q), sort) for q, sort in ways]
        return min((term("eq", t, tree.zero(t.sort)) for t in sides), key=_key)

    def _inequality(self, head: str, x: Term, y: Term) -> Term:
        p = tree.plus(self.poly(y), self.poly(x), -1)
        if set(p) <= set(ONE):
            constant = sum(p.values())
            return TRUE if constant > 0 or (constant == 0 and head == "le") else FALSE
        made = tree.written(scaled(p, sign=True), tree.REAL)
        if head == "lt" and made.sort in (INT, NAT):
            return self._inequality("le", num(1), made)
        return term(head, num(0), made)


def minus(i: Term, j: Term, less: int = 0) -> Term:
    """I - j - less."""
    return term("add", i, term("mul", num(-1), j), num(-less))


def ranges(t: Term, names: Sequence[Term]) -> list[Term]:
    """What is at least 0 inside a binder, if it binds these indices."""
    ends = [(num(1), size) for size in t.args[2:4]] if t.head == "build" else [t.args[1:3]]
    pairs = zip(names, ends, strict=False) if t.head in ("each", "sum", "build") else ()
    return [f for k, (low, high) in pairs for f in (minus(k, low), minus(high, k))]


def word(t: Term) -> tuple[Term, ...]:
    """The letters of a normal form that is one word."""
    return t.args if t.head == "mul" else () if t.head == "eye" else (t,)


def joined(letters: tuple[Term, ...], unit: Term) -> Term:
    """The product of letters, the unit where there is none."""
    return term("mul", *letters) if len(letters) > 1 else letters[0] if letters else unit


def scaled(p: Poly, sign: bool = False) -> Poly:
    """A multiple by a number (a positive one, to keep a sign) with coprime whole coefficients."""
    tops, bottoms = zip(*(c.as_integer_ratio() for c in p.values()), strict=True)
    turned = not sign and p[min(p, key=tree.order)] < 0
    size = Fraction(-lcm(*bottoms) if turned else lcm(*bottoms), gcd(*tops))
    return {k: c * size for k, c in p.items()}
