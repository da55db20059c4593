"""Sections 3 and 4: parameters near a point, and local minima.

Notation: (V, c) is near (W, b) in the layers of a range when each entry of the difference is less
than r in size; these boxes and the balls B(., r) of the paper contain each other, up to a factor
in r.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import HESSIAN
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    HERE,
    POINT,
    L,
    Phi,
    V,
    W,
    b,
    c,
    independent,
    k,
)
from symbolic_landscape.proofs.rules import points
from symbolic_landscape.statement.language import both, define, every, exists, integer, real

low, high = integer("low"), integer("high")
r = real("r")

near = define(
    "near",
    (V, c, W, b, low, high, r),
    points.near(V, c, W, b, low, high, r),
    text="({0}, {1}) within {6} of ({2}, {3}) in layers {4}..{5}",
    latex=r"\|({0}, {1}) - ({2}, {3})\|_{{{4}..{5}}} < {6}",
)
local_minimum = define(
    "local minimum",
    POINT,
    exists(r, both(r > 0, every(V, c, near(V, c, W, b, 1, L, r) >> (Phi(W, b) <= Phi(V, c))))),
    text="local minimum",
    latex=r"\Phi(W, b) = \min_{{\text{{nearby}}}} \Phi",
    at=HERE,
)

independent_nearby = define(
    "independent features nearby",
    (*POINT, k, r),
    exists(V, c, near(V, c, W, b, 1, k, r) & independent(V, c, k)),
    text="some V, c within {3} in layers 1..{2} have rank [F_{2}(V, c), 1] = N",
    latex=r"\exists V, c \text{{ within }} {3} \text{{ in layers }} 1..{2}: "
    r"\operatorname{{rank}} [F_{2}(V, c), 1] = N",
    at=HERE,
)

NEIGHBOURHOODS = HESSIAN.extended(
    "a fully connected network and the points near a point",
    definitions=(near, local_minimum, independent_nearby),
)
