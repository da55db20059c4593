"""Sections 3.1 and 5: critical points, degenerate ones, isolated ones.

Statements
- C21.D3.0: the Hessian has not full rank exactly where its determinant is 0.
- C21.D5.6: every eigenvalue of the Hessian is nonzero exactly where it has full rank.
- C21.D5.5: a local minimum that is an isolated critical point is an isolated local minimum.
- C21.X5.3: 0 is an isolated critical point of x^2 - y^2, whose level set is two lines.
"""

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    PLANE,
    alone_,
    critical_,
    hessian_,
    i,
    isolated_,
    isolated_critical_,
    local_minimum_,
    other,
    partial_,
    phi,
    q,
    t,
    unit,
    v,
    y,
)
from symbolic_landscape.proofs.rules import order, ranks
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.minima import slope_at_minimum
from symbolic_landscape.proofs.rules.numbers import derivative_of_cubic
from symbolic_landscape.proofs.rules.plane import zero_of_numbers
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import line_near, twice_smooth_value_along
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    det,
    either,
    every,
    exists,
    fn,
    identity_matrix,
    like,
    matrix,
    rank,
    real,
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
    suppose_not,
    take,
)
from symbolic_landscape.statement.term import num

H = hessian_(q, phi, y)
r, s, size = real("r"), real("s"), real("size")
d = like("d", y)
degenerate = rank(H) < q

D3_0 = Statement(
    "C21.D3.0",
    FUNCTION,
    kind="definition",
    title="Critical point, Hessian, degenerate, order k",
    where="Section 3.1",
    lines=(167, 187),
    given={},
    then=both(degenerate >> (det(H) == 0), (det(H) == 0) >> degenerate),
    gloss="That the Hessian has not full rank is said in other words by det = 0.",
    hedge="By 'all the derivatives vanish' the first ones are meant: x^3 + y^3 is called degenerate.",
    proof=[
        have("columns", rank(H) <= q, by(ranks.rank_at_most_columns)),
        have("zero", degenerate >> (det(H) == 0), arbitrary(proof=[
            have("det", det(H) == 0, suppose_not([
                have("full", rank(H) == q, by(ranks.full_rank_of_determinant), "det.not"),
                have("clash", contradiction, linear, "full", "zero.if"),
            ])),
        ])),
        have("less", (det(H) == 0) >> degenerate, arbitrary(proof=[
            have("rank", degenerate, suppose_not([
                have("full", rank(H) == q, linear, "rank.not", "columns"),
                have("det", det(H) != 0, by(ranks.determinant_of_full_rank), "full"),
                have("clash", contradiction, logic, "det", "less.if"),
            ])),
        ])),
        have("same", both(degenerate >> (det(H) == 0), (det(H) == 0) >> degenerate), logic, "zero", "less"),
    ],
)  # fmt: skip

no_zero_eigenvalue = every(s, d, both(d != 0, H @ d == s * d) >> (s != 0))
D5_6 = Statement(
    "C21.D5.6",
    FUNCTION,
    kind="definition",
    title="Nondegenerate critical point",
    where="Section 5, Definition 5.6",
    lines=(442, 442),
    given={},
    then=both(no_zero_eigenvalue >> ~degenerate, ~degenerate >> no_zero_eigenvalue),
    gloss="Nondegenerate points of Definition 5.6 are those that are not degenerate in Section 3.1.",
    proof=[
        have("not less", no_zero_eigenvalue >> ~degenerate, arbitrary(proof=[
            have("full", ~degenerate, suppose_not([
                have("less", degenerate, logic, "full.not"),
                have("kernel", None, by(ranks.kernel_vector), "less"),
                have("vector", both(d != 0, H @ d == 0), obtain(d), "kernel"),
                have("moves", d != 0, logic, "vector"),
                have("to zero", H @ d == 0, logic, "vector"),
                have("if eigenvalue", None, at(0, d), "not less.if"),
                have("clash", contradiction, logic, "if eigenvalue", "moves", "to zero"),
            ])),
        ])),
        have("eigenvalues", ~degenerate >> no_zero_eigenvalue, arbitrary(proof=[
            have("columns", rank(H) <= q, by(ranks.rank_at_most_columns)),
            have("full rank", rank(H) == q, linear, "eigenvalues.if", "columns"),
            have("nonzero", no_zero_eigenvalue, arbitrary(s, d, proof=[
                have("moved", d != 0, logic, "nonzero.if"),
                have("stretched", H @ d == s * d, logic, "nonzero.if"),
                have("not 0", s != 0, suppose_not([
                    have("zero", s == 0, logic, "not 0.not"),
                    have("to 0", H @ d == 0, calculation, "stretched", "zero"),
                    have("none", d == 0, by(ranks.kernel_of_full_column_rank), "full rank", "to 0"),
                    have("clash", contradiction, logic, "none", "moved"),
                ])),
            ])),
        ])),
        have("same", both(no_zero_eigenvalue >> ~degenerate, ~degenerate >> no_zero_eigenvalue), logic, "not less", "eigenvalues"),
    ],
)  # fmt: skip

step_on = phi(other + t * unit(i, q))
FERMAT = Statement(
    "C21.D5.5.critical",
    FUNCTION,
    title="A local minimum is a critical point",
    given={"smooth": twice_smooth(phi), "minimum": local_minimum_(q, phi, y)},
    then=critical_(q, phi, y),
    proof=[
        have("box", None, obtain(r), "minimum"),
        have("radius", r > 0, logic, "box"),
        have("least", every(other, close(other, y, r) >> (phi(y) <= phi(other))), logic, "box"),
        have("critical", critical_(q, phi, y), arbitrary(i, proof=[
            have("smooth on line", None, by(twice_smooth_value_along, w=y, w2=unit(i, q)), "smooth"),
            have("some step", None, by(line_near, w=y, w2=unit(i, q)), "radius"),
            have("step", None, obtain(s), "some step"),
            have("size", s > 0, logic, "step"),
            have("near", every(t, both(-s < t, t < s) >> close(y + t * unit(i, q), y, r)), logic, "step"),
            have("on line", every(t, both(-s < t, t < s) >> (phi(y) <= phi(y + t * unit(i, q)))), arbitrary(t, proof=[
                have("if near", None, at(t), "near"),
                have("close", close(y + t * unit(i, q), y, r), logic, "if near", "on line.if"),
                have("if close", None, at(y + t * unit(i, q)), "least"),
                have("not less", phi(y) <= phi(y + t * unit(i, q)), logic, "if close", "close"),
            ])),
            have("near 0", exists(s, both(s > 0, every(t, both(-s < t, t < s) >> (phi(y) <= phi(y + t * unit(i, q)))))), take(s), "size", "on line"),
            have("flat", partial_(q, phi, y, i) == 0, by(slope_at_minimum), "smooth on line", "near 0"),
        ])),
    ],
)  # fmt: skip

D5_5 = Statement(
    "C21.D5.5",
    FUNCTION,
    kind="definition",
    title="Isolated critical point/minimum/maximum/saddle",
    where="Section 5, Definition 5.5",
    lines=(440, 440),
    given={
        "smooth": twice_smooth(phi),
        "minimum": local_minimum_(q, phi, y),
        "isolated": isolated_critical_(q, phi, y),
    },
    then=isolated_(q, phi, y),
    gloss="A local minimum that is isolated among critical points is isolated among local minima.",
    proof=[
        have("some ball", exists(r, both(r > 0, every(other, both(close(other, y, r), other != y) >> ~critical_(q, phi, other)))), logic, "isolated"),
        have("ball", None, obtain(size), "some ball"),
        have("radius", size > 0, logic, "ball"),
        have("no other", every(other, both(close(other, y, size), other != y) >> ~critical_(q, phi, other)), logic, "ball"),
        have("alone", alone_(q, phi, y, size), arbitrary(other, proof=[
            have("none", ~local_minimum_(q, phi, other), suppose_not([
                have("critical", critical_(q, phi, other), cite(FERMAT, y=other)),
                have("if other", None, at(other), "no other"),
                have("clash", contradiction, logic, "if other", "alone.if", "critical"),
            ])),
        ])),
        have("apart", exists(r, both(r > 0, alone_(q, phi, y, r))), take(size), "radius", "alone"),
        have("isolated minimum", isolated_(q, phi, y), logic, "minimum", "apart"),
    ],
)  # fmt: skip

# ---- X5.3 ----------------------------------------------------------------------------------------
w, other2, origin = matrix("w", 2, 1), matrix("other", 2, 1), zeros(2, 1)
one = Expr(num(1))
saddle = fn(w, w[1, 1] ** 2 - w[2, 1] ** 2)


def c(k: int, i: Expr | int) -> Expr:
    """Entry k of the unit vector i in the plane."""
    return identity_matrix(2)[k, i]


def slope(w: Expr, i: Expr | int) -> Expr:
    """The partial derivative of the saddle."""
    return 2 * w[1, 1] * c(1, i) - 2 * w[2, 1] * c(2, i)


lines = either(v[1, 1] == v[2, 1], v[1, 1] == -v[2, 1])
SLOPES = Statement(
    "C21.X5.3.slopes",
    PLANE,
    title="The partial derivatives of x^2 - y^2",
    names=(i,),
    given={},
    then=partial_(2, saddle, v, i) == slope(v, i),
    proof=[
        have(
            "slope",
            partial_(2, saddle, v, i) == slope(v, i),
            by(derivative_of_cubic, r=saddle(v), s=slope(v, i), y=c(1, i) ** 2 - c(2, i) ** 2, x=0),
        ),
    ],
)
X5_3 = Statement(
    "C21.X5.3",
    PLANE,
    kind="example",
    title="f=x^2-y^2",
    where="Section 5.3",
    lines=(581, 583),
    given={},
    then=both(
        isolated_critical_(2, saddle, origin),
        (saddle(v) == 0) >> lines,
        lines >> (saddle(v) == 0),
    ),
    proof=[
        have("critical", critical_(2, saddle, origin), arbitrary(i, proof=[
            have("flat", partial_(2, saddle, origin, i) == 0, cite(SLOPES, v=origin)),
        ])),
        have("alone", every(other2, both(close(other2, origin, one), other2 != origin) >> ~critical_(2, saddle, other2)), arbitrary(other2, proof=[
            have("not critical", ~critical_(2, saddle, other2), suppose_not([
                have("flat", critical_(2, saddle, other2), logic, "not critical.not"),
                have("flat 1", partial_(2, saddle, other2, 1) == 0, at(1), "flat"),
                have("flat 2", partial_(2, saddle, other2, 2) == 0, at(2), "flat"),
                have("slope 1", partial_(2, saddle, other2, 1) == slope(other2, 1), cite(SLOPES, v=other2, i=1)),
                have("slope 2", partial_(2, saddle, other2, 2) == slope(other2, 2), cite(SLOPES, v=other2, i=2)),
                have("first", other2[1, 1] == 0, linear, "flat 1", "slope 1"),
                have("second", other2[2, 1] == 0, linear, "flat 2", "slope 2"),
                have("same", other2 == origin, by(zero_of_numbers), "first", "second"),
                have("clash", contradiction, logic, "same", "alone.if"),
            ])),
        ])),
        have("positive", one > 0, linear),
        have("apart", exists(r, both(r > 0, every(other2, both(close(other2, origin, r), other2 != origin) >> ~critical_(2, saddle, other2)))), take(one), "positive", "alone"),
        have("isolated", isolated_critical_(2, saddle, origin), logic, "critical", "apart"),
        have("on lines", (saddle(v) == 0) >> lines, arbitrary(proof=[
            have("line", lines, suppose_not([
                have("first", v[1, 1] - v[2, 1] != 0, logic, "line.not"),
                have("second", v[1, 1] + v[2, 1] == 0, by(order.zero_factor, s=v[1, 1] - v[2, 1], t=v[1, 1] + v[2, 1]), "on lines.if", "first"),
                have("clash", contradiction, logic, "line.not", "second"),
            ])),
        ])),
        have("level", lines >> (saddle(v) == 0), arbitrary(proof=[
            have("zero", saddle(v) == 0, cases(
                [have("up", saddle(v) == 0, calculation, "zero.1")],
                [have("down", saddle(v) == 0, calculation, "zero.2")],
            ), "level.if"),
        ])),
        have("all", both(isolated_critical_(2, saddle, origin), (saddle(v) == 0) >> lines, lines >> (saddle(v) == 0)), logic, "isolated", "on lines", "level"),
    ],
)  # fmt: skip
