"""Putting terms together and looking through them: sums, products, the terms inside a term."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_landscape.statement.term import BOUND, Term, apply, term


def add(*args: Term) -> Term:
    """The sum."""
    return term("add", *args)


def mul(*args: Term) -> Term:
    """The product, of numbers and of matrices in their order."""
    return term("mul", *args)


def unfold(t: Term) -> Term:
    """What an abbreviation def[name](lambda, arguments...) stands for."""
    return apply(*t.args)


def subterms(t: Term) -> Iterator[Term]:
    """The term and all terms below it, sorts of bound variables left out."""
    yield t
    for a in t.args[BOUND.get(t.head, 0) :] if t.head not in ("var", "const") else ():
        yield from subterms(a)
