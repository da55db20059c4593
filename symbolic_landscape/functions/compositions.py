"""Formulas taken apart: inner formulas, factors that all terms share.

Functions: inner_formulas, in_terms_of, factors_of, shared_exponential.
"""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Pow,
    T,
    call,
    power,
    product,
    total,
)


def inner_formulas(formula: Formula) -> list[Formula]:
    """The arguments of calls, other than the variable itself, from the outside in."""
    found: dict[Formula, None] = {}
    pending = [formula]
    while pending:
        node = pending.pop()
        match node:
            case Add(terms=parts) | Mul(factors=parts):
                pending += parts
            case Pow(base=inner):
                pending.append(inner)
            case Call(argument=argument):
                if argument != T and not argument.is_constant:
                    found[argument] = None
                pending.append(argument)
    return list(found)


def in_terms_of(formula: Formula, inner: Formula) -> Formula | None:
    """The formula as a formula of the inner one, or None if the variable occurs elsewhere."""
    if formula == inner:
        return T
    match formula:
        case Const():
            return formula
        case Add(terms=parts) | Mul(factors=parts):
            made = [in_terms_of(part, inner) for part in parts]
            kept = [part for part in made if part is not None]
            if len(kept) < len(made):
                return None
            return total(kept) if isinstance(formula, Add) else product(kept)
        case Pow(base=base, exponent=exponent):
            below = in_terms_of(base, inner)
            return None if below is None else power(below, exponent)
        case Call(name=name, argument=argument):
            below = in_terms_of(argument, inner)
            return None if below is None else call(name, below)
    return None


def factors_of(term: Formula) -> tuple[Formula, ...]:
    """The factors of a product; of any other formula, itself."""
    return term.factors if isinstance(term, Mul) else (term,)


def shared_exponential(terms: Sequence[Formula]) -> Formula | None:
    """A power of exp(h), which is positive, that is a factor of every term, or None."""
    for factor in factors_of(terms[0]):
        base = factor.base if isinstance(factor, Pow) else factor
        exponential = isinstance(base, Call) and base.name == "exp"
        if exponential and all(factor in factors_of(term) for term in terms):
            return factor
    return None
