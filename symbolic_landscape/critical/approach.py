"""From a rough point towards a zero of the gradient near it, by damped Newton steps in floats.

Let g and H be gradient and Hessian. A step is -H (H^2 + mu)^-1 g, along which |g| falls where mu is
large enough (Levenberg and Marquardt, for the equations g = 0); as mu gets smaller it becomes that
of Newton's method. Steps that lead farther than `NEAR` from the rough point are shortened too.

Functions: approached, derivatives_in_floats.

Design notes. What is found is a guess, to be certified as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.errors import DomainError, SmoothnessError

NEAR = Fraction(1, 16)
"""A coordinate farther than this from the given one, relative to its size, is not near it."""
MOST_ROUNDED = 200
"""Networks with more parameters are not described by rounded balls."""
MOST_PARAMETERS = 100
MOST_STEPS = 60
SMALL = 1e-11
"""A gradient below this share of the first one, or of 1, is taken to be nearly 0."""
MOST_DAMPED = 1e12


def derivatives_in_floats(local: LocalLoss, point: Sequence[float]) -> tuple[Any, Any]:
    """Gradient (p,) and Hessian (p, p), rounded from balls where the surface has no floats.

    Raises DomainError, SmoothnessError: there are none, or too many parameters.
    """
    import numpy as np

    try:
        return local.surface.floats.derivatives(point)
    except (DomainError, SmoothnessError):
        if local.size > MOST_ROUNDED:
            raise
    raws = [Fraction(value) for value in point]
    values = LocalLoss(local.surface, local.network.parameters(raws)).enclosed(BITS[0])
    gradient, hessian = (
        np.array([[float(Scalar(matrix.field, x).enclose(64).mid()) for x in row] for row in rows])
        for matrix in (values.gradient, values.hessian)
        for rows in (matrix.raw_rows(),)
    )
    return gradient.ravel(), hessian


def approached(local: LocalLoss) -> list[Fraction] | None:
    """Coordinates near those of a rough point where the gradient is nearly 0; None if not found."""
    import numpy as np

    if local.size > MOST_PARAMETERS:
        return None
    start = np.array([float(value.rational()) for value in local.coordinates])
    reach = float(NEAR) * np.maximum(1, abs(start))
    try:
        gradient, hessian = derivatives_in_floats(local, start.tolist())
        least, damping, point = SMALL * min(1.0, abs(gradient).max()), 1e-4, start
        for _ in range(MOST_STEPS):
            if abs(gradient).max() <= least:
                return [Fraction(value) for value in point.tolist()]
            if local.budget.is_spent or damping > MOST_DAMPED:
                return None
            values, vectors = np.linalg.eigh(hessian)
            with np.errstate(all="ignore"):  # a Hessian that is 0, or too large for floats
                shares = values / (values**2 + damping * max(values**2))
                moved = point - vectors @ (shares * (vectors.T @ gradient))
            if not np.isfinite(moved).all():
                return None
            damping *= 4
            if (abs(moved - start) > reach).any():
                continue
            there = derivatives_in_floats(local, moved.tolist())
            if abs(there[0]).max() < abs(gradient).max():
                point, (gradient, hessian), damping = moved, there, damping / 64
    except (DomainError, SmoothnessError, np.linalg.LinAlgError):
        pass
    return None
