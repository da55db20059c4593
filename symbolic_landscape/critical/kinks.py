"""Kinks of functions in pieces: where the slope jumps, so that second derivatives do not tell all.

Functions: kinks, need_no_kink.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import flint

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import (
    Add,
    Call,
    Formula,
    Mul,
    Piece,
    Pow,
    Shifted,
    derivative,
    evaluated,
)


@lru_cache(maxsize=256)
def kinks(formula: Formula) -> frozenset[Fraction]:
    """Where two pieces meet with different slopes, also if they are taken to join smoothly.

    A piece without a value at the joint, as that of smoolu, joins as it says.
    """
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return frozenset[Fraction]().union(*map(kinks, parts))
        case Pow(base=inner) | Call(argument=inner):
            return kinks(inner)
        case Shifted(piece=piece, at=at) if kinks(piece):
            return frozenset({at})
        case Piece(left=left, right=right):
            zero = QQ.constant(Fraction(0))
            try:
                low, high = (evaluated(derivative(part), zero, QQ) for part in (left, right))
            except (DomainError, SmoothnessError, ZeroDivisionError):
                return frozenset()
            return frozenset() if low == high else frozenset({Fraction(0)})
    return frozenset()


def need_no_kink(values: LossAtPoint) -> None:
    """Raise DomainError where a box reaches over a kink: there its Hessians say nothing.

    The pieces' second derivatives enclose neither the jump of the slope nor what it does to zeros
    of the gradient.
    """
    network, loss = values.surface.network, values.surface.loss
    for layer in range(1, network.depth + 1):
        units = network.unit_activations(layer)
        if any(kinks(one.formula) for one in units):
            columns = values.preactivations(layer).T.tolist()
            for j, (one, column) in enumerate(zip(units, columns, strict=True), 1):
                _need_beside(one, column, f"a pre-activation of unit {j} of layer {layer}")
    if kinks(loss.formula):
        for j, column in enumerate(values.residuals.T.tolist(), 1):
            _need_beside(loss, column, f"a residual of output {j}")


def _need_beside(function: Any, balls: Sequence[Scalar], where: str) -> None:
    for value in balls:
        for kink in kinks(function.formula):
            if value.raw.contains(flint.fmpq(kink.numerator, kink.denominator)):
                message = f"the box reaches over a kink of {function}: {where} is {value}"
                raise DomainError(message)
