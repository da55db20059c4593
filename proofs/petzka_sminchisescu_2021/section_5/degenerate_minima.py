"""Section 5.1, Remark 11: minima that are degenerate, but flat along the kernel of their Hessian.

Notation: e is a direction of the smaller network, with H e = 0 for its Hessian H.

Statements
- PS21.R11.mean: what moves only weights out and the rest has such parts.
- PS21.R11.flat: critical points above all points z + e.
- PS21.T13.kernel: constant along the kernel is not enough for a minimum, critical along it is.
- PS21.R11: if all z + e are critical, the embedded point stays a minimum.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    AVERAGED,
    AVERAGED_IN,
    LOSSES,
    dz,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    CURVED,
    RIGHT_SIGN,
    e2,
    other,
    share,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    e as e1,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    PARTS,
    SPLIT,
    embedded,
    parts_of,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import (
    FORM,
    SLOPES,
    delta,
    du1,
    du2,
    dv1,
    dv2,
    dy,
    sheared,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    lam,
    m,
    n,
    q,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    IN,
    LARGE,
    NEW_OUT,
    OLD,
    OUT,
    REST,
    SMALL,
    SMOOTH,
    UNIT,
    hessian_,
    in_,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    vector,
)
from symbolic_landscape.proofs.rules import blocks, curves, definite, ranks, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form, psd
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.vectors import bend, least_near, slope
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    every,
    fn,
    gradient,
    identity_matrix,
    like,
    matrix,
    real,
    stack,
    trace,
    zeros,
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
)
from symbolic_landscape.statement.step import Step

t = real("t")
b, c = matrix("b", m, 1), matrix("c", q, 1)
moved = OUT.T @ b + REST.T @ c
"""What moves the weights out by b and the rest by c."""
I, O = identity_matrix, zeros  # noqa: E741 (short for blocks)


def product(name: str, gives: Expr, A: Expr, D: Expr, B: Expr, U: Expr, *uses: str) -> list[Step]:
    """Steps: a product of the blocks [A, D] and of [B; U] that stand below each other."""
    rule = by(blocks.block_times_stack, A=A, D=D, B=B, U=U)
    if not uses:
        return [have(name, gives, rule)]
    made = block(A, D) @ stack(B, U) == A @ B + D @ U
    return [
        have(f"{name} product", made, rule),
        have(name, gives, calculation, f"{name} product", *uses),
    ]


inner_out, inner_rest = block(I(m), O(m, q)), block(O(q, m), I(q))
MEAN = Statement(
    "PS21.R11.mean",
    UNIT,
    title="What moves only weights out and the rest",
    names=(b, c),
    given={},
    then=parts_of(moved, zeros(1, n), b, c),
    proof=[
        *product("out on out inside", inner_out @ inner_out.T == I(m), I(m), O(m, q), I(m), O(q, m)),
        *product("out on rest inside", inner_out @ inner_rest.T == 0, I(m), O(m, q), O(m, q), I(q)),
        *product("rest on rest inside", inner_rest @ inner_rest.T == I(q), O(q, m), I(q), O(m, q), I(q)),
        *product("out on out", OUT @ OUT.T == I(m), O(m, n), inner_out, O(n, m), inner_out.T, "out on out inside"),
        *product("out on rest", OUT @ REST.T == 0, O(m, n), inner_out, O(n, q), inner_rest.T, "out on rest inside"),
        *product("rest on rest", REST @ REST.T == I(q), O(q, n), inner_rest, O(n, q), inner_rest.T, "rest on rest inside"),
        *product("out on in", OUT @ IN == 0, O(m, n), inner_out, I(n), O(m + q, n)),
        *product("rest on in", REST @ IN == 0, O(q, n), inner_rest, I(n), O(m + q, n)),
        have("in", in_(moved) == 0, calculation, "out on in", "rest on in"),
        have("out", out_(moved) == b, calculation, "out on out", "out on rest"),
        have("rest", rest_(moved) == c, calculation, "out on rest", "rest on rest"),
        have("parts", parts_of(moved, zeros(1, n), b, c), logic, "in", "out", "rest"),
    ],
)  # fmt: skip


ONTO_MEAN = OUT.T @ (NEW_OUT + OUT @ OLD) + REST.T @ (REST @ OLD)
"""What a direction moves out of the unit and its copy together, and the rest, as one direction."""
e = like("e", z)


def flat_there(e: Any) -> Expr:
    """The point z + e is critical, with D = 0, and has the weights into the unit that z has."""
    return both(gradient(SMALL, z + e) == 0, D_(z + e) == 0, in_(e) == 0)


FLAT_KERNEL = {
    "semidefinite": psd(hessian_(z)),
    "flat": every(e, (hessian_(z) @ e == 0) >> flat_there(e)),
}
"""The Hessian is semidefinite, and all points along its kernel are critical, with D = 0."""


def flat_direction(w: Any) -> Expr:
    """The direction moves weights out between the copies, and along the kernel of the Hessian."""
    still = both(new_in_(w) == 0, in_(old_(w)) == 0)
    return both(still, hessian_(z) @ (ONTO_MEAN @ w) == 0)


d1 = like("d1", z)
there, base = y + e1, z + d1
mean = ONTO_MEAN @ dy
FLAT = Statement(
    "PS21.R11.flat",
    UNIT,
    title="All points along flat directions are critical",
    names=(y, e1, d1),
    given={
        **SMOOTH,
        "flat": flat_there(d1),
        "split": split(y, lam),
        "still": both(new_in_(e1) == 0, in_(old_(e1)) == 0),
        "out moves": out_(d1) == new_out_(e1) + out_(old_(e1)),
        "rest moves": rest_(d1) == rest_(old_(e1)),
    },
    then=gradient(LARGE, there) == 0,
    proof=[
        *SPLIT,
        have("still in", new_in_(e1) == 0, logic, "still"),
        have("still old", in_(old_(e1)) == 0, logic, "still"),
        have("critical", gradient(SMALL, base) == 0, logic, "flat"),
        have("no D", D_(base) == 0, logic, "flat"),
        have("mean in", in_(d1) == 0, logic, "flat"),
        have("in there", new_in_(there) == in_(base), calculation, "in", "still in", "mean in"),
        have("old in there", in_(old_(there)) == in_(base), calculation, "old in", "still old", "mean in"),
        have("rest there", rest_(old_(there)) == rest_(base), calculation, "rest", "rest moves"),
        have(
            "out there",
            new_out_(there) + out_(old_(there)) == out_(base),
            calculation, "new out", "old out", "out moves",
        ),
        have("losses", None, cite(LOSSES)),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("small smooth", smooth(SMALL), by(vectors.smooth_of_twice_smooth), "small twice"),
        have("large smooth", smooth(LARGE), by(vectors.smooth_of_twice_smooth), "large twice"),
        have(
            "slopes",
            every(dy, slope(LARGE, there, dy) == 0),
            arbitrary(
                dy,
                proof=[
                    have("parts", None, cite(MEAN, b=dv1 + dv2, c=rest_(old_(dy)))),
                    have("out follows", out_(mean) == dv1 + dv2, logic, "parts"),
                    have("rest follows", rest_(mean) == rest_(old_(dy)), logic, "parts"),
                    have("difference", None, cite(SLOPES, z=base, y=there, dz=mean)),
                    have("small slope", None, by(curves.slope_of_gradient, h=SMALL, Z=base, M=mean), "small smooth"),
                    have("level", slope(SMALL, base, mean) == 0, calculation, "small slope", "critical"),
                    have("zero", slope(LARGE, there, dy) == 0, calculation, "difference", "level", "no D"),
                ],
            ),
        ),
        have("critical there", gradient(LARGE, there) == 0, by(curves.gradient_of_directions), "large smooth", "slopes"),
    ],
)  # fmt: skip

direction = fn(e1, flat_direction(e1))
space = every(
    e1, e2, t, both(flat_direction(e1), flat_direction(e2)) >> flat_direction(e1 + t * e2)
)
SUM = [
    *[
        have(f"{part} {k}", made, logic, "space.if")
        for k, w in enumerate((e1, e2), 1)
        for part, made in (
            ("new in", new_in_(w) == 0),
            ("old in", in_(old_(w)) == 0),
            ("mean", hessian_(z) @ (ONTO_MEAN @ w) == 0),
        )
    ],
    have("new in", new_in_(e1 + t * e2) == 0, calculation, "new in 1", "new in 2"),
    have("old in", in_(old_(e1 + t * e2)) == 0, calculation, "old in 1", "old in 2"),
    have(
        "mean",
        hessian_(z) @ (ONTO_MEAN @ (e1 + t * e2)) == 0,
        by(ranks.kernel_is_a_space, A=hessian_(z) @ ONTO_MEAN, v=e1, w2=e2, x=t),
        "mean 1",
        "mean 2",
    ),
    have("sum", flat_direction(e1 + t * e2), logic, "new in", "old in", "mean"),
]
"""Steps: flat directions are a linear space."""
INTO = every(e, (hessian_(z) @ e == 0) >> (in_(e) == 0))
"""Along the kernel the weights into the unit rest."""
onto = ONTO_MEAN @ dy
p1, p2, p3 = matrix("p1", n, 1), matrix("p2", m, 1), matrix("p3", q, 1)
tail = matrix("tail", m + q, 1)
KERNEL = Statement(
    "PS21.R11.kernel",
    UNIT,
    title="A direction that leaves the copies together and has its mean in the kernel is flat",
    names=(dy,),
    given={"into": INTO},
    then=both(delta == 0, hessian_(z) @ dz == 0) >> flat_direction(dy),
    proof=[
        have(
            "flat if",
            both(delta == 0, hessian_(z) @ dz == 0) >> flat_direction(dy),
            arbitrary(
                proof=[
                    have("together", delta == 0, logic, "flat if.if"),
                    have("kernel", hessian_(z) @ dz == 0, logic, "flat if.if"),
                    *AVERAGED_IN,
                    have("if kernel", None, at(dz), "into"),
                    have("still", in_(dz) == 0, logic, "if kernel", "kernel"),
                    have("common", lam * du1 + (1 - lam) * du2 == du2, calculation, "together"),
                    have("old in", du2 == 0, linear, "in moves", "still", "common"),
                    have("new in", du1 == 0, linear, "together", "old in"),
                    have("mean", None, cite(MEAN, b=dv1 + dv2, c=rest_(old_(dy)))),
                    have("upper", None, by(blocks.split_rows, H=onto, m=n, p=m + q)),
                    have("first", onto == stack(p1, tail), obtain(p1, tail), "upper"),
                    have("lower", None, by(blocks.split_rows, H=tail, m=m, p=q)),
                    have("second", tail == stack(p2, p3), obtain(p2, p3), "lower"),
                    have("whole", onto == vector(p1.T, p2, p3), calculation, "first", "second"),
                    have("read", None, cite(PARTS, first=p1.T, second=p2, third=p3)),
                    have("in mean", in_(onto) == 0, logic, "mean"),
                    have("out mean", out_(onto) == dv1 + dv2, logic, "mean"),
                    have("rest mean", rest_(onto) == rest_(old_(dy)), logic, "mean"),
                    have("in read", in_(vector(p1.T, p2, p3)) == p1.T, logic, "read"),
                    have("out read", out_(vector(p1.T, p2, p3)) == p2, logic, "read"),
                    have("rest read", rest_(vector(p1.T, p2, p3)) == p3, logic, "read"),
                    have("p1", p1 == 0, calculation, "<in read", "<whole", "in mean"),
                    have("p2", p2 == dv1 + dv2, calculation, "<out read", "<whole", "out mean"),
                    have("p3", p3 == rest_(old_(dy)), calculation, "<rest read", "<whole", "rest mean"),
                    have("no in", lam * du1 + (1 - lam) * du2 == 0, linear, "common", "old in"),
                    have("same", onto == dz, calculation, "whole", "p1", "p2", "p3", "no in"),
                    have("images", hessian_(z) @ onto == hessian_(z) @ dz, calculation, "<same"),
                    have("kernel there", hessian_(z) @ onto == 0, linear, "images", "kernel"),
                    have("all", flat_direction(dy), logic, "new in", "old in", "kernel there"),
                ]
            ),
        )
    ],
)  # fmt: skip

RELAXED = Statement(
    "PS21.R11.split",
    UNIT,
    title="A minimum that is flat along the kernel of its Hessian stays a minimum",
    where="Section 5.1, Remark 11",
    lines=(191, 191),
    names=(y,),
    given={**SMOOTH, **FLAT_KERNEL, **RIGHT_SIGN, "split": split(y, lam)},
    then=least_near(LARGE, y, other),
    proof=[
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have("curved", None, cite(CURVED)),
        have("if no move", None, at(zeros(n + m + q, 1)), "flat"),
        have("no D", D_(z) == 0, logic, "if no move"),
        have(
            "into",
            INTO,
            arbitrary(
                e,
                proof=[
                    have("if kernel", None, at(e), "flat"),
                    have("rests", in_(e) == 0, logic, "if kernel", "into.if"),
                ],
            ),
        ),
        have("space", space, arbitrary(e1, e2, t, proof=SUM)),
        have(
            "critical",
            every(e1, flat_direction(e1) >> (gradient(LARGE, y + e1) == 0)),
            arbitrary(
                e1,
                proof=[
                    have("mean", None, cite(MEAN, b=new_out_(e1) + out_(old_(e1)), c=rest_(old_(e1)))),
                    have("mean out", out_(ONTO_MEAN @ e1) == new_out_(e1) + out_(old_(e1)), logic, "mean"),
                    have("mean rest", rest_(ONTO_MEAN @ e1) == rest_(old_(e1)), logic, "mean"),
                    have("still", both(new_in_(e1) == 0, in_(old_(e1)) == 0), logic, "critical.if"),
                    have("kernel", hessian_(z) @ (ONTO_MEAN @ e1) == 0, logic, "critical.if"),
                    have("if kernel", None, at(ONTO_MEAN @ e1), "flat"),
                    have("flat there", flat_there(ONTO_MEAN @ e1), logic, "if kernel", "kernel"),
                    have("there", gradient(LARGE, y + e1) == 0, cite(FLAT, d1=ONTO_MEAN @ e1)),
                ],
            ),
        ),
        have(
            "bends up",
            every(dy, ~flat_direction(dy) >> (bend(LARGE, y, dy) > 0)),
            arbitrary(
                dy,
                proof=[
                    *AVERAGED,
                    have("form", None, cite(FORM, dz=dz)),
                    have("no shear", trace(sheared.T @ D_(z) @ delta.T) == 0, calculation, "no D"),
                    have("small form", None, by(definite.bend_by_hessian, phi=SMALL, y=z, w=dz), "small twice"),
                    have("mean form", form(hessian_(z), dz) >= 0, by(definite.form_of_semidefinite), "semidefinite"),
                    have("if apart", None, at(delta), "curved"),
                    have(
                        "up",
                        bend(LARGE, y, dy) > 0,
                        cases(
                            [
                                have("no curve", share * form(B_(z), delta.T) == 0, calculation, "up.1"),
                                have("kernel gives", None, cite(KERNEL)),
                                have("not in kernel", hessian_(z) @ dz != 0, logic, "kernel gives", "up.1", "bends up.if"),
                                have("small up", form(hessian_(z), dz) > 0, by(definite.form_off_kernel), "semidefinite", "not in kernel"),
                                have("bends", bend(LARGE, y, dy) > 0, linear, "form", "no shear", "small form", "small up", "no curve"),
                            ],
                            [
                                have("curves", share * form(B_(z), delta.T) > 0, logic, "if apart", "up.2"),
                                have("bends", bend(LARGE, y, dy) > 0, linear, "form", "no shear", "small form", "mean form", "curves"),
                            ],
                            split=delta == 0,
                        ),
                    ),
                ],
            ),
        ),
        have(
            "minimum",
            least_near(LARGE, y, other),
            by(vectors.least_near_flat, phi=LARGE, E=direction),
            "large twice", "space", "critical", "bends up",
        ),
    ],
)  # fmt: skip
R11 = Statement(
    "PS21.R11",
    UNIT,
    title="isolatedness can be relaxed",
    kind="remark",
    where="Section 5.1, Remark 11",
    lines=(191, 191),
    given={**SMOOTH, **FLAT_KERNEL, **RIGHT_SIGN},
    then=least_near(LARGE, embedded, other),
    proof=[
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("minimum", least_near(LARGE, embedded, other), cite(RELAXED, y=embedded)),
    ],
)
near_z, e_2 = like("near", z), like("e2", z)
constant = every(e, t, (hessian_(z) @ e == 0) >> (SMALL(z + t * e) == SMALL(z)))
critical_along = every(e, (hessian_(z) @ e == 0) >> (gradient(SMALL, z + e) == 0))


def along_kernel(
    flat: Mapping[str, Expr],
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    hedge: str = "",
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of what the proof of Theorem 13 infers from the kernel of a Hessian."""
    return Statement(
        "PS21.T13.kernel",
        UNIT,
        title="From a Hessian that is semidefinite, and its kernel, to a local minimum",
        where="Section 5.2, proof of Theorem 13",
        lines=(219, 219),
        given={**SMOOTH, "semidefinite": psd(hessian_(z)), **flat},
        then=least_near(SMALL, z, near_z),
        proof=proof,
        reading=reading,
        repaired=repaired,
        hedge=hedge,
        expected=expected,
    )


T13_KERNEL = along_kernel(
    {"critical along": critical_along},
    [
        have("losses", None, cite(LOSSES)),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have(
            "space",
            every(e, e_2, t, both(hessian_(z) @ e == 0, hessian_(z) @ e_2 == 0) >> (hessian_(z) @ (e + t * e_2) == 0)),
            arbitrary(
                e,
                e_2,
                t,
                proof=[
                    have("one", hessian_(z) @ e == 0, logic, "space.if"),
                    have("two", hessian_(z) @ e_2 == 0, logic, "space.if"),
                    have(
                        "sum",
                        hessian_(z) @ (e + t * e_2) == 0,
                        by(ranks.kernel_is_a_space, A=hessian_(z), v=e, w2=e_2, x=t),
                        "one", "two",
                    ),
                ],
            ),
        ),
        have(
            "bends up",
            every(e, (hessian_(z) @ e != 0) >> (bend(SMALL, z, e) > 0)),
            arbitrary(
                e,
                proof=[
                    have("form", form(hessian_(z), e) > 0, by(definite.form_off_kernel), "semidefinite", "bends up.if"),
                    have("bend", None, by(definite.bend_by_hessian, phi=SMALL, y=z, w=e), "small twice"),
                    have("up", bend(SMALL, z, e) > 0, linear, "form", "bend"),
                ],
            ),
        ),
        have(
            "minimum",
            least_near(SMALL, z, near_z),
            by(vectors.least_near_flat, phi=SMALL, E=fn(e, hessian_(z) @ e == 0)),
            "small twice", "space", "critical along", "bends up",
        ),
    ],
    "repaired",
)  # fmt: skip
T13_KERNEL_PRINTED = along_kernel(
    {"critical": gradient(SMALL, z) == 0, "constant": constant},
    [
        have(
            "minimum",
            least_near(SMALL, z, near_z),
            claimed("the loss is constant along the kernel, so semidefiniteness is sufficient"),
            "critical",
            "semidefinite",
            "constant",
            lines=(219, 219),
        )
    ],
    repaired=T13_KERNEL,
    hedge="Line 219 has more: weights out are redistributed between equal units, which leaves the "
    "network function as it is, so by Theorem 7 all these points are critical, as the repair asks. "
    "The counterexample is no network: it has no unit, and shows that constancy alone is too little.",
    expected=("refuted, statement", "invalid inference, step minimum"),
)
