"""Lower bounds of the loss over all parameters, each with the reason why it holds.

Functions: attained, attained_bound, merged_samples, spread_bound, distinct_predictions.

The bounds, for a loss sum_ij l(A_ij) with factor c:
  c N m min l, where l is known to have its minimum at 0 (attained where all residuals are 0);
  for squares: samples with equal inputs get equal predictions, so their targets' spread around
  the mean is lost, and outputs that are never negative miss negative means;
  for squares and linear activations throughout: least squares among affine maps, and, where the
  eigenvalues concerned are rational, among those of the rank that the narrowest layer allows
  (Eckart and Young).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import flint

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import QQ, Matrix, RationalMatrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.kernels import independent_columns
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Pow,
    Var,
    derivative,
    evaluated,
)
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import Loss
from symbolic_landscape.networks import Network, Samples


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
    """C where the objective is C times the sum of squared residuals, with C > 0; else None.

    None as well for weighted samples, and where the surface is not plain.
    """
    weighted = surface.samples.weights is not None
    if weighted or not surface.is_plain or not isinstance(surface.loss, ScalarLoss):
        return None
    law = power_law(surface.loss.formula)
    if law is None or law[1] != 2 or law[0] <= 0:
        return None
    return law[0] * surface.loss.weight(surface.samples.count)


def is_square(loss: Loss) -> bool:
    """Whether the loss is a positive multiple of the square of a residual."""
    law = power_law(loss.formula) if isinstance(loss, ScalarLoss) else None
    return law is not None and law[1] == 2 and law[0] > 0


def has_pieces(loss: Loss) -> bool:
    """Whether the formula has pieces, of which derivatives do not say what happens where they meet.

    Near a point the pieces may have been taken to be smooth.
    """
    return "piece" in loss.formula.calls


def fit_of(surface: LossSurface) -> tuple[Bound, Samples]:
    """A bound for squares, and the samples whose predictions fit where it is attained.

    Raises DomainError: the loss is no sum of squares, or all predictions are 0.
    """
    factor, samples = square_factor(surface), surface.samples
    if factor is not None:
        return spread_bound(surface, factor), merged_samples(surface)
    if any(surface.decay) or not is_square(surface.loss):
        message = f"the loss {surface.loss} is no sum of squares"
        raise DomainError(message)
    zero = samples.targets[0, 0] - samples.targets[0, 0]
    count = samples.count * samples.targets.shape[1]
    return Bound(zero, "a sum of squares is not negative", count), samples


def least_at_zero(surface: LossSurface) -> str | None:
    """Why every residual 0 gives the least possible loss, or None where that is not known."""
    if not isinstance(surface.loss, ScalarLoss) or any(surface.decay):
        return None
    formula = surface.loss.formula
    if is_square(surface.loss):
        return "squares are not negative"
    if has_pieces(surface.loss):
        return None
    try:
        slope = evaluated(derivative(formula, 1), QQ.raw(0), QQ)
    except (DomainError, SmoothnessError):
        return None
    if not QQ.is_zero(slope):
        return None
    if surface.loss.critical_points_are_global_minima().is_holds:
        return f"every critical point of {surface.loss} is a global minimum of it, and 0 is one"
    return None


def bounds(surface: LossSurface) -> Iterator[Bound]:
    """The lower bounds that are known for squares."""
    factor = square_factor(surface)
    if factor is None:
        return
    try:
        yield spread_bound(surface, factor)
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


def parity(formula: Formula) -> int | None:
    """1 for an even formula, -1 for an odd one, None where the structure does not show it."""
    match formula:
        case Const():
            return 1
        case Var():
            return -1
        case Add(terms=parts):
            signs = {parity(part) for part in parts}
            return signs.pop() if len(signs) == 1 else None
        case Mul(factors=parts):
            return _product(map(parity, parts))
        case Pow(base=base, exponent=exponent):
            sign = parity(base)
            return 1 if exponent % 2 == 0 and sign is not None else sign
        case Call(name=name, argument=argument):
            sign = parity(argument)
            return 1 if sign == 1 else sign if name in {"tanh", "atan"} else None
    return None


def _product(signs: Iterable[int | None]) -> int | None:
    result = 1
    for sign in signs:
        if sign is None:
            return None
        result *= sign
    return result


def network_parity(network: Network) -> int | None:
    """1 or -1 if all predictions are even or odd functions of the inputs, else None.

    Without biases odd activations keep the first layer's parity, and an even one makes all that
    follows even.
    """
    if network.bias:
        return None
    sign: int | None = -1
    for layer in range(1, network.depth + 1):
        if sign == -1:
            sign = parity(network.activation_of(layer).formula)
    return sign


@dataclass(frozen=True)
class Group:
    """Samples whose predictions determine each other: those of `members` are sign * z."""

    members: tuple[tuple[int, int], ...]
    is_zero: bool


def prediction_groups(surface: LossSurface) -> tuple[Group, ...]:
    """The samples grouped by equal inputs, and by opposite ones for an even or odd network.

    `is_zero` marks inputs 0 of an odd network, whose predictions are 0.
    """
    sign = network_parity(surface.network)
    found: dict[tuple[Scalar, ...], list[tuple[int, int]]] = {}
    zeros: list[tuple[int, int]] = []
    for i, row in enumerate(surface.samples.inputs.tolist()):
        key, opposite = tuple(row), tuple(-value for value in row)
        if sign == -1 and key == opposite:
            zeros.append((i, 1))
        elif sign is not None and opposite in found:
            found[opposite].append((i, sign))
        else:
            found.setdefault(key, []).append((i, 1))
    groups = [Group(tuple(members), is_zero=False) for members in found.values()]
    return (*groups, *([Group(tuple(zeros), is_zero=True)] if zeros else []))


def distinct_predictions(surface: LossSurface) -> int:
    """How many numbers the predictions on the samples are, those that determine each other once."""
    count = sum(not group.is_zero for group in prediction_groups(surface))
    return int(count * surface.network.outputs)


def merged_samples(surface: LossSurface) -> Samples:
    """One sample for each group of predictions that determine each other, with the mean target.

    Predictions that fit these samples attain the spread bound. Raises DomainError: there are none.
    """
    inputs, targets = surface.samples.inputs, surface.samples.targets
    rows, means = [], []
    for group in prediction_groups(surface):
        if group.is_zero:
            continue
        rows.append(group.members[0][0])
        total = targets.row(rows[-1])
        for i, sign in group.members[1:]:
            total = total + targets.row(i).scale(sign)
        means.append(total.scale(Fraction(1, len(group.members))))
    if not rows:
        message = "all predictions are 0 whatever the parameters"
        raise DomainError(message)
    return Samples(inputs.submatrix(rows, range(inputs.shape[1])), means[0].vstack(*means[1:]))


def spread_bound(surface: LossSurface, factor: Fraction) -> Bound:
    """The least loss of predictions that agree on each group and lie in the output's range."""
    samples = surface.samples
    targets = samples.targets.tolist()
    output = surface.network.activation_of(surface.network.depth).formula
    floored = power_law(output) != (Fraction(1), 1) and functions.nonnegative(output).is_holds
    groups = prediction_groups(surface)
    zero = targets[0][0] - targets[0][0]
    total, clamped = zero, False
    for group in groups:
        for column in range(samples.targets.shape[1]):
            values = [targets[i][column] * sign for i, sign in group.members]
            best = zero if group.is_zero else sum(values[1:], values[0]) / len(values)
            if floored and best.sign() < 0:
                best, clamped = zero, True
            for value in values:
                total = total + (value - best) ** 2
    reason = "a sum of squares is not negative"
    if len(groups) < samples.count or groups[-1].is_zero:
        reason = "predictions on equal or opposite inputs determine each other"
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


def attained(local: LocalLoss) -> tuple[Bound | None, str | None]:
    """The lower bound that the loss equals, and why; (None, None) where none is known to be."""
    why = least_at_zero(local.surface)
    if not local.is_exact:
        return None, None
    try:
        if why is not None and local.values.residuals.is_zero:
            samples = local.surface.samples
            count = samples.count * samples.targets.shape[1]
            if local.surface.is_plain:
                count = distinct_predictions(local.surface)
            value = local.values.residuals[0, 0]
            reason = f"all residuals are 0, and {why}"
            return Bound(value, reason, count), reason
        bound = attained_bound(local.surface, local.values.value)
    except DomainError:
        return None, None
    if bound is None:
        return None, None
    return bound, f"the loss equals the lower bound {bound.value}: {bound.reason}"
