"""Section 5: the embedding of a smaller network into one with one more unit in a hidden layer.

Statements
- PS21.D.gamma.parts, .larger: what is read off parameters that are put together from parts.
- PS21.D.gamma: the parts of gamma_lambda(z).
- PS21.I.gamma: the unit and its copy add what the unit added, so the loss is the same.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    M,
    lam,
    m,
    n,
    q,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    UNIT,
    chosen,
    contribution,
    gamma_,
    in_,
    large_,
    larger,
    last,
    new_in_,
    new_out_,
    of_old,
    old_,
    out_,
    rest_,
    small_,
    theta,
    u,
    v,
    vector,
)
from symbolic_landscape.proofs.rules import blocks
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    identity_matrix,
    matrix,
    stack,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, cite, have, logic
from symbolic_landscape.statement.step import Step

first, second = matrix("first", 1, n), matrix("second", m, 1)
third, old = matrix("third", q, 1), matrix("old", M, 1)


def read(
    sizes: tuple[Expr, Expr, Expr], parts: tuple[Expr, Expr, Expr], names: tuple[str, str, str]
) -> list[Step]:
    """Steps: the three parts of a stack are what it was made of."""
    (k, o, r), (x, y, w) = sizes, parts
    below = stack(y, w)
    whole = stack(x.T, below)
    at_second, at_third = (
        block(identity_matrix(o), zeros(o, r)),
        block(zeros(r, o), identity_matrix(r)),
    )

    def product(name: str, left: Expr, right: Expr, above: Expr, under: Expr) -> Step:
        rule = by(blocks.block_times_stack, A=left, D=right, B=above, U=under)
        return have(
            name, block(left, right) @ stack(above, under) == left @ above + right @ under, rule
        )

    first_one, second_one, third_one = names
    return [
        have(
            first_one,
            whole.T @ stack(identity_matrix(k), zeros(o + r, k)) == x,
            by(
                blocks.block_times_stack,
                A=x,
                D=block(y.T, w.T),
                B=identity_matrix(k),
                U=zeros(o + r, k),
            ),
        ),
        product(f"{second_one} outside", zeros(o, k), at_second, x.T, below),
        product(f"{second_one} inside", identity_matrix(o), zeros(o, r), y, w),
        have(second_one, chosen(k, o, r) @ whole == y, calculation, f"{second_one} outside", f"{second_one} inside"),
        product(f"{third_one} outside", zeros(r, k), at_third, x.T, below),
        product(f"{third_one} inside", zeros(r, o), identity_matrix(r), y, w),
        have(third_one, last(k, o, r) @ whole == w, calculation, f"{third_one} outside", f"{third_one} inside"),
    ]  # fmt: skip


def parts_of(z: Any, u: Expr, v: Expr, theta: Expr) -> Expr:
    """The parts of parameters of the smaller network."""
    return both(in_(z) == u, out_(z) == v, rest_(z) == theta)


def parts_of_larger(y: Any, u: Expr, v: Expr, z: Expr) -> Expr:
    """The parts of parameters of the larger network."""
    return both(new_in_(y) == u, new_out_(y) == v, old_(y) == z)


NAMES = ("in", "out", "rest")
PARTS = Statement(
    "PS21.D.gamma.parts",
    UNIT,
    title="The parts of parameters put together from parts",
    names=(first, second, third),
    given={},
    then=parts_of(vector(first, second, third), first, second, third),
    proof=[
        *read((n, m, q), (first, second, third), NAMES),
        have("parts", parts_of(vector(first, second, third), first, second, third), logic, *NAMES),
    ],
)
LARGER = Statement(
    "PS21.D.gamma.larger",
    UNIT,
    title="The parts of parameters of the larger network",
    names=(first, second, old),
    given={},
    then=parts_of_larger(larger(first, second, old), first, second, old),
    proof=[
        *read((n, m, M), (first, second, old), NAMES),
        have(
            "parts", parts_of_larger(larger(first, second, old), first, second, old), logic, *NAMES
        ),
    ],
)


def split(y: Any, lam: Any) -> Expr:
    """The unit and its copy have the weights in of the unit, and share its weights out."""
    new = both(new_in_(y) == u, new_out_(y) == lam * v)
    kept = both(in_(old_(y)) == u, out_(old_(y)) == (1 - lam) * v, rest_(old_(y)) == theta)
    return both(new, kept)


embedded = gamma_(lam, z)
kept = vector(u, (1 - lam) * v, theta)
D_GAMMA = Statement(
    "PS21.D.gamma",
    UNIT,
    title="Embedding gamma_lambda^r",
    kind="definition",
    where="Section 5, displayed",
    lines=(149, 149),
    given={},
    then=split(embedded, lam),
    proof=[
        have("new", None, cite(LARGER, first=u, second=lam * v, old=kept)),
        have("kept", None, cite(PARTS, first=u, second=(1 - lam) * v, third=theta)),
        have("new in", new_in_(embedded) == u, logic, "new"),
        have("new out", new_out_(embedded) == lam * v, logic, "new"),
        have("old", old_(embedded) == kept, logic, "new"),
        have("in there", in_(kept) == u, logic, "kept"),
        have("out there", out_(kept) == (1 - lam) * v, logic, "kept"),
        have("rest there", rest_(kept) == theta, logic, "kept"),
        have("in", in_(old_(embedded)) == u, calculation, "old", "in there"),
        have("out", out_(old_(embedded)) == (1 - lam) * v, calculation, "old", "out there"),
        have("rest", rest_(old_(embedded)) == theta, calculation, "old", "rest there"),
        have("split", split(embedded, lam), logic, "new in", "new out", "in", "out", "rest"),
    ],
)  # fmt: skip

preserved_sum = contribution(new_in_(y), new_out_(y), rest_(old_(y))) + contribution(
    *of_old(y)
) == contribution(u, v, theta)
preserved = both(preserved_sum, large_(y) == small_(z))
SPLIT = [
    have("in", new_in_(y) == u, logic, "split"),
    have("new out", new_out_(y) == lam * v, logic, "split"),
    have("old in", in_(old_(y)) == u, logic, "split"),
    have("old out", out_(old_(y)) == (1 - lam) * v, logic, "split"),
    have("rest", rest_(old_(y)) == theta, logic, "split"),
]
"""Steps to the parts of a point that is split."""
PRESERVED = Statement(
    "PS21.I.gamma.split",
    UNIT,
    title="A unit and its copy that share its weights out add what the unit added",
    names=(y,),
    given={"split": split(y, lam)},
    then=preserved,
    proof=[
        *SPLIT,
        have("same sum", preserved_sum, calculation, "in", "new out", "old in", "old out", "rest"),
        have("same loss", large_(y) == small_(z), calculation, "same sum", "rest"),
        have("all", preserved, logic, "same sum", "same loss"),
    ],
)


def preserved_at(y: Any) -> Expr:
    """The sum of contributions, what lies below, and the loss are those of the smaller network."""
    sums = contribution(new_in_(y), new_out_(y), rest_(old_(y))) + contribution(*of_old(y))
    same = both(rest_(old_(y)) == theta, sums == contribution(u, v, theta))
    return both(same, large_(y) == small_(z))


I_GAMMA = Statement(
    "PS21.I.gamma",
    UNIT,
    title="Network function and activations preserved",
    kind="identity",
    where="Section 5, Important fact",
    lines=(153, 153),
    given={},
    then=preserved_at(embedded),
    proof=[
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("rest", rest_(old_(embedded)) == theta, logic, "split"),
        have("same", None, cite(PRESERVED, y=embedded)),
        have("all", preserved_at(embedded), logic, "rest", "same"),
    ],
)
