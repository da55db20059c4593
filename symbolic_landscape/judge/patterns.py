"""Patterns: terms for the unknowns of a formula, so that it says the same as a given one.

Three ways are tried, the cheap ones first: by the trees as they are written; by normal forms in
which definitions stand; by full normal forms. What is found is a proposal: who uses it puts it in
and compares. In normal forms a pattern is matched up to

- words of a product, cut in every way, and numbers as factors;
- sums, summand by summand: a lone unknown takes what is left, a product takes common factors out,
  one that is linear in its unknown collects what fits;
- scaled, exchanged and transposed equations, inequalities `0 <= p`;
- Hadamard products and connectives in any order, cyclic and transposed traces, entries;
- integers, solved for one unknown.

An unknown brings its sort, so shapes are found with it. An unknown function is found where it is
applied as the term is, or to bound variables alone.

Not matched: unknown functions at other arguments; ranges that are shifted; what holds only where
the order of indices is settled; a product of two unknown sums, multiplied out; a sum times an
unknown where several of their products coincide. A sum of unknown sizes waits until one is left.

Not trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, takewhile

from symbolic_landscape.judge.unknowns import (
    Folded,
    Found,
    factored,
    hardness,
    is_bound,
    is_lone,
    is_lone_letter,
    is_open,
    linear_unknown,
    lone_factor,
    open_names,
    order,
    parts_of,
    put,
    spine,
    without,
)
from symbolic_landscape.statement.normal import Normal, ranges, word
from symbolic_landscape.statement.term import (
    BOUND,
    INT,
    NAT,
    NUMBERS,
    ONE_KEY,
    REAL,
    Key,
    Poly,
    Term,
    matrix,
    natural,
    num,
    plus,
    substitute,
    term,
    times,
    var,
    written,
)

TRIES = 4_000
"""So many comparisons are made for one step at most; one of long sums counts for several."""

Solutions = Iterator[Found]


class Work:
    """The comparisons that may still be made."""

    def __init__(self, left: int = TRIES) -> None:
        self.left = left

    def more(self, length: int = 0) -> bool:
        """Whether one more may be made, of sums of this length."""
        self.left -= 1 + length // 8
        return self.left >= 0


def matches(
    normal: Normal, folded: Folded, work: Work, p: Term, t: Term, found: Found
) -> Solutions:
    """What is found and more, such that the formula p with unknowns says the same as t.

    Full normal forms are left out where `normal` is `folded`.
    """
    seen = set()
    for made in _matches(normal, folded, work, p, t, found):
        key = frozenset(made.items())
        if key not in seen:
            seen.add(key)
            yield made


def _matches(
    normal: Normal, folded: Folded, work: Work, p: Term, t: Term, found: Found
) -> Solutions:
    for formula in dict.fromkeys((t, normal.reduced(t))):
        yield from Matching(folded, work, False).match(p, formula, found)
        yield from Matching(folded, work, True).match(p, folded.form(formula), found)
    if normal is not folded:
        yield from Matching(normal, work, True).match(p, normal.form(t), found)


class Matching:
    """Finds unknowns at one place of a formula; with `algebra` off, by the trees alone.

    Each method yields what is found already together with more.
    """

    def __init__(self, normal: Normal, work: Work, algebra: bool) -> None:
        self.normal, self.work, self.algebra = normal, work, algebra

    def match(self, p: Term, t: Term, found: Found) -> Solutions:
        """Such that the pattern becomes the term."""
        q = put(p, found) if self.work.more() else None
        if q is None:
            return
        if self.algebra and q.sort not in NUMBERS and q.sort.head != "matrix":
            q = self.normal.form(q)
        if not open_names(q):
            if q is t or self.normal.same(q, t):
                yield found
        elif is_lone(q):
            yield from self._bind(q, t, found)
        elif q.sort in (INT, NAT) or (self.algebra and q.sort is REAL):
            if t.sort in NUMBERS:
                yield from self._sum(q, self.normal.poly(t), t.sort, found)
        elif self.algebra and q.sort.head == "matrix":
            for made in self.sorts(q.sort, t.sort, found):
                yield from self._sum(q, self.normal.poly(t), t.sort, made)
        else:
            yield from self._node(q, t, found)

    def _all(
        self,
        pairs: Sequence[tuple[Term, Term]],
        found: Found,
        how: Callable[[Term, Term, Found], Solutions] | None = None,
    ) -> Solutions:
        """Such that in all pairs the pattern becomes the term; those with fewest unknowns first."""
        if not pairs:
            yield found
            return
        left = [0 if is_lone(p) else len(open_names(p) - set(found)) for p, _ in pairs]
        n = left.index(min(left))
        for made in (how or self.match)(*pairs[n], found):
            yield from self._all([*pairs[:n], *pairs[n + 1 :]], made, how)

    # ---- unknowns and sorts ----------------------------------------------------------------------
    def _bind(self, p: Term, t: Term, found: Found) -> Solutions:
        """Such that the lone unknown becomes the term."""
        f, arguments = spine(p)
        for x in reversed(arguments):
            applied = t.head == "apply" and t.args[1] is x and x not in t.args[0].free
            t = t.args[0] if applied else term("lam", x, t)
        if self.work.more() and not any(map(is_bound, t.free)):
            for made in self.fits(f.args[0], t, found):
                yield {**made, str(f.name): t}

    def _bind_letter(self, p: Term, t: Term, found: Found) -> Solutions:
        """The same for one that may be transposed."""
        if p.head == "tr":
            p, t = p.args[0], self.normal.form(term("tr", t))
        yield from self._bind(p, t, found)

    def fits(self, sort: Term, t: Term, found: Found) -> Solutions:
        """Such that the term may stand where the sort is asked."""
        if sort is REAL or sort is INT:
            if t.sort in (NUMBERS if sort is REAL else (INT, NAT)):
                yield found
        elif sort is NAT:
            if natural(t) or (t.sort is INT and self.normal.nonnegative(t)):
                yield found
        else:
            yield from self.sorts(sort, t.sort, found)

    def sorts(self, p: Term, s: Term, found: Found) -> Solutions:
        """Such that one sort becomes the other."""
        q = put(p, found)
        if q is s:
            yield found
        elif q is not None and q.head == s.head == "matrix":
            yield from self._all(tuple(zip(q.args, s.args, strict=True)), found, self._size)
        elif q is not None and q.head == s.head == "fun":
            (x, value), (y, result) = q.args, s.args
            z = var(f"#{self.normal.depth}", y.args[0])
            inner = Matching(self.normal.under(1), self.work, self.algebra)
            for made in self.sorts(x.args[0], y.args[0], found):
                inside = put(value, made, {x: z})
                if inside is not None:
                    yield from inner.sorts(inside, substitute(result, {y: z}), made)

    def _size(self, p: Term, t: Term, found: Found) -> Solutions:
        """Such that one size becomes the other; a sum of several unknown ones is left for later."""
        q = put(p, found)
        if q is None or not open_names(q):
            yield from (found,) if q is t else ()
        elif sum(map(is_open, self.normal.poly(q))) > 1:
            yield found
        else:
            yield from self.match(q, t, found)

    # ---- numbers and matrices --------------------------------------------------------------------
    def _sum(self, p: Term, target: Poly, sort: Term, found: Found) -> Solutions:
        """Such that the pattern has this polynomial."""
        q = put(p, found) if self.work.more(len(target)) else None
        if q is None:
            return
        poly = self.normal.poly(q)
        target = plus(target, {k: c for k, c in poly.items() if not is_open(k)}, -1)
        still = {k: c for k, c in poly.items() if is_open(k)}
        if not still:
            yield from () if target else (found,)
            return
        key = min(still, key=order)
        factor, lone = still.pop(key), lone_factor(key)
        rest = written(still, q.sort)
        for part in self._candidates(key, factor, target, bool(still)):
            if lone is not None:
                value = written({k: c / factor for k, c in part.items()}, sort)
                cases = self._bind_letter(lone, value, found)
            else:
                cases = self._monomial(key, factor, *factored(part, sort), sort, found)
            for made in cases:
                yield from self._sum(rest, plus(target, part, -1), sort, made)
        unknown = linear_unknown(key)
        if lone is None and unknown is not None:
            for part, made in self._collected(key, factor, unknown, target, sort, found):
                yield from self._sum(rest, plus(target, part, -1), sort, made)

    def _candidates(self, key: Key, factor: Fraction, target: Poly, more: bool) -> Iterator[Poly]:
        """What one monomial of a pattern may become, where others follow, or none."""
        if not more:
            yield from (target,) if target or lone_factor(key) is not None else ()
        elif lone_factor(key) is None:
            for k in sorted(target, key=lambda k: target[k] != factor):
                yield {k: target[k]}
        else:
            for keys in self._some(tuple(target)):
                yield {k: target[k] for k in keys}

    def _some(self, keys: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
        """The parts of a family that are not empty, as long as there is work left."""
        return takewhile(lambda _: self.work.left > 0, parts_of(keys))

    def _collected(
        self, p: Key, factor: Fraction, unknown: Term, target: Poly, sort: Term, found: Found
    ) -> Iterator[tuple[Poly, Found]]:
        """Summands that multiples of a monomial become, all or some, its unknown as their sum."""
        values: dict[Key, Term] = {}
        for k, c in target.items():
            for made, rest, ratio in self._scalars(p[0], k[0], c / factor, found):
                cases: Solutions = iter((made,))
                if sort.head == "matrix":
                    cases = self._word(p[1], k[1], sort.args[0], {}, made)
                for more in cases:
                    value = term("mul", num(ratio), *rest, more[str(unknown.name)])
                    values.setdefault(k, value)
        shapes = {v.sort for v in values.values() if v.sort not in NUMBERS}
        if not values or len(shapes) > 1:
            return
        every = tuple(values)
        for keys in chain((every,), (some for some in self._some(every) if some != every)):
            value = self.normal.form(term("add", *(values[k] for k in keys)))
            for made in self._bind(unknown, value, found):
                yield {k: target[k] for k in keys}, made

    def _monomial(
        self, p: Key, factor: Fraction, t: Key, coefficient: Fraction, sort: Term, found: Found
    ) -> Solutions:
        """Such that a monomial with a coefficient becomes another."""
        for made, rest, ratio in self._scalars(p[0], t[0], coefficient / factor, found):
            extra: Poly = {} if not rest and ratio == 1 else {(rest, ()): ratio}
            if sort.head == "matrix":
                yield from self._word(p[1], t[1], sort.args[0], extra, made)
            elif not extra:
                yield made

    def _scalars(
        self, ps: Sequence[Term], ts: tuple[Term, ...], ratio: Fraction, found: Found
    ) -> Iterator[tuple[Found, tuple[Term, ...], Fraction]]:
        """Factors that are numbers, and what is left: factors, and a rational number."""
        if not ps:
            yield found, ts, ratio
            return
        p, rest = self._next(ps, found)
        if p is None:
            return
        if not open_names(p):
            poly = self.normal.poly(p)
            own, c = next(iter(poly.items())) if len(poly) == 1 else (((p,), ()), Fraction(1))
            left = without(ts, own[0])
            if left is not None:
                yield from self._scalars(rest, left, ratio / c, found)
        elif not is_lone(p):
            for n, t in enumerate(ts):
                for made in self._node(p, t, found):
                    yield from self._scalars(rest, ts[:n] + ts[n + 1 :], ratio, made)
        else:
            for part in (*parts_of(ts), ()) if rest else (ts,):
                c = Fraction(1) if rest else ratio
                for made in self._bind(p, written({(part, ()): c}, REAL), found):
                    yield from self._scalars(rest, without(ts, part) or (), ratio / c, made)

    def _next(self, ps: Sequence[Term], found: Found) -> tuple[Term | None, Sequence[Term]]:
        """The factor to look at first, and the others; None where sorts do not fit."""
        ready = [q for q in (put(p, found) for p in ps) if q is not None]
        if len(ready) < len(ps) or not self.work.more():
            return None, ()
        first, *rest = sorted(ready, key=hardness)
        return first, rest

    def _word(
        self, ps: Sequence[Term], ts: tuple[Term, ...], rows: Term, extra: Poly, found: Found
    ) -> Solutions:
        """Letters; a lone unknown takes some in a row, and one of them takes what is extra."""
        if not ps:
            yield from () if ts or extra else (found,)
            return
        p, rest = put(ps[0], found) if self.work.more() else None, ps[1:]
        if p is None:
            return
        if p is not ps[0] and len(poly := self.normal.poly(p)) == 1:
            (((scalars, letters), c),) = poly.items()
            if scalars or c != 1:
                return
            if len(letters) != 1:
                yield from self._word((*letters, *rest), ts, rows, extra, found)
                return
            p = letters[0]
        if is_lone_letter(p):
            for n in (*range(1, len(ts) + 1), 0) if rest else (len(ts),):
                columns = ts[n - 1].sort.args[1] if n else rows
                for taken, left in ((extra, {}), ({}, extra)) if extra else (({}, {}),):
                    poly = times(taken or {ONE_KEY: Fraction(1)}, {((), ts[:n]): Fraction(1)})
                    for made in self._bind_letter(p, written(poly, matrix(rows, columns)), found):
                        yield from self._word(rest, ts[n:], columns, left, made)
        elif ts:
            known = self.normal.form(p) is ts[0]
            for made in self._node(p, ts[0], found) if open_names(p) else (found,) * known:
                yield from self._word(rest, ts[1:], ts[0].sort.args[1], extra, made)

    # ---- operations ------------------------------------------------------------------------------
    def _node(self, p: Term, t: Term, found: Found) -> Solutions:
        """Such that the same operation is on parts that match."""
        if self.algebra and p.head in ("le", "lt"):
            yield from self._inequality(p, t, found)
        elif p.head != t.head or p.name != t.name:
            return
        elif p.head == "eq":
            yield from self._equation(p, t, found)
        elif p.head == "const":
            yield from self.sorts(p.args[0], t.args[0], found)
        elif self.algebra and p.head in ("had", "and", "or"):
            yield from self._family(p.head, p.args, t.args, found)
        elif self.algebra and p.head == "trace":
            yield from self._trace(p, t, found)
        elif p.head in BOUND:
            yield from self._binder(p, t, found)
        elif len(p.args) == len(t.args):
            yield from self._all(tuple(zip(p.args, t.args, strict=True)), found)
            if self.algebra and p.head == "entry":
                a, i, j = t.args
                other = (self.normal.form(term("tr", a)), j, i)
                yield from self._all(tuple(zip(p.args, other, strict=True)), found)

    def _family(
        self, head: str, ps: Sequence[Term], ts: tuple[Term, ...], found: Found
    ) -> Solutions:
        """Parts in any order; a lone unknown takes some of them."""
        if not ps:
            yield from () if ts else (found,)
            return
        p, rest = self._next(ps, found)
        if p is None:
            return
        if not open_names(p):
            p = self.normal.form(p)
            left = without(ts, p.args if p.head == head else (p,))
            if left is not None:
                yield from self._family(head, rest, left, found)
        elif is_lone_letter(p):
            for part in parts_of(ts) if rest else (ts,) * bool(ts):
                one = part[0] if len(part) == 1 else term(head, *part)
                for made in self._bind_letter(p, one, found):
                    yield from self._family(head, rest, without(ts, part) or (), made)
        else:
            for n, t in enumerate(ts):
                for made in self.match(p, t, found):
                    yield from self._family(head, rest, ts[:n] + ts[n + 1 :], made)

    def _trace(self, p: Term, t: Term, found: Found) -> Solutions:
        back = self.normal.poly(term("tr", t.args[0]))
        for letters in dict.fromkeys((word(t.args[0]), *(w for _, w in back))):
            for n, x in enumerate(letters):
                turned = letters[n:] + letters[:n]
                yield from self._word(word(p.args[0]), turned, x.sort.args[0], {}, found)

    def _binder(self, p: Term, t: Term, found: Found) -> Solutions:
        """Such that sorts, ranges and bodies match, with the same names for what is bound."""
        n = BOUND[p.head]
        ours: dict[Term, Term] = {}
        theirs: dict[Term, Term] = {}
        cases: Solutions = iter((found,))
        for i, (x, y) in enumerate(zip(p.args[:n], t.args[:n], strict=True)):
            z = var(f"#{self.normal.depth + i}", substitute(y.args[0], theirs))
            cases = self._sorts_in(cases, x.args[0], z.args[0], dict(ours))
            ours[x] = theirs[y] = z
        normal = self.normal.under(n, *ranges(t, tuple(theirs.values())))
        inner, body = Matching(normal, self.work, self.algebra), substitute(t.args[-1], theirs)
        between = tuple(zip(p.args[n:-1], t.args[n:-1], strict=True))
        for case in cases:
            for made in self._all(between, case):
                inside = put(p.args[-1], made, ours)
                if inside is not None:
                    yield from inner.match(inside, body, made)

    def _sorts_in(self, cases: Solutions, p: Term, s: Term, ours: Mapping[Term, Term]) -> Solutions:
        """The sort of one more bound variable, in each of these cases."""
        for found in cases:
            q = put(p, found, ours)
            if q is not None:
                yield from self.sorts(q, s, found)

    # ---- relations -------------------------------------------------------------------------------
    def _equation(self, p: Term, t: Term, found: Found) -> Solutions:
        ours, side = p.args[0].sort, t.args[0]
        if not self.algebra or (side.sort not in NUMBERS and side.sort.head != "matrix"):
            for sides in (t.args, t.args[::-1]):
                yield from self._all(tuple(zip(p.args, sides, strict=True)), found)
        elif side.sort in NUMBERS and ours in NUMBERS:
            yield from self._scaled(p.args[0], side, {}, True, found)
        elif side.sort.head == ours.head == "matrix":
            for other in (side, term("tr", side)):
                for made in self.sorts(ours, other.sort, found):
                    yield from self._scaled(p.args[0], other, {}, True, made)

    def _inequality(self, p: Term, t: Term, found: Found) -> Solutions:
        """Of 0 < p and 0 <= t both are integers, and t is p - 1."""
        if t.head == p.head:
            yield from self._scaled(p.args[1], t.args[1], {}, False, found)
        elif t.head == "le" and t.args[1].sort in (INT, NAT):
            yield from self._scaled(p.args[1], t.args[1], {ONE_KEY: Fraction(1)}, False, found)

    def _scaled(self, p: Term, t: Term, more: Poly, signs: bool, found: Found) -> Solutions:
        """Such that a multiple of p, a positive one unless signs may change, becomes t + more."""
        poly, target = self.normal.poly(p), plus(self.normal.poly(t), more)
        known = [target[k] / c for k, c in poly.items() if not is_open(k) and k in target]
        ratios = sorted({d / c for c in poly.values() for d in target.values()}, key=abs)
        one = Fraction(1)
        for ratio in dict.fromkeys((*known, one, -one, *ratios, *(-r for r in ratios))):
            if signs or ratio > 0:
                part = {k: c / ratio for k, c in target.items()}
                yield from self._sum(p, part, t.sort, found)
