"""Section 5.1, Theorems 8 and 9, and what the paper says of minima that do not stay minima.

Statements
- PS21.T9: a nondegenerate minimum with B of the right sign stays a minimum exactly if D = 0; an
  isolated one need not be nondegenerate.
- PS21.T8: for the last hidden layer; B must have the row and the column of the bias.
- PS21.E5.2: for one input B is a matrix of the input and the bias, and no single number.
- PS21.Rem.saddle: an embedded minimum that is none need not have a direction of descent of order 2.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    CRITICAL,
    LOSSES,
    T7,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    APART,
    BEND,
    FALLS,
    MINIMUM,
    NONDEGENERATE,
    RIGHT_SIGN,
    SADDLE,
    moves_apart,
    other,
    x,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    embedded,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.flat_directions import (
    P15,
    equal,
    none,
    weights,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import dy
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    M,
    lam,
    m,
    n,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    LARGE,
    SMALL,
    SMOOTH,
    UNIT,
    hessian_,
)
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import (
    bend_by_hessian,
    form,
    form_of_semidefinite,
    hessian_matrix,
    pd,
    psd,
)
from symbolic_landscape.proofs.rules.vectors import bend, least_near, strictly_least_near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    either,
    entries,
    exists,
    gradient,
    integer,
    like,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

near_z, still = like("near", z), zeros(m, 1)
i, j = integer("i"), integer("j")
minimum = least_near(LARGE, embedded, other)
isolated = strictly_least_near(SMALL, z, near_z)
exactly = both((D_(z) == 0) >> minimum, minimum >> (D_(z) == 0))
critical, definite = gradient(SMALL, z) == 0, pd(hessian_(z))


def theorem_9(
    given: Mapping[str, Expr],
    first: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
    hedge: str = "",
) -> Statement:
    """A reading of Theorem 9: what is given of the minimum, and what is made of that."""
    return Statement(
        "PS21.T9",
        UNIT,
        title="Deep criterion",
        kind="theorem",
        where="Section 5.1, Theorem 9; Appendix A.1",
        lines=(173, 187),
        given={**SMOOTH, **given, **RIGHT_SIGN},
        then=exactly,
        proof=[
            *first,
            have("split", split(embedded, lam), cite(D_GAMMA)),
            have(
                "stays",
                (D_(z) == 0) >> minimum,
                arbitrary(proof=[have("minimum", minimum, cite(MINIMUM, y=embedded))]),
                lines=(408, 408),
            ),
            have(
                "only then",
                (D_(z) != 0) >> ~minimum,
                arbitrary(proof=[have("none", ~minimum, cite(SADDLE, y=embedded))]),
                lines=(402, 402),
            ),
            have("exactly", exactly, logic, "stays", "only then"),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge=hedge,
        gloss="PS21.T9.germ.least and PS21.T9.germ.lower derive for all points near it what refutes the printed "
        "reading. For a negative definite B the points of the theorem are in two parts, so they are no one "
        "region: PS21.T9.parts.",
    )  # fmt: skip


T9 = theorem_9(NONDEGENERATE, [], "repaired")
T9_PRINTED = theorem_9(
    {**CRITICAL, "isolated": isolated},
    [
        have(
            "definite",
            definite,
            claimed("positive definite by assumption (isolated minimum)"),
            "isolated",
            lines=(406, 406),
        )
    ],
    repaired=T9,
    expected=("refuted, statement", "invalid inference, step definite"),
    hedge="The theorem is about squared losses of networks, and the proof uses nothing of that. The "
    "polynomial that refutes it here is no network's loss: whether a network has such an isolated "
    "degenerate minimum is open.",
)

inputs_only = entries(i, j, n - 1, n - 1, B_(z)[i, j])
"""B as it is printed, of the inputs; the last row and column belong to the bias."""


def theorem_8(
    given: Mapping[str, Expr],
    first: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Theorem 8: which minimum, and which matrix is definite."""
    return Statement(
        "PS21.T8",
        UNIT,
        title="Shallow case criterion",
        kind="theorem",
        where="Section 5.1, Theorem 8 (Fukumizu and Amari)",
        lines=(163, 169),
        standing=(n >= 2,),
        given={**SMOOTH, "last hidden": m == 1, "weights": weights != 0, **given},
        then=minimum,
        proof=[
            *first,
            have("some unit", m >= 1, linear, "last hidden"),
            have("one of", either(m == 1, equal, none), logic, "last hidden"),
            have("no D", D_(z) == 0, cite(P15), lines=(189, 189)),
            have("split", split(embedded, lam), cite(D_GAMMA)),
            have("minimum", minimum, cite(MINIMUM, y=embedded)),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


T8 = theorem_8({**NONDEGENERATE, **RIGHT_SIGN}, [], "repaired")
printed_sign = either(
    both(pd(inputs_only), both(0 < lam, lam < 1)),
    both(pd(-inputs_only), either(lam < 0, lam > 1)),
)
T8_PRINTED = theorem_8(
    {**CRITICAL, "isolated": isolated, "sign": printed_sign},
    [
        have(
            "definite",
            definite,
            claimed("positive definite by assumption (isolated minimum)"),
            "isolated",
            lines=(406, 406),
        ),
        have(
            "right sign",
            RIGHT_SIGN["right sign"],
            claimed("the matrix B of the input dimensions"),
            "sign",
            lines=(165, 169),
        ),
    ],
    repaired=T8,
    expected=(
        "unsupported premise, step definite",
        "refuted, statement",
        "invalid inference, step right sign",
    ),
)

E5_2_PRINTED = Statement(
    "PS21.E5.2",
    UNIT,
    title="1-2-1 teacher, 1-1-1 student",
    kind="experiment",
    where="Section 5.2, second paragraph",
    lines=(209, 209),
    standing=(n >= 2,),
    given={"one input": n == 2, "last hidden": m == 1, **CRITICAL, "isolated": isolated},
    then=pd(inputs_only) >> pd(B_(z)),
    proof=[
        have(
            "one number",
            pd(inputs_only) >> pd(B_(z)),
            claimed("positive definiteness reduces to checking a real number"),
            lines=(209, 209),
        )
    ],
    expected=("refuted, statement", "invalid inference, step one number"),
    hedge="without a bias in the first layer the matrix is this number",
)

falls = exists(dy, bend(LARGE, embedded, dy) < 0)
share = lam * (1 - lam)
hessian = hessian_matrix(LARGE, embedded, n + m + M)
indefinite = both(~psd(hessian), ~psd(-hessian))
REM_SADDLE = Statement(
    "PS21.Rem.saddle",
    UNIT,
    title="After Theorem 7: what an embedded local minimum becomes",
    kind="remark",
    where="Section 5.1, after Theorem 7",
    lines=(161, 161),
    given={
        **SMOOTH,
        **CRITICAL,
        "wrong sign": either(D_(z) != 0, exists(x, share * form(B_(z), x.T) < 0)),
    },
    then=both(gradient(LARGE, embedded) == 0, ~psd(hessian)),
    proof=[
        have("critical there", gradient(LARGE, embedded) == 0, cite(T7)),
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have(
            "falls",
            falls,
            cases(
                [have("down", falls, cite(FALLS, y=embedded))],
                [
                    have("x", share * form(B_(z), x.T) < 0, obtain(x), "falls.2"),
                    have("direction", None, cite(APART, g=still)),
                    have("dy", moves_apart(dy, x, still), obtain(dy), "direction"),
                    have("bend", None, cite(BEND, y=embedded, g=still)),
                    have("down", bend(LARGE, embedded, dy) < 0, linear, "bend", "x"),
                    have("some", falls, take(dy), "down"),
                ],
            ),
            "wrong sign",
        ),
        have("dy", bend(LARGE, embedded, dy) < 0, obtain(dy), "falls"),
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("form", None, by(bend_by_hessian, phi=LARGE, y=embedded, w=dy), "large twice"),
        have(
            "negative",
            ~psd(hessian),
            cases(
                [
                    have(
                        "not less", form(hessian, dy) >= 0, by(form_of_semidefinite), "negative.1"
                    ),
                    have("clash", contradiction, linear, "dy", "form", "not less"),
                    have("none", ~psd(hessian), logic, "clash"),
                ],
                [have("given", ~psd(hessian), logic, "negative.2")],
                split=psd(hessian),
            ),
        ),
        have(
            "both",
            both(gradient(LARGE, embedded) == 0, ~psd(hessian)),
            logic,
            "critical there",
            "negative",
        ),
    ],
    reading="repaired",
)
stays_or_falls = either(minimum, indefinite)
REM_SADDLE_PRINTED = Statement(
    "PS21.Rem.saddle",
    UNIT,
    title="After Theorem 7: what an embedded local minimum becomes",
    kind="remark",
    where="Section 5.1, after Theorem 7",
    lines=(161, 161),
    given={**SMOOTH, **CRITICAL, "minimum": least_near(SMALL, z, near_z)},
    then=stays_or_falls,
    proof=[
        have(
            "saddle",
            stays_or_falls,
            claimed("there are no local maxima, for the loss is convex in the last layer"),
            "minimum",
            lines=(161, 161),
        )
    ],
    repaired=REM_SADDLE,
    expected=(
        "refuted, statement",
        "invalid inference, step saddle",
    ),
)
