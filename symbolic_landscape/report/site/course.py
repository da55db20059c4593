"""The teacher's guide, which lies beside the notebooks, as a page of the site.

Function: course_page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt

from symbolic_landscape.report.notebooks import guide
from symbolic_landscape.report.site.frame import link_to, page

_WORDS = r"[A-Z][A-Z0-9]+\.[A-Za-z0-9.]*[A-Za-z0-9]"


def course_page(keys: Iterable[str]) -> str:
    """The guide as HTML; each of the keys that it names leads to its statement."""
    known = frozenset(keys)
    title, _, text = guide().partition("\n")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = html.replace(
        "<table>", '<div class="wide" tabindex="0" role="group" aria-label="Plan"><table>'
    )
    html = html.replace("</table>", "</table></div>")
    return page(title.lstrip("# "), _linked(html, known), "course.html")


def _linked(html: str, known: frozenset[str]) -> str:
    """Keys outside of code become links."""
    parts = re.split(r"(<code>.*?</code>)", html)
    return "".join(
        part
        if part.startswith("<code>")
        else re.sub(_WORDS, lambda m: link_to(m[0]) if m[0] in known else m[0], part)
        for part in parts
    )
