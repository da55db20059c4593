"""Values of functions as letters: what holds whatever exp, tanh, atan ... are.

Each value f(a) at an argument a of the field becomes a letter of its own, the same for equal
arguments, with f(-a) = -f(a) for tanh and atan and exp(-a) = 1 / exp(a). A polynomial in the
letters that is the zero polynomial is zero. The converse is not known, so a number counts as
nonzero only where balls show it. With free symbols t in the arguments, a zero polynomial is an
identity: it holds for all t at which the values exist.

Objects: AtomField. Functions: atom_field, values_needed, letters_needed, terms_needed.

Design notes. Division is by any polynomial other than 0: the user of the field makes sure that
all values exist at the point in question. The letters are allotted while a run goes on; their
number is limited from the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic import FractionField
from symbolic_landscape.arithmetic.generators import FreeSymbol, Generator
from symbolic_landscape.arithmetic.rational_functions import terms_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Add, Call, Formula, Mul, Piece, Pow, Shifted
from symbolic_landscape.functions.losses import CrossEntropy, Loss
from symbolic_landscape.functions.substitutions import polynomial_coefficients

if TYPE_CHECKING:
    import sympy

    from symbolic_landscape.networks import Network

MOST_ATOMS = 40
ODD = frozenset({"tanh", "atan"})


class Book:
    """Which value each letter stands for: its function and its argument."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, Any], int] = {}
        self.values: list[tuple[str, Any]] = []
        self.field: AtomField | None = None

    def place(self, function: str, argument: Any, key: Any) -> int:
        """The number of the letter for f(argument), a new one if there is none yet."""
        found = self.places.get((function, key))
        if found is None:
            found = self.places[function, key] = len(self.values)
            self.values.append((function, argument))
        return found

    def ball(self, place: int) -> flint.arb:
        """A ball for the value of a letter at flint's present precision."""
        function, argument = self.values[place]
        if self.field is None:
            message = "a letter has a value in its field only"
            raise DomainError(message)
        return getattr(self.field.enclosure(argument, flint.ctx.prec), function)()


@dataclass(frozen=True)
class Atom(Generator):
    """The letter for one value of a function."""

    place: int
    book: Book

    def ball(self) -> flint.arb:
        """A ball for the value. Raises DomainError if its argument has free symbols."""
        return self.book.ball(self.place)

    def to_sympy(self) -> sympy.Expr:
        """The letter as a symbol."""
        import sympy

        return sympy.Symbol(self.name)


class AtomField(FractionField):
    """The fractions in free symbols and in letters for values of functions."""

    decides_equality = False

    def __init__(self, symbols: Sequence[str], atoms: int) -> None:
        self.book = Book()
        letters = [Atom(f"f{i}", i, self.book) for i in range(atoms)]
        super().__init__([*map(FreeSymbol, symbols), *letters])
        self.book.field = self
        self.is_independent = False
        self.symbols = tuple(symbols)
        self.atoms = atoms

    def __reduce__(self) -> tuple[Any, ...]:
        return (AtomField, (self.symbols, self.atoms))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def name(self) -> str:
        """What the letters are, without listing them."""
        symbols = ", ".join(self.symbols)
        return f"Q({symbols + ', ' if symbols else ''}values of functions)"

    def sign(self, a: Any) -> int:
        """The sign at and near t = 0 for all symbols t. Raises DomainError if it is 0 there."""
        top, bottom = (self._without_symbols(part) for part in a)
        if top.is_zero() or bottom.is_zero():
            if a[0].is_zero():
                return 0
            message = f"the sign of {self.text(a)} is not known"
            raise DomainError(message)
        return super().sign(self.quotient(top, bottom))

    def _without_symbols(self, polynomial: Any) -> Any:
        count = len(self.symbols)
        terms = ((m, c) for m, c in terms_of(polynomial) if not any(m[:count]))
        return self.ring.from_dict(dict(terms))

    def inverse(self, a: Any) -> Any:
        """1/a, for any polynomial other than 0."""
        if a[0].is_zero():
            message = f"1/0 does not exist in {self.name}"
            raise DomainError(message)
        return (a[1], a[0]) if a[0].leading_coefficient() > 0 else (-a[1], -a[0])

    def exp(self, a: Any) -> Any:
        """The letter for e^a; 1/e^(-a) where a starts with a minus."""
        if a[0].is_zero():
            return self.constant(Fraction(1))
        if a[0].leading_coefficient() < 0:
            return self.inverse(self._letter("exp", self.negative(a)))
        return self._letter("exp", a)

    def log(self, a: Any) -> Any:
        """The letter for log a, 0 for log 1."""
        return self.constant(Fraction(0)) if a[0] == a[1] else self._letter("log", a)

    def tanh(self, a: Any) -> Any:
        """The letter for tanh a."""
        return self._letter("tanh", a)

    def atan(self, a: Any) -> Any:
        """The letter for atan a."""
        return self._letter("atan", a)

    def sqrt(self, a: Any) -> Any:
        """The letter for the root of a, a rational number where it is one."""
        try:
            return super().sqrt(a)
        except DomainError:
            return self._letter("sqrt", a)

    def _letter(self, function: str, a: Any) -> Any:
        if function in ODD:
            if a[0].is_zero():
                return self.constant(Fraction(0))
            if a[0].leading_coefficient() < 0:
                return self.negative(self._letter(function, self.negative(a)))
        place = self.book.place(function, a, self.portable(a))
        if place >= self.atoms:
            message = f"more than {self.atoms} values of functions were needed"
            raise DomainError(message)
        return (self.ring.gen(len(self.symbols) + place), self.one)


def values_needed(formula: Formula) -> int:
    """How many values of functions one value of a formula takes."""
    match formula:
        case Call(argument=argument):
            return 1 + values_needed(argument)
        case Add(terms=parts) | Mul(factors=parts):
            return sum(map(values_needed, parts))
        case Pow(base=base):
            return values_needed(base)
        case Piece(left=left, right=right) | Shifted(piece=Piece(left=left, right=right)):
            return max(values_needed(left), values_needed(right))
    return 0


def letters_needed(network: Network, loss: Loss) -> int:
    """How many values of functions the loss of one sample takes."""
    parts = [
        one.formula
        for layer in range(1, network.depth + 1)
        for one in network.unit_activations(layer)
    ]
    parts += [loss.formula] * network.outputs
    return sum(map(values_needed, parts)) + isinstance(loss, CrossEntropy)


def terms_needed(network: Network, weight_terms: int) -> int:
    """About how many terms a prediction has, as a polynomial in symbols and letters.

    `weight_terms` is how many terms each weight has; a value of a function is a letter.
    """
    terms = 1
    for layer in range(1, network.depth + 1):
        sums = (network.widths[layer - 1] * terms + 1) * weight_terms
        formulas = {one.formula for one in network.unit_activations(layer)}
        terms = max(_terms(formula, sums) for formula in formulas)
    return terms


def _terms(formula: Formula, sums: int) -> int:
    coefficients = polynomial_coefficients(formula)
    if coefficients is None:
        return 3
    degree = max(len(coefficients) - 1, 1)
    return comb(sums + degree, degree)


def atom_field(values: int, symbols: Sequence[str] = ()) -> AtomField:
    """A field with letters for so many values of functions, or for as many as are allowed.

    Equal values share a letter. The field raises DomainError when its letters run out.
    """
    return AtomField(symbols, max(min(values, MOST_ATOMS), 2))
