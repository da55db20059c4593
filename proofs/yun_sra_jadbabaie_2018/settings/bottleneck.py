"""Sections 3.1 and 3.4: the relaxed problem of bounded rank, and spaces of columns.

Notation: L_0(Z) = |Z X - Y|^2 / 2 over linear maps Z of rank at most k = d[p]. U spans the leading
left singular vectors of F; where it is separated no other space leads.

Settings: RELAXED, and SEPARATED with U; BOTTLENECK and SEPARATED_BOTTLENECK, where layer p is
narrower than both ends.
"""

from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck_decisions import DECISIONS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck_points import BOTTLENECKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DATA,
    HALF,
    NARROWEST,
    P_,
    Example,
    H,
    U,
    W,
    X,
    Y,
    a,
    b,
    best,
    d,
    examples,
    fit,
    i,
    leading,
    p,
    s,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import POINTS, SPECTRAL
from symbolic_landscape.statement.language import (
    both,
    define,
    every,
    exists,
    identity_matrix,
    inverse,
    like,
    matrix,
    natural,
    rank,
)

R, Z, k = matrix("R", d[H + 1], d[0]), matrix("Z", d[H + 1], d[0]), natural("k")
relaxed_risk = define(
    "relaxed risk",
    (X, Y, Z),
    HALF * square(Z @ X - Y),
    text="L_0({2})",
    latex="L_0({2})",
    at=DATA,
)
lower_bound = define(
    "lower bound",
    (X, Y, k, s),
    every(Z, (rank(Z) <= k) >> (s <= relaxed_risk(X, Y, Z))),
    text="{3} bounds L_0 from below among maps of rank at most {2}",
    latex=r"{3} \le \inf_{{\operatorname{{rank}} Z \le {2}}} L_0(Z)",
    at=DATA,
)
optimum = define(
    "optimum",
    (X, Y, k, R),
    both(
        rank(R) <= k,
        every(Z, (rank(Z) <= k) >> (relaxed_risk(X, Y, R) <= relaxed_risk(X, Y, Z))),
    ),
    text="{3} minimises L_0 among maps of rank at most {2}",
    latex=r"L_0({3}) = \min_{{\operatorname{{rank}} Z \le {2}}} L_0(Z)",
    at=DATA,
)
other = both(rank(Z) <= k, relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, R))
only_optimum = define(
    "only optimum",
    (X, Y, k, R),
    both(optimum(X, Y, k, R), every(Z, other >> (Z == R))),
    text="{3} alone minimises L_0 among maps of rank at most {2}",
    latex=r"\operatorname{{argmin}}_{{\operatorname{{rank}} Z \le {2}}} L_0(Z) = {3}",
    at=DATA,
)
projected = U @ U.T @ best
"""R*, equation (4)."""
along = every(a, s * square(a) <= square(fit.T @ U @ a))
across = every(b, (U.T @ b == 0) >> (square(fit.T @ b) <= s * square(b)))
strictly_across = every(b, both(b != 0, U.T @ b == 0) >> (square(fit.T @ b) < s * square(b)))
"""Bounds by s of the squared singular values on col(U), and on its orthogonal complement."""
separated = define(
    "separated",
    (X, Y, U),
    both(
        U.T @ U == identity_matrix(d[p]),
        fit @ fit.T @ U == U @ U.T @ fit @ fit.T @ U,
        exists(s, both(along, strictly_across)),
    ),
    text="{2} has orthonormal columns that span the one leading space of left singular vectors",
    latex=r"\operatorname{{col}}({2}) \text{{ is the only leading left singular space of }} F",
    at=DATA,
)
"""sigma_k > sigma_{k+1}, and the columns of U span the space of the first k singular vectors."""
U2 = like("U2", U)

C, D = matrix("C", d[p], d[i]), matrix("D", d[i], d[p])
same_above = define(
    "same columns above",
    (W, i),
    both(exists(C, A_(W)[i] == A_(W)[p] @ C), exists(D, A_(W)[p] == A_(W)[i] @ D)),
    text="col A_{1} = col A_p",
    latex=r"\operatorname{{col}} A_{1} = \operatorname{{col}} A_p",
    at=("W",),
)
same_below = define(
    "same rows below",
    (W, i),
    both(exists(D, P_(W)[i] == D @ P_(W)[p]), exists(C, P_(W)[p] == C @ P_(W)[i])),
    text="row P_{1} = row P_p",
    latex=r"\operatorname{{row}} P_{1} = \operatorname{{row}} P_p",
    at=("W",),
)
"""The paper's row(A_i) = row(A_p), and col(B_{i+1}) = col(B_{p+1}): its A_i and B_i are A_i and
P_{i-1} transposed."""

T = matrix("T", d[p], d[p])
same_space = define(
    "same space",
    (W, U),
    both(exists(T, A_(W)[p] == U @ T), exists(T, U == A_(W)[p] @ T)),
    text="col A_p = col {1}",
    latex=r"\operatorname{{col}} A_p = \operatorname{{col}} {1}",
    at=("W",),
)
"""The paper's row(A_p) = col(U)."""
onto = A_(W)[p] @ inverse(A_(W)[p].T @ A_(W)[p]) @ A_(W)[p].T
"""The projection onto col A_p."""


def spectral_points() -> tuple[Example, ...]:
    """Points with a matrix of left singular vectors."""
    return examples((*BOTTLENECKS, *SPECTRAL))


def points() -> tuple[Example, ...]:
    """Points of all kinds."""
    return examples((*BOTTLENECKS, *POINTS))


RELAXED = NARROWEST.extended(
    "the relaxed problem beside a deep linear network with a narrowest layer p",
    definitions=(relaxed_risk, lower_bound, optimum, only_optimum, same_above, same_below),
    decisions=DECISIONS,
    instances=points,
)
SEPARATED = RELAXED.extended(
    "the relaxed problem, with singular vectors of the fit",
    variables=(U,),
    definitions=(leading, separated, same_space),
    instances=spectral_points,
)
NARROW = (d[p] < d[0], d[p] < d[H + 1])
BOTTLENECK = RELAXED.extended(
    "the relaxed problem beside a deep linear network with a layer p narrower than both ends",
    standing=NARROW,
)
SEPARATED_BOTTLENECK = SEPARATED.extended(
    "a deep linear network with a layer p narrower than both ends, and singular vectors",
    standing=NARROW,
)
