"""All critical points of small networks with polynomial activations, and all critical values.

The equations "gradient = 0" are polynomials in the parameters. Their real solutions are found
exactly from a Groebner basis and counted by Hermite's form; where the program msolve is installed,
its boxes are a second count, each certified by Krawczyk's operator.

Objects: CriticalPoints. Functions: critical_points, critical_values, counted_by_msolve.

Design notes. Networks with symmetries often have whole manifolds of critical points. Then there
is no list, but the loss takes finitely many values on them, and `critical_values` still finds
them by elimination.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from symbolic_landscape.arithmetic import (
    RationalFunctions,
    Scalar,
    isolated_solutions,
    solve_system,
    values_on_solutions,
)
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.classification import Classification, Kind
from symbolic_landscape.critical.classify import classify
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.substitutions import polynomial_coefficients

MOST_UNKNOWNS = 4
MOST_BEZOUT = 700
"""Largest product of the degrees of the equations for which a Groebner basis is computed."""
MOST_UNKNOWNS_MSOLVE = 7


@dataclass(frozen=True)
class CriticalPoints:
    """All critical points of a loss surface.

    `points` are the real ones, as vectors in the order of the parameters; `complex_count` counts
    the distinct complex solutions of "gradient = 0", and `with_multiplicity` all of them.
    """

    surface: LossSurface
    points: tuple[tuple[Scalar, ...], ...]
    complex_count: int
    with_multiplicity: int

    @cached_property
    def classified(self) -> tuple[Classification, ...]:
        """What kind each of the points is, in their order."""
        return tuple(classify(self.surface, list(point)) for point in self.points)

    @property
    def kinds(self) -> Counter[Kind]:
        """How many points there are of each kind."""
        return Counter(found.kind for found in self.classified)

    @property
    def index_sum(self) -> int | None:
        """The sum of (-1)^(negative eigenvalues); None where a Hessian is singular or undecided.

        It is 1 for every loss that tends to infinity in all directions (Poincare and Hopf).
        """
        total = 0
        for found in self.classified:
            if found.inertia is None or found.inertia[2]:
                return None
            total += (-1) ** found.inertia[1]
        return total


def critical_points(surface: LossSurface) -> CriticalPoints:
    """All critical points, exactly.

    Raises DomainError: an activation or the loss is no polynomial, there are more than 4
    parameters, the degrees are too large, or there are infinitely many critical points.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> net = Network(widths=(1, 1), activation="linear", output_activation="square")
    >>> found = critical_points(net.loss(Samples(inputs=[[1], [-1]], targets=[[1], [1]])))
    >>> len(found.points), found.index_sum
    (9, 1)
    """
    _, gradient = _polynomials(surface, MOST_UNKNOWNS)
    _need_small_degree(gradient)
    found = solve_system(gradient)
    return CriticalPoints(surface, found.points, found.complex_count, found.with_multiplicity)


def critical_values(surface: LossSurface) -> tuple[Scalar, ...]:
    """Finitely many numbers, in order, among which are all values of the loss at critical points.

    They are its real values at the complex critical points, of which there may be infinitely
    many. Raises DomainError as `critical_points` does, but for infinitely many points.
    """
    loss, gradient = _polynomials(surface, MOST_UNKNOWNS)
    _need_small_degree(gradient)
    return values_on_solutions(gradient, loss)


def counted_by_msolve(surface: LossSurface) -> tuple[Classification, ...]:
    """The classifications of all critical points, as the program msolve boxes them.

    Each box is certified to hold a critical point, which is located. Raises DomainError: the
    program is not installed, the loss is no polynomial in at most 7 parameters, or a box cannot be
    certified, as at degenerate points.
    """
    _, gradient = _polynomials(surface, MOST_UNKNOWNS_MSOLVE)
    found = []
    for box in isolated_solutions(gradient):
        point = classify(surface, [(low + high) / 2 for low, high in box], near=True)
        if point.kind is Kind.UNDECIDED:
            message = f"a box of msolve was not certified: {point.obligation}"
            raise DomainError(message)
        found.append(point)
    return tuple(found)


def _polynomials(surface: LossSurface, most: int) -> tuple[Scalar, Sequence[Scalar]]:
    """The loss and its gradient as polynomials in the parameters."""
    network = surface.network
    functions = (*network.activations, surface.loss)
    for function in functions:
        if polynomial_coefficients(function.formula) is None:
            message = f"critical points: polynomials were needed, got {function}"
            raise DomainError(message)
    if network.parameter_count > most:
        message = f"critical points: at most {most} parameters, got {network.parameter_count}"
        raise DomainError(message)
    field = RationalFunctions(network.parameter_names)
    raws = [field.generator(name).raw for name in network.parameter_names]
    values = surface.at(network.parameters_over(field, raws), field)
    return values.value, [row[0] for row in values.gradient.tolist()]


def _need_small_degree(system: Sequence[Scalar]) -> None:
    bezout = 1
    for value in system:
        bezout *= max(value.raw[0].total_degree(), 1)
    if bezout > MOST_BEZOUT:
        message = (
            f"critical points: degrees with a product of at most {MOST_BEZOUT} were needed, "
            f"got {bezout}"
        )
        raise DomainError(message)
