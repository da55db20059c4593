"""The page of a statement: readings side by side, hypotheses with what breaks, the proof as a walk.

Function: statement_page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from symbolic_landscape.judge.results import NOTICES, Finding, StatementResult
from symbolic_landscape.judge.statuses import lacking
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.report.exact import exact_text
from symbolic_landscape.report.formulas import used_definitions
from symbolic_landscape.report.proofs import Part, parts, why
from symbolic_landscape.report.site.frame import badge, code, formula, link_to, page
from symbolic_landscape.report.text import attack_words, ground, idle_words
from symbolic_landscape.report.tried import control_words, counts
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.paper import Paper
from symbolic_landscape.statement.parts import unfold
from symbolic_landscape.statement.printing import declaration

UP = "../"

_TITLES = {"printed": "As printed", "repaired": "Repaired"}


def statement_page(
    lemma: Lemma,
    found: Mapping[str, tuple[StatementResult, str]],
    paper: Paper | None,
    *,
    above: Sequence[str],
    around: str,
    path: str,
) -> str:
    """The page; `found` has for each reading its result and status, `above` the citing keys.

    `around` is a picture of what it cites and what cites it.
    """
    place = ", ".join(filter(None, (lemma.kind, lemma.where)))
    source = (
        f' of <a href="{paper.address}">{escape(", ".join(paper.authors))}: '
        f"{escape(paper.title)}</a> ({escape(paper.place)})"
        if paper is not None
        else ""
    )
    body = [f'<p class="place">{escape(place)}{source}</p>\n']
    readings = "".join(
        _reading(statement, *found[statement.reading]) for statement in lemma.printed.readings
    )
    body.append(f'<div class="readings">{readings}</div>\n')
    body += _walks(lemma, found)
    body += _neighbours(lemma, above, around)
    body += _lines(lemma)
    return page(f"{lemma.key}: {lemma.title}", "".join(body), path)


# ---- what is said --------------------------------------------------------------------------------
def _reading(statement: Statement, result: StatementResult, status: str) -> str:
    shown, claim = statement.setting.shown, statement.claim
    name = statement.reading
    html = [
        f'<section aria-labelledby="{name}"><h2 id="{name}">{_TITLES[name]} {badge(status)}</h2>\n'
    ]
    html.append(f"<p>{escape(ground(result))}</p>\n")
    for words in (statement.gloss, statement.hedge and f"Hedge: {statement.hedge}"):
        if words:
            html.append(f"<p>{escape(words)}</p>\n")
    html.append(_setting(statement))
    if claim.given:
        html.append("<h3>Given</h3>\n<dl>")
        for key, f in claim.given.items():
            html.append(f'<dt id="{name}-{_anchor(key)}">{escape(key)}</dt><dd>')
            html.append(f"{_shown(formula(f, shown))}{_control(key, result)}</dd>\n")
        html.append("</dl>\n")
    html.append(f"<h3>Then</h3>\n{_shown(formula(claim.then, shown))}")
    html += _findings(result)
    html += _tried(result)
    html.append("</section>\n")
    return "".join(html)


def _shown(math: str) -> str:
    return f'<div class="math" tabindex="0" role="group" aria-label="formula">{math}</div>\n'


def _setting(statement: Statement) -> str:
    shown, claim = statement.setting.shown, statement.claim
    names = "".join(f"<li>{escape(declaration(v, shown))}</li>" for v in claim.variables)
    html = [f"<details><summary>Setting: {escape(statement.setting.title)}</summary>"]
    html.append(f"<ul>{names}</ul>" if names else "")
    if claim.standing:
        html.append("<p>Assumed throughout</p>")
        html += [_shown(formula(f, shown)) for f in claim.standing]
    used = used_definitions([*claim.standing, *claim.given.values(), claim.then])
    if used:
        html.append("<p>Definitions</p>")
        for t in used:
            html.append(_shown(f"{formula(t, shown)} := {formula(unfold(t), shown)}"))
    return "".join(html) + "</details>\n"


def _control(hypothesis: str, result: StatementResult) -> str:
    """The near miss of a hypothesis, or what was tried to find one."""
    for control in result.controls:
        if control.premise == hypothesis:
            return f'<p class="breaks">Without it: {escape(control_words(control))}.</p>'
    without = dict(result.without_control).get(hypothesis)
    return f'<p class="note">No near miss: {escape(without)}.</p>' if without else ""


def _findings(result: StatementResult) -> Iterator[str]:
    for finding in result.findings:
        yield _finding(finding)
    for words in idle_words(result):
        yield f'<p class="note">Notice: {escape(words)}.</p>\n'
    for words in result.open_obligations:
        yield f'<p class="note">Open: {escape(words)}</p>\n'
    for words in lacking(result) if result.kind != "external" else ():
        yield f'<p class="note">Not derived: {escape(words)}.</p>\n'


def _finding(finding: Finding) -> str:
    kind = "note" if finding.kind in NOTICES else "finding"
    html = [f'<div class="{kind}"><p><strong>{escape(finding.kind)}</strong>, ']
    html.append(f"{escape(finding.where)}: {escape(finding.text)}</p>")
    if finding.counterexample is not None:
        html.append("<p>Smallest instance that shows it: <code>")
        html.append(f"{escape(exact_text(finding.counterexample))}</code></p>")
    for name, words in (("Numbers", finding.numbers), ("Found by", finding.how_found)):
        if words:
            html.append(f"<p>{name}: {escape(words)}</p>")
    return "".join(html) + "</div>\n"


def _tried(result: StatementResult) -> Iterator[str]:
    tally = result.tally
    if tally is None:
        return
    words = f"Tried on {tally.given} given and {tally.drawn} drawn instances"
    if tally.met:
        fared = counts(tally.conclusion, tally.unasked)
        words += f"; {tally.met} meet every hypothesis, and there it {fared}"
    yield f"<details><summary>{escape(words)}</summary>"
    met = [i for i in result.instances if i.met]
    if met:
        rows = "".join(
            f"<li>{escape(i.name)}: {escape(i.verdict)} ({escape(i.evidence)})</li>" for i in met
        )
        yield f"<ul>{rows}</ul>"
    if result.blind_spots:
        spots = "".join(f"<li>{escape(spot)}</li>" for spot in result.blind_spots)
        yield f"<p>True wherever it was tried, and not among the hypotheses:</p><ul>{spots}</ul>"
    for line in attack_words(result):
        yield f"<p>{escape(line)}</p>"
    yield "</details>\n"


# ---- why it follows ------------------------------------------------------------------------------
def _walks(lemma: Lemma, found: Mapping[str, tuple[StatementResult, str]]) -> Iterator[str]:
    for statement in lemma.printed.readings:
        if statement.proof:
            name = f"proof-{statement.reading}"
            whose = f" of the {statement.reading} reading" if lemma.repaired else ""
            yield f'<section aria-labelledby="{name}"><h2 id="{name}">Proof{whose}</h2>\n'
            yield '<ol class="proof">\n'
            result, _ = found[statement.reading]
            for part in parts(statement, result):
                yield _part(part, statement)
            yield "</ol>\n</section>\n"


def _part(part: Part, statement: Statement) -> str:
    anchor = f"{statement.reading}-{_anchor(part.path)}"
    depth = f' style="--depth: {part.depth}"' if part.depth else ""
    if part.step is None:
        said = f": {escape(part.formula)}" if part.formula else ""
        return f'<li class="inside" id="{anchor}"{depth}><em>{escape(part.name)}</em>{said}</li>\n'
    step, result = part.step, part.result
    given = (
        _shown(formula(step.gives, statement.setting.shown))
        if step.gives is not None
        else f"<p>{escape(part.formula)}</p>"
    )
    accepted = result is not None and result.accepted
    word = "derived" if accepted else step.reason.word
    kind = "accepted" if accepted else "open"
    html = [f'<li class="{kind}" id="{anchor}"{depth}><strong>{escape(part.name)}</strong> ']
    html.append(f'<span class="mark {kind}">{escape(word)}</span>{given}')
    html.append(f'<p class="why">{escape(why(statement, step))}</p>')
    if result is not None and result.refused_because:
        html.append(f'<p class="note">Refused: {escape(result.refused_because)}</p>')
    for finding in result.findings if result is not None else ():
        html.append(_finding(finding))
    return "".join(html) + "</li>\n"


def _anchor(path: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in path)


# ---- what is around it ---------------------------------------------------------------------------
def _neighbours(lemma: Lemma, above: Sequence[str], around: str) -> Iterator[str]:
    cites = dict.fromkeys(c.key for r in lemma.printed.readings for c in r.cites)
    for title, keys in (("It cites", cites), ("It is cited by", above)):
        if keys:
            links = ", ".join(link_to(key, UP) for key in keys)
            yield f"<h2>{title}</h2>\n<p>{links}</p>\n"
    if around:
        yield '<div class="picture" tabindex="0" role="group" aria-label="What is around it">'
        yield f"{around}</div>\n"


def _lines(lemma: Lemma) -> Iterator[str]:
    yield "<h2>To see it again</h2>\n"
    yield code(f"lemma-check check {lemma.key}")
    yield code(f"lemma-check explain {lemma.key}")
    if lemma.printed.proof:
        yield code(f"lemma-check step {lemma.key}")
    for name in lemma.printed.claim.given:
        yield code(f'lemma-check break {lemma.key} "{name}"')
