"""Section 5.1, Lemma 12: the Hessian at an embedded point in the paper's basis.

Notation: the basis moves u_-1 and u_r by the same (coefficients x1), v_-1 and v_r (x2), the rest
(x3), u_-1 by alpha and u_r by -beta (x4), v_-1 and v_r against each other (x5).

Statements
- PS21.L12.basis: the second derivative along a combination of the basis.
- PS21.L12: it is the quadratic form of the printed matrix. That the point is critical is not used.
"""

from collections.abc import Mapping
from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.block_forms import (
    FORM as BLOCK_FORM,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.block_forms import blocks_of
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    CRITICAL,
    LOSSES,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    LARGER,
    PARTS,
    embedded,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import (
    FORM,
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
    m,
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
    vector,
)
from symbolic_landscape.proofs.rules import blocks, definite, entries, order, signs
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form
from symbolic_landscape.proofs.rules.vectors import bend
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    identity_matrix,
    matrix,
    real,
    stack,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, cite, have, linear, logic

alpha, beta = real("alpha"), real("beta")
x1, x4 = matrix("x1", 1, n), matrix("x4", 1, n)
x2, x5 = matrix("x2", m, 1), matrix("x5", m, 1)
x3 = matrix("x3", q, 1)
total = alpha + beta
COEFFICIENTS = (x1, x2, x3, x4, x5)
BASIS = {"alpha and beta": alpha + beta != 0, "lambda": lam == beta / (alpha + beta)}


def combination(dy: Any) -> Expr:
    """The direction is the combination of the basis with these coefficients."""
    new = both(new_in_(dy) == x1 + alpha * x4, new_out_(dy) == x2 + x5)
    old = both(in_(old_(dy)) == x1 - beta * x4, out_(old_(dy)) == x2 - x5)
    return both(new, old, rest_(old_(dy)) == x3)


mean = vector(x1, 2 * x2, x3)
bilinear = (
    alpha * beta * trace(x4 @ B_(z) @ x4.T)
    + 2 * (alpha - beta) * trace(x2.T @ D_(z) @ x4.T)
    + 2 * (alpha + beta) * trace(x5.T @ D_(z) @ x4.T)
)
in_basis = bend(LARGE, y, dy) == form(hessian_(z), mean) + bilinear
L12_BASIS = Statement(
    "PS21.L12.basis",
    UNIT,
    title="Second derivatives along combinations of the basis",
    where="Section 5.1, Lemma 12",
    names=(y, dy, alpha, beta, *COEFFICIENTS),
    given={**SMOOTH, **BASIS, "split": split(y, lam), "combination": combination(dy)},
    then=in_basis,
    proof=[
        have("new in", new_in_(dy) == x1 + alpha * x4, logic, "combination"),
        have("new out", new_out_(dy) == x2 + x5, logic, "combination"),
        have("old in", in_(old_(dy)) == x1 - beta * x4, logic, "combination"),
        have("old out", out_(old_(dy)) == x2 - x5, logic, "combination"),
        have("rest", rest_(old_(dy)) == x3, logic, "combination"),
        have("quotient", (alpha + beta) * (beta / (alpha + beta)) == beta, by(signs.quotient), "alpha and beta"),
        have("share", lam * alpha + lam * beta == beta, calculation, "lambda", "quotient"),
        have("parts", None, cite(PARTS, first=x1, second=2 * x2, third=x3)),
        have("mean in", in_(mean) == x1, logic, "parts"),
        have("mean out", out_(mean) == 2 * x2, logic, "parts"),
        have("mean rest", rest_(mean) == x3, logic, "parts"),
        have("weighted", (lam * alpha - (1 - lam) * beta) * x4 == 0, calculation, "share", lines=(361, 361)),
        have("combined", lam * du1 + (1 - lam) * du2 == x1 + (lam * alpha - (1 - lam) * beta) * x4, calculation, "new in", "old in"),
        have("in moves", in_(mean) == lam * du1 + (1 - lam) * du2, linear, "mean in", "combined", "weighted"),
        have("out moves", out_(mean) == dv1 + dv2, linear, "mean out", "new out", "old out"),
        have("rest moves", rest_(mean) == rest_(old_(dy)), linear, "mean rest", "rest"),
        have("form", None, cite(FORM, dz=mean)),
        have("losses", None, cite(LOSSES)),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have("small form", None, by(definite.bend_by_hessian, phi=SMALL, y=z, w=mean), "small twice"),
        have(
            "product",
            lam * (1 - lam) * total * total == alpha * beta,
            calculation, "share",
        ),
        have(
            "curve matrix",
            delta @ B_(z) @ delta.T == total * total * x4 @ B_(z) @ x4.T,
            calculation, "new in", "old in",
        ),
        have(
            "curve",
            trace(delta @ B_(z) @ delta.T) == trace(total * total * x4 @ B_(z) @ x4.T),
            by(entries.trace_of_equal), "curve matrix",
        ),
        have("shared", None, by(order.scaled_equation, s=lam * (1 - lam)), "curve"),
        have("curvature", None, by(order.scaled_equation, s=trace(x4 @ B_(z) @ x4.T)), "product"),
        have(
            "shear matrix",
            sheared.T @ D_(z) @ delta.T
            == (1 - 2 * lam) * total * x2.T @ D_(z) @ x4.T + total * x5.T @ D_(z) @ x4.T,
            calculation, "new in", "new out", "old in", "old out",
        ),
        have(
            "shear",
            trace(sheared.T @ D_(z) @ delta.T)
            == trace(
                (1 - 2 * lam) * total * x2.T @ D_(z) @ x4.T + total * x5.T @ D_(z) @ x4.T
            ),
            by(entries.trace_of_equal), "shear matrix",
        ),
        have(
            "sheared", None,
            by(
                order.scaled_equation,
                s=trace(x2.T @ D_(z) @ x4.T), x=(1 - 2 * lam) * total, y=alpha - beta,
            ),
            "share",
        ),
        have(
            "in basis",
            in_basis,
            linear, "form", "small form", "shared", "curvature", "shear", "sheared",
        ),
    ],
)  # fmt: skip

doubled = blocks_of(
    identity_matrix(n),
    zeros(n, m + q),
    blocks_of(2 * identity_matrix(m), zeros(m, q), identity_matrix(q)),
)
"""The second coordinates are taken twice."""
corner = stack(zeros(n, n + m), stack(block((alpha - beta) * D_(z), zeros(m, m)), zeros(q, n + m)))
lower = blocks_of(alpha * beta * B_(z), (alpha + beta) * D_(z).T, zeros(m, m))
printed = blocks_of(doubled.T @ hessian_(z) @ doubled, corner, lower)
"""The matrix of Lemma 12: factors 2 and 4 in the rows and columns of v, then D and B."""
upper_part, lower_part = vector(x1, x2, x3), stack(x4.T, x5)
coefficients = stack(upper_part, lower_part)
direction = larger(x1 + alpha * x4, x2 + x5, vector(x1 - beta * x4, x2 - x5, x3))
claim = bend(LARGE, embedded, direction) == form(printed, coefficients)
doubled_part = vector(x1, 2 * x2, x3)
inner = block(2 * identity_matrix(m), zeros(m, q))
paired = block((alpha - beta) * D_(z), zeros(m, m))
pairing = (alpha - beta) * D_(z) @ x4.T
cross = trace(upper_part.T @ corner @ lower_part)
kept = vector(x1 - beta * x4, x2 - x5, x3)
MATRIX = Statement(
    "PS21.L12.matrix",
    UNIT,
    title="The quadratic form of the printed matrix",
    where="Section 5.1, Lemma 12",
    lines=(201, 201),
    names=(alpha, beta, *COEFFICIENTS),
    given={},
    then=form(printed, coefficients) == form(hessian_(z), doubled_part) + bilinear,
    proof=[
        have("outer", None, cite(BLOCK_FORM, k=M, m=n + m, A=doubled.T @ hessian_(z) @ doubled, B=corner, D=lower, z1=upper_part, z2=lower_part)),
        # the upper left part doubles the second coordinates
        have("rows", None, by(blocks.stack_times, P=block(identity_matrix(n), zeros(n, m + q)), Q=block(zeros(m + q, n), blocks_of(2 * identity_matrix(m), zeros(m, q), identity_matrix(q))), B2=upper_part)),
        have("first", None, by(blocks.block_times_stack, A=identity_matrix(n), D=zeros(n, m + q), B=x1.T, U=stack(x2, x3))),
        have("others", None, by(blocks.block_times_stack, A=zeros(m + q, n), D=blocks_of(2 * identity_matrix(m), zeros(m, q), identity_matrix(q)), B=x1.T, U=stack(x2, x3))),
        have("inner rows", None, by(blocks.stack_times, P=inner, Q=block(zeros(q, m), identity_matrix(q)), B2=stack(x2, x3))),
        have("second", None, by(blocks.block_times_stack, A=2 * identity_matrix(m), D=zeros(m, q), B=x2, U=x3)),
        have("third", None, by(blocks.block_times_stack, A=zeros(q, m), D=identity_matrix(q), B=x2, U=x3)),
        have("doubled", doubled @ upper_part == doubled_part, calculation, "rows", "first", "others", "inner rows", "second", "third"),
        have("upper matrix", upper_part.T @ (doubled.T @ hessian_(z) @ doubled) @ upper_part == doubled_part.T @ hessian_(z) @ doubled_part, calculation, "doubled"),
        have("upper", form(doubled.T @ hessian_(z) @ doubled, upper_part) == form(hessian_(z), doubled_part), by(entries.trace_of_equal), "upper matrix"),
        # the corner pairs x2 with x4
        have("corner rows", None, by(blocks.stack_times, P=zeros(n, n + m), Q=stack(paired, zeros(q, n + m)), B2=lower_part)),
        have("corner others", None, by(blocks.stack_times, P=paired, Q=zeros(q, n + m), B2=lower_part)),
        have("pairs", None, by(blocks.block_times_stack, A=(alpha - beta) * D_(z), D=zeros(m, m), B=x4.T, U=x5)),
        have("corner", corner @ lower_part == vector(zeros(1, n), pairing, zeros(q, 1)), calculation, "corner rows", "corner others", "pairs"),
        have("row outer", None, by(blocks.block_times_stack, A=x1, D=block(x2.T, x3.T), B=zeros(n, 1), U=stack(pairing, zeros(q, 1)))),
        have("row inner", None, by(blocks.block_times_stack, A=x2.T, D=x3.T, B=pairing, U=zeros(q, 1))),
        have("cross matrix", upper_part.T @ corner @ lower_part == x2.T @ pairing, calculation, "corner", "row outer", "row inner"),
        have("cross", cross == trace(x2.T @ pairing), by(entries.trace_of_equal), "cross matrix"),
        # and below stands the form of B, with x4 and x5 paired
        have("below", None, cite(BLOCK_FORM, k=n, m=m, A=alpha * beta * B_(z), B=(alpha + beta) * D_(z).T, D=zeros(m, m), z1=x4.T, z2=x5)),
        have("all", form(printed, coefficients) == form(hessian_(z), doubled_part) + bilinear, linear, "outer", "upper", "cross", "below"),
    ],
)  # fmt: skip


def lemma_12(
    given: Mapping[str, Expr], reading: str = "printed", repaired: Statement | None = None
) -> Statement:
    """A reading of Lemma 12; that the smaller point is critical is not used."""
    return Statement(
    "PS21.L12",
    UNIT,
    title="Hessian at gamma_lambda in a non-orthogonal basis",
    where="Section 5.1, Lemma 12; Appendix A.1",
    lines=(195, 201),
    names=(alpha, beta, *COEFFICIENTS),
    given={**SMOOTH, **BASIS, **given},
    then=claim,
    proof=[
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("new", None, cite(LARGER, first=x1 + alpha * x4, second=x2 + x5, old=kept)),
        have("old", None, cite(PARTS, first=x1 - beta * x4, second=x2 - x5, third=x3)),
        have("new in", new_in_(direction) == x1 + alpha * x4, logic, "new"),
        have("new out", new_out_(direction) == x2 + x5, logic, "new"),
        have("kept", old_(direction) == kept, logic, "new"),
        have("in kept", in_(kept) == x1 - beta * x4, logic, "old"),
        have("out kept", out_(kept) == x2 - x5, logic, "old"),
        have("rest kept", rest_(kept) == x3, logic, "old"),
        have("old in", in_(old_(direction)) == x1 - beta * x4, calculation, "kept", "in kept"),
        have("old out", out_(old_(direction)) == x2 - x5, calculation, "kept", "out kept"),
        have("old rest", rest_(old_(direction)) == x3, calculation, "kept", "rest kept"),
        have("combination", combination(direction), logic, "new in", "new out", "old in", "old out", "old rest"),
        have("in basis", None, cite(L12_BASIS, y=embedded, dy=direction)),
        have("matrix", None, cite(MATRIX)),
        have("hessian", claim, linear, "in basis", "matrix"),
    ],
    reading=reading,
    repaired=repaired,
    )  # fmt: skip


L12 = lemma_12({}, "repaired")
L12_PRINTED = lemma_12(CRITICAL, repaired=L12)
