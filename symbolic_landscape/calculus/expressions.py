"""Loss, gradient and Hessian as shared expressions, and their SymPy form.

The layer formulas run on an engine whose elements are nodes of one shared graph, so that nothing is
expanded and every feature, slope and error occurs once, however often it is used. SymPy objects are
made from the nodes on request.

Objects: Graph, GraphEngine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.calculus.engines import Array, Engine
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Evaluation, Formula, Generic, Piece, to_sympy

if TYPE_CHECKING:
    import sympy

Node = int


class Graph:
    """Expressions that share their parts: node i is `nodes[i]`, a kind with earlier nodes."""

    def __init__(self) -> None:
        self.nodes: list[tuple[Any, ...]] = []
        self._places: dict[tuple[Any, ...], Node] = {}
        self._shown: dict[Node, Any] = {}
        self.zero = self.constant(Fraction(0))
        self.one = self.constant(Fraction(1))

    def _node(self, *parts: Any) -> Node:
        found = self._places.get(parts)
        if found is None:
            found = self._places[parts] = len(self.nodes)
            self.nodes.append(parts)
        return found

    def symbol(self, name: str) -> Node:
        """The node of a free symbol."""
        return self._node("symbol", name)

    def constant(self, value: Fraction | Scalar) -> Node:
        """The node of an exact number."""
        return self._node("constant", value)

    def add(self, a: Node, b: Node) -> Node:
        """A + b."""
        return self.total((a, b))

    def total(self, terms: Iterable[Node]) -> Node:
        """The sum of all terms, zeros left out."""
        kept = [term for term in terms if term != self.zero]
        if len(kept) < 2:
            return kept[0] if kept else self.zero
        return self._node("add", *kept)

    def multiply(self, a: Node, b: Node) -> Node:
        """A b, with 0 and 1 folded."""
        if a == self.one or b == self.zero:
            return b
        if b == self.one or a == self.zero:
            return a
        return self._node("multiply", a, b)

    def negative(self, a: Node) -> Node:
        """-a."""
        return self.multiply(self.constant(Fraction(-1)), a)

    def power(self, a: Node, exponent: int) -> Node:
        """A to an integer power."""
        if exponent == 1:
            return a
        return self._node("power", a, exponent)

    def exp(self, a: Node) -> Node:
        """The exponential of a."""
        return self._node("call", "exp", a)

    def log(self, a: Node) -> Node:
        """The natural logarithm."""
        return self._node("call", "log", a)

    def tanh(self, a: Node) -> Node:
        """The hyperbolic tangent."""
        return self._node("call", "tanh", a)

    def atan(self, a: Node) -> Node:
        """The arctangent."""
        return self._node("call", "atan", a)

    def sqrt(self, a: Node) -> Node:
        """The nonnegative root."""
        return self._node("call", "sqrt", a)

    def choose(self, a: Node, piece: Piece) -> Node:
        """Two formulas of a, joined at 0."""
        return self._node("formula", piece, a)

    def generic(self, a: Node, function: Generic) -> Node:
        """A function without values, as an atom."""
        return self._node("formula", function, a)

    def to_sympy(self, node: Node) -> sympy.Expr:
        """The SymPy expression of a node; every node is made once."""
        import sympy

        shown = self._shown
        pending = [node]
        while pending:
            current = pending[-1]
            if current in shown:
                pending.pop()
                continue
            missing = [part for part in self._parts(current) if part not in shown]
            if missing:
                pending += missing
                continue
            shown[current] = self._made(sympy, self.nodes[current])
            pending.pop()
        return shown[node]

    def _parts(self, node: Node) -> Sequence[Node]:
        kind, *rest = self.nodes[node]
        match kind:
            case "symbol" | "constant":
                return ()
            case "add" | "multiply":
                return rest
            case "power":
                return rest[:1]
            case _:
                return rest[1:]

    def _made(self, sympy: Any, parts: tuple[Any, ...]) -> Any:
        shown = self._shown
        match parts:
            case ("symbol", name):
                return sympy.Symbol(name)
            case ("constant", Fraction() as value):
                return sympy.Rational(value.numerator, value.denominator)
            case ("constant", value):
                return value.to_sympy()
            case ("add", *terms):
                return sympy.Add(*(shown[term] for term in terms))
            case ("multiply", a, b):
                return sympy.Mul(shown[a], shown[b])
            case ("power", a, exponent):
                # Left as it is for a sum: SymPy would ask first whether each part is infinite.
                return sympy.Pow(shown[a], exponent, evaluate=not shown[a].is_Add)
            case ("call", name, a):
                return getattr(sympy, name)(shown[a])
            case (_, formula, a):
                return to_sympy(formula, shown[a])


class GraphEngine(Engine):
    """Arrays of nodes of one graph; matrices are given as arrays already."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(QQ)
        self.graph = graph
        self.multiply = graph.multiply
        self.add = graph.add
        self.zero = graph.zero
        self.one = graph.one

    def array(self, matrix: Any) -> Array:
        """The array itself, or the constants of an exact matrix."""
        if isinstance(matrix, Array):
            return matrix
        height, width = matrix.shape
        entries = [self._leaf(value) for row in matrix.tolist() for value in row]
        return Array(height, width, entries)

    def _leaf(self, value: Scalar) -> Node:
        known = value.field.rational_value(value.raw)
        return self.graph.constant(value if known is None else known)

    def constant(self, value: Fraction, height: int, width: int) -> Array:
        """The array with one number everywhere."""
        return Array(height, width, [self.graph.constant(value)] * (height * width))

    def matrix(self, array: Array) -> Matrix:
        """Raises DomainError: nodes are expressions and lie in no field."""
        message = "expressions lie in no field: ask for their nodes"
        raise DomainError(message)

    def product(self, a: Array, b: Array) -> Array:
        """The matrix product, each entry one sum."""
        multiply, total = self.graph.multiply, self.graph.total
        columns = b.transposed().rows()
        entries = [total(map(multiply, row, column)) for row in a.rows() for column in columns]
        return Array(a.height, b.width, entries)

    def minus(self, a: Array, b: Array) -> Array:
        """The difference."""
        graph = self.graph
        entries = [
            graph.add(x, graph.negative(y)) for x, y in zip(a.entries, b.entries, strict=True)
        ]
        return Array(a.height, a.width, entries)

    def scaled(self, a: Array, factor: Fraction) -> Array:
        """The array times a rational number."""
        raw = self.graph.constant(factor)
        return Array(a.height, a.width, [self.multiply(raw, x) for x in a.entries])

    def total(self, a: Array) -> Array:
        """The sum of all entries (1, 1)."""
        return Array(1, 1, [self.graph.total(a.entries)])

    def evaluation(self, formulas: tuple[Formula, ...], a: Array) -> Callable[[int], Array]:
        """Formula number i at each node."""
        runs = [Evaluation(formulas, node, self.graph) for node in a.entries]
        return lambda i: Array(a.height, a.width, [run.value(i) for run in runs])
