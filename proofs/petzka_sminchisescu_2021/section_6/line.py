"""Section 6 and Appendix A.4: the loss along the straight path of outputs.

Notation: z are the predictions, y the targets, one row of N numbers each.

Statements
- PS21.I.line: the loss at z + t (y - z) is (1 - t)^2 times, not 1 - t times, that at z.
"""

from symbolic_landscape.statement.language import Expr, matrix, natural, real, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import calculation, have
from symbolic_landscape.statement.setting import Setting

m, N, t = natural("m"), natural("N"), real("t")
y, z = matrix("y", m, N), matrix("z", m, N)
OUTPUTS = Setting("predictions and targets", variables=(m, N, y, z))


def squared(A: Expr) -> Expr:
    """The sum of the squares of the entries."""
    return trace(A.T @ A)


def along_line(
    factor: Expr,
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the last display of Section 6: the loss is this factor of that at the start."""
    claim = squared(z + t * (y - z) - y) == factor * squared(y - z)
    return Statement(
        "PS21.I.line",
        OUTPUTS,
        title="Loss along the straight output path",
        kind="identity",
        where="Section 6, end; Appendix A.4, end",
        lines=(343, 343),
        names=(t,),
        given={},
        then=claim,
        proof=[have("loss", claim, calculation, lines=(343, 343))],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


I_LINE = along_line((1 - t) * (1 - t), "repaired")
I_LINE_PRINTED = along_line(
    1 - t,
    repaired=I_LINE,
    expected=(
        "unsupported premise, step loss",
        "refuted, statement",
        "invalid inference, step loss",
    ),
)
