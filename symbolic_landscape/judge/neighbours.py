"""Wrong neighbours of a formula: what a slip of the pen would make of it.

What an abbreviation stands for stays as it is; its arguments may slip. Each neighbour comes with
the kind of slip. A neighbour may happen to be true, or to say the same;
who uses them compares normal forms and asks the kernel and the instances.

Functions: neighbours, thinner, least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial

from symbolic_landscape.errors import SortError
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.term import BOUND, INT, NAT, Term, num, substitute, term

Neighbour = tuple[str, Term]

WEAKER_OR_STRONGER = {"le": "lt", "lt": "le"}


def neighbours(t: Term, normal: Normal | None = None) -> Iterator[Neighbour]:
    """The formulas that differ from this one at one place, each once, with the kind of slip.

    Normal forms are those of `normal`, which remembers them, if it is given.
    """
    normal = normal or Normal()
    seen = {normal.form(t)}
    yield from _others(_slips(t), seen, normal)


def thinner(
    f: Term, variables: Iterable[Term], normal: Normal | None = None
) -> Iterator[Neighbour]:
    """The formula said of one value where it is said of all, or of a rank that is just 2.

    The value is 0, or one of the variables.
    """
    normal = normal or Normal()
    seen = {normal.form(f)}
    yield from _others(_thinned(f, tuple(variables)), seen, normal)


def _others(made: Iterable[Neighbour], seen: set[Term], normal: Normal) -> Iterator[Neighbour]:
    """Those whose normal form was not seen; one that has none, for its sorts, is left out."""
    for kind, t in made:
        try:
            form = normal.form(t)
        except SortError:
            continue
        if form not in seen:
            seen.add(form)
            yield kind, t


def _thinned(f: Term, variables: tuple[Term, ...]) -> Iterator[Neighbour]:
    a = f.args
    match f.head:
        case "forall":
            zero = least(a[0].sort)
            values = ("at 0", zero), *((f"at {v}", v) for v in variables if v.sort is a[0].sort)
            for words, value in values:
                if value is not None:
                    yield f"{words} for everywhere", substitute(a[1], {a[0]: value})
        case "eq" if "rank" in (a[0].head, a[1].head):
            rank = a[0] if a[0].head == "rank" else a[1]
            yield "rank at least 2 for full rank", term("or", f, term("le", num(2), rank))
    inside = {"each": (3,), "forall": (1,), "exists": (1,), "implies": (1,)}
    for n in range(len(a)) if f.head == "and" else inside.get(f.head, ()):
        for words, part in _thinned(a[n], variables):
            yield words, term(f.head, *a[:n], part, *a[n + 1 :], name=f.name)


def _slips(t: Term) -> Iterator[Neighbour]:
    for kind, slip in _here(t):
        try:
            yield kind, slip()
        except SortError:
            continue
    n = 1 if t.head == "def" else BOUND.get(t.head, 0)
    if t.head in ("var", "const", "num"):
        return
    for place in range(n, len(t.args)):
        for kind, made in _slips(t.args[place]):
            try:
                yield kind, term(t.head, *t.args[:place], made, *t.args[place + 1 :], name=t.name)
            except SortError:
                continue


def _here(t: Term) -> Iterator[tuple[str, Callable[[], Term]]]:
    """Slips at the top of a term; one that has no sort is left out when it is made."""
    a = t.args
    match t.head:
        case "le" | "lt":
            yield "strictness exchanged", lambda: term(WEAKER_OR_STRONGER[t.head], *a)
            yield "sides exchanged", lambda: term(t.head, a[1], a[0])
        case "eq" if a[0].sort in (INT, NAT) and a[1].sort in (INT, NAT):
            yield "equation weakened", lambda: term("le", a[1], a[0])
            yield "off by one", lambda: term("eq", a[0], _shifted(a[1], 1))
        case "not":
            yield "negation dropped", lambda: a[0]
        case "and":
            for n in range(len(a) if len(a) > 1 else 0):
                yield "part dropped", partial(term, "and", *a[:n], *a[n + 1 :])
        case "implies":
            yield "condition dropped", lambda: a[1]
            yield "converse", lambda: term("implies", a[1], a[0])
        case "each":
            i, low, high, body = a
            yield "range shortened", lambda: term("each", i, _shifted(low, 1), high, body)
            yield "range shortened", lambda: term("each", i, low, _shifted(high, -1), body)
            yield "range extended", lambda: term("each", i, _shifted(low, -1), high, body)
            yield "range extended", lambda: term("each", i, low, _shifted(high, 1), body)
            yield "one index for all", lambda: substitute(body, {i: low})
        case "forall":
            x, body = a
            yield "quantifier exchanged", lambda: term("exists", x, body)
        case "exists":
            yield "quantifier exchanged", lambda: term("forall", *a)
        case "apply" if a[1].sort in (INT, NAT):
            for d in (1, -1):
                yield "index shifted", partial(term, "apply", a[0], _shifted(a[1], d))
        case "entry":
            yield "index shifted", lambda: term("entry", a[0], _shifted(a[1], 1), a[2])
            if not Normal().same(term("tr", a[0]), a[0]):
                yield "transposed", lambda: term("entry", a[0], a[2], a[1])
        case "tr":
            yield "transpose dropped", lambda: a[0]
        case "mul" if len(a) > 1:
            yield "factors exchanged", lambda: term("mul", *reversed(a))
            yield "factor dropped", lambda: term("mul", *a[1:])
        case "add" if len(a) > 1:
            yield "summand dropped", lambda: term("add", *a[1:])
            yield "sign exchanged", lambda: term("add", term("mul", num(-1), a[0]), *a[1:])
        case "had":
            yield "product for Hadamard product", lambda: term("mul", *a)
        case "num" if isinstance(t.name, Fraction):
            yield "number changed", partial(num, t.name + 1)
        case "deriv":
            yield "derivative dropped", lambda: a[0]


def _shifted(t: Term, by: int) -> Term:
    return term("add", t, num(by))


def least(sort: Term) -> Term | None:
    """The zero of a sort of numbers, matrices, or functions to them; None for others."""
    if sort.head in ("int", "nat", "real"):
        return num(0)
    if sort.head == "fun" and sort.args[1].head != "formula":
        value = least(sort.args[1])
        return None if value is None else term("lam", sort.args[0], value)
    return term("zeros", *sort.args) if sort.head == "matrix" else None
