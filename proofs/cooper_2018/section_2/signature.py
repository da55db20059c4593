"""Section 2.2, Proposition 2.3: the eigenvalues of the Hessian on M.

Statements
- C18.P2.3: d positive eigenvalues, and n - d that are 0.
- C18.P2.3.pairwise: the same, if any two M_i intersect transversally.
- C18.P2.3.eigenvectors: the same, said with an orthonormal basis.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.hessians import (
    P2_3_HESSIAN,
    curvature,
    gram,
    w2,
)
from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    H,
    L,
    slopes,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    D2L_,
    DATA,
    H_,
    J_,
    L_,
    G,
    d,
    i,
    j,
    n,
    overparameterized,
    smooth_errors,
    w,
    y,
)
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules import (
    functions,
    ranks,
    spectra,
)
from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.proofs.rules.entries import row_of
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    gradient,
    identity_matrix,
    matrix,
    rank,
    stack,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.term import num

S, v = matrix("S", n, n), matrix("v", n, 1)
signature = fn(S, only_positive(n, d, S))
regular = rank(slopes) == d
GRAM = [
    have("turned", rank(slopes.T) == rank(slopes), by(ranks.rank_of_transpose)),
    have("product", rank(slopes.T @ slopes) == rank(slopes.T), by(ranks.rank_of_gram, A=slopes.T)),
    have("twice", rank(gram) == rank(slopes.T @ slopes), by(ranks.rank_of_multiple, x=2), "two"),
    have("rank", rank(gram) == d, linear, "turned", "product", "twice", "regular"),
    have(
        "form",
        every(v, trace(v.T @ gram @ v) >= 0),
        arbitrary(
            v,
            proof=[
                have("square", square(slopes @ v) >= 0, by(e.squares_not_negative)),
            ],
        ),
    ),
    have("signature", only_positive(n, d, gram), logic, "rank", "form"),
]
P2_3 = Statement(
    "C18.P2.3",
    DATA,
    kind="proposition",
    title="Hessian signature on M, at regular points",
    where="Section 2.2, Proposition 2.3",
    lines=(141, 144),
    names=(w,),
    given={"smooth": smooth_errors, "in M": L == 0, "regular": regular},
    then=only_positive(n, d, curvature),
    proof=[
        have("hessian", None, cite(P2_3_HESSIAN)),
        have("two", Expr(num(2)) != 0, linear),
        *GRAM,
        have(
            "all",
            only_positive(n, d, curvature),
            by(functions.property_of_equal, A=gram, A2=curvature, P=signature),
            "hessian",
            "signature",
        ),
    ],
    reading="repaired",
)


same_zeros = both(
    each(i, 1, d, every(w2, (H_(y, w2)[i, 1] == 0) >> (G(w2)[i, 1] == 0))),
    each(i, 1, d, every(w2, (G(w2)[i, 1] == 0) >> (H_(y, w2)[i, 1] == 0))),
)
basis, eigenvalues = matrix("basis", n, n), matrix("eigenvalues", n, 1)
normals = jacobian(G, w2, d, n)
"""The rows are normal to the M_i."""
transversal = every(w2, (L_(y, w2) == 0) >> (rank(normals) == d))
PIECES = {
    "smooth": smooth_errors,
    "in M": L == 0,
    "more parameters": overparameterized,
    "pieces": both(infinitely_smooth(G), same_zeros),
}
PRINTED_GLOSS = (
    "Each M_i is given by one function on all of R^n, an entry of G; the claim for such M_i is a "
    "part of the printed one."
)
P2_3_PRINTED = Statement(
    "C18.P2.3",
    DATA,
    kind="proposition",
    title="Hessian signature on M",
    where="Section 2.2, Proposition 2.3",
    lines=(141, 144),
    names=(w, G),
    given={**PIECES, "transversal": transversal},
    then=only_positive(n, d, D2L_(y, w)),
    proof=[
        have("hessian", None, cite(P2_3_HESSIAN), lines=(150, 153)),
        have(
            "independent",
            rank(J_(y, w)) == d,
            claimed("the v_i are linearly independent because the M_i intersect transversally"),
            "smooth",
            "in M",
            "more parameters",
            "pieces",
            "transversal",
            lines=(158, 158),
        ),
        have("all", only_positive(n, d, D2L_(y, w)), cite(P2_3)),
    ],
    gloss=PRINTED_GLOSS,
    hedge="If the M_i are meant as regular zeros of the f_i themselves, the proposition holds.",
    repaired=P2_3,
    expected=("refuted, statement", "invalid inference, step independent"),
)

each_slope = each(i, 1, d, gradient(fn(w, H[i, 1]), w) != 0)
pairs = each(i, 1, d, each(j, i + 1, d, rank(stack(row_of(slopes, i), row_of(slopes, j))) == 2))
P2_3_PAIRWISE = Statement(
    "C18.P2.3.pairwise",
    DATA,
    kind="remark",
    title="Hessian signature on M, if any two M_i intersect transversally",
    where="Section 2.2, Proposition 2.3",
    lines=(141, 144),
    names=(w,),
    given={
        "smooth": smooth_errors,
        "in M": L == 0,
        "more parameters": overparameterized,
        "slopes": each_slope,
        "pairs": pairs,
    },
    then=only_positive(n, d, D2L_(y, w)),
    proof=[
        have(
            "independent",
            regular,
            claimed("the v_i are linearly independent because the M_i intersect transversally"),
            "smooth",
            "in M",
            "more parameters",
            "slopes",
            "pairs",
            lines=(158, 158),
        ),
        have("all", only_positive(n, d, D2L_(y, w)), cite(P2_3)),
    ],
    gloss="The M_i are regular zeros of the f_i here, and any two gradients are independent.",
    hedge="Several submanifolds are mostly called transversal if all their normals are independent.",
    expected=("refuted, statement", "invalid inference, step independent"),
)

eigenvectors = exists(
    basis,
    eigenvalues,
    both(
        basis.T @ basis == identity_matrix(n),
        D2L_(y, w) @ basis == basis @ diagonal(n, eigenvalues),
        each(i, 1, d, eigenvalues[i, 1] > 0),
        each(i, d + 1, n, eigenvalues[i, 1] == 0),
    ),
)
P2_3_EIGENVECTORS = Statement(
    "C18.P2.3.eigenvectors",
    DATA,
    title="Eigenvectors of the Hessian on M, at regular points",
    where="Section 2.2, Proposition 2.3",
    lines=(141, 144),
    names=(w,),
    given={"smooth": smooth_errors, "in M": L == 0, "regular": regular},
    then=eigenvectors,
    proof=[
        have("signature", None, cite(P2_3)),
        have("spectrum", eigenvectors, by(spectra.eigenvalues_of_semidefinite), "signature"),
    ],
)
