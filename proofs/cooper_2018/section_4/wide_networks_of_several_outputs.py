"""Section 4.1, end of Remark 4.2: Theorem 4.1 for several outputs.

Notation: there are o = m[T+1] outputs.

Statements
- C18.R4.2.copies: o copies of the construction of Corollary 3.4 fit; one is enough.
- C18.R4.2.wide: the zero-loss set is not empty, and generically a submanifold of codimension o d.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.deep_networks import C3_4, fit
from symbolic_landscape.proofs.cooper_2018.section_4.fitting_parameters import GIVEN, OUTPUTS_FIT
from symbolic_landscape.proofs.cooper_2018.section_4.outputs import OUTPUTS_SMOOTH
from symbolic_landscape.proofs.cooper_2018.section_4.several_outputs import R4_2
from symbolic_landscape.proofs.cooper_2018.settings.activations import rectified, sigma
from symbolic_landscape.proofs.cooper_2018.settings.fitting import columns_differ
from symbolic_landscape.proofs.cooper_2018.settings.labels import (
    LABELLED_OUTPUTS,
    R,
    all_fit,
    eps,
    last_layer,
    n,
    o,
    outputs_fit_nearby,
    some_fit,
    w,
)
from symbolic_landscape.proofs.cooper_2018.settings.layers import LAYERS, T, X, Y, d, k, m
from symbolic_landscape.proofs.rules import signs
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth, submanifold
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import both, each, exists, fn, zeros
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)

R4_2_COPIES = Statement(
    "C18.R4.2.copies",
    LAYERS,
    kind="remark",
    title="Copies of the network, one for each output, fit",
    where="Section 4.1, Remark 4.2",
    lines=(309, 311),
    given={
        "rectified": rectified(sigma),
        "distinct": columns_differ(X),
        "outputs": o >= 1,
        "wide": o * d <= m[T],
        "units": each(k, 1, T - 1, m[k] >= o),
    },
    then=fit,
    proof=[
        have("some", d >= 0, linear),
        have(
            "spare",
            (o - 1) * d >= 0,
            by(signs.product_not_negative, s=o - 1, t=d),
            "outputs",
            "some",
        ),
        have("enough", d <= m[T], linear, "spare", "wide"),
        have(
            "not empty",
            each(k, 1, T - 1, m[k] >= 1),
            arbitrary(
                k,
                proof=[
                    have("copies", None, at(k), "units"),
                    have("one", m[k] >= 1, linear, "copies", "outputs"),
                ],
            ),
        ),
        have("fit", fit, cite(C3_4)),
    ],
    gloss="No copies are needed: d units of the last hidden layer are enough for all outputs.",
    hedge="Activations that increase strictly are meant, as in Lemma 3.3 repaired.",
)

near = close(R, zeros(o, d), eps)
manifold = submanifold(n, o * d, all_fit(Y + R))
conclusion = both(some_fit(n, Y), outputs_fit_nearby(n, Y))
R4_2_WIDE = Statement(
    "C18.R4.2.wide",
    LABELLED_OUTPUTS,
    kind="remark",
    title="Theorem 4.1 for several outputs, without shared parameters",
    where="Section 4.1, Remark 4.2",
    lines=(311, 313),
    given={**GIVEN, "smooth": infinitely_smooth(sigma)},
    then=conclusion,
    proof=[
        have("fit", None, cite(OUTPUTS_FIT)),
        have("map", None, cite(OUTPUTS_SMOOTH)),
        have("levels", None, cite(R4_2, F=fn(w, last_layer(w)), o=o)),
        have(
            "nearby",
            outputs_fit_nearby(n, Y),
            arbitrary(
                eps,
                proof=[
                    have("at eps", None, at(eps), "levels"),
                    have("some", exists(R, both(near, manifold)), logic, "at eps", "nearby.if"),
                    have("change", None, obtain(R), "some"),
                    have("short", near, logic, "change"),
                    have("level", manifold, logic, "change"),
                    have("fit there", some_fit(n, Y + R), cite(OUTPUTS_FIT, Y=Y + R)),
                    have(
                        "found",
                        exists(R, both(near, some_fit(n, Y + R), manifold)),
                        take(R),
                        "short",
                        "fit there",
                        "level",
                    ),
                ],
            ),
        ),
        have("all", conclusion, logic, "fit", "nearby"),
    ],
    reading="repaired",
)
R4_2_WIDE_PRINTED = Statement(
    "C18.R4.2.wide",
    LABELLED_OUTPUTS,
    kind="remark",
    title="Theorem 4.1 for several outputs",
    where="Section 4.1, Remark 4.2",
    lines=(311, 313),
    given={
        "rectified": rectified(sigma),
        "smooth": infinitely_smooth(sigma),
        "distinct": columns_differ(X),
        "outputs": o >= 1,
        "wide": o * d < m[T],
        "units": each(k, 1, T - 1, m[k] >= o),
        "more parameters": n > o * d,
    },
    then=outputs_fit_nearby(n, Y),
    proof=[
        have(
            "nearby",
            outputs_fit_nearby(n, Y),
            claimed("the argument in Theorem 4.1 extends without modification"),
            "rectified",
            "smooth",
            "distinct",
            "outputs",
            "wide",
            "units",
            "more parameters",
            lines=(311, 313),
        )
    ],
    gloss="'The parameter bounds change appropriately' is read as o times those of Theorem 4.1.",
    hedge="What fails is what fails in Theorem 4.1: parameters may be shared. An author may mean "
    "networks that share none; then it holds, and the width d is enough for all outputs.",
    repaired=R4_2_WIDE,
    expected=("refuted, statement", "invalid inference, step nearby"),
)
