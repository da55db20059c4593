"""Section 3.1.1: two points of one piece of a core, and a number.

Notation: (M2, b2) is the second point, x the number, h how many layers of the piece are counted.
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.cooper_2021.settings.networks import NETWORK, M, b, point
from symbolic_landscape.statement.language import Expr, integer, like, real
from symbolic_landscape.statement.term import Term

M2, b2 = like("M2", M), like("b2", b)
x, h = real("x"), integer("h")


def pair(
    name: str, number: int, layers: int, moved: int, *rest: Any
) -> tuple[str, dict[Term, Any]]:
    """A point of a core, a second one with other parameters in one layer, and a number."""
    name, values = point(name, "t + t**3", *rest)
    families = []
    for family in (M, b):
        table = dict(values[family.term])
        table[moved] = table[moved] + matrix_of(
            [[1] * table[moved].shape[1]] * table[moved].shape[0], name
        )
        families.append(table)
    more: dict[Expr, Any] = {x: number, h: layers, M2: families[0], b2: families[1]}
    return name, {**values, **{v.term: value for v, value in more.items()}}


def pairs() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Pairs on a piece of the star locus and of the core, with the mean and with the sum."""
    zero = ([[0]], [0])
    return (
        pair("one sample, first layer moved", 2, 1, 1, [[1]], [[3]], ([[2]], [1]), zero, ([[0]], [3])),
        pair("two samples, sum 0", 3, 1, 1, [[0, 1]], [[2, -2]], ([[1]], [0]), zero, ([[0]], [0])),
        pair("one sample, depth 4, core", -1, 2, 1, [[1]], [[1], [2]], ([[1], [2]], [0, 1]),
             ([[0, 0]], [0]), zero, ([[0], [0]], [1, 2])),
        pair("the layer of 0 moved", 2, 1, 2, [[1]], [[3]], ([[2]], [1]), zero, ([[0]], [3])),
        pair("the last layer moved", 2, 1, 3, [[1]], [[3]], ([[2]], [1]), zero, ([[0]], [3])),
    )  # fmt: skip


PAIRS = NETWORK.extended(
    "two points of a network on n samples", variables=(M2, b2, x, h), instances=pairs
)
