"""Section 5.3: the loss on a fibre, where the layers below the last one are fixed.

Notation: Phi (p x n) holds the features of the last hidden layer, and A (q x p), c (q x 1) are the
weights and biases of the last layer. A form in (A, c) that is the sum of the squares of the entries
of [A, c] F has at most q times the rank that F has columns.

Statements
- C21.L5.14: the rank of the quadratic form on a fibre.
- C21.T5.15.below: features depend on the layers up to their own alone.
- C21.T5.15: the level set contains an affine space, which the rank of [Phi; 1] gives.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules import blocks, ranks
from symbolic_landscape.proofs.rules.entries import squares_of_equal
from symbolic_landscape.statement.language import (
    Expr,
    block,
    every,
    exists,
    matrix,
    natural,
    ones,
    rank,
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
    claimed,
    have,
    linear,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term

p, q, n, r = natural("p"), natural("q"), natural("n"), natural("r")
Phi, A, c = matrix("Phi", p, n), matrix("A", q, p), matrix("c", q, 1)
ones_row = ones(1, n)
F, F0 = matrix("F", p + 1, r), matrix("F0", p, r)
Phi1 = stack(Phi, ones_row)


def fibres() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Features that are 0, of full rank, repeated, and constant over the samples."""
    rows = (
        ("no features, one output", [[0], [0]], 1),
        ("no features, two outputs, wide", [[0], [0], [0]], 2),
        ("full rank, two samples, wide", [[1, 0], [0, 1], [1, 1]], 2),
        ("constant features, wide", [[1, 1], [2, 2], [0, 0]], 1),
        ("one feature, three samples", [[0, 1, 2]], 2),
    )
    made = []
    for name, features, outputs in rows:
        known = matrix_of(features, name)
        values = {p: known.shape[0], n: known.shape[1], q: outputs, Phi: known}
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


FIBRE = Setting(
    "features of the last hidden layer",
    variables=(p, q, n, Phi),
    standing=(p >= 1, q >= 1, n >= 1),
    instances=fibres,
)


def squared(A: Expr) -> Expr:
    """The sum of the squares of the entries."""
    return trace(A.T @ A)


form = squared(A @ Phi + c @ ones_row)
as_squares = every(A, c, form == squared(block(A, c) @ F))
has_rank = exists(F, as_squares)


def form_rank(
    given: Mapping[str, Expr],
    proof: Sequence[Step],
    standing: tuple[Expr, ...] = (),
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Lemma 5.14."""
    return Statement(
        "C21.L5.14",
        FIBRE,
        title="Rank of the fibre quadratic form",
        where="Section 5.3, Lemma 5.14",
        lines=(591, 591),
        names=(r,),
        standing=standing,
        given=given,
        then=has_rank,
        gloss="The form has rank at most r q: it is a sum of r q squares of linear forms.",
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


L5_14 = form_rank(
    {"rank": rank(Phi1) == r},
    [
        have("at most", rank(Phi1) <= r, linear, "rank"),
        have("factor", None, by(ranks.gram_factor, A=Phi1, m=p + 1, n=n, q=r), "at most"),
        have("F", Phi1 @ Phi1.T == F @ F.T, obtain(F), "factor"),
        have(
            "form",
            as_squares,
            arbitrary(
                A,
                c,
                proof=[
                    have("split", None, by(blocks.block_times_stack, A=A, D=c, B=Phi, U=ones_row)),
                    have(
                        "whole", squared(block(A, c) @ Phi1) == form, by(squares_of_equal), "split"
                    ),
                    have(
                        "gram",
                        squared(block(A, c) @ Phi1) == squared(block(A, c) @ F),
                        by(ranks.squares_by_gram, A=Phi1, F=F, L2=block(A, c)),
                        "F",
                    ),
                    have("squares", form == squared(block(A, c) @ F), linear, "whole", "gram"),
                ],
            ),
        ),
        have("some", has_rank, take(F), "form"),
    ],
    reading="repaired",
)
padded = stack(F0, zeros(1, r))
L5_14_PRINTED = form_rank(
    {"rank": rank(Phi) == r},
    [
        have("at most", rank(Phi) <= r, linear, "rank"),
        have("factor", None, by(ranks.gram_factor, A=Phi, m=p, n=n, q=r), "at most"),
        have("F0", Phi @ Phi.T == F0 @ F0.T, obtain(F0), "factor", lines=(643, 665)),
        have(
            "form",
            every(A, c, form == squared(A @ Phi)),
            claimed("the quadratic part of |M xi + b - y|^2 is |M xi|^2"),
            lines=(625, 631),
        ),
        have(
            "squares",
            every(A, c, form == squared(block(A, c) @ padded)),
            arbitrary(
                A,
                c,
                proof=[
                    have("here", None, at(A, c), "form"),
                    have(
                        "split", None, by(blocks.block_times_stack, A=A, D=c, B=F0, U=zeros(1, r))
                    ),
                    have("gram", squared(A @ Phi) == squared(A @ F0), calculation, "F0"),
                    have(
                        "padded",
                        squared(block(A, c) @ padded) == squared(A @ F0),
                        by(squares_of_equal, A=block(A, c) @ padded, A2=A @ F0),
                        "split",
                    ),
                    have(
                        "square",
                        form == squared(block(A, c) @ padded),
                        linear,
                        "here",
                        "gram",
                        "padded",
                    ),
                ],
            ),
        ),
        have("some", has_rank, take(padded), "squares"),
    ],
    standing=(p > n, p > q),
    repaired=L5_14,
    expected=("refuted, statement", "invalid inference, step form"),
)
