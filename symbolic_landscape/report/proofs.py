"""A proof as it is read: each step with its formula and its reason, what is inside it indented.

Functions: parts, proof_lines, quoted, span, why, proof_graph. Class: Part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from symbolic_landscape.judge.kernel import Refused
from symbolic_landscape.judge.results import StatementResult, StepResult
from symbolic_landscape.judge.rewriting import opened
from symbolic_landscape.report.formulas import rule_words
from symbolic_landscape.report.layout import wrapped
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.paths import blocks
from symbolic_landscape.statement.printing import latex, text
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cases,
    Cite,
    Claimed,
    Construct,
    Contradiction,
    Definition,
    Generic,
    Identity,
    Induct,
    Instantiate,
    Linear,
    Obtain,
    Sampled,
    Step,
    Terms,
)
from symbolic_landscape.statement.term import Term, num, substitute, term


@dataclass(frozen=True)
class Part:
    """Something that stands in a proof: a step, an assumption, or the head of a part."""

    path: str
    depth: int
    name: str
    formula: str
    step: Step | None = None
    result: StepResult | None = None
    premises: tuple[str, ...] = ()
    """The paths of the facts that a step uses."""


@dataclass
class _Reader:
    """Walks through a proof and knows which facts stand where."""

    statement: Statement
    results: Mapping[str, StepResult]
    normal: Normal = field(default_factory=Normal)

    def say(self, t: Term) -> str:
        return text(t, self.statement.setting.shown)

    def proof(self) -> Iterator[Part]:
        claim = self.statement.claim
        facts: dict[str, Term | None] = {
            f"standing {i}": f for i, f in enumerate(claim.standing, 1)
        }
        facts |= claim.given
        yield from self.block(claim.proof, "", 0, facts, {name: name for name in facts})

    def block(
        self,
        proof: Sequence[Step],
        before: str,
        depth: int,
        facts: Mapping[str, Term | None],
        places: Mapping[str, str],
    ) -> Iterator[Part]:
        """The steps of one block; `facts` and `places` have formulas and paths by name."""
        known, where = dict(facts), dict(places)
        for step in proof:
            path = before + step.name
            result = self.results.get(path)
            said = result.gives if result else "" if step.gives is None else self.say(step.gives)
            used = result.premises if result else [u.removeprefix("<") for u in step.uses]
            uses = tuple(where.get(u, u) for u in used)
            yield Part(path, depth, step.name, said, step, result, uses)
            for n, (name, inside) in enumerate(blocks(step.reason)):
                head = name.rstrip("/")
                if head:
                    words = f"case {head}" if head.isdigit() else head
                    yield Part(f"{path}/{head}", depth + 1, words, "")
                assumed = dict(self.assumed(step, n, known))
                inner = {**known, **assumed}
                inner_where = {**where, **{a: f"{path}/{name}{a}" for a in assumed}}
                for a, f in assumed.items():
                    said = self.say(f) if f is not None else ""
                    if not said and isinstance(step.reason, Cases) and used:
                        said = f"what {used[0]} says, part {n + 1}"
                    yield Part(inner_where[a], depth + 1 + bool(head), a, said)
                yield from self.block(
                    inside, f"{path}/{name}", depth + 1 + bool(head), inner, inner_where
                )
            known[step.name], where[step.name] = self.given_by(step, known), path

    def given_by(self, step: Step, known: Mapping[str, Term | None]) -> Term | None:
        """The fact that a step adds; None where it stands nowhere and is not worked out."""
        whole = known.get(step.uses[0]) if step.uses else None
        if step.gives is not None or whole is None or not isinstance(step.reason, Obtain):
            return step.gives
        try:
            return opened(self.normal, whole, ("exists",), step.reason.names)
        except Refused:
            return None

    def assumed(
        self, step: Step, n: int, known: Mapping[str, Term | None]
    ) -> Iterator[tuple[str, Term | None]]:
        """What may be used inside the n-th part of a step, by name."""
        name, goal = step.name, step.gives
        match step.reason:
            case Generic() as reason:
                yield from self.arbitrary(name, goal, reason.names)
            case Contradiction():
                yield f"{name}.not", None if goal is None else term("not", goal)
            case Cases() as reason:
                yield f"{name}.{n + 1}", self.case(step, reason, n, known)
            case Induct() as reason:
                if goal is None or goal.head != "each":
                    return
                (i, low, high, body), v = goal.args, reason.name
                if n == 0:
                    yield f"{name}.range", term("le", low, high)
                    return
                after = term("add", v, num(-1 if reason.down else 1))
                ends = (low, after, v, high) if reason.down else (low, v, after, high)
                bounds = (term("le", ends[0], ends[1]), term("le", ends[2], ends[3]))
                yield f"{name}.{v.name}", term("and", *bounds)
                yield f"{name}.before", substitute(body, {i: v})

    def arbitrary(
        self, name: str, goal: Term | None, names: Sequence[Term]
    ) -> Iterator[tuple[str, Term | None]]:
        for v in names:
            if goal is None:
                return
            goal = self.normal.reduced(goal)
            if goal.head == "each":
                low, high = goal.args[1:3]
                yield f"{name}.{v.name}", term("and", term("le", low, v), term("le", v, high))
            try:
                goal = opened(self.normal, goal, ("forall", "each"), (v,))
            except Refused:
                return
        if goal is not None:
            goal = self.normal.reduced(goal)
            if goal.head == "implies":
                yield f"{name}.if", goal.args[0]

    def case(
        self, step: Step, reason: Cases, n: int, known: Mapping[str, Term | None]
    ) -> Term | None:
        """The assumption of the n-th case."""
        if reason.split is not None:
            return term("not", reason.split) if n else reason.split
        whole = known.get(step.uses[0]) if step.uses else None
        parts = self.normal.reduced(whole).args if whole is not None else ()
        return parts[n] if n < len(parts) else None


def parts(statement: Statement, result: StatementResult) -> list[Part]:
    """Everything that stands in the proof, in reading order: a step before what is inside it."""
    return list(_Reader(statement, {step.name: step for step in result.steps}).proof())


# ---- as text -------------------------------------------------------------------------------------
def proof_lines(
    statement: Statement,
    result: StatementResult,
    *,
    indent: int = 2,
    everything: bool = False,
    paper: Sequence[str] = (),
) -> Iterator[str]:
    """The proof step by step; `paper` has the lines of the paper's text, to be shown beside."""
    for part in parts(statement, result):
        column = indent + 2 * part.depth
        if part.step is None:
            head = f"given {part.name}: {part.formula}" if part.formula else part.name
            yield from wrapped(head, column, column + 4)
            continue
        yield from wrapped(f"{part.name}: {part.formula}", column, column + 4)
        words = why(statement, part.step)
        if part.step.lines:
            words += f" (lines {span(part.step.lines)})"
        yield from wrapped(words, column + 4, column + 6)
        step = part.result
        if step and step.refused_because and not isinstance(part.step.reason, Claimed | Sampled):
            yield from wrapped(f"refused: {step.refused_because}", column + 4, column + 6)
        if step and everything:
            rests = ", ".join(step.rests) or "no hypothesis"
            yield from wrapped(f"rests on {rests}", column + 4, column + 6)
            if step.unproved:
                yield from wrapped(
                    f"and on what is not derived: {', '.join(step.unproved)}",
                    column + 4,
                    column + 6,
                )
            for name, (word, reason) in step.answers.items():
                yield from wrapped(f"{name}: {word}: {reason}", column + 4, column + 6)
        if part.step.lines:
            yield from quoted(paper, part.step.lines, column + 4)


def quoted(paper: Sequence[str], lines: tuple[int, int], indent: int) -> Iterator[str]:
    """These lines of the paper's text, with their numbers."""
    first, last = lines
    for number, line in enumerate(paper[first - 1 : last], first):
        yield f"{' ' * indent}{number:>5} | {line}".rstrip()


def span(lines: tuple[int, int]) -> str:
    """The numbers of the first and last line."""
    return f"{lines[0]} to {lines[1]}" if lines[0] != lines[1] else str(lines[0])


def why(statement: Statement, step: Step) -> str:
    """By what reason a step follows, and from which facts."""
    uses = [f"{u[1:]} (from right to left)" if u.startswith("<") else u for u in step.uses]
    source = f" from {', '.join(uses)}" if uses else ""
    say = _Reader(statement, {}).say
    match step.reason:
        case Apply() as reason:
            return f"rule {reason.rule.name}{source}: {rule_words(reason.rule)}"
        case Calculation():
            return f"calculation{source}"
        case Linear():
            return f"linear arithmetic{source}"
        case Definition():
            return "the recursion unfolded once"
        case Instantiate() as reason:
            return f"{', '.join(uses)} at {', '.join(map(say, reason.terms))}"
        case Obtain() as reason:
            verb = "is" if len(reason.names) == 1 else "are"
            names = ", ".join(map(say, reason.names))
            return f"{names} {verb} such as {', '.join(uses)} says exists"
        case Construct() as reason:
            return f"taking {', '.join(map(say, reason.witnesses))}{source}"
        case Generic() as reason:
            return f"for arbitrary {', '.join(map(say, reason.names)) or 'data'}"
        case Induct() as reason:
            return f"induction on {say(reason.name)}{', downwards' if reason.down else ''}"
        case Cases() as reason:
            split = "" if reason.split is None else f", whether {say(reason.split)} or not"
            return f"cases{split}{source}"
        case Contradiction():
            return "suppose not"
        case Cite() as reason:
            return f"cites {reason.statement.claim.key}{_with(reason.terms, say)}"
        case Identity() as reason:
            shapes = "; ".join(", ".join(f"{k} = {v}" for k, v in s.items()) for s in reason.shapes)
            return f"identity with free symbols, for {shapes} only; not derived"
        case Claimed() as reason:
            return f"claimed, not derived: {reason.words}{source}"
        case Sampled() as reason:
            return f"sampled, not derived: {reason.lacks}{source}"
    return f"logic{source}"


def _with(terms: Terms, say: Callable[[Term], str]) -> str:
    if not terms:
        return ""
    return f" with {', '.join(f'{name} = {say(t)}' for name, t in terms.items())}"


# ---- as a graph ----------------------------------------------------------------------------------
def proof_graph(statement: Statement, result: StatementResult) -> nx.DiGraph[str]:
    """The DiGraph of one proof: nodes are the paths of facts, with claim, formula and role.

    Roles are hypothesis, assumption (inside a step), cited, fact, conclusion, and unsupported for
    what the kernel does not accept. An edge leads from what a step uses, and from the end of each
    proof inside it, to what it gives; it carries the name of the step, what that cites, and why.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    shown = statement.setting.shown
    claim = statement.claim
    given = {**{f"standing {i}": f for i, f in enumerate(claim.standing, 1)}, **claim.given}
    every = parts(statement, result)
    used = {premise for part in every for premise in part.premises}
    for name, f in given.items():
        if name in claim.given or name in used:
            said = {"claim": text(f, shown), "formula": latex(f, shown)}
            graph.add_node(name, **said, role="hypothesis")
    for part in every:
        if part.step is None:
            if part.formula:
                graph.add_node(part.path, claim=part.formula, formula="", role="assumption")
            continue
        accepted = part.result is not None and part.result.accepted
        formula = latex(part.step.gives, shown) if part.step.gives is not None else ""
        role = "fact" if accepted else "unsupported"
        graph.add_node(part.path, claim=part.formula, formula=formula, role=role)
    for part in every:
        if part.step is not None:
            _add_edges(graph, statement, part, part.step)
    if statement.proof and graph.nodes[statement.proof[-1].name]["role"] == "fact":
        graph.nodes[statement.proof[-1].name]["role"] = "conclusion"
    return graph


def _add_edges(graph: nx.DiGraph[str], statement: Statement, part: Part, step: Step) -> None:
    """The edges to what one step gives."""
    words = {"step": step.name, "cites": "", "why": why(statement, step)}
    if isinstance(step.reason, Cite):
        cited = step.reason.statement
        said = text(cited.claim.then, cited.setting.shown)
        graph.add_node(cited.claim.key, claim=said, formula="", role="cited")
        graph.add_edge(cited.claim.key, part.path, **{**words, "cites": cited.key})
    sources = [premise for premise in part.premises if premise in graph]
    sources += [
        f"{part.path}/{name}{inside[-1].name}" for name, inside in blocks(step.reason) if inside
    ]
    graph.add_edges_from(((source, part.path) for source in sources), **words)
