"""Section 5.3: affine spaces in level sets.

Notation: K1 (dim x m[l-1]) and k2 (dim x 1) together are a matrix of rank dim; the last weights and
biases are changed by T K1 and T k2 for all T, so the space has dimension m[l] dim.

Statements
- C21.T5.15.below: features depend on the layers up to their own alone.
- C21.T5.15.fibre: the loss where the last layer is changed.
- C21.T5.15.kernel: the last layer can be changed in dim directions that no sample sees.
- C21.T5.15: the level set of a point contains an affine space of dimension m[l] dim.
- C21.T5.17: with m[l-1] + 1 - n for dim, whatever the rank is.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.cooper_2021.section_5.fibres import L5_14_PRINTED, squared
from symbolic_landscape.proofs.cooper_2021.settings import network_decisions
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import K1, T, dim, k2
from symbolic_landscape.proofs.cooper_2021.settings.minima import A, c, changed
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    Y,
    b,
    critical,
    f_,
    layer,
    loss_,
    n,
    one,
    phi_,
    r,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks, ranks
from symbolic_landscape.proofs.rules.entries import squares_of_equal
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    each,
    every,
    exists,
    integer,
    matrix,
    rank,
    stack,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

v = integer("v")

N = matrix("N", dim, m[l - 1] + 1)
Phi = phi_(M, b)[l - 1]

BELOW = Statement(
    "C21.T5.15.below",
    NETWORK,
    title="Features do not depend on the last layer",
    names=(A, c),
    given={},
    then=each(j, 0, l - 1, phi_(*changed)[j] == phi_(M, b)[j]),
    proof=[
        have(
            "all",
            each(j, 0, l - 1, phi_(*changed)[j] == phi_(M, b)[j]),
            induct(
                v,
                base=[have("input", phi_(*changed)[0] == phi_(M, b)[0], calculation)],
                step=[
                    have(
                        "there",
                        phi_(*changed)[v + 1] == sigma(layer(phi_(*changed)[v], v + 1)),
                        definition,
                    ),
                    have(
                        "here", phi_(M, b)[v + 1] == sigma(layer(phi_(M, b)[v], v + 1)), definition
                    ),
                    have(
                        "next",
                        phi_(*changed)[v + 1] == phi_(M, b)[v + 1],
                        calculation,
                        "there",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

FIBRE_LOSS = Statement(
    "C21.T5.15.fibre",
    NETWORK,
    title="The outputs where the last layer is changed",
    names=(A, c),
    given={},
    then=f_(*changed) == A @ Phi + c @ one,
    proof=[
        have("below", None, cite(BELOW)),
        have("features", None, at(l - 1), "below"),
        have("outputs", f_(*changed) == A @ Phi + c @ one, calculation, "features"),
    ],
)

moved_layer = (update(M, l, M[l] + T @ K1), update(b, l, b[l] + T @ k2))
flat_space_ = define(
    "flat space",
    (M, b, dim),
    exists(
        K1,
        k2,
        both(rank(block(K1, k2)) == dim, every(T, loss_(*moved_layer) == loss_(M, b))),
    ),
    text="the level set has a flat space of dimension m_l {2}",
    latex=r"\exists V \ni p:\ L|_V = L(p),\ \dim V = m_\ell {2}",
    at=("M", "b"),
)
flat_space = flat_space_(M, b, dim)
LEVELS = NETWORK.extended(
    "a network on n samples, and its level sets",
    definitions=(flat_space_,),
    decisions={"flat space": network_decisions.flat_space},
)


def along(K1: Expr, k2: Expr) -> list[Step]:
    """Steps to the loss along T [K1, k2], which [Phi; 1] sends to 0."""
    there = (M[l] + T @ K1, b[l] + T @ k2)
    return [
        have("outputs", None, cite(FIBRE_LOSS, A=there[0], c=there[1])),
        have("vanish", T @ (K1 @ Phi + k2 @ one) == 0, calculation, "kernel"),
        have("same", f_(*moved_layer) == f_(M, b), linear, "outputs", "vanish"),
        have(
            "loss",
            loss_(*moved_layer) == loss_(M, b),
            by(squares_of_equal, A=f_(*moved_layer) - Y, A2=f_(M, b) - Y),
            "same",
        ),
    ]


kernel = K1 @ Phi + k2 @ one == 0
some_kernel = exists(K1, k2, both(rank(block(K1, k2)) == dim, kernel))
ROOM = {"rank": rank(stack(Phi, one)) + dim <= m[l - 1] + 1}
KERNEL = Statement(
    "C21.T5.15.kernel",
    NETWORK,
    title="Changes of the last layer that no sample sees",
    names=(dim,),
    given=ROOM,
    then=some_kernel,
    proof=[
        have(
            "left kernel",
            None,
            by(ranks.left_kernel, A=stack(Phi, one), m=m[l - 1] + 1, n=n, q=dim),
            "rank",
        ),
        have("N", both(rank(N) == dim, N @ stack(Phi, one) == 0), obtain(N), "left kernel"),
        have(
            "split",
            exists(K1, k2, N == block(K1, k2)),
            by(blocks.split_columns, W=N, m=dim, n=m[l - 1], q=1),
        ),
        have("parts", N == block(K1, k2), obtain(K1, k2), "split"),
        have("full", rank(N) == dim, logic, "N"),
        have("zero", N @ stack(Phi, one) == 0, logic, "N"),
        have("product", None, by(blocks.block_times_stack, A=K1, D=k2, B=Phi, U=one)),
        have("kernel", kernel, calculation, "<product", "<parts", "zero"),
        have("rank of parts", rank(block(K1, k2)) == dim, calculation, "<parts", "full"),
        have("both", both(rank(block(K1, k2)) == dim, kernel), logic, "rank of parts", "kernel"),
        have("some", some_kernel, take(K1, k2), "both"),
    ],
)

T5_15 = Statement(
    "C21.T5.15",
    LEVELS,
    title="Affine subspace in the level set",
    kind="theorem",
    where="Section 5.3, Theorem 5.15",
    lines=(669, 669),
    names=(dim,),
    given=ROOM,
    then=flat_space,
    gloss="It has dimension m[l] (m[l-1] + 1 - rank [Phi; 1]) or less, at every point.",
    proof=[
        have("some", None, cite(KERNEL)),
        have("parts", both(rank(block(K1, k2)) == dim, kernel), obtain(K1, k2), "some"),
        have("rank of parts", rank(block(K1, k2)) == dim, logic, "parts"),
        have("kernel", kernel, logic, "parts"),
        have(
            "level", every(T, loss_(*moved_layer) == loss_(M, b)), arbitrary(T, proof=along(K1, k2))
        ),
        have("space", flat_space, take(K1, k2), "rank of parts", "level"),
    ],
    reading="repaired",
)

F = matrix("F", m[l - 1] + 1, r)
every_form = exists(F, every(A, c, squared(A @ Phi + c @ one) == squared(block(A, c) @ F)))
T5_15_PRINTED = Statement(
    "C21.T5.15",
    LEVELS,
    title="Affine subspace in the level set",
    kind="theorem",
    where="Section 5.3, Theorem 5.15",
    lines=(669, 669),
    names=(dim, r),
    standing=(l >= 2,),
    given={
        "wide": each(i, 1, l - 1, m[i] > n),
        "critical": critical(M, b),
        "rank": rank(Phi) == r,
        "dimension": dim + r == m[l - 1] + 1,
    },
    then=flat_space,
    gloss="The dimension is m[l] (m[l-1] + 1 - r), r the rank of Phi.",
    proof=[
        have("width", m[l - 1] >= 1, at(l - 1), "standing 2"),
        have("outputs", m[l] >= 1, at(l), "standing 2"),
        have("wide there", m[l - 1] > n, at(l - 1), "wide"),
        have(
            "form",
            every_form,
            cite(L5_14_PRINTED, p=m[l - 1], q=m[l], Phi=Phi),
            lines=(673, 673),
        ),
        have(
            "space",
            flat_space,
            claimed(
                "the form has rank at most r m_l, so L is constant on a space of that codimension"
            ),
            "form",
            "critical",
            "dimension",
            lines=(673, 677),
        ),
    ],
    repaired=T5_15,
    expected=(
        "hypothesis not discharged, step form",
        "unsupported premise, step space",
        "refuted, statement",
    ),
)


def uniform(
    given: Mapping[str, Expr],
    reading: str = "printed",
    standing: tuple[Expr, ...] = (),
    repaired: Statement | None = None,
) -> Statement:
    """A reading of Theorem 5.17."""
    return Statement(
        "C21.T5.17",
        LEVELS,
        title="Affine subspace of dimension (m_{l-1}+1-n) m_l",
        kind="theorem",
        where="Section 5.3, Theorem 5.17 (and 1.2)",
        lines=(687, 687),
        names=(dim,),
        standing=standing,
        given={**given, "dimension": dim + n == m[l - 1] + 1},
        then=flat_space,
        gloss="The space is affine, goes through the point and changes the last layer alone.",
        proof=[
            have("columns", rank(stack(Phi, one)) <= n, by(ranks.rank_at_most_columns)),
            have(
                "rank", rank(stack(Phi, one)) + dim <= m[l - 1] + 1, linear, "columns", "dimension"
            ),
            have("space", flat_space, cite(T5_15), lines=(685, 685)),
        ],
        reading=reading,
        repaired=repaired,
    )


T5_17 = uniform({}, "repaired")
T5_17_PRINTED = uniform(
    {"wide": each(i, 1, l - 1, m[i] > n), "critical": critical(M, b)},
    standing=(l >= 2,),
    repaired=T5_17,
)
