"""Section 3.2: second derivatives along directions, and points that are non-degenerate on layers.

Notation: (K, e) and (K2, e2) are directions in parameter space, I a set of layers. The Hessian on
the layers of I is the bilinear form of directions that vanish outside I.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    HERE,
    NETWORK,
    POINT,
    I,
    L,
    Phi,
    W,
    b,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    either,
    every,
    fn,
    integer,
    like,
    real,
)

__all__ = [
    "HESSIAN",
    "K2",
    "I",
    "K",
    "along",
    "e",
    "e2",
    "moved",
    "nondegenerate",
    "second_derivative",
    "supported",
]

K, K2, e, e2 = like("K", W), like("K2", W), like("e", b), like("e2", b)
i, s, t = integer("i"), real("s"), real("t")


def along(family: Expr, *steps: tuple[Expr, Expr]) -> Expr:
    """The family moved along directions: W + t K + s K2 for steps (t, K), (s, K2)."""
    moved = family[i]
    for size, direction in steps:
        moved = moved + size * direction[i]
    return fn(i, moved)


def moved(*steps: tuple[Expr, Expr, Expr]) -> tuple[Expr, Expr]:
    """The point (W, b) moved along directions (size, K, e)."""
    return (
        along(W, *((size, K) for size, K, _ in steps)),
        along(b, *((size, e) for size, _, e in steps)),
    )


second_derivative = define(
    "second derivative",
    (*POINT, K, e, K2, e2),
    derivative(fn(s, derivative(fn(t, Phi(*moved((t, K, e), (s, K2, e2)))))(0)))(0),
    text="∇²Phi[({2}, {3}), ({4}, {5})]",
    latex=r"\nabla^2\Phi[({2}, {3}), ({4}, {5})]",
    at=HERE,
)
supported = define(
    "supported",
    (I, K, e),
    each(i, 1, L, either(I(i), both(K[i] == 0, e[i] == 0))),
    text="({1}, {2}) is 0 outside {0}",
    latex=r"\operatorname{{supp}} ({1}, {2}) \subseteq {0}",
)
nondegenerate = define(
    "nondegenerate",
    (*POINT, I),
    every(
        K,
        e,
        both(
            supported(I, K, e),
            every(K2, e2, supported(I, K2, e2) >> (second_derivative(W, b, K, e, K2, e2) == 0)),
        )
        >> each(i, 1, L, both(K[i] == 0, e[i] == 0)),
    ),
    text="non-degenerate on the layers {2}",
    latex=r"\nabla^2_{{{2}}}\Phi \text{{ is non-singular}}",
    at=HERE,
)

HESSIAN = NETWORK.extended(
    "second derivatives of the objective of a network",
    definitions=(second_derivative, supported, nondegenerate),
)
