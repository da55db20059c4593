"""Free exact instances for trying rules: values drawn by sort, and steered so that premises hold.

Objects: Trial. Functions: drawn, drawn_under, ordered, tried, trial.

Design notes. Sizes come first, and those conditions that speak of sizes alone are met before
anything else is drawn. All is deterministic by the seed. That no counterexample is found shows
nothing; a premise or a conclusion that is not decided is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.companions import companions
from symbolic_landscape.judge.evaluation import NO_VALUE, Decision, Evaluation
from symbolic_landscape.judge.germs import limit_asked
from symbolic_landscape.judge.objects import Source, some_object
from symbolic_landscape.judge.places import Budget, Place
from symbolic_landscape.judge.steering import steered
from symbolic_landscape.judge.telling import telling
from symbolic_landscape.judge.values import Instance, UnsettledError
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import INT, NAT, SCALAR_FUNCTION, Term
from symbolic_landscape.verdict import Verdict, undecided

LARGEST = 3
"""The largest size that is drawn unless another is asked for."""

FARTHEST = 5
"""The largest size that is drawn for the sake of long products."""

FAILURES = 200
"""So many draws in a row that give nothing end a drawing."""

STEERED = 0.75
"""The share of instances that are steered."""

COMPANIONS = 0.5
"""So often functions that premises set equal are made equal."""

RICHER = tuple(
    Activation.of(parse_formula(text))
    for text in (
        "tanh(t)", "exp(-t)", "1 + exp(-t)", "-exp(-t)", "1/(1 + exp(-t))", "t**2/(1 + t**2)",
        "(1 + t)/(1 + t**2)", "2 - 1/(1 + t**2)", "t*exp(-t)", "t**3 - 3*t", "t**2 - t**4", "1 - t",
    )
)  # fmt: skip
"""Functions of one real number that have limits, and such that bend both ways."""

RICH = 0.4
"""So often the functions of an instance of a trial are these."""

TOLD = 0.3
"""This share of the tries, the last ones, is on telling objects."""

BUDGET = Budget(steps=4_000, bits=100_000, monomials=20_000, symbols=45, order=4)
"""What one decision of a trial may use."""


@dataclass
class Trial:
    """What a trial of "premises => conclusion" found.

    `met` instances meet the premises and the conclusion; `undecided` ones were not decided, the
    first for the reason `doubt`. `sizes` are the values of the integers where it was met.
    """

    met: int = 0
    undecided: int = 0
    doubt: str = ""
    counterexample: Instance | None = None
    reason: str = ""
    sizes: set[tuple[int, ...]] = field(default_factory=set)

    @property
    def refuted(self) -> bool:
        """Whether an instance meets the premises and breaks the conclusion."""
        return self.counterexample is not None

    def _doubted(self, verdict: Verdict) -> None:
        self.undecided += 1
        self.doubt = self.doubt or verdict.reason


def tried(
    rule: Rule,
    seed: int = 0,
    tries: int = 600,
    largest: int | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Trial:
    """The trial of a rule on drawn instances; it ends at the first counterexample."""
    premises = (*rule.where, *rule.given)
    return trial(rule.variables, premises, rule.then, seed, tries, largest, decisions)


def trial(
    variables: Iterable[Term],
    premises: Sequence[Term],
    then: Term,
    seed: int = 0,
    tries: int = 600,
    largest: int | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Trial:
    """The trial of "premises => then"; it ends at the first counterexample.

    The last of the tries are on telling objects. Sizes go up to 3, or to the length of the longest
    product, unless another number is given.
    """
    found, random, turns = Trial(), Random(f"trial {seed}"), Random(f"functions {seed}")
    chance, told = Random(f"companions {seed}"), Random(f"telling {seed}")
    reach = largest if largest is not None else _reach((*premises, then))
    instances = drawn_under(variables, seed, reach, premises)
    for turn in range(tries):
        try:
            instance = next(instances)
        except UnsettledError as cause:
            found._doubted(undecided(str(cause)))
            return found
        if turn >= (1 - TOLD) * tries:
            instance = telling(instance, told, turn)
        if random.random() < STEERED:
            instance = steered(premises, instance, random)
        if chance.random() < COMPANIONS:
            instance = companions(premises, instance, chance)
        instance = _settled(premises, instance, turns)
        _judged(found, premises, then, Evaluation(instance, decisions, BUDGET))
        if found.refuted:
            return found
    return found


def _settled(premises: Sequence[Term], instance: Instance, random: Random) -> Instance:
    """The instance with functions that have limits, or bend, and with the limits asked for."""
    functions = [v for v in instance.values if v.sort is SCALAR_FUNCTION]
    if functions and random.random() < RICH:
        instance = instance.changed({v: random.choice(RICHER) for v in functions})
    for premise in premises if functions else ():
        with suppress(*NO_VALUE):
            found = limit_asked(Evaluation(instance, None, BUDGET), premise)
            if found is not None:
                instance = instance.changed({found[0]: found[1]})
    return instance


def _reach(formulas: Iterable[Term]) -> int:
    """Sizes at which a power that occurs can differ from the next lower one."""
    lengths = (_length(t) for f in formulas for t in subterms(f))
    return min(FARTHEST, max((LARGEST, *lengths)))


def _length(t: Term) -> int:
    """How many factors of a matrix product stand beside each other."""
    return sum(map(_length, t.args)) if t.head == "mul" else int(t.sort.head == "matrix")


def _judged(found: Trial, premises: Sequence[Term], then: Term, evaluation: Evaluation) -> None:
    doubt = None
    for premise in premises:
        verdict = evaluation.decide(premise)
        if verdict.is_fails:
            return
        if verdict.is_undecided and doubt is None:
            doubt = verdict
    conclusion = evaluation.decide(then) if doubt is None else doubt
    instance = evaluation.instance
    if conclusion.is_undecided:
        found._doubted(conclusion)
    elif conclusion.is_fails:
        found.counterexample, found.reason = instance, conclusion.reason
    else:
        found.met += 1
        found.sizes.add(tuple(x for x in instance.values.values() if isinstance(x, int)))


# ---- drawing -------------------------------------------------------------------------------------
def drawn(variables: Iterable[Term], seed: int = 0, largest: int = LARGEST) -> Iterator[Instance]:
    """Instances of these variables, without end; sizes go round from 1 up to the largest.

    Raises UnsettledError where a sort has no objects that are drawn.
    """
    return drawn_under(variables, seed, largest, ())


def drawn_under(
    variables: Iterable[Term], seed: int, largest: int, conditions: Sequence[Term]
) -> Iterator[Instance]:
    """The same, where the sizes meet those of the conditions that speak of sizes alone."""
    order = ordered(variables)
    sizes = [v for v in order if _is_size(v.sort)]
    others = [v for v in order if not _is_size(v.sort)]
    bounds = [f for f in conditions if f.free <= set(sizes)]
    random, failures, index = Random(f"instances {seed}"), 0, 0
    evaluation = Evaluation(Instance("no values", {}), None, BUDGET)
    while True:
        index += 1
        limit = 1 + index % largest if largest > 1 else largest
        values: dict[Term, Any] = {}
        try:
            for v in sizes:
                values[v] = _some_size(v.sort, random, limit)
            _need(bounds, evaluation, values)
            for v in others:
                source = evaluation.source(Place(values), random, limit)
                values[v] = some_object(v.sort, source)
        except NO_VALUE as cause:
            failures += 1
            if failures > FAILURES:
                message = f"no instance is drawn in {FAILURES} tries: {cause}"
                raise UnsettledError(message) from None
            continue
        failures = 0
        yield Instance(f"drawn {index}", values)


def _need(bounds: Sequence[Term], evaluation: Evaluation, values: Mapping[Term, Any]) -> None:
    """Raises UnsettledError unless the sizes meet the conditions on them."""
    evaluation.left = evaluation.budget.steps
    for f in bounds:
        verdict = evaluation.decided(f, Place(values))
        if verdict.is_fails:
            message = f"the sizes do not meet {f!r}: {verdict.reason}"
            raise UnsettledError(message)


def _is_size(sort: Term) -> bool:
    return sort in (INT, NAT) or (
        sort.head == "fun" and sort.args[1] in (INT, NAT) and sort.args[0].args[0] in (INT, NAT)
    )


def _some_size(sort: Term, random: Random, limit: int) -> Any:
    """Half of the time the largest; seldom 0."""
    if sort.head == "fun":
        return some_object(sort, Source(_no_size, _no_size, random, limit))
    if random.random() < 0.06:
        return 0
    if sort is INT and random.random() < 0.06:
        return random.choice((-1, -1, -2, -3))
    return limit if random.random() < 0.5 else random.randint(1, limit)


def _no_size(t: Term) -> int:
    message = f"the size {t!r} is not drawn before the others"
    raise UnsettledError(message)


def ordered(variables: Iterable[Term]) -> list[Term]:
    """The variables, each after those in its sort."""
    left = sorted(set(variables), key=lambda v: (not _is_size(v.sort), str(v.name), v.key))
    out: list[Term] = []
    while left:
        ready = next((v for v in left if not (v.free - {v}) & set(left)), None)
        if ready is None:
            message = f"the sorts of {', '.join(map(str, left))} go round in a circle"
            raise UnsettledError(message)
        left.remove(ready)
        out.append(ready)
    return out
