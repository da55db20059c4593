"""Section 5: the class-dependent objective of eq. (4).

Notation: l1, l2 the losses of the true and of a wrong class; Phi their sum, eq. (4); [F_k, 1]
(N, n_k + 1) the features with a column of ones; Delta_k (N, n_k) the backpropagated errors.

Lemmas
- NH17_D5_loss: eq. (4), and that Lemma 2.1 holds for it.

Source: NH17, Section 5, eq. (4).
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_landscape.arithmetic import (
    Matrix,
    equal,
    nonnegative,
)
from symbolic_landscape.errors import SmoothnessError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import ZERO, Piece, T
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.proofs.common.points import (
    activation_is_continuously_differentiable,
)
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import GenericNetwork
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_one_sided import (
    loss_is_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import (
    ClassifiedPoint,
    classified,
    one_sided_gradient,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

# --- the class-dependent objective ---------------------------------------------------------------

RELU = Activation.of("relu")
HINGE = ScalarLoss.of(Piece(-T, ZERO, 0))


@fact(r"l_1, l_2 \in C^1(\mathbb{R})")
def class_losses_are_continuously_differentiable(s: ClassifiedPoint) -> Verdict:
    """The losses of the true and of the wrong classes are continuously differentiable."""
    return all_of(true=loss_is_smooth(s.true_loss), wrong=loss_is_smooth(s.wrong_loss))


@fact(r"l_1, l_2 \ge 0")
def class_losses_are_nonnegative(s: ClassifiedPoint) -> Verdict:
    """The losses of the true and of the wrong classes are nowhere negative."""
    return all_of(true=s.true_loss.nonnegative(), wrong=s.wrong_loss.nonnegative())


def backpropagated(s: ClassifiedPoint, layer: int, slopes: Matrix | None = None) -> Matrix:
    """[F_{k-1}, 1]^T Delta_k (n_{k-1} + 1, n_k), with other loss slopes if given.

    Raises SmoothnessError where a slope does not exist.
    """
    passed = s.backward
    error = (passed.loss_slopes if slopes is None else slopes).hadamard(passed.slope(s.depth))
    for k in range(s.depth - 1, layer - 1, -1):
        error = (error @ passed.weights[k]).hadamard(passed.slope(k))
    return s.features_with_ones(layer - 1).over(passed.field).T @ error


def _gradient_is(s: ClassifiedPoint, claimed: Callable[[int], Matrix]) -> Verdict:
    """Whether the objective has derivatives, and they are as claimed in each layer."""

    def in_layer(layer: int) -> Verdict:
        right = one_sided_gradient(s, layer, 1)
        if right != -one_sided_gradient(s, layer, -1):
            return fails(Evidence.EXACT, "the derivatives of Phi from the two sides differ")
        try:
            return equal(right, claimed(layer))
        except SmoothnessError as error:
            return fails(Evidence.EXACT, f"what is claimed has no value: {error}")

    return for_all(range(1, s.depth + 1), in_layer, "layer")


def _true_slopes_everywhere(s: ClassifiedPoint) -> Verdict:
    field = s.backward.field
    slopes = field.apply(s.true_loss.derivative(1), s.residuals.over(field))
    return _gradient_is(s, lambda layer: backpropagated(s, layer, slopes))


@fact(
    r"\nabla_{(W_k, b_k)} \Phi = [F_{k-1}, 1_N]^T \Delta_k, \quad \Phi \ge 0",
    mutants={"the true class's loss for all entries": _true_slopes_everywhere},
)
def class_objective_is_backpropagated(s: ClassifiedPoint) -> Verdict:
    """Phi is not negative, and Lemma 2.1 gives its gradient with each entry's own loss slope."""
    return all_of(
        gradient=_gradient_is(s, lambda layer: backpropagated(s, layer)),
        bound=nonnegative(s.objective),
    )


def free_network(s: ClassifiedPoint) -> GenericNetwork:
    """Every network of these widths on N samples; each entry has a loss slope of its own."""
    return GenericNetwork(name="free", widths=s.network.widths, count=s.count)


ONE_ENTRY = classified(
    "one weight, one sample, one class",
    widths=(1, 1),
    activation="cubic",
    inputs=[[1]],
    labels=[[5]],
    classes=(1,),
    weights=[[[1]]],
    biases=[[0]],
)
TWO_CLASSES = classified(
    "one layer, two classes, tanh",
    widths=(1, 2),
    activation="tanh",
    inputs=[[-1], [1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[1], [2]]],
    biases=[[0, 1]],
)
THREE_CLASSES = classified(
    "three layers, three classes, one of them empty, fourth powers",
    widths=(2, 1, 2, 3),
    activation="cubic",
    inputs=[[0, 1], [1, 0], [1, 1]],
    labels=[[1, 0, 0], [0, 1, 0], [0, 1, 0]],
    classes=(1, 2, 2),
    weights=[[[1, -1]], [[1], [0]], [[1, 1], [0, 1], [-1, 0]]],
    biases=[[0], [1, 0], [0, 0, -1]],
    true_loss=ScalarLoss.of(Piece(T**4, ZERO, 3)),
    wrong_loss=ScalarLoss.of(Piece(ZERO, 3 * T**2, 1)),
)
AT_THE_JOIN = classified(
    "residuals 0, where the pieces join",
    widths=(1, 2),
    activation="linear",
    inputs=[[1], [2]],
    labels=[[1, -1], [2, -2]],
    classes=(1, 1),
    weights=[[[1], [-1]]],
    biases=[[0, 0]],
)
AT_A_KINK = classified(
    "rectified pre-activation 0",
    widths=(1, 1),
    activation=RELU,
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
)
AT_THE_HINGE = classified(
    "hinge without square at residual 0",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    labels=[[0]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
    true_loss=HINGE,
)
NEGATIVE_LOSS = classified(
    "loss with negative values",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
    true_loss=ScalarLoss.of("a"),
)
FEW_CLASSIFIED = (ONE_ENTRY, TWO_CLASSES, THREE_CLASSES, AT_THE_JOIN)

NH17_D5_loss = Statement(
    key="NH17.D5.loss",
    kind="definition",
    where="Section 5, eq. (4)",
    title="Class-dependent one-sided loss",
    claim="Phi is the sum of l1(f_Lj(x_i) - y_ij) over x_i in C_j and of l2 over the others; with "
    "C1 functions Lemma 2.1 still holds, and Phi is not negative as l1 and l2 are not.",
    hypotheses=(
        activation_is_continuously_differentiable,
        class_losses_are_continuously_differentiable,
        class_losses_are_nonnegative,
    ),
    conclusion=class_objective_is_backpropagated,
    instances=FEW_CLASSIFIED,
    controls={
        activation_is_continuously_differentiable: AT_A_KINK,
        class_losses_are_continuously_differentiable: AT_THE_HINGE,
        class_losses_are_nonnegative: NEGATIVE_LOSS,
    },
)


@NH17_D5_loss.step(
    premises=(
        activation_is_continuously_differentiable,
        class_losses_are_continuously_differentiable,
        class_losses_are_nonnegative,
        backpropagation_identities_hold,
    ),
    gives=class_objective_is_backpropagated,
    cites=NH17_L2_1,
    via=free_network,
    tried_on=FEW_CLASSIFIED,
    controls={
        activation_is_continuously_differentiable: AT_A_KINK,
        class_losses_are_continuously_differentiable: AT_THE_HINGE,
        class_losses_are_nonnegative: NEGATIVE_LOSS,
    },
    no_control={
        backpropagation_identities_hold: "the identities have a free loss slope for each entry, "
        "and hold for all widths that were tried"
    },
)
def losses_may_differ_from_entry_to_entry(
    s: ClassifiedPoint, sigma: Verdict, losses: Verdict, signs: Verdict, identities: Verdict
) -> Verdict:
    """Lemma 2.1 has a free loss slope for each entry: put l1' or l2' there; all terms are >= 0."""
    terms = [
        s.loss_of(i, j).nonnegative() for i in range(s.count) for j in range(s.network.outputs)
    ]
    return all_of(
        free=holds(identities.evidence, identities.reason),
        put_in=_gradient_is(s, lambda layer: backpropagated(s, layer)),
        terms=for_all(range(len(terms)), terms.__getitem__, "term"),
    )
