"""Lower bounds of the loss over all parameters, each with the reason why it holds.

Functions: attained_bound, distinct_predictions, is_convex_problem, is_critical_map.

The bounds, for a loss sum_ij l(A_ij) with factor c:
  c N m min l, where l is known to have its minimum at 0 (attained where all residuals are 0);
  for squares: samples with equal inputs get equal predictions, so their targets' spread around
  the mean is lost, and outputs that are never negative miss negative means;
  for squares and linear activations throughout: least squares among affine maps, and, where the
  eigenvalues concerned are rational, among those of the rank that the narrowest layer allows
  (Eckart and Young).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import flint

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import QQ, BallField, BallMatrix, Matrix, RationalMatrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.kernels import independent_columns
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.errors import DomainError, SmoothnessError

PRODUCT_BITS = 128


@dataclass(frozen=True)
class Bound:
    """A number below every value of the loss, and why.

    `predictions` is None, or so many values of the predictions are determined where it is
    attained, by squares alone: then the Hessian there is a sum of that many squares of
    differentials.
    """

    value: Scalar
    reason: str
    predictions: int | None = None


def square_factor(surface: LossSurface) -> Fraction | None:
    """C where the objective is C times the sum of squared residuals, with C > 0; else None."""
    law = power_law(surface.loss.formula)
    if law is None or law[1] != 2 or law[0] <= 0:
        return None
    return law[0] * surface.loss.weight(surface.samples.count)


def least_at_zero(surface: LossSurface) -> str | None:
    """Why every residual 0 gives the least possible loss, or None where that is not known."""
    if square_factor(surface) is not None:
        return "squares are not negative"
    formula = surface.loss.formula
    try:
        slope = formula.derivative(1).evaluate(QQ.raw(0), QQ)
    except (DomainError, SmoothnessError):
        return None
    if not QQ.is_zero(slope):
        return None
    if surface.loss.critical_points_are_global_minima().is_holds:
        return f"every critical point of {surface.loss} is a global minimum of it, and 0 is one"
    return None


def is_convex_problem(surface: LossSurface) -> str | None:
    """Why every critical point is a global minimum: no hidden layer, convex l; or None."""
    network = surface.network
    if network.depth != 1 or power_law(network.activation_of(1).formula) != (Fraction(1), 1):
        return None
    if square_factor(surface) is not None:
        return "the predictions are linear in the parameters, so the loss is convex"
    try:
        second = surface.loss.derivative(2)
    except SmoothnessError:
        return None
    if functions.nonnegative(second).is_holds:
        return f"the predictions are linear in the parameters and {surface.loss} is convex"
    return None


def is_critical_map(local: LocalLoss) -> str | None:
    """Why a critical point of a linear network is a global minimum for squares; or None.

    If all activations are linear and W_L ... W_2 certainly has rank m, then (W_L ... W_2)^T E^T
    [X, 1] = 0 gives E^T [X, 1] = 0, for the residuals E: the predictions are least squares among
    all affine maps. The same holds if W_{L-1} ... W_1 certainly has rank d, as E^T X (W_{L-1} ...
    W_1)^T = 0 and E^T 1 = 0 then give it too.
    """
    network, surface = local.network, local.surface
    layers = range(1, network.depth + 1)
    laws = [power_law(network.activation_of(layer).formula) for layer in layers]
    if square_factor(surface) is None or any(law is None or law[1] != 1 for law in laws):
        return None
    field = BallField(PRODUCT_BITS)
    try:
        weights = [matrix.over(field) for matrix in local.point.weights]
    except DomainError:
        return None
    above, below = field.identity(network.outputs), field.identity(network.inputs)
    for matrix in reversed(weights[1:]):
        above = above @ matrix
    for matrix in weights[:-1]:
        below = matrix @ below
    for product, rank in ((above, network.outputs), (below, network.inputs)):
        if isinstance(product, BallMatrix) and product.least_rank() == rank:
            return (
                "the network is linear and the layers on one side of an outer one have full rank, "
                "so the predictions are least squares among all affine maps"
            )
    return None


def bounds(surface: LossSurface) -> Iterator[Bound]:
    """The lower bounds that are known for squares."""
    factor = square_factor(surface)
    if factor is None:
        return
    try:
        yield _spread(surface, factor)
        yield from _affine(surface, factor)
    except DomainError:
        return


def attained_bound(surface: LossSurface, value: Scalar) -> Bound | None:
    """The bound that a value of the loss equals, so that it is its least one; or None."""
    for bound in bounds(surface):
        try:
            attained = value == bound.value
        except DomainError:
            continue
        if attained:
            return bound
    return None


def distinct_predictions(surface: LossSurface) -> int:
    """How many numbers the predictions on the samples are, with equal inputs counted once."""
    inputs = surface.samples.inputs.tolist()
    count: int = len({tuple(row) for row in inputs}) * surface.network.outputs
    return count


def _spread(surface: LossSurface, factor: Fraction) -> Bound:
    """The least loss of predictions that agree on equal inputs and lie in the output's range."""
    samples = surface.samples
    targets = samples.targets.tolist()
    groups: dict[tuple[Scalar, ...], list[int]] = {}
    for i, row in enumerate(samples.inputs.tolist()):
        groups.setdefault(tuple(row), []).append(i)
    output = surface.network.activation_of(surface.network.depth).formula
    floored = power_law(output) is None or power_law(output) != (Fraction(1), 1)
    floored = floored and functions.nonnegative(output).is_holds
    total, clamped = targets[0][0] - targets[0][0], False
    for members in groups.values():
        for column in range(samples.targets.shape[1]):
            values = [targets[i][column] for i in members]
            best = sum(values[1:], values[0]) / len(values)
            if floored and best.sign() < 0:
                best, clamped = best - best, True
            for value in values:
                total = total + (value - best) ** 2
    reason = "a sum of squares is not negative"
    if len(groups) < samples.count:
        reason = "samples with equal inputs have equal predictions"
    if clamped:
        reason += f", and {output} is never negative"
    predictions = None if clamped else distinct_predictions(surface)
    return Bound(total * factor, reason, predictions)


def _affine(surface: LossSurface, factor: Fraction) -> Iterator[Bound]:
    """Least squares among affine maps, and among those of the rank that the layers allow."""
    network = surface.network
    layers = range(1, network.depth + 1)
    laws = [power_law(network.activation_of(layer).formula) for layer in layers]
    if any(law is None or law[1] != 1 for law in laws):
        return
    inputs, targets = surface.samples.inputs, surface.samples.targets
    if network.bias:
        inputs, targets = _centred(inputs), _centred(targets)
    basis = independent_columns(inputs)
    energy = targets.T @ targets
    fitted = energy.scale(0)
    if basis.shape[1]:
        projected = basis.T @ targets
        fitted = projected.T @ (basis.T @ basis).solve(projected)
    kind = "affine" if network.bias else "linear"
    least = (energy - fitted).trace() * factor
    yield Bound(least, f"least squares among {kind} maps")
    rank = min(network.widths)
    if rank < min(network.inputs, network.outputs):
        lost = _smallest_eigenvalues(fitted, network.outputs - rank)
        if lost is not None:
            reason = f"least squares among {kind} maps of rank at most {rank}"
            yield Bound(least + lost * factor, reason)


def _centred(matrix: Matrix) -> Matrix:
    """The rows minus their mean."""
    count = matrix.shape[0]
    ones = matrix.field.ones(count, 1)
    return matrix - (ones @ (ones.T @ matrix)).scale(Fraction(1, count))


def _smallest_eigenvalues(matrix: Matrix, count: int) -> Fraction | None:
    """The sum of so many smallest eigenvalues, where all eigenvalues are rational; else None."""
    if not isinstance(matrix, RationalMatrix):
        return None
    values: list[Fraction] = []
    polynomial = flint.fmpq_mat(matrix.raw).charpoly()
    numerator = flint.fmpz_poly([int(c) for c in (polynomial * polynomial.denom()).coeffs()])
    for part, multiplicity in numerator.factor()[1]:
        if part.degree() != 1:
            return None
        constant, lead = map(int, part.coeffs())
        values += [Fraction(-constant, lead)] * multiplicity
    return sum(sorted(values)[:count], Fraction(0))
