"""Section 6, first and second step: the wide layer, and the layer after it (Lemmas 16, 17 and 18).

Notation: see `paths`.

Statements: PS21_L16, PS21_L17, PS21_L18.

Design notes. "Any continuous path" is tried on paths that are straight between rational nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    less,
    nonsingular,
    rank_at_least,
    rank_is,
)
from symbolic_landscape.arithmetic.polynomials import Interval, positive_on
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import evaluated
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    RealFunction,
    zero_set_is_null,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    ActivationPath,
    PathTask,
    WideTask,
    image_ends,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.setting import (
    AFFINE,
    ARCTAN,
    EQUAL_INPUTS,
    NARROW,
    NO_RADIUS,
    ONE_APART,
    ONE_SAMPLE,
    SHALLOW,
    TASKS,
    WIDE_FIRST,
    WIDE_SECOND,
    ZERO_WEIGHTS,
    activation_is_in_class_a,
    following,
    inputs_are_distinct,
    layer_has_more_neurons_than_samples,
    path_tasks,
    radius_is_positive,
    spans,
    square_block,
    tasks,
    wide_layer_spans,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

# --- Lemma 16 -----


@dataclass(frozen=True, kw_only=True)
class GenericityFunction(RealFunction):
    """A function of all parameters that is zero where a^{l*} or later weights lack full rank.

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
    return rank_at_least(s.enclosed_features(s.anywhere), s.count)


def genericity(s: WideTask) -> GenericityFunction:
    """The function whose zeros are the parameters that are not generic."""
    return GenericityFunction(name=f"minors of {s.name}", task=s)


@fact(
    r"\overline{\{w : \operatorname{span}_k \mathsf{a}^{l^*}_k = \mathbb{R}^N,\ w^l \text{ of "
    r"full rank } \forall l > l^* + 1\}} = \mathbb{R}^M"
)
def generic_parameters_are_dense(s: WideTask) -> Verdict:
    """Parameters with a wide layer that spans R^N and later weights of full rank are dense."""
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
        spans=rank_at_least(s.enclosed_features(point), s.count),
        full_rank=for_all(
            range(s.layer + 2, s.depth + 1),
            lambda k: rank_is(s.weights(k, point), min(s.weights(k, point).shape)),
            "layer",
        ),
    ).giving(point=point)


@fact(
    r"\exists w':\ \|w - w'\| < \varepsilon,\ \operatorname{span}_k \mathsf{a}^{l^*}_k(w') = "
    r"\mathbb{R}^N,"
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
    block = square_block(s.enclosed_features(s.anywhere))
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


# --- Lemma 17 -----


@fact(
    r"\exists \bar A \in \mathbb{R}^{N \times N} \text{ invertible, made of rows of } "
    r"\mathsf{a}^{l^*}"
)
def some_block_is_invertible(s: WideTask) -> Verdict:
    """Some N activation vectors of the wide layer form an invertible matrix."""
    block = square_block(s.enclosed_features())
    if block is None:
        full = spans(s)
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
    """A path of the next layer's weights follows the path of its pre-activations."""
    below = s.enclosed_features()
    if not rank_at_least(below, s.count).is_holds:
        below = s.features(s.layer, None)
    rank = below.rank()
    return for_all(range(len(s.steps)), lambda i: rank_is(below.hstack(s.steps[i].T), rank), "node")


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
    block = square_block(s.enclosed_features()) or square_block(s.features(s.layer, None))
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


# --- Lemma 18 -----


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
    try:
        ends = image_ends(s.sigma)
    except DomainError as cause:
        return undecided(str(cause))
    values = sorted({value for entry in s.entries for value in entry})
    return for_all(values, lambda value: inside(value, ends), "value")


def fold(s: ActivationPath) -> str:
    """Where a polynomial activation folds under a stretch of the path, or the empty string.

    A lift over a stretch from p to q > p runs from a root r of sigma = p to a root r' of sigma = q.
    When all r <= u < v <= all r' and sigma(u) > sigma(v), it would have to be injective and not
    monotone.
    """
    field = RationalFunctions(("t",))
    t = field.generator("t")
    try:
        curve = Scalar(field, evaluated(s.sigma.formula, t.raw, field))
    except DomainError:
        return ""
    grid = [Fraction(n, 2) for n in range(-6, 7)]
    for entry in s.entries:
        for low, high in ((min(pair), max(pair)) for pair in pairwise(entry)):
            for u, v in ((u, v) for u in grid for v in grid if u < v):
                before = positive_on(curve - low, Interval(u, None))
                after = positive_on(high - curve, Interval(None, v))
                values = [evaluated(s.sigma.formula, QQ.constant(x), QQ) for x in (u, v)]
                if values[0] > values[1] and before.is_holds and after.is_holds:
                    return (
                        f"sigma falls between {u} and {v}, and the path from {low} to {high} rises"
                    )
    return ""


@fact(
    r"\exists n_\Gamma \text{ continuous}:\ \mathsf{a}_\Gamma(t) = \sigma(n_\Gamma(t)) \quad "
    r"\forall t"
)
def path_lifts(s: ActivationPath) -> Verdict:
    """A continuous path of pre-activations lies over the path of activations."""
    stays = path_stays_in_the_image.decide(s)
    if not stays.is_holds:
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
