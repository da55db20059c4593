"""The value of a term on an instance, exactly.

Each part is evaluated once for the bound names that occur in it. A function stays a function until
it is applied; derivatives and gradients are those of the tree, by infinitesimals.

Objects: Valuation.

Design notes. Values are kept in the place of their names, and evaluations may share the places of
instances: see `places` for what a value costs then. What has no value that is known (an entry of a
family beyond its range, 1/0, the derivative at a corner) raises, and a decision answers UNDECIDED.
So does what needs more steps, entries or bits than the budget grants: no evaluation runs on for
ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.errors import DeclarationError, ShapeError, SmoothnessError
from symbolic_landscape.formula import T, call, derivative
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.judge.infinitesimals import moved, moved_matrix, part, part_of_matrix
from symbolic_landscape.judge.operations import (
    assembled,
    determinant_of,
    equal_fields,
    formula_of_matrix,
    image,
    image_of_matrix,
    inverse_of,
    product,
    rank_of,
    real,
    reciprocal,
    size_of,
    total,
)
from symbolic_landscape.judge.places import (
    Budget,
    Closure,
    Cost,
    Lazy,
    Place,
    Recursion,
    Slope,
    Updated,
)
from symbolic_landscape.judge.symbols import is_symbolic
from symbolic_landscape.judge.values import Family, Function, Instance, UnsettledError, formula_of
from symbolic_landscape.statement.term import NUMBERS, REAL, Term

CONSTANTS: Mapping[str, Activation] = {
    name: Activation.of(call(name, T)) for name in ("exp", "log", "tanh", "atan", "sqrt")
}
"""Fixed functions by name."""


class Valuation:
    """The values of terms on one instance; `root` is a place that has the values of the instance.

    Values that are kept there must have been made under the same budget.
    """

    def __init__(self, instance: Instance, budget: Budget, root: Place | None = None) -> None:
        self.instance, self.budget = instance, budget
        self.root = Place(instance.values) if root is None else root
        self.left, self._level = budget.steps, 0
        self._cost, self._paid = Cost(), set[Cost]()

    def value(self, t: Term, place: Place | None = None) -> Any:
        """The value of the term.

        Raises UnsettledError, DomainError, ShapeError, SmoothnessError: it has none that is known.
        Raises DeclarationError: a value of the instance does not fit the sort of its variable.
        """
        place = self._place(t, self.root if place is None else place)
        found = place.known.get(t)
        if found is not None:
            self._pay(found[1])
            return found[0]
        around = self._begun()
        try:
            x = self._new(t, place)
        finally:
            cost = self._ended(around)
        place.known[t] = x, cost
        return x

    def _new(self, t: Term, place: Place) -> Any:
        self.spend(1)
        if t.head not in OPERATIONS:
            message = f"{t.head} is no operation that has a value"
            raise UnsettledError(message)
        x = OPERATIONS[t.head](self, t, place)
        return QQ.scalar(x) if t.sort is REAL and isinstance(x, int) else x

    # ---- costs -----------------------------------------------------------------------------------
    def spend(self, steps: int) -> None:
        """Takes steps from the budget. Raises UnsettledError where it is used up."""
        self._cost.own += steps
        self.left -= steps
        if self.left < 0:
            raise UnsettledError(self.exhausted)

    @property
    def exhausted(self) -> str:
        """What is said where the budget is used up."""
        return f"the evaluation takes more than {self.budget.steps} steps"

    def _begun(self) -> Cost:
        """From here on what is spent is the cost of one value; gives that of the value around."""
        around, self._cost = self._cost, Cost()
        return around

    def _ended(self, around: Cost) -> Cost:
        """The cost of the value that was begun, which is a part of that around it."""
        cost, self._cost = self._cost, around
        around.parts.append(cost)
        self._paid.add(cost)
        return cost

    def _pay(self, cost: Cost) -> None:
        """Takes from the budget what a value cost, unless this decision has paid for it."""
        if self._cost.parts[-1:] != [cost]:
            self._cost.parts.append(cost)
        todo = [cost]
        while todo:
            one = todo.pop()
            if one not in self._paid:
                self._paid.add(one)
                self.left -= one.own
                todo += one.parts
        if self.left < 0:
            raise UnsettledError(self.exhausted)

    @staticmethod
    def _place(t: Term, place: Place) -> Place:
        """The outermost place that has all that is free in the term."""
        while place.parent is not None and place.values.keys().isdisjoint(t.free):
            place = place.parent
        return place

    # ---- parts -----------------------------------------------------------------------------------
    def integer(self, t: Term, place: Place) -> int:
        """The value of an integer term. Raises UnsettledError where it is a free symbol."""
        k = self.value(t, place)
        if not isinstance(k, int):
            message = f"{t!r} is {k}, where an integer is needed"
            raise UnsettledError(message)
        return k

    def shape(self, sort: Term, place: Place) -> tuple[int, int]:
        """The shape of a sort of matrices; UnsettledError where it is negative or too large."""
        rows, columns = (self.integer(size, place) for size in sort.args)
        if min(rows, columns) < 0:
            message = f"there is no matrix of shape {rows} x {columns}"
            raise UnsettledError(message)
        self._need_room(rows * columns)
        return rows, columns

    def _need_room(self, entries: int) -> None:
        if entries > self.budget.entries:
            message = f"a matrix with {entries} entries is larger than {self.budget.entries}"
            raise UnsettledError(message)

    def span(self, low: Term, high: Term, place: Place) -> range:
        """The integers from low to high, each of which costs a step."""
        indices = range(self.integer(low, place), self.integer(high, place) + 1)
        self.spend(len(indices))
        return indices

    def _matrix(self, t: Term, place: Place) -> Matrix:
        x = self.value(t, place)
        if isinstance(x, Matrix):
            return x
        message = f"{t!r} needs a matrix as its value, got {type(x).__name__}"
        raise ShapeError(message)

    def _bounded(self, x: Any) -> Any:
        if size_of(x) > self.budget.bits:
            message = f"numbers grow beyond {self.budget.bits} bits"
            raise UnsettledError(message)
        return x

    # ---- functions -------------------------------------------------------------------------------
    def call(self, f: Any, x: Any) -> Any:
        """The value of a function at a value."""
        self.spend(1)
        match f:
            case Activation() | ScalarLoss():
                return self._bounded(image(f.formula, x))
            case Family() | Lazy():
                return f.at(_index(x))
            case Closure(term=t, place=place):
                return self.value(t.args[1], Place({t.args[0]: x}, place))
            case Updated(function=inner, index=index, value=value):
                return value if _index(x) == index else self.call(inner, x)
            case Recursion():
                return self._recursive(f, _index(x))
            case Slope(function=inner):
                return self._slope(inner, real(x))
            case Function(term=t, values=values):
                return self.call(self.value(t, Place(dict(values))), x)
        message = f"{f!r} is no function"
        raise UnsettledError(message)

    def _recursive(self, f: Recursion, index: int) -> Any:
        i, previous, _, _, body = f.term.args
        sign = 1 if f.term.name == "up" else -1
        steps = sign * (index - f.start)
        if steps < 0:
            message = f"a recursion that starts at {f.start} is asked for its value at {index}"
            raise UnsettledError(message)
        for cost in f.costs[: steps + 1]:
            self._pay(cost)
        if steps - len(f.known) > self.left:
            self.spend(steps)
        while len(f.known) <= steps:
            at = {i: f.start + sign * len(f.known), previous: f.known[-1]}
            around = self._begun()
            try:
                self.spend(1)
                value = self.value(body, Place(at, f.place))
            finally:
                cost = self._ended(around)
            f.known.append(value)
            f.costs.append(cost)
        return f.known[steps]

    def _inside(self, f: Any, x: Callable[[int], Any]) -> tuple[int, Any]:
        """A new level of infinitesimals, and the function at a value that moves on it."""
        self._level += 1
        try:
            return self._level, self.call(f, x(self._level))
        finally:
            self._level -= 1

    def _slope(self, f: Any, x: Scalar) -> Any:
        level, y = self._inside(f, lambda level: moved(x, level))
        return part_of_matrix(y, level) if isinstance(y, Matrix) else part(real(y), level)

    def _deriv(self, t: Term, place: Place) -> Any:
        f = self.value(t.args[0], place)
        formula = formula_of(f)
        if formula is not None:
            try:
                return Activation.of(derivative(formula))
            except SmoothnessError:
                pass
        return Slope(f)

    def _grad(self, t: Term, place: Place) -> Matrix:
        f, a = self.value(t.args[0], place), self._matrix(t.args[1], place)
        level, y = self._inside(f, lambda level: moved_matrix(a, level))
        rows, columns = a.shape
        places = [[part(real(y), level, i * columns + j) for j in range(columns)]
                  for i in range(rows)]  # fmt: skip
        return assembled(places, columns)

    def _apply(self, t: Term, place: Place) -> Any:
        f, a = self.value(t.args[0], place), self.value(t.args[1], place)
        x = self.call(f, a)
        if isinstance(f, Family) and isinstance(x, Matrix):
            self._need_fit(t, x, self.shape(t.sort, place))
        return x

    def _map(self, t: Term, place: Place) -> Matrix:
        f, a = self.value(t.args[0], place), self._matrix(t.args[1], place)
        formula = formula_of(f)
        self.spend(a.shape[0] * a.shape[1])
        if formula is not None:
            made = formula_of_matrix(formula, a)
        else:
            made = image_of_matrix(lambda x: self.call(f, x), a)
        return self._bounded(made)  # type: ignore[no-any-return]

    def _upd(self, t: Term, place: Place) -> Any:
        f, k = self.value(t.args[0], place), self.integer(t.args[1], place)
        x = self.value(t.args[2], place)
        return f.changed(k, x) if isinstance(f, Family) else Updated(f, k, x)

    def _rec(self, t: Term, place: Place) -> Recursion:
        start, base = self.integer(t.args[2], place), self.value(t.args[3], place)
        return Recursion(t, place, start, [base])

    def _def(self, t: Term, place: Place) -> Any:
        body, inner = self.unfolded(t, place)
        return self.value(body, inner)

    def unfolded(self, t: Term, place: Place) -> tuple[Term, Place]:
        """The body of an abbreviation, and the place where its parameters have their values."""
        f, arguments = t.args[0], t.args[1:]
        values: dict[Term, Any] = {}
        for a in arguments:
            if f.head != "lam":
                message = f"{t.name} is given more arguments than it has parameters"
                raise UnsettledError(message)
            values[f.args[0]] = self.value(a, place)
            f = f.args[1]
        return f, Place(values, place)

    # ---- numbers and matrices --------------------------------------------------------------------
    def _variable(self, t: Term, place: Place) -> Any:
        found = place.holder(t)
        given = self.root.holder(t) is found
        if found is None or (given and t not in self.instance.values):
            message = f"the instance has no value for {t}"
            raise UnsettledError(message)
        x = found.values[t]
        if given and isinstance(x, Matrix):
            self._need_fit(t, x, self.shape(t.sort, place))
        return x

    def _need_fit(self, t: Term, x: Matrix, shape: tuple[int, int]) -> None:
        if x.shape != shape:
            message = (
                f"instance {self.instance.name}: {t!r} is a {shape[0]} x {shape[1]} matrix, "
                f"got one of shape {x.shape}"
            )
            raise DeclarationError(message)

    def _const(self, t: Term, place: Place) -> Any:
        holder = place.holder(t)
        found = CONSTANTS.get(str(t.name)) if holder is None else holder.values[t]
        if found is None:
            message = f"there is no value for the constant {t}"
            raise UnsettledError(message)
        return found

    def _num(self, t: Term, _: Place) -> Any:
        assert isinstance(t.name, Fraction)
        return QQ.scalar(t.name) if t.sort is REAL else int(t.name)

    def _add(self, t: Term, place: Place) -> Any:
        return self._bounded(total([self.value(a, place) for a in t.args]))

    def _mul(self, t: Term, place: Place) -> Any:
        values = [self.value(a, place) for a in t.args]
        x = values[0]
        for y in values[1:]:
            self._need_product(x, y)
            x = self._bounded(product((x, y)))
        return x

    def _need_product(self, x: Any, y: Any) -> None:
        """Refuses products of polynomials, and matrices, that are too large."""
        if isinstance(x, Matrix) and isinstance(y, Matrix):
            self._need_room(x.shape[0] * y.shape[1])
        self._need_monomials(x, y)

    def _need_monomials(self, x: Any, y: Any) -> None:
        if any(not isinstance(z, int) and is_symbolic(z) for z in (x, y)):
            pairs = (size_of(x) // 64 + 1) * (size_of(y) // 64 + 1)
            if pairs > self.budget.monomials:
                message = "a product of polynomials in free symbols is too large"
                raise UnsettledError(message)

    def _had(self, t: Term, place: Place) -> Matrix:
        made, *rest = (self._matrix(x, place) for x in t.args)
        for factor in rest:
            a, b = equal_fields(made, factor)
            self._need_monomials(a, b)
            made = self._bounded(a.hadamard(b))
        return made

    def _block(self, t: Term, place: Place) -> Matrix:
        a, b = equal_fields(*(self._matrix(x, place) for x in t.args))
        self._need_room(a.shape[0] * a.shape[1] + b.shape[0] * b.shape[1])
        return a.hstack(b) if t.head == "hcat" else a.vstack(b)  # type: ignore[no-any-return]

    def _filled(self, t: Term, place: Place) -> Matrix:
        if t.head == "eye":
            return QQ.identity(self.shape(t.sort, place)[0])
        return (QQ.zeros if t.head == "zeros" else QQ.ones)(*self.shape(t.sort, place))

    def _entry(self, t: Term, place: Place) -> Scalar:
        a = self._matrix(t.args[0], place)
        i, j = (self.integer(k, place) for k in t.args[1:])
        inside = 1 <= i <= a.shape[0] and 1 <= j <= a.shape[1]
        return a[i - 1, j - 1] if inside else QQ.scalar(0)

    def _det(self, t: Term, place: Place) -> Scalar:
        return determinant_of(self._judged(t, place))

    def _inv(self, t: Term, place: Place) -> Matrix:
        return self._bounded(inverse_of(self._judged(t, place)))  # type: ignore[no-any-return]

    def _judged(self, t: Term, place: Place) -> Matrix:
        """A square matrix, small where it has free symbols."""
        a = self._matrix(t.args[0], place)
        if is_symbolic(a) and a.shape[0] > self.budget.order:
            message = f"{t.head} of a matrix of shape {a.shape} with free symbols is not taken"
            raise UnsettledError(message)
        return a

    def _sum(self, t: Term, place: Place) -> Any:
        i, low, high, body = t.args
        values = [self.value(body, Place({i: k}, place)) for k in self.span(low, high, place)]
        if values:
            return self._bounded(total(values))
        return 0 if t.sort in NUMBERS else QQ.zeros(*self.shape(t.sort, place))

    def _build(self, t: Term, place: Place) -> Matrix:
        i, j, _, _, body = t.args
        rows, columns = self.shape(t.sort, place)
        self.spend(rows * columns)
        made = [[self.value(body, Place({i: a, j: b}, place)) for b in range(1, columns + 1)]
                for a in range(1, rows + 1)]  # fmt: skip
        return assembled(made, columns)


def _index(x: Any) -> int:
    if isinstance(x, int):
        return x
    message = f"a family is asked for its value at {x}, which is no known integer"
    raise UnsettledError(message)


OPERATIONS: Mapping[str, Callable[[Any, Term, Place], Any]] = {
    "var": Valuation._variable,
    "const": Valuation._const,
    "num": Valuation._num,
    "add": Valuation._add,
    "mul": Valuation._mul,
    "tr": lambda self, t, place: self._matrix(t.args[0], place).T,
    "inv": Valuation._inv,
    "zeros": Valuation._filled,
    "ones": Valuation._filled,
    "eye": Valuation._filled,
    "had": Valuation._had,
    "map": Valuation._map,
    "hcat": Valuation._block,
    "vcat": Valuation._block,
    "entry": Valuation._entry,
    "trace": lambda self, t, place: self._matrix(t.args[0], place).trace(),
    "det": Valuation._det,
    "rank": lambda self, t, place: rank_of(self._matrix(t.args[0], place)),
    "recip": lambda self, t, place: reciprocal(self.value(t.args[0], place)),
    "build": Valuation._build,
    "sum": Valuation._sum,
    "lam": lambda self, t, place: Closure(t, place),
    "apply": Valuation._apply,
    "upd": Valuation._upd,
    "rec": Valuation._rec,
    "def": Valuation._def,
    "deriv": Valuation._deriv,
    "grad": Valuation._grad,
}
"""The operation of each head that has a value."""
