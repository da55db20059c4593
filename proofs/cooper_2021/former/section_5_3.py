"""Section 5.3 of Cooper 2021: flat directions in the last layer.

Notation: Phi (n, m_{l-1}) the features of the last hidden layer, r its rank; [Phi, 1] the same with
a column of ones; a fibre fixes all parameters below the last layer.

Statements
- L5.14   the rank of the quadratic form of L on a fibre
- T5.15   a flat space in the level set of a critical point

Source: Cooper 2021, section 5.3. "Contains a linear subspace" is read as: contains an affine
subspace through p. The quadratic form of a fibre is that in all its coordinates, the last biases
included, as it is introduced before Lemma 5.14.

Design notes. On an affine subspace V through p on which L is constant, the gradient and the Hessian
form vanish. So dim V is at most (zero) + min(positive, negative) for the inertia of the Hessian
across the gradient: that bound refutes. Explicit spaces confirm: the kernel of [Phi, 1] in the last
layer, together with all layers below a layer of zero weights; or all layers below the last one
where its weights are zero. In between the answer is UNDECIDED.
"""

from __future__ import annotations

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    equal,
    rank_at_most,
    size_at_least,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint, gradient_vanishes
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    networks,
    placed,
    point_of,
    points,
    target_mean,
    trained,
)
from symbolic_landscape.proofs.cooper_2021.former.section_2 import last_layer_is_affine
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

# --- flat spaces through a point -----------------------------------------------------------------


def extended_features(s: NetworkPoint) -> Matrix:
    """[Phi, 1] (n, m_{l-1} + 1), or Phi where the layers have no biases."""
    return s.features_with_ones(s.depth - 1) if s.network.bias else s.features(s.depth - 1)


def flat_space(s: NetworkPoint) -> tuple[int, str]:
    """The dimension of an explicit affine subspace through p on which L is constant, in words."""
    network = s.network
    extended = extended_features(s)
    free = (extended.shape[1] - extended.rank()) * network.outputs
    dead = [k for k in range(1, s.depth) if s.weights(k).is_zero]
    below = network.layer_range(max(dead)).start if dead else 0
    best = (free + below, f"{free} directions of the last layer and {below} below a zero layer")
    inner = network.layer_range(s.depth).start
    if s.weights(s.depth).is_zero and inner > best[0]:
        return inner, f"all {inner} parameters below the last layer, whose weights are 0"
    return best


def flat_bound(s: NetworkPoint) -> tuple[int, str]:
    """No affine subspace through p on which L is constant has a larger dimension; with words."""
    gradient, hessian = s.at.gradient, s.at.hessian
    where = "the Hessian"
    if not gradient.is_zero:
        across = gradient.T.kernel()
        hessian = across.T @ hessian @ across
        where = "the Hessian across the gradient"
    positive, negative, zero = hessian.inertia()
    bound = zero + min(positive, negative)
    return bound, f"{where} has inertia ({positive}, {negative}, {zero})"


def level_set_contains(s: NetworkPoint, dimension: int) -> Verdict:
    """Whether the level set of p contains an affine subspace of this dimension through p."""
    found, words = flat_space(s)
    if found >= dimension:
        return holds(Evidence.EXACT, f"dimension {found} >= {dimension}: {words}")
    bound, cause = flat_bound(s)
    if bound < dimension:
        return fails(Evidence.EXACT, f"dimension at most {bound} < {dimension}: {cause}")
    return undecided(f"dimension {found} to {bound} ({words}; {cause}), claimed {dimension}")


def whole_layer(s: NetworkPoint) -> int:
    """m_l (m_{l-1} + 1)."""
    return s.network.outputs * (s.network.widths[-2] + 1)


# --- the form on a fibre -------------------------------------------------------------------------


@fact(r"m_i > n \quad (1 \le i \le \ell - 1)")
def hidden_layers_wider_than_samples(s: NetworkPoint) -> Verdict:
    """There is a hidden layer, and every hidden layer is wider than the number of samples."""
    hidden = s.network.widths[1:-1]
    if not hidden:
        return fails(Evidence.EXACT, "there is no hidden layer")
    return size_at_least(min(hidden), s.count + 1)


@fact(r"m_{\ell-1} > n, m_\ell")
def last_hidden_layer_is_wide(s: NetworkPoint) -> Verdict:
    """The last hidden layer is wider than the number of samples and than the output."""
    width = s.network.widths[-2]
    return all_of(
        than_samples=size_at_least(width, s.count + 1),
        than_output=size_at_least(width, s.network.outputs + 1),
    )


@fact(
    r"Q|_{p_I} = \textstyle\sum_i c_i^T [\Phi, 1]^T [\Phi, 1] c_i, "
    r"\quad c_i \text{ row } i \text{ of } (M_\ell, b_\ell)"
)
def fibre_form_is_the_gram_matrix(s: NetworkPoint) -> Verdict:
    """The second derivatives of L by (M_l, b_l) are 2 [Phi, 1]^T [Phi, 1], row by row."""
    return equal(s.at.hessian_block([s.depth]), _gram(s))


def _gram(s: NetworkPoint) -> Matrix:
    """2 [Phi, 1]^T [Phi, 1] for each output, in the order of the parameters of the last layer."""
    features, width, outputs = extended_features(s), s.network.widths[-2], s.network.outputs
    gram = (features.T @ features).scale(2).tolist()
    places = [(i, j) for i in range(outputs) for j in range(width)]
    places += [(i, width) for i in range(outputs) if s.network.bias]
    rows = [[gram[j][k] if i == h else 0 for h, k in places] for i, j in places]
    return features.field.matrix(rows)


@fact(r"\operatorname{rank} Q|_{p_I} \le r\, m_\ell, \quad r = \operatorname{rank} \Phi")
def fibre_form_has_rank_at_most_r(s: NetworkPoint) -> Verdict:
    """The quadratic form of L on the fibre of p has rank at most r m_l, r the rank of Phi."""
    rank = s.features(s.depth - 1).rank()
    return rank_at_most(s.at.hessian_block([s.depth]), rank * s.network.outputs)


@fact(r"\operatorname{rank} Q|_{p_I} \le \operatorname{rank} [\Phi, 1]\, m_\ell")
def fibre_form_has_rank_at_most_extended(s: NetworkPoint) -> Verdict:
    """The quadratic form of L on the fibre of p has rank at most m_l times the rank of [Phi, 1]."""
    rank = extended_features(s).rank()
    return rank_at_most(s.at.hessian_block([s.depth]), rank * s.network.outputs)


WIDE = Network(widths=(1, 2, 1), activation="cubic")


WIDE_FIVE = Network(widths=(1, 2, 5), activation="cubic")
"""Five outputs: more than the inner layer, of four parameters, can make up for."""


GENERIC = placed(
    "full rank, one sample",
    Network(widths=(1, 3, 2), activation="tanh"),
    inputs=[[1]],
    targets=[[1, 0]],
    values={"W1_11": 1, "W1_31": -1, "b1_2": 2, "W2_11": 1, "W2_22": 1},
)


TWO_SAMPLES = placed(
    "full rank, two samples",
    Network(widths=(1, 3, 1), activation="cubic"),
    inputs=[[0], [1]],
    targets=[[1], [3]],
    values={"W1_11": 1, "b1_2": 1, "W2_11": 1},
)


BLIND_FIVE = placed(
    "all features zero, five outputs",
    WIDE_FIVE,
    inputs=[[1]],
    targets=[[1, 0, 0, 0, 2]],
    last_bias=[1, 0, 0, 0, 2],
)


CURVED_WIDE = placed(
    "output activation t + t^3, wide",
    Network(widths=(1, 2, 1), activation="cubic", output_activation="cubic"),
    inputs=[[1]],
    targets=[[1]],
    last_bias=[1],
)


WITHOUT_WORDS = (
    "every second derivative on a fibre is a sum of the same n products, whatever follows"
)


@st.composite
def blind_points(draw: st.DrawFn) -> NetworkPoint:
    """Critical points whose features are all zero: only b_l, the mean of the targets, is not."""
    m = draw(st.integers(2, 3))
    network = Network(widths=(1, m, draw(st.integers(1, 6))), activation="cubic")
    count = draw(st.integers(1, m - 1))
    samples = Samples(
        inputs=[[draw(st.integers(0, 1))] for _ in range(count)],
        targets=[[draw(st.integers(0, 1))] * network.outputs for _ in range(count)],
    )
    vector: list[object] = [0] * network.parameter_count
    vector[-network.outputs :] = [row[0] for row in target_mean(samples).tolist()]
    return point_of(network, samples, vector)


C21_L5_14 = Statement(
    key="C21.L5.14",
    kind="lemma",
    where="5.3",
    title="Rank of the fibre quadratic form",
    claim=(
        "If m_{l-1} > n, m_l and Phi has rank r at p_I, then the positive semidefinite quadratic "
        "form of L on the fibre over p_I has rank at most r m_l."
    ),
    hypotheses=(last_layer_is_affine, last_hidden_layer_is_wide),
    conclusion=fibre_form_has_rank_at_most_r,
    instances=(GENERIC, TWO_SAMPLES),
    no_control={
        last_layer_is_affine: WITHOUT_WORDS,
        last_hidden_layer_is_wide: "the rank is that of [Phi, 1] times m_l at any width",
    },
    strategy=lambda: st.one_of(blind_points(), points(networks(most=2))),
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step squares_of_products_with_features"),
    ),
)


@C21_L5_14.step(
    premises=(last_layer_is_affine,),
    gives=fibre_form_is_the_gram_matrix,
    controls={last_layer_is_affine: CURVED_WIDE},
)
def loss_is_a_sum_of_squares_on_the_fibre(s: NetworkPoint, _: Verdict) -> Verdict:
    """L is the sum of |M_l phi + b_l - y|^2, where each phi is constant on the fibre."""
    return equal(s.features(s.depth), s.at.preactivations(s.depth))


@C21_L5_14.step(
    premises=(fibre_form_is_the_gram_matrix,),
    gives=fibre_form_has_rank_at_most_r,
    no_control={fibre_form_is_the_gram_matrix: WITHOUT_WORDS},
)
def squares_of_products_with_features(s: NetworkPoint, _: Verdict) -> Verdict:
    """Each row c_i of M_l gives the squares of c_i phi, a form of rank r; the forms add up."""
    features = s.features(s.depth - 1)
    return rank_at_most(features.T @ features, features.rank())


C21_L5_14_REPAIRED = C21_L5_14.repair(
    claim=(
        "The positive semidefinite quadratic form of L on the fibre over p_I, in all coordinates "
        "(M_l, b_l), has rank at most m_l times the rank of [Phi, 1]."
    ),
    minimal="the last biases add the column of ones: at Phi = 0 the form is n |b_l|^2, rank m_l",
    without=("squares_of_products_with_features",),
    hypotheses=(last_layer_is_affine,),
    conclusion=fibre_form_has_rank_at_most_extended,
    instances=(GENERIC, TWO_SAMPLES, BLIND_FIVE),
)


@C21_L5_14_REPAIRED.step(
    premises=(fibre_form_is_the_gram_matrix,),
    gives=fibre_form_has_rank_at_most_extended,
    no_control={fibre_form_is_the_gram_matrix: WITHOUT_WORDS},
)
def squares_of_products_with_extended_features(s: NetworkPoint, _: Verdict) -> Verdict:
    """Each row of (M_l, b_l) gives a form of the rank of [Phi, 1]; the forms add up."""
    extended = extended_features(s)
    return rank_at_most(extended.T @ extended, extended.rank())


# --- flat spaces in level sets -------------------------------------------------------------------


@fact(
    r"\exists V \ni p,\ L|_V = L(p),\ \dim V = (m_{\ell-1} + 1 - r) m_\ell, "
    r"\quad r = \operatorname{rank} \Phi",
    mutants={"all of the parameter space": lambda s: level_set_contains(s, _all(s))},
)
def level_set_has_printed_flat_space(s: NetworkPoint) -> Verdict:
    """The level set contains a flat space of dimension (m_{l-1} + 1 - r) m_l through p."""
    rank = s.features(s.depth - 1).rank()
    return level_set_contains(s, whole_layer(s) - rank * s.network.outputs)


def _all(s: NetworkPoint) -> int:
    return s.network.parameter_count


@fact(
    r"\exists V \ni p,\ L|_V = L(p),\ "
    r"\dim V = (m_{\ell-1} + 1 - \operatorname{rank} [\Phi, 1]) m_\ell",
    mutants={
        "all of the parameter space": lambda s: level_set_contains(s, _all(s)),
        "rank left out": lambda s: level_set_contains(s, whole_layer(s)),
    },
)
def level_set_has_flat_space(s: NetworkPoint) -> Verdict:
    """The level set contains a flat space of dimension (m_{l-1} + 1 - rank [Phi, 1]) m_l."""
    rank = s.features_with_ones(s.depth - 1).rank()
    return level_set_contains(s, whole_layer(s) - rank * s.network.outputs)


FITTED_FOUR = placed(
    "fits four samples with four parameters",
    Network(widths=(1, 1, 1), activation="cubic"),
    inputs=[[0], [1], [-1], [2]],
    targets=[[2], [10], [0], [30]],
    values={"W1_11": 1, "b1_1": 1, "W2_11": 1},
)


BLIND_FIVE_MISSED = placed(
    "all features zero, five outputs, targets missed",
    WIDE_FIVE,
    inputs=[[1]],
    targets=[[1, 0, 0, 0, 2]],
)


FITTED_WITHOUT_BIASES = trained(
    "fits one sample without biases",
    Network(widths=(1, 2, 5), activation="cubic", bias=False),
    inputs=[[1]],
    targets=[[2, 4, 0, 0, -2]],
    weights=[[[1], [0]], [[1, 0], [2, 0], [0, 0], [0, 0], [-1, 0]]],
)


BLIND_ONE = placed(
    "all features zero, one output", WIDE, inputs=[[1]], targets=[[3]], last_bias=[3]
)


FITTED_TWO = placed(
    "fits two samples, wide",
    Network(widths=(1, 3, 3), activation="cubic"),
    inputs=[[0], [1]],
    targets=[[1, 0, 0], [3, 2, 0]],
    values={"W1_11": 1, "b1_2": 1, "W2_11": 1, "W2_21": 1},
    last_bias=[1, 0, 0],
)


C21_T5_15 = Statement(
    key="C21.T5.15",
    kind="theorem",
    where="5.3",
    title="Affine subspace in the level set",
    claim=(
        "In the very wide regime, for any critical point p of L, the level set of p contains a "
        "linear subspace of dimension (m_{l-1} + 1 - r) m_l, r = rank Phi_{l-1}."
    ),
    hypotheses=(hidden_layers_wider_than_samples, last_layer_is_affine, gradient_vanishes),
    conclusion=level_set_has_printed_flat_space,
    instances=(BLIND_ONE, FITTED_TWO),
    controls={
        hidden_layers_wider_than_samples: FITTED_FOUR,
        last_layer_is_affine: FITTED_WITHOUT_BIASES,
        gradient_vanishes: BLIND_FIVE_MISSED,
    },
    strategy=blind_points,
    expected=(
        ("refuted", "statement"),
        ("hypothesis not discharged", "step kernel_of_the_form_is_flat"),
        ("invalid inference", "step kernel_of_the_form_is_flat"),
    ),
)


@C21_T5_15.step(
    premises=(gradient_vanishes, fibre_form_has_rank_at_most_r),
    gives=level_set_has_printed_flat_space,
    cites=C21_L5_14,
    via=lambda s: s,
    tried_on=(GENERIC,),
    controls={fibre_form_has_rank_at_most_r: BLIND_FIVE},
    no_control={
        gradient_vanishes: "the kernel of the form on the fibre is flat at every point p",
    },
)
def kernel_of_the_form_is_flat(s: NetworkPoint, _: Verdict, form: Verdict) -> Verdict:
    """The fibre has m_l (m_{l-1} + 1) coordinates; on the kernel of its form L is constant."""
    features = s.features(s.depth - 1)
    kernel = whole_layer(s) - s.at.hessian_block([s.depth]).rank()
    claimed = whole_layer(s) - features.rank() * s.network.outputs
    return all_of(form=form, kernel=size_at_least(kernel, claimed))


C21_T5_15_REPAIRED = C21_T5_15.repair(
    claim=(
        "For any point p, the level set of p contains an affine subspace through p of dimension "
        "(m_{l-1} + 1 - rank [Phi, 1]) m_l."
    ),
    minimal="at a point with Phi = 0 moving the last biases changes L, so r alone is not enough",
    without=("kernel_of_the_form_is_flat",),
    hypotheses=(last_layer_is_affine,),
    conclusion=level_set_has_flat_space,
    instances=(BLIND_ONE, FITTED_TWO, BLIND_FIVE, GENERIC, TWO_SAMPLES, FITTED_FOUR),
    controls={last_layer_is_affine: FITTED_WITHOUT_BIASES},
    strategy=lambda: st.one_of(blind_points(), points(networks(most=3))),
)


@C21_T5_15_REPAIRED.step(
    premises=(last_layer_is_affine, fibre_form_has_rank_at_most_extended),
    gives=level_set_has_flat_space,
    cites=C21_L5_14,
    via=lambda s: s,
    controls={last_layer_is_affine: FITTED_WITHOUT_BIASES},
    no_control={fibre_form_has_rank_at_most_extended: "it holds at every point"},
)
def kernel_of_extended_features_is_flat(s: NetworkPoint, _: Verdict, form: Verdict) -> Verdict:
    """Rows of (M_l, b_l) orthogonal to [Phi, 1] leave every output as it is."""
    extended = extended_features(s)
    kernel = extended.kernel()
    count = kernel.shape[1] * s.network.outputs
    claimed = whole_layer(s) - extended.rank() * s.network.outputs
    return all_of(
        form=form,
        unchanged=vanishes(extended @ kernel),
        count=size_at_least(count, claimed),
    )
