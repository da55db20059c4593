"""Section 5: spurious valleys and bad local valleys.

Notation: phi is the function, L in the paper; S are sublevel sets.

Statements
- C21.D5.2: where the sublevel sets are connected there are no spurious valleys.
- C21.D5.3: a bad local valley is in a spurious valley.
- C21.R5.leg1.point: a strict local minimum that is not global is in a spurious valley.
- C21.R1.sublevel.general: where sublevel sets are connected, a strict local minimum is global.
- C21.R5.leg1: without spurious valleys there are no strict local minima that are not global.
"""

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    connected_sublevels_,
    critical_,
    hessian_,
    in_bad_valley_,
    in_spurious_valley_,
    none_strict_,
    not_global_,
    other,
    phi,
    q,
    spurious_valley_,
    strict_,
    w,
    y,
    z,
)
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.sets import (
    connected,
    continuous_distance,
    far_outside_box,
    linked,
    one_sign_on_connected,
    part,
    stays_above,
    strict_sublevel,
    sublevel,
    within,
)
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    det,
    every,
    fn,
    like,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

a, c, r = real("a"), real("c"), real("r")
end, low = like("end", y), like("low", y)
S = part


def above(S: Expr, start: Expr) -> Expr:
    """On the component of S the function is at least c."""
    return every(end, linked(q, S, start, end) >> (c <= phi(end)))


def opened(valley: str, start: Expr, S: Expr, level: Expr) -> list[Step]:
    """Steps from a valley in S to its parts."""
    return [
        have("valley", None, obtain(a), valley),
        have("level", level, logic, "valley"),
        have("is above", stays_above(q, phi, S, start), logic, "valley"),
        have("bound", both(phi(low) < c, above(S, start)), obtain(c, low), "is above"),
        have("lower", phi(low) < c, logic, "bound"),
        have("above", above(S, start), logic, "bound"),
    ]


here = sublevel(phi, a, w)
D5_2 = Statement(
    "C21.D5.2",
    FUNCTION,
    kind="definition",
    title="Spurious valley [VBB18]",
    where="Section 5, Definition 5.2",
    lines=(434, 434),
    given={"connected": connected_sublevels_(q, phi)},
    then=~spurious_valley_(q, phi),
    gloss="Where all sublevel sets are connected there is no spurious valley.",
    proof=[
        have(
            "none",
            ~spurious_valley_(q, phi),
            suppose_not(
                [
                    have("some", spurious_valley_(q, phi), logic, "none.not"),
                    have("a valley", None, obtain(z), "some"),
                    *opened("a valley", z, here, phi(z) <= a),
                    have("whole", connected(here), at(a), "connected"),
                    have("inside", within(here, here), arbitrary(w, proof=[have("in", phi(w) <= a, logic, "inside.if")])),
                    have("itself", linked(q, here, z, z), take(here), "whole", "inside", "level"),
                    have("if itself", None, at(z), "above"),
                    have("not below", c <= phi(z), logic, "if itself", "itself"),
                    have("low in", phi(low) <= a, linear, "lower", "not below", "level"),
                    have("joined", linked(q, here, z, low), take(here), "whole", "inside", "level", "low in"),
                    have("if joined", None, at(low), "above"),
                    have("bounded", c <= phi(low), logic, "if joined", "joined"),
                    have("clash", contradiction, linear, "bounded", "lower"),
                ]
            ),
        )
    ],
)  # fmt: skip

strictly_here, at_height = strict_sublevel(phi, a, w), sublevel(phi, phi(y), w)
D5_3 = Statement(
    "C21.D5.3",
    FUNCTION,
    kind="definition",
    title="Bad local valley [NMH18]",
    where="Section 5, Definition 5.3",
    lines=(436, 436),
    given={"bad": in_bad_valley_(q, phi, y)},
    then=in_spurious_valley_(q, phi, y),
    gloss="A point of a bad local valley is in a spurious valley, that of the level of the point.",
    proof=[
        *opened("bad", y, strictly_here, phi(y) < a),
        have(
            "deeper",
            above(at_height, y),
            arbitrary(
                end,
                proof=[
                    have("found", None, obtain(S), "deeper.if"),
                    have("whole", connected(S), logic, "found"),
                    have("inside", every(w, S(w) >> (phi(w) <= phi(y))), logic, "found"),
                    have("starts", S(y), logic, "found"),
                    have("ends", S(end), logic, "found"),
                    have(
                        "strictly inside",
                        every(w, S(w) >> (phi(w) < a)),
                        arbitrary(
                            w,
                            proof=[
                                have("if in", None, at(w), "inside"),
                                have("at most", phi(w) <= phi(y), logic, "if in", "strictly inside.if"),
                                have("less", phi(w) < a, linear, "at most", "level"),
                            ],
                        ),
                    ),
                    have("joined", linked(q, strictly_here, y, end), take(S), "whole", "strictly inside", "starts", "ends"),
                    have("if joined", None, at(end), "above"),
                    have("bounded", c <= phi(end), logic, "if joined", "joined"),
                ],
            ),
        ),
        have("stays", stays_above(q, phi, at_height, y), take(c, low), "lower", "deeper"),
        have("same", phi(y) <= phi(y), linear),
        have("spurious", in_spurious_valley_(q, phi, y), take(phi(y)), "same", "stays"),
    ],
)  # fmt: skip

# ---- strict local minima -------------------------------------------------------------------------
strict = strict_(q, phi, y)
strictly = every(other, both(close(other, y, r), other != y) >> (phi(y) < phi(other)))
wall = fn(w, r * r / 2 - square(w - y))
LEG1_POINT = Statement(
    "C21.R5.leg1.point",
    FUNCTION,
    title="A strict local minimum that is not global is in a spurious valley",
    where="Section 5.3",
    lines=(565, 565),
    given={"strict": strict, "not global": not_global_(q, phi, y)},
    then=in_spurious_valley_(q, phi, y),
    gloss="The point alone is a component of the sublevel set of its level.",
    proof=[
        have("box", both(r > 0, strictly), obtain(r), "strict"),
        have("radius", r > 0, logic, "box"),
        have("strictly", strictly, logic, "box"),
        have("lower", phi(low) < phi(y), obtain(low), "not global"),
        have("area", r * r > 0, by(order.positive_product), "radius", "radius"),
        have("moves", continuous(wall), by(continuous_distance, r=r * r / 2, w=y)),
        have(
            "alone",
            every(end, linked(q, at_height, y, end) >> (phi(y) <= phi(end))),
            arbitrary(
                end,
                proof=[
                    have("found", None, obtain(S), "alone.if"),
                    have("whole", connected(S), logic, "found"),
                    have("inside", every(w, S(w) >> (phi(w) <= phi(y))), logic, "found"),
                    have("starts", S(y), logic, "found"),
                    have("ends", S(end), logic, "found"),
                    have(
                        "no zero",
                        every(w, S(w) >> (wall(w) != 0)),
                        arbitrary(
                            w,
                            proof=[
                                have("if in", None, at(w), "inside"),
                                have("at most", phi(w) <= phi(y), logic, "if in", "no zero.if"),
                                have(
                                    "not 0",
                                    wall(w) != 0,
                                    cases(
                                        [
                                            have("height", wall(w) == r * r / 2, calculation, "not 0.1"),
                                            have("more", wall(w) > 0, linear, "height", "area"),
                                            have("so", wall(w) != 0, by(order.positive_is_not_zero), "more"),
                                        ],
                                        [
                                            have("if near", None, at(w), "strictly"),
                                            have(
                                                "far",
                                                ~close(w, y, r),
                                                suppose_not(
                                                    [
                                                        have("near", close(w, y, r), logic, "far.not"),
                                                        have("higher", phi(y) < phi(w), logic, "if near", "near", "not 0.2"),
                                                        have("clash", contradiction, linear, "higher", "at most"),
                                                    ]
                                                ),
                                            ),
                                            have("distance", r * r <= square(w - y), by(far_outside_box), "radius", "far"),
                                            have("less", -wall(w) > 0, linear, "distance", "area"),
                                            have("minus", -wall(w) != 0, by(order.positive_is_not_zero), "less"),
                                        ],
                                        split=w == y,
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("same sign", None, by(one_sign_on_connected), "whole", "moves", "no zero"),
                    have("if both", None, at(y, end), "same sign"),
                    have("end in", wall(end) > 0, logic, "if both", "starts", "ends", "area"),
                    have("bounded", phi(y) <= phi(end), cases(
                        [have("equal", phi(end) == phi(y), calculation, "bounded.1"), have("least", phi(y) <= phi(end), linear, "equal")],
                        [
                            have("if near", None, at(end), "strictly"),
                            have("near", close(end, y, r), suppose_not([
                                have("outside", r * r <= square(end - y), by(far_outside_box), "radius", "near.not"),
                                have("clash", contradiction, linear, "outside", "end in", "area"),
                            ])),
                            have("higher", phi(y) < phi(end), logic, "if near", "near", "bounded.2"),
                            have("least", phi(y) <= phi(end), linear, "higher"),
                        ],
                        split=end == y,
                    )),
                ],
            ),
        ),
        have("stays", stays_above(q, phi, at_height, y), take(phi(y), low), "lower", "alone"),
        have("same", phi(y) <= phi(y), linear),
        have("spurious", in_spurious_valley_(q, phi, y), take(phi(y)), "same", "stays"),
    ],
)  # fmt: skip

LEG1 = Statement(
    "C21.R5.leg1",
    FUNCTION,
    kind="remark",
    title="No spurious valley => no strict local nonglobal minimum",
    where="Section 5.3, Figure 5",
    lines=(565, 565),
    given={"none": ~spurious_valley_(q, phi)},
    then=none_strict_(q, phi),
    proof=[
        have(
            "none strict",
            none_strict_(q, phi),
            arbitrary(
                z,
                proof=[
                    have(
                        "not strict",
                        ~strict_(q, phi, z),
                        suppose_not(
                            [
                                have("valley", in_spurious_valley_(q, phi, z), cite(LEG1_POINT, y=z)),
                                have("some", spurious_valley_(q, phi), take(z), "valley"),
                                have("clash", contradiction, logic, "some", "none"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)  # fmt: skip

R1_GENERAL = Statement(
    "C21.R1.sublevel.general",
    FUNCTION,
    kind="remark",
    title="Functions with connected sublevel sets: strict minima",
    where="Section 1.2",
    lines=(58, 58),
    given={"connected": connected_sublevels_(q, phi), "strict": strict},
    then=~not_global_(q, phi, y),
    gloss="Where the sublevel sets are connected, a strict local minimum is global.",
    proof=[
        have("no valley", ~spurious_valley_(q, phi), cite(D5_2)),
        have(
            "global",
            ~not_global_(q, phi, y),
            suppose_not(
                [
                    have("in valley", in_spurious_valley_(q, phi, y), cite(LEG1_POINT)),
                    have("valley", spurious_valley_(q, phi), take(y), "in valley"),
                    have("clash", contradiction, logic, "valley", "no valley"),
                ]
            ),
        ),
    ],
    reading="repaired",
)
R1_GENERAL_PRINTED = Statement(
    "C21.R1.sublevel.general",
    FUNCTION,
    kind="remark",
    title="Functions with connected sublevel sets: degenerate critical points",
    where="Section 1.2",
    lines=(58, 58),
    given={"connected": connected_sublevels_(q, phi), "critical": critical_(q, phi, y)},
    then=det(hessian_(q, phi, y)) == 0,
    gloss="The reason of C21.R1.sublevel, read of any function; the paper gives it for networks alone.",
    proof=[
        have(
            "degenerate",
            det(hessian_(q, phi, y)) == 0,
            claimed(
                "that the sublevel sets are connected implies that critical points are degenerate"
            ),
            "connected",
            "critical",
            lines=(58, 58),
        )
    ],
    repaired=R1_GENERAL,
    expected=("invalid inference, step degenerate", "refuted, statement"),
)
