"""The walk over a tree: a case for each head of a term."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from symbolic_landscape.statement.letters import Letters
from symbolic_landscape.statement.notation import Level, Notation
from symbolic_landscape.statement.printing import applications, formulas, matrices, sorts
from symbolic_landscape.statement.printing.marks import Marks, Shown
from symbolic_landscape.statement.printing.shapes import NEITHER, Known, parts
from symbolic_landscape.statement.term import Term


class Printer:
    """Prints the parts of one term; `letters` knows what is bound around them."""

    def __init__(self, t: Term, notation: Mapping[str, Notation], *, tex: bool) -> None:
        self.notation = notation
        self.marks = Marks(tex=tex)
        letters = {name: x.letter for name, x in notation.items()}
        self.letters = Letters(t, {name: x for name, x in letters.items() if x})

    def under(self, *bound: Term) -> Printer:
        """The printer inside a binder."""
        return self.writing(self.letters.under(*bound))

    def writing(self, letters: Letters) -> Printer:
        """The printer with these letters."""
        inner = copy(self)
        inner.letters = letters
        return inner

    def letter(self, v: Term) -> str:
        """How a name is shown."""
        return self.marks.pick(*self.letters[v])

    def held(self, t: Term, least: Level, known: Known = NEITHER) -> str:
        """A term in a place where it must hold together."""
        return self.marks.held(self.show(t, known), least)

    def index(self, t: Term) -> str:
        """A term as an index, a power or the end of a range."""
        return self.marks.close(self.held(t, Level.LOOSE))

    def show(self, t: Term, known: Known = NEITHER) -> Shown:
        """The term in print; `known` says what is known of its shape from around it."""
        inside = parts(t, known)
        match t.head:
            case "var" | "const" | "def" | "apply" | "pred":
                return applications.application(self, t)
            case "lam":
                return applications.function(self, t, known)
            case "upd":
                return applications.changed(self, inside)
            case "rec":
                return applications.recursion(self, t)
            case "deriv":
                return applications.derivative(self, *inside[0])
            case "grad":
                return applications.gradient(self, inside)
            case "map":
                f, a = (self.show(*x) for x in inside)
                return self.marks.called(f, [a.text])
            case "num" | "mul":
                return matrices.product(self, t, inside)
            case "add":
                return matrices.summed(self, t, inside)
            case "had":
                return matrices.hadamard(self, inside)
            case "recip":
                return matrices.reciprocal(self, t.args[0])
            case "tr":
                return matrices.raised(self, inside[0], self.marks.pick("ᵀ", r"^{\top}"))
            case "inv":
                return matrices.raised(self, inside[0], self.marks.pick("⁻¹", "^{-1}"))
            case "zeros" | "ones" | "eye":
                return matrices.constant(self, t, known)
            case "hcat" | "vcat":
                return matrices.blocks(self, t, known)
            case "entry":
                return matrices.entry(self, t)
            case "rank" | "det" | "trace":
                return matrices.number_of(self, t)
            case "sum":
                return matrices.total(self, t, known)
            case "build":
                return matrices.built(self, t)
            case "eq" | "le" | "lt":
                return formulas.related(self, [t])
            case "and" | "or":
                return formulas.joined(self, t)
            case "not":
                return formulas.negated(self, t.args[0])
            case "implies":
                return formulas.implied(self, t)
            case "each":
                return formulas.each(self, t)
            case "forall" | "exists":
                return formulas.quantified(self, t)
            case "int" | "nat" | "real" | "formula" | "matrix" | "fun":
                return Shown(sorts.as_set(self, t), Level.LOOSE)
        name = Shown(self.marks.words(t.head), Level.ATOM)
        return self.marks.called(name, [self.show(*x).text for x in inside])
