"""Little lemmas of a stranger, without examples: false ones are refuted, true ones are not."""

# ruff: noqa: SIM300 (a capital letter is a matrix here, and no constant)

from __future__ import annotations

import pytest

from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    det,
    each,
    either,
    every,
    function,
    identity_matrix,
    integer,
    matrices,
    matrix,
    natural,
    predicate,
    rank,
    real,
    scalar_function,
    the,
    total,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.smoothness import continuous, smooth

m, n, p = natural("m"), natural("n"), natural("p")
i, j, k = integer("i"), integer("j"), integer("k")
x, y, s, t = real("x"), real("y"), real("s"), real("t")
A, B = matrix("A", n, n), matrix("B", n, n)
P, Q, R = matrix("P", m, n), matrix("Q", n, p), matrix("R", m, n)
u, v = matrix("u", n, 1), matrix("v", n, 1)
W = matrices("W", lambda k: n, lambda k: n)
f, g = scalar_function("f"), scalar_function("g")
h = function("h", u, x)
c = function("c", i, x)
ONE = identity_matrix(n)
psd, pd, symmetric, invertible = map(predicate, ("psd", "pd", "symmetric", "invertible"))
increasing = every(s, t, (s < t) >> (f(s) < f(t)))
Lemma = tuple[tuple[Expr, ...], Expr]

FALSE: dict[str, Lemma] = {
    # square matrices
    "a square of 0": ((A @ A == 0,), A == 0),
    "skew": ((A.T == -A,), A == 0),
    "idempotent": ((A @ A == A,), either(A == 0, A == ONE)),
    "orthogonal": ((A.T @ A == ONE,), A == ONE),
    "orthogonal up to sign": ((A.T @ A == ONE,), either(A == ONE, A == -ONE)),
    "involution": ((A @ A == ONE,), either(A == ONE, A == -ONE)),
    "zero divisors": ((A @ B == 0,), either(A == 0, B == 0)),
    "one side": ((A @ B == 0,), B @ A == 0),
    "products commute": ((), A @ B == B @ A),
    "no trace": ((trace(A) == 0,), A == 0),
    "singular": ((det(A) == 0,), A == 0),
    "a cube of 0": ((A @ A @ A == 0,), A @ A == 0),
    "a cube of the identity": ((A @ A @ A == ONE,), A == ONE),
    "a square of minus the identity": ((A @ A == -ONE,), A == 0),
    "the square of the transpose": ((A @ A == A.T,), A @ A == A),
    "normal is symmetric": ((A @ A.T == A.T @ A,), A.T == A),
    "idempotent is symmetric": ((A @ A == A,), A.T == A),
    "nilpotent sum": ((A @ A == 0, B @ B == 0), (A + B) @ (A + B) == 0),
    "determinant 1": ((det(A) == 1, symmetric(A)), A == ONE),
    "orthogonal is symmetric": ((A.T @ A == ONE,), A.T == A),
    "symmetric product": ((symmetric(A), symmetric(B)), symmetric(A @ B)),
    "isotropic": ((u.T @ A @ u == 0,), A == 0),
    "isotropic vectors": ((u.T @ A @ u == 0,), A @ u == 0),
    "isotropic for all": ((every(u, u.T @ A @ u == 0),), A == 0),
    "definite without symmetry": ((trace(A) > 0, det(A) > 0), pd(A)),
    "skew is singular": ((A.T == -A,), det(A) == 0),
    "no trace of the square": ((trace(A @ A) == 0,), A @ A == 0),
    "anticommuting": ((A @ B == -B @ A,), A @ B == 0),
    "entries of products": (
        (each(i, 1, n, each(j, 1, n, (A @ B)[i, j] == (B @ A)[i, j])),),
        A == B,
    ),
    # rectangular matrices
    "rank of a product": ((), either(rank(P @ Q) == rank(P), rank(P @ Q) == rank(Q))),
    "zero divisors of any shape": ((P @ Q == 0, P != 0), Q == 0),
    "rank of a sum": ((), rank(P + R) == rank(P) + rank(R)),
    "orthonormal columns": ((P.T @ P == ONE,), P @ P.T == identity_matrix(m)),
    "unit vector": ((trace(u.T @ u) == 1, trace(v.T @ v) == 1), either(u == v, u == -v)),
    # families
    "a chain of three": ((W[1] @ W[2] @ W[3] == 0,), either(W[1] @ W[2] == 0, W[2] @ W[3] == 0)),
    "all nilpotent": ((each(k, 1, 2, W[k] @ W[k] == 0),), W[1] @ W[2] == 0),
    "a sum of signs": ((total(k, 1, 2, c(k)) == 0,), c(1) * c(2) == 0),
    # functions and numbers
    "even": ((every(t, f(-t) == f(t)),), f(1) == f(0)),
    "odd": ((every(t, f(-t) == -f(t)),), f(1) == 0),
    "increasing slope": ((increasing,), derivative(f)(x) > 0),
    "any is continuous": ((f(0) == 0,), continuous(f)),
    "continuous is smooth": ((continuous(f),), smooth(f)),
    "flat at a point": ((derivative(f)(x) == 0,), f(x) <= f(y)),
    "a gradient of 0": ((h(u) == h(v),), u == v),
    "squares": ((x * x == y * y,), x == y),
    "cubes below": ((x <= y,), x * x <= y * y),
    "integers": ((i * i == j * j,), i == j),
    "product below": ((i <= j,), i * k <= j * k),
}  # fmt: skip

TRUE: dict[str, Lemma] = {
    "a Gram matrix of 0": ((A.T @ A == 0,), A == 0),
    "symmetric square of 0": ((symmetric(A), A @ A == 0), A == 0),
    "skew has no trace": ((A.T == -A,), trace(A) == 0),
    "skew is isotropic": ((A.T == -A,), u.T @ A @ u == 0),
    "idempotent complement": ((A @ A == A,), (ONE - A) @ (ONE - A) == ONE - A),
    "orthogonal on both sides": ((A.T @ A == ONE,), A @ A.T == ONE),
    "an inverse on the left": ((A @ B == ONE,), B @ A == ONE),
    "traces commute": ((), trace(A @ B) == trace(B @ A)),
    "determinants multiply": ((), det(A @ B) == det(A) * det(B)),
    "involution": ((A @ A == ONE,), (A - ONE) @ (A + ONE) == 0),
    "a square of 0 and the identity": ((A @ A == 0,), invertible(ONE + A)),
    "nilpotent has no trace": ((A @ A @ A == 0,), trace(A) == 0),
    "orthogonal determinant": ((A.T @ A == ONE,), det(A) * det(A) == 1),
    "semidefinite and isotropic": ((psd(A), u.T @ A @ u == 0), A @ u == 0),
    "entries of products": (
        (each(i, 1, n, each(j, 1, n, (A @ B)[i, j] == (B @ A)[i, j])),),
        A @ B == B @ A,
    ),
    "rank of a product": ((), rank(P @ Q) <= rank(P)),
    "kernel": ((rank(P) == n, P @ Q == 0), Q == 0),
    "trace of a projector": ((A @ A == A,), trace(A) == rank(A)),
    "all nilpotent": ((each(k, 1, 2, W[k] @ W[k] == 0),), det(W[1]) * det(W[2]) == 0),
    "odd": ((every(t, f(-t) == -f(t)),), f(0) == 0),
    "smooth is continuous": ((smooth(f),), continuous(f)),
    "squares": ((x * x == y * y,), either(x == y, x == -y)),
    "integers": ((i * i == j * j,), either(i == j, i == -j)),
    "Cauchy-Schwarz": ((), trace(u.T @ v) * trace(u.T @ v) <= trace(u.T @ u) * trace(v.T @ v)),
}  # fmt: skip


def refuted(name: str, lemma: Lemma) -> str:
    given, then = lemma
    said = [the(e) for e in (*given, then)]
    names = sorted({v for t in said for v in t.free}, key=lambda v: v.key)
    sizes = sorted({v for t in names for v in t.sort.free} - set(names), key=lambda v: v.key)
    setting = Setting("own objects", variables=tuple(map(Expr, (*sizes, *names))), standing=tuple(
        Expr(v) >= 1 for v in (*sizes, *names) if str(v.name) in "mnp"))  # fmt: skip
    key = "".join(filter(str.isalnum, name.title()))
    one = Statement(f"OWN.{key}", setting, dict(zip("abc", given, strict=False)), then, ())
    return Trials((setting,), (), Derivations(()), Options()).refutes(one)


@pytest.mark.parametrize("name", FALSE)
def test_a_false_lemma_is_refuted(name: str) -> None:
    assert refuted(name, FALSE[name])


@pytest.mark.parametrize("name", TRUE)
def test_a_true_lemma_is_not_refuted(name: str) -> None:
    assert not refuted(name, TRUE[name])
