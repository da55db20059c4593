"""Section 4.1: the zero-loss set of a wide feedforward network.

Statements
- C18.T4.1: the zero-loss set is not empty, and generically a submanifold.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.levels import SMALL
from symbolic_landscape.proofs.cooper_2018.section_4.fitting_parameters import FIT, GIVEN
from symbolic_landscape.proofs.cooper_2018.section_4.outputs import SMOOTH
from symbolic_landscape.proofs.cooper_2018.settings.activations import rectified, sigma
from symbolic_landscape.proofs.cooper_2018.settings.fitting import columns_differ
from symbolic_landscape.proofs.cooper_2018.settings.labels import (
    L_,
    LABELLED,
    attained,
    eps,
    fits_nearby,
    n,
    outputs_,
    r,
    w,
    y,
    zero_set,
)
from symbolic_landscape.proofs.cooper_2018.settings.layers import (
    T,
    X,
    d,
    k,
    m,
)
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules import manifolds
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth, submanifold
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.statement.language import (
    both,
    each,
    every,
    exists,
    fn,
)
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

errors = fn(w, outputs_(w) - y)
at_level = fn(w, errors(w) == r)
after = L_(y + r, w)
conclusion = both(attained(n, y), fits_nearby(n, y))
found = both(square(r) < eps * eps, attained(n, y + r), submanifold(n, d, zero_set(y + r)))

T4_1 = Statement(
    "C18.T4.1",
    LABELLED,
    kind="theorem",
    title="Wide networks without shared parameters: M is a nonempty (n-d)-manifold, generically",
    where="Section 4.1, Theorem 4.1",
    lines=(299, 301),
    given={**GIVEN, "smooth": infinitely_smooth(sigma)},
    then=conclusion,
    proof=[
        have("fit", None, cite(FIT), lines=(303, 305)),
        have("map", None, cite(SMOOTH)),
        have(
            "errors",
            infinitely_smooth(errors),
            by(manifolds.infinitely_smooth_shift, Q=fn(w, outputs_(w)), u=y),
            "map",
        ),
        have("levels", None, cite(SMALL, Q=errors, q=d), lines=(302, 302)),
        have(
            "nearby",
            fits_nearby(n, y),
            arbitrary(
                eps,
                proof=[
                    have("at eps", None, at(eps), "levels"),
                    have(
                        "some",
                        exists(r, both(square(r) < eps * eps, submanifold(n, d, at_level))),
                        logic,
                        "at eps",
                        "nearby.if",
                    ),
                    have("change", None, obtain(r), "some"),
                    have("short", square(r) < eps * eps, logic, "change"),
                    have("level", submanifold(n, d, at_level), logic, "change"),
                    have("fit there", attained(n, y + r), cite(FIT, y=y + r)),
                    have(
                        "same set",
                        every(
                            w,
                            both(
                                (errors(w) == r) >> (after == 0), (after == 0) >> (errors(w) == r)
                            ),
                        ),
                        arbitrary(
                            w,
                            proof=[
                                have(
                                    "no loss",
                                    (errors(w) == r) >> (after == 0),
                                    arbitrary(
                                        proof=[
                                            have(
                                                "squares",
                                                after == 0,
                                                by(
                                                    e.trace_with_zero,
                                                    A=errors(w) - r,
                                                    A2=errors(w) - r,
                                                ),
                                                "no loss.if",
                                            )
                                        ]
                                    ),
                                ),
                                have(
                                    "no error",
                                    (after == 0) >> (errors(w) == r),
                                    arbitrary(
                                        proof=[
                                            have("none", after <= 0, linear, "no error.if"),
                                            have(
                                                "error",
                                                errors(w) == r,
                                                by(e.zero_of_squares, A=errors(w) - r),
                                                "none",
                                            ),
                                        ]
                                    ),
                                ),
                                have(
                                    "both",
                                    both(
                                        (errors(w) == r) >> (after == 0),
                                        (after == 0) >> (errors(w) == r),
                                    ),
                                    logic,
                                    "no loss",
                                    "no error",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "manifold",
                        submanifold(n, d, zero_set(y + r)),
                        by(manifolds.submanifold_of_same_set, S=at_level, S2=zero_set(y + r)),
                        "same set",
                        "level",
                    ),
                    have("found", exists(r, found), take(r), "short", "fit there", "manifold"),
                ],
            ),
        ),
        have("all", conclusion, logic, "fit", "nearby"),
    ],
    reading="repaired",
)
T4_1_PRINTED = Statement(
    "C18.T4.1",
    LABELLED,
    kind="theorem",
    title="Wide feedforward nets: M is a nonempty (n-d)-manifold, generically",
    where="Section 4.1, Theorem 4.1",
    lines=(299, 301),
    given={
        "rectified": rectified(sigma),
        "smooth": infinitely_smooth(sigma),
        "distinct": columns_differ(X),
        "wide": d < m[T],
        "units": each(k, 1, T - 1, m[k] >= 1),
        "more parameters": n > d,
    },
    then=fits_nearby(n, y),
    proof=[
        have(
            "nearby",
            fits_nearby(n, y),
            claimed("that M is nonempty is exactly the guarantee of Lemma 3.3"),
            "rectified",
            "smooth",
            "distinct",
            "wide",
            "units",
            "more parameters",
            lines=(302, 305),
        )
    ],
    gloss="A feedforward network is that of Section 3: parameters may have the same label. Layers "
    "that are empty are left out. The width is that of the setting, h > d.",
    hedge="An author may mean networks with all neighbouring units connected and no parameter "
    "shared; then it holds, by Corollary 3.4 where there are several hidden layers, and for width "
    "d too, as its proof says: at least d.",
    repaired=T4_1,
    expected=("refuted, statement", "invalid inference, step nearby"),
)
