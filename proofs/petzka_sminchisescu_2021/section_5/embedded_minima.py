"""Section 5.1, Theorem 9: when an embedded minimum is a minimum, and when it is a saddle point.

Statements
- PS21.T9.flat: with D = 0 all points that share the weights out are critical.
- PS21.T9.minimum: a nondegenerate minimum with D = 0 and B of the right sign stays a minimum.
- PS21.T9.bend: with D not 0 the loss falls along a line through the embedded point.
- PS21.T9.saddle: so the embedded point is no local minimum.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    AVERAGED,
    CRITICAL,
    LOSSES,
    dz,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    LARGER,
    PARTS,
    SPLIT,
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
    M,
    lam,
    n,
    q,
    y,
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
    in_,
    larger,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    theta,
    u,
    v,
    vector,
)
from symbolic_landscape.proofs.rules import (
    curves,
    definite,
    derivatives,
    entries,
    minima,
    order,
    pieces,
    signs,
    vectors,
)
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form, pd
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import along, bend, least_near, slope
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    derivative,
    either,
    every,
    exists,
    fn,
    gradient,
    like,
    real,
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
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

s, t, r = real("s"), real("t"), real("r")
e, e2, x = like("e", y), like("e2", y), like("x", u)
other = like("other", y)
NO_D = {"no D": D_(z) == 0}


def sharing(e: Any) -> Expr:
    """The direction moves weights out from the unit to its copy, and nothing else."""
    still = both(new_in_(e) == 0, in_(old_(e)) == 0, rest_(old_(e)) == 0)
    return both(still, new_out_(e) + out_(old_(e)) == 0)


SHARED = [
    have("still in", new_in_(e) == 0, logic, "sharing"),
    have("still old", in_(old_(e)) == 0, logic, "sharing"),
    have("still rest", rest_(old_(e)) == 0, logic, "sharing"),
    have("shared", new_out_(e) + out_(old_(e)) == 0, logic, "sharing"),
]
there = y + e
mean = vector(zeros(1, n), dv1 + dv2, rest_(old_(dy)))
FLAT = Statement(
    "PS21.T9.flat",
    UNIT,
    title="With D = 0 all ways to share the weights out are critical",
    where="Appendix A.1, end of the proof of Theorem 9",
    lines=(404, 404),
    names=(y, e),
    given={**SMOOTH, **CRITICAL, **NO_D, "split": split(y, lam), "sharing": sharing(e)},
    then=gradient(LARGE, there) == 0,
    proof=[
        *SPLIT,
        *SHARED,
        have("in there", new_in_(there) == u, calculation, "in", "still in"),
        have("old in there", in_(old_(there)) == u, calculation, "old in", "still old"),
        have("rest there", rest_(old_(there)) == theta, calculation, "rest", "still rest"),
        have(
            "out there",
            new_out_(there) + out_(old_(there)) == v,
            calculation,
            "new out",
            "old out",
            "shared",
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
                    have(
                        "parts",
                        None,
                        cite(PARTS, first=zeros(1, n), second=dv1 + dv2, third=rest_(old_(dy))),
                    ),
                    have("out moves", out_(mean) == dv1 + dv2, logic, "parts"),
                    have("rest moves", rest_(mean) == rest_(old_(dy)), logic, "parts"),
                    have("difference", None, cite(SLOPES, y=there, dz=mean)),
                    have(
                        "small slope",
                        None,
                        by(curves.slope_of_gradient, h=SMALL, Z=z, M=mean),
                        "small smooth",
                    ),
                    have(
                        "flat", slope(SMALL, z, mean) == 0, calculation, "small slope", "critical"
                    ),
                    have(
                        "zero",
                        slope(LARGE, there, dy) == 0,
                        calculation,
                        "difference",
                        "flat",
                        "no D",
                    ),
                ],
            ),
        ),
        have(
            "critical there",
            gradient(LARGE, there) == 0,
            by(curves.gradient_of_directions),
            "large smooth",
            "slopes",
        ),
    ],
)

RIGHT_SIGN = {
    "right sign": either(
        both(pd(B_(z)), both(0 < lam, lam < 1)),
        both(pd(-B_(z)), either(lam < 0, lam > 1)),
    )
}
share = lam * (1 - lam)
curves_up = share * form(B_(z), x.T) > 0
CURVED = Statement(
    "PS21.T9.sign",
    UNIT,
    title="lambda (1 - lambda) B is positive definite",
    where="Section 5.1, Theorem 9",
    lines=(181, 184),
    given=RIGHT_SIGN,
    then=every(x, (x != 0) >> curves_up),
    proof=[
        have(
            "curved",
            every(x, (x != 0) >> curves_up),
            arbitrary(
                x,
                proof=[
                    have("column", x.T != 0, logic, "curved.if"),
                    have(
                        "sign",
                        curves_up,
                        cases(
                            [
                                have("definite", pd(B_(z)), logic, "sign.1"),
                                have("above 0", lam > 0, logic, "sign.1"),
                                have("below 1", 1 - lam > 0, logic, "sign.1"),
                                have("form", form(B_(z), x.T) > 0, by(definite.form_positive), "definite", "column"),
                                have("shares", share > 0, by(order.positive_product), "above 0", "below 1"),
                                have("product", curves_up, by(order.positive_product), "shares", "form"),
                            ],
                            [
                                have("definite", pd(-B_(z)), logic, "sign.2"),
                                have("outside", either(lam < 0, lam > 1), logic, "sign.2"),
                                have("form", form(-B_(z), x.T) > 0, by(definite.form_positive), "definite", "column"),
                                have(
                                    "shares",
                                    -share > 0,
                                    cases(
                                        [
                                            have("rest positive", 1 - lam > 0, linear, "shares.1"),
                                            have("product", -share > 0, by(order.positive_product, s=-lam, t=1 - lam), "shares.1", "rest positive"),
                                        ],
                                        [
                                            have("positive", lam > 0, linear, "shares.2"),
                                            have("product", -share > 0, by(order.positive_product, s=lam, t=lam - 1), "positive", "shares.2"),
                                        ],
                                    ),
                                    "outside",
                                ),
                                have("product", curves_up, by(order.positive_product, s=-share, t=form(-B_(z), x.T)), "shares", "form"),
                            ],
                        ),
                        "right sign",
                    ),
                ],
            ),
        )
    ],
)  # fmt: skip


def vanishing(name: str, e: Expr) -> list[Step]:
    """Steps: what is 0 in a direction that moves weights out from the unit to its copy."""
    return [
        have(f"new in {name}", new_in_(e) == 0, logic, "space.if"),
        have(f"in {name}", in_(old_(e)) == 0, logic, "space.if"),
        have(f"rest {name}", rest_(old_(e)) == 0, logic, "space.if"),
        have(f"out {name}", new_out_(e) + out_(old_(e)) == 0, logic, "space.if"),
    ]


direction = fn(e, sharing(e))
linear_space = every(e, e2, t, both(sharing(e), sharing(e2)) >> sharing(e + t * e2))
NONDEGENERATE = {**CRITICAL, "nondegenerate": pd(hessian_(z))}
zero_mean = dz == 0
MINIMUM = Statement(
    "PS21.T9.minimum",
    UNIT,
    title="A nondegenerate minimum with D = 0 and B of the right sign stays a minimum",
    where="Section 5.1, Theorem 9; Appendix A.1",
    lines=(400, 404),
    names=(y,),
    given={**SMOOTH, **NONDEGENERATE, **NO_D, **RIGHT_SIGN, "split": split(y, lam)},
    then=least_near(LARGE, y, other),
    proof=[
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have("curved", None, cite(CURVED)),
        have(
            "space",
            linear_space,
            arbitrary(
                e,
                e2,
                t,
                proof=[
                    *vanishing("1", e),
                    *vanishing("2", e2),
                    have("new in", new_in_(e + t * e2) == 0, calculation, "new in 1", "new in 2"),
                    have("in", in_(old_(e + t * e2)) == 0, calculation, "in 1", "in 2"),
                    have("rest", rest_(old_(e + t * e2)) == 0, calculation, "rest 1", "rest 2"),
                    have(
                        "out",
                        new_out_(e + t * e2) + out_(old_(e + t * e2)) == 0,
                        calculation,
                        "out 1",
                        "out 2",
                    ),
                    have("sum", sharing(e + t * e2), logic, "new in", "in", "rest", "out"),
                ],
            ),
        ),
        have(
            "flat",
            every(e, sharing(e) >> (gradient(LARGE, y + e) == 0)),
            arbitrary(e, proof=[have("there", gradient(LARGE, y + e) == 0, cite(FLAT))]),
        ),
        have(
            "bends up",
            every(dy, ~sharing(dy) >> (bend(LARGE, y, dy) > 0)),
            arbitrary(
                dy,
                proof=[
                    *AVERAGED,
                    have("form", None, cite(FORM, dz=dz)),
                    have("no shear", trace(sheared.T @ D_(z) @ delta.T) == 0, calculation, "no D"),
                    have(
                        "small form",
                        None,
                        by(definite.bend_by_hessian, phi=SMALL, y=z, w=dz),
                        "small twice",
                    ),
                    have(
                        "mean form",
                        form(hessian_(z), dz) >= 0,
                        by(definite.form_not_negative),
                        "nondegenerate",
                    ),
                    have("if apart", None, at(delta), "curved"),
                    have(
                        "up",
                        bend(LARGE, y, dy) > 0,
                        cases(
                            [
                                have("mean in", in_(dz) == 0, calculation, "up.1"),
                                have("mean out", out_(dz) == 0, calculation, "up.1"),
                                have("mean rest", rest_(dz) == 0, calculation, "up.1"),
                                have("out", dv1 + dv2 == 0, linear, "out moves", "mean out"),
                                have(
                                    "rest still",
                                    rest_(old_(dy)) == 0,
                                    linear,
                                    "rest moves",
                                    "mean rest",
                                ),
                                have(
                                    "mean",
                                    lam * du1 + (1 - lam) * du2 == 0,
                                    linear,
                                    "in moves",
                                    "mean in",
                                ),
                                have(
                                    "apart",
                                    delta != 0,
                                    cases(
                                        [
                                            have(
                                                "common",
                                                lam * du1 + (1 - lam) * du2 == du2,
                                                calculation,
                                                "apart.1",
                                            ),
                                            have("old in", du2 == 0, linear, "common", "mean"),
                                            have("new in", du1 == 0, linear, "apart.1", "old in"),
                                            have(
                                                "clash",
                                                delta != 0,
                                                logic,
                                                "bends up.if",
                                                "new in",
                                                "old in",
                                                "out",
                                                "rest still",
                                            ),
                                        ],
                                        [have("other", delta != 0, logic, "apart.2")],
                                        split=delta == 0,
                                    ),
                                ),
                                have(
                                    "curves",
                                    share * form(B_(z), delta.T) > 0,
                                    logic,
                                    "if apart",
                                    "apart",
                                ),
                                have(
                                    "bends",
                                    bend(LARGE, y, dy) > 0,
                                    linear,
                                    "form",
                                    "no shear",
                                    "small form",
                                    "mean form",
                                    "curves",
                                ),
                            ],
                            [
                                have(
                                    "small up",
                                    form(hessian_(z), dz) > 0,
                                    by(definite.form_positive),
                                    "nondegenerate",
                                    "up.2",
                                ),
                                have(
                                    "curves",
                                    share * form(B_(z), delta.T) >= 0,
                                    cases(
                                        [
                                            have(
                                                "none",
                                                share * form(B_(z), delta.T) == 0,
                                                calculation,
                                                "curves.1",
                                            ),
                                            have(
                                                "still",
                                                share * form(B_(z), delta.T) >= 0,
                                                linear,
                                                "none",
                                            ),
                                        ],
                                        [
                                            have(
                                                "positive",
                                                share * form(B_(z), delta.T) > 0,
                                                logic,
                                                "if apart",
                                                "curves.2",
                                            ),
                                            have(
                                                "more",
                                                share * form(B_(z), delta.T) >= 0,
                                                linear,
                                                "positive",
                                            ),
                                        ],
                                        split=delta == 0,
                                    ),
                                ),
                                have(
                                    "bends",
                                    bend(LARGE, y, dy) > 0,
                                    linear,
                                    "form",
                                    "no shear",
                                    "small form",
                                    "small up",
                                    "curves",
                                ),
                            ],
                            split=dz == 0,
                        ),
                    ),
                ],
            ),
        ),
        have(
            "minimum",
            least_near(LARGE, y, other),
            by(vectors.least_near_flat, phi=LARGE, E=direction),
            "large twice",
            "space",
            "flat",
            "bends up",
        ),
    ],
)

g = like("g", v)


def moves_apart(dy: Any, x: Any, g: Any) -> Expr:
    """The direction moves the copies apart, by x in the weights in and g in those out."""
    new = both(new_in_(dy) == (1 - lam) * x, new_out_(dy) == -g)
    old = both(in_(old_(dy)) == -lam * x, out_(old_(dy)) == g, rest_(old_(dy)) == 0)
    return both(new, old)


bends_apart = bend(LARGE, y, dy) == share * form(B_(z), x.T) - 2 * trace(g.T @ D_(z) @ x.T)
still = zeros(M, 1)
BEND = Statement(
    "PS21.T9.bend",
    UNIT,
    title="How the loss bends where the copies move apart",
    names=(y, dy, x, g),
    given={**SMOOTH, "split": split(y, lam), "apart": moves_apart(dy, x, g)},
    then=bends_apart,
    proof=[
        have("new in", new_in_(dy) == (1 - lam) * x, logic, "apart"),
        have("new out", new_out_(dy) == -g, logic, "apart"),
        have("old in", in_(old_(dy)) == -lam * x, logic, "apart"),
        have("old out", out_(old_(dy)) == g, logic, "apart"),
        have("rest", rest_(old_(dy)) == 0, logic, "apart"),
        have("mean in", in_(still) == lam * du1 + (1 - lam) * du2, calculation, "new in", "old in"),
        have("mean out", out_(still) == dv1 + dv2, calculation, "new out", "old out"),
        have("form", None, cite(FORM, dz=still)),
        have(
            "constant",
            every(t, derivative(along(SMALL, z, still))(t) == 0),
            arbitrary(
                t,
                proof=[
                    have(
                        "no slope",
                        derivative(along(SMALL, z, still))(t) == 0,
                        by(pieces.derivative_of_number, r=SMALL(z)),
                    )
                ],
            ),
        ),
        have(
            "no bend",
            bend(SMALL, z, still) == 0,
            by(derivatives.derivative_of_constant, f=derivative(along(SMALL, z, still)), r=0),
            "constant",
        ),
        have(
            "curve",
            share * trace(delta @ B_(z) @ delta.T) == share * form(B_(z), x.T),
            calculation,
            "new in",
            "old in",
        ),
        have(
            "shear",
            sheared.T @ D_(z) @ delta.T == -g.T @ D_(z) @ x.T,
            calculation,
            "new in",
            "new out",
            "old in",
            "old out",
        ),
        have(
            "sheared",
            trace(sheared.T @ D_(z) @ delta.T) == trace(-g.T @ D_(z) @ x.T),
            by(entries.trace_of_equal),
            "shear",
        ),
        have("bends", bends_apart, linear, "form", "no bend", "curve", "sheared"),
    ],
)

kept = vector(-lam * x, g, zeros(q, 1))
turned = larger((1 - lam) * x, -g, kept)
APART = Statement(
    "PS21.T9.apart",
    UNIT,
    title="Some direction moves the copies apart",
    names=(x, g),
    given={},
    then=exists(dy, moves_apart(dy, x, g)),
    proof=[
        have("new", None, cite(LARGER, first=(1 - lam) * x, second=-g, old=kept)),
        have("old", None, cite(PARTS, first=-lam * x, second=g, third=zeros(q, 1))),
        have("new in", new_in_(turned) == (1 - lam) * x, logic, "new"),
        have("new out", new_out_(turned) == -g, logic, "new"),
        have("kept", old_(turned) == kept, logic, "new"),
        have("in kept", in_(kept) == -lam * x, logic, "old"),
        have("out kept", out_(kept) == g, logic, "old"),
        have("rest kept", rest_(kept) == 0, logic, "old"),
        have("old in", in_(old_(turned)) == -lam * x, calculation, "kept", "in kept"),
        have("old out", out_(old_(turned)) == g, calculation, "kept", "out kept"),
        have("old rest", rest_(old_(turned)) == 0, calculation, "kept", "rest kept"),
        have(
            "all",
            moves_apart(turned, x, g),
            logic,
            "new in",
            "new out",
            "old in",
            "old out",
            "old rest",
        ),
        have("some", exists(dy, moves_apart(dy, x, g)), take(turned), "all"),
    ],
)
column = like("column", x.T)
image = D_(z) @ column
size, start = trace(image.T @ image), share * form(B_(z), column)
weight = (start + 1) / size / 2
moves = moves_apart(dy, column.T, weight * image)
FALLS = Statement(
    "PS21.T9.falls",
    UNIT,
    title="With D not 0 the loss bends down along some direction",
    where="Appendix A.1, Lemma A.1 (b)",
    lines=(386, 388),
    names=(y,),
    given={**SMOOTH, "some D": D_(z) != 0, "split": split(y, lam)},
    then=exists(dy, bend(LARGE, y, dy) < 0),
    proof=[
        have("some", exists(column, image != 0), by(entries.some_image, A=D_(z)), "some D"),
        have("column", image != 0, obtain(column), "some"),
        have(
            "size",
            size > 0,
            cases(
                [
                    have("zero", image == 0, by(entries.zero_of_squares), "size.1"),
                    have("clash", size > 0, logic, "column", "zero"),
                ],
                [have("positive", size > 0, logic, "size.2")],
                split=size <= 0,
            ),
        ),
        have("not zero", size != 0, by(order.positive_is_not_zero), "size"),
        have("weight", size * ((start + 1) / size) == start + 1, by(signs.quotient), "not zero"),
        have("direction", None, cite(APART, x=column.T, g=weight * image)),
        have("dy", moves, obtain(dy), "direction"),
        have("bend", None, cite(BEND, x=column.T, g=weight * image)),
        have("bend down", bend(LARGE, y, dy) < 0, linear, "bend", "weight"),
        have("falls", exists(dy, bend(LARGE, y, dy) < 0), take(dy), "bend down"),
    ],
)
near = every(other, close(other, y, r) >> (LARGE(y) <= LARGE(other)))
gap = real("gap")
on_line = along(LARGE, y, dy)
stays = every(t, both(-gap < t, t < gap) >> close(y + t * dy, y, r))
least_on_line = every(t, both(-gap < t, t < gap) >> (on_line(0) <= on_line(t)))
NO_MINIMUM = Statement(
    "PS21.T9.descent",
    UNIT,
    title="Where the loss bends down along a direction there is no local minimum",
    where="Section 5.1, before Theorem 8",
    names=(y, dy),
    given={**SMOOTH, "bend": bend(LARGE, y, dy) < 0},
    then=~least_near(LARGE, y, other),
    proof=[
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have(
            "no minimum",
            ~least_near(LARGE, y, other),
            cases(
                [
                    have("r", both(r > 0, near), obtain(r), "no minimum.1"),
                    have("radius", r > 0, logic, "r"),
                    have("near", near, logic, "r"),
                    have("line", None, by(vectors.line_near, w=y, w2=dy), "radius"),
                    have("gap", both(gap > 0, stays), obtain(gap), "line"),
                    have("gap positive", gap > 0, logic, "gap"),
                    have("stays", stays, logic, "gap"),
                    have(
                        "least",
                        least_on_line,
                        arbitrary(
                            t,
                            proof=[
                                have("if inside", None, at(t), "stays"),
                                have("inside", close(y + t * dy, y, r), logic, "if inside", "least.if"),
                                have("if near", None, at(y + t * dy), "near"),
                                have("value", on_line(0) <= on_line(t), logic, "if near", "inside"),
                            ],
                        ),
                    ),
                    have("some gap", exists(gap, both(gap > 0, least_on_line)), take(gap), "gap positive", "least"),
                    have("twice", twice_smooth(on_line), by(vectors.twice_smooth_value_along, phi=LARGE, w=y, w2=dy), "large twice"),
                    have("curvature", bend(LARGE, y, dy) >= 0, by(minima.curvature_at_minimum, g=on_line), "twice", "some gap"),
                    have("clash", contradiction, linear, "bend", "curvature"),
                    have("none", ~least_near(LARGE, y, other), logic, "clash"),
                ],
                [have("given", ~least_near(LARGE, y, other), logic, "no minimum.2")],
                split=least_near(LARGE, y, other),
            ),
        ),
    ],
)  # fmt: skip
SADDLE = Statement(
    "PS21.T9.saddle",
    UNIT,
    title="With D not 0 no embedded point is a local minimum",
    where="Section 5.1, Theorem 9; Appendix A.1",
    lines=(388, 388),
    names=(y,),
    given={**SMOOTH, "some D": D_(z) != 0, "split": split(y, lam)},
    then=~least_near(LARGE, y, other),
    proof=[
        have("direction", None, cite(FALLS)),
        have("bend", bend(LARGE, y, dy) < 0, obtain(dy), "direction"),
        have("not least", ~least_near(LARGE, y, other), cite(NO_MINIMUM)),
    ],
)
