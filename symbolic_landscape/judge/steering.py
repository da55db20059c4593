"""Instances changed so that premises hold: ranks as asked, equations solved for one unknown.

Functions: steered.

Design notes. A random instance meets an equation of matrices almost never. An equation that is
affine in one variable (or in one member of a family) is solved for it, together with the equations
that hold already, and a random solution is taken. What is steered is judged like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.judge.evaluation import NO_VALUE, Evaluation
from symbolic_landscape.judge.matrices import gram, invertible, of_rank, symmetric
from symbolic_landscape.judge.operations import assembled
from symbolic_landscape.judge.places import Budget, Place
from symbolic_landscape.judge.solving import Solutions, solutions
from symbolic_landscape.judge.symbols import symbol
from symbolic_landscape.judge.values import Family, Instance
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, Term, num, term, zero

BUDGET = Budget(steps=6_000, bits=100_000, monomials=20_000, symbols=25)

KEPT = 0.8
"""How often a matrix that was made for a premise is not changed for a later one."""


@dataclass(frozen=True)
class Slot:
    """A number or matrix of an instance: a variable, or a family at an index."""

    variable: Term
    index: int | None = None

    def value(self, values: Mapping[Term, Any]) -> Any:
        """What stands there."""
        x = values[self.variable]
        return x if self.index is None else x.at(self.index)

    def filled(self, values: Mapping[Term, Any], value: Any) -> Any:
        """The value of the variable with another one there."""
        return value if self.index is None else values[self.variable].changed(self.index, value)


Atom = tuple[Term, Mapping[Term, int]]
"""A premise without "and" and "each", with the values of the indices that it stands under."""


def steered(premises: Sequence[Term], instance: Instance, random: Random | None = None) -> Instance:
    """The instance, changed so that more of the premises hold; often all of them do."""
    return _Steering(instance, random or Random("steered")).steered(premises)


class _Steering:
    def __init__(self, instance: Instance, random: Random) -> None:
        self.name, self.random = instance.name, random
        self.values: dict[Term, Any] = dict(instance.values)
        self.made: set[Slot] = set()
        self.evaluation = Evaluation(instance, None, BUDGET)

    def _changed(self, slot: Slot, value: Any) -> None:
        self.values[slot.variable] = slot.filled(self.values, value)
        self.made.add(slot)
        self.evaluation = Evaluation(Instance(self.name, self.values), None, BUDGET)

    def steered(self, premises: Sequence[Term]) -> Instance:
        """The instance after all premises were looked at, in order and once more backwards."""
        atoms = [a for p in premises for a in self._atoms(p, {})]
        for t, at in atoms:
            self._shaped(t, at)
        equations = [a for a in atoms if _is_equation(a[0])]
        for round_ in (equations, equations[::-1]):
            held: list[Atom] = []
            for atom in round_:
                if not self._holds(atom):
                    self._solve(atom, held)
                if self._holds(atom):
                    held.append(atom)
        return self.evaluation.instance

    # ---- premises --------------------------------------------------------------------------------
    def _place(self, at: Mapping[Term, int], around: Place | None = None) -> Place:
        around = self.evaluation.root if around is None else around
        return Place(at, around) if at else around

    def _atoms(self, t: Term, at: Mapping[Term, int]) -> Iterator[Atom]:
        if t.head == "and":
            for a in t.args:
                yield from self._atoms(a, at)
        elif t.head == "each":
            i, low, high, body = t.args
            try:
                span = self.evaluation.span(low, high, self._place(at))
            except NO_VALUE:
                return
            for k in span:
                yield from self._atoms(body, {**at, i: k})
        else:
            yield t, at

    def _holds(self, atom: Atom) -> bool:
        t, at = atom
        self.evaluation.left = BUDGET.steps
        return self.evaluation.decided(t, self._place(at)).is_holds

    def _slot(self, t: Term, at: Mapping[Term, int]) -> Slot | None:
        """The slot that a term is, if it is one."""
        if t in self.values and isinstance(self.values[t], Matrix | Scalar):
            return Slot(t)
        if t.head == "apply" and isinstance(self.values.get(t.args[0]), Family):
            try:
                k = self.evaluation.integer(t.args[1], self._place(at))
            except NO_VALUE:
                return None
            found = self.values[t.args[0]].table.get(k)
            return Slot(t.args[0], k) if isinstance(found, Matrix | Scalar) else None
        return None

    # ---- matrices of a kind ----------------------------------------------------------------------
    def _shaped(self, t: Term, at: Mapping[Term, int]) -> None:
        """A matrix of the rank, or the kind, that the premise asks for."""
        asked = _asked(t)
        slot = None if asked is None else self._slot(asked[0], at)
        if asked is None or slot is None or slot in self.made:
            return
        old = slot.value(self.values)
        if isinstance(old, Matrix) and 0 not in old.shape:
            made = self._made(asked[1], asked[2], old.shape, at)
            if made is not None:
                self._changed(slot, made)

    def _made(
        self, kind: str, rank: Term | None, shape: tuple[int, int], at: Mapping[Term, int]
    ) -> Matrix | None:
        if kind in KINDS:
            return KINDS[kind](shape[0], self.random) if shape[0] == shape[1] else None
        assert rank is not None
        try:
            r = self.evaluation.integer(rank, self._place(at))
        except NO_VALUE:
            return None
        most = min(shape)
        if kind == "less":
            r = self.random.randint(0, max(0, min(r - 1, most)))
        elif kind == "more":
            r = self.random.randint(min(max(r, 0), most), most)
        return of_rank(*shape, r, self.random) if 0 <= r <= most else None

    # ---- equations -------------------------------------------------------------------------------
    def _solve(self, atom: Atom, held: Sequence[Atom]) -> None:
        """Solves the equation, with those that hold, for one of the slots in it."""
        found = {self._slot(s, atom[1]) for s in subterms(atom[0])} - {None}
        slots = sorted((s for s in found if s is not None),
                       key=lambda s: (str(s.variable), s.index or 0))  # fmt: skip
        self.random.shuffle(slots)
        slots.sort(key=lambda s: s in self.made and self.random.random() < KEPT)
        for slot in slots:
            nonlinear = slot.index is None and degree(atom[0], slot.variable) > 1
            if not nonlinear and self._solved_for(slot, (*held, atom)):
                return

    def _solved_for(self, slot: Slot, atoms: Sequence[Atom]) -> bool:
        old = slot.value(self.values)
        rows, columns = old.shape if isinstance(old, Matrix) else (1, 1)
        names = [f"unknown_{k}" for k in range(rows * columns)]
        if not names or len(names) > BUDGET.symbols:
            return False
        symbols = [symbol(name) for name in names]
        unknown = _like(old, symbols)
        inside = Place({slot.variable: slot.filled(self.values, unknown)}, self.evaluation.root)
        self.evaluation.left = BUDGET.steps
        vanishing: list[Scalar] = []
        for t, at in atoms:
            vanishing += self.evaluation.vanishing(t, self._place(at, inside), names)
        try:
            found = solutions(vanishing, names)
        except NO_VALUE:
            return False
        if found is None or found.point is None:
            return False
        self._changed(slot, _like(old, self._some(found)[: rows * columns]))
        return True

    def _some(self, found: Solutions) -> Sequence[Scalar]:
        coefficients = [self.random.choice((0, 1, -1, 2)) for _ in range(found.dimension)]
        if found.dimension and not any(coefficients):
            coefficients[self.random.randrange(found.dimension)] = 1
        return found.at(coefficients)


def _like(old: Any, entries: Sequence[Scalar]) -> Any:
    """The entries as a matrix of the shape of the old one, or the one number."""
    if not isinstance(old, Matrix):
        return entries[0]
    rows, columns = old.shape
    return assembled([entries[i * columns : (i + 1) * columns] for i in range(rows)], columns)


KINDS: Mapping[str, Callable[[int, Random], Matrix]] = {
    "symmetric": symmetric,
    "psd": lambda size, random: gram(size, random.randint(0, size), random),
    "pd": lambda size, random: gram(size, size, random),
    "invertible": invertible,
}
"""Square matrices of which a predicate holds."""


def _is_equation(t: Term) -> bool:
    return t.head == "eq" and t.args[0].sort not in (INT, NAT) and (
        t.args[0].sort in NUMBERS or t.args[0].sort.head == "matrix"
    )  # fmt: skip


def _asked(t: Term) -> tuple[Term, str, Term | None] | None:
    """The term whose kind or rank a premise asks for: what of, which kind, which rank."""
    a = t.args
    if t.head == "pred" and str(t.name) in KINDS and len(a) == 1:
        return a[0], str(t.name), None
    if t.head == "not" and a[0].head == "eq":
        x, y = a[0].args
        if x.head == "det" and y is zero(y.sort):
            return x.args[0], "invertible", None
    if t.head not in ("eq", "le", "lt"):
        return None
    if a[0].head == "rank":
        kind = {"eq": "equal", "le": "less", "lt": "less"}[t.head]
        bound = a[1] if t.head != "le" else _add_one(a[1])
        return a[0].args[0], kind, bound
    if a[1].head == "rank":
        kind = {"eq": "equal", "le": "more", "lt": "more"}[t.head]
        bound = a[0] if t.head != "lt" else _add_one(a[0])
        return a[1].args[0], kind, bound
    return None


def _add_one(t: Term) -> Term:
    return term("add", t, num(1))


LINEAR = frozenset(("add", "eq", "tr", "hcat", "vcat", "entry", "trace", "sum", "build"))
"""Operations that are linear in all their arguments together."""


def degree(t: Term, v: Term) -> int:
    """A bound for the degree in a variable; 2 where there is none."""
    if v not in t.free:
        return 0
    if t is v:
        return 1
    if t.head in LINEAR:
        return max(degree(a, v) for a in t.args)
    if t.head in ("mul", "had"):
        return sum(degree(a, v) for a in t.args)
    return 2
