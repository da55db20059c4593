"""Section 6: a path of pre-activations is lifted through the weights of a layer (Lemma 19, A.4).

Notation: see `paths`; R is a right inverse of the weights.

Statements: PS21_L19.

Design notes. Where a claim speaks of all paths at once, it is decided by what their realisation
needs: a right inverse. A fraction whose top and bottom are straight in t is monotone between two
nodes, so a path stays in an interval if its nodes do.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    nonsingular,
    rank_is,
    size_at_most,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    PathTask,
    image_ends,
    right_inverse,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_wide_layer import (
    inside,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.setting import (
    ARCTAN,
    NEGATIVE_IMAGE,
    ONE_APART,
    SHALLOW,
    WIDE_FIRST,
    WIDE_SECOND,
    activation_is_in_class_a,
    following,
    path_tasks,
    task,
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

# --- Lemma 19 -----


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
    """a(t) = (a + R n(t) + shift phi(t)) / (1 + scale phi(t)), where phi is the size of n(t)."""

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
    """Whether every entry of a(t) is in the image at every node, and so between them.

    A node at the start asks for nothing: there a(t) are the present activations.
    """
    ends = image_ends(s.sigma)

    def at_node(i: int) -> Verdict:
        if s.steps[i].is_zero:
            return holds(Evidence.EXACT, "the present activations are in the image")
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
            if not step.is_zero
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
    r"\exists w_\Gamma^{l+1}, w_{\Gamma,0}^{l+1}, \mathsf{a}_\Gamma^l \in "
    r"\operatorname{Im}(\sigma)^{n_l \times N}"
    r"\text{ continuous, from the present values}:\ n_\Gamma = w_\Gamma \mathsf{a}_\Gamma + "
    r"w_{\Gamma,0}"
)
def preactivation_path_is_realised(s: PathTask) -> Verdict:
    """Paths of full-rank weights, biases and activations realise the path of pre-activations."""
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
        "If n_{l+1} <= n_l and w^{l+1} has full rank, every continuous path of pre-activations of "
        "layer l + 1 from the present ones is realised by continuous paths of full-rank weights "
        "and biases of that layer and of activations of layer l in the image of sigma, from the "
        "present ones."
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
    """An invertible block of the weights, inverted and padded by zeros, is a right inverse."""
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
    """Weights times lambda and biases less delta keep the activations in the image."""
    found = (right.data["inverse"], right.data["columns"])
    lift = lift_of(s, found)
    if lift is None:
        return undecided("no scale and shift were found that keep the path in the image")
    return all_of(identity=path_identity(s, found, lift), inside=stays_inside(s, found, lift))
