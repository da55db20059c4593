"""A statement as it is declared: setting, definitions, what is given, what follows, the proof.

Functions: setting_lines, difference_lines, claim_lines, reading_lines, outline_lines, reading_data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from symbolic_landscape.judge.results import NOTICES, StatementResult, StepResult
from symbolic_landscape.report.formulas import definition_words, used_definitions
from symbolic_landscape.report.layout import counted, width, wrapped
from symbolic_landscape.report.proofs import proof_lines, quoted, span
from symbolic_landscape.report.text import attack_words, ground, idle_words
from symbolic_landscape.report.tried import pool_lines, spot_lines, tried_data
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import declaration, latex, text
from symbolic_landscape.statement.term import Term


def setting_lines(
    statement: Statement, everything: bool, above: Statement | None = None
) -> Iterator[str]:
    """Variables, standing assumptions, and the definitions that the statement uses, or all.

    Below a reading that was shown already, only what is new, and what is not assumed any more.
    """
    known = set() if above is None else set(_setting_parts(above, everything))
    found = [part for part in _setting_parts(statement, everything) if part not in known]
    dropped = () if above is None else _dropped(above, statement)
    title, more = statement.setting.title, ", and" if found or dropped else ""
    if above is None:
        yield from wrapped(f"setting: {title}", 0, 2)
    elif above.setting.title != title:
        yield from wrapped(f"setting: {title}; the rest as above{more}", 0, 2)
    elif more:
        yield "setting: as above, and"
    heading = ""
    for part in found:
        if part.heading != heading:
            yield f"  {part.heading}"
            heading = part.heading
        yield from part.lines
    for words in dropped:
        yield from wrapped(f"not assumed any more: {words}", 2, 4)


def _dropped(above: Statement, below: Statement) -> tuple[str, ...]:
    """The standing assumptions of a reading that another one does without."""
    shown = above.setting.shown
    kept = {text(f, shown) for f in below.claim.standing}
    return tuple(words for f in above.claim.standing if (words := text(f, shown)) not in kept)


class _Part(NamedTuple):
    """One entry of a setting, below a heading or below none."""

    heading: str
    lines: tuple[str, ...]


def _setting_parts(statement: Statement, everything: bool) -> Iterator[_Part]:
    setting, claim = statement.setting, statement.claim
    shown = setting.shown
    for v in claim.variables:
        yield _Part("", tuple(wrapped(declaration(v, shown), 4, 6)))
    for i, f in enumerate(claim.standing, 1):
        words = f"standing {i}: {text(f, shown)}"
        yield _Part("assumed throughout", tuple(wrapped(words, 4, 8)))
    formulas = _formulas(statement)
    if everything:
        formulas += [d.function.term for d in setting.definitions]
    for t in used_definitions(formulas):
        yield _Part("definitions", tuple(wrapped(definition_words(t, shown), 4, 8)))


def difference_lines(printed: Statement, repaired: Statement) -> Iterator[str]:
    """What the repaired reading says otherwise: hypotheses less and more, and the conclusion."""
    old, new = printed.claim, repaired.claim
    shown = repaired.setting.shown
    same = set(old.given.values()) & set(new.given.values())
    without = [name for name, f in old.given.items() if f not in same]
    more = {name: f for name, f in new.given.items() if f not in same}
    yield "  against the printed reading"
    if without:
        yield from wrapped(f"without {', '.join(without)}", 4, 8)
    for name, f in more.items():
        yield from wrapped(f"with {name}: {text(f, shown)}", 4, 8)
    if old.then is not new.then:
        yield "    with another conclusion"
    elif not without and not more:
        yield "    the same claim, with another proof or setting"


def claim_lines(statement: Statement) -> Iterator[str]:
    """What is given, by name, and what follows."""
    shown, claim = statement.setting.shown, statement.claim
    if claim.given:
        yield "  given"
        for name, f in claim.given.items():
            yield from wrapped(f"{name}: {text(f, shown)}", 4, 8)
    yield "  then"
    yield from wrapped(text(claim.then, shown), 4, 8)


def _formulas(statement: Statement) -> list[Term]:
    claim = statement.claim
    return [*claim.standing, *claim.given.values(), claim.then]


def reading_lines(
    statement: Statement,
    result: StatementResult,
    status: str | None,
    *,
    everything: bool = False,
    paper: Sequence[str] = (),
    above: Statement | None = None,
) -> Iterator[str]:
    """One reading: status, what is given, what follows, and why.

    Where another stands above it, also what it says otherwise.
    """
    words = f"{status}: {ground(result)}" if status else f"not run; {ground(result)}"
    yield from wrapped(f"{statement.reading} reading, {words}", 0, 2)
    if statement.gloss:
        yield from wrapped(statement.gloss, 2, 2)
    if statement.hedge:
        yield from wrapped(f"hedge: {statement.hedge}", 2, 4)
    if statement.lines:
        yield f"  lines {span(statement.lines)} of the paper"
        yield from quoted(paper, statement.lines, 4)
    if above is not None:
        yield from difference_lines(above, statement)
    yield from claim_lines(statement)
    if statement.proof:
        yield "  proof"
        yield from proof_lines(statement, result, indent=4, everything=everything, paper=paper)
    derivation = result.derivation
    surplus = (*derivation.surplus, *derivation.surplus_parts)
    if surplus:
        stronger = derivation.explained
        note = f"; {stronger[0]} ({stronger[1]}) does without" if stronger else ""
        yield from wrapped(f"not used: {', '.join(surplus)}{note}", 2, 4)
    if derivation.slack:
        yield from wrapped(f"could say less: {', '.join(derivation.slack)}", 2, 4)
    if derivation.idle:
        idle = "; ".join(derivation.idle)
        yield from wrapped(f"assumed throughout, and not needed here: {idle}", 2, 4)
    for words in idle_words(result):
        yield from wrapped(words, 2, 4)
    if derivation.opaque:
        count = f"{derivation.opaque_formulas} of {derivation.formulas} formulas"
        names = ", ".join(derivation.opaque)
        yield from wrapped(f"said by no tree, in {count}: {names}", 2, 4)
    for words in attack_words(result):
        yield from wrapped(words, 2, 4)
    for words in statement.expected:
        yield from wrapped(f"recorded finding: {words}", 2, 4)
    if result.tally is not None:
        yield from pool_lines(result.tally, result.controls, dict(result.without_control), 2)
        yield from spot_lines(result.blind_spots, 2)
    if everything:
        for instance in result.instances:
            yield from wrapped(
                f"instance {instance.name}: {instance.verdict} ({instance.evidence})", 2, 4
            )


OUTLINED = 12
"""So many steps of a proof are named in an outline."""


def outline_lines(
    statement: Statement, result: StatementResult, status: str | None, above: Statement | None
) -> Iterator[str]:
    """One reading in short: status, claim, what speaks against it, a line for each step.

    Below another reading the claim is told as a difference.
    """
    words = f"{status}: {ground(result)}" if status else f"not run; {ground(result)}"
    yield from wrapped(f"{statement.reading} reading, {words}", 0, 2)
    if statement.hedge:
        yield from wrapped(f"hedge: {statement.hedge}", 2, 4)
    if above is None:
        yield from claim_lines(statement)
    else:
        yield from difference_lines(above, statement)
        if statement.claim.then is not above.claim.then:
            yield from wrapped(f"then {text(statement.claim.then, statement.setting.shown)}", 2, 4)
    for finding in result.findings:
        if finding.kind not in NOTICES:
            yield from wrapped(f"{finding.kind}, {finding.where}: {finding.text}", 2, 4)
    steps = [step for step in result.steps if "/" not in step.name]
    if steps:
        yield f"  proof, {counted(len(result.steps), 'step')} with those inside others"
    for step in steps[:OUTLINED]:
        line = f"    {step.name} ({_source(step)}): {step.gives}"
        yield line if len(line) <= width() else f"{line[: width() - 4]} ..."
    if len(steps) > OUTLINED:
        yield f"    and {len(steps) - OUTLINED} more"


def _source(step: StepResult) -> str:
    """What a step rests on, in a word or two."""
    word = step.cites[0] if step.cites else step.rule or step.reason
    return word if step.accepted else f"{word}, not derived"


def reading_data(
    statement: Statement, result: StatementResult, status: str | None, place: str
) -> dict[str, Any]:
    """One reading in the JSON of `lemma-check show`."""
    shown, claim = statement.setting.shown, statement.claim

    def both(f: Term) -> dict[str, str]:
        return {"text": text(f, shown), "latex": latex(f, shown)}

    definitions = used_definitions(_formulas(statement))
    return {
        "form": "derivation",
        "reading": statement.reading,
        "declared": place,
        "gloss": statement.gloss,
        "hedge": statement.hedge,
        "lines": list(statement.lines) if statement.lines else None,
        "setting": {
            "title": statement.setting.title,
            "variables": [declaration(v, shown) for v in claim.variables],
            "standing": [both(f) for f in claim.standing],
            "definitions": [definition_words(t, shown) for t in definitions],
        },
        "given": [{"name": name, **both(f)} for name, f in claim.given.items()],
        "then": both(claim.then),
        "steps": [
            {
                "name": step.name,
                "premises": list(step.premises),
                "gives": step.gives,
                "reason": step.reason,
                "rule": step.rule,
                "cites": step.cites[0] if step.cites else None,
                "accepted": step.accepted,
                "rests": list(step.rests),
            }
            for step in result.steps
        ],
        "cites": [cited.claim.key for cited in statement.cites],
        "expected": list(statement.expected),
        "tried": tried_data(result),
        "last": status,
    }
