"""The pages that list: statements by paper, errata by cause, rules by topic, words and statuses.

Functions: front_page, errata_page, rules_page, guide_page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from symbolic_landscape.judge.results import NOTICES, Node
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.errata import Erratum
from symbolic_landscape.report.exact import exact_text
from symbolic_landscape.report.formulas import rule_names
from symbolic_landscape.report.layout import counted
from symbolic_landscape.report.site.frame import badge, code, formula, link_to, page, table
from symbolic_landscape.statement.paper import Paper
from symbolic_landscape.statement.rule import Rule


def front_page(proofs: Proofs, statuses: Mapping[Node, str], papers: Mapping[str, Paper]) -> str:
    """Every statement with its statuses, paper by paper."""
    html = [
        (
            "<p>Theory papers on the loss surface of neural networks, claim by claim: what is "
            "given, what follows, why, and where it breaks. Every formula here is the one that was "
            "derived and decided.</p>\n"
        ),
        (
            '<form class="search" role="search" hidden>'
            '<label for="search">Find a statement</label> '
            '<input id="search" type="search" autocomplete="off"> '
            '<output for="search"></output></form>\n'
        ),
    ]
    groups: dict[str, list[str]] = {}
    for key in proofs:
        groups.setdefault(proofs[key].paper, []).append(key)
    for name, keys in groups.items():
        html += _paper(name, papers.get(name), keys, proofs, statuses)
    return page("Statements", "".join(html), "index.html")


def _paper(
    name: str,
    paper: Paper | None,
    keys: Sequence[str],
    proofs: Proofs,
    statuses: Mapping[Node, str],
) -> Iterator[str]:
    title = f"{', '.join(paper.authors)}: {paper.title}" if paper else "Theorems from outside"
    yield f'<h2 id="{escape(name)}">{escape(title)}</h2>\n'
    if paper is not None:
        version = f" The text: {escape(paper.version)}." if paper.version else ""
        link = f'<a href="{paper.address}">arXiv:{paper.arxiv}</a>'
        yield f"<p>{escape(paper.place)}, {link}.{version}</p>\n"
    count = Counter(
        statuses.get((key, r), "not run") for key in keys for r in _readings(proofs, key)
    )
    yield f"<p>{' '.join(f'{badge(word)} {number}' for word, number in count.items())}</p>\n"
    rows = []
    for key in keys:
        lemma = proofs[key]
        words = [statuses.get((key, r), "not run") for r in _readings(proofs, key)]
        both = " ".join(map(badge, words[:1])) + (
            f' <span class="repaired">repaired {badge(words[1])}</span>' if len(words) > 1 else ""
        )
        rows.append(
            (link_to(key), escape(lemma.kind), escape(lemma.where), escape(lemma.title), both)
        )
    yield table(("Key", "Kind", "Place", "Title", "Status"), rows, f"Statements of {name}")


def _readings(proofs: Proofs, key: str) -> list[str]:
    return [reading.reading for reading in proofs[key].printed.readings]


def errata_page(rows: Sequence[Erratum]) -> str:
    """Findings about printed statements, one entry a cause, each with a name to be cited by."""
    real = [row for row in rows if row.kind not in NOTICES]
    html = [
        (
            f"<p>{counted(len(real), 'finding')} about printed statements, one entry a cause. "
            "Each has "
            'a permanent name; <a href="errata.bib">errata.bib</a> has them for BibTeX and '
            '<a href="errata.json">errata.json</a> as data.</p>\n'
        )
    ]
    for row in real:
        html += _erratum(row)
    if not real:
        html.append("<p>None yet: run <code>lemma-check check</code> first.</p>\n")
    return page("Errata", "".join(html), "errata.html")


def _erratum(row: Erratum) -> Iterator[str]:
    yield f'<article id="{escape(row.id)}"><h2>{link_to(row.key)}: {escape(row.kind)}, '
    yield f"{escape(row.where)}</h2>\n<p>{escape(row.text)}</p>\n<dl>"
    example = "" if row.counterexample is None else exact_text(row.counterexample)
    facts = (
        ("Printed", row.printed),
        ("Counterexample", example),
        ("Numbers", row.numbers),
        ("Repaired", f"{row.repaired} ({row.status or 'not run'})" if row.repaired else "none"),
        ("In words", row.note),
        ("Survives", row.survives or ""),
        ("Found by", row.how_found),
        ("Hedge", row.hedge),
        ("Spoils also", ", ".join(row.consequences)),
        ("Name", row.id),
    )
    for name, words in facts:
        if words:
            yield f"<dt>{name}</dt><dd>{escape(words)}</dd>\n"
    yield "</dl></article>\n"


def rules_page(rules: Sequence[Rule], users: Mapping[str, Sequence[str]]) -> str:
    """The rule book: what a reader must believe where something is called derived."""
    html = [
        (
            f"<p>{counted(len(rules), 'rule')}. A rule is what a proof may use without a proof of "
            "its own; each is elementary or has a source, and is tried on free objects.</p>\n"
        )
    ]
    topics: dict[str, list[Rule]] = {}
    for rule in rules:
        topics.setdefault(rule.topic, []).append(rule)
    for topic, own in topics.items():
        html.append(f'<h2 id="{escape(topic)}">{escape(topic)}</h2>\n')
        for rule in own:
            html += _rule(rule, users.get(rule.name, ()))
    return page("Rules", "".join(html), "rules.html")


def _rule(rule: Rule, users: Sequence[str]) -> Iterator[str]:
    yield f'<article id="rule-{escape(rule.name)}"><h3>{escape(rule.name.replace("_", " "))}</h3>\n'
    yield f'<p class="note">{escape(rule_names(rule))}. Source: {escape(rule.source)}</p>\n'
    given = "; ".join(formula(f, {}) for f in rule.given)
    side = ", ".join(formula(f, {}) for f in rule.where)
    words = f"{given} ⟹ {formula(rule.then, {})}" if given else formula(rule.then, {})
    where = f" where {side}" if side else ""
    yield f'<div class="math" tabindex="0" role="group" aria-label="rule">{words}{where}</div>\n'
    if users:
        yield f"<p>Used by {', '.join(map(link_to, users))}</p>\n"
    yield "</article>\n"


_STATUSES = (
    (
        "derived",
        (
            "The kernel accepts every step: true for all data of the setting, relative to the "
            "rules and the theorems from outside that are listed."
        ),
    ),
    (
        "checked",
        (
            "Nothing speaks against it where it was tried; some steps are sampled, or it has "
            "hypotheses that its proof does not use."
        ),
    ),
    ("gap", "A step is refused or only claimed; the conclusion holds where it was tried."),
    ("refuted", "An instance meets the hypotheses and not the conclusion."),
    ("inconsistent", "A derivation shows that the hypotheses contradict each other."),
    ("vacuous", "No instance meets the hypotheses."),
    ("undecided", "Something that only instances can decide is open."),
    ("assumed", "A theorem from outside, taken over."),
    ("not run", "Not checked yet on this machine."),
)


def guide_page() -> str:
    """What the words and colours mean."""
    rows = [(badge(word), escape(words)) for word, words in _STATUSES]
    html = (
        "<p>A statement has hypotheses and a conclusion in the names of its setting. The printed "
        "reading says what the paper says; a repaired one stands beside it where that is false, "
        "empty or not what the proof shows. A step names the facts that it uses and has one "
        "reason: a rule, a calculation, a construction, a citation whose hypotheses are facts "
        "here. What is only decided on instances is marked as sampled, what the paper alone says "
        "as claimed.</p>\n"
        + table(("Status", "Says"), rows, "Statuses")
        + "<h2>Break a theorem</h2>\n<p>Take a hypothesis away and see where the proof fails:</p>\n"
        + code('lemma-check break MINE.L1 "full rank" --proofs my_proofs')
        + "<h2>Your own network</h2>\n"
        + code("lemma-check classify problem.json")
        + "<h2>Your own lemma</h2>\n"
        + code("lemma-check new MINE.L1 -o my_proofs/first.py")
        + code("lemma-check check MINE.L1 --proofs my_proofs")
    )
    return page("How to read", html, "guide.html")
