"""The limit at infinity of a function that is given by a tree, for settings that speak of limits.

Functions: formula_of_tree, tends.

Design notes. "For each eps > 0 there is ..." is beyond samples and identities. A function of one
real number becomes a formula that holds from some number on, and the limit of that is decided.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.formula import Formula, T, evaluated
from symbolic_landscape.functions import Infinity
from symbolic_landscape.functions.limits import End
from symbolic_landscape.functions.signs import limit
from symbolic_landscape.functions.substitutions import rational_point
from symbolic_landscape.judge.comparisons import compared
from symbolic_landscape.judge.evaluation import NO_VALUE
from symbolic_landscape.judge.line import Cell, Line
from symbolic_landscape.judge.operations import REACHING, real
from symbolic_landscape.judge.places import Budget
from symbolic_landscape.judge.valuation import Valuation
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.verdict import Evidence, Verdict, fails, undecided

LATE = Cell(rational_point(10**6), None)
"""Where a function in pieces is one of them, if the pieces are of small numbers."""


def formula_of_tree(function: Any, instance: Instance, cell: Cell = LATE) -> Formula:
    """A formula for a function of one real number on the cell.

    Raises UnsettledError, DomainError, SmoothnessError: none is found.
    """
    line = Line("t", cell)
    found = real(Valuation(instance, Budget()).call(function, Scalar(line, T)))
    formula: Formula = line.raw(found)
    return formula


def tends(instance: Instance, values: tuple[Any, ...]) -> Verdict:
    """Whether f(t) tends to r as t tends to infinity; a decision about (f, r)."""
    function, target = values
    try:
        formula = formula_of_tree(function, instance)
        found = limit(formula, End.PLUS_INFINITY)
        if found is None:
            return undecided(f"the limit of {formula} is not known")
        if isinstance(found, Infinity):
            return fails(Evidence.EXACT, f"{formula} tends to {found}, not to {target}")
        value = evaluated(found, REACHING.constant(Fraction(0)), REACHING)
    except NO_VALUE as cause:
        return undecided(str(cause))
    verdict = compared("eq", value, target)
    return verdict.because(f"{formula} tends to {value}: {verdict.reason}")
