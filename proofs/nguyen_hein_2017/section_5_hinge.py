"""Section 5: eq. (4) with the losses of Figure 2 and labels 1, -1 is the squared hinge loss.

Notation: f = f_Lj(x_i) an output, y = y_ij its label; the loss of the entry is l1(f - y) if x_i
lies in C_j and l2(f - y) otherwise; the hinge is max(0, 1 - y f).

Lemmas
- NH17_E5_hinge: the two objectives agree.

Source: NH17, Section 5, after Figure 2.

Design notes. A free entry has an output f that is a symbol. On the side where its loss is a square
the two forms agree as polynomials, and both forms change sides where f = y; so the entry speaks of
all outputs of all networks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import RationalFunctions, Scalar, equal
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.formula import ZERO, Formula, Piece, T, evaluated
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.points import halves
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import entry_sum
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import (
    TRUE_SQUARES,
    WRONG_SQUARES,
    ClassifiedPoint,
    classified,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SYMBOLS = RationalFunctions(("f",))


@dataclass(frozen=True, kw_only=True)
class FreeEntry(Instance):
    """One entry of F_L - Y whose output is any real number f."""

    label: int
    in_class: bool
    true_loss: ScalarLoss = TRUE_SQUARES
    wrong_loss: ScalarLoss = WRONG_SQUARES


def _code(s: ClassifiedPoint) -> list[tuple[Scalar, int]]:
    """Each label y_ij with 1 where x_i lies in C_j, and -1 elsewhere."""
    rows = s.samples.targets.tolist()
    return [
        (value, 1 if s.classes[i] == j + 1 else -1)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    ]


@fact(r"y_{ij} = 1\ (x_i \in C_j),\ -1\ (x_i \notin C_j)")
def labels_are_signs(s: ClassifiedPoint | FreeEntry) -> Verdict:
    """The label is 1 for the true class and -1 for every wrong class."""
    if isinstance(s, FreeEntry):
        return equal(s.label, 1 if s.in_class else -1)
    code = _code(s)
    return for_all(range(len(code)), lambda e: equal(*code[e]), "entry")


@fact(r"l_1(a) = \min(a, 0)^2,\ l_2(a) = \max(a, 0)^2")
def losses_are_those_of_figure_2(s: ClassifiedPoint | FreeEntry) -> Verdict:
    """The losses are the one-sided squares of Figure 2."""
    good = (s.true_loss, s.wrong_loss) == (TRUE_SQUARES, WRONG_SQUARES)
    answer = holds if good else fails
    return answer(Evidence.EXACT, f"l1 = {s.true_loss}, l2 = {s.wrong_loss}")


def _forms_agree(
    s: ClassifiedPoint | FreeEntry, hinge: Callable[[Scalar], Scalar], sign: int = 1
) -> Verdict:
    """Whether the loss of each entry is the given function of 1 - sign y f where that is > 0."""
    if isinstance(s, FreeEntry):
        return _free_forms_agree(s, hinge, sign)
    outputs = s.features(s.depth)
    terms: list[Scalar] = []
    for row, labels in zip(outputs.tolist(), s.samples.targets.tolist(), strict=True):
        for output, label in zip(row, labels, strict=True):
            margin = 1 - label * output * sign
            terms.append(hinge(margin) if margin.sign() > 0 else margin * 0)
    return equal(s.objective, entry_sum(outputs.field.matrix([terms])))


def _free_forms_agree(s: FreeEntry, hinge: Callable[[Scalar], Scalar], sign: int) -> Verdict:
    output = SYMBOLS.generator("f")
    residual, margin = output - s.label, 1 - output * s.label * sign
    loss = s.true_loss if s.in_class else s.wrong_loss
    left, right = halves(loss.formula)
    penalised, free = (left, right) if s.in_class else (right, left)
    side = -1 if s.in_class else 1  # the sign of the residual where the loss is not 0

    def value(formula: Formula) -> Scalar:
        return Scalar(SYMBOLS, evaluated(formula, residual.raw, SYMBOLS))

    return all_of(
        sides=equal(margin, residual * side),
        square=equal(value(penalised), hinge(margin)),
        zero=equal(value(free), 0),
    )


@fact(
    r"\Phi = \sum_{i,j} \max\{0, 1 - y_{ij} f_{Lj}(x_i)\}^2",
    mutants={
        "hinge without square": lambda s: _forms_agree(s, lambda margin: margin),
        "half of the square": lambda s: _forms_agree(s, lambda margin: margin**2 / 2),
        "fourth power": lambda s: _forms_agree(s, lambda margin: margin**4),
        "margin 1 + y f": lambda s: _forms_agree(s, lambda margin: margin**2, -1),
    },
)
def objective_is_squared_hinge(s: ClassifiedPoint | FreeEntry) -> Verdict:
    """The objective of eq. (4) is the sum of the squared hinge losses of all entries."""
    return _forms_agree(s, lambda margin: margin**2)


LABELS = {1: ((1,), (1,), (1,)), 2: ((1, -1), (-1, 1), (1, -1)), 3: ((-1, -1, 1),)}


def _point(name: str, outputs: int, *, shift: int = 0, power: int = 2) -> ClassifiedPoint:
    """One layer on some of the inputs -2, 1, 3, with labels 1 and -1 that may be shifted."""
    labels = LABELS[outputs]
    return classified(
        name,
        widths=(1, outputs),
        activation="cubic",
        inputs=[[x] for x in (-2, 1, 3)[: len(labels)]],
        labels=[[label + shift for label in row] for row in labels],
        classes=[row.index(1) + 1 for row in labels],
        weights=[[["1/2"], [-1], [2]][:outputs]],
        biases=[[0] * outputs],
        true_loss=ScalarLoss.of(Piece(T**power, ZERO, power - 1)),
        wrong_loss=ScalarLoss.of(Piece(ZERO, T**power, power - 1)),
    )


AT_MARGIN = classified(
    "outputs on the margin, where the second derivative jumps",
    widths=(1, 2),
    activation="linear",
    inputs=[[1], [-1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[1], [-1]]],
    biases=[[0, 0]],
)


def entries() -> SearchStrategy[ClassifiedPoint]:
    """Points of one linear layer with labels 1 and -1 and small outputs."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> ClassifiedPoint:
        count, outputs = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        classes = [draw(st.integers(1, outputs)) for _ in range(count)]
        small = st.integers(-2, 2)
        return classified(
            "",
            widths=(1, outputs),
            activation=draw(st.sampled_from(("linear", "cubic", "t**3"))),
            inputs=[[draw(small)] for _ in range(count)],
            labels=[[1 if c == j + 1 else -1 for j in range(outputs)] for c in classes],
            classes=classes,
            weights=[[[draw(small)] for _ in range(outputs)]],
            biases=[[draw(small) for _ in range(outputs)]],
        )

    return drawn()


NH17_E5_hinge = Statement(
    key="NH17.E5.hinge",
    kind="identity",
    where="Section 5, after Figure 2",
    title="Squared hinge form for +-1 labels",
    claim="With the losses of Figure 2, and label 1 for the true class and -1 for all wrong ones, "
    "Phi is the sum over all entries of max{0, 1 - y_ij f_Lj(x_i)}^2.",
    hypotheses=(labels_are_signs, losses_are_those_of_figure_2),
    conclusion=objective_is_squared_hinge,
    instances=(
        FreeEntry(name="every output of a true class", label=1, in_class=True),
        FreeEntry(name="every output of a wrong class", label=-1, in_class=False),
        _point("one output, three samples", 1),
        _point("two outputs, three samples", 2),
        _point("three outputs, one sample", 3),
        AT_MARGIN,
    ),
    controls={
        labels_are_signs: _point("labels 2 and 0", 2, shift=1),
        losses_are_those_of_figure_2: _point("fourth powers", 2, power=4),
    },
    strategy=entries,
)
