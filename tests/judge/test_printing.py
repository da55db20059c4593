"""What the printer says of every kind of term, of names and of sorts."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    derivative,
    det,
    each,
    either,
    entries,
    every,
    exists,
    fn,
    function,
    gradient,
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
    total,
    trace,
    true,
    update,
    widths,
    zeros,
)
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.printing import Notation, declaration, latex, names, text
from symbolic_landscape.statement.term import (
    INT,
    REAL,
    SCALAR_FUNCTION,
    num,
    substitute,
    term,
    var,
)

m, n, N, L = (natural(x) for x in ("m", "n", "N", "L"))
i, j, k = (integer(x) for x in "ijk")
r, s, t, x, alpha = (real(name) for name in ("r", "s", "t", "x", "alpha"))
A, B, C, D = matrix("A", m, n), matrix("B", m, n), matrix("C", n, m), matrix("D", n, n)
S = matrix("S", n, n)
X1, h, y = matrix("X1", m, n), matrix("h", n, 1), matrix("y", n, 1)
sigma, f = scalar_function("sigma"), scalar_function("f")
size = widths("n")
W = matrices("W", lambda k: size[k - 1], lambda k: size[k])
V = matrices("V", lambda k: size[k - 1], lambda k: size[k])
b = matrices("b", lambda k: 1, lambda k: size[k])
c = matrices("c", lambda k: 1, lambda k: size[k])
X = matrix("X", N, size[0])
below, M = matrix("below", N, size[k - 1]), matrix("M", size[k - 1], size[k])
H, J = function("H", A, r), function("I", i, true)
path = function("path", r, A)
features = define(
    "features",
    (W, b),
    recursion(k, below, 0, X, sigma(below @ W[k] + ones(N, 1) @ b[k])),
    text="F",
    latex="F",
    at=("W", "b"),
)
inputs = define(
    "inputs",
    (W, b, k),
    features(W, b)[k - 1] @ W[k],
    text="G_{2}",
    latex="G_{2}",
    at=("W", "b"),
)
objective = define(
    "objective",
    (W, b),
    trace(features(W, b)[L].T @ features(W, b)[L]),
    text="Phi",
    latex=r"\Phi",
    at=("W", "b"),
)
critical = define(
    "critical",
    (W, b),
    each(k, 1, L, gradient(fn(M, objective(update(W, k, M), b)), W[k]) == 0),
    text="critical point",
    latex=r"\nabla\Phi = 0",
    at=("W", "b"),
)
NOTATION = {d.name: d.notation for d in (features, inputs, objective, critical)}
NOTATION |= {
    "psd": Notation("{0} ⪰ 0", r"{0} \succeq 0"),
    "norm": Notation("‖{0}‖", r"\lVert {0} \rVert"),
    "exp": Notation("e^{0}", "e^{0}"),
}
psd, smooth, near = predicate("psd"), predicate("smooth"), predicate("near")
norm = function("norm", A, r)
exp = Expr(term("const", SCALAR_FUNCTION, name="exp"))
ONE, MINUS_R = Expr(num(1)), -r
nothing = zeros(m, n)

PRINTED: list[tuple[Expr, str, str]] = [
    # names
    (sigma, "σ", r"\sigma"),
    (X1, "X₁", "X_{1}"),
    (real("x_min"), "x_min", r"x_{\operatorname{min}}"),
    (real("x_alpha"), "x_α", r"x_{\alpha}"),
    (real("gap"), "gap", r"\operatorname{gap}"),
    (real("t'"), "t′", "t'"),
    # families, entries
    (W[k], "W_k", "W_{k}"),
    (W[1], "W₁", "W_{1}"),
    (W[12], "W₁₂", "W_{12}"),
    (W[k + 1], "W_(k+1)", "W_{k+1}"),
    (W[size[k]], "W_(n_k)", "W_{n_{k}}"),
    (W[k].T, "W_kᵀ", "W_{k}^{\\top}"),
    (W[k][i, j], "(W_k)_ij", "(W_{k})_{i j}"),
    (A[i, j], "A_ij", "A_{i j}"),
    (A[1, 2], "A₁₂", "A_{1 2}"),
    (A[1, 12], "A_(1,12)", "A_{1, 12}"),
    (A[i, j + 1], "A_(i,j+1)", "A_{i, j+1}"),
    (A.T[i, j], "(Aᵀ)_ij", r"(A^{\top})_{i j}"),
    (X1[i, j], "(X₁)_ij", "(X_{1})_{i j}"),
    (update(W, k, M)[j], "W[k ↦ M]_j", r"W[k \mapsto M]_{j}"),
    # numbers
    (r - s, "r − s", "r - s"),
    (s - r - 1, "s − r − 1", "s - r - 1"),
    (-r + s, "s − r", "s - r"),
    (-r - s, "−r − s", "-r - s"),
    (1 - alpha, "1 − α", r"1 - \alpha"),
    (r - (s - t), "r − (s − t)", "r - (s - t)"),
    (r * (s + t), "r (s + t)", "r (s + t)"),
    (-(s + t), "−(s + t)", "-(s + t)"),
    (r * -s, "−r s", "-r s"),
    (-MINUS_R, "−(−r)", "-(-r)"),
    (2 * (3 * r), "2 (3 r)", "2 (3 r)"),
    (k - 1, "k − 1", "k - 1"),
    (n * n + n - 1, "n² + n − 1", "n^{2} + n - 1"),
    (r * s * r, "r² s", "r^{2} s"),
    ((r + s) ** 2, "(r + s)²", "(r + s)^{2}"),
    (det(D) ** 2, "(det D)²", r"(\det D)^{2}"),
    (A[i, j] ** 2, "A_ij²", "A_{i j}^{2}"),
    (r / 2, "1/2 r", r"\frac{1}{2} r"),
    (r / s, "r/s", r"\frac{r}{s}"),
    (r / 2 * (s + t), "1/2 r (s + t)", r"\frac{1}{2} r (s + t)"),
    (r / s * Fraction(3, 2), "3/2 r/s", r"\frac{3}{2} \frac{r}{s}"),
    (3 * r / s, "3 r/s", r"\frac{3 r}{s}"),
    (((r / 2) ** 2), "(1/2 r)²", r"\left(\frac{1}{2} r\right)^{2}"),
    (ONE / (r + s), "1/(r + s)", r"\frac{1}{r + s}"),
    (ONE / (r * s), "1/(r s)", r"\frac{1}{r s}"),
    (ONE / r * (ONE / s), "(1/r) (1/s)", r"\left(\frac{1}{r}\right) \left(\frac{1}{s}\right)"),
    (det(D) * r, "r det D", r"r \det D"),
    (rank(A) + 1, "rank A + 1", r"\operatorname{rank} A + 1"),
    (total(i, 1, N, A[i, j]), "Σ_{i=1}^{N} A_ij", r"\sum_{i=1}^{N} A_{i j}"),
    (total(i, 1, N - 1, r + i), "Σ_{i=1}^{N−1} (r + i)", r"\sum_{i=1}^{N-1} (r + i)"),
    (total(i, 1, N, r) * s, "s Σ_{i=1}^{N} r", r"s \sum_{i=1}^{N} r"),
    (total(i, 1, N, r * s), "Σ_{i=1}^{N} r s", r"\sum_{i=1}^{N} r s"),
    (total(i, 1, N, r) + s, "Σ_{i=1}^{N} r + s", r"\sum_{i=1}^{N} r + s"),
    (
        total(i, 1, N, total(j, 1, n, A[i, j])),
        "Σ_{i=1}^{N} Σ_{j=1}^{n} A_ij",
        r"\sum_{i=1}^{N} \sum_{j=1}^{n} A_{i j}",
    ),
    (
        total(i, 1, N, total(i, 1, n, A[i, i])),
        "Σ_{i=1}^{N} Σ_{j=1}^{n} A_jj",
        r"\sum_{i=1}^{N} \sum_{j=1}^{n} A_{j j}",
    ),
    # matrices
    (A @ C, "A C", "A C"),
    (A @ (C + D @ C), "A (C + D C)", "A (C + D C)"),
    (A + 2 * B, "A + 2 B", "A + 2 B"),
    (A - B, "A − B", "A - B"),
    (r * (A - B), "r (A − B)", "r (A - B)"),
    (A * B, "A ∘ B", r"A \circ B"),
    (A * B + A, "A ∘ B + A", r"A \circ B + A"),
    ((A @ D) * B, "(A D) ∘ B", r"(A D) \circ B"),
    (A @ (D * D), "A (D ∘ D)", r"A (D \circ D)"),
    ((A @ D).T, "(A D)ᵀ", r"(A D)^{\top}"),
    (inverse(D.T), "(Dᵀ)⁻¹", r"(D^{\top})^{-1}"),
    (sigma(A), "σ(A)", r"\sigma(A)"),
    (sigma(A @ D).T, "σ(A D)ᵀ", r"\sigma(A D)^{\top}"),
    (block(A, B), "[A, B]", r"\begin{bmatrix} A & B \end{bmatrix}"),
    (
        stack(block(A, B), block(B, A)),
        "[A, B; B, A]",
        r"\begin{bmatrix} A & B \\ B & A \end{bmatrix}",
    ),
    (block(block(A, B), B), "[A, B, B]", r"\begin{bmatrix} A & B & B \end{bmatrix}"),
    (
        block(A, block(B, B)),
        "[A, [B, B]]",
        r"\begin{bmatrix} A & \begin{bmatrix} B & B \end{bmatrix} \end{bmatrix}",
    ),
    (block(A, B)[i, j], "[A, B]_ij", r"\begin{bmatrix} A & B \end{bmatrix}_{i j}"),
    (rank(A @ C), "rank (A C)", r"\operatorname{rank} (A C)"),
    (
        rank(block(X, ones(N, 1))),
        "rank [X, 𝟙_N]",
        r"\operatorname{rank} \begin{bmatrix} X & \mathbf{1}_{N} \end{bmatrix}",
    ),
    (trace(A.T @ B), "tr (Aᵀ B)", r"\operatorname{tr} (A^{\top} B)"),
    (ones(m, n), "𝟙_(m×n)", r"\mathbf{1}_{m \times n}"),
    (
        entries(i, j, m, n, r * i + j),
        "(r i + j)_(i≤m, j≤n)",
        r"(r i + j)_{i \le m,\, j \le n}",
    ),
    # sizes of 0 and I, where they must be said
    (nothing, "0_(m×n)", r"0_{m \times n}"),
    (zeros(n, 1), "0_n", "0_{n}"),
    (A == 0, "A = 0", "A = 0"),
    (A + nothing, "A + 0", "A + 0"),
    (D - identity_matrix(n), "D − I", "D - I"),
    (rank(identity_matrix(n)), "rank I_n", r"\operatorname{rank} I_{n}"),
    (A @ identity_matrix(n), "A I", "A I"),
    (A @ zeros(n, m), "A · 0_(n×m)", r"A \cdot 0_{n \times m}"),
    (A @ zeros(n, m) == ones(m, m), "A · 0 = 𝟙_(m×m)", r"A \cdot 0 = \mathbf{1}_{m \times m}"),
    (
        rank(block(A, zeros(m, 2))),
        "rank [A, 0_(m×2)]",
        r"\operatorname{rank} \begin{bmatrix} A & 0_{m \times 2} \end{bmatrix}",
    ),
    (
        stack(block(A, zeros(m, m)), block(zeros(n, n), C)),
        "[A, 0; 0, C]",
        r"\begin{bmatrix} A & 0 \\ 0 & C \end{bmatrix}",
    ),
    (H(nothing), "H(0)", "H(0)"),
    # functions
    (sigma(x), "σ(x)", r"\sigma(x)"),
    (derivative(sigma)(x), "σ′(x)", r"\sigma'(x)"),
    (derivative(derivative(sigma)), "σ′′", r"\sigma''"),
    (derivative(sigma)(x) ** 2, "σ′(x)²", r"\sigma'(x)^{2}"),
    (derivative(path)(0).T, "path′(0)ᵀ", r"\operatorname{path}'(0)^{\top}"),
    (derivative(fn(t, t * t))(x), "(t ↦ t²)′(x)", r"(t \mapsto t^{2})'(x)"),
    (fn(t, t + 1), "t ↦ t + 1", r"t \mapsto t + 1"),
    (fn(k, W[k + 1]), "k ↦ W_(k+1)", r"k \mapsto W_{k+1}"),
    (fn(A, A + A), "A ∈ ℝ^(m×n) ↦ A + A", r"A \in \mathbb{R}^{m \times n} \mapsto A + A"),
    (fn(A, H(A)), "A ↦ H(A)", r"A \mapsto H(A)"),
    (fn(i, both(i >= 1, i <= n)), "{i ∈ ℤ : 1 ≤ i ≤ n}", r"\{i \in \mathbb{Z} : 1 \le i \le n\}"),
    (gradient(H, A), "∇H(A)", r"\nabla H(A)"),
    (
        gradient(fn(B, trace(B.T @ B)), A),
        "∇_A tr (Aᵀ A)",
        r"\nabla_{A} \operatorname{tr} (A^{\top} A)",
    ),
    (
        gradient(fn(B, trace(B.T @ A)), A),
        "∇(B ↦ tr (Bᵀ A))(A)",
        r"\nabla (B \mapsto \operatorname{tr} (B^{\top} A))(A)",
    ),
    (
        recursion(k, r, 0, x, r * s + k)[n],
        "(r₀ = x, r_k = r_(k−1) s + k for k > 0)_n",
        r"(r_{0} = x, r_{k} = r_{k-1} s + k\text{ for }k > 0)_{n}",
    ),
    (
        recursion(k, r, L, x, r, down=True),
        "(r_L = x, r_k = r_(k+1) for k < L)",
        r"(r_{L} = x, r_{k} = r_{k+1}\text{ for }k < L)",
    ),
    # definitions, at the usual point and at another one
    (features(W, b)[k], "F_k", "F_{k}"),
    (features(V, c)[k], "F_k(V, c)", "F_{k}(V, c)"),
    (features(V, b)[k + 1].T, "F_(k+1)(V, b)ᵀ", r"F_{k+1}(V, b)^{\top}"),
    (features(W, b), "F", "F"),
    (features(V, b), "F(V, b)", "F(V, b)"),
    (inputs(W, b, k), "G_k", "G_{k}"),
    (inputs(V, c, k - 1), "G_(k−1)(V, c)", "G_{k-1}(V, c)"),
    (objective(W, update(b, 1, c[1])), "Φ(W, b[1 ↦ c₁])", r"\Phi(W, b[1 \mapsto c_{1}])"),
    (
        gradient(fn(M, objective(update(W, k, M), b)), W[k]),
        "∇_(W_k) Φ",
        r"\nabla_{W_{k}} \Phi",
    ),
    (
        gradient(fn(M, objective(update(W, k, M), b) + rank(W[1])), W[k]),
        "∇(M ↦ Φ(W[k ↦ M], b) + rank W₁)(W_k)",
        r"\nabla (M \mapsto \Phi(W[k \mapsto M], b) + \operatorname{rank} W_{1})(W_{k})",
    ),
    (
        every(V, c, objective(W, b) <= objective(V, c)),
        "for every V, c: Φ ≤ Φ(V, c)",
        r"\forall V, c:\ \Phi \le \Phi(V, c)",
    ),
    (every(W, objective(W, b) <= r), "for every W: Φ(W, b) ≤ r", r"\forall W:\ \Phi(W, b) \le r"),
    (critical(W, b), "critical point", r"\nabla\Phi = 0"),
    (critical(V, c), "critical point at (V, c)", r"\nabla\Phi = 0\text{ at }(V, c)"),
    # notations with arguments
    (psd(A @ C), "A C ⪰ 0", r"A C \succeq 0"),
    (~psd(D), "not (D ⪰ 0)", r"\lnot (D \succeq 0)"),
    (norm(A + B), "‖A + B‖", r"\lVert A + B \rVert"),
    (norm(A) * r, "‖A‖ r", r"\lVert A \rVert r"),
    (exp(r + 1), "e^(r+1)", "e^{r+1}"),
    (exp(r) ** 2, "(e^r)²", "(e^{r})^{2}"),
    (exp(A), "exp(A)", r"\operatorname{exp}(A)"),
    (smooth(sigma), "σ is smooth", r"\sigma\text{ is smooth}"),
    (near(A, B), "near(A, B)", r"\text{near}(A, B)"),
    # formulas
    (r != 0, "r ≠ 0", r"r \ne 0"),
    (~(r <= s), "not (r ≤ s)", r"\lnot (r \le s)"),
    (J(k), "k ∈ I", r"k \in I"),
    (~J(k + 1), "k + 1 ∉ I", r"k + 1 \notin I"),
    (both(k >= 1, k < n), "1 ≤ k < n", r"1 \le k < n"),
    (both(r < s, t < x), "r < s and t < x", r"r < s \land t < x"),
    (
        both(either(r < s, s < r), r == 0),
        "(r < s or s < r) and r = 0",
        r"(r < s \lor s < r) \land r = 0",
    ),
    ((r < s) >> (s < t), "if r < s then s < t", r"r < s \Rightarrow s < t"),
    (
        ((r < s) >> (s < t)) >> (t < x),
        "if (if r < s then s < t) then t < x",
        r"(r < s \Rightarrow s < t) \Rightarrow t < x",
    ),
    (each(i, 1, N, r >= 0), "for all i = 1..N: 0 ≤ r", r"\forall i = 1, \dots, N:\ 0 \le r"),
    (
        each(i, 1, N, each(j, i + 1, N, A[i, j] == 0)),
        "for all i = 1..N, j = i+1..N: A_ij = 0",
        r"\forall i = 1, \dots, N, j = i+1, \dots, N:\ A_{i j} = 0",
    ),
    (
        both(each(i, 1, N, A[i, i] == 0), r == 0),
        "(for all i = 1..N: A_ii = 0) and r = 0",
        r"(\forall i = 1, \dots, N:\ A_{i i} = 0) \land r = 0",
    ),
    (
        exists(h, both(A @ h == 0, h != 0)),
        "there is h ∈ ℝ^n with A h = 0 and h ≠ 0",
        r"\exists h \in \mathbb{R}^{n}:\ A h = 0 \land h \ne 0",
    ),
    (
        exists(h, y, h == y),
        "there are h, y ∈ ℝ^n with h = y",
        r"\exists h, y \in \mathbb{R}^{n}:\ h = y",
    ),
    (
        every(s, t, sigma(s) <= sigma(t)),
        "for every s, t: σ(s) ≤ σ(t)",
        r"\forall s, t:\ \sigma(s) \le \sigma(t)",
    ),
    (every(t, t <= r), "for every t ∈ ℝ: t ≤ r", r"\forall t \in \mathbb{R}:\ t \le r"),
    (
        every(k, sigma(k) <= r),
        "for every k ∈ ℤ: σ(k) ≤ r",
        r"\forall k \in \mathbb{Z}:\ \sigma(k) \le r",
    ),
    (
        every(V, V[1] == W[1]),
        "for every V_k ∈ ℝ^(n_(k−1)×n_k) (k ∈ ℤ): V₁ = W₁",
        r"\forall V_{k} \in \mathbb{R}^{n_{k-1} \times n_{k}}\ (k \in \mathbb{Z}):\ V_{1} = W_{1}",
    ),
    (
        every(f, f(0) == 0),
        "for every f: ℝ → ℝ: f(0) = 0",
        r"\forall f \colon \mathbb{R} \to \mathbb{R}:\ f(0) = 0",
    ),
    (both(), "true", r"\text{true}"),
    (either(), "false", r"\text{false}"),
    (both(r == s) == psd(D), "(r = s) ⇔ (D ⪰ 0)", r"(r = s) \Leftrightarrow (D \succeq 0)"),
]


@pytest.mark.parametrize(("e", "plain", "tex"), PRINTED, ids=[p for _, p, _ in PRINTED])
def test_printed_as_a_person_writes(e: Expr, plain: str, tex: str) -> None:
    assert text(e.term, NOTATION) == plain
    assert latex(e.term, NOTATION) == tex


# ---- names --------------------------------------------------------------------------------------
def test_a_name_like_a_member_of_a_family_is_printed_as_it_is_written() -> None:
    other = matrix("W1", size[0], size[1])
    assert text((other == W[1]).term) == "W1 = W₁"
    assert latex((other == W[1]).term) == r"\mathtt{W1} = W_{1}"
    assert text((other == other).term) == "W₁ = W₁"
    assert text((real("x1") + real("x_1")).term) == "x1 + x_1"
    assert text((real("sigma") + real("σ")).term) == "sigma + σ"
    assert text((scalar_function("f'")(r) + derivative(f)(r)).term) == "f'(r) + f′(r)"


def test_identity_beside_a_name_like_it() -> None:
    assert text(both(D - identity_matrix(n) == 0, J(k)).term) == "D − Id = 0 and k ∈ I"


def test_bound_names_get_free_letters() -> None:
    formula = each(i, 1, N, every(t, exists(A, A[i, 1] == t)))
    form = Normal().form(formula.term)
    assert "#0" in repr(form)
    assert (
        text(form) == "for all i = 1..N: for every t ∈ ℝ: there is V ∈ ℝ^(m×n) with t − V_(i,1) = 0"
    )


def test_bound_variable_that_was_renamed_gets_a_letter_without_primes() -> None:
    moved = substitute(every(s, s < t).term, {t.term: s.term})
    assert text(moved) == "for every t ∈ ℝ: t < s"
    assert text(var("#0", INT)) == "i"
    assert text(term("add", var("#0", REAL), t.term)) == "s + t"


def test_variables_bound_within_each_other_have_different_letters() -> None:
    once = exists(A, rank(A) == 1).term
    assert text(term("exists", A.term, once)) == "there are A, V ∈ ℝ^(m×n) with rank V = 1"
    assert text(term("exists", A.term, term("exists", A.term, once))).startswith(
        "there are A, V, U ∈"
    )


def test_hidden_point_is_shown_where_it_is_bound() -> None:
    formula = both(objective(W, b) <= r, every(W, objective(W, b) <= r))
    assert text(formula.term, NOTATION) == "Φ ≤ r and (for every V: Φ(V, b) ≤ r)"


PARAMETERS = (
    r"\Phi \colon (\mathbb{R}^{n_{k-1} \times n_{k}})_{k} \times "
    r"(\mathbb{R}^{1 \times n_{k}})_{k} \to \mathbb{R}"
)


@pytest.mark.parametrize(
    ("v", "plain", "tex"),
    [
        (k, "k: integer", r"k \in \mathbb{Z}"),
        (N, "N: natural number", r"N \in \mathbb{N}"),
        (alpha, "α: real number", r"\alpha \in \mathbb{R}"),
        (X, "X: N × n₀ matrix", r"X \in \mathbb{R}^{N \times n_{0}}"),
        (h, "h: n × 1 matrix", r"h \in \mathbb{R}^{n}"),
        (
            matrix("Z", m + n, 2 * n),
            "Z: (m + n) × (2 n) matrix",
            r"Z \in \mathbb{R}^{(m+n) \times (2 n)}",
        ),
        (
            W,
            "W_k: n_(k−1) × n_k matrix for each integer k",
            r"W_{k} \in \mathbb{R}^{n_{k-1} \times n_{k}}\ (k \in \mathbb{Z})",
        ),
        (
            size,
            "n_k: natural number for each integer k",
            r"n_{k} \in \mathbb{N}\ (k \in \mathbb{Z})",
        ),
        (sigma, "σ: function ℝ → ℝ", r"\sigma \colon \mathbb{R} \to \mathbb{R}"),
        (H, "H: function ℝ^(m×n) → ℝ", r"H \colon \mathbb{R}^{m \times n} \to \mathbb{R}"),
        (
            function("Phi", W, function("of b", b, r)),
            "Φ: function (ℝ^(n_(k−1)×n_k))_k × (ℝ^(1×n_k))_k → ℝ",
            PARAMETERS,
        ),
        (
            function("F", size, r),
            "F: function (ℤ → ℕ) → ℝ",
            r"F \colon (\mathbb{Z} \to \mathbb{N}) \to \mathbb{R}",
        ),
        (
            function("g", i, sigma),
            "g_k: function ℝ → ℝ for each integer k",
            r"g_{k} \colon \mathbb{R} \to \mathbb{R}\ (k \in \mathbb{Z})",
        ),
        (J, "I: set of integers", r"I \subseteq \mathbb{Z}"),
    ],
    ids=repr,
)
def test_declarations(v: Expr, plain: str, tex: str) -> None:
    assert declaration(v.term) == plain
    assert declaration(v.term, tex=True) == tex


def test_names_of_a_formula_come_in_the_order_of_their_sorts() -> None:
    formula = rank(block(X, ones(N, 1))) == N
    assert names(formula.term) == (
        "N: natural number",
        "n_k: natural number for each integer k",
        "X: N × n₀ matrix",
    )
    assert names(formula.term, tex=True)[0] == r"N \in \mathbb{N}"


def test_notation_of_a_variable() -> None:
    notation = {"W": Notation("W^{0}", "W^{0}"), "alpha": Notation("η", r"\eta")}
    assert text((alpha * W[k]).term, notation) == "η W^k"
    assert latex(W[k + 1].T.term, notation) == r"(W^{k+1})^{\top}"
    assert text(W.term, notation) == "W"


def test_notation_that_shows_other_arguments_in_text_than_in_latex_should_fail() -> None:
    with pytest.raises(DeclarationError, match="must show the same arguments"):
        Notation("x²", "x^{2}")
    assert latex(x.term, {"x": Notation("x²", "x^{{2}}")}) == "x^{2}"


def test_repr_is_that_of_the_tree() -> None:
    assert repr((r - s).term) == "add(r, mul(-1, s))"


@pytest.mark.parametrize("e", [e for e, _, _ in PRINTED], ids=[p for _, p, _ in PRINTED])
def test_braces_of_latex_are_balanced(e: Expr) -> None:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", latex(e.term, NOTATION)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
