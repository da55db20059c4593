"""Functions that premises set equal: everywhere, or at one number where their curves touch.

Function: companions.

Design notes. Two functions that are drawn are equal almost never, and where they are both are
constant; so a rule about equal functions would be met by those alone. Here the second is made of
the first: the same, or the first and a square that is 0, with its slope, where they are to touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any

from symbolic_landscape.judge.evaluation import NO_VALUE, Evaluation
from symbolic_landscape.judge.objects import Source, some_object
from symbolic_landscape.judge.places import Budget
from symbolic_landscape.judge.values import Function, Instance
from symbolic_landscape.statement.term import REAL, Term, apply, num, term, var

BUDGET = Budget(steps=2_000)


def companions(premises: Sequence[Term], instance: Instance, random: Random) -> Instance:
    """The instance, where two functions that a premise sets equal are so: for every x, or at x."""
    for premise in premises:
        everywhere = premise.head == "forall"
        found = _equated(premise.args[1] if everywhere else premise, instance)
        if found is None:
            continue
        f, g, x = found
        if everywhere and x is premise.args[0]:
            instance = instance.changed({g: instance.values[f]})
        elif not everywhere and x in instance.values and x.sort is REAL:
            with suppress(*NO_VALUE):
                instance = instance.changed({g: _touching(f, g, x, instance, random)})
    return instance


def _equated(t: Term, instance: Instance) -> tuple[Term, Term, Term] | None:
    """Two functions of the instance and the term at which an equation sets their values equal."""
    if t.head == "eq" and all(side.head == "apply" for side in t.args):
        (f, x), (g, y) = (side.args for side in t.args)
        drawn = all(isinstance(instance.values.get(v), Function) for v in (f, g))
        if drawn and f is not g and f.sort is g.sort and x is y:
            return f, g, x
    return None


def _touching(f: Term, g: Term, x: Term, instance: Instance, random: Random) -> Any:
    """A function that has at x the value and the slope of f."""
    evaluation = Evaluation(instance, None, BUDGET)
    codomain = g.sort.args[1]
    t, bend = var("t", REAL), var("bend", codomain)
    away = term("add", t, term("mul", num(-1), x))
    square = term("mul", away, away, bend)
    body = term("lam", t, term("add", apply(f, t), square))
    source = Source(
        lambda size: evaluation.integer(size, evaluation.root),
        lambda v: evaluation.value(v, evaluation.root),
        random,
        evaluation.largest,
    )
    known = {v: instance.values[v] for v in body.free if v is not bend}
    return Function(body, ((bend, some_object(codomain, source)), *known.items()))
