"""Loss, gradient and Hessian of networks: expressions in SymPy, values in any field."""

from __future__ import annotations

from symbolic_landscape.calculus.at_point import LossAtPoint, NumericLoss
from symbolic_landscape.calculus.flint_engines import engine_for
from symbolic_landscape.calculus.identities import identity_equal
from symbolic_landscape.calculus.jets import Jet, loss_jet
from symbolic_landscape.calculus.surface import LossSurface
from symbolic_landscape.calculus.values import Model, Pass

__all__ = [
    "Jet",
    "LossAtPoint",
    "LossSurface",
    "Model",
    "NumericLoss",
    "Pass",
    "engine_for",
    "identity_equal",
    "loss_jet",
]
