"""The static site: links lead somewhere, names are unique, nothing of the user's is lost."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from own_proofs import CITING, RECORDED, RIGHT, folder

from symbolic_landscape.errors import ProblemError
from symbolic_landscape.library import run
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.site import write_site
from symbolic_landscape.report.site.frame import formula
from symbolic_landscape.statement.language import matrix, natural, rank, the

SINGLE = {"meta", "link", "input", "br", "mspace"}


class Reader(HTMLParser):
    """Ids, links and open tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        self.links += [v for k, v in attrs if k in ("href", "src") and v]
        if tag not in SINGLE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in SINGLE:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert not reader.open
    return reader


def alone(own: Path, *keys: str) -> Proofs:
    """These statements and what they lean on, whatever else this process has loaded."""
    loaded = Proofs.load(own, keys=keys)
    return Proofs([loaded.printed(key) for key in loaded.below(keys)], (), loaded.folders)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    own = folder(path / "proofs", a=RIGHT, b=RECORDED, c=CITING)
    keys = ("OWN.R1", "OWN.R3", "OWN.L9", "NH17.L2.1.tails")
    proofs = alone(own, *keys)
    report = run.check(proofs, keys[:3], instances=5)
    write_site(path / "site", proofs, report)
    return path / "site"


def test_pages_are_well_formed_and_links_lead_somewhere(site: Path) -> None:
    pages = {path.resolve(): read(path) for path in site.rglob("*.html")}
    assert len(pages) > 8
    for path, page in pages.items():
        assert max(page.ids.values()) == 1, f"{path}: {page.ids.most_common(1)}"
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path}: {link}"
            assert not parts.fragment or parts.fragment in pages[target].ids


def test_page_says_what_was_found(site: Path) -> None:
    refuted = read(site / "statements" / "OWN.R3.html").text
    assert "As printed refuted" in refuted
    assert "Repaired checked" in refuted
    assert "Smallest instance that shows it" in refuted
    assert "sampled, not derived: nobody halves" in refuted
    assert "derived" in read(site / "statements" / "OWN.R1.html").text
    assert "not run" in read(site / "statements" / "NH17.L2.1.tails.html").text
    assert "OWN.R3: refuted, statement" in read(site / "errata.html").text
    assert "OWN.L8" in read(site / "statements" / "OWN.L9.html").text
    assert "MATH" not in refuted


def test_formula_is_math_with_words_beside_it() -> None:
    n = natural("n")
    A = matrix("A", n, n)
    shown = formula(the(rank(A) == n), {})
    assert shown.startswith("<math alttext=")
    assert 'alttext="rank A = n"' in shown
    assert "&#x" not in shown


@pytest.mark.slow
def test_site_replaces_a_site_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder(tmp_path / "proofs", a=RIGHT)
    proofs = alone(own, "OWN.R1")
    report = run.check(proofs, ["OWN.R1"], instances=3)
    site = tmp_path / "new" / "site"
    write_site(site, proofs, report)
    mark = site / ".lemma-check-site"
    (site / "old.html").write_text("")
    mark.write_text(mark.read_text() + "old.html\n../kept.txt\n")
    (site / "CNAME").write_text("mine")
    (tmp_path / "new" / "kept.txt").write_text("kept")
    monkeypatch.chdir(site)
    write_site(Path(), proofs, report)
    assert not (site / "old.html").exists()
    assert (site / "CNAME").read_text() == "mine"
    assert (tmp_path / "new" / "kept.txt").read_text() == "kept"
    (tmp_path / "link").symlink_to(site)
    write_site(tmp_path / "link", proofs, report)
    assert (tmp_path / "link").is_symlink()
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("dear")
    for place in (letters, letters / "dear.txt", letters / "dear.txt" / "below"):
        with pytest.raises(ProblemError, match="-o needs"):
            write_site(place, proofs, report)
    assert (letters / "dear.txt").read_text() == "dear"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letters", "link", "new", "proofs"]
