"""Section 6 and Appendix A.4: the loss along the straight path of outputs.

Notation: z are the predictions, y the targets, f the outputs at t, in rows of N numbers.

Statements
- PS21.I.line: at f = z + t (y - z) the loss is (1 - t)^2 times, not 1 - t times, that at z.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.statement.language import Expr, matrix, natural, real, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import calculation, have
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

m, N, t = natural("m"), natural("N"), real("t")
f, y, z = matrix("f", m, N), matrix("y", m, N), matrix("z", m, N)


def outputs() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Predictions and targets, with a time and the outputs on the straight path and off it."""
    rows = (
        ("one sample, half way", [[0]], [[1]], Fraction(1, 2), [[Fraction(1, 2)]]),
        ("at the start", [[2, -1]], [[1, 1]], Fraction(0), [[2, -1]]),
        ("at the end", [[2, -1]], [[1, 1]], Fraction(1), [[1, 1]]),
        ("fitted", [[3, 1, 0]], [[3, 1, 0]], Fraction(1, 3), [[3, 1, 0]]),
        ("two outputs", [[0, 4], [1, 1]], [[4, 0], [1, -3]], Fraction(1, 4), [[1, 3], [1, 0]]),
        ("off the straight path", [[0]], [[1]], Fraction(1, 2), [[Fraction(1, 4)]]),
    )
    made = []
    for name, predictions, targets, time, there in rows:
        A, B, C = (matrix_of(rows, name) for rows in (predictions, targets, there))
        values = {m: A.shape[0], N: A.shape[1], z: A, y: B, t: time, f: C}
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


OUTPUTS = Setting("predictions and targets", variables=(m, N, y, z), instances=outputs)


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
    claim = squared(f - y) == factor * squared(y - z)
    return Statement(
        "PS21.I.line",
        OUTPUTS,
        title="Loss along the straight output path",
        kind="identity",
        where="Section 6, end; Appendix A.4, end",
        lines=(343, 343),
        names=(f, t),
        standing=(0 <= t, t <= 1),
        given={"straight": f == z + t * (y - z)},
        then=claim,
        proof=[have("loss", claim, calculation, "straight", lines=(343, 343))],
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
