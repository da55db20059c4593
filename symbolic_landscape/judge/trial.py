"""The trial of a statement: hypotheses, conclusion and every step on the instances of the pool.

It is independent of the derivation: what the kernel accepts is decided here all the same, and an
instance against it is an alarm. Controls are found, not listed; what always holds beside the
hypotheses is named.

Objects: Trials. Function: thin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from symbolic_landscape.judge.architectures import architectures, tally
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried as trial_of_rule
from symbolic_landscape.judge.edges import Edge, Tested, edges, tested
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Kept, Pool
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.refusals import inference
from symbolic_landscape.judge.results import ControlResult, Finding, InstanceResult, Trial
from symbolic_landscape.judge.rows import Row, rows
from symbolic_landscape.judge.values import Instance, described
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Cite, Claimed, Identity, Sampled
from symbolic_landscape.statement.term import Term, conjuncts
from symbolic_landscape.verdict import Evidence

LOOKED = 6
"""The steps are looked at on so many instances, those that meet the hypotheses first."""

SHOWN = 40
"""So many instances are listed in a result."""

DRAWN = 4
"""Of so many instances that a search may generate, one is drawn: steering takes long."""

RULE_TRIES = 450
"""So many times free objects are drawn for a rule."""

SPOTS = 2
"""A blind spot needs so many instances that meet the hypotheses."""


class Trials:
    """Trials on one pool; `watched` are formulas that may always hold there unsaid.

    Rules of a user's own are tried where a proof uses them; those of the package are in its tests.
    """

    def __init__(
        self,
        settings: Iterable[Setting],
        watched: Iterable[tuple[Term, Setting | None]],
        derivations: Derivations,
        options: Options,
        own_rules: Iterable[Rule] = (),
        kept: Kept | None = None,
    ) -> None:
        self.watched, self.derivations = tuple(watched), derivations
        self.own_rules, self._refuted = frozenset(own_rules), dict[Rule, str]()
        self.pool = Pool(settings, options.instances // DRAWN, options.seed, kept)

    def rows(self, statement: Statement) -> tuple[Row, ...]:
        """The statement on every instance that fits."""
        return tuple(rows(statement, self.pool))

    def tried(self, statement: Statement, derivation: Derivation, options: Options) -> Trial:
        """What the instances say of a statement and of its proof."""
        found = self.rows(statement)
        wanted = edges(statement, derivation, self.derivations)
        steps = tested(statement, [e for e in wanted if e.accepted], _chosen(found), self.pool)
        claimed = [e for e in wanted if not e.accepted]
        known = sorted((row for row in found if row.met or row.misses), key=lambda r: not r.met)
        steps |= tested(statement, claimed, known, self.pool)
        met = [row for row in found if row.met]
        return Trial(
            evidence=_evidence(met),
            instances=tuple(_instance(row) for row in _listed(found)),
            steps={edge.judged.path: _answers(edge, steps[edge.judged.path]) for edge in wanted},
            controls=tuple(_controls(statement, found)),
            without_control=tuple(_without(statement, derivation, found)),
            blind_spots=tuple(self._blind_spots(statement, derivation, met)),
            findings=(
                *_findings(statement, derivation, wanted, steps, found),
                *self._false_rules(derivation),
            ),
            open_obligations=tuple(_open(statement, derivation, wanted, steps, found)),
            architectures=architectures(found),
            tally=tally(statement.claim.given, found),
        )

    def refutes(self, statement: Statement) -> str:
        """Words on an instance against a statement; empty where the pool has none."""
        for row in rows(statement, self.pool):
            if row.met and row.refuted and row.conclusion is not None:
                return f"{row.case.instance.name}: {row.conclusion.reason}"
        return ""

    def _false_rules(self, derivation: Derivation) -> Iterator[Finding]:
        """The rules of a user's own in the proof that free objects refute."""
        for rule in sorted(self.own_rules & derivation.rules.keys(), key=lambda rule: rule.name):
            if rule not in self._refuted:
                against = trial_of_rule(rule, self.pool.seed, RULE_TRIES)
                said = f"at {against.counterexample} {against.reason}"
                self._refuted[rule] = said if against.refuted else ""
            if self._refuted[rule]:
                words = (
                    f"the rule {rule.name} is false: its premises hold, and {self._refuted[rule]}"
                )
                where = f"rule {rule.name}"
                yield Finding("invalid inference", where, words, None, "free objects")

    # ---- blind spots -----------------------------------------------------------------------------
    def _blind_spots(
        self, statement: Statement, derivation: Derivation, met: Sequence[Row]
    ) -> Iterator[str]:
        """What holds on all instances that meet the hypotheses, and is not said or derived."""
        names, normal = set(statement.setting.names), Normal()
        bases: dict[str, Instance] = {}
        for row in met:
            values = {v: x for v, x in row.case.instance.values.items() if v in names}
            base = Instance(row.case.instance.name, values)
            bases.setdefault(base.key, base)
        if len(bases) < SPOTS:
            return
        said = [*statement.claim.standing, *statement.claim.given.values(), statement.claim.then]
        said += [s.formula for s in derivation.steps if s.accepted and "/" not in s.path]
        known = {normal.form(p) for f in said for p in (f, *conjuncts(f))}
        for f, owner in self.watched:
            if not f.free <= names or normal.form(f) in known:
                continue
            known.add(normal.form(f))
            setting = owner or statement.setting
            if all(self.pool.decide(f, base, setting).is_holds for base in bases.values()):
                yield text(f, setting.shown)


def _chosen(found: Sequence[Row]) -> list[Row]:
    """On which instances the steps are looked at."""
    met = [row for row in found if row.met]
    near = [row for row in found if row.misses]
    return [*_spread(met, LOOKED), *_spread(near, LOOKED - min(LOOKED - 1, len(met)))]


def _spread(found: Sequence[Row], most: int) -> list[Row]:
    """So many of them, from all parts of the list; those that refute the conclusion first."""
    order = sorted(found, key=lambda row: not row.refuted)
    places = sorted({i * len(order) // most for i in range(most)}) if order else []
    return [order[i] for i in places]


# ---- what is reported ----------------------------------------------------------------------------
def _evidence(met: Iterable[Row]) -> str:
    """The weakest word on which a HOLDS rests."""
    levels = [row.conclusion.evidence for row in met if row.kept and row.conclusion is not None]
    return min(levels, default=Evidence.NUMERIC).word if levels else "none"


def _listed(found: Sequence[Row]) -> list[Row]:
    order = sorted(found, key=lambda row: (not row.met, not row.misses, row.case.origin))
    return order[:SHOWN]


def _instance(row: Row) -> InstanceResult:
    facts = {name: verdict.outcome.value for name, verdict in row.given.items()}
    name = row.case.instance.name
    place = row.case.origin, row.case.setting, row.case.instance.key
    if row.conclusion is None:
        return InstanceResult(name, "not applicable", "none", 0.0, "", facts, *place)
    end = row.conclusion
    word = end.evidence.word
    return InstanceResult(name, end.outcome.value, word, 0.0, end.reason, facts, *place)


def _answers(edge: Edge, found: Tested) -> Mapping[str, tuple[str, str]]:
    """What is asked of a step, each with a verdict word and one line."""
    if found.against is not None:
        instance, reason, _ = found.against
        return {"on instances": ("fails", f"{instance.name}: {reason}")}
    if found.met:
        places = f"{found.met} instance{'s' * (found.met > 1)}, first {found.first}"
        return {"on instances": ("holds", f"{places}: {found.said}")}
    if found.undecided:
        return {"on instances": ("undecided", found.doubt)}
    return {"on instances": ("undecided", "no instance meets its premises")}


# ---- controls ------------------------------------------------------------------------------------
def _controls(statement: Statement, found: Sequence[Row]) -> Iterator[ControlResult]:
    """For each hypothesis the first near miss that refutes the conclusion."""
    for name in statement.claim.given:
        for row in found:
            if row.misses == name and row.refuted:
                instance, drawn = row.case.instance, row.case.origin == "drawn"
                data = instance.description()["values"] if drawn else None
                yield ControlResult(name, instance.name, _origin(row), data=data)
                break


def _without(
    statement: Statement, derivation: Derivation, found: Sequence[Row]
) -> Iterator[tuple[str, str]]:
    """The hypotheses without a control, with what was tried."""
    with_control = {row.misses for row in found if row.refuted}
    kept = Counter(row.misses for row in found if row.kept)
    alone = Counter(row.misses for row in found)
    for name in statement.claim.given:
        if name in with_control:
            continue
        tried = f"{len(found)} tried, none found"
        if derivation.derived and name in derivation.surplus:
            words = "the derivation does not use it"
        elif kept[name]:
            verbs = "breaks it alone and keeps" if kept[name] == 1 else "break it alone and keep"
            words = f"{tried}; {kept[name]} of them {verbs} the conclusion"
        elif alone[name]:
            verb = "breaks" if alone[name] == 1 else "break"
            words = f"{tried}; {alone[name]} of them {verb} it alone, with the conclusion undecided"
        else:
            words = f"{tried}; none of them breaks it alone"
        yield name, words


def _origin(row: Row) -> str:
    if row.case.origin == "drawn":
        return "search"
    return f"the pool, from '{row.case.setting}'"


# ---- findings ------------------------------------------------------------------------------------
def _findings(
    statement: Statement,
    derivation: Derivation,
    wanted: Sequence[Edge],
    steps: Mapping[str, Tested],
    found: Sequence[Row],
) -> Iterator[Finding]:
    against = [row for row in found if row.met and row.refuted]
    if statement.kind == "assumption" and not statement.proof:  # not said of all instances
        against = []
        if found and all(row.refuted for row in found):
            words = f"none of the {len(found)} instances that were tried meets it"
            yield Finding("vacuous", "statement", words, None, "the pool")
    alarms = {edge.judged.path: _alarm(edge) for edge in wanted if edge.accepted}
    faults: dict[str, tuple[str, tuple[Instance, str, Row]]] = {}
    for edge in wanted:
        refuted = steps[edge.judged.path].against
        if refuted is not None and not edge.open:
            said = inference(statement, derivation, edge.judged)
            faults[edge.judged.path] = (
                said or f"{statement.key}, step {edge.judged.path}",
                refuted,
            )
    if against:
        row = min(against, key=_size)
        reason = row.conclusion.reason if row.conclusion is not None else ""
        alarm = "; the kernel derives it all the same: a rule is false" * derivation.derived
        words = f"{row.case.instance.name} meets the hypotheses, and {reason}{alarm}"
        data = row.case.instance.description()
        same = [cause for cause, (there, _, _) in faults.values() if there == row.case.instance]
        cause = [*same, *(cause for cause, _ in faults.values()), ""][0]
        yield Finding("refuted", "statement", words, data, _origin(row), cause, reason)
    for path, (cause, (instance, reason, row)) in faults.items():
        words = f"{alarms.get(path, '')}{instance.name} meets what it uses, and {reason}"
        where = f"step {path}"
        data = instance.description()
        yield Finding("invalid inference", where, words, data, _origin(row), cause, reason)
    if not any(row.met for row in found):
        words = f"none of the {len(found)} instances that were tried meets the hypotheses"
        if not found:
            words = "no instance meets the standing assumptions, so none was tried"
        yield Finding("thin", "statement", words, None, "the pool")
    elif not against and thin([row for row in found if row.met]):
        words = thin([row for row in found if row.met])
        yield Finding("thin", "statement", words, None, "the pool")


def _alarm(edge: Edge) -> str:
    """What it means that an instance is against a step that the kernel accepts."""
    reason = edge.judged.step.reason
    if isinstance(reason, Cite):
        return f"{reason.statement.key} is cited, and is false there: "
    return "the kernel accepts it, so a rule is false: "


def _size(row: Row) -> tuple[int, bool, str]:
    """How long the data of an instance are; among equals one that was given comes first."""
    instance = row.case.instance
    return (len(str(instance)), row.case.origin == "drawn", instance.key)


def thin(met: Sequence[Row]) -> str:
    """In words that instances which meet the hypotheses are too much alike; empty where not."""
    if len(met) == 1:
        return "one instance alone meets the hypotheses"
    alike = len(_sizes(met)) == 1
    return "all instances that meet the hypotheses have the same sizes" if alike else ""


def _sizes(met: Iterable[Row]) -> set[str]:
    """The values of all that occurs in a size of something else."""
    found = set()
    for row in met:
        values = row.case.instance.values
        sizes = {v for name in values for v in name.sort.free} & set(values)
        found.add(str(sorted((str(v), described(values[v])) for v in sizes)))
    return found - {"[]"}


def _open(
    statement: Statement,
    derivation: Derivation,
    wanted: Sequence[Edge],
    steps: Mapping[str, Tested],
    found: Sequence[Row],
) -> Iterator[str]:
    """What only instances can say and none said."""
    for edge in wanted:
        reason, seen = edge.judged.step.reason, steps[edge.judged.path]
        if isinstance(reason, Sampled | Identity) and not seen.met and seen.against is None:
            why = seen.doubt or "no instance meets its premises"
            yield f"step {edge.judged.path}: {reason.word}, and nothing decides it: {why}"
    if derivation.derived or any(isinstance(e.judged.step.reason, Claimed) for e in wanted):
        return
    if derivation.steps:
        return
    ends = [row.conclusion for row in found if row.met and row.conclusion is not None]
    doubts = [end.reason for end in ends if end.is_undecided]
    if not ends:
        yield f"it has no proof, and none of {len(found)} instances meets the hypotheses"
    elif statement.kind == "assumption" and len(doubts) < len(ends):
        return
    elif doubts:
        left = f"{len(doubts)} of {len(ends)} instances leave it open"
        yield f"it has no proof, and {left}: {doubts[0]}"
