"""Section 2.1: the deep linear network, its risk, and the assumptions on the data.

Notation: X (d_x, m), Y (d_y, m), F = Y X^T (X X^T)^-1 X (d_y, m), the orthogonal projection of the
rows of Y onto the row space of X. A (d_y, m) matrix has min(d_y, m) singular values, zeros among
them.

Statements: YSJ18_D1, YSJ18_A1.

Design notes. The eigenvalues of a symmetric G of size n are counted without computing one: the
Hankel matrix (tr G^(i+j)) for i, j < n has as many independent columns as G has distinct
eigenvalues. So "distinct" is a rank over Q.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    equal,
    rank_is,
    size_at_least,
    size_at_most,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import (
    DOUBLED,
    LAYERS_OF_TWO,
    any_point,
    points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, LinearData
from symbolic_landscape.verdict import Verdict

# --- network and risk -----


@fact(r"L(W) = \tfrac12 \|W_{H+1} \cdots W_1 X - Y\|_F^2")
def risk_is_half_the_squared_error(s: DeepLinear) -> Verdict:
    """The risk is half the squared Frobenius norm of the error."""
    return equal(s.factor * 2, 1)


def ramp(s: DeepLinear, layer: int) -> Matrix:
    """A direction in which all entries of W_k move, each at its own speed."""
    height, width = s.W[layer - 1].shape
    return s.field.matrix([[1 + i * width + j for j in range(width)] for i in range(height)])


def network_loss(s: DeepLinear, convention: str) -> Scalar:
    """The loss of the linear network without biases at W, computed layer by layer."""
    net = Network(widths=s.widths, activation="linear", bias=False)
    loss = net.loss(Samples(inputs=s.X.T, targets=s.Y.T), convention)
    return loss.at(Parameters(weights=s.W)).value


@fact(
    r"L(W) = \tfrac12 \sum_j \|W_{H+1}( \cdots (W_1 x_j)) - y_j\|^2",
    mutants={
        "without the factor": lambda s: equal(s.risk(s.W), network_loss(s, "sum")),
        "mean over the samples": lambda s: equal(s.risk(s.W), network_loss(s, "mean")),
    },
)
def risk_is_the_loss_of_the_linear_network(s: DeepLinear) -> Verdict:
    """The risk is half the sum of the squared errors of the layered linear network."""
    return equal(s.risk(s.W), network_loss(s, "half"))


YSJ18_D1 = Statement(
    key="YSJ18.D1",
    kind="definition",
    where="sec. 2.1, eq. (1)",
    title="Deep linear network and squared-error risk",
    claim="L(W) is half the squared Frobenius norm of W_{H+1} ... W_1 X - Y.",
    hypotheses=(risk_is_half_the_squared_error,),
    conclusion=risk_is_the_loss_of_the_linear_network,
    instances=(
        any_point("any point, widths 1, 2, 1, one sample", (1, 2, 1), 1),
        any_point("any point, widths 2, 1, 1, two samples", (2, 1, 1), 2),
        LAYERS_OF_TWO,
    ),
    controls={risk_is_half_the_squared_error: DOUBLED},
    strategy=points,
)

# --- facts about the data -----


@fact(r"d_x \le m", ground=lambda v: v.inputs <= v.samples)
def inputs_are_at_most_as_many_as_samples(s: LinearData) -> Verdict:
    """The inputs have at most as many coordinates as there are samples."""
    return size_at_most(s.input_width, s.count)


@fact(r"d_y \le m", ground=lambda v: v.outputs <= v.samples)
def outputs_are_at_most_as_many_as_samples(s: LinearData) -> Verdict:
    """The outputs have at most as many coordinates as there are samples."""
    return size_at_most(s.output_width, s.count)


@fact(r"\operatorname{rank} XX^T = d_x", ground=lambda v: v.input_rank == v.inputs)
def input_gram_has_full_rank(s: LinearData) -> Verdict:
    """X X^T has full rank."""
    return rank_is(s.X @ s.X.T, s.input_width)


@fact(
    r"\operatorname{rank} YX^T = \min(d_x, d_y)",
    ground=lambda v: (v.correlation_rank == v.inputs) | (v.correlation_rank == v.outputs),
)
def correlation_has_full_rank(s: LinearData) -> Verdict:
    """Y X^T has full rank."""
    return rank_is(s.Y @ s.X.T, min(s.input_width, s.output_width))


def smaller_gram(s: LinearData) -> Matrix:
    """F F^T or F^T F, whichever is smaller: its eigenvalues are the squared singular values."""
    fitted = s.fitted
    return fitted @ fitted.T if fitted.shape[0] <= fitted.shape[1] else fitted.T @ fitted


def power_sums(gram: Matrix) -> Matrix:
    """The Hankel matrix (tr G^(i+j)), i, j = 0..n-1, of a symmetric G (n, n)."""
    size = gram.shape[0]
    power = gram.field.identity(size)
    traces = []
    for _ in range(2 * size - 1):
        total = gram.field.scalar(0)
        for i in range(size):
            total = total + power[i, i]
        traces.append(total)
        power = power @ gram
    return gram.field.matrix([traces[i : i + size] for i in range(size)])


@fact(
    r"\sigma_i \ne \sigma_j \quad (i \ne j \le \min(d_y, m))",
    ground=lambda v: v.zero_values <= 1,
)
def singular_values_are_distinct(s: LinearData) -> Verdict:
    """The singular values of Y X^T (X X^T)^-1 X are all distinct."""
    gram = smaller_gram(s)
    count = power_sums(gram).rank()
    verdict = sizes_equal(count, gram.shape[0])
    return verdict.because(f"{count} distinct ones among {gram.shape[0]} singular values")


@fact(r"\sigma_i \ne \sigma_j \ne 0 \quad (i \ne j \le \operatorname{rank} F)")
def nonzero_singular_values_are_distinct(s: LinearData) -> Verdict:
    """The singular values of Y X^T (X X^T)^-1 X that are not zero are all distinct."""
    gram = smaller_gram(s)
    rank, count = gram.rank(), power_sums(gram).rank()
    zeros = int(rank < gram.shape[0])
    verdict = sizes_equal(count - zeros, rank)
    return verdict.because(f"{count - zeros} distinct ones among {rank} nonzero singular values")


# --- assumptions -----


def few_more_outputs(s: LinearData) -> Verdict:
    """Whether d_y <= d_x + 1."""
    return size_at_most(s.output_width, s.input_width + 1)


def many_more_outputs(s: LinearData) -> Verdict:
    """Whether d_y >= d_x + 2."""
    return size_at_least(s.output_width, s.input_width + 2)


def value_count(v: Any) -> Any:
    """F has min(d_y, m) singular values."""
    least = (v.values <= v.outputs) & (v.values <= v.samples)
    return least & ((v.values == v.outputs) | (v.values == v.samples))


def zero_count(v: Any) -> Any:
    """As many singular values are zero as the rank is smaller than their number."""
    return v.zero_values == v.values - v.fitted_rank


def rank_bound(v: Any) -> Any:
    """The columns of F^T lie in the row space of X, so that its rank is at most d_x."""
    return v.fitted_rank <= v.inputs


LAWS = {
    "d_y >= d_x + 2": lambda v: v.outputs >= v.inputs + 2,
    "a (d_y, m) matrix has min(d_y, m) singular values": value_count,
    "singular values beyond the rank are zero": zero_count,
    "the rank of F is at most d_x": rank_bound,
}
"""What holds of the sizes of all data with d_y >= d_x + 2."""


def data() -> st.SearchStrategy[LinearData]:
    """Small integer data; inputs are often a unit matrix, so that singular values can be seen."""

    @st.composite
    def drawn(draw: st.DrawFn) -> LinearData:
        inputs, outputs, more = (draw(st.integers(low, high)) for low, high in SIZES)
        count = inputs + more
        entry = st.integers(-2, 2)
        row = st.lists(entry, min_size=count, max_size=count).map(tuple)
        return LinearData(
            inputs=tuple(draw(row) for _ in range(inputs)),
            targets=tuple(draw(row) for _ in range(outputs)),
        )

    return drawn()


SIZES = ((1, 2), (1, 4), (0, 3))
"""Least and greatest d_x, d_y and m - d_x of generated data."""

WITNESSES = (
    LinearData(name="one sample, one output", inputs=((2,),), targets=((3,),)),
    LinearData(
        name="one input, two outputs, a single zero value",
        inputs=((1, 1),),
        targets=((1, 2), (0, 1)),
    ),
    LinearData(
        name="two inputs, one output, three samples",
        inputs=((1, 0, 1), (0, 1, 1)),
        targets=((1, 2, 0),),
    ),
    LinearData(name="two inputs, two outputs", inputs=((1, 0), (1, 1)), targets=((1, 2), (0, 3))),
    LinearData(
        name="two inputs, three outputs, a single zero value",
        inputs=((1, 0, 1), (0, 1, 1)),
        targets=((1, 2, 0), (0, 1, 0), (1, 1, 2)),
    ),
)
"""Data that meet every assumption with d_y <= d_x + 1."""

CONTROLS = {
    outputs_are_at_most_as_many_as_samples: LinearData(
        name="two outputs, one sample", inputs=((1,),), targets=((1,), (2,))
    ),
    correlation_has_full_rank: LinearData(
        name="proportional outputs", inputs=((1, 0), (0, 1)), targets=((1, 2), (2, 4))
    ),
}
NO_CONTROL = {
    inputs_are_at_most_as_many_as_samples: (
        "X X^T of size d_x has rank at most m, so that its full rank already says d_x <= m"
    ),
    input_gram_has_full_rank: (
        "Y X^T (X X^T)^-1 X exists only where X X^T is invertible, so that the last assumption "
        "says nothing where this one fails"
    ),
}
UNIT_DATA = LinearData(name="unit matrices", inputs=((1, 0), (0, 1)), targets=((1, 0), (0, 1)))

YSJ18_A1 = Statement(
    key="YSJ18.A1",
    kind="assumption",
    where="sec. 2.1",
    title="Data assumptions for sections 2-3",
    claim=(
        "d_x <= m and d_y <= m, X X^T and Y X^T have full ranks, and the singular values of Y X^T "
        "(X X^T)^-1 X are all distinct; d_x and d_y are not compared."
    ),
    hypotheses=(
        inputs_are_at_most_as_many_as_samples,
        outputs_are_at_most_as_many_as_samples,
        input_gram_has_full_rank,
        correlation_has_full_rank,
        singular_values_are_distinct,
    ),
    instances=WITNESSES,
    controls={**CONTROLS, singular_values_are_distinct: UNIT_DATA},
    no_control=NO_CONTROL,
    strategy=data,
    regimes=(
        Regime("d_y <= d_x + 1", few_more_outputs),
        Regime("d_y >= d_x + 2", many_more_outputs, LAWS),
    ),
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)

YSJ18_A1_REPAIRED = YSJ18_A1.repair(
    claim=(
        "d_x <= m and d_y <= m, X X^T and Y X^T have full ranks, and the nonzero singular values "
        "of Y X^T (X X^T)^-1 X are all distinct."
    ),
    minimal=(
        "with a repeated nonzero singular value the leading k left singular vectors span no "
        "single subspace; a repeated zero does no harm, since k never exceeds the rank"
    ),
    hypotheses=(
        inputs_are_at_most_as_many_as_samples,
        outputs_are_at_most_as_many_as_samples,
        input_gram_has_full_rank,
        correlation_has_full_rank,
        nonzero_singular_values_are_distinct,
    ),
    instances=(
        *WITNESSES,
        LinearData(
            name="one input, three outputs, two zero values",
            inputs=((1, 1, 0),),
            targets=((1, 2, 0), (0, 1, 0), (1, 0, 1)),
        ),
        LinearData(
            name="two inputs, four outputs, two zero values",
            inputs=((1, 0, 1, 0), (0, 1, 0, 0)),
            targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
        ),
    ),
    controls={**CONTROLS, nonzero_singular_values_are_distinct: UNIT_DATA},
)
