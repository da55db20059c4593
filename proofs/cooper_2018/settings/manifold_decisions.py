"""Section 2: what settles that a set is no submanifold, or whether it joins two points.

Decisions: no_submanifold, are_joined.

Design notes. All lines in a submanifold through one of its points lie in a space of its dimension.
The lines that are tried go along coordinates, so the first decision only ever refutes.
"""

from collections.abc import Iterator
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, RationalFunctions
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

STEP = RationalFunctions(("along a line",))


def no_submanifold(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where more lines lie in the set, through one of its points, than its dimension allows."""
    n, codimension, inside = arguments
    for point in _points(instance, n):
        if not inside(point).is_holds:
            continue
        lines = [k + 1 for k in range(n) if inside(_line(point, k)).is_holds]
        if len(lines) > n - codimension:
            said = f"it contains {_entries(point)} and {len(lines)} coordinate lines through it"
            return fails(Evidence.EXACT, f"{said}, which dimension {n - codimension} rules out")
    return undecided("no point with too many lines is known")


def are_joined(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the segment between two points lies in the set.

    FAILS where a coordinate is 0 nowhere in the set, and has both signs at the points.
    """
    inside, u, v = arguments
    ends = all_of(first=inside(u), second=inside(v))
    if not ends.is_holds:
        return ends
    if inside(_segment(u, v)).is_holds:
        return holds(Evidence.EXACT, "the segment between the points lies in the set")
    for k in range(u.shape[0]):
        signs = {u[k, 0].sign(), v[k, 0].sign()}
        if signs == {1, -1} and inside(_wall(u.shape[0], k)).is_fails:
            said = f"coordinate {k + 1} is 0 nowhere in the set, and has both signs at the points"
            return fails(Evidence.EXACT, said)
    return undecided("no coordinate keeps its sign in the set")


def _segment(u: Matrix, v: Matrix) -> Matrix:
    """The points of the line through both, by a free symbol."""
    t = STEP.generator(STEP.names[0])
    pairs = zip(u.tolist(), v.tolist(), strict=True)
    return STEP.matrix([[a + t * (b - a)] for (a,), (b,) in pairs])


def _wall(n: int, k: int) -> Matrix:
    """All points whose coordinate k is 0, by free symbols."""
    field = RationalFunctions(tuple(f"along {i + 1}" for i in range(n)))
    symbols = [field.generator(name) for name in field.names]
    return field.matrix([[x - x if i == k else x] for i, x in enumerate(symbols)])


def _points(instance: Any, n: int) -> Iterator[Matrix]:
    """The point 0, and the points that the instance has."""
    yield QQ.zeros(n, 1)
    for v, value in instance.values.items():
        if str(v.name) == "w" and value.shape == (n, 1):
            yield value


def _line(point: Matrix, k: int) -> Matrix:
    """The points of the line through the point along coordinate k, by a free symbol."""
    t = STEP.generator(STEP.names[0])
    rows = [[x + t if i == k else x + 0 * t] for i, (x,) in enumerate(point.tolist())]
    return STEP.matrix(rows)


def _entries(point: Matrix) -> str:
    return f"({', '.join(str(x) for (x,) in point.tolist())})"
