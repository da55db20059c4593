"""Appendix A.4: whether the direction that steers layer j is in F_j.

Statements
- YSJ18.I7.flat: where h_{j-1:1} has a singular Jacobian matrix, its inverse is not differentiable.
- YSJ18.I7: the direction is in F_j. As printed, an inverse of a differentiable map is taken to be
  differentiable; repaired, it is asked to be.
"""

from symbolic_landscape.proofs.rules import maps
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import differentiable
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.admissible import (
    MOVED,
    inverted,
    smooth_above,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    conditions,
    eta,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import A2, layers
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FLAT_BELOW,
    MOVED_BACK,
    along_input,
    at_input,
    back,
    d,
    down_,
    eps1,
    expands,
    h,
    in_class,
    invertible,
    j,
    redone,
    undone,
    y,
)
from symbolic_landscape.statement.language import both, contradiction, exists, fn, identity_matrix
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    logic,
    obtain,
    suppose_not,
    take,
)

g = down_(h)[j - 1]
around = jacobian(fn(y, back(g(y))), at_input, d[0], d[0])
rough = exists(back, both(undone, redone, ~differentiable(back)))
FLAT = Statement(
    "YSJ18.I7.flat",
    FLAT_BELOW,
    title="An inverse of a differentiable map need not be differentiable",
    where="Appendix A.4",
    given={
        "invertible": invertible(h, j),
        "moves": along_input != 0,
        "flat": jacobian(g, at_input, d[j - 1], d[0]) @ along_input == 0,
    },
    then=rough,
    proof=[
        have("inverse", both(undone, redone), obtain(back), "invertible"),
        have("undone", undone, logic, "inverse"),
        have("redone", redone, logic, "inverse"),
        have("classes", None, cite(A2)),
        have("layers", layers, logic, "classes"),
        have("class below", None, at(j - 1), "layers"),
        have("below", differentiable(g), logic, "class below"),
        have(
            "not",
            ~differentiable(back),
            suppose_not(
                proof=[
                    have("smooth", differentiable(back), logic, "not.not"),
                    have(
                        "chain",
                        None,
                        by(maps.jacobian_of_composed, Q=back, P=g, w=at_input),
                        "smooth",
                        "below",
                    ),
                    have(
                        "same",
                        around == jacobian(fn(y, y), at_input, d[0], d[0]),
                        by(maps.equal_jacobians, Q=fn(y, back(g(y))), Q2=fn(y, y), z=at_input),
                        "undone",
                    ),
                    have("identity", None, by(maps.jacobian_of_identity, z=at_input)),
                    have("unit", around == identity_matrix(d[0]), calculation, "same", "identity"),
                    have("kept", around @ along_input == along_input, calculation, "unit"),
                    have("moved", around @ along_input == 0, calculation, "chain", "flat"),
                    have("stays", along_input == 0, calculation, "<kept", "moved"),
                    have("clash", contradiction, logic, "stays", "moves"),
                ]
            ),
        ),
        have("rough", rough, take(back), "undone", "redone", "not"),
    ],
)

given = {
    **conditions,
    "twice differentiable": smooth_above,
    "bound below": eps1 > 0,
    "expands": expands,
    **inverted,
}
I7 = Statement(
    "YSJ18.I7",
    MOVED_BACK,
    title="Admissibility of the direction in T4.2",
    kind="identity",
    where="Appendix A.4",
    lines=(514, 531),
    given=given,
    then=in_class(j, eta),
    expected=("unsupported premise, step inverse",),
    hedge="The inverse is differentiable where the Jacobian matrix below is regular everywhere.",
    proof=[
        have(
            "inverse",
            differentiable(back),
            claimed("the inverse of a differentiable and invertible function is differentiable"),
            "undone",
            "redone",
            lines=(515, 517),
        ),
        have("class", in_class(j, eta), cite(MOVED), lines=(517, 531)),
    ],
    repaired=Statement(
        "YSJ18.I7",
        MOVED_BACK,
        title="Admissibility of the direction in T4.2, if the inverse below is differentiable",
        kind="identity",
        where="Appendix A.4",
        reading="repaired",
        given={**given, "inverse": differentiable(back)},
        then=in_class(j, eta),
        proof=[have("class", in_class(j, eta), cite(MOVED))],
    ),
)
