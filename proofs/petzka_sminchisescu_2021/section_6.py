"""Section 6 and Appendix A.4: paths of outputs that are realised by paths of parameters.

Notation: see `paths`.

Statements: PS21_L16, PS21_L17, PS21_L18, PS21_L19, PS21_L20, PS21_I_LINE.

Design notes. "Any continuous path" is tried on paths that are straight between rational nodes; where the claim
speaks of all paths at once, it is decided by what their realisation needs: a rank, or a right inverse.
A fraction whose top and bottom are straight in t is monotone between two nodes, so a path stays in an
interval if its nodes do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    RealFunction,
    zero_set_is_null,
)
from proofs.petzka_sminchisescu_2021.paths import (
    BALLS,
    ActivationPath,
    OutputPath,
    PathTask,
    Rows,
    WideTask,
    image_ends,
    right_inverse,
    squared_norm,
)
from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    at_most,
    distinct,
    equal,
    less,
    nonsingular,
    positive,
    rank_at_least,
    rank_is,
    size_at_least,
    size_at_most,
)
from symbolic_landscape.arithmetic.polynomials import Interval, positive_on
from symbolic_landscape.errors import DomainError
from symbolic_landscape.lemma import Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

# --- setting -----------------------------------------------------------------------------------------


def zero_in_closed_image(s: WideTask | ActivationPath) -> Verdict:
    """Whether c <= 0 <= d for the image (c, d)."""
    left, right = image_ends(s.sigma)
    parts = {}
    if left is not None:
        parts["lower_end"] = at_most(left, 0)
    if right is not None:
        parts["upper_end"] = at_most(0, right)
    return all_of(**parts)


@fact(r"\sigma \in \mathcal{A}")
def activation_is_in_class_a(s: WideTask | ActivationPath) -> Verdict:
    """The activation is strictly increasing, analytic and bounded, with 0 in the closure of its image."""
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


def spans(s: WideTask, layer: int) -> Verdict:
    """Whether a^l has rank N: HOLDS in balls, FAILS by a bound or in an exact field."""
    bound, why = s.rank_bound()
    if layer == s.layer and bound < s.count:
        return fails(Evidence.EXACT, f"the rank is at most {bound} < {s.count}: {why}")
    enclosed = rank_at_least(s.features(layer, BALLS), s.count)
    if not enclosed.is_undecided:
        return enclosed
    return rank_at_least(s.features(layer, None), s.count)


@fact(r"\operatorname{span}_k \mathsf{a}^{l^*}_k = \mathbb{R}^N")
def wide_layer_spans(s: WideTask) -> Verdict:
    """The activation vectors of the wide layer span R^N."""
    return spans(s, s.layer)


@fact(r"\operatorname{rank} w^{l+1} = n_{l+1} \quad \forall l > l^*")
def later_weights_have_full_rank(s: WideTask) -> Verdict:
    """The weights of all layers above the one after the wide layer have full rank."""
    return for_all(
        range(s.layer + 2, s.depth + 1), lambda k: rank_is(s.weights(k), s.widths[k]), "layer"
    )


# --- instances ---------------------------------------------------------------------------------------


def task(
    name: str,
    *,
    widths: Sequence[int],
    inputs: Sequence[Sequence[int | str]],
    targets: Sequence[int | str],
    weights: Sequence[Sequence[Sequence[int | str]]],
    biases: Sequence[Sequence[int | str]],
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


# --- Lemma 16 ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class GenericityFunction(RealFunction):
    """A function of all parameters that is zero where a^{l*} or a later weight matrix lacks full rank.

    It is the product of the sums of the squares of their maximal minors.
    """

    task: WideTask

    def analytic(self) -> Verdict:
        """Sums, products and compositions of analytic functions are analytic."""
        return self.task.sigma.analytic()

    def not_identically_zero(self) -> Verdict:
        """HOLDS by generic parameters, FAILS where the rank is bounded below N everywhere."""
        return generic_parameters_exist(self.task)


def generic_parameters_exist(s: WideTask) -> Verdict:
    """Whether the layer spans R^N at some parameters at which the later weights have full rank."""
    bound, why = s.rank_bound()
    if bound < s.count:
        return fails(Evidence.EXACT, f"the rank is at most {bound} < {s.count}: {why}")
    if s.anywhere is None:
        return undecided("no generic parameters were found")
    return rank_at_least(s.features(s.layer, BALLS, s.anywhere), s.count)


def genericity(s: WideTask) -> GenericityFunction:
    """The function whose zeros are the parameters that are not generic."""
    return GenericityFunction(name=f"minors of {s.name}", task=s)


@fact(
    r"\overline{\{w : \operatorname{span}_k \mathsf{a}^{l^*}_k = \mathbb{R}^N,\ w^l \text{ of full rank } \forall l > l^* + 1\}} = \mathbb{R}^M"
)
def generic_parameters_are_dense(s: WideTask) -> Verdict:
    """Parameters at which the wide layer spans R^N and the later weights have full rank are dense."""
    return all_of(some=generic_parameters_exist(s), analytic=s.sigma.analytic())


def near_and_generic(s: WideTask) -> Verdict:
    """Whether generic parameters lie less than the radius away; the data name them as `point`."""
    bound, why = s.rank_bound()
    if s.radius <= 0:
        return fails(Evidence.EXACT, f"no distance is less than {s.radius}")
    if bound < s.count:
        return fails(Evidence.EXACT, f"the rank is at most {bound} < {s.count}: {why}")
    if s.nearby is None:
        return undecided("no generic parameters were found so near")
    point, square = s.nearby
    return all_of(
        near=less(square, s.radius**2),
        spans=rank_at_least(s.features(s.layer, BALLS, point), s.count),
        full_rank=for_all(
            range(s.layer + 2, s.depth + 1),
            lambda k: rank_is(s.weights(k, point), min(s.weights(k, point).shape)),
            "layer",
        ),
    ).giving(point=point)


@fact(
    r"\exists w':\ \|w - w'\| < \varepsilon,\ \operatorname{span}_k \mathsf{a}^{l^*}_k(w') = \mathbb{R}^N,"
    r"\ (w')^l \text{ of full rank } \forall l > l^* + 1"
)
def generic_parameters_are_near(s: WideTask) -> Verdict:
    """Less than the radius away, the wide layer spans R^N and the later weights have full rank."""
    return near_and_generic(s)


PS21_L16 = Statement(
    key="PS21.L16",
    kind="lemma",
    where="6 Lemma 16",
    title="generic perturbation",
    claim=(
        "For all parameters w and epsilon > 0 there is w' with |w - w'| < epsilon at which the "
        "activation vectors of the extremely wide layer span R^N and the weight matrices of all "
        "layers l > l* + 1 have full rank."
    ),
    hypotheses=(
        activation_is_in_class_a,
        inputs_are_distinct,
        layer_has_more_neurons_than_samples,
        radius_is_positive,
    ),
    conclusion=generic_parameters_are_near,
    instances=TASKS,
    controls={
        activation_is_in_class_a: AFFINE,
        inputs_are_distinct: EQUAL_INPUTS,
        layer_has_more_neurons_than_samples: NARROW,
        radius_is_positive: NO_RADIUS,
    },
    strategy=tasks,
)

TOO_FEW = (
    "where it fails and the rank is bounded, the minors vanish identically: the citation fails too"
)


@PS21_L16.step(
    premises=(
        activation_is_in_class_a,
        inputs_are_distinct,
        layer_has_more_neurons_than_samples,
        zero_set_is_null,
    ),
    gives=generic_parameters_are_dense,
    cites=EXTERNAL_ANALYTIC_ZERO_SET,
    via=genericity,
    no_control={
        activation_is_in_class_a: TOO_FEW,
        inputs_are_distinct: TOO_FEW,
        layer_has_more_neurons_than_samples: TOO_FEW,
        zero_set_is_null: "the other premises make some minor nonzero somewhere",
    },
)
def complement_of_a_null_set_is_dense(
    s: WideTask, sigma: Verdict, different: Verdict, wide: Verdict, null: Verdict
) -> Verdict:
    """The parameters that are not generic form a null set, and the complement of one is dense."""
    if s.anywhere is None:
        return undecided("no generic parameters were found")
    block = square_block(s.features(s.layer, BALLS, s.anywhere))
    return undecided("no minor was found") if block is None else nonsingular(block[0])


@PS21_L16.step(
    premises=(generic_parameters_are_dense, radius_is_positive),
    gives=generic_parameters_are_near,
    controls={generic_parameters_are_dense: NARROW, radius_is_positive: NO_RADIUS},
)
def dense_set_meets_every_ball(s: WideTask, dense: Verdict, radius: Verdict) -> Verdict:
    """A dense set meets the open ball around w."""
    if s.nearby is None:
        return undecided("no generic parameters were found so near")
    return less(s.nearby[1], s.radius**2)


# --- Lemma 17 ----------------------------------------------------------------------------------------


def square_block(features: Matrix) -> tuple[Matrix, tuple[int, ...]] | None:
    """N columns of F (N, n) that are certainly independent, and their numbers; None if none are found."""
    height, width = features.shape
    columns: tuple[int, ...] = ()
    for j in range(width):
        wider = features.submatrix(range(height), (*columns, j))
        if rank_at_least(wider, len(columns) + 1).is_holds:
            columns = (*columns, j)
    if len(columns) < height:
        return None
    return features.submatrix(range(height), columns), columns


@fact(
    r"\exists \bar A \in \mathbb{R}^{N \times N} \text{ invertible, made of rows of } \mathsf{a}^{l^*}"
)
def some_block_is_invertible(s: WideTask) -> Verdict:
    """Some N activation vectors of the wide layer form an invertible matrix."""
    block = square_block(s.features(s.layer, BALLS))
    if block is None:
        full = spans(s, s.layer)
        if not full.is_holds:
            return full
        block = square_block(s.features(s.layer, None))
    if block is None:
        return undecided("no invertible block was found")
    return nonsingular(block[0]).giving(block=block[0], columns=block[1])


@fact(
    r"\exists w_\Gamma \text{ continuous}:\ w_\Gamma(0) = w^{l^*+1},\ "
    r"n_\Gamma(t) = w_\Gamma(t)\, \mathsf{a}^{l^*} + w_0^{l^*+1}"
)
def preactivation_path_is_followed(s: PathTask) -> Verdict:
    """The path of pre-activations after the wide layer is followed by a path of that layer's weights."""
    below = s.features(s.layer, BALLS)
    if not rank_at_least(below, s.count).is_holds:
        below = s.features(s.layer, None)
    rank = below.rank()
    return for_all(range(len(s.steps)), lambda i: rank_is(below.hstack(s.steps[i].T), rank), "node")


ONE_APART: Rows = ((1, -1),)
RAMP = (((1, 0), (0, 2), (1, 1)), ((-3, 1), (5, 0), (0, 0)))
SPANNING_PATHS = (
    following(SHALLOW, (ONE_APART, ((0, 3),))),
    following(ONE_SAMPLE, (((-2,),),)),
    following(
        WIDE_FIRST,
        (((1, 0, 2), (0, Fraction(1, 2), 0)), ((0, 0, 0), (4, -4, 1))),
    ),
    following(WIDE_SECOND, (((1, 2), (0, -1)),)),
    following(ARCTAN, (((1, 0), (0, 1)), ((7, 7), (-7, 0)))),
)


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


PS21_L17 = Statement(
    key="PS21.L17",
    kind="lemma",
    where="6 Lemma 17",
    title="paths in the layer after the wide one",
    claim=(
        "If the activation vectors of the wide layer span R^N, every continuous path of "
        "pre-activations of the next layer that starts at the present ones is followed by a "
        "continuous path of the weights of that layer, its biases fixed."
    ),
    hypotheses=(wide_layer_spans,),
    conclusion=preactivation_path_is_followed,
    instances=SPANNING_PATHS,
    controls={wide_layer_spans: following(ZERO_WEIGHTS, (ONE_APART,))},
    strategy=path_tasks,
)


@PS21_L17.step(
    premises=(wide_layer_spans,),
    gives=some_block_is_invertible,
    controls={wide_layer_spans: following(ZERO_WEIGHTS, (ONE_APART,))},
)
def full_rank_gives_a_block(s: PathTask, spanning: Verdict) -> Verdict:
    """A matrix of full rank N contains an invertible block of size N."""
    block = square_block(s.features(s.layer, BALLS)) or square_block(s.features(s.layer, None))
    return undecided("no block was found") if block is None else nonsingular(block[0])


@PS21_L17.step(
    premises=(some_block_is_invertible,),
    gives=preactivation_path_is_followed,
    controls={some_block_is_invertible: following(ZERO_WEIGHTS, (ONE_APART,))},
)
def solve_on_the_block(s: PathTask, block: Verdict) -> Verdict:
    """n(t) A^-1 on the block, and zero columns elsewhere, added to the weights, follow the path."""
    square: Matrix = block.data["block"]
    columns: tuple[int, ...] = block.data["columns"]

    def at_node(i: int) -> Verdict:
        moved = square.solve(s.steps[i].T)
        if not square.field.decides_equality:
            return nonsingular(square)
        rows = s.features(s.layer, None).submatrix(range(s.count), columns)
        return equal(rows @ moved, s.steps[i].T)

    return for_all(range(len(s.steps)), at_node, "node")


# --- Lemma 18 ----------------------------------------------------------------------------------------


def inside(value: Scalar | Fraction, ends: tuple[Scalar | None, Scalar | None]) -> Verdict:
    """Whether c < value < d."""
    left, right = ends
    parts = {}
    if left is not None:
        parts["above"] = less(left, value)
    if right is not None:
        parts["below"] = less(value, right)
    return all_of(**parts) if parts else holds(Evidence.EXACT, "the image is the whole line")


@fact(r"\mathsf{a}_\Gamma(t) \in \operatorname{Im}(\sigma)^{n \times N} \quad \forall t \in [0, 1]")
def path_stays_in_the_image(s: ActivationPath) -> Verdict:
    """Every entry of the path stays in the image of the activation."""
    ends = image_ends(s.sigma)
    values = sorted({value for entry in s.entries for value in entry})
    return for_all(values, lambda value: inside(value, ends), "value")


def fold(s: ActivationPath) -> str:
    """Where a polynomial activation folds under a stretch of the path, or the empty string.

    A lift over a stretch from p to q > p runs from a root r of sigma = p to a root r' of sigma = q. When
    all r <= u < v <= all r' and sigma(u) > sigma(v), it would have to be injective and not monotone.
    """
    field = RationalFunctions(("t",))
    t = field.generator("t")
    try:
        curve = Scalar(field, s.sigma.formula.evaluate(t.raw, field))
    except DomainError:
        return ""
    grid = [Fraction(n, 2) for n in range(-6, 7)]
    for entry in s.entries:
        for low, high in ((min(pair), max(pair)) for pair in pairwise(entry)):
            for u, v in ((u, v) for u in grid for v in grid if u < v):
                before = positive_on(curve - low, Interval(u, None))
                after = positive_on(high - curve, Interval(None, v))
                values = [s.sigma.formula.evaluate(QQ.constant(x), QQ) for x in (u, v)]
                if values[0] > values[1] and before.is_holds and after.is_holds:
                    return (
                        f"sigma falls between {u} and {v}, and the path from {low} to {high} rises"
                    )
    return ""


@fact(
    r"\exists n_\Gamma \text{ continuous}:\ \mathsf{a}_\Gamma(t) = \sigma(n_\Gamma(t)) \quad \forall t"
)
def path_lifts(s: ActivationPath) -> Verdict:
    """A continuous path of pre-activations lies over the path of activations."""
    stays = path_stays_in_the_image.decide(s)
    if stays.is_fails:
        return stays
    increasing = s.sigma.strictly_increasing()
    if increasing.is_holds:
        return all_of(in_the_image=stays, continuous_inverse=increasing)
    where = fold(s)
    return fails(Evidence.EXACT, where) if where else undecided(increasing.reason)


def activation_paths() -> st.SearchStrategy[ActivationPath]:
    """Single entries or pairs on a grid of halves, for activations with several images."""
    value = st.integers(-3, 3).map(lambda n: Fraction(n, 4))
    node = st.lists(value, min_size=1, max_size=2).map(lambda row: (tuple(row),))
    return st.builds(
        ActivationPath,
        activation=st.sampled_from(("sigmoid", "tanh", "arctan", "tanh(t**3)")),
        nodes=st.lists(node, min_size=1, max_size=3)
        .filter(lambda nodes: len({len(rows[0]) for rows in nodes}) == 1)
        .map(tuple),
    )


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
FOLDED = ActivationPath(
    name="folded activation", activation="t**3 - 3*t", nodes=(((-10,),), ((10,),))
)
OUTSIDE = ActivationPath(
    name="leaves the image", activation="sigmoid", nodes=(((HALF,),), ((Fraction(3, 2),),))
)

PS21_L18 = Statement(
    key="PS21.L18",
    kind="lemma",
    where="6 Lemma 18",
    title="lifting through sigma",
    claim=(
        "For every continuous path a(t) in Im(sigma)^(n x N) there is a continuous path n(t) with "
        "a(t) = sigma(n(t)) for all t."
    ),
    hypotheses=(activation_is_in_class_a, path_stays_in_the_image),
    conclusion=path_lifts,
    instances=(
        ActivationPath(
            name="sigmoid, two neurons, two samples",
            activation="sigmoid",
            nodes=(((HALF, THIRD), (HALF, HALF)), ((THIRD, THIRD), (Fraction(9, 10), HALF))),
        ),
        ActivationPath(
            name="tanh, there and back",
            activation="tanh",
            nodes=(((0,),), ((Fraction(9, 10),),), ((-HALF,),), ((0,),)),
        ),
        ActivationPath(
            name="zero slope over 0",
            activation="tanh(t**3)",
            nodes=(((-HALF, HALF),), ((HALF, -HALF),)),
        ),
        ActivationPath(
            name="irrational ends", activation="arctan", nodes=(((Fraction(3, 2),),), ((-1,),))
        ),
    ),
    controls={activation_is_in_class_a: FOLDED, path_stays_in_the_image: OUTSIDE},
    strategy=activation_paths,
)


@PS21_L18.step(
    premises=(activation_is_in_class_a, path_stays_in_the_image),
    gives=path_lifts,
    controls={activation_is_in_class_a: FOLDED, path_stays_in_the_image: OUTSIDE},
)
def inverse_is_continuous(s: ActivationPath, sigma: Verdict, stays: Verdict) -> Verdict:
    """A continuous strictly increasing function has a continuous inverse on its image."""
    return all_of(
        strictly_increasing=s.sigma.strictly_increasing(),
        continuous=s.sigma.continuously_differentiable(),
    )


# --- Lemma 19 ----------------------------------------------------------------------------------------


@fact(r"n_{l+1} \le n_l")
def next_width_is_no_larger(s: PathTask) -> Verdict:
    """The next layer is not wider."""
    return size_at_most(s.widths[s.layer + 1], s.widths[s.layer])


@fact(r"\operatorname{rank} w^{l+1} = n_{l+1}")
def next_weights_have_full_rank(s: PathTask) -> Verdict:
    """The weights of the next layer have full rank."""
    return rank_is(s.next_weights, s.widths[s.layer + 1])


@fact(r"\exists R:\ w^{l+1} R = 1")
def next_weights_have_a_right_inverse(s: PathTask) -> Verdict:
    """The weights of the next layer have a right inverse."""
    found = right_inverse(s.next_weights)
    if found is None:
        return fails(Evidence.EXACT, f"rank {s.next_weights.rank()} < {s.widths[s.layer + 1]}")
    inverse, columns = found
    product = equal(s.next_weights @ inverse, QQ.identity(s.widths[s.layer + 1]))
    return product.giving(inverse=inverse, columns=columns)


@dataclass(frozen=True)
class Lift:
    """a(t) = (a + R n(t) + shift phi(t) on the block) / (1 + scale phi(t)), phi the size of n(t)."""

    scale: Fraction
    shift: Fraction


SIZES = (Fraction(0), *(Fraction(2) ** j for j in range(-2, 18)))
"""Scales and shifts that are tried, in this order."""


def lifted_node(
    s: PathTask, found: tuple[Matrix, tuple[int, ...]], step: Matrix, lift: Lift
) -> Matrix:
    """a(t) (n_l, N) at a node, over the field of the activations."""
    inverse, columns = found
    size = max(abs(value.rational()) for row in step.tolist() for value in row)
    chosen = [[size * lift.shift * (j in columns)] * s.count for j in range(s.widths[s.layer])]
    moved = inverse @ step + QQ.matrix(chosen)
    return (s.activations + moved).scale(1 / (1 + lift.scale * size))


def stays_inside(s: PathTask, found: tuple[Matrix, tuple[int, ...]], lift: Lift) -> Verdict:
    """Whether every entry of a(t) is in the image at every node, and so between them."""
    ends = image_ends(s.sigma)

    def at_node(i: int) -> Verdict:
        entries = lifted_node(s, found, s.steps[i], lift).tolist()
        return for_all(
            [value for row in entries for value in row], lambda value: inside(value, ends), "entry"
        )

    return for_all(range(len(s.steps)), at_node, "node")


def lift_of(s: PathTask, found: tuple[Matrix, tuple[int, ...]]) -> Lift | None:
    """The first scale and shift that keep the path in the image."""
    left, right = image_ends(s.sigma)

    def fits(lift: Lift) -> bool:
        entries = [
            value
            for step in s.steps
            for row in lifted_node(s, found, step, lift).tolist()
            for value in row
        ]
        return all(
            (left is None or certainly_less(left, value))
            and (right is None or certainly_less(value, right))
            for value in entries
        )

    lifts = (
        Lift(scale, shift)
        for size in SIZES
        for shift in (Fraction(0), size, -size)
        for scale in (Fraction(0), size, size * 16)
    )
    return next((lift for lift in lifts if fits(lift)), None)


def certainly_less(a: Scalar, b: Scalar) -> bool:
    """Whether a < b is certain; False where balls cannot tell."""
    try:
        return a < b
    except DomainError:
        return False


def path_identity(s: PathTask, found: tuple[Matrix, tuple[int, ...]], lift: Lift) -> Verdict:
    """w(t) a(t) + b(t) = n(t) at the nodes, for free symbols in the place of a^l and w_0^{l+1}."""
    inverse, columns = found
    height, width = s.next_weights.shape
    names = [f"a{i}_{j}" for i in range(width) for j in range(s.count)]
    field = RationalFunctions((*names, *(f"b{i}" for i in range(height))))
    below = field.matrix(
        [[field.generator(f"a{i}_{j}") for j in range(s.count)] for i in range(width)]
    )
    bias = field.matrix([[field.generator(f"b{i}")] * s.count for i in range(height)])

    def at_node(i: int) -> Verdict:
        step = s.steps[i]
        size = max(abs(value.rational()) for row in step.tolist() for value in row)
        chosen = QQ.matrix([[size * lift.shift * (j in columns)] * s.count for j in range(width)])
        stretch = 1 + lift.scale * size
        path = (below + inverse @ step + chosen).scale(1 / stretch)
        biases = bias - s.next_weights @ chosen
        start = s.next_weights @ below + bias
        return equal(s.next_weights.scale(stretch) @ path + biases, start + step)

    return for_all(range(len(s.steps)), at_node, "node")


@fact(
    r"\exists w_\Gamma^{l+1}, w_{\Gamma,0}^{l+1}, \mathsf{a}_\Gamma^l \in \operatorname{Im}(\sigma)^{n_l \times N}"
    r"\text{ continuous, from the present values}:\ n_\Gamma = w_\Gamma \mathsf{a}_\Gamma + w_{\Gamma,0}"
)
def preactivation_path_is_realised(s: PathTask) -> Verdict:
    """Paths of full-rank weights, biases and activations below realise the path of pre-activations."""
    found = right_inverse(s.next_weights)
    if found is None:
        rank = s.next_weights.rank()
        return fails(Evidence.EXACT, f"the weights start with rank {rank}, which is not full")
    if s.sigma.formula.is_constant and any(
        step.column(i) != step.column(0) for step in s.steps for i in range(s.count)
    ):
        return fails(Evidence.EXACT, "the activations are constant, and the path parts the samples")
    lift = lift_of(s, found)
    if lift is None:
        return undecided("no scale and shift were found that keep the path in the image")
    verdict = all_of(
        identity=path_identity(s, found, lift), in_the_image=stays_inside(s, found, lift)
    )
    if lift.scale:
        verdict = verdict.against(
            without_scaling=lambda: stays_inside(s, found, Lift(Fraction(0), lift.shift))
        )
    if lift.shift:
        verdict = verdict.against(
            without_shift=lambda: stays_inside(s, found, Lift(lift.scale, Fraction(0)))
        )
    return verdict


LAYER_PATHS = (
    following(SHALLOW, (((5, -5),), ((0, 3),))),
    following(
        task(
            "one sample, two neurons",
            widths=(1, 2, 1),
            inputs=((1,),),
            targets=(3,),
            weights=(((1,), (0,)), ((0, 2),)),
            biases=((0, 0), (1,)),
            activation="tanh",
        ),
        (((-2,),),),
    ),
    following(NEGATIVE_IMAGE, (((1, -2),), ((0, 5),)), layer=2),
    following(WIDE_FIRST, (((2, -1, 0),), ((0, 0, 9),)), layer=2),
    following(WIDE_SECOND, (((1, 2),),), layer=3),
    following(ARCTAN, (((3, -4),), ((7, 7),)), layer=2),
)

RANK_DEFICIENT = following(
    task(
        "next weights zero",
        widths=(1, 3, 1),
        inputs=((0,), (1,)),
        targets=(1, 0),
        weights=(((1,), (-1,), (2,)), ((0, 0, 0),)),
        biases=((0, 1, 1), (0,)),
    ),
    (ONE_APART,),
)
CONSTANT_ACTIVATION = following(
    task(
        "constant activation",
        widths=(1, 3, 1),
        inputs=((0,), (1,)),
        targets=(1, 0),
        weights=(((1,), (-1,), (2,)), ((1, 0, 0),)),
        biases=((0, 1, 1), (0,)),
        activation="0*t",
    ),
    (ONE_APART,),
)

PS21_L19 = Statement(
    key="PS21.L19",
    kind="lemma",
    where="6 Lemma 19, A.4",
    title="realising pre-activation paths through a full-rank layer",
    claim=(
        "If n_{l+1} <= n_l and w^{l+1} has full rank, every continuous path of pre-activations of layer "
        "l + 1 from the present ones is realised by continuous paths of full-rank weights and biases of "
        "that layer and of activations of layer l in the image of sigma, from the present ones."
    ),
    hypotheses=(activation_is_in_class_a, next_width_is_no_larger, next_weights_have_full_rank),
    conclusion=preactivation_path_is_realised,
    instances=LAYER_PATHS,
    controls={
        activation_is_in_class_a: CONSTANT_ACTIVATION,
        next_weights_have_full_rank: RANK_DEFICIENT,
    },
    no_control={
        next_width_is_no_larger: "weights of rank n_{l+1} have at least n_{l+1} columns",
    },
    strategy=path_tasks,
)


@PS21_L19.step(
    premises=(next_width_is_no_larger, next_weights_have_full_rank),
    gives=next_weights_have_a_right_inverse,
    controls={next_weights_have_full_rank: RANK_DEFICIENT},
    no_control={
        next_width_is_no_larger: "weights of rank n_{l+1} have at least n_{l+1} columns",
    },
)
def invert_a_block_of_the_weights(s: PathTask, width: Verdict, rank: Verdict) -> Verdict:
    """An invertible block of the weights, inverted and padded with zero rows, is a right inverse."""
    _, pivots = s.next_weights.row_reduced()
    block = s.next_weights.submatrix(range(s.next_weights.shape[0]), pivots)
    return nonsingular(block)


@PS21_L19.step(
    premises=(activation_is_in_class_a, next_weights_have_a_right_inverse),
    gives=preactivation_path_is_realised,
    controls={
        activation_is_in_class_a: CONSTANT_ACTIVATION,
        next_weights_have_a_right_inverse: RANK_DEFICIENT,
    },
)
def scale_and_shift(s: PathTask, sigma: Verdict, right: Verdict) -> Verdict:
    """Weights times lambda, biases less delta, and activations drawn towards 0 stay in the image."""
    found = (right.data["inverse"], right.data["columns"])
    lift = lift_of(s, found)
    if lift is None:
        return undecided("no scale and shift were found that keep the path in the image")
    return all_of(identity=path_identity(s, found, lift), inside=stays_inside(s, found, lift))


# --- Lemma 20 ----------------------------------------------------------------------------------------


@fact(
    r"orall n_\Gamma^{l^*+1}\ \exists w_\Gamma^{l^*+1}:\ n_\Gamma = w_\Gamma \mathsf{a}^{l^*} + w_0^{l^*+1}"
)
def next_preactivations_are_free(s: WideTask) -> Verdict:
    """Every continuous path of pre-activations after the wide layer is followed by its weights."""
    return spans(s, s.layer)


@fact(
    r"l^* + 1 < L \Rightarrow orall \mathsf{a}_\Gamma^{l^*+1}\ \exists w_\Gamma^{l^*+1} 	ext{ that realises it}"
)
def next_activations_are_free(s: WideTask) -> Verdict:
    """If a hidden layer follows the wide one, every continuous path of its activations is realised."""
    if s.layer + 1 == s.depth:
        return holds(Evidence.EXACT, "no hidden layer follows the wide one")
    return all_of(
        preactivations_are_free=spans(s, s.layer), increasing=s.sigma.strictly_increasing()
    )


def output_follows(s: PathTask) -> Verdict:
    """Whether the output can follow the path: by ranks, or not at all by what no parameters do."""
    if s.separates_equal_inputs():
        return fails(Evidence.EXACT, "the path parts two samples with the same input")
    why = s.unattainable() if s.nodes is None else ""
    if why:
        return fails(Evidence.EXACT, why)
    spanning = spans(s, s.layer)
    later = range(s.layer + 2, s.depth + 1)
    carried = for_all(later, lambda k: rank_is(s.weights(k), s.widths[k]), "layer")
    verdict = all_of(
        wide_layer=spanning, later_layers=carried, activation=activation_is_in_class_a.decide(s)
    )
    return undecided(verdict.reason) if verdict.is_fails else verdict


@fact(
    r"\exists w_\Gamma \text{ continuous}:\ w_\Gamma(0) = w,\ f_\Gamma(t) = [f(w_\Gamma(t); x_\alpha)]_\alpha"
)
def output_path_is_realised(s: PathTask) -> Verdict:
    """The path of outputs is realised by a continuous path of the parameters."""
    return output_follows(s)


def outputs(base: WideTask, *nodes: Sequence[int | Fraction]) -> PathTask:
    """The task with a path of its output through these distances from the start."""
    return following(base, tuple((tuple(node),) for node in nodes))


GENERIC_DEEP = task(
    "duplicated neurons moved apart",
    widths=(1, 3, 1, 1),
    inputs=((0,), (2,)),
    targets=(1, -1),
    weights=(((1,), (2,), (Fraction(1, 2),)), ((1, 1, 1),), ((3,),)),
    biases=((0, 1, Fraction(1, 4)), (0,), (0,)),
    activation="tanh(t**3)",
)
NEXT_WEIGHTS_ZERO = task(
    "wide layer is the last hidden one, output weights zero",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(1, 0),
    weights=(((1,), (-1,), (2,)), ((0, 0, 0),)),
    biases=((0, 1, 1), (0,)),
)
OUTPUT_PATHS = (
    outputs(WIDE_FIRST, (5, -5, 0), (0, 1, 9)),
    outputs(WIDE_SECOND, (-2, 3)),
    outputs(ARCTAN, (1, 1), (0, 0)),
    outputs(NEGATIVE_IMAGE, (3, 0)),
    following(GENERIC_DEEP, None),
)


def ones(s: WideTask) -> PathTask:
    """The pre-activations of the next layer, moved by the same amount for all samples and neurons."""
    return following(s, (((1,) * s.count,) * s.widths[s.layer + 1],))


def inside_path(s: WideTask) -> ActivationPath:
    """A path between two rational values of the activation."""
    ends = image_ends(s.sigma)
    grid = sorted((Fraction(n, 4) for n in range(-12, 13)), key=abs)
    values = [value for value in grid if inside(value, ends).is_holds][:2]
    return ActivationPath(
        name=f"values of {s.sigma}",
        activation=s.sigma.canonical(),
        nodes=tuple(((value,),) for value in values),
    )


def last_layer(s: WideTask) -> PathTask:
    """The output, moved by another amount for each sample, through the last layer of weights."""
    ramp = tuple(Fraction(i) for i in range(1, s.count + 1))
    return following(s, ((ramp,),), layer=s.depth - 1)


PARTED = outputs(EQUAL_INPUTS, (0, 1))

PS21_L20 = Statement(
    key="PS21.L20",
    kind="lemma",
    where="6 Lemma 20, A.4",
    title="any output path is realisable",
    claim=(
        "If the activation vectors of the wide layer span R^N, n_{l+1} <= n_l and w^{l+1} has full rank "
        "n_{l+1} for all l > l*, every continuous path of outputs from the present ones is realised "
        "by a continuous path of parameters from the present ones."
    ),
    hypotheses=(
        activation_is_in_class_a,
        wide_layer_spans,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
    ),
    conclusion=output_path_is_realised,
    instances=(
        *OUTPUT_PATHS,
        outputs(NEXT_WEIGHTS_ZERO, (1, -2)),
    ),
    controls={wide_layer_spans: PARTED},
    no_control={
        activation_is_in_class_a: (
            "other activations realise many paths too; no instance is known that provably realises none"
        ),
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: (
            "a path may leave the rank-deficient weights at once; no instance is known on which a path "
            "is provably not realised"
        ),
    },
    strategy=lambda: tasks().map(lambda s: outputs(s, tuple(range(1, s.count + 1)))),
    expected=(
        ("hypothesis not discharged", "step carry_through_the_later_layers"),
        ("invalid inference", "step carry_through_the_later_layers"),
    ),
)


@PS21_L20.step(
    premises=(wide_layer_spans, preactivation_path_is_followed),
    gives=next_preactivations_are_free,
    cites=PS21_L17,
    via=ones,
    controls={wide_layer_spans: PARTED},
    no_control={
        preactivation_path_is_followed: "it is followed wherever the wide layer spans R^N",
    },
)
def first_layer_after_the_wide_one(s: WideTask, spanning: Verdict, followed: Verdict) -> Verdict:
    """Lemma 17 holds for every path of pre-activations."""
    block = square_block(s.features(s.layer, BALLS)) or square_block(s.features(s.layer, None))
    return undecided("no block was found") if block is None else nonsingular(block[0])


@PS21_L20.step(
    premises=(next_preactivations_are_free, activation_is_in_class_a, path_lifts),
    gives=next_activations_are_free,
    cites=PS21_L18,
    via=inside_path,
    controls={next_preactivations_are_free: PARTED},
    no_control={
        activation_is_in_class_a: (
            "for other activations some paths of activations lift and some do not; no instance is known "
            "on which only this premise fails and the yield provably fails"
        ),
        path_lifts: "it holds for every path in the image of an increasing activation",
    },
)
def lift_the_activations(s: WideTask, free: Verdict, sigma: Verdict, lifts: Verdict) -> Verdict:
    """A path of activations lifts to one of pre-activations, which is followed."""
    return all_of(free=free, increasing=s.sigma.strictly_increasing())


@PS21_L20.step(
    premises=(
        next_activations_are_free,
        activation_is_in_class_a,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
        preactivation_path_is_realised,
    ),
    gives=output_path_is_realised,
    cites=PS21_L19,
    via=last_layer,
    controls={next_activations_are_free: PARTED},
    no_control={
        activation_is_in_class_a: "no instance is known on which the yield provably fails",
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: "no instance is known on which the yield provably fails",
        preactivation_path_is_realised: "it follows from the other premises",
    },
)
def carry_through_the_later_layers(
    s: PathTask,
    free: Verdict,
    sigma: Verdict,
    widths: Verdict,
    ranks: Verdict,
    realised: Verdict,
) -> Verdict:
    """Lemmas 18 and 19 carry every path from layer l to layer l + 1, up to the output."""
    return carried_to_the_output(s, free)


def carried_to_the_output(s: PathTask, free: Verdict) -> Verdict:
    """Every later layer has a right inverse, through which a path is pulled down."""

    def pulled(layer: int) -> Verdict:
        found = right_inverse(s.weights(layer))
        if found is None:
            return fails(Evidence.EXACT, f"weights of layer {layer} have no right inverse")
        return equal(s.weights(layer) @ found[0], QQ.identity(s.widths[layer]))

    return all_of(first=free, later=for_all(range(s.layer + 2, s.depth + 1), pulled, "layer"))


def last_layer_if_it_is_not_the_next(s: WideTask) -> PathTask:
    """The output through the last layer; where that is the layer after the wide one, any instance.

    Lemma 19 is not needed there, so it is read on a network that has nothing to do with the task.
    """
    return LAYER_PATHS[0] if s.layer + 1 == s.depth else last_layer(s)


PS21_L20_REPAIRED = PS21_L20.repair(
    claim=(
        "The same claim. Where the wide layer is the last hidden one, Lemma 17 gives it by itself; Lemma "
        "19 is used for the layers l with l* < l < L only."
    ),
    minimal=(
        "the weights after the wide layer may be zero, and then Lemma 19 does not apply to them; the "
        "claim for that layer needs that its activation vectors span R^N"
    ),
    without=("carry_through_the_later_layers",),
)


@PS21_L20_REPAIRED.step(
    premises=(
        next_preactivations_are_free,
        next_activations_are_free,
        activation_is_in_class_a,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
        preactivation_path_is_realised,
    ),
    gives=output_path_is_realised,
    cites=PS21_L19,
    via=last_layer_if_it_is_not_the_next,
    no_control={
        next_preactivations_are_free: "where it fails, so does the same claim for activations",
        next_activations_are_free: "where it fails, so does the same claim for pre-activations",
        activation_is_in_class_a: "no instance is known on which the yield provably fails",
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: "no instance is known on which the yield provably fails",
        preactivation_path_is_realised: "it follows from the other premises",
    },
)
def carry_through_the_later_layers_if_any(
    s: PathTask,
    preactivations: Verdict,
    activations_: Verdict,
    sigma: Verdict,
    widths: Verdict,
    ranks: Verdict,
    realised: Verdict,
) -> Verdict:
    """The output is the next layer, or Lemmas 18 and 19 carry every path up to it."""
    return carried_to_the_output(s, preactivations)


# --- the straight path of outputs ----------------------------------------------------------------------


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
    r"\|\mathbf{z} + t(\mathbf{y} - \mathbf{z}) - \mathbf{y}\|_2^2 = (1 - t) \|\mathbf{y} - \mathbf{z}\|_2^2"
)
def loss_shrinks_linearly(s: OutputPath) -> Verdict:
    """The loss along the path is 1 - t times the squared distance of predictions and targets."""
    return loss_is(s, 1 - s.t)


@fact(
    r"\|\mathbf{z} + t(\mathbf{y} - \mathbf{z}) - \mathbf{y}\|_2^2 = (1 - t)^2 \|\mathbf{y} - \mathbf{z}\|_2^2",
    mutants={
        "without the square": lambda s: loss_is(s, 1 - s.t),
        "cube for square": lambda s: loss_is(s, (1 - s.t) ** 3),
        "1 + t for 1 - t": lambda s: loss_is(s, (1 + s.t) ** 2),
        "t for 1 - t": lambda s: loss_is(s, s.t**2),
    },
)
def loss_shrinks_quadratically(s: OutputPath) -> Verdict:
    """The loss along the path is (1 - t)^2 times the squared distance of predictions and targets."""
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
    """z + t (y - z) - y = (1 - t)(z - y)."""
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
