"""Points at which residuals lie at joints of the loss, as for absolute values: what decides them.

Let l have the slopes l_- <= l_+ on the two sides of each residual, equal away from joints, and J be
the differential of the predictions. The loss changes by the greatest E . J d over all E in the box
of these slopes, at first order along d. So it falls along some d, or some E in the box has J^T E =
0; which of the two is a linear program over the rationals, and its dual is the d.

Let l be convex. If E is orthogonal to a linear space of all predictions (see `hull`), the point is
a minimum. If J^T E = 0 for an E inside the box at joints whose differentials span all directions,
the loss rises at first order in every direction: a strict local minimum.

Where both slopes agree, the second derivatives need not.

Objects: Ends, Balance. Functions: slopes_at_joints, is_bent_at_joints, rational_differential,
balanced, is_convex_in_pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.arithmetic.linear_programs import Obstruction, Optimum, greatest
from symbolic_landscape.critical.fibres import differential_at
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.series import OneSidedSeries
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import Add, Formula, Piece, Shifted, derivative, evaluated, smoothed
from symbolic_landscape.functions.activations import ScalarLoss

MOST_ENTRIES = 20_000

Ends = tuple[Fraction, Fraction]
"""l_- and l_+ of one residual."""


@dataclass(frozen=True)
class Balance:
    """E in the order of the residuals, and how far inside the box it is at all joints.

    The factors of the bounds of a cone are at least the margin too.
    """

    slopes: tuple[Fraction, ...]
    margin: Fraction


def slopes_at_joints(local: LocalLoss) -> list[Ends]:
    """The two slopes for each residual, sample by sample.

    Raises DomainError: a slope is no rational number, one falls across its joint, or the samples
    have weights.
    """
    loss, samples = local.surface.loss, local.surface.samples
    if not isinstance(loss, ScalarLoss) or samples.weights is not None:
        message = "joints of a loss are decided for residuals of equal weight"
        raise DomainError(message)
    factor, slope = loss.weight(samples.count), loss.derivative()
    found = []
    for row in local.values.residuals.tolist():
        for value in row:
            low, high = (factor * _one_sided(slope, value, side) for side in (-1, 1))
            if low > high:
                message = "the slope of the loss falls across a joint"
                raise DomainError(message)
            found.append((low, high))
    return found


def is_bent_at_joints(local: LocalLoss) -> bool:
    """Whether the second derivative of the loss jumps at a residual.

    Raises DomainError: a second derivative there is no rational number.
    """
    loss = local.surface.loss
    if not isinstance(loss, ScalarLoss):
        return False
    bend = derivative(loss.derivative())
    values = [value for row in local.values.residuals.tolist() for value in row]
    return any(_one_sided(bend, value, -1) != _one_sided(bend, value, 1) for value in values)


def _one_sided(slope: Formula, value: Scalar, side: int) -> Fraction:
    ring = OneSidedSeries(value.field, 1)
    at = ring.from_coefficients([value, value.field.scalar(side)])
    return ring.coefficients(ring.apply(slope, ring.from_raw([[at]])).entry(0, 0))[0].rational()


def rational_differential(local: LocalLoss) -> list[list[Fraction]]:
    """J, a row for each residual. Raises DomainError: an entry is no rational number."""
    samples, outputs = local.surface.samples, local.network.outputs
    distinct = differential_at(local).tolist()
    first = {row: i * outputs for i, row in enumerate(dict.fromkeys(samples.inputs.rows()))}
    return [
        [value.rational() for value in distinct[first[row] + output]]
        for row in samples.inputs.rows()
        for output in range(outputs)
    ]


def balanced(
    ends: Sequence[Ends],
    vectors: Sequence[Sequence[Fraction]],
    bounds: Sequence[Sequence[Fraction]] = (),
) -> Balance | tuple[Fraction, ...]:
    """E with sum E_i v_i = 0 inside the box as far as can be; else d with a falling loss.

    With bounds b of a cone, sum E_i v_i may be any sum of them with factors >= 0, and b.d >= 0 for
    the d. Raises DomainError: there are too many numbers.
    """
    joints = [i for i, (low, high) in enumerate(ends) if low < high]
    height = len(vectors[0])
    if (height + len(joints)) * (len(ends) + len(bounds)) > MOST_ENTRIES:
        message = f"a linear program of {height} equations in {len(joints)} slopes is too large"
        raise DomainError(message)
    zero, one = Fraction(0), Fraction(1)
    matrix = []
    right = []
    for k in range(height):
        column = [vectors[i][k] for i in joints]
        pushed = [-bound[k] for bound in bounds]
        inner = sum(column, zero) + sum(pushed, zero)
        matrix.append([*column, *[zero] * len(joints), inner, *pushed])
        right.append(-sum((low * v[k] for (low, _), v in zip(ends, vectors, strict=True)), zero))
    for n, i in enumerate(joints):
        own = [one if m == n else zero for m in range(len(joints))]
        matrix.append([*own, *own, 2 * one, *[zero] * len(bounds)])
        right.append(ends[i][1] - ends[i][0])
    goal = [*[zero] * (2 * len(joints)), one, *[zero] * len(bounds)]
    found = greatest(matrix, right, goal)
    if isinstance(found, Obstruction):
        return found.factors[:height]
    if not isinstance(found, Optimum):
        return Balance(tuple(low for low, _ in ends), zero)
    slopes = [low for low, _ in ends]
    for n, i in enumerate(joints):
        slopes[i] += found.value + found.point[n]
    return Balance(tuple(slopes), found.value)


def is_convex_in_pieces(formula: Formula) -> bool:
    """Whether a formula is known to be convex, at its joints too."""
    if isinstance(formula, Shifted):
        return is_convex_in_pieces(formula.piece)
    if isinstance(formula, Add):
        return all(map(is_convex_in_pieces, formula.terms))
    if not isinstance(formula, Piece):
        try:
            return functions.nonnegative(derivative(derivative(formula))).is_holds
        except SmoothnessError:
            return False
    parts = (formula.left, formula.right)
    zero = QQ.constant(Fraction(0))
    low, high = (evaluated(derivative(smoothed(part)), zero, QQ) for part in parts)
    return low <= high and all(map(is_convex_in_pieces, parts))
