"""A paper: what a reader needs to find it.

Class: Paper.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A paper by the key with which the keys of its statements begin.

    `version` says which text the statements are taken from, where there is more than one.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    arxiv: str
    version: str = ""

    @property
    def address(self) -> str:
        """Where the paper is found."""
        return f"https://arxiv.org/abs/{self.arxiv}"

    @property
    def place(self) -> str:
        """Venue and year."""
        year = str(self.year)
        return self.venue if year in self.venue else f"{self.venue}, {year}"

    @property
    def bibtex(self) -> str:
        """The entry of a BibTeX file."""
        return (
            f"@misc{{{self.key},\n"
            f"  title = {{{{{self.title}}}}},\n"
            f"  author = {{{' and '.join(self.authors)}}},\n"
            f"  year = {{{self.year}}},\n"
            f"  howpublished = {{{self.venue}}},\n"
            f"  eprint = {{{self.arxiv}}},\n"
            "  archiveprefix = {arXiv}\n"
            "}\n"
        )
