"""Citations, and what a conclusion rests on: hypotheses, unaccepted steps, and nothing twice."""

# ruff: noqa: E501, C408 (a step is a line; conditions read as in papers)

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from accepted_derivations import SEEDS
from small_derivations import (
    BOOK,
    A,
    P,
    S,
    T,
    arbitrary,
    at,
    calculation,
    cases,
    claim,
    f,
    i,
    induct,
    j,
    judged,
    k,
    linear,
    logic,
    m,
    n,
    objections,
    obtain,
    step,
    suppose_not,
    take,
    v,
    x,
    y,
    z,
)

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    either,
    every,
    exists,
    fn,
    rank,
    the,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.step import Cite, Sampled, Step

# ---- citations -----------------------------------------------------------------------------------
LEAST = claim(
    (n, f, x),
    f(n) <= x + n,
    step("here", f(n) <= x, at(n), "all"),
    step("more", f(n) <= x + n, linear, "here"),
    standing=(n >= 1,),
    key="least",
    all=each(i, 1, n, f(i) <= x),
)
SQUARE = claim(
    (n, S, T), S @ T == T @ S, step("c", S @ T == T @ S, calculation, "t"), key="square", t=T == S
)
UNPROVED = claim((x, y), x <= y, step("s", x <= y, Sampled("nothing")), key="unproved")
REFUSED = claim((x, y), x <= y, step("s", x <= y, linear, "missing"), key="refused")
OTHER = claim((x, y), x <= y, step("s", x <= z, linear), key="other")
FINISHED = {c: judged(c) for c in (LEAST, SQUARE, UNPROVED, REFUSED, OTHER)}


def cite(c: Claim, **terms: Any) -> Cite:
    """A claim at terms."""
    return Cite(SimpleNamespace(claim=c), {name: the(t) for name, t in terms.items()})  # type: ignore[arg-type]


def citing(
    then: Any,
    cited: Claim,
    *,
    standing: Any = (n >= 1,),
    terms: dict[str, Any] | None = None,
    **given: Any,
) -> Derivation:
    """What the kernel says of a citation."""
    steps = [step("c", then, cite(cited, **(terms or {})))]
    c = claim((m, n, f, x, y, k, S), then, *steps, standing=standing, **given)
    return judged(c, finished=FINISHED)


ALL = each(i, 1, n, f(i) <= x)
CITATIONS = {
    "as_it_is": (dict(then=f(n) <= x + n, cited=LEAST, all=ALL), ""),
    "at_other_terms": (dict(then=2 * f(m) <= y + m, cited=LEAST, terms={"n": m, "x": y, "f": fn(i, 2 * f(i))}, standing=(m >= 1,), h=each(i, 1, m, 2 * f(i) <= y)), ""),
    "under_a_bound_name_of_its_own": (dict(then=x * f(n) <= y + n, cited=LEAST, terms={"x": y, "f": fn(k, x * f(k))}, h=each(j, 1, n, x * f(j) <= y)), ""),
    "without_a_hypothesis": (dict(then=f(n) <= x + n, cited=LEAST), "needs all"),
    "with_a_weaker_hypothesis": (dict(then=f(n) <= x + n, cited=LEAST, all=each(i, 1, n, f(i) <= x + 1)), "needs all"),
    "with_a_shorter_hypothesis": (dict(then=f(n) <= x + n, cited=LEAST, all=each(i, 2, n, f(i) <= x)), "needs all"),
    "without_an_assumption": (dict(then=f(n) <= x + n, cited=LEAST, standing=(), all=ALL), "assumes le(1, n)"),
    "with_the_assumption_as_a_hypothesis": (dict(then=f(n) <= x + n, cited=LEAST, standing=(), all=ALL, one=n >= 1), ""),
    "of_a_stronger_yield": (dict(then=f(n) <= x, cited=LEAST, all=ALL), "gives"),
    "of_another_place": (dict(then=f(1) <= x + n, cited=LEAST, all=ALL), "gives"),
    "at_one_term_only": (dict(then=f(m) <= x + m, cited=LEAST, terms={"n": m}, all=ALL), "assumes le(1, m)"),
    "at_a_negative_size": (dict(then=f(k) <= x + k, cited=LEAST, terms={"n": k}, standing=(), all=ALL), "is of sort nat"),
    "at_a_term_of_another_sort": (dict(then=f(n) <= x + n, cited=LEAST, terms={"x": S}, all=ALL), "is of sort real"),
    "at_an_undeclared_term": (dict(then=f(n) <= x + n, cited=LEAST, terms={"x": z}, all=ALL), "is not declared"),
    "at_a_term_too_many": (dict(then=f(n) <= x + n, cited=LEAST, terms={"z": x}, all=ALL), "has no z"),
    "with_a_variable_that_is_not_here": (dict(then=S @ S == S, cited=SQUARE, t=S == S), "needs a term for T"),
    "of_an_unproved_claim": (dict(then=x <= y, cited=UNPROVED), ""),
    "of_a_refused_claim": (dict(then=x <= y, cited=REFUSED), ""),
    "of_a_claim_that_is_not_meant": (dict(then=x <= y, cited=OTHER), "is refused"),
    "of_an_unfinished_claim": (dict(then=x <= y, cited=claim((x, y), x <= y, key="least")), "is not finished before"),
}  # fmt: skip


@pytest.mark.parametrize("name", CITATIONS)
def test_citation(name: str) -> None:
    arguments, fragment = CITATIONS[name]
    d = citing(**arguments)  # type: ignore[arg-type]
    if fragment:
        assert not d.derived
        assert fragment in objections(d), objections(d)
    elif name in ("of_an_unproved_claim", "of_a_refused_claim"):
        assert not objections(d)
        assert not d.derived
    else:
        assert d.derived, objections(d)
        assert not d.surplus


def test_claim_that_cites_itself_should_fail() -> None:
    reason = cite(LEAST)
    c = claim((x, y), x <= y, step("s", x <= y, reason), key="circle")
    object.__setattr__(reason, "statement", SimpleNamespace(claim=c))
    assert "is not finished before" in objections(judged(c, finished=FINISHED))


def test_twin_of_a_finished_claim_should_fail() -> None:
    twin = claim((n, f, x), contradiction, standing=(n >= 1,), key="least", all=LEAST.given["all"])
    d = citing(then=contradiction, cited=twin, all=ALL)
    assert "is not finished before" in objections(d)


def test_fact_under_another_name_is_the_same_fact_should_fail() -> None:
    first = step(
        "a",
        each(i, 1, n, f(i) <= x + 1),
        arbitrary(
            v, proof=[step("h", f(v) <= x, at(v), "all"), step("l", f(v) <= x + 1, linear, "h")]
        ),
    )
    again = step("b", each(j, 1, n, 2 * f(j) - 2 <= 2 * x), logic, "a")
    c = claim((n, f, x), first.gives, first, again, all=ALL)
    assert "is known here already" in objections(judged(c))


# ---- what a conclusion rests on ------------------------------------------------------------------
def surplus(
    then: Any,
    *steps: Step,
    variables: Any = (m, n, k, f, x, y, z, A, S),
    standing: Any = (),
    **given: Any,
) -> tuple[str, ...]:
    """Hypotheses that a derivation does without."""
    d = judged(claim(variables, then, *steps, standing=standing, **given))
    assert d.derived, objections(d)
    return d.surplus


L = step("l", x <= z, linear, "a", "b")
AB = {"a": x <= y, "b": y <= z}
IN_CASES = step(
    "c",
    x <= z,
    cases(
        [step("l", x <= z, linear, "a", "b")], [step("l", x <= z, linear, "a", "d")], split=z <= 0
    ),
)
RESTS: dict[str, Any] = {
    "all": ((x <= z, L), AB, ()),
    "none": ((x <= x + 1, step("l", x <= x + 1, linear)), AB, ("a", "b")),
    "one": ((x <= z, L), {**AB, "c": z <= 0}, ("c",)),
    "through_cases": ((x <= z, IN_CASES), {**AB, "d": both(y <= z, y <= z + 1), "e": x <= 0}, ("e",)),
    "through_the_disjunction": ((x <= 1, step("c", x <= 1, cases(
        [step("l", x <= 1, linear, "c.1")], [step("l", x <= 1, linear, "c.2")]), "o")), {"o": either(x <= 0, x < 1)}, ()),
    "through_a_contradiction": ((x != 0, step("c", x != 0, suppose_not(
        step("z", x == 0, logic, "c.not"), step("f", contradiction, linear, "z", "p")))), {"p": x > 0, "q": x > 1}, ("q",)),
    "through_arbitrary_values": ((every(k, f(k) <= z), step("g", every(k, f(k) <= z), arbitrary(v, proof=[
        step("h", f(v) <= y, at(v), "s"), step("l", f(v) <= z, linear, "h", "b")]))), {"s": every(k, f(k) <= y), "b": y <= z}, ()),
    "through_a_condition": (((x <= y) >> (x <= z), step("g", (x <= y) >> (x <= z), arbitrary(proof=[
        step("l", x <= z, linear, "g.if", "b")]))), {"b": y <= z, "c": z <= 0}, ("c",)),
    "through_induction": ((each(i, 0, n, f(i) <= x), step("g", each(i, 0, n, f(i) <= x), induct(
        v, [step("b", f(0) <= x, logic, "s")], [step("h", f(v + 1) <= f(v), at(v), "d"), step("l", f(v + 1) <= x, linear, "h", "g.before")]))),
        {"s": both(f(0) <= x, f(1) <= x), "d": each(i, 0, n, f(i + 1) <= f(i)), "e": x <= y}, ("e",)),
    "through_what_exists": ((exists(i, f(i) <= z), step("o", f(k) <= y, obtain(k), "s"), step("l", f(k) <= z, linear, "o", "b"),
        step("e", exists(i, f(i) <= z), take(k), "l")), {"s": exists(i, f(i) <= y), "b": y <= z}, ()),
    "of_a_known_range_nothing": ((f(1) <= x, step("h", f(1) <= x, at(1), "s")), {"s": each(i, 1, n, f(i) <= x), "u": n >= 2}, ("u",)),
}  # fmt: skip


@pytest.mark.parametrize("name", RESTS)
def test_surplus(name: str) -> None:
    (then, *steps), given, want = RESTS[name]
    names = (
        (m, n, f, x, y, z, A, S) if name == "through_what_exists" else (m, n, k, f, x, y, z, A, S)
    )
    standing = (n >= 1,) if name.startswith("of_a_known") else ()
    assert surplus(then, *steps, variables=names, standing=standing, **given) == want


def test_surplus_of_a_citation() -> None:
    d = citing(then=f(n) <= x + n, cited=LEAST, all=ALL, one=n >= 1, more=x <= y)
    assert d.derived
    assert d.surplus == ("one", "more")
    d = citing(then=f(n) <= x + n, cited=LEAST, standing=(), all=ALL, one=n >= 1, more=x <= y)
    assert d.surplus == ("more",)


def test_begged_hypothesis_makes_the_others_surplus() -> None:
    then = rank(A) <= 1
    d = judged(
        claim(
            (m, n, A, x),
            then & (x <= x),
            step("l", then & (x <= x), linear, "begged"),
            begged=then,
            flat=A == 0,
        )
    )
    assert d.surplus == ("flat",)


@pytest.mark.parametrize("reason", [linear, logic])
def test_fact_that_is_not_needed_hides_no_surplus_should_fail(reason: Any) -> None:
    then = either(x <= 1, P(x)) if reason is logic else x <= 2
    d = judged(claim((x, y), then, step("l", then, reason, "a", "b"), a=x <= 1, b=y <= 1))
    assert "is not needed" in objections(d)


@pytest.mark.parametrize(
    "reason",
    [
        arbitrary(proof=[step("l", x <= x + 1, linear)]),
        suppose_not(step("l", contradiction, linear, "s.not")),
    ],
)
def test_fact_that_cannot_be_used_hides_no_surplus_should_fail(reason: Any) -> None:
    d = judged(claim((x, y), x <= x + 1, step("s", x <= x + 1, reason, "b"), b=y <= 1))
    assert "rests on no facts" in objections(d)


# ---- steps that are not accepted -----------------------------------------------------------------
def unproved(*steps: Step) -> Derivation:
    """A derivation with a step that is decided on instances only."""
    c = claim((x, y, f), y <= x + 2, step("s", y <= x, Sampled("words")), *steps, h=x <= 0)
    return judged(c)


LATER = [
    [step("l", y <= x + 2, linear, "s")],
    [step("l", y <= x + 2, cases([step("l", y <= x + 2, linear, "s")], [step("l", y <= x + 2, linear, "s")], split=x <= 0))],
    [step("l", y <= x + 2, suppose_not(step("f", contradiction, linear, "s", "l.not")))],
    [step("g", every(k, y <= x + 1), arbitrary(v, proof=[step("l", y <= x + 1, linear, "s")])), step("l", y <= x + 1, at(0), "g"), step("m", y <= x + 2, linear, "l")],
]  # fmt: skip


@pytest.mark.parametrize("steps", LATER, ids=["linear", "cases", "contradiction", "arbitrary"])
def test_unaccepted_step_is_remembered(steps: list[Step]) -> None:
    d = unproved(*steps)
    assert not d.derived
    assert d.unproved == {"s"}
    assert [s.path for s in d.steps if not s.accepted] == ["s"]


def test_unaccepted_step_that_is_not_used_is_still_no_derivation() -> None:
    steps = [step("s", x <= 5, Sampled("words")), step("l", y <= x + 2, linear, "h")]
    d = judged(claim((x, y), y <= x + 2, *steps, h=y <= x))
    assert not d.unproved
    assert not d.derived


def test_range_that_is_sampled_is_not_known_should_fail() -> None:
    c = claim(
        (n, f, x),
        f(n) <= x,
        step("s", n >= 1, Sampled("words")),
        step("h", f(n) <= x, at(n), "all"),
        all=ALL,
    )
    assert "is not known" in objections(judged(c))


def test_seeds_are_derived_and_use_all_that_is_given() -> None:
    for name, c in SEEDS.items():
        d = judged(c)
        assert d.derived, (name, objections(d))
        assert not d.surplus, name
    assert Kernel(BOOK.values(), {}).check(claim((x,), x <= 0)).refused == "the proof has no step"
