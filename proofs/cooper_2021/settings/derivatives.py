"""Section 3.1.2: derivatives of the outputs and of the loss by parameters, and stacked layers.

Notation: (V, e) and (W, g) are directions. A direction that is 1 at one parameter and 0 at others
gives the derivative by that parameter. Stacked features have a last row for the biases.

Design notes. The matrices of (3.3) are printed with indices that do not fit: what stands here has
the weights and biases of layer k in rows 1 to m[k], as the text says. The last row of each matrix
but the last is (0, ..., 0, 1).
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings.architectures import k, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    HERE,
    NETWORK,
    M,
    V,
    X,
    b,
    e,
    f_,
    loss_,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules.points import moved, s, t
from symbolic_landscape.statement.language import (
    Expr,
    block,
    define,
    derivative,
    fn,
    like,
    matrix,
    ones,
    recursion,
    stack,
    zeros,
)

W, g = like("W", M), like("g", b)
"""A second direction."""
POINT = (M, b)


def mixed(value: Any) -> Expr:
    """The second derivative of a function of points along both directions."""
    inner = derivative(fn(t, value(*moved(M, b, (t, V, e), (s, W, g)))))(0)
    return derivative(fn(s, inner))(0)


df_ = define(
    "slope of the outputs",
    (*POINT, V, e),
    derivative(fn(t, f_(*moved(M, b, (t, V, e)))))(0),
    text="df({2}, {3})",
    latex="df({2}, {3})",
    at=HERE,
)
mixed_f_ = define(
    "second derivative of the outputs",
    (*POINT, V, e, W, g),
    mixed(f_),
    text="d2f[({2}, {3}), ({4}, {5})]",
    latex="d^2f[({2}, {3}), ({4}, {5})]",
    at=HERE,
)
mixed_loss_ = define(
    "second derivative of the loss along two directions",
    (*POINT, V, e, W, g),
    mixed(loss_),
    text="d2L[({2}, {3}), ({4}, {5})]",
    latex="d^2L[({2}, {3}), ({4}, {5})]",
    at=HERE,
)

under = matrix("under", m[k - 1] + 1, n)
"""Stacked features of the layer below."""


def affine(k: Any) -> Expr:
    """The weights and biases of layer k beside each other."""
    return block(M[k], b[k])


last_row = block(zeros(1, m[k - 1]), ones(1, 1))
printed_stack_ = define(
    "features with the activation on all rows",
    POINT,
    recursion(k, under, 0, stack(X, one), sigma(stack(affine(k), last_row) @ under)),
    text="sigma-stack",
    latex=r"\bar\phi",
    at=HERE,
)
stack_ = define(
    "features with a row of ones",
    POINT,
    recursion(k, under, 0, stack(X, one), stack(sigma(affine(k) @ under), one)),
    text="stack",
    latex=r"\hat\phi",
    at=HERE,
)

DERIVATIVES = NETWORK.extended(
    "derivatives of a network on n samples",
    definitions=(df_, mixed_f_, mixed_loss_, printed_stack_, stack_),
)
