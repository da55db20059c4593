"""Section 3.1, Lemma 3.3: one hidden layer with as many units as samples fits them.

Statements
- C18.L3.3: the same width is enough for any number of outputs, if sigma increases strictly.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.triangles import (
    INDEPENDENT,
    a,
    beta,
    features,
    one,
)
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    flat,
    rectified,
    sigma,
    weakly_rectified,
)
from symbolic_landscape.proofs.cooper_2018.settings.fitting import (
    ONE_LAYER,
    X,
    Y,
    can_fit,
    columns_differ,
    d,
    h,
    o,
    outputs,
    p,
)
from symbolic_landscape.proofs.rules import corners, ranks
from symbolic_landscape.proofs.rules.corners import corner
from symbolic_landscape.statement.language import (
    identity_matrix,
    inverse,
    ones,
    rank,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)

W = features(a, beta)
up, down = corner(h, d), corner(d, h)
"""d units among h, the others 0; and back."""
inside = one @ a.T @ X - beta @ ones(1, d)
WEIGHTS = (up @ one @ a.T, up @ beta, Y @ inverse(W) @ down, zeros(o, 1))
"""M1, b1, M2, b2"""
fits = can_fit(h, X, Y, sigma)

L3_3 = Statement(
    "C18.L3.3",
    ONE_LAYER,
    kind="lemma",
    title="One hidden layer of width h >= d interpolates, for any number of outputs",
    where="Section 3.1, Lemma 3.3",
    lines=(226, 230),
    given={"rectified": rectified(sigma), "distinct": columns_differ(X), "wide": d <= h},
    then=fits,
    proof=[
        have("some units", None, cite(INDEPENDENT)),
        have("full", rank(W) == d, obtain(a, beta), "some units"),
        have(
            "solved",
            inverse(W) @ W == identity_matrix(d),
            by(ranks.inverse_on_the_left, S=W),
            "full",
        ),
        have("flat", flat, logic, "rectified"),
        have("zero", sigma(0) == 0, at(0), "flat"),
        have(
            "spare units",
            sigma(up @ inside) == up @ W,
            by(corners.corner_entrywise, B=inside, m=h, n=d, p=d, f=sigma),
            "zero",
            lines=(244, 245),
        ),
        have(
            "through",
            down @ up == corner(d, d),
            by(corners.corners_through_rows, m=d, n=h, p=d),
            "wide",
        ),
        have("square", corner(d, d) == identity_matrix(d), by(corners.corner_square)),
        have(
            "fit",
            outputs(*WEIGHTS) == Y,
            calculation,
            "spare units",
            "through",
            "square",
            "solved",
            lines=(265, 268),
        ),
        have("network", fits, take(*WEIGHTS), "fit"),
    ],
    reading="repaired",
)
L3_3_PRINTED = Statement(
    "C18.L3.3",
    ONE_LAYER,
    kind="lemma",
    title="One hidden layer of width h >= d interpolates",
    where="Section 3.1, Lemma 3.3",
    lines=(226, 230),
    given={
        "rectified": weakly_rectified(sigma),
        "distinct": columns_differ(X),
        "wide": d <= h,
        "one output": o == 1,
    },
    then=fits,
    proof=[
        have(
            "fit",
            fits,
            claimed("A is lower triangular with nonzero entries on the diagonal, hence invertible"),
            "rectified",
            "distinct",
            "wide",
            "one output",
            lines=(263, 264),
        )
    ],
    hedge="'monotonic increasing' may be meant strictly; then it holds.",
    repaired=L3_3,
    expected=("refuted, statement", "invalid inference, step fit"),
)

MORE = Statement(
    "C18.L3.3.count",
    ONE_LAYER,
    title="A network of width h >= d has more parameters than samples",
    where="Sections 1.1 and 3.1",
    lines=(230, 231),
    given={"wide": d <= h},
    then=d < h * p + h + o * h + o,
    standing=(o >= 1,),
    proof=[have("count", d < h * p + h + o * h + o, linear, "wide")],
    gloss="h (p + 1) weights and biases of the hidden layer, o (h + 1) of the outputs. The "
    "construction of Lemma 3.3 needs 2 d + p of them: a, the b_j and the m_j, for one output.",
)
