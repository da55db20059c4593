"""The steps of a proof on instances: premises and yield, the same trees, whatever the kernel says.

Objects: Edge, Tested. Functions: edges, tested, extended.

Design notes. A step inside a proof about an arbitrary value speaks of names that no instance has;
values for them are added, and what the kernel knows there of their ranges is among the premises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import ordered
from symbolic_landscape.judge.pool import Pool, completions, is_index
from symbolic_landscape.judge.record import Derivation, Judged
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.step import UNACCEPTED, Cite, Obtain, inner
from symbolic_landscape.statement.term import INT, NAT, Term, conjuncts
from symbolic_landscape.verdict import Verdict

PATIENCE = 2
"""A step that is undecided on so many instances, and never holds, is not looked at further."""

EXTENDED = 3
"""With so many values of the names inside a proof a step is looked at on one instance."""


@dataclass(frozen=True)
class Edge:
    """One step: what it stands on and what it gives, with the names that no instance has."""

    judged: Judged
    premises: Mapping[str, Term]
    names: tuple[Term, ...]

    @property
    def gives(self) -> Term:
        """The formula that the step gives."""
        return self.judged.formula

    @property
    def accepted(self) -> bool:
        """Whether the kernel accepts it; an instance against it is an alarm."""
        return self.judged.accepted

    @property
    def open(self) -> bool:
        """Whether it stands on proofs that are not derived: inside it, or of what it cites."""
        reason = self.judged.step.reason
        within = bool(inner(reason)) or isinstance(reason, Cite)
        return within and bool(self.judged.fact.unproved)


@dataclass
class Tested:
    """How a step fared: on how many instances premises and yield hold, and what stayed open.

    `first` is the name of the first of them, `said` its reason.
    `against` is the first instance that meets the premises and refutes the yield, with the reason
    and whether it was given or drawn.
    """

    met: int = 0
    undecided: int = 0
    doubt: str = ""
    said: str = ""
    against: tuple[Instance, str, Row] | None = None
    first: str = ""


def edges(
    statement: Statement, derivation: Derivation, derivations: Derivations
) -> tuple[Edge, ...]:
    """Each step with what it stands on, in order; those that name what exists are left out."""
    known = set(statement.claim.variables)
    obtained = {
        s.step.name: frozenset(s.step.reason.names)
        for s in derivation.steps
        if isinstance(s.step.reason, Obtain)
    }
    out = []
    for judged in derivation.steps:
        if isinstance(judged.step.reason, Obtain):
            continue  # it names what a fact says exists; a drawn value is not that
        context = derivations.context(judged.step)
        sources = [*derivations.sources(judged.step)]
        for other in derivation.steps:
            if other.path.startswith(f"{judged.path}/"):
                sources += derivations.sources(other.step)
        premises = _premises(statement, judged, context.facts, sources)
        free = judged.formula.free.union(*(f.free for f in premises.values()))
        for name, f in reversed(tuple(context.facts.items())):
            if not free.isdisjoint(obtained.get(name, ())):
                premises[name] = f  # what is known of a name is said where the name comes up
                free = free | f.free
        while loose := {v for name in free for v in name.sort.free} - free:
            free = free | loose
        out.append(Edge(judged, premises, tuple(ordered(free - known))))
    return tuple(out)


def _premises(
    statement: Statement, judged: Judged, facts: Mapping[str, Term], sources: Sequence[str]
) -> dict[str, Term]:
    """The facts that the step names, what is known of indices, and what is assumed there.

    A step with proofs inside, and one that is not accepted and names no fact, may use all
    hypotheses.
    """
    found = {name: facts[name] for name in sources if name in facts}
    given = statement.claim.given
    found |= {n: f for n, f in facts.items() if "." in n or _of_indices(f)}
    found |= {n: f for n, f in facts.items() if n not in given and _of_integers(f)}
    if inner(judged.step.reason) or (not sources and isinstance(judged.step.reason, UNACCEPTED)):
        found |= given
    return found


def _of_indices(f: Term) -> bool:
    """Whether a formula speaks of indices and sizes alone."""
    return all(map(is_index, f.free))


def _of_integers(f: Term) -> bool:
    """Whether a formula compares integers, which the kernel takes into account unasked."""
    parts = conjuncts(f)
    return all(p.head in ("eq", "le", "lt") and p.args[0].sort in (INT, NAT) for p in parts)


def tested(
    statement: Statement, wanted: Sequence[Edge], chosen: Sequence[Row], pool: Pool
) -> dict[str, Tested]:
    """Each step on each of these instances, by its path."""
    out = {edge.judged.path: Tested() for edge in wanted}
    for row in chosen:
        for edge in wanted:
            found = out[edge.judged.path]
            if found.against is None and (found.met or found.undecided < PATIENCE):
                _test(found, edge, row, statement, pool)
    return out


def _test(found: Tested, edge: Edge, row: Row, statement: Statement, pool: Pool) -> None:
    quick_first = sorted(edge.premises, key=lambda name: pool.effort(edge.premises[name]))
    for here in extended(edge, statement, row.case.instance, pool.seed):
        verdicts: dict[str, Verdict] = {}
        for name in quick_first:  # one that fails is enough
            verdicts[name] = pool.decide(edge.premises[name], here, statement.setting)
            if verdicts[name].is_fails:
                break
        else:
            open_ = (n for n in edge.premises if verdicts[n].is_undecided)
            doubt = next((f"{name}: {verdicts[name].reason}" for name in open_), None)
            said = None if doubt else pool.decide(edge.gives, here, statement.setting)
            _conclude(found, said, row, here, doubt)


def _conclude(
    found: Tested, verdict: Verdict | None, row: Row, here: Instance, doubt: str | None
) -> None:
    if verdict is None or verdict.is_undecided:
        found.undecided += 1
        found.doubt = found.doubt or (verdict.reason if verdict is not None else doubt or "")
    elif verdict.is_fails:
        found.against = found.against or (here, verdict.reason, row)
    else:
        found.met += 1
        found.said = found.said or verdict.reason
        found.first = found.first or here.name


def extended(
    edge: Edge, statement: Statement, instance: Instance, seed: int, most: int = EXTENDED
) -> Iterator[Instance]:
    """The instance with values of the names that it lacks."""
    if not edge.names:
        yield instance
        return
    bounds = [f for f in edge.premises.values() if all(map(is_index, f.free))]
    random = Random(f"edge {seed} {edge.judged.path} {instance.key}")
    try:
        made = completions(instance, edge.names, bounds, random, statement.setting, most)
    except LandscapeError:
        return
    yield from made[:most]
