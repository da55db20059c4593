"""Appendix A.2: the loss around a constant output; and Remark 10, the derivative of the loss.

Notation: c is a constant output, e are the deviations from it, y the targets, all in rows.

Statements
- PS21.I.A2: the loss is that of the constant, a square, and a term that is linear in e.
- PS21.R10: the derivative of the squared loss is twice the residual, not the residual.
"""

from fractions import Fraction

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.line import (
    OUTPUTS,
    N,
    f,
    m,
    squared,
    y,
    z,
)
from symbolic_landscape.proofs.rules import derivatives
from symbolic_landscape.statement.language import (
    every,
    fn,
    gradient,
    identity_matrix,
    like,
    ones,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, by, calculation, claimed, have
from symbolic_landscape.statement.step import Step

half, c = Fraction(1, 2), real("c")
constant = c * ones(m, N)
split = half * squared(constant + z - y) == (
    half * squared(constant - y) + half * squared(z) + trace(z.T @ (constant - y))
)
I_A2 = Statement(
    "PS21.I.A2",
    OUTPUTS,
    title="Loss split and expansion at saturation",
    kind="identity",
    where="Appendix A.2, first display; there the loss has a factor 1/2 that Section 3 has not",
    lines=(421, 425),
    names=(c,),
    given={},
    then=split,
    proof=[have("split", split, calculation)],
)

change = like("D", z)
LOSS = fn(f, squared(f - y))
expanded = LOSS(z + change) == LOSS(z) + trace((2 * (z - y)).T @ change) + squared(change)
expansion = every(change, expanded)


def remark_10(
    factor: int,
    proof: list[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Remark 10, by the factor of the residual."""
    return Statement(
        "PS21.R10",
        OUTPUTS,
        title="Consistency of 9 with 8",
        kind="remark",
        where="Section 5.1, Remark 10",
        lines=(189, 189),
        given={},
        then=gradient(LOSS, z) == factor * (z - y),
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


R10 = remark_10(
    2,
    [
        have(
            "expansion",
            expansion,
            arbitrary(change, proof=[have("sum", expanded, calculation)]),
        ),
        have(
            "derivative",
            gradient(LOSS, z) == 2 * (z - y),
            by(
                derivatives.gradient_of_expansion,
                h=LOSS,
                Z=z,
                G=2 * (z - y),
                Q=identity_matrix(m),
                N=identity_matrix(N),
                r=1,
            ),
            "expansion",
        ),
    ],
    "repaired",
)
R10_PRINTED = remark_10(
    1,
    [
        have(
            "derivative",
            gradient(LOSS, z) == z - y,
            claimed("the partial derivative reduces to the residual"),
            lines=(189, 189),
        )
    ],
    repaired=R10,
    expected=(
        "refuted, statement",
        "invalid inference, step derivative",
    ),
)
