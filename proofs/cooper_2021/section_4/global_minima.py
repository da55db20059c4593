"""Section 4.1: what is recalled of the global minima.

Notation: that of the settings for Cooper 2018: n parameters, d samples, o outputs, T hidden layers.

Statements
- C21.T4: the zero-loss set is generically a submanifold of codimension o d.
- C21.R4.nonempty: it is not empty if the last hidden layer is wide; repaired: for rectified sigma.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.cooper_2018.section_3.deep_networks import C3_4
from symbolic_landscape.proofs.cooper_2018.section_4.several_outputs import R4_2
from symbolic_landscape.proofs.cooper_2018.settings.activations import rectified, s, sigma, t
from symbolic_landscape.proofs.cooper_2018.settings.fitting import columns_differ
from symbolic_landscape.proofs.cooper_2018.settings.layers import LAYERS, T, X, Y, d, deep_fit, k, m
from symbolic_landscape.proofs.cooper_2018.settings.matrices import SEVERAL_OUTPUTS, F, n
from symbolic_landscape.proofs.cooper_2018.settings.matrices import d as samples
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.statement.language import Expr, each, every
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, claimed, have, linear
from symbolic_landscape.statement.step import Step


def generic_minima(
    given: Mapping[str, Expr],
    reading: str = "printed",
    repaired: Statement | None = None,
) -> Statement:
    """A reading of the theorem of Section 4.1."""
    return Statement(
        "C21.T4",
        SEVERAL_OUTPUTS,
        kind="theorem",
        title="Global minima form a (d-bn)-manifold generically",
        where="Section 4.1 (recalled from C18)",
        lines=(420, 422),
        given={"smooth": infinitely_smooth(F), **given},
        then=R4_2.then,
        proof=[have("generic", R4_2.then, cite(R4_2))],
        gloss="The paper has d parameters, n samples and b outputs: n, d and o here.",
        reading=reading,
        repaired=repaired,
    )


T4 = generic_minima({}, "repaired")
T4_PRINTED = generic_minima(
    {"more parameters": n > samples},
    repaired=T4,
)

fit = deep_fit(T, m, d, sigma, X, Y)
WIDE = {
    "distinct": columns_differ(X),
    "wide": d < m[T],
    "units": each(k, 1, T - 1, m[k] >= 1),
}
INCREASING = {
    "smooth": infinitely_smooth(sigma),
    "increases": every(s, t, (s < t) >> (sigma(s) < sigma(t))),
    "zero": sigma(0) == 0,
}


def not_empty(
    given: Mapping[str, Expr],
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the remark that M is not empty."""
    return Statement(
        "C21.R4.nonempty",
        LAYERS,
        kind="remark",
        title="M nonempty for a wide last hidden layer, recalled from C18",
        where="Section 4.1",
        lines=(422, 422),
        given={**given, **WIDE},
        then=fit,
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


NOT_EMPTY = not_empty(
    {"rectified": rectified(sigma)},
    [
        have("wide enough", d <= m[T], linear, "wide"),
        have("fit", fit, cite(C3_4)),
    ],
    "repaired",
)
NOT_EMPTY_PRINTED = not_empty(
    INCREASING,
    [
        have(
            "fit",
            fit,
            claimed("in this case, we showed by construction that M is nonempty"),
            *INCREASING,
            *WIDE,
            lines=(422, 422),
        )
    ],
    repaired=NOT_EMPTY,
    expected=("refuted, statement", "invalid inference, step fit"),
)
