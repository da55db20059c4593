"""Section 3.1.1: what the m-cores are, as (3.1) defines them.

Notation: that of the chain of the cores; h is the m of "m-core", and x a number.

Statements
- C21.D3.C: the 1-core is the star locus.
- C21.D3.C.repeated: so is every m-core, for (3.1) lets layers be repeated.
- C21.D3.C.linear: the pieces are affine spaces; they contain 0 only where the targets sum to 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_3.cores import (
    a,
    h,
    in_core,
    parts,
    q,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, k, l
from symbolic_landscape.proofs.cooper_2021.settings.core_points import M2, PAIRS, b2, x
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    Y,
    b,
    column,
    g,
    mean_of_targets,
    n,
    star_layers,
    sum_of_targets,
)
from symbolic_landscape.statement.language import Expr, both, each, exists, fn
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

in_star = exists(k, both(1 <= k, k <= l - 1, star_layers(k), sum_of_targets))
"""The point lies in the star locus, as it is printed."""


def is_star(h: Any) -> Expr:
    """The h-core is the star locus."""
    core = in_core(h, sum_of_targets, False)
    return both(core >> in_star, in_star >> core)


def same_locus(h: Any) -> list[Step]:
    """Steps to the equality of the h-core and the star locus, h >= 1."""
    core = in_core(h, sum_of_targets, False)
    return [
        have(
            "into star",
            core >> in_star,
            arbitrary(
                proof=[
                    have("point", None, obtain(q), "into star.if"),
                    *parts("point", h, sum_of_targets),
                    have("there", None, at(1), "range"),
                    have("low", 1 <= q(1), logic, "there"),
                    have("high", q(1) <= l - 1, logic, "there"),
                    have("weights", None, at(1), "zero"),
                    have("layers", star_layers(q(1)), logic, "last", "weights", "biases"),
                    have("star", in_star, take(q(1)), "low", "high", "layers", "bias"),
                ]
            ),
        ),
        have(
            "into core",
            in_star >> core,
            arbitrary(
                proof=[
                    have("piece", None, obtain(k), "into core.if"),
                    have("low", 1 <= k, logic, "piece"),
                    have("high", k <= l - 1, logic, "piece"),
                    have("layers", star_layers(k), logic, "piece"),
                    have("last", M[l] == 0, logic, "layers"),
                    have("weights", M[k] == 0, logic, "layers"),
                    have("biases", each(i, k, l - 1, b[i] == 0), logic, "layers"),
                    have("bias", sum_of_targets, logic, "piece"),
                    have(
                        "range",
                        each(a, 1, h, both(1 <= k, k <= l - 1)),
                        arbitrary(
                            a, proof=[have("both", both(1 <= k, k <= l - 1), logic, "low", "high")]
                        ),
                    ),
                    have(
                        "zero",
                        each(a, 1, h, M[k] == 0),
                        arbitrary(a, proof=[have("same", M[k] == 0, logic, "weights")]),
                    ),
                    have(
                        "order",
                        each(a, 1, h - 1, k <= k),
                        arbitrary(a, proof=[have("equal", k <= k, linear)]),
                    ),
                    have(
                        "core",
                        core,
                        take(fn(a, k)),
                        "last",
                        "bias",
                        "range",
                        "zero",
                        "order",
                        "biases",
                    ),
                ]
            ),
        ),
        have("same", is_star(h), logic, "into star", "into core"),
    ]


REPEATED = Statement(
    "C21.D3.C.repeated",
    NETWORK,
    kind="definition",
    title="With repeated layers every m-core is the star locus",
    where="Section 3.1.1, (3.1)",
    lines=(202, 208),
    names=(h,),
    standing=(h >= 1,),
    given={},
    then=is_star(h),
    gloss="k_1 = ... = k_m is allowed in (3.1); with k_1 < ... < k_m the cores shrink.",
    proof=same_locus(h),
)

D3_C = Statement(
    "C21.D3.C",
    NETWORK,
    kind="definition",
    title="m-core",
    where="Section 3.1.1, (3.1)",
    lines=(202, 208),
    given={},
    then=is_star(1),
    gloss="The star locus is the 1-core.",
    proof=[have("same", is_star(1), cite(REPEATED, h=1))],
)


def piece(M: Expr, b: Expr, bias: Expr) -> Expr:
    """The equations of the piece of the layers g(1), ..., g(h)."""
    zero, free = each(a, 1, h, M[g(a)] == 0), each(i, g(1), l - 1, b[i] == 0)
    return both(M[l] == 0, zero, free, bias)


def linear_pieces(
    given: Mapping[str, Expr],
    made: tuple[Expr, Expr],
    total: Expr,
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the sentence that the pieces are linear: `made` is another point of a piece."""
    weights, bias = made
    return Statement(
        "C21.D3.C.linear",
        PAIRS,
        kind="definition",
        title="The pieces of the cores as spaces",
        where="Section 3.1.1; Figure 3",
        lines=(214, 218),
        names=(g,),
        given=given,
        then=piece(weights, bias, total),
        gloss="With the last bias set they are affine: through 0 only if the targets sum to 0.",
        hedge="By linear spaces the author may mean affine ones.",
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


def equations(name: str, M: Expr, b: Expr, bias: Expr) -> list[Step]:
    """Steps to the single equations of a point of the piece."""
    return [
        have(f"{name} last", M[l] == 0, logic, name),
        have(f"{name} zero", each(a, 1, h, M[g(a)] == 0), logic, name),
        have(f"{name} free", each(i, g(1), l - 1, b[i] == 0), logic, name),
        have(f"{name} bias", bias, logic, name),
    ]


def on_piece(made: tuple[Expr, Expr], total: Expr, *points: str) -> list[Step]:
    """Steps to the equations of the piece at the other point, but for the last bias."""
    M, b = made
    return [
        have("last", M[l] == 0, calculation, *(f"{p} last" for p in points)),
        have(
            "zero",
            each(a, 1, h, M[g(a)] == 0),
            arbitrary(
                a,
                proof=[
                    *(have(f"{p} there", None, at(a), f"{p} zero") for p in points),
                    have("layer", M[g(a)] == 0, calculation, *(f"{p} there" for p in points)),
                ],
            ),
        ),
        have(
            "free",
            each(i, g(1), l - 1, b[i] == 0),
            arbitrary(
                i,
                proof=[
                    *(have(f"{p} there", None, at(i), f"{p} free") for p in points),
                    have("layer", b[i] == 0, calculation, *(f"{p} there" for p in points)),
                ],
            ),
        ),
    ]


LINE = fn(i, M[i] + x * (M2[i] - M[i])), fn(i, b[i] + x * (b2[i] - b[i]))
mean_there, mean_on_line = n * b2[l] == Y @ column, n * LINE[1][l] == Y @ column
AFFINE = linear_pieces(
    {"point": piece(M, b, mean_of_targets), "other": piece(M2, b2, mean_there)},
    LINE,
    mean_on_line,
    [
        *equations("point", M, b, mean_of_targets),
        *equations("other", M2, b2, mean_there),
        *on_piece(LINE, mean_on_line, "point", "other"),
        have("bias", mean_on_line, calculation, "point bias", "other bias"),
        have("piece", piece(*LINE, mean_on_line), logic, "last", "zero", "free", "bias"),
    ],
    "repaired",
)
MULTIPLE = fn(i, x * M[i]), fn(i, x * b[i])
sum_there = x * b[l] == Y @ column
LINEAR_PRINTED = linear_pieces(
    {"point": piece(M, b, sum_of_targets)},
    MULTIPLE,
    sum_there,
    [
        *equations("point", M, b, sum_of_targets),
        *on_piece(MULTIPLE, sum_there, "point"),
        have(
            "bias",
            sum_there,
            claimed("each C_k is the union of linear subspaces"),
            "point bias",
            lines=(214, 214),
        ),
        have("piece", piece(*MULTIPLE, sum_there), logic, "last", "zero", "free", "bias"),
    ],
    repaired=AFFINE,
    expected=("refuted, statement", "invalid inference, step bias"),
)
