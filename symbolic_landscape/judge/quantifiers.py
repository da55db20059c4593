"""Quantifiers over numbers, matrices, families and functions: when they hold, when they fail.

Functions: for_all, exists.

"For all" HOLDS by an identity with free symbols, by the cells of the line on which nothing changes
its sign, by monotony of one function, or because nothing meets its condition. It FAILS at a value.
"Exists" HOLDS at a value, and FAILS where "for all not" holds in one of these ways.

Design notes. Affine equations among the conditions (or in the body of an `exists`) are solved, and
only their solutions are looked at: all other values make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar, shown
from symbolic_landscape.errors import DeclarationError, SmoothnessError
from symbolic_landscape.formula import Formula, T, derivative
from symbolic_landscape.functions import strictly_decreasing, strictly_increasing
from symbolic_landscape.judge.arbitrary import Arbitrary, Values
from symbolic_landscape.judge.line import WHOLE, Cell, Line, cells
from symbolic_landscape.judge.operations import real
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.solving import Solutions, solutions
from symbolic_landscape.judge.values import compact, described, formula_of
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.term import REAL, Term, substitute
from symbolic_landscape.verdict import Evidence, Outcome, Verdict, fails, holds, undecided

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

Check = Callable[[Values], Verdict]
"""The verdict on the body with these values of the variables."""

ROUNDS = 4
"""So often the line is cut at the zeros that were met on the cells."""

MOST_CELLS = 80


def for_all(
    owner: Evaluation,
    variables: Sequence[Term],
    place: Place,
    check: Check,
    given: Term | None = None,
) -> Verdict:
    """The verdict on "for all values"; only those that meet the condition given matter."""
    names = ", ".join(str(x.name) for x in variables)
    arbitrary = Arbitrary(owner, variables, place)
    found = _solved(owner, arbitrary, given)
    if found is not None and found.point is None:
        return holds(Evidence.EXACT, f"no {names} meets the equations of its condition")
    if arbitrary.everywhere is not None:
        verdict = check(arbitrary.everywhere if found is None else arbitrary.among(found))
        if verdict.is_holds:
            return holds(verdict.evidence, f"for every {names}: {verdict.reason}")
    if found is None and [x.args[0] for x in variables] == [REAL]:
        verdict = _on_cells(variables[0], arbitrary.names[0], check, Outcome.FAILS)
        if not verdict.is_undecided:
            return verdict
    tried, doubt = 0, ""
    for values in arbitrary.samples(found):
        verdict = check(values)
        if verdict.is_fails:
            said = fails(verdict.evidence, f"at {_text(values)}: {verdict.reason}")
            return said.giving(counterexample=_named(values))
        tried, doubt = tried + 1, doubt or (verdict.reason if verdict.is_undecided else "")
    why = f", and {doubt}" if doubt else ""
    return undecided(f"none of {tried} values of {names} refutes it, no identity shows it{why}")


def exists(
    owner: Evaluation, variables: Sequence[Term], place: Place, check: Check, body: Term
) -> Verdict:
    """The verdict on "there are values"."""
    names = ", ".join(str(x.name) for x in variables)
    arbitrary = Arbitrary(owner, variables, place)
    found = _solved(owner, arbitrary, body)
    if found is not None and found.point is None:
        return fails(Evidence.EXACT, f"no {names} meets the equations asked of it")
    simple = [x.args[0] for x in variables] == [REAL] and not _nested(body, variables[0])
    if found is None and simple:
        verdict = _on_cells(variables[0], arbitrary.names[0], check, Outcome.HOLDS)
        if not verdict.is_undecided:
            return verdict
    tried = 0
    for values in arbitrary.samples(found):
        verdict = check(values)
        if verdict.is_holds:
            said = holds(verdict.evidence, f"at {_text(values)}: {verdict.reason}")
            return said.giving(witness=_named(values))
        tried += 1
    if arbitrary.everywhere is not None:
        verdict = check(arbitrary.everywhere if found is None else arbitrary.among(found))
        if verdict.is_fails:
            return fails(verdict.evidence, f"for every {names}: {verdict.reason}")
    return undecided(f"none of {tried} values of {names} is a witness, and none is excluded")


def _solved(owner: Evaluation, arbitrary: Arbitrary, given: Term | None) -> Solutions | None:
    """All values that meet the affine ones among the equations of a formula, if there are any."""
    if arbitrary.everywhere is None or given is None:
        return None
    names: list[str] = []
    vanishing = owner.vanishing(given, Place(arbitrary.everywhere, arbitrary.place), names)
    arbitrary.solved = len(arbitrary.names)
    return solutions(vanishing, (*arbitrary.names, *names))


def _named(values: Values) -> dict[str, Any]:
    return {str(x.name): y for x, y in values.items()}


def _text(values: Values) -> str:
    return ", ".join(f"{x} = {_value_text(y)}" for x, y in values.items())


def _value_text(value: Any) -> str:
    if isinstance(value, Matrix | Scalar | int):
        return shown(value)
    try:
        return shown(compact(described(value)))
    except DeclarationError:
        return "a family"


# ---- one real variable ---------------------------------------------------------------------------
def _on_cells(x: Term, name: str, check: Check, wanted: Outcome) -> Verdict:
    """FAILS (or HOLDS) at one cell of the line settles it where that is wanted, else all cells do.

    Between two neighbouring zeros of all functions that are met, no comparison changes.
    """
    cuts: list[Any] = []
    parts: Sequence[Cell] | None = (WHOLE,)
    for _ in range(ROUNDS):
        known = len(cuts)
        verdicts: list[tuple[Cell, Verdict]] = []
        for cell in parts or ():
            verdict = check({x: _point_of(name, cell, cuts)})
            verdicts.append((cell, verdict))
            if verdict.outcome is wanted:
                return _at_cell(x, cell, verdict)
        if all(not v.is_undecided for _, v in verdicts):
            said = "; ".join(v.reason for _, v in verdicts[:3])
            least = min(verdicts, key=lambda cv: cv[1].evidence)[1]
            return Verdict(least.outcome, least.evidence, f"for every {x}: {said}")
        parts = cells(cuts)
        if len(cuts) == known or parts is None or len(parts) > MOST_CELLS:
            break
    return undecided(f"the line of {x} is not settled cell by cell")


def _nested(t: Term, x: Term) -> bool:
    """Whether a quantifier inside speaks of x; then cells of x seldom settle it."""
    inside = (s for s in subterms(t) if s.head in ("forall", "exists"))
    return any(x in s.free for s in inside)


def _point_of(name: str, cell: Cell, cuts: list[Any]) -> Scalar:
    """A number that stands for all points of the cell."""
    if cell.is_point:
        value = cell.rational()
        if value is not None:
            return QQ.scalar(value)
    return Scalar(Line(name, cell, cuts), T)


def _at_cell(x: Term, cell: Cell, verdict: Verdict) -> Verdict:
    """The verdict with a point of the cell as the value, where one is known to be rational."""
    value = cell.rational()
    if value is None:
        return Verdict(verdict.outcome, verdict.evidence, f"at {cell}: {verdict.reason}")
    key = "witness" if verdict.is_holds else "counterexample"
    data = {key: {str(x.name): QQ.scalar(value)}}
    reason = f"at {x} = {value}: {verdict.reason}"
    return Verdict(verdict.outcome, verdict.evidence, reason, data)


def monotone(owner: Evaluation, s: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "s < t gives f(s) < f(t)" for all s and t, or on f(s) > f(t), <= and >=.

    None where the formula is of another form.
    """
    if s.args[0] is not REAL or body.head != "forall" or body.args[0].args[0] is not REAL:
        return None
    t, inner = body.args
    if inner.head != "implies" or inner.args[0].head != "lt" or inner.args[0].args != (s, t):
        return None
    then = inner.args[1]
    if then.head not in ("lt", "le"):
        return None
    left, right = then.args
    rising = t not in left.free and substitute(left, {s: t}) is right
    falling = s not in left.free and substitute(right, {s: t}) is left
    if not rising and not falling:
        return None
    formula = _formula(owner, left if rising else right, s, place)
    if formula is None:
        return None
    strict = (strictly_increasing if rising else strictly_decreasing)(formula)
    if strict.is_holds or then.head == "lt":
        return Verdict(strict.outcome, strict.evidence, f"{formula}: {strict.reason}")
    try:
        slope = Line("t").signs(derivative(formula))
    except SmoothnessError:
        return None
    if slope is not None and slope <= ({0, 1} if rising else {0, -1}):
        return holds(Evidence.EXACT, f"the derivative of {formula} has one sign")
    return None


def injective(owner: Evaluation, s: Term, body: Term, place: Place) -> Verdict | None:
    """HOLDS on "f(s) = f(t) gives s = t" for all s and t where f is strictly monotone.

    None where the formula is of another form, or f is not known to be monotone.
    """
    if s.args[0] is not REAL or body.head != "forall" or body.args[0].args[0] is not REAL:
        return None
    t, inner = body.args
    if inner.head != "implies" or inner.args[0].head != "eq" or inner.args[1].head != "eq":
        return None
    left, right = inner.args[0].args
    if set(inner.args[1].args) != {s, t}:
        return None
    left, right = (left, right) if s in left.free else (right, left)
    if t in left.free or substitute(left, {s: t}) is not right:
        return None
    formula = _formula(owner, left, s, place)
    if formula is None:
        return None
    for strict in (strictly_increasing, strictly_decreasing):
        verdict = strict(formula)
        if verdict.is_holds:
            return holds(verdict.evidence, f"{formula}: {verdict.reason}")
    return None


def _formula(owner: Evaluation, t: Term, x: Term, place: Place) -> Formula | None:
    """The term as a formula in x, or None where it is found to be none."""
    if t.head == "apply" and t.args[1] is x and x not in t.args[0].free:
        given = formula_of(owner.value(t.args[0], place))
        if given is not None:
            return given
    line = Line(owner.fresh("t", 1)[0])
    found = real(owner.value(t, Place({x: Scalar(line, T)}, place)))
    formula = line.raw(found)
    return formula if isinstance(formula, Formula) else None
