"""Abstract and Section 1: claims that leave out a hypothesis.

Statements
- C18.CL1: the zero-loss set is a submanifold, if it is not empty; repaired: if its points are
  regular.
- C18.CL1.hessian: the signature of the Hessian at any global minimum with loss 0.
- C18.CL1.apart: where a parameter cannot be 0, points with other signs of it are not joined.
- C18.CL1.paths: the points of the zero-loss set are joined by paths.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.levels import REGULAR
from symbolic_landscape.proofs.cooper_2018.section_2.signature import P2_3
from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    I2_1,
    SMOOTH_ERRORS,
    H,
    L,
    errors,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    D2L_,
    DATA,
    J_,
    L_,
    d,
    joined,
    k,
    n,
    overparameterized,
    path,
    smooth_errors,
    u,
    v,
    w,
    y,
    zero_set,
)
from symbolic_landscape.proofs.rules import manifolds, paths
from symbolic_landscape.proofs.rules.manifolds import submanifold
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    every,
    exists,
    fn,
    rank,
    real,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    logic,
    obtain,
    suppose_not,
)

M = zero_set(y)
level = fn(w, H == zeros(d, 1))
manifold = submanifold(n, d, M)
regular = every(w, (L == 0) >> (rank(J_(y, w)) == d))
NOT_EMPTY = exists(w, L == 0)
same = both(level(w) >> M(w), M(w) >> level(w))

CL1 = Statement(
    "C18.CL1",
    DATA,
    kind="remark",
    title="The zero-loss set is a submanifold, if its points are regular",
    where="Abstract and Section 1",
    lines=(61, 62),
    given={"smooth": smooth_errors, "regular": regular},
    then=manifold,
    proof=[
        have("map", None, cite(SMOOTH_ERRORS)),
        have(
            "same set",
            every(w, same),
            arbitrary(
                w,
                proof=[
                    have("losses", None, cite(I2_1)),
                    have("zeros", same, logic, "losses"),
                ],
            ),
        ),
        have(
            "regular level",
            every(w, level(w) >> (rank(J_(y, w)) == d)),
            arbitrary(
                w,
                proof=[
                    have("at w", None, at(w), "same set"),
                    have("here", None, at(w), "regular"),
                    have("full", rank(J_(y, w)) == d, logic, "at w", "here", "regular level.if"),
                ],
            ),
        ),
        have("level", None, cite(REGULAR, Q=errors, q=d, r=zeros(d, 1))),
        have(
            "manifold",
            manifold,
            by(manifolds.submanifold_of_same_set, S=level, S2=M),
            "same set",
            "level",
        ),
    ],
    reading="repaired",
)
CL1_PRINTED = Statement(
    "C18.CL1",
    DATA,
    kind="remark",
    title="Claims of abstract, introduction and overview: M is a submanifold, if not empty",
    where="Abstract and Section 1",
    lines=(61, 62),
    given={"smooth": smooth_errors, "more parameters": overparameterized, "not empty": NOT_EMPTY},
    then=manifold,
    proof=[
        have(
            "manifold",
            manifold,
            claimed("we show that if nonempty, M is an n - d dimensional submanifold"),
            "smooth",
            "more parameters",
            "not empty",
            lines=(61, 62),
        )
    ],
    hedge="The abstract says 'usually', the introduction 'often'; Theorem 2.1 says 'generically'.",
    repaired=CL1,
    expected=("refuted, statement", "invalid inference, step manifold"),
)

signature = only_positive(n, d, D2L_(y, w))
HESSIAN = Statement(
    "C18.CL1.hessian",
    DATA,
    kind="remark",
    title="The Hessian at a global minimum with loss 0, if it is regular",
    where="Section 1",
    lines=(62, 65),
    names=(w,),
    given={"smooth": smooth_errors, "in M": L == 0, "regular": regular},
    then=signature,
    proof=[
        have("here", None, at(w), "regular"),
        have("full", rank(J_(y, w)) == d, logic, "here", "in M"),
        have("signature", signature, cite(P2_3)),
    ],
    reading="repaired",
)
HESSIAN_PRINTED = Statement(
    "C18.CL1.hessian",
    DATA,
    kind="remark",
    title="The Hessian at a global minimum with loss 0",
    where="Section 1",
    lines=(62, 65),
    names=(w,),
    given={"smooth": smooth_errors, "in M": L == 0, "more parameters": overparameterized},
    then=signature,
    proof=[
        have(
            "signature",
            signature,
            claimed("we show that at a global minimum the Hessian has d positive eigenvalues"),
            "smooth",
            "in M",
            "more parameters",
            lines=(62, 65),
        )
    ],
    repaired=HESSIAN,
    expected=("refuted, statement", "invalid inference, step signature"),
)

# ---- paths ---------------------------------------------------------------------------------------
t, x = real("t"), real("x")
CONNECTED = {"first": L == 0, "second": L_(y, v) == 0}
coordinate = fn(t, path(t)[k, 1])
never = every(w, (w[k, 1] == 0) >> (L != 0))
APART = Statement(
    "C18.CL1.apart",
    DATA,
    title="Where a parameter cannot be 0, points with other signs of it are not joined",
    where="Section 1",
    names=(k, u, v),
    given={"never 0": never, "above": u[k, 1] > 0, "below": v[k, 1] < 0},
    then=~joined(M, u, v),
    proof=[
        have(
            "not joined",
            ~joined(M, u, v),
            suppose_not(
                [
                    have("joined", joined(M, u, v), logic, "not joined.not"),
                    have("path", None, obtain(path), "joined"),
                    have("continuous", continuous(path), logic, "path"),
                    have("start", path(0) == u, logic, "path"),
                    have("end", path(1) == v, logic, "path"),
                    have("inside", every(t, L_(y, path(t)) == 0), logic, "path"),
                    have(
                        "moves",
                        continuous(coordinate),
                        by(paths.continuous_place, X=path, i=k, j=1),
                        "continuous",
                    ),
                    have("at the start", coordinate(0) > 0, calculation, "above", "<start"),
                    have("at the end", coordinate(1) < 0, calculation, "below", "<end"),
                    have(
                        "between",
                        None,
                        by(paths.intermediate_value, f=coordinate, s=0, t=1, r=0),
                        "moves",
                        "at the start",
                        "at the end",
                    ),
                    have("x", None, obtain(x), "between"),
                    have("loss there", None, at(x), "inside"),
                    have("sign there", None, at(path(x)), "never 0"),
                    have("clash", contradiction, logic, "loss there", "sign there", "x"),
                ]
            ),
        )
    ],
    gloss="A network w_1 w_2 with target 1 at the input 1 is such a case: M is a hyperbola.",
)
PATHS = Statement(
    "C18.CL1.paths",
    DATA,
    kind="remark",
    title="Paths between global minima",
    where="Section 1",
    lines=(54, 59),
    names=(w, v),
    given={
        "smooth": smooth_errors,
        "more parameters": overparameterized,
        **CONNECTED,
    },
    then=joined(M, w, v),
    proof=[
        have(
            "joined",
            joined(M, w, v),
            claimed("there are not only paths between minima, but high dimensional manifolds"),
            "smooth",
            "more parameters",
            *CONNECTED,
            lines=(54, 59),
        )
    ],
    hedge="The paper need not mean that any two minima are joined; M is often not connected.",
    expected=("refuted, statement", "invalid inference, step joined"),
)
