"""Section 4.2: when a critical point in function space is a global minimum.

Statements: YSJ18.T4.1, YSJ18.T4.2, each as printed for any law, and repaired for laws of bounded
support.

Design notes. With the widths of Section 4.1, d_x >= d_y says that J has no more rows than columns,
so that sigma_min(J) >= eps is |J^T v| >= eps |v|. This is asked outright; the widths are surplus
then. Singular values of at least eps > 0 give full row rank, and a twice differentiable map is
continuously differentiable; the repaired readings ask for no more.
"""

from typing import Any

from symbolic_landscape.proofs.rules import maps
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law
from symbolic_landscape.proofs.rules.maps import differentiable, twice_differentiable
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.admissible import (
    I5,
    first,
    same,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.formula import E6
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    INVERSE,
    PAIRED,
    eta,
    right_inverse,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.wide_outputs import I7
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import A2, layers
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.steered import LEAST, STEERED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    LAYER_MOVED,
    E,
    H,
    J,
    along,
    back,
    critical,
    d,
    down_,
    eps,
    eps1,
    expands,
    h,
    invertible,
    j,
    least,
    mean_square,
    paired,
    pseudoinverse,
    redone,
    steep,
    undone,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import Expr, both, every, identity_matrix, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    logic,
    obtain,
)


def conditions(k: Any) -> dict[str, Expr]:
    """What Theorem 4.1 asks of the layers above layer k, and that the point is critical."""
    return {
        "bound": eps > 0,
        "steep": steep(h, k, eps),
        "twice differentiable": twice_differentiable(d[k], d[H + 1], up_(h)[k]),
        "critical": critical(h),
    }


def regular(k: Any) -> dict[str, Expr]:
    """What the repaired readings ask of the law and the layers above layer k."""
    z = vector("z", k)
    return {
        "bounded": bounded_law(E),
        "smooth": smooth(up_(h)[k]),
        "full rank": every(z, rank(J(k, z)) == d[H + 1]),
    }


value = vector("z", 1)
inverses = every(value, J(1, value) @ pseudoinverse(1, value) == identity_matrix(d[H + 1]))
nothing_below = down_(h)[0](y) == y
UNDONE = have(
    "undone",
    every(y, nothing_below),
    arbitrary(y, proof=[have("same", nothing_below, calculation)]),
)
"""Below the first layer nothing is to be undone."""
inputs = {"inputs": d[H + 1] <= d[0]}
T4_1 = Statement(
    "YSJ18.T4.1",
    FIRST_MOVED,
    title="Nonlinear case d_x>=d_y",
    kind="theorem",
    where="Section 4.2, Theorem 4.1",
    lines=(362, 365),
    given={**inputs, **conditions(1)},
    then=least(h),
    hedge="The instances have finitely many values of X, which are bounded.",
    proof=[
        have("admissible", None, cite(I5), lines=(477, 494)),
        have("formula", None, cite(E6, j=1, eta=first), lines=(470, 471)),
        have("inverses", None, cite(INVERSE, j=1), lines=(472, 473)),
        have("right inverse", inverses, logic, "inverses"),
        UNDONE,
        have(
            "pairing",
            paired(1, first) == mean_square,
            cite(PAIRED, j=1, back=same, eps1=1),
            lines=(475, 476),
        ),
        have("flat if", None, at(1, first), "critical"),
        have("flat", along(1, first) == 0, logic, "flat if", "admissible"),
        have(
            "no error",
            mean_square == 0,
            calculation,
            "<pairing",
            "<formula",
            "flat",
            lines=(495, 504),
        ),
        have("least", least(h), cite(LEAST), lines=(503, 504)),
    ],
    repaired=Statement(
        "YSJ18.T4.1",
        FIRST_MOVED,
        title="Nonlinear case, for laws of bounded support",
        kind="theorem",
        where="Section 4.2, Theorem 4.1",
        reading="repaired",
        given={**regular(1), "critical": critical(h)},
        then=least(h),
        proof=[
            have("inverse", None, by(maps.continuous_identity, n=d[0])),
            UNDONE,
            have("no error", mean_square == 0, cite(STEERED, j=1, back=same, eps1=1)),
            have("least", least(h), cite(LEAST)),
        ],
    ),
)

sizes = {"inputs": d[0] <= d[H + 1], "receives": d[j - 1] == d[0], "wide": d[H + 1] <= d[j]}
BACK = [
    have("inverse", both(undone, redone), obtain(back), "invertible"),
    have("undone", undone, logic, "inverse"),
    have("redone", redone, logic, "inverse"),
]
"""The inverse of the layers below layer j."""
T4_2 = Statement(
    "YSJ18.T4.2",
    LAYER_MOVED,
    title="Nonlinear case d_x<=d_y",
    kind="theorem",
    where="Section 4.2, Theorem 4.2",
    lines=(366, 372),
    names=(eps1,),
    given={
        **sizes,
        "bound below": eps1 > 0,
        "invertible": invertible(h, j),
        "expands": expands,
        **conditions(j),
    },
    then=least(h),
    hedge="The instances have finitely many values of X, which are bounded.",
    proof=[
        *BACK,
        have("admissible", None, cite(I7), lines=(514, 531)),
        have("formula", None, cite(E6, eta=eta), lines=(507, 508)),
        have("inverses", None, cite(INVERSE), lines=(509, 510)),
        have("right inverse", right_inverse, logic, "inverses"),
        have("pairing", paired(j, eta) == mean_square, cite(PAIRED), lines=(512, 513)),
        have("flat if", None, at(j, eta), "critical"),
        have("flat", along(j, eta) == 0, logic, "flat if", "admissible"),
        have(
            "no error",
            mean_square == 0,
            calculation,
            "<pairing",
            "<formula",
            "flat",
            lines=(532, 536),
        ),
        have("least", least(h), cite(LEAST), lines=(535, 536)),
    ],
    repaired=Statement(
        "YSJ18.T4.2",
        LAYER_MOVED,
        title="Nonlinear case with invertible layers below, for laws of bounded support",
        kind="theorem",
        where="Section 4.2, Theorem 4.2",
        reading="repaired",
        given={**regular(j), "invertible": invertible(h, j), "critical": critical(h)},
        then=least(h),
        proof=[
            *BACK,
            have("classes", None, cite(A2)),
            have("layers", layers, logic, "classes"),
            have("class below", None, at(j - 1), "layers"),
            have("differentiable", differentiable(down_(h)[j - 1]), logic, "class below"),
            have("below", None, by(maps.continuous_of_differentiable), "differentiable"),
            have(
                "continuous",
                continuous(back),
                by(maps.invariance_of_domain),
                "below",
                "undone",
                "redone",
            ),
            have("no error", mean_square == 0, cite(STEERED, eps1=1)),
            have("least", least(h), cite(LEAST)),
        ],
    ),
)
