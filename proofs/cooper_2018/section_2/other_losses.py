"""Remark 2.2 and Section 5: the zero-loss sets of other losses.

Statements
- C18.R2.2: the sum of |f_i|.
- C18.R5: the sum of |f_i|^a.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.levels import eps
from symbolic_landscape.proofs.cooper_2018.section_2.loss_functions import (
    R5_POWER,
    R5_ZEROS,
    SIZE,
    parts,
    same_zeros,
    size,
    summed,
)
from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    T2_1,
    good,
    near_good,
    r,
    w2,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    DATA,
    d,
    n,
    overparameterized,
    smooth_errors,
    w,
    y,
    zero_set,
)
from symbolic_landscape.proofs.cooper_2018.settings.powers import POWERS, a, is_power, l
from symbolic_landscape.proofs.rules import manifolds
from symbolic_landscape.proofs.rules.manifolds import submanifold
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    fn,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step


def manifold(l: Expr, y: Expr) -> Expr:  # noqa: E741 (the letter of a loss)
    """The zeros of the loss are a submanifold of dimension n - d."""
    return submanifold(n, d, fn(w, summed(l, y) == 0))


def small_change(l: Expr) -> Expr:  # noqa: E741 (the letter of a loss)
    """Arbitrarily near the targets are some for which this is so."""
    found = exists(r, both(square(r) < eps * eps, manifold(l, y + r)))
    return every(eps, (eps > 0) >> found)


def generic(l: Expr) -> list[Step]:  # noqa: E741 (the letter of a loss)
    """Steps from Theorem 2.1 and the parts of what l is."""
    return [
        have("squares", None, cite(T2_1)),
        have(
            "generic",
            small_change(l),
            arbitrary(
                eps,
                proof=[
                    have("at eps", None, at(eps), "squares"),
                    have("some", near_good, logic, "at eps", "generic.if"),
                    have("change", None, obtain(r), "some"),
                    have("small", square(r) < eps * eps, logic, "change"),
                    have("good", good, logic, "change"),
                    have(
                        "same set",
                        every(w, same_zeros(l, y + r)),
                        arbitrary(
                            w2,
                            proof=[
                                have(
                                    "there",
                                    same_zeros(l, y + r, w2),
                                    cite(R5_ZEROS, l=l, y=y + r, w=w2),
                                ),
                            ],
                        ),
                    ),
                    have(
                        "manifold",
                        manifold(l, y + r),
                        by(
                            manifolds.submanifold_of_same_set,
                            S=zero_set(y + r),
                            S2=fn(w, summed(l, y + r) == 0),
                        ),
                        "same set",
                        "good",
                    ),
                    have(
                        "found",
                        exists(r, both(square(r) < eps * eps, manifold(l, y + r))),
                        take(r),
                        "small",
                        "manifold",
                    ),
                ],
            ),
        ),
    ]


def printed_claim(l: Expr, lines: tuple[int, int]) -> Step:  # noqa: E741 (the letter of a loss)
    """The step of the paper to the manifold itself."""
    return have(
        "manifold",
        manifold(l, y),
        claimed("Theorem 2.1 also shows that the locus M is a smooth submanifold"),
        "smooth",
        "more parameters",
        lines=lines,
    )


def by_name(l: Expr, whole: str) -> list[Step]:  # noqa: E741 (the letter of a loss)
    """Steps: the parts of what l is, one by one, and what follows for its zeros."""
    single = [have(name, says, logic, whole) for name, says in parts(l).items()]
    return [*single, have("zeros", same_zeros(l), cite(R5_ZEROS, l=l))]


R2_2 = Statement(
    "C18.R2.2",
    DATA,
    kind="remark",
    title="The sum of absolute errors has the same zero set, generically a submanifold",
    where="Section 2.1, Remark 2.2",
    lines=(109, 114),
    names=(w,),
    given={"smooth": smooth_errors},
    then=both(same_zeros(size), small_change(size)),
    proof=[
        have("size", None, cite(SIZE)),
        *by_name(size, "size"),
        *generic(size),
        have("all", both(same_zeros(size), small_change(size)), logic, "zeros", "generic"),
    ],
    reading="repaired",
)
R2_2_PRINTED = Statement(
    "C18.R2.2",
    DATA,
    kind="remark",
    title="L1 loss has the same zero set",
    where="Section 2.1, Remark 2.2",
    lines=(109, 114),
    names=(w,),
    given={"smooth": smooth_errors, "more parameters": overparameterized},
    then=both(same_zeros(size), manifold(size, y)),
    proof=[
        have("size", None, cite(SIZE)),
        *by_name(size, "size"),
        printed_claim(size, (113, 114)),
        have("all", both(same_zeros(size), manifold(size, y)), logic, "zeros", "manifold"),
    ],
    hedge="Theorem 2.1, which is cited, says generically; the remark leaves the word out.",
    repaired=R2_2,
    expected=("refuted, statement", "invalid inference, step manifold"),
)
R5 = Statement(
    "C18.R5",
    POWERS,
    kind="remark",
    title="Losses sum |f_i|^a: the same zero set, generically a submanifold",
    where="Section 5",
    lines=(330, 336),
    names=(w,),
    given={"power": is_power(l, a), "smooth": smooth_errors},
    then=both(same_zeros(l), small_change(l)),
    proof=[
        have("size", None, cite(R5_POWER)),
        *by_name(l, "size"),
        *generic(l),
        have("all", both(same_zeros(l), small_change(l)), logic, "zeros", "generic"),
    ],
    reading="repaired",
)
R5_PRINTED = Statement(
    "C18.R5",
    POWERS,
    kind="remark",
    title="Losses sum |f_i|^a, a>=1",
    where="Section 5",
    lines=(330, 336),
    names=(w,),
    given={
        "power": is_power(l, a),
        "exponent": a >= 1,
        "smooth": smooth_errors,
        "more parameters": overparameterized,
    },
    then=both(same_zeros(l), manifold(l, y)),
    proof=[
        have("size", None, cite(R5_POWER)),
        *by_name(l, "size"),
        printed_claim(l, (330, 336)),
        have("all", both(same_zeros(l), manifold(l, y)), logic, "zeros", "manifold"),
    ],
    gloss="The exponent need not be at least 1, nor positive: the loss is 0 where all errors are.",
    hedge="'in most settings' stands in the same sentence as 'guaranteed'.",
    repaired=R5,
    expected=("refuted, statement", "invalid inference, step manifold"),
)
