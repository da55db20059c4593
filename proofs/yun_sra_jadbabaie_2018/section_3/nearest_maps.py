"""Section 3.1, Appendix C.1: the nearest matrices of rank at most k to the best linear fit F.

Statements
- YSJ18.P3.1.compared: distances to F, for a matrix with its columns in the span of Q.
- YSJ18.P3.1.nearest: no matrix of rank at most k is nearer to F than U U^T F, where U leads.
- YSJ18.P3.1.only: none is as near, where no other space leads.
"""

from symbolic_landscape.proofs.rules import entries, order, spectra
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED,
    across,
    along,
    separated,
    strictly_across,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    C,
    H,
    Q,
    U,
    X,
    Y,
    d,
    fit,
    leading,
    m,
    p,
    s,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    exists,
    identity_matrix,
    matrix,
    rank,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Apply

one = identity_matrix(d[p])
best_part = U @ U.T @ fit
inside = U.T - U.T @ Q @ Q.T
"""The rows of U^T without their parts along Q."""
outside = Q - U @ U.T @ Q
"""The columns of Q without their parts along U."""
same_size = square(inside) == square(outside)


def in_trace(A: Expr) -> Apply:
    """A^T A = I in a trace."""
    return by(entries.trace_with_zero, A=one, A2=A.T @ A - one)


def distances(N: Expr, C: Expr) -> Expr:
    """The distance from N = Q C to F, compared with the least one."""
    more = square(C - Q.T @ fit) + square(fit.T @ U @ inside) - square(fit.T @ outside)
    return square(N - fit) == square(best_part - fit) + more


COMPARED = Statement(
    "YSJ18.P3.1.compared",
    SEPARATED,
    title="Distances from the fit",
    where="sec. 3.1; App. C.1",
    names=(Q, C),
    given={
        "orthonormal": U.T @ U == one,
        "invariant": fit @ fit.T @ U == U @ U.T @ fit @ fit.T @ U,
        "columns": Q.T @ Q == one,
    },
    then=both(same_size, distances(Q @ C, C)),
    proof=[
        have("U has k columns", square(U) == trace(one), in_trace(U), "orthonormal"),
        have("Q has k columns", square(Q) == trace(one), in_trace(Q), "columns"),
        have("inside", square(inside) == square(U) - square(U.T @ Q), calculation, "columns"),
        have("outside", square(outside) == square(Q) - square(U.T @ Q), calculation, "orthonormal"),
        have("sizes", same_size, linear, "U has k columns", "Q has k columns", "inside", "outside"),
        have(
            "to the part",
            square(best_part - fit) == square(fit) - square(U.T @ fit),
            calculation,
            "orthonormal",
        ),
        have(
            "to Q C",
            square(Q @ C - fit) == square(C - Q.T @ fit) + square(fit) - square(Q.T @ fit),
            calculation,
            "columns",
        ),
        have(
            "along U",
            square(fit.T @ U @ inside) == square(U.T @ fit) - square(fit.T @ U @ U.T @ Q),
            calculation,
            "columns",
            "orthonormal",
        ),
        have(
            "off U",
            square(fit.T @ outside) == square(Q.T @ fit) - square(fit.T @ U @ U.T @ Q),
            calculation,
            "<invariant",
        ),
        have(
            "distances",
            distances(Q @ C, C),
            linear,
            "to the part",
            "to Q C",
            "along U",
            "off U",
        ),
        have("both", both(same_size, distances(Q @ C, C)), logic, "sizes", "distances"),
    ],
)

N = matrix("N", d[H + 1], m)
SPAN = (
    have("narrowest", d[p] <= d[H + 1], at(H + 1), "standing 4"),
    have(
        "span",
        exists(Q, C, both(Q.T @ Q == one, N == Q @ C)),
        by(spectra.orthonormal_columns),
        "rank",
    ),
    have("Q", None, obtain(Q, C), "span"),
    have("columns", Q.T @ Q == one, logic, "Q"),
    have("in the span", N == Q @ C, logic, "Q"),
)
"""N = Q C of rank at most k, with orthonormal columns in Q."""
NEAREST = Statement(
    "YSJ18.P3.1.nearest",
    SEPARATED,
    title="The part of F along leading vectors is nearest to F among matrices of rank at most k",
    where="sec. 3.1; App. C.1",
    names=(N,),
    given={"leading": leading(X, Y, U), "rank": rank(N) <= d[p]},
    then=square(best_part - fit) <= square(N - fit),
    proof=[
        have("orthonormal", U.T @ U == one, logic, "leading"),
        have("invariant", fit @ fit.T @ U == U @ U.T @ fit @ fit.T @ U, logic, "leading"),
        have("level", exists(s, both(along, across)), logic, "leading"),
        have("s", None, obtain(s), "level"),
        have("on U", along, logic, "s"),
        have("off U", across, logic, "s"),
        *SPAN,
        have(
            "more on U",
            s * square(inside) <= square(fit.T @ U @ inside),
            by(spectra.bound_of_columns),
            "on U",
        ),
        have("orthogonal", U.T @ outside == 0, calculation, "orthonormal"),
        have(
            "less off U",
            square(fit.T @ outside) <= s * square(outside),
            by(spectra.bound_on_kernel),
            "off U",
            "orthogonal",
        ),
        have("compared", None, cite(COMPARED)),
        have("sizes", same_size, logic, "compared"),
        have("distances", distances(Q @ C, C), logic, "compared"),
        have("scaled", None, by(order.scaled_equation, s=s), "sizes"),
        have("square", None, by(entries.squares_not_negative, A=C - Q.T @ fit)),
        have(
            "nearest",
            square(best_part - fit) <= square(Q @ C - fit),
            linear,
            "distances",
            "more on U",
            "less off U",
            "scaled",
            "square",
        ),
        have(
            "conclusion",
            square(best_part - fit) <= square(N - fit),
            calculation,
            "nearest",
            "in the span",
        ),
    ],
)

T = matrix("T", d[p], d[p])
ONLY = Statement(
    "YSJ18.P3.1.only",
    SEPARATED,
    title="Where no other space leads, no other matrix of rank at most k is as near to F",
    where="sec. 3.1; App. C.1",
    names=(N,),
    given={
        "separated": separated(X, Y, U),
        "rank": rank(N) <= d[p],
        "as near": square(N - fit) <= square(best_part - fit),
    },
    then=N == best_part,
    proof=[
        have("orthonormal", U.T @ U == one, logic, "separated"),
        have("invariant", fit @ fit.T @ U == U @ U.T @ fit @ fit.T @ U, logic, "separated"),
        have("level", exists(s, both(along, strictly_across)), logic, "separated"),
        have("s", None, obtain(s), "level"),
        have("on U", along, logic, "s"),
        have("off U", strictly_across, logic, "s"),
        *SPAN,
        have(
            "more on U",
            s * square(inside) <= square(fit.T @ U @ inside),
            by(spectra.bound_of_columns),
            "on U",
        ),
        have("orthogonal", U.T @ outside == 0, calculation, "orthonormal"),
        have("compared", None, cite(COMPARED)),
        have("sizes", same_size, logic, "compared"),
        have("scaled", None, by(order.scaled_equation, s=s), "sizes"),
        have("distances", distances(Q @ C, C), logic, "compared"),
        have(
            "near",
            square(Q @ C - fit) <= square(best_part - fit),
            calculation,
            "as near",
            "in the span",
        ),
        have("square", None, by(entries.squares_not_negative, A=C - Q.T @ fit)),
        have(
            "more off U",
            s * square(outside) <= square(fit.T @ outside),
            linear,
            "near",
            "distances",
            "square",
            "more on U",
            "scaled",
        ),
        have(
            "Q in U",
            Q == U @ U.T @ Q,
            by(spectra.strict_bound_on_kernel, B=outside),
            "off U",
            "orthogonal",
            "more off U",
        ),
        have("some turn", exists(T, Q == U @ T), take(U.T @ Q), "Q in U"),
        have("T", Q == U @ T, obtain(T), "some turn"),
        have("lengths", Q.T @ Q == T.T @ T, calculation, "T", "orthonormal"),
        have("turn", T.T @ T == one, linear, "lengths", "columns"),
        have("turn back", T @ T.T == one, by(spectra.square_orthogonal), "turn"),
        have("same span", Q @ Q.T == U @ U.T, calculation, "T", "turn back"),
        have(
            "nothing off U",
            square(fit.T @ outside) == 0,
            by(entries.trace_with_zero, A=fit @ fit.T @ outside, A2=outside),
            "Q in U",
        ),
        have("something on U", None, by(entries.squares_not_negative, A=fit.T @ U @ inside)),
        have(
            "no more",
            square(C - Q.T @ fit) <= 0,
            linear,
            "near",
            "distances",
            "nothing off U",
            "something on U",
        ),
        have("C", C == Q.T @ fit, by(entries.zero_of_squares), "no more"),
        have("conclusion", N == best_part, calculation, "in the span", "C", "same span"),
    ],
)
