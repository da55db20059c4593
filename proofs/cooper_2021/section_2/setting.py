"""Section 2: what is assumed of the activation.

Statements
- C21.A2: the activation is smooth, increases, and vanishes at 0.

Design notes. That the last layer is affine, and the loss the squared one, is part of the setting.
Increasing is meant strictly. The results of Section 3 need two derivatives, and sigma(0) = 0.
"""

from symbolic_landscape.proofs.cooper_2021.settings.networks import NETWORK, sigma
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.points import s, t
from symbolic_landscape.statement.language import both, every
from symbolic_landscape.statement.lemma import Statement

A2 = Statement(
    "C21.A2",
    NETWORK,
    kind="assumption",
    title="Standing setting",
    where="Section 2",
    lines=(113, 113),
    given={},
    then=both(
        twice_smooth(sigma),
        every(s, t, (s < t) >> (sigma(s) < sigma(t))),
        sigma(0) == 0,
    ),
    gloss="The activation is smooth, at least twice, increases strictly, and is 0 at 0.",
)
