"""The table of verdicts: what is asked before changes nothing, and what is kept is never wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from own_proofs import RIGHT, folder
from random_terms import FREE, REAL, Terms

from symbolic_landscape.judge import pool
from symbolic_landscape.judge.drawing import drawn
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.library import closure, keys, run
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.lemmas import Proofs, load_proofs
from symbolic_landscape.library.store import Store
from symbolic_landscape.statement.language import (
    fn,
    function,
    integer,
    natural,
    predicate,
    real,
    recursion,
    the,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import NAT, Term, term, var
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

k, i, j = natural("k"), integer("i"), integer("j")
small = predicate("small")
FORMULA = the(small(k))
HERE = Instance("here", {the(k): 3})


class Dictionary(dict[str, Verdict]):
    """Verdicts that are kept in a dictionary."""

    find = dict.get

    def add(self, question: str, verdict: Verdict) -> None:
        """Keeps it."""
        self[question] = verdict


def deciding(answer: Callable[..., Verdict], *more: Any) -> Setting:
    return Setting("sizes", (k, *more), decisions={"small": answer})


def yes(*_: Any) -> Verdict:
    return holds(Evidence.EXACT, "yes")


def no(*_: Any) -> Verdict:
    return fails(Evidence.EXACT, "no")


# ---- what was asked before -----------------------------------------------------------------------
def formulas(chance: Random) -> list[Term]:
    """Formulas that have parts in common."""
    terms, x = Terms(chance), var("x", REAL)
    stock = [terms.number(4) for _ in range(8)]
    pairs = [(chance.choice(stock), chance.choice(stock)) for _ in range(12)]
    compared = [term("le", a, b) for a, b in pairs]
    product = [term("le", term("mul", x, a), term("add", x, b)) for a, b in pairs[:4]]
    return [
        *compared,
        *(
            term("and", a, b)
            for a, b in zip(compared[:4], compared[4:], strict=False)
            if a is not b
        ),
        *(term(head, x, f) for head in ("forall", "exists") for f in product),
    ]


@pytest.mark.parametrize("steps", [25, 90, 400, 6000])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_asked_before_changes_no_verdict(
    monkeypatch: pytest.MonkeyPatch, steps: int, seed: int
) -> None:
    monkeypatch.setattr(pool, "BUDGET", replace(pool.BUDGET, steps=steps))
    chance, setting = Random(seed), Setting("stock", ())
    base = next(drawn(FREE, seed))
    bases = [base, *(base.changed({var("new", NAT): size}) for size in (1, 2))]
    asked = [(f, here) for f in formulas(chance) for here in bases]
    alone = {(f, here.key): Pool(()).decide(f, here, setting) for f, here in asked}
    for _ in range(3):
        chance.shuffle(asked)
        shared = Pool(())
        assert {(f, here.key): shared.decide(f, here, setting) for f, here in asked} == alone


# ---- what is the same question -------------------------------------------------------------------
def test_another_decision_is_another_question() -> None:
    kept = Dictionary()
    first, second = deciding(yes), deciding(no)
    made = Pool((first, second), kept=kept)
    assert made.decide(FORMULA, HERE, first).is_holds
    assert made.decide(FORMULA, HERE, second).is_fails
    assert made.decide(FORMULA, HERE, first).is_holds


def test_decision_that_is_gone_leaves_its_verdict_to_no_other() -> None:
    made = Pool(())
    for turn in range(30):
        answer = (yes, no)[turn % 2]
        setting = deciding(lambda *given, answer=answer: answer(*given))
        assert made.decide(FORMULA, HERE, setting).outcome is answer().outcome
        del setting


def test_decision_sees_the_names_of_its_setting() -> None:
    seen: list[set[str]] = []

    def looking(instance: Instance, values: tuple[Any, ...]) -> Verdict:
        seen.append({str(v.name) for v in instance.values})
        return yes()

    size, other = natural("size"), natural("other")
    setting = deciding(looking, size)
    made = Pool((setting,))
    for value in (1, 2):
        here = HERE.changed({the(size): 5, the(other): value})
        assert made.decide(FORMULA, here, setting).is_holds
    assert seen == [{"k", "size"}]


# ---- what is kept --------------------------------------------------------------------------------
def test_verdict_is_kept_and_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WORTH", 0)
    kept, setting = Dictionary(), deciding(yes)
    assert Pool((setting,), kept=kept).decide(FORMULA, HERE, setting).is_holds
    ((question, verdict),) = kept.items()
    kept[question] = verdict.because("as it was kept")
    assert Pool((setting,), kept=kept).decide(FORMULA, HERE, setting).reason == "as it was kept"
    elsewhere = Instance("elsewhere", {the(k): 4})
    assert Pool((setting,), kept=kept).decide(FORMULA, elsewhere, setting).reason == "yes"


def test_decision_of_an_unknown_setting_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WORTH", 0)
    kept = Dictionary()
    assert Pool((deciding(yes),), kept=kept).decide(FORMULA, HERE, deciding(no)).is_fails
    assert not kept


def test_cheap_verdict_is_not_kept_unless_a_setting_decided_it() -> None:
    kept, setting = Dictionary(), deciding(yes)
    made = Pool((setting,), kept=kept)
    assert made.decide(the(k >= 0), HERE, setting).is_holds
    assert not kept
    assert made.decide(FORMULA, HERE, setting).is_holds
    assert len(kept) == 1


# ---- the file ------------------------------------------------------------------------------------
def facts(path: Path, stamp: str = "s") -> Facts:
    made = Facts(path / "facts.sqlite", stamp)
    made.prepare()
    return made


def test_other_processes_find_what_was_written(tmp_path: Path) -> None:
    first = facts(tmp_path)
    first.add("question", yes())
    assert facts(tmp_path).find("question") is None
    first.flush()
    found = facts(tmp_path).find("question")
    assert found == yes()
    assert facts(tmp_path).find("another question") is None


def test_verdicts_under_another_stamp_are_gone(tmp_path: Path) -> None:
    first = facts(tmp_path)
    first.add("question", yes())
    first.flush()
    assert facts(tmp_path, "t").find("question") is None
    assert facts(tmp_path).find("question") is None


def test_damaged_verdict_is_not_believed(tmp_path: Path) -> None:
    first = facts(tmp_path)
    for question, verdict in (("a", yes()), ("b", no())):
        first.add(question, verdict)
    first.flush()
    with closing(sqlite3.connect(first.path)) as connection, connection:
        connection.execute("UPDATE facts SET value = replace(value, 'holds', 'fails')")
    again = facts(tmp_path)
    assert (again.find("a"), again.find("b")) == (None, no())


@pytest.mark.parametrize(
    "name",
    ["network_decisions.py", "class_decisions.py", "examples.py", "network.py", "evaluation.py",
     "pool.py", "normal.py", "exact.py", "door.py", "derivatives.py", "signs.py"],
)  # fmt: skip
def test_changed_file_gives_another_stamp(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    stamp = closure.closure_hash(keys.checkers())
    line = closure._line
    monkeypatch.setattr(closure, "_line", lambda f: b"new" if f.name == name else line(f))
    assert closure.closure_hash(keys.checkers()) != stamp


@pytest.mark.slow
def test_code_of_a_users_neither_reads_nor_writes_the_table(tmp_path: Path) -> None:
    def kept(proofs: Proofs, key: str) -> tuple[int, int]:
        path = tmp_path / f"{len(proofs.folders)}.sqlite"
        with Store(path, lambda _: None) as store:
            assert run.check(proofs, [key], store=store).exit_status == 0
        with closing(sqlite3.connect(path)) as connection:
            rows = (connection.execute(f"SELECT count(*) FROM {t}") for t in ("results", "facts"))
            results, facts = (row.fetchone()[0] for row in rows)
            return results, facts

    assert min(kept(load_proofs(), "NH17.R5.indep")) > 0
    assert kept(load_proofs(folder(tmp_path / "own", own=RIGHT)), "OWN.R1") == (1, 0)


def test_steps_of_a_recursion_are_not_at_the_value_of_a_name() -> None:
    inside, W = predicate("analytic in"), function("W", j, real(""))
    path = recursion(i, real("x"), 0, real("y"), real("x") + W(i))
    setting = Setting("steps", (i,))
    for size in (1, 2, 3):
        here = Instance("here", {the(i): size, the(real("y")): 1})
        for last, verdict in ((2, "holds"), (3, "undecided")):
            formula = the(inside(1, 2, fn(W, path(last))))
            assert Pool(()).decide(formula, here, setting).outcome.value == verdict, (size, last)
