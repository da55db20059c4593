"""Sections 5.2 and 5.3: what the step of Theorem 13 needs holds again, with one unit more.

Notation: the larger network is again one unit and all the rest: its unit is the added one, below
and above it are the activations and the loss where the old unit is a part of the rest.

Statements
- PS21.T13.curved: at a split point the second derivative is a sum of two that are not negative.
- PS21.T13.again: the Hessian of the larger network is semidefinite and flat along its kernel, with D
  = 0 there, and B of the added unit is positive definite.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    AVERAGED,
    LOSSES,
    dz,
    smooth_below,
    smooth_unit,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import (
    FLAT,
    FLAT_KERNEL,
    d1,
    flat_there,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import e as e1
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    PRESERVED,
    SPLIT,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.escapes import inside
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import (
    COPIES,
    FORM,
    delta,
    du1,
    du2,
    dy,
    sheared,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    G,
    M,
    P,
    lam,
    q,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    IN,
    LARGE,
    OUT,
    REST,
    SMALL,
    SMOOTH,
    UNIT,
    contribution,
    hessian_,
    in_,
    new_in_,
    new_out_,
    of_old,
    old_,
    out_,
    rest_,
    theta,
    u,
    v,
)
from symbolic_landscape.proofs.rules import definite, order, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form, pd, psd
from symbolic_landscape.proofs.rules.vectors import bend
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    fn,
    gradient,
    like,
    the,
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
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.term import substitute

w = like("w", z)
below = fn(w, A(rest_(w)))
above = fn(w, fn(P, G(rest_(w))(P + contribution(in_(w), out_(w), rest_(w)))))
LARGER_UNIT = {"A": below, "G": above, "q": M, "z": y}
"""The added unit and all the rest of the larger network, for citations."""


def again(x: Expr) -> Expr:
    """What is meant of one unit, of the added unit of the larger network."""
    names = {"A": A, "G": G, "q": q, "z": z}
    return Expr(substitute(the(x), {the(names[k]): the(t) for k, t in LARGER_UNIT.items()}))


share = lam * (1 - lam)
apart = share * form(B_(z), delta.T)
formed = bend(LARGE, y, dy) == form(hessian_(z), dz) + apart
parted = both(formed, form(hessian_(z), dz) >= 0, apart >= 0, (delta != 0) >> (apart > 0))
GIVEN = {**SMOOTH, **FLAT_KERNEL, "definite": pd(B_(z)), "between": inside}
CURVED = Statement(
    "PS21.T13.curved",
    UNIT,
    title="At a split point the loss bends by the mean, and where the copies move apart",
    where="Section 5.2, proof of Theorem 13; Lemma 12",
    lines=(219, 219),
    names=(y, dy),
    given={
        **SMOOTH,
        "no D": D_(z) == 0,
        "semidefinite": psd(hessian_(z)),
        "definite": pd(B_(z)),
        "between": inside,
        "split": split(y, lam),
    },
    then=parted,
    proof=[
        have("losses", None, cite(LOSSES)),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        *AVERAGED,
        have("form", None, cite(FORM, dz=dz)),
        have("no shear", trace(sheared.T @ D_(z) @ delta.T) == 0, calculation, "no D"),
        have("small form", None, by(definite.bend_by_hessian, phi=SMALL, y=z, w=dz), "small twice"),
        have("formed", formed, linear, "form", "no shear", "small form"),
        have("mean form", form(hessian_(z), dz) >= 0, by(definite.form_of_semidefinite), "semidefinite"),
        have("above 0", lam > 0, logic, "between"),
        have("below 1", lam < 1, logic, "between"),
        have("share", share > 0, by(order.positive_product), "above 0", "below 1"),
        have(
            "curves",
            (delta != 0) >> (apart > 0),
            arbitrary(
                proof=[
                    have("column", delta.T != 0, logic, "curves.if"),
                    have("B", form(B_(z), delta.T) > 0, by(definite.form_positive), "definite", "column"),
                    have("product", apart > 0, by(order.positive_product), "share", "B"),
                ]
            ),
        ),
        have(
            "not negative",
            apart >= 0,
            cases(
                [have("none", apart == 0, calculation, "not negative.1"), have("zero", apart >= 0, linear, "none")],
                [have("some", apart > 0, logic, "curves", "not negative.2"), have("more", apart >= 0, linear, "some")],
                split=delta == 0,
            ),
        ),
        have("all", parted, logic, "formed", "mean form", "not negative", "curves"),
    ],
)  # fmt: skip

adds, old_adds = contribution(new_in_(y), new_out_(y), rest_(old_(y))), contribution(*of_old(y))
MOVED = have(
    "moved",
    None,
    by(vectors.gradient_of_moved, GW=G, w=rest_(old_(y)), M=old_adds, M2=adds),
    "above",
)
"""The step to the errors of the added unit: what the old one adds is a part of the loss above it."""
COPIES_D = Statement(
    "PS21.T13.D",
    UNIT,
    title="D of the added unit is 0 where both units are copies, and D of the unit is 0",
    where="Section 5.3, proof of Theorem 2",
    lines=(243, 243),
    names=(y,),
    given={"above": twice_smooth(G), **COPIES, "no D": D_(z) == 0},
    then=again(D_(z)) == 0,
    proof=[
        MOVED,
        have("sum", adds + old_adds == contribution(u, v, theta), calculation, "in", "old in", "out", "rest"),
        have("no D again", again(D_(z)) == 0, calculation, "moved", "sum", "in", "rest", "no D"),
    ],
)  # fmt: skip
there, base = y + e1, z + d1
no_d = again(D_(z + like("e", z))) == 0
FLAT_D = Statement(
    "PS21.T13.flat",
    UNIT,
    title="Along flat directions D of the added unit is 0",
    where="Section 5.3, proof of Theorem 2",
    lines=(243, 243),
    names=(y, e1, d1),
    given={
        "above": twice_smooth(G),
        "no D": D_(base) == 0,
        "split": split(y, lam),
        "still": both(new_in_(e1) == 0, in_(old_(e1)) == 0, in_(d1) == 0),
        **{name: FLAT.given[name] for name in ("out moves", "rest moves")},
    },
    then=no_d,
    proof=[
        *SPLIT,
        have("still in", new_in_(e1) == 0, logic, "still"),
        have("still old", in_(old_(e1)) == 0, logic, "still"),
        have("mean in", in_(d1) == 0, logic, "still"),
        have("in there", new_in_(there) == in_(base), calculation, "in", "still in", "mean in"),
        have("old in there", in_(old_(there)) == in_(base), calculation, "old in", "still old", "mean in"),
        have("rest there", rest_(old_(there)) == rest_(base), calculation, "rest", "rest moves"),
        have("out there", new_out_(there) + out_(old_(there)) == out_(base), calculation, "new out", "old out", "out moves"),
        have("no D again", no_d, cite(COPIES_D, y=there, z=base)),
    ],
)  # fmt: skip
WITHIN = [
    have("formed", formed, logic, "parted"),
    have("mean form", form(hessian_(z), dz) >= 0, logic, "parted"),
    have("apart", apart >= 0, logic, "parted"),
    have("if apart", (delta != 0) >> (apart > 0), logic, "parted"),
]
"""Steps to the parts of the second derivative."""
TOGETHER = have(
    "together",
    delta == 0,
    cases(
        [have("given", delta == 0, logic, "together.1")],
        [
            have("up", apart > 0, logic, "if apart", "together.2"),
            have("clash", contradiction, linear, "level", "formed", "mean form", "up"),
            have("absurd", delta == 0, logic, "clash"),
        ],
        split=delta == 0,
    ),
)
IN_KERNEL = have(
    "kernel",
    hessian_(z) @ dz == 0,
    cases(
        [have("in it", hessian_(z) @ dz == 0, logic, "kernel.1")],
        [
            have("up", form(hessian_(z), dz) > 0, by(definite.form_off_kernel), "semidefinite", "kernel.2"),
            have("clash", contradiction, linear, "level", "formed", "apart", "up"),
            have("absurd", hessian_(z) @ dz == 0, logic, "clash"),
        ],
        split=hessian_(z) @ dz == 0,
    ),
)  # fmt: skip
hessian_again, B_again = again(hessian_(z)), again(B_(z))
flat_again = again(FLAT_KERNEL["flat"])
smooth_again = both(twice_smooth(below), twice_smooth(above))
repeated = both(smooth_again, psd(hessian_again), flat_again, pd(B_again))
AGAIN = Statement(
    "PS21.T13.again",
    UNIT,
    title="What the step of Theorem 13 needs holds again, with the added unit as the unit",
    where="Section 5.2, proof of Theorem 13; Section 5.3, proof of Theorem 2",
    lines=(219, 219),
    names=(y,),
    given={**GIVEN, "split": split(y, lam)},
    then=repeated,
    proof=[
        have("in", new_in_(y) == u, logic, "split"),
        have("new out", new_out_(y) == lam * v, logic, "split"),
        have("rest", rest_(old_(y)) == theta, logic, "split"),
        *smooth_below("unit", z, REST),
        *smooth_unit("unit", z, IN, OUT, REST, "unit below"),
        have(
            "above again", twice_smooth(above),
            by(vectors.twice_smooth_moved_value, G=G, P=fn(z, rest_(z)), Q=fn(z, contribution(u, v, rest_(z)))),
            "above", "unit rest", "unit adds",
        ),
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("if no move", None, at(zeros(M, 1)), "flat"),
        have("no D", D_(z) == 0, logic, "if no move"),
        have(
            "bends",
            every(dy, bend(LARGE, y, dy) >= 0),
            arbitrary(dy, proof=[
                have("parted", None, cite(CURVED)),
                *WITHIN[:3],
                have("up", bend(LARGE, y, dy) >= 0, linear, "formed", "mean form", "apart"),
            ]),
        ),
        have("semidefinite again", psd(hessian_again), by(definite.semidefinite_of_bends, phi=LARGE, y=y), "large twice", "bends"),
        have(
            "flat again",
            flat_again,
            arbitrary(dy, proof=[
                have("by Hessian", None, by(definite.bend_by_hessian, phi=LARGE, y=y, w=dy), "large twice"),
                have("level", bend(LARGE, y, dy) == 0, calculation, "by Hessian", "flat again.if"),
                have("parted", None, cite(CURVED)),
                *WITHIN,
                TOGETHER,
                IN_KERNEL,
                *AVERAGED,
                have("if kernel", None, at(dz), "flat"),
                have("flat there", flat_there(dz), logic, "if kernel", "kernel"),
                have("mean still", in_(dz) == 0, logic, "flat there"),
                have("common", lam * du1 + (1 - lam) * du2 == du2, calculation, "together"),
                have("old still", du2 == 0, linear, "in moves", "mean still", "common"),
                have("new still", du1 == 0, linear, "together", "old still"),
                have("still", both(du1 == 0, du2 == 0), logic, "new still", "old still"),
                have("all still", both(du1 == 0, du2 == 0, in_(dz) == 0), logic, "still", "mean still"),
                have("no D there", D_(z + dz) == 0, logic, "flat there"),
                have("critical", gradient(LARGE, y + dy) == 0, cite(FLAT, e=dy, d1=dz)),
                have("no D again", None, cite(FLAT_D, e=dy, d1=dz)),
                have("all", again(flat_there(like("dy", z))), logic, "critical", "no D again", "new still"),
            ]),
        ),
        MOVED,
        have("old sum", None, cite(PRESERVED)),
        have("same", adds + old_adds == contribution(u, v, theta), logic, "old sum"),
        have("scaled", B_again == lam * B_(z), calculation, "moved", "same", "in", "new out", "rest"),
        have("above 0", lam > 0, logic, "between"),
        have("product", pd(lam * B_(z)), by(definite.scaled_definite), "definite", "above 0"),
        have("definite again", pd(B_again), calculation, "product", "scaled"),
        have("all", repeated, logic, "unit below", "above again", "semidefinite again", "flat again", "definite again"),
    ],
    gloss="So the step can be repeated: cited for the larger network it gives the next, and so on. "
    "The paper splits the old unit again and again; here it is the added one.",
)  # fmt: skip
