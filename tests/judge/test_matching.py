"""What an author leaves out of a step is found, and the kernel accepts what was found."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.matching import FIND, completed, explain
from symbolic_landscape.judge.record import Fact
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    fn,
    function,
    gradient,
    integer,
    matrices,
    matrix,
    natural,
    ones,
    rank,
    real,
    scalar_function,
    the,
    total,
    trace,
    widths,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.proof import at, by, cite, have, logic, obtain
from symbolic_landscape.statement.rule import Rule, rule
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term, substitute

# ---- rules ---------------------------------------------------------------------------------------
m, n, p, q = (natural(name) for name in "mnpq")
i, j, k, lo, hi = (integer(name) for name in ("i", "j", "k", "lo", "hi"))
s, t = real("s"), real("t")
A, A2, B, C, D = (
    matrix("A", m, n),
    matrix("A2", m, n),
    matrix("B", n, p),
    matrix("C", m, p),
    matrix("D", m, q),
)
R = matrix("R", n, m)
f, g = function("f", i, s), function("g", i, s)
c = widths("c")
M = matrices("M", lambda k: c[k - 1], lambda k: c[k])
h = function("h", C, s)
Z, V, beta = matrix("Z", n, p), matrix("V", n, p), matrix("beta", 1, p)
scalar = scalar_function("u")

full_rank = rule(rank(A) == n, A @ B == 0, then=B == 0)
hadamard = rule(each(i, 1, m, each(j, 1, n, A[i, j] != 0)), A * A2 == 0, then=A2 == 0)
product = rule(then=rank(A @ B) <= rank(A))
sum_of_ranks = rule(then=rank(A + A2) <= rank(A) + rank(A2))
orthogonal = rule(A.T @ C == 0, D.T @ C == 0, then=block(A, D).T @ C == 0)
substituted = rule(A @ B == C, rank(A @ B) == k + 1, then=rank(C) == k + 1)
summed = rule(each(i, lo, hi, f(i) <= g(i)), then=total(i, lo, hi, f(i)) <= total(i, lo, hi, g(i)))
family = rule(each(i, 1, hi, rank(M[i]) == c[i]), then=rank(M[hi]) == c[hi], where=(hi >= 1,))
entries = rule(each(i, 1, m, each(j, 1, n, A[i, j] == 0)), then=A == 0)
affine = rule(
    then=gradient(fn(Z, h(A @ Z + ones(m, 1) @ beta)), V)
    == A.T @ gradient(h, A @ V + ones(m, 1) @ beta)
)
cyclic = rule(trace(A @ R) == 0, rank(A) == n, then=trace(R @ A) <= 0)
positive = rule(s > 0, t >= 0, then=s * t >= 0)
entrywise = rule(every(s, scalar(s) > 0), then=each(i, 1, m, each(j, 1, n, scalar(A)[i, j] > 0)))
both_hold = rule(both(s <= t, t <= s), then=s == t)
RULES = {name: value for name, value in globals().items() if isinstance(value, Rule)}
for name, value in RULES.items():
    value.name = name

# ---- a network -----------------------------------------------------------------------------------
N, L, d, width = natural("N"), natural("L"), natural("d"), widths("n")
a, b = real("a"), real("b")
X, Y, U = matrix("X", N, d), matrix("Y", N, d), matrix("U", d, N)
W = matrices("W", lambda k: width[k - 1], lambda k: width[k])
F = matrices("F", lambda k: N, lambda k: width[k])
Delta = matrices("Delta", lambda k: N, lambda k: width[k])
bias = matrices("bias", lambda k: 1, lambda k: width[k])
sigma = scalar_function("sigma")
w, v = function("w", i, s), function("v", i, s)
phi = function("phi", matrix("G", N, width[k]), s)
one = ones(N, 1)
NAMES = (N, L, d, width, k, a, b, X, Y, U, W, F, Delta, bias, sigma, w, v, phi)


def scope_of(facts: Mapping[str, Expr], names: tuple[Expr, ...] = NAMES) -> Scope:
    scope = Scope((), {}, Normal())
    for name in names:
        scope.declare(the(name))
    for name, fact in facts.items():
        scope.add(name, Fact(the(fact), frozenset({name})))
    return scope


def derived(step: Step, facts: Mapping[str, Expr], gives: Expr, **finished: Any) -> Step:
    """The completed step; it gives this, and the kernel accepts it, completed before or there."""
    scope = scope_of(facts)
    done = completed(step, scope)
    assert done is not step, explain(step, scope)
    assert done.gives is not None
    assert scope.normal.same(done.gives, the(gives)), done.gives
    hypotheses = {name: the(fact) for name, fact in facts.items()}
    for proof, complete in (((done,), lambda step, _: step), ((step,), completed)):
        claim = Claim("T.1", tuple(map(the, NAMES)), (), hypotheses, the(gives), proof)
        report = Kernel(RULES.values(), finished.get("claims", {}), complete).check(claim)
        assert report.derived, [x.refused for x in report.steps]
    return done


def found(step: Step) -> Mapping[str, str]:
    return {name: repr(term) for name, term in step.reason.terms.items()}  # type: ignore[attr-defined]


# ---- rules at facts of the network ---------------------------------------------------------------
def test_shapes_are_found_with_the_matrices() -> None:
    facts = {"rank": rank(F[k]) == width[k], "product": F[k] @ W[k + 1] == 0}
    done = derived(have("s", None, by(full_rank), "rank", "product"), facts, W[k + 1] == 0)
    assert found(done) == {
        "A": "apply(F, k)",
        "B": "apply(W, add(1, k))",
        "m": "N",
        "n": "apply(n, k)",
        "p": "apply(n, add(1, k))",
    }


def test_an_equation_is_matched_transposed() -> None:
    facts = {"rank": rank(W[k + 1]) == width[k + 1], "errors": Delta[k + 1] @ W[k + 1].T == 0}
    done = derived(have("s", None, by(full_rank), "rank", "errors"), facts, Delta[k + 1] == 0)
    assert repr(done.gives) == repr(the(Delta[k + 1] == 0))


@pytest.mark.parametrize(
    "fact",
    [
        3 * (F[k] @ W[k + 1]) == 0,
        zeros(N, width[k + 1]) == F[k] @ W[k + 1],
        F[k] @ (W[k + 1] + W[k + 1]) == 0,
        W[k + 1].T @ F[k].T == 0,
        F[k] @ W[k + 1] - F[k] @ W[k + 1] @ F[k + 1].T @ F[k + 1] == -2 * F[k] @ W[k + 1],
    ],
)
def test_equations_are_matched_up_to_scale_sides_and_sums(fact: Expr) -> None:
    facts = {"rank": rank(F[k]) == width[k], "product": fact}
    done = completed(have("s", None, by(full_rank), "rank", "product"), scope_of(facts))
    assert done.gives is not None
    derived(have("s", None, by(full_rank), "rank", "product"), facts, Expr(done.gives))


def test_one_product_is_cut_where_the_other_premise_says() -> None:
    facts = {"product": X @ U @ X == 0, "rank": rank(X @ U) == N}
    derived(have("s", None, by(full_rank), "rank", "product"), facts, X == 0)
    facts = {"product": X @ U @ X == 0, "rank": rank(X) == d}
    derived(have("s", None, by(full_rank), "rank", "product"), facts, U @ X == 0)


def test_orthogonal_blocks() -> None:
    facts = {"F": F[k].T @ Delta[k + 1] == 0, "ones": one.T @ Delta[k + 1] == 0}
    wanted = block(F[k], one).T @ Delta[k + 1] == 0
    derived(have("s", None, by(orthogonal), "F", "ones"), facts, wanted)


def test_hadamard_products_commute() -> None:
    facts = {"entries": each(j, 1, N, each(k, 1, d, Y[j, k] != 0)), "product": X * Y == 0}
    derived(have("s", None, by(hadamard), "entries", "product"), facts, X == 0)


def test_a_difference_is_collected_inside_a_hadamard_product() -> None:
    facts = {"entries": each(i, 1, N, each(j, 1, d, Y[i, j] != 0)), "product": X * Y == 2 * Y * Y}
    done = completed(have("s", None, by(hadamard), "entries", "product"), scope_of(facts))
    assert found(done)["A2"] == "add(X, mul(-2, Y))"


def test_a_difference_is_collected_from_entries() -> None:
    facts = {"entries": each(k, 1, N, each(i, 1, d, X[k, i] - a * Y[k, i] == 0))}
    derived(have("s", None, by(entries), "entries"), facts, X - a * Y == 0)


@pytest.mark.parametrize(
    ("yields", "reason"),
    [
        (rank(X @ U) <= rank(X), by(product)),
        (rank(X @ U) - rank(X) <= 0, by(product)),
        (rank(X @ U @ Y) <= rank(X @ U), by(product)),
        (rank(U.T @ X.T) <= rank(U.T), by(product)),
        (rank(X + Y) <= rank(Y) + rank(X), by(sum_of_ranks)),
        (rank(2 * X - Y) <= rank(2 * X) + rank(-Y), by(sum_of_ranks)),
        (rank(a * X @ U) <= rank(X), by(product, A=X)),
    ],
)
def test_what_is_given_is_matched_with_the_yield(yields: Expr, reason: Any) -> None:
    derived(have("s", yields, reason), {}, yields)


def test_integers_are_solved_for_one_unknown() -> None:
    facts = {"product": X @ U == X @ U @ X @ U, "rank": rank(X @ U) == L}
    done = derived(
        have("s", None, by(substituted), "product", "rank"), facts, rank(X @ U @ X @ U) == L
    )
    assert found(done)["k"] == "add(-1, L)"


def test_functions_under_a_range_are_found() -> None:
    facts = {"terms": each(k, 1, L, a * w(k) <= v(k + 1))}
    wanted = total(i, 1, L, a * w(i)) <= total(i, 1, L, v(i + 1))
    derived(have("s", None, by(summed), "terms"), facts, wanted)


def test_families_and_their_widths_are_found() -> None:
    facts = {"range": both(L >= 1, L >= 0), "ranks": each(k, 1, L, rank(W[k]) == width[k])}
    scope = scope_of(facts)
    step = have("s", None, by(family), "ranks")
    done = completed(step, scope)
    assert found(done) == {"M": "W", "c": "n", "hi": "L"}
    assert explain(step, scope) == "family needs le(1, L), which is not known"


def test_gradient_through_an_affine_layer() -> None:
    u = matrix("u", width[k - 1], width[k])
    point = F[k - 1] @ W[k] + one @ bias[k]
    wanted = gradient(fn(u, phi(F[k - 1] @ u + one @ bias[k])), W[k]) == F[k - 1].T @ gradient(
        phi, point
    )
    derived(have("s", wanted, by(affine)), {}, wanted)
    derived(have("s", wanted, by(affine, h=phi)), {}, wanted)
    done = completed(
        have("s", None, by(affine, h=phi, A=F[k - 1], beta=bias[k], V=W[k])), scope_of({})
    )
    assert scope_of({}).normal.same(done.gives, the(wanted))  # type: ignore[arg-type]


def test_a_functional_that_the_author_gives_is_multiplied_out_and_found() -> None:
    u = matrix("u", width[k - 1], width[k])
    at_u, at_W = (F[k - 1] @ z + one @ bias[k] for z in (u, W[k]))
    G = matrix("G", N, width[k])
    functional = fn(G, trace(G.T @ G))
    wanted = gradient(fn(u, trace(at_u.T @ at_u)), W[k]) == F[k - 1].T @ gradient(functional, at_W)
    derived(have("s", wanted, by(affine, h=functional)), {}, wanted)


def test_traces_turn() -> None:
    facts = {"trace": trace(U @ X @ U @ Y) == 0, "rank": rank(Y @ U) == N}
    derived(have("s", None, by(cyclic), "trace", "rank"), facts, trace(Y @ U @ X @ U) <= 0)
    facts = {"trace": trace(X.T @ Y) == 0, "rank": rank(Y) == d}
    derived(have("s", None, by(cyclic), "trace", "rank"), facts, trace(X.T @ Y) <= 0)


def test_inequalities_are_matched_in_normal_form() -> None:
    facts = {"a": 2 * a - 2 * b > 0, "b": b >= 3}
    done = derived(have("s", None, by(positive), "a", "b"), facts, (a - b) * (b - 3) >= 0)
    assert set(found(done)) == {"s", "t"}
    facts = {"i": k >= 4, "b": b >= 3}
    derived(have("s", None, by(positive), "i", "b"), facts, (k - 3) * (b - 3) >= 0)


def test_predicates_of_functions_carry_over() -> None:
    facts = {"slope": every(a, sigma(a) > 0)}
    step = have("s", each(i, 1, N, each(j, 1, d, sigma(X)[i, j] > 0)), by(entrywise), "slope")
    derived(step, facts, each(i, 1, N, each(j, 1, d, sigma(X)[i, j] > 0)))


def test_parts_of_a_conjunction_are_matched_in_any_order() -> None:
    facts = {"both": both(a <= b * b, b * b <= a)}
    derived(have("s", None, by(both_hold), "both"), facts, a == b * b)


# ---- facts that are looked for -------------------------------------------------------------------
MANY = {
    "wide": rank(X) == N,
    "rank": rank(W[k + 1]) == width[k + 1],
    "other": rank(W[k]) == width[k],
    "errors": Delta[k + 1] @ W[k + 1].T == 0,
    "zero": F[k] == 0,
}


@pytest.mark.parametrize("uses", [(FIND,), (FIND, FIND), ("rank", FIND), (FIND, "errors")])
def test_premises_are_found_among_the_facts(uses: tuple[str, ...]) -> None:
    done = derived(have("s", None, by(full_rank), *uses), MANY, Delta[k + 1] == 0)
    assert done.uses == ("rank", "errors")


def test_the_yield_chooses_among_the_facts() -> None:
    facts = {**MANY, "features": F[k] @ W[k].T == 0}
    del facts["zero"]
    done = derived(have("s", F[k] == 0, by(full_rank), FIND), facts, F[k] == 0)
    assert done.uses == ("other", "features")
    done = derived(have("s", Delta[k + 1] == 0, by(full_rank), FIND), facts, Delta[k + 1] == 0)
    assert done.uses == ("rank", "errors")


def test_a_yield_that_is_known_is_passed_over() -> None:
    facts = {"r": rank(X) == d, "p": X @ U == 0, "q": X @ U @ X == 0, "known": U == 0}
    done = derived(have("s", None, by(full_rank), FIND), facts, U @ X == 0)
    assert done.uses == ("r", "q")


# ---- what cannot be found ------------------------------------------------------------------------
def explained(step: Step, facts: Mapping[str, Expr]) -> str:
    scope = scope_of(facts)
    assert completed(step, scope) is step
    return explain(step, scope)


def test_a_premise_of_another_form_is_named() -> None:
    facts = {"rank": rank(X) == N, "product": X @ U == 0}
    text = explained(have("s", None, by(full_rank), "rank", "product"), facts)
    assert text.startswith("premise 1, eq(rank(A), n), is not matched by rank: eq(rank(X), N) with")
    facts["product"] = a * a == 0
    text = explained(have("s", None, by(full_rank), "rank", "product"), facts)
    assert text == "premise 1, eq(rank(A), n), is not matched by rank: eq(rank(X), N)"


def test_premises_that_do_not_go_together_are_named_with_what_was_found() -> None:
    facts = {"rank": rank(X) == d, "product": Y @ U == 0}
    text = explained(have("s", None, by(full_rank), "rank", "product"), facts)
    assert text.startswith("premise 2, eq(mul(A, B), zeros(m, p)), is not matched by product")
    assert "A = X" in text


def test_what_nothing_determines_is_named() -> None:
    assert "nothing determines A2" in explained(have("s", None, by(sum_of_ranks, A=X)), {})


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (have("s", None, by(full_rank), "rank"), "has 2 premises, got 1"),
        (have("s", None, by(full_rank), "rank", "none"), "there is no fact none here"),
        (have("s", None, by(full_rank, E=X), "rank", "rank"), "there is no variable E"),
        (have("s", None, by(full_rank, n=-1), "rank", "rank"), "do not fit the sorts"),
        (have("s", None, by(full_rank), FIND), "is not matched by any of 2 facts"),
        (have("s", rank(X) <= N, logic, "rank"), "no use of a rule"),
    ],
)
def test_steps_that_cannot_be_completed_should_fail(step: Step, words: str) -> None:
    assert words in explained(step, {"rank": rank(X) == d, "other": rank(Y) == d})


def test_what_is_matched_is_said() -> None:
    facts = {"rank": rank(X) == d, "product": X @ U == 0}
    text = explain(have("s", None, by(full_rank), "rank", "product"), scope_of(facts))
    assert text.startswith("full_rank is matched with ")
    assert "B = U" in text


def test_a_complete_step_stays_as_it_is() -> None:
    step = have("s", B == 0, by(full_rank, A=A, B=B, m=m, n=n, p=p), "x", "y")
    assert completed(step, scope_of({})) is step


def test_no_search_hangs() -> None:
    summands = [real(f"x{n}") for n in range(14)]
    left, right = sum(summands[:7], a), sum(summands[7:], b)
    facts = {"sum": left * left * left == right * right * right, "no": a * b == 0}
    no_square = rule(s * s * s + t * t * t + s * t == 0, s * t == 1, then=s == 0)
    no_square.name = "no_square"
    scope = scope_of(facts, (*NAMES, *summands))
    start = time.perf_counter()
    step = have("s", None, by(no_square), "sum", "no")
    assert completed(step, scope) is step
    assert time.perf_counter() - start < 5


# ---- other reasons -------------------------------------------------------------------------------
def test_yields_of_quantified_facts_are_found() -> None:
    facts = {
        "each": each(i, 1, L, each(j, 1, i, w(i) <= v(j))),
        "some": exists(s, s * s == a),
        "if": (a <= b) >> (b <= 3),
        "a": a <= b,
    }
    scope = scope_of(facts)
    for step, wanted in (
        (have("s", None, at(L, 1), "each"), w(L) <= v(1)),
        (have("s", None, obtain(t), "some"), t * t == a),
        (have("s", None, logic, "a", "if"), b <= 3),
    ):
        done = completed(step, scope)
        assert done.gives is the(wanted)
    for step in (
        have("s", None, at(L, 1), "some"),
        have("s", None, obtain(t), "each"),
        have("s", None, logic, "a"),
        have("s", None, at(L), "none"),
    ):
        assert completed(step, scope).gives is None


SQUARE = Setting("a square matrix", variables=(n, matrix("S", n, n)), standing=(n >= 1,))
S, T = matrix("S", n, n), matrix("T", n, n)
CITED = Statement(
    "T.cited",
    SQUARE,
    names=(T,),
    given={"rank": rank(S) == n, "product": S @ T == 0},
    then=T == 0,
    proof=(have("T", None, by(full_rank), "rank", "product"),),
)


def cited(step: Step, names: tuple[Expr, ...], facts: Mapping[str, Expr]) -> Step:
    """The completed citation; the kernel accepts it."""
    finished = {CITED.claim: Kernel(RULES.values(), {}, completed).check(CITED.claim)}
    assert finished[CITED.claim].derived
    scope = scope_of(facts, names)
    done = completed(step, scope)
    assert done.gives is not None
    claim = Claim(
        "T.2",
        tuple(map(the, names)),
        (),
        {name: the(fact) for name, fact in facts.items()},
        done.gives,
        (done,),
    )
    report = Kernel(RULES.values(), finished).check(claim)
    assert report.derived, [x.refused for x in report.steps]
    return done


def test_variables_of_a_citation_are_those_of_the_same_name() -> None:
    facts = {"size": n >= 1, "rank": rank(S) == n, "product": S @ T == 0}
    done = cited(have("s", None, cite(CITED)), (n, S, T), facts)
    assert done.gives is the(T == 0)
    assert found(done) == {"n": "n", "S": "S", "T": "T"}


def test_sorts_of_the_terms_given_determine_sizes() -> None:
    P, Q = matrix("P", q, q), matrix("Q", q, q)
    facts = {"size": q >= 1, "rank": rank(P) == q, "product": P @ Q == 0}
    done = cited(have("s", None, cite(CITED, S=P, T=Q)), (n, q, S, T, P, Q), facts)
    assert done.gives is the(Q == 0)
    assert found(done)["n"] == "q"


def test_hypotheses_of_a_citation_are_matched_with_facts() -> None:
    P, Q = matrix("P", q, q), matrix("Q", q, q)
    facts = {"size": q >= 1, "rank": rank(P) == q, "product": Q.T @ P.T == 0}
    done = cited(have("s", None, cite(CITED)), (q, P, Q), facts)
    assert done.gives is the(Q == 0)
    done = cited(have("s", Q == 0, cite(CITED)), (n, S, T, q, P, Q), facts)
    assert found(done) == {"n": "q", "S": "P", "T": "Q"}


# ---- random terms --------------------------------------------------------------------------------
SIZES = (N, d, L)
LETTERS, OPERATIONS = ("variable", "turned"), ("product", "scaled", "mapped")
DRAWN = {
    (hadamard, "A"): (),
    (cyclic, "R"): (*OPERATIONS, "hadamard"),
}
"""Operations in the terms for a variable, where not all of them."""


@st.composite
def matrices_of(
    draw: st.DrawFn, rows: Expr, columns: Expr, depth: int, operations: tuple[str, ...]
) -> Expr:
    """A random matrix term of this shape."""
    sizes = f"{rows}{columns}"
    kind = draw(st.sampled_from((*LETTERS, *(operations if depth else ()))))
    deeper = lambda r, c: draw(matrices_of(r, c, depth - 1, operations))  # noqa: E731
    if kind == "variable":
        return matrix(draw(st.sampled_from("GH")) + sizes, rows, columns)
    if kind == "turned":
        return matrix(f"K{columns}{rows}", columns, rows).T
    if kind == "product":
        inner = draw(st.sampled_from(SIZES))
        return deeper(rows, inner) @ deeper(inner, columns)
    if kind == "scaled":
        return draw(st.sampled_from((a, b, 2, -1))) * deeper(rows, columns)
    if kind == "mapped":
        return sigma(deeper(rows, columns))
    x, y = deeper(rows, columns), deeper(rows, columns)
    return x + y if kind == "sum" else x * y


@st.composite
def uses_of_rules(draw: st.DrawFn) -> tuple[Rule, dict[Term, Term]]:
    """A rule and random terms for its variables."""
    chosen = draw(st.sampled_from([full_rank, orthogonal, cyclic, product, hadamard, substituted]))
    change: dict[Term, Term] = {}
    sized = {"m", "n", "p", "q"}
    for v in chosen.variables:
        if v.name in sized:
            change[v] = the(draw(st.sampled_from(SIZES)))
        elif v.name == "k":
            change[v] = the(draw(st.sampled_from((k, L - 1, k + 2))))
    for v in chosen.variables:
        if v not in change:
            rows, columns = substitute(v.args[0], change).args
            operations = DRAWN.get((chosen, v.name), (*OPERATIONS, "hadamard", "sum"))
            change[v] = the(draw(matrices_of(Expr(rows), Expr(columns), 2, operations)))
    return chosen, change


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(uses_of_rules())
def test_normal_forms_of_instances_of_premises_are_matched(
    use: tuple[Rule, dict[Term, Term]],
) -> None:
    chosen, change = use
    normal = Normal()
    formulas = [substitute(f, change) for f in (*chosen.given, chosen.then)]
    formulas = [normal.form(f) for f in formulas]
    names = {x: None for f in formulas for x in f.free}
    assume(all(f.args for f in formulas))
    *premises, then = formulas
    facts = {f"p{n}": Expr(f) for n, f in enumerate(premises)}
    scope = scope_of({}, ())
    scope.names |= set(names)
    for name, fact in facts.items():
        scope.facts[name] = Fact(the(fact))
    gives = None if chosen.given else Expr(then)
    step = have("s", gives, by(chosen), *facts)
    done = completed(step, scope)
    assert done is not step, explain(step, scope)
    back = {v: done.reason.terms[str(v.name)] for v in chosen.variables}  # type: ignore[attr-defined]
    for pattern, formula in zip(chosen.given, premises, strict=True):
        assert normal.same(substitute(pattern, back), formula)
