"""A function of vectors at a point: its minima, its valleys, and examples.

Notation: phi is the function, L in the paper; y is the point; x1 and x2 are the coordinates.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.cooper_2021.settings import function_decisions
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.sets import (
    connected,
    linked,
    stays_above,
    strict_sublevel,
    sublevel,
)
from symbolic_landscape.proofs.rules.vectors import least_near, strictly_least_near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    integer,
    like,
    matrix,
    natural,
    real,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Case = tuple[str, dict[Term, Any]]
"""A name and values of the variables."""

q, i, j = natural("q"), integer("i"), integer("j")
top, place = integer("top"), integer("place")
r, a, s, t = real("r"), real("a"), real("s"), real("t")
y = matrix("y", q, 1)
phi = function("phi", y, r)
other, w, z = like("other", y), like("w", y), like("z", y)

local_minimum_ = define(
    "local minimum",
    (q, phi, y),
    least_near(phi, y, other),
    text="{2} in ℝ^{0} is a local minimum of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is a local minimum of }} {1}",
)
strict_ = define(
    "strict local minimum",
    (q, phi, y),
    strictly_least_near(phi, y, other),
    text="{2} in ℝ^{0} is a strict local minimum of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is a strict local minimum of }} {1}",
)
alone_ = define(
    "alone",
    (q, phi, y, r),
    every(other, both(close(other, y, r), other != y) >> ~local_minimum_(q, phi, other)),
    text="there is no other local minimum of {1} within {3} of {2} in ℝ^{0}",
    latex=r"\text{{there is no other local minimum of }} {1} \text{{ within }} {3} \text{{ of }} {2} \in \mathbb{{R}}^{0}",
)
isolated_ = define(
    "isolated local minimum",
    (q, phi, y),
    both(local_minimum_(q, phi, y), exists(r, both(r > 0, alone_(q, phi, y, r)))),
    text="{2} in ℝ^{0} is an isolated local minimum of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is an isolated local minimum of }} {1}",
)
not_global_ = define(
    "not a global minimum",
    (q, phi, y),
    exists(other, phi(other) < phi(y)),
    text="{2} in ℝ^{0} is no global minimum of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is no global minimum of }} {1}",
)
in_spurious_valley_ = define(
    "in a spurious valley",
    (q, phi, y),
    exists(a, both(phi(y) <= a, stays_above(q, phi, sublevel(phi, a, w), y))),
    text="{2} in ℝ^{0} is in a spurious valley of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is in a spurious valley of }} {1}",
)
in_bad_valley_ = define(
    "in a bad local valley",
    (q, phi, y),
    exists(a, both(phi(y) < a, stays_above(q, phi, strict_sublevel(phi, a, w), y))),
    text="{2} in ℝ^{0} is in a bad local valley of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is in a bad local valley of }} {1}",
)
spurious_valley_ = define(
    "spurious valley",
    (q, phi),
    exists(z, in_spurious_valley_(q, phi, z)),
    text="{1} on ℝ^{0} has a spurious valley",
    latex=r"{1} \text{{ on }} \mathbb{{R}}^{0} \text{{ has a spurious valley}}",
)
connected_sublevels_ = define(
    "connected sublevel sets",
    (q, phi),
    every(a, connected(sublevel(phi, a, w))),
    text="the sublevel sets of {1} on ℝ^{0} are connected",
    latex=r"\text{{the sublevel sets of }} {1} \text{{ on }} \mathbb{{R}}^{0} \text{{ are connected}}",
)
none_strict_ = define(
    "no strict minimum but global ones",
    (q, phi),
    every(z, not_global_(q, phi, z) >> ~strict_(q, phi, z)),
    text="{1} on ℝ^{0} has no strict local minima but global ones",
    latex=r"{1} \text{{ on }} \mathbb{{R}}^{0} \text{{ has no strict local minima but global ones}}",
)
none_isolated_ = define(
    "no isolated minimum but global ones",
    (q, phi),
    every(z, not_global_(q, phi, z) >> ~isolated_(q, phi, z)),
    text="{1} on ℝ^{0} has no isolated local minima but global ones",
    latex=r"{1} \text{{ on }} \mathbb{{R}}^{0} \text{{ has no isolated local minima but global ones}}",
)


def unit(i: Any, size: Any) -> Expr:
    """The vector of this size with its 1 at i."""
    return entries(top, place, size, 1, identity_matrix(size)[top, i])


partial_ = define(
    "partial derivative",
    (q, phi, y, i),
    derivative(fn(t, phi(y + t * unit(i, q))))(0),
    text="d{1}/dx_{3} at {2} in ℝ^{0}",
    latex=r"\frac{{\partial {1}}}{{\partial x_{3}}}({2} \in \mathbb{{R}}^{0})",
)
critical_ = define(
    "critical point",
    (q, phi, y),
    each(i, 1, q, partial_(q, phi, y, i) == 0),
    text="{2} in ℝ^{0} is a critical point of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is a critical point of }} {1}",
)
isolated_critical_ = define(
    "isolated critical point",
    (q, phi, y),
    both(
        critical_(q, phi, y),
        exists(
            r,
            both(
                r > 0,
                every(other, both(close(other, y, r), other != y) >> ~critical_(q, phi, other)),
            ),
        ),
    ),
    text="{2} in ℝ^{0} is an isolated critical point of {1}",
    latex=r"{2} \in \mathbb{{R}}^{0} \text{{ is an isolated critical point of }} {1}",
)
second_partial_ = define(
    "second partial derivative",
    (q, phi, y, i, j),
    derivative(fn(s, partial_(q, phi, y + s * unit(j, q), i)))(0),
    text="d2{1}/dx_{3} dx_{4} at {2} in ℝ^{0}",
    latex=r"\frac{{\partial^2 {1}}}{{\partial x_{3} \partial x_{4}}}({2} \in \mathbb{{R}}^{0})",
)
hessian_ = define(
    "Hessian",
    (q, phi, y),
    entries(i, j, q, q, second_partial_(q, phi, y, i, j)),
    text="Hess({1}, {2} in ℝ^{0})",
    latex=r"\mathrm{{Hess}}({1})({2} \in \mathbb{{R}}^{0})",
)
DEFINITIONS = (
    partial_,
    critical_,
    isolated_critical_,
    second_partial_,
    hessian_,
    local_minimum_,
    strict_,
    alone_,
    isolated_,
    not_global_,
    in_spurious_valley_,
    in_bad_valley_,
    linked,
    spurious_valley_,
    connected_sublevels_,
    none_strict_,
    none_isolated_,
)
DECISIONS = {
    "isolated critical point": function_decisions.isolated_critical,
    "not a global minimum": function_decisions.takes_less,
    "isolated local minimum": function_decisions.isolated,
    "in a spurious valley": function_decisions.in_a_valley,
    "in a bad local valley": function_decisions.in_a_valley,
    "spurious valley": function_decisions.has_a_valley,
    "connected sublevel sets": function_decisions.sublevels,
    "no strict minimum but global ones": function_decisions.none_at_all,
    "no isolated minimum but global ones": function_decisions.none_at_all,
}


def _at(name: str, body: Expr, size: int, *points: Sequence[int | Fraction]) -> Iterator[Case]:
    """The function at each of these points."""
    function_of = (fn(matrix("w", q, 1), body).term, {q.term: size})
    for number, point in enumerate(points, 1):
        place = matrix_of([[x] for x in point], name)
        values: dict[Expr, Any] = {q: size, phi: function_of, y: place}
        yield f"{name}, point {number}", {v.term: value for v, value in values.items()}


def instances() -> tuple[Case, ...]:
    """Polynomials in one, two and three variables, each at some points."""
    v = matrix("w", q, 1)
    x1, x2, x3 = v[1, 1], v[2, 1], v[3, 1]
    half = Fraction(1, 2)
    return (
        *_at("x^4 + 5x^3 + 6x^2", x1**4 + 5 * x1**3 + 6 * x1**2, 1, [0], [-1]),
        *_at("x^4 + 5x^3 + 6x^2 in the plane", x1**4 + 5 * x1**3 + 6 * x1**2, 2, [0, 0], [1, 1]),
        *_at("x^2", x1**2, 1, [0], [1]),
        *_at("x^2 in the plane", x1**2, 2, [0, 1]),
        *_at("x^4", x1**4, 1, [0]),
        *_at("x^3 - 3x", x1**3 - 3 * x1, 1, [1], [-1]),
        *_at("5x^4 - 5x^2 + x", 5 * x1**4 - 5 * x1**2 + x1, 2, [half, 0]),
        *_at("x^2 - y^2", x1**2 - x2**2, 2, [0, 0], [1, 1]),
        *_at("x^2 + y^2", x1**2 + x2**2, 2, [0, 0]),
        *_at("z^2 - x^2 - y^2", x3**2 - x1**2 - x2**2, 3, [0, 0, 0]),
        *_at("x^3 + y^3", x1**3 + x2**3, 2, [0, 0], [1, 1]),
        *_at("y (x y - 1)^2", x2 * (x1 * x2 - 1) ** 2, 2, [1, 1], [0, 0]),
        *_at("1", 1 + 0 * x1, 1, [0]),
        *_at("2 in the plane", 2 + 0 * x1, 2, [0, 3]),
    )


v = matrix("v", 2, 1)


def points() -> tuple[Case, ...]:
    """Points of the plane."""
    found = ((0, 0), (1, 0), (-1, 2), (Fraction(1, 2), -1))
    return tuple((f"({x}, {y})", {v.term: matrix_of([[x], [y]], "point")}) for x, y in found)


PLANE = Setting(
    "functions that are examples, and a point of the plane",
    variables=(v,),
    definitions=DEFINITIONS,
    decisions=DECISIONS,
    instances=points,
)
FUNCTION = Setting(
    "a function of vectors at a point",
    variables=(q, phi, y),
    definitions=DEFINITIONS,
    decisions=DECISIONS,
    instances=instances,
)
