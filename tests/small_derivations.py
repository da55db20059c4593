"""Small derivations for tests of the kernel: objects, rules that hold, and how steps are written."""

# ruff: noqa: E501 (a rule is a line)

from __future__ import annotations

from typing import Any

import pytest

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.statement.language import (
    Expr,
    block,
    define,
    det,
    each,
    either,
    exists,
    function,
    identity_matrix,
    integer,
    inverse,
    matrices,
    matrix,
    natural,
    ones,
    predicate,
    rank,
    real,
    recursion,
    scalar_function,
    stack,
    the,
    total,
    widths,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.rule import Rule, rule
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cases,
    Construct,
    Contradiction,
    Definition,
    Generic,
    Induct,
    Instantiate,
    Linear,
    Logic,
    Obtain,
    Reason,
    Step,
)

calculation, linear, definition, logic = Calculation(), Linear(), Definition(), Logic()


# ---- how a derivation is written here ------------------------------------------------------------
def step(name: str, gives: Any, reason: Reason, *uses: str) -> Step:
    """A step."""
    return Step(name, the(gives), reason, uses)


def by(used: Rule, **terms: Any) -> Apply:
    """A rule at terms."""
    return Apply(used, {name: the(t) for name, t in terms.items()})


def at(*values: Any) -> Instantiate:
    """A quantified fact at values."""
    return Instantiate(tuple(map(the, values)))


def obtain(*names: Any) -> Obtain:
    """Names for what exists."""
    return Obtain(tuple(map(the, names)))


def take(*witnesses: Any) -> Construct:
    """Witnesses."""
    return Construct(tuple(map(the, witnesses)))


def arbitrary(*names: Any, proof: list[Step]) -> Generic:
    """Arbitrary values."""
    return Generic(tuple(map(the, names)), tuple(proof))


def induct(name: Any, base: list[Step], step: list[Step], *, down: bool = False) -> Induct:
    """Induction."""
    return Induct(the(name), tuple(base), tuple(step), down)


def cases(*branches: list[Step], split: Any = None) -> Cases:
    """Cases."""
    return Cases(tuple(map(tuple, branches)), None if split is None else the(split))


def suppose_not(*proof: Step) -> Contradiction:
    """A contradiction."""
    return Contradiction(proof)


def claim(
    variables: Any, then: Any, *proof: Step, standing: Any = (), key: str = "claim", **given: Any
) -> Claim:
    """A claim; hypotheses by keyword, `_` in their names for spaces."""
    return Claim(
        key,
        tuple(map(the, variables)),
        tuple(map(the, standing)),
        {name.replace("_", " "): the(f) for name, f in given.items()},
        the(then),
        proof,
    )


def judged(c: Claim, rules: Any = None, finished: Any = None) -> Derivation:
    """What the kernel says."""
    return Kernel(BOOK.values() if rules is None else rules, finished or {}, completed, idle).check(
        c
    )


def objections(d: Derivation) -> str:
    """All that the kernel says against a derivation."""
    return " | ".join(x for x in (d.refused, *(s.refused for s in d.steps)) if x)


# ---- objects -------------------------------------------------------------------------------------
m, n, p = natural("m"), natural("n"), natural("p")
i, j, k, q = (integer(name) for name in "ijkq")
lo, hi = integer("lo"), integer("hi")
x, y, z, s, t = (real(name) for name in "xyzst")
A, A2, B, C = matrix("A", m, n), matrix("A2", m, n), matrix("B", n, p), matrix("C", m, p)
S, T, Q = matrix("S", n, n), matrix("T", n, n), matrix("Q", m, m)
D, U = matrix("D", m, p), matrix("U", p, n)
f, g = function("f", i, x), function("g", i, x)
w = widths("w")
W = matrices("W", lambda k: n, lambda k: n)
sigma = scalar_function("sigma")
P, R, even = predicate("P"), predicate("R"), predicate("even")


# ---- rules ---------------------------------------------------------------------------------------
BOOK: dict[str, Rule] = {
    "positive_product": rule(s > 0, t > 0, then=s * t > 0),
    "square": rule(then=s * s >= 0),
    "zero_factor": rule(s * t == 0, s != 0, then=t == 0),
    "entry_of_zero": rule(A == 0, then=A[i, j] == 0, where=(i >= 1, i <= m, j >= 1, j <= n)),
    "zero_of_entries": rule(each(i, 1, m, each(j, 1, n, A[i, j] == 0)), then=A == 0),
    "full_column_rank": rule(rank(A) == n, A @ B == 0, then=B == 0),
    "rank_at_most_rows": rule(then=rank(A) <= m),
    "rank_at_most_columns": rule(then=rank(A) <= n),
    "rank_of_transpose": rule(then=rank(A.T) == rank(A)),
    "rank_of_product": rule(then=rank(A @ B) <= rank(A)),
    "rank_of_ones": rule(then=rank(ones(m, n)) == 1, where=(m >= 1, n >= 1)),
    "rank_of_block": rule(then=rank(block(A, D)) <= rank(A) + rank(D)),
    "block_orthogonal": rule(A.T @ C == 0, D.T @ C == 0, then=block(A, D).T @ C == 0),
    "block_times_stack": rule(then=block(A, D) @ stack(B, matrix("U", p, p)) == A @ B + D @ matrix("U", p, p)),
    "sum_monotone": rule(each(i, lo, hi, f(i) <= g(i)), then=total(i, lo, hi, f(i)) <= total(i, lo, hi, g(i))),
    "regular": rule(det(S) != 0, then=S @ inverse(S) == identity_matrix(n)),
    "reciprocal": rule(s != 0, then=s * (Expr(the(1)) / s) == 1),
    "sum_split": rule(then=total(i, lo, hi + 1, f(i)) == total(i, lo, hi, f(i)) + f(hi + 1), where=(lo <= hi + 1,)),
    "right_inverse": rule(rank(A) == m, then=exists(matrix("R", n, m), A @ matrix("R", n, m) == identity_matrix(m))),
    "trichotomy": rule(then=either(s < t, s == t, t < s)),
    "equal_functions": rule(each(i, lo, hi, f(i) == g(i)), then=total(i, lo, hi, f(i)) == total(i, lo, hi, g(i))),
    "even": rule(even(k), then=even(k + 2), where=(k >= 0,)),
}  # fmt: skip
for _name, _rule in BOOK.items():
    _rule.name = _name


v = integer("v")
chain = recursion(i, real("before"), 0, x, real("before") + f(i))
layers = recursion(i, matrix("before", m, n), 1, A, matrix("before", m, n) @ W[i])
back = recursion(i, real("after"), n, y, real("after") * f(i), down=True)

twice = define("twice", (x,), 2 * x, text="2 {0}", latex="2 {0}")


# ---- tables of tests -----------------------------------------------------------------------------
def accepted(name: str, c: Claim) -> Any:
    """A row: a derivation that is accepted."""
    return pytest.param(c, "", id=name)


def refused(name: str, fragment: str, c: Claim) -> Any:
    """A row: a derivation that is refused, with a message that has the fragment."""
    return pytest.param(c, fragment, id=f"{name}_should_fail")


def check(c: Claim, fragment: str, finished: Any = None) -> None:
    """The derivation is accepted where no fragment is given, else refused for that reason."""
    d = judged(c, finished=finished)
    if fragment:
        assert not d.derived
        assert fragment in objections(d), objections(d)
    else:
        assert d.derived, objections(d)
