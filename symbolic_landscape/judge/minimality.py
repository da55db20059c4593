"""What a proof does without: parts of its hypotheses (ends of ranges, conjuncts), and whole steps.

The kernel knows on which hypotheses a conclusion rests. Of a hypothesis that says something for
each index of a range, or several things at once, it is asked here whether the same proof goes
through when the hypothesis says less at one place. Where it does, that part is surplus. So it is
with a step to which nothing leads back from the conclusion: left out, nothing must be missed.

Class: Part. Functions: weaker, says_less, surplus_parts, idle_assumptions, idle_steps.

Design notes. Only a replay by the kernel shows that a part is surplus; that it is refused shows
nothing, for another proof might do. Abbreviations are left whole: they are shared, like settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from symbolic_landscape.judge.drawing import trial
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.replay import Replay
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import TRUE
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.paths import blocks, paths, without
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import NUMBERS, Term, num, term

TRIES = 100
"""So many instances are drawn to see whether a weaker hypothesis says less."""

Notations = Mapping[str, Notation]
Sources = Callable[[Step], Sequence[str]]


@dataclass(frozen=True)
class Part:
    """What a formula says at one place beside `less`.

    It is `plain` where that is never nothing, and `slack` where an inequality or equation says it.
    """

    words: str
    less: Term
    plain: bool = True
    slack: bool = False


def weaker(f: Term, shown: Notations) -> Iterator[Part]:
    """The formulas that say less than this one at one place, each with what it leaves out."""
    a = f.args
    match f.head:
        case "each":
            i, low, high, body = a
            below, above = (term("add", low, num(1)), high), (low, term("add", high, num(-1)))
            for end, ends in ((low, below), (high, above)):
                yield Part(f"{i} = {text(end, shown)}", term("each", i, *ends, body), plain=False)
        case "and":
            for n, part in enumerate(a if len(a) > 1 else ()):
                rest = a[:n] + a[n + 1 :]
                less = term("and", *rest) if len(rest) > 1 else rest[0]
                yield Part(f"'{text(part, shown)}'", less)
        case "lt":
            yield Part(f"strictness of '{text(f, shown)}'", term("le", *a), slack=True)
        case "eq" if all(x.sort in NUMBERS for x in a):
            for x, y in (a, a[::-1]):
                words = f"'{text(term('le', y, x), shown)}'"
                yield Part(words, term("le", x, y), plain=False, slack=True)
    inside = {"each": (3,), "forall": (1,), "exists": (1,), "implies": (1,)}
    for n in range(len(a)) if f.head in ("and", "or") else inside.get(f.head, ()):
        for deeper in weaker(a[n], shown):
            less = term(f.head, *a[:n], deeper.less, *a[n + 1 :], name=f.name)
            yield replace(deeper, less=less)


def says_less(statement: Statement, f: Term, less: Term) -> bool:
    """Whether an instance that is drawn meets the weaker formula and not the other.

    At i = n nothing is said for all j from i + 1 to n, and no rank exceeds the number of rows.
    """
    premises = (*statement.claim.standing, less)
    variables = frozenset[Term]().union(*(g.free for g in (f, *premises)))
    decisions = statement.setting.decisions
    return trial(variables, premises, f, tries=TRIES, decisions=decisions).refuted


def surplus_parts(statement: Statement, derivation: Derivation, replay: Replay) -> tuple[Part, ...]:
    """The parts of hypotheses without which the kernel derives the conclusion by the same proof.

    Their words name the hypothesis. Empty where not every step is derived.
    """
    if not derivation.derived:
        return ()
    claim, found = statement.claim, list[Part]()
    for name, f in claim.given.items():
        if name in derivation.surplus:
            continue
        for part in weaker(f, statement.setting.shown):
            changed = replace(claim, given={**claim.given, name: part.less})
            if replay.derives(changed) and (part.plain or says_less(statement, f, part.less)):
                found.append(replace(part, words=f"{part.words} of '{name}'"))
    return tuple(found)


def idle_assumptions(statement: Statement, derivation: Derivation, replay: Replay) -> list[Term]:
    """The standing assumptions without which the same proof goes through."""
    if not derivation.derived:
        return []
    claim = statement.claim

    def without(n: int) -> Claim:
        kept = (*claim.standing[:n], TRUE, *claim.standing[n + 1 :])
        return replace(claim, standing=kept)

    return [f for n, f in enumerate(claim.standing) if replay.derives(without(n))]


def idle_steps(
    statement: Statement, derivation: Derivation, replay: Replay, sources: Sources
) -> tuple[str, ...]:
    """The paths of the steps, of used ones also those inside, without all of which the rest stands.

    `sources` are the names of the facts that a judged step uses. A step that is needed and not
    named, as one that gives a name or the range of an index, is found by the replay.
    """
    if not statement.proof or derivation.refused:
        return ()
    judged = {found.path: found.step for found in derivation.steps}
    links = nx.DiGraph(_links(statement.proof, "", {}, lambda path: sources(judged[path])))
    last = statement.proof[-1].name
    used = {last, *(nx.descendants(links, last) if last in links else ())}
    unused = [path for path, _ in paths(statement.proof) if path not in used]
    idle, proof = list[str](), tuple(statement.proof)
    for path in reversed(unused):
        less = without(proof, path)
        if less != proof and replay.stands(replace(statement.claim, proof=less)):
            idle, proof = [path, *idle], less
    return tuple(idle)


def _links(
    proof: Sequence[Step],
    before: str,
    known: Mapping[str, str],
    sources: Callable[[str], Sequence[str]],
) -> Iterator[tuple[str, str]]:
    """The paths of each step and of each that it uses; `known` are paths of facts by name."""
    here = dict(known)
    for step in proof:
        path = before + step.name
        for name, inside in blocks(step.reason):
            yield from _links(inside, f"{path}/{name}", here, sources)
            yield path, f"{path}/{name}{inside[-1].name}"
        yield from ((path, here[name]) for name in sources(path) if name in here)
        here[step.name] = path
