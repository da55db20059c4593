"""What all pages of the site have in common: head, navigation, badges, formulas.

Functions: page, badge, formula, code, link_to, table. Pages are plain HTML that is useful without
scripts; formulas are MathML with their plain text beside it for those who do not see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape

from latex2mathml.converter import convert

from symbolic_landscape.statement.printing import Notations, latex, text
from symbolic_landscape.statement.term import Term
from symbolic_landscape.version import __version__

NAVIGATION = (
    ("index.html", "Statements"),
    ("graph.html", "Graph"),
    ("errata.html", "Errata"),
    ("rules.html", "Rules"),
    ("atlas.html", "Atlas"),
    ("guide.html", "How to read"),
    ("course.html", "Lessons"),
)


def page(title: str, body: str, here: str) -> str:
    """A page of the site; `here` is its path below the folder of the site."""
    up = "../" * here.count("/")
    links = "".join(
        f'<li><a href="{up}{target}"'
        + (' aria-current="page"' if target == here else "")
        + f">{name}</a></li>"
        for target, name in NAVIGATION
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{up}site.css">\n'
        f'<script src="{up}site.js" defer></script>\n'
        "</head>\n<body>\n"
        '<a class="skip" href="#content">To the content</a>\n'
        f'<header><nav aria-label="Pages"><ul>{links}</ul></nav></header>\n'
        f'<main id="content">\n<h1>{escape(title)}</h1>\n{body}</main>\n'
        f"<footer>lemma-check {__version__}. Derived means: true for all data, relative to the "
        "rules and theorems listed. Checked means: on these instances. Neither means proved."
        "</footer>\n</body>\n</html>\n"
    )


def badge(status: str) -> str:
    """A status in its colour, which its word says too."""
    return f'<span class="status {status.replace(" ", "-")}">{escape(status)}</span>'


def formula(t: Term, notation: Notations) -> str:
    """A term as MathML."""
    return _math(latex(t, notation), text(t, notation))


@cache
def _math(tex: str, words: str) -> str:
    """LaTeX as MathML with its plain text; letters beyond ASCII stand for themselves."""
    made = convert(tex, display="inline").replace("&#x0003D;", "=")
    for code in set(_codes(made)):
        made = made.replace(f"&#x{code};", escape(chr(int(code, 16))))
    head = made.index(" ")
    return f'{made[:head]} alttext="{escape(words)}"{made[head:]}'


def _codes(made: str) -> Iterable[str]:
    return (part.split(";")[0] for part in made.split("&#x")[1:])


def code(line: str) -> str:
    """A line to be pasted into a terminal."""
    return f'<pre class="line" tabindex="0"><code>{escape(line)}</code></pre>\n'


def link_to(key: str, up: str = "") -> str:
    """A link to the page of a statement."""
    return f'<a href="{up}{address(key)}">{escape(key)}</a>'


def address(key: str) -> str:
    """The path of a statement's page."""
    return f"statements/{key.replace(':', '-')}.html"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A table; cells are HTML."""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>\n{body}</tbody></table></div>\n"
    )
