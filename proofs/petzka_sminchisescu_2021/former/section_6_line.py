"""The end of section 6 and of A.4: the loss along the straight path of outputs.

Notation: z the predictions, y the targets, f_Gamma(t) = z + t (y - z).

Statements: PS21_I_LINE.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Scalar,
    equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    OutputPath,
    squared_norm,
)
from symbolic_landscape.verdict import (
    Verdict,
)

# --- the straight path of outputs -----


@fact(r"f_\Gamma(t) = \mathbf{z} + t (\mathbf{y} - \mathbf{z})")
def path_is_straight(s: OutputPath) -> Verdict:
    """The outputs go straight from the predictions to the targets."""
    return equal(s.outputs, s.z + (s.y - s.z).scale(s.t))


@fact(r"f_\Gamma(t) - \mathbf{y} = (1 - t)(\mathbf{z} - \mathbf{y})")
def error_shrinks_linearly(s: OutputPath) -> Verdict:
    """The error along the path is 1 - t times the error at its start."""
    error = s.outputs - s.y
    return equal(error, (s.z - s.y).scale(1 - s.t)).giving(error=error)


def loss_is(s: OutputPath, factor: Scalar) -> Verdict:
    """Whether the loss along the path is the factor times |y - z|^2."""
    return equal(squared_norm(s.outputs - s.y), squared_norm(s.y - s.z) * factor)


@fact(
    r"\|\mathbf{z} + t(\mathbf{y} - \mathbf{z}) - \mathbf{y}\|_2^2 = (1 - t) \|\mathbf{y} - "
    r"\mathbf{z}\|_2^2"
)
def loss_shrinks_linearly(s: OutputPath) -> Verdict:
    """The loss along the path is 1 - t times the squared distance to the targets."""
    return loss_is(s, 1 - s.t)


@fact(
    r"\|\mathbf{z} + t(\mathbf{y} - \mathbf{z}) - \mathbf{y}\|_2^2 = (1 - t)^2 \|\mathbf{y} - "
    r"\mathbf{z}\|_2^2",
    mutants={
        "without the square": lambda s: loss_is(s, 1 - s.t),
        "cube for square": lambda s: loss_is(s, (1 - s.t) ** 3),
        "1 + t for 1 - t": lambda s: loss_is(s, (1 + s.t) ** 2),
        "t for 1 - t": lambda s: loss_is(s, s.t**2),
    },
)
def loss_shrinks_quadratically(s: OutputPath) -> Verdict:
    """The loss along the path is (1 - t)^2 times the squared distance to the targets."""
    return loss_is(s, (1 - s.t) ** 2)


def straight_paths() -> st.SearchStrategy[OutputPath]:
    """Straight paths of up to three integer predictions."""
    numbers = st.integers(-3, 3)

    @st.composite
    def drawn(draw: st.DrawFn) -> OutputPath:
        count = draw(st.integers(1, 3))
        column = st.lists(numbers, min_size=count, max_size=count).map(tuple)
        return OutputPath(predictions=draw(column), targets=draw(column))

    return drawn()


def any_output_path(count: int) -> OutputPath:
    """The straight path between any predictions and any targets of so many samples."""
    return OutputPath(
        name=f"any predictions and targets, {count} of them",
        predictions=tuple(f"z{i}" for i in range(1, count + 1)),
        targets=tuple(f"y{i}" for i in range(1, count + 1)),
    )


SQUARED_PROGRESS = OutputPath(
    name="too slow at first", predictions=(0, 2), targets=(1, -1), progress=(0, 0, 1)
)

PS21_I_LINE = Statement(
    key="PS21.I.line",
    kind="identity",
    where="6 and A.4 end",
    title="Loss along the straight output path",
    claim="Along z + t (y - z) the loss is (1 - t) |y - z|^2.",
    hypotheses=(path_is_straight,),
    conclusion=loss_shrinks_linearly,
    instances=(
        any_output_path(1),
        any_output_path(3),
        OutputPath(
            name="three samples",
            predictions=(2, Fraction(1, 2), -3),
            targets=(1, Fraction(5, 2), -3),
        ),
        OutputPath(name="one sample", predictions=(-4,), targets=(Fraction(7, 2),)),
        OutputPath(name="predictions are the targets", predictions=(1, 2), targets=(1, 2)),
    ),
    controls={path_is_straight: SQUARED_PROGRESS},
    strategy=straight_paths,
    expected=(("refuted", "statement"), ("invalid inference", "step take_the_squared_norm")),
)


@PS21_I_LINE.step(
    premises=(path_is_straight,),
    gives=error_shrinks_linearly,
    controls={path_is_straight: SQUARED_PROGRESS},
)
def subtract_the_targets(s: OutputPath, straight: Verdict) -> Verdict:
    """Z + t (y - z) - y = (1 - t)(z - y)."""
    return equal(s.z + (s.y - s.z).scale(s.t) - s.y, (s.z - s.y).scale(1 - s.t))


@PS21_I_LINE.step(
    premises=(error_shrinks_linearly,),
    gives=loss_shrinks_linearly,
    controls={error_shrinks_linearly: SQUARED_PROGRESS},
)
def take_the_squared_norm(s: OutputPath, error: Verdict) -> Verdict:
    """The norm is homogeneous."""
    return equal(squared_norm(error.data["error"]), squared_norm(s.y - s.z) * (1 - s.t))


PS21_I_LINE_REPAIRED = PS21_I_LINE.repair(
    claim="Along z + t (y - z) the loss is (1 - t)^2 |y - z|^2.",
    minimal="any other exponent fails at t = 1/2 as soon as z is not y",
    conclusion=loss_shrinks_quadratically,
    without=("take_the_squared_norm",),
)


@PS21_I_LINE_REPAIRED.step(
    premises=(error_shrinks_linearly,),
    gives=loss_shrinks_quadratically,
    controls={error_shrinks_linearly: SQUARED_PROGRESS},
)
def square_the_factor(s: OutputPath, error: Verdict) -> Verdict:
    """The squared norm takes the factor 1 - t squared."""
    return equal(squared_norm(error.data["error"]), squared_norm(s.y - s.z) * (1 - s.t) ** 2)
