"""Section 5.3, proof of Corollary 5.16: what a block of zeros says of a symmetric matrix.

Notation: H (d x d) is symmetric; the columns of P span a space on which its form vanishes, as a
Hessian does on a flat space in the level set. In coordinates that begin with these columns it has
a k x k block of zeros.

Statements
- C21.C5.16.block: as printed, H has at least k eigenvalues 0. It has if H is semidefinite.
- C21.C5.16.index: on no space of dimension more than d - k is H positive definite.

Design notes. What holds for every symmetric H, by the second statement for H and for -H: the number
of eigenvalues 0 and that of positive ones, or of negative ones, together are at least k.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.cooper_2021.section_5.fibres import squared
from symbolic_landscape.proofs.rules import blocks, entries, forms, ranks
from symbolic_landscape.proofs.rules.definite import form
from symbolic_landscape.proofs.rules.objects import x
from symbolic_landscape.statement.language import (
    Expr,
    block,
    contradiction,
    define,
    every,
    exists,
    matrix,
    natural,
    rank,
    stack,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

d, k, p = natural("d"), natural("k"), natural("p")
H, P, Q = matrix("H", d, d), matrix("P", d, k), matrix("Q", d, p)
v, w, y = matrix("v", d, 1), matrix("w", k, 1), matrix("y", p, 1)


def matrices() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Symmetric matrices, of every inertia up to size 3, and spaces."""
    rows = (
        ("a saddle and one of its lines", [[0, 1], [1, 0]], [[1], [0]], [[1], [1]]),
        ("semidefinite, and its kernel", [[0, 0], [0, 2]], [[1], [0]], [[0], [1]]),
        ("semidefinite, and no space of zeros", [[0, 0], [0, 2]], [[0], [1]], [[0], [1]]),
        ("zero matrix, all directions", [[0, 0], [0, 0]], [[1, 0], [0, 1]], [[1], [2]]),
        ("a line in a saddle, positive on a plane", [[0, 0, 1], [0, 1, 0], [1, 0, 0]], [[1], [0], [0]], [[1, 0], [0, 1], [1, 0]]),
        ("columns that depend", [[1, 0], [0, 1]], [[0, 0], [0, 0]], [[1], [0]]),
        ("negative, semidefinite", [[-1, 0], [0, 0]], [[0], [1]], [[1], [0]]),
        ("positive, one direction", [[3]], [[1]], [[1]]),
        ("not symmetric, with the form 0", [[0, 1], [-1, 0]], [[1], [0]], [[0], [1]]),
        ("a column of zeros, positive on another", [[3]], [[0]], [[1]]),
    )  # fmt: skip
    made = []
    for name, form_rows, space, other in rows:
        known = [matrix_of(r, name) for r in (form_rows, space, other)]
        sizes = (known[0].shape[0], known[1].shape[1], known[2].shape[1])
        values = dict(zip((d, k, p, H, P, Q), (*sizes, *known), strict=True))
        made.append((name, {expr.term: value for expr, value in values.items()}))
    return tuple(made)


positive = define(
    "positive on columns",
    (H, Q),
    every(y, (y != 0) >> (form(H, Q @ y) > 0)),
    text="the form of {0} is positive on the columns of {1}",
    latex=r"{1}^T {0} {1} \succ 0",
)


def positive_on_columns(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether all eigenvalues of the symmetric part of Q^T H Q are positive."""
    form_of, columns = arguments
    seen = columns.T @ form_of @ columns
    up, down, zero = (seen + seen.T).inertia()
    said = f"{up} positive, {down} negative and {zero} eigenvalues 0"
    return (fails if down or zero else holds)(Evidence.EXACT, said)


FORMS = Setting(
    "a symmetric matrix, and a space on which its form vanishes",
    variables=(d, k, H, P),
    instances=matrices,
)
SPACES = FORMS.extended(
    "a symmetric matrix, a space on which its form vanishes, and another one",
    variables=(p, Q),
    definitions=(positive,),
    decisions={"positive on columns": positive_on_columns},
)
BLOCK = {"symmetric": H.T == H, "independent": rank(P) == k, "block": P.T @ H @ P == 0}
zeros = rank(H) + k <= d


def zero_block(
    given: Mapping[str, Expr],
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the last inference in the proof of Corollary 5.16."""
    return Statement(
        "C21.C5.16.block",
        FORMS,
        title="A block of zeros and the number of eigenvalues 0",
        where="Section 5.3, proof of Corollary 5.16",
        lines=(683, 683),
        given={**BLOCK, **given},
        then=zeros,
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


crossing = trace((H @ P @ w).T @ H @ P @ w)
SEMIDEFINITE = zero_block(
    {"form": every(v, form(H, v) >= 0)},
    [
        have(
            "annihilated",
            H @ P == 0,
            suppose_not(
                [
                    have(
                        "some", exists(w, H @ P @ w != 0), by(entries.some_image), "annihilated.not"
                    ),
                    have("w", H @ P @ w != 0, obtain(w), "some"),
                    have(
                        "along",
                        every(x, x * (2 * crossing) + x * x * form(H, H @ P @ w) >= 0),
                        arbitrary(
                            x,
                            proof=[
                                have("there", None, at(P @ w + x * H @ P @ w), "form"),
                                have("turned", P.T @ H @ P @ w == 0, calculation, "block"),
                                have(
                                    "no square",
                                    trace(w.T @ P.T @ H @ P @ w) == 0,
                                    by(entries.trace_with_zero, A=w, A2=P.T @ H @ P @ w),
                                    "turned",
                                ),
                                have(
                                    "expanded",
                                    form(H, P @ w + x * H @ P @ w)
                                    == trace(w.T @ P.T @ H @ P @ w)
                                    + x * (2 * crossing)
                                    + x * x * form(H, H @ P @ w),
                                    calculation,
                                    "symmetric",
                                ),
                                have(
                                    "bounded",
                                    x * (2 * crossing) + x * x * form(H, H @ P @ w) >= 0,
                                    linear,
                                    "there",
                                    "expanded",
                                    "no square",
                                ),
                            ],
                        ),
                    ),
                    have("vanishes", 2 * crossing == 0, by(forms.linear_part_vanishes), "along"),
                    have("square", squared(H @ P @ w) <= 0, linear, "vanishes"),
                    have("zero", H @ P @ w == 0, by(entries.zero_of_squares), "square"),
                    have("clash", contradiction, logic, "zero", "w"),
                ]
            ),
        ),
        have("ranks", rank(H) + rank(P) <= d, by(ranks.rank_of_annihilated), "annihilated"),
        have("zeros", zeros, linear, "ranks", "independent"),
    ],
    "repaired",
)
ZERO_BLOCK = zero_block(
    {},
    [
        have(
            "zeros",
            zeros,
            claimed("a k x k block of zeroes, hence the Hessian has at least k zero eigenvalues"),
            *BLOCK,
            lines=(683, 683),
        )
    ],
    repaired=SEMIDEFINITE,
    expected=("refuted, statement", "invalid inference, step zeros"),
)

top, below, z = matrix("top", k, 1), matrix("below", p, 1), matrix("z", k + p, 1)
INDEX = Statement(
    "C21.C5.16.index",
    SPACES,
    title="A space of zeros bounds the number of positive eigenvalues",
    where="Section 5.3, proof of Corollary 5.16",
    lines=(683, 683),
    given={
        "independent": rank(P) == k,
        "block": P.T @ H @ P == 0,
        "positive": positive(H, Q),
    },
    then=k + p <= d,
    gloss="If the columns of Q span the positive eigenvectors, d - p eigenvalues are 0 or negative.",
    proof=[
        have(
            "room",
            k + p <= d,
            suppose_not(
                [
                    have("more", d < k + p, logic, "room.not"),
                    have("rows", rank(block(P, Q)) <= d, by(ranks.rank_at_most_rows)),
                    have("less", rank(block(P, Q)) < k + p, linear, "rows", "more"),
                    have(
                        "kernel", None, by(ranks.kernel_vector, A=block(P, Q), m=d, n=k + p), "less"
                    ),
                    have("z", (z != 0) & (block(P, Q) @ z == 0), obtain(z), "kernel"),
                    have("not 0", z != 0, logic, "z"),
                    have("product", block(P, Q) @ z == 0, logic, "z"),
                    have(
                        "split", exists(top, below, z == stack(top, below)), by(blocks.split_rows)
                    ),
                    have("parts", z == stack(top, below), obtain(top, below), "split"),
                    have("sum", None, by(blocks.block_times_stack, A=P, D=Q, B=top, U=below)),
                    have(
                        "opposite",
                        P @ top + Q @ below == 0,
                        calculation,
                        "<sum",
                        "<parts",
                        "product",
                    ),
                    have("turned", P.T @ H @ P @ top == 0, calculation, "block"),
                    have(
                        "no form",
                        trace(top.T @ P.T @ H @ P @ top) == 0,
                        by(entries.trace_with_zero, A=top, A2=P.T @ H @ P @ top),
                        "turned",
                    ),
                    have(
                        "form of Q",
                        form(H, Q @ below) == trace(top.T @ P.T @ H @ P @ top),
                        calculation,
                        "opposite",
                    ),
                    have("flat", form(H, Q @ below) == 0, linear, "form of Q", "no form"),
                    have("if not 0", None, at(below), "positive"),
                    have(
                        "below",
                        below == 0,
                        suppose_not(
                            [
                                have(
                                    "positive there",
                                    form(H, Q @ below) > 0,
                                    logic,
                                    "if not 0",
                                    "below.not",
                                ),
                                have("clash", contradiction, linear, "positive there", "flat"),
                            ]
                        ),
                    ),
                    have("P part", P @ top == 0, calculation, "opposite", "below"),
                    have(
                        "top",
                        top == 0,
                        by(ranks.kernel_of_full_column_rank, A=P, B=top),
                        "independent",
                        "P part",
                    ),
                    have("both", stack(top, below) == 0, by(blocks.stack_of_zeros), "top", "below"),
                    have("zero", z == 0, calculation, "parts", "both"),
                    have("clash", contradiction, logic, "zero", "not 0"),
                ]
            ),
        ),
    ],
)
