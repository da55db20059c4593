"""The setting of sections 3 and 6: its assumptions as facts, and networks to try them on.

Notation: see `paths`; l* is the wide layer.

Objects: task, following, tasks, path_tasks, TASKS and the controls beside them; spans,
square_block.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    at_most,
    distinct,
    positive,
    rank_at_least,
    rank_is,
    size_at_least,
    size_at_most,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    ActivationPath,
    PathTask,
    Rows,
    WideTask,
    image_ends,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    undecided,
)

# --- setting -----


def zero_in_closed_image(s: WideTask | ActivationPath) -> Verdict:
    """Whether c <= 0 <= d for the image (c, d)."""
    try:
        left, right = image_ends(s.sigma)
    except DomainError as cause:
        return undecided(str(cause))
    parts = {}
    if left is not None:
        parts["lower_end"] = at_most(left, 0)
    if right is not None:
        parts["upper_end"] = at_most(0, right)
    return all_of(**parts)


@fact(r"\sigma \in \mathcal{A}")
def activation_is_in_class_a(s: WideTask | ActivationPath) -> Verdict:
    """The activation increases strictly, is analytic and bounded, and 0 is in its closed image."""
    return all_of(
        increasing=s.sigma.strictly_increasing(),
        analytic=s.sigma.analytic(),
        bounded=s.sigma.bounded(),
        zero_in_the_closed_image=zero_in_closed_image(s),
    )


@fact(r"x_\alpha \ne x_\beta \quad (\alpha \ne \beta)")
def inputs_are_distinct(s: WideTask) -> Verdict:
    """The input patterns are pairwise different."""
    return distinct(s.samples.inputs.rows())


@fact(r"n_{l^*} > N")
def layer_has_more_neurons_than_samples(s: WideTask) -> Verdict:
    """The wide hidden layer has more neurons than there are samples."""
    return size_at_least(s.widths[s.layer], s.count + 1)


@fact(r"\varepsilon > 0")
def radius_is_positive(s: WideTask) -> Verdict:
    """The radius is positive."""
    return positive(s.radius)


@fact(r"n_{l+1} \le n_l \quad \forall l > l^*")
def later_widths_do_not_increase(s: WideTask) -> Verdict:
    """After the wide layer, from the next one on, the widths do not increase."""
    return for_all(
        range(s.layer + 1, s.depth),
        lambda k: size_at_most(s.widths[k + 1], s.widths[k]),
        "layer",
    )


def spans(s: WideTask) -> Verdict:
    """Whether a^{l*} has rank N: HOLDS in balls, FAILS by a bound or in an exact field."""
    bound, why = s.rank_bound()
    if bound < s.count:
        return fails(Evidence.EXACT, f"the rank is at most {bound} < {s.count}: {why}")
    enclosed = rank_at_least(s.enclosed_features(), s.count)
    if not enclosed.is_undecided:
        return enclosed
    return rank_at_least(s.features(s.layer, None), s.count)


@fact(r"\operatorname{span}_k \mathsf{a}^{l^*}_k = \mathbb{R}^N")
def wide_layer_spans(s: WideTask) -> Verdict:
    """The activation vectors of the wide layer span R^N."""
    return spans(s)


@fact(r"\operatorname{rank} w^{l+1} = n_{l+1} \quad \forall l > l^*")
def later_weights_have_full_rank(s: WideTask) -> Verdict:
    """The weights of all layers above the one after the wide layer have full rank."""
    return for_all(
        range(s.layer + 2, s.depth + 1), lambda k: rank_is(s.weights(k), s.widths[k]), "layer"
    )


# --- instances -----


def task(
    name: str,
    *,
    widths: Sequence[int],
    inputs: Sequence[Sequence[int]],
    targets: Sequence[int],
    weights: Sequence[Sequence[Sequence[int | Fraction]]],
    biases: Sequence[Sequence[int | Fraction]],
    activation: str = "sigmoid",
    radius: Fraction | int = 1,
    layer: int = 1,
) -> WideTask:
    """The task with these data; `radius` and l* are 1 unless given."""
    return WideTask(
        name=name,
        network=Network(widths=widths, activation=activation),
        samples=Samples(inputs=inputs, targets=[[y] for y in targets]),
        parameters=Parameters(weights=weights, biases=biases),
        radius=Fraction(radius),
        layer=layer,
    )


def following(base: WideTask, nodes: Sequence[Rows] | None, layer: int | None = None) -> PathTask:
    """The task with a path to follow, for another layer where one is given."""
    return PathTask(
        name=base.name,
        network=base.network,
        samples=base.samples,
        parameters=base.parameters,
        radius=base.radius,
        layer=base.layer if layer is None else layer,
        nodes=None if nodes is None else tuple(nodes),
    )


ZERO_WEIGHTS = task(
    "zero weights",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(1, 0),
    weights=(((0,), (0,), (0,)), ((0, 0, 0),)),
    biases=((0, 0, 0), (0,)),
)
SHALLOW = task(
    "one hidden layer",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(1, 0),
    weights=(((1,), (-1,), (2,)), ((1, 1, 0),)),
    biases=((0, 1, 1), (0,)),
)
ONE_SAMPLE = task(
    "one sample",
    widths=(2, 2, 1),
    inputs=((1, 2),),
    targets=(3,),
    weights=(((1, 0), (0, 0)), ((0, 0),)),
    biases=((0, 0), (1,)),
    activation="tanh",
)
WIDE_SECOND = task(
    "second of three hidden layers is wide",
    widths=(2, 1, 3, 2, 1),
    inputs=((0, 1), (1, 1)),
    targets=(0, 2),
    weights=(((1, -1),), ((1,), (2,), (-1,)), ((1, 0, 0), (0, 1, 1)), ((1, 1),)),
    biases=((0,), (0, 1, 0), (0, 0), (0,)),
    activation="tanh",
    layer=2,
)
WIDE_FIRST = task(
    "first of two hidden layers is wide",
    widths=(1, 4, 2, 1),
    inputs=((0,), (1,), (-1,)),
    targets=(0, 1, 1),
    weights=(
        ((1,), (2,), (-1,), (3,)),
        ((1, 0, 1, 0), (0, 1, 0, 1)),
        ((1, -1),),
    ),
    biases=((0, 1, 1, -1), (0, 0), (0,)),
)
DUPLICATED_UNITS = task(
    "duplicated neurons, zero slope at 0",
    widths=(1, 3, 1, 1),
    inputs=((0,), (2,)),
    targets=(1, -1),
    weights=(((1,), (1,), (1,)), ((1, 1, 1),), ((0,),)),
    biases=((0, 0, 0), (0,), (0,)),
    activation="tanh(t**3)",
    radius=Fraction(1, 4),
)
ARCTAN = task(
    "image with irrational ends",
    widths=(1, 3, 2, 1),
    inputs=((0,), (1,)),
    targets=(1, 1),
    weights=(((1,), (2,), (0,)), ((1, 1, 1), (0, 1, 2)), ((2, 1),)),
    biases=((0, 1, 1), (0, 0), (0,)),
    activation="arctan",
)
AT_THE_TARGETS = task(
    "already at the targets",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(2, 2),
    weights=(((1,), (-1,), (2,)), ((0, 0, 0),)),
    biases=((0, 1, 1), (2,)),
)
NEGATIVE_IMAGE = task(
    "image below zero",
    widths=(1, 3, 2, 1),
    inputs=((0,), (1,)),
    targets=(-2, 1),
    weights=(((1,), (2,), (0,)), ((1, 0, 1), (0, 1, 2)), ((1, -1),)),
    biases=((0, 1, 1), (0, 0), (0,)),
    activation="1/(1 + exp(-t)) - 1",
)
TASKS = (
    SHALLOW,
    ZERO_WEIGHTS,
    ONE_SAMPLE,
    WIDE_FIRST,
    WIDE_SECOND,
    DUPLICATED_UNITS,
    ARCTAN,
    NEGATIVE_IMAGE,
    AT_THE_TARGETS,
)
EQUAL_INPUTS = task(
    "equal inputs with different targets",
    widths=(1, 3, 1, 1),
    inputs=((1,), (1,)),
    targets=(0, 1),
    weights=(((1,), (2,), (0,)), ((1, 1, 1),), ((1,),)),
    biases=((0, 1, 1), (0,), (0,)),
)
NARROW = task(
    "single neurons, targets not monotone",
    widths=(1, 1, 1),
    inputs=((0,), (1,), (2,)),
    targets=(0, 1, 0),
    weights=(((1,),), ((1,),)),
    biases=((0,), (0,)),
)
AFFINE = task(
    "linear activation, targets not affine",
    widths=(1, 4, 1),
    inputs=((0,), (1,), (2,)),
    targets=(0, 1, 0),
    weights=(((1,), (2,), (0,), (1,)), ((1, 1, 1, 1),)),
    biases=((0, 1, 1, 0), (0,)),
    activation="linear",
)
NO_RADIUS = task(
    "radius zero, already at the targets",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(2, 2),
    weights=(((0,), (0,), (0,)), ((0, 0, 0),)),
    biases=((0, 0, 0), (2,)),
    radius=0,
)


def tasks(*, most_depth: int = 3) -> st.SearchStrategy[WideTask]:
    """Small networks with a wide layer, integer parameters with many zeros."""

    @st.composite
    def drawn(draw: st.DrawFn) -> WideTask:
        count = draw(st.integers(1, 2))
        depth = draw(st.integers(2, most_depth))
        layer = draw(st.integers(1, depth - 1))
        widths = [draw(st.integers(1, 2)) for _ in range(depth)]
        widths[layer] = count + draw(st.integers(0, 1))
        widths.append(1)
        small = st.integers(-1, 2)

        def rows(height: int, width: int) -> list[list[int]]:
            return [[draw(small) for _ in range(width)] for _ in range(height)]

        return WideTask(
            network=Network(
                widths=widths,
                activation=draw(st.sampled_from(("sigmoid", "tanh", "tanh(t**3)", "linear"))),
            ),
            samples=Samples(inputs=rows(count, widths[0]), targets=rows(count, 1)),
            parameters=Parameters(
                weights=[rows(above, below) for below, above in pairwise(widths)],
                biases=[rows(1, above)[0] for above in widths[1:]],
            ),
            radius=Fraction(draw(st.integers(0, 2)), 2),
            layer=layer,
        )

    return drawn()


ONE_APART: Rows = ((1, -1),)


def path_tasks() -> st.SearchStrategy[PathTask]:
    """Small networks with a path of one or two nodes for the layer after the wide one."""

    @st.composite
    def drawn(draw: st.DrawFn) -> PathTask:
        base = draw(tasks())
        small = st.integers(-1, 1)
        nodes = tuple(
            tuple(
                tuple(draw(small) for _ in range(base.count))
                for _ in range(base.widths[base.layer + 1])
            )
            for _ in range(draw(st.integers(1, 2)))
        )
        return following(base, nodes)

    return drawn()


def square_block(features: Matrix) -> tuple[Matrix, tuple[int, ...]] | None:
    """N certainly independent columns of F (N, n), and their numbers; None if none are found."""
    height, width = features.shape
    columns: tuple[int, ...] = ()
    for j in range(width):
        wider = features.submatrix(range(height), (*columns, j))
        if rank_at_least(wider, len(columns) + 1).is_holds:
            columns = (*columns, j)
    if len(columns) < height:
        return None
    return features.submatrix(range(height), columns), columns
