"""The statements as a user meets them: each key leads to a lemma that can be asked to be checked.

Objects: Lemma, Proofs. Functions: load_proofs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import reading_of
from symbolic_landscape.statement.lemma import Statement

if TYPE_CHECKING:
    from symbolic_landscape.judge.attack import Attack
    from symbolic_landscape.judge.breaking import Break
    from symbolic_landscape.judge.hunting import Found
    from symbolic_landscape.judge.pool import Case
    from symbolic_landscape.judge.values import Instance
    from symbolic_landscape.judge.walking import Walk
    from symbolic_landscape.library.run import CheckReport
    from symbolic_landscape.library.walking import Bench, ProofStep


class Lemma:
    """One numbered claim with both readings; what `proofs["PAPER.L1"]` returns."""

    def __init__(self, printed: Statement, proofs: Proofs) -> None:
        self.printed = printed
        self._proofs = proofs
        self._benches: dict[str, Bench] = {}

    @property
    def repaired(self) -> Statement | None:
        """The repaired reading, or None where the printed one needs no repair."""
        return self.printed.repaired

    @property
    def key(self) -> str:
        """The key, such as PAPER.L1."""
        return self.printed.key

    @property
    def kind(self) -> str:
        """The kind of statement."""
        return self.printed.kind

    @property
    def paper(self) -> str:
        """The key of the paper."""
        return self.printed.paper

    @property
    def where(self) -> str:
        """The place in the paper."""
        return self.printed.where

    @property
    def title(self) -> str:
        """The neutral title."""
        return self.printed.title

    @property
    def steps(self) -> tuple[ProofStep, ...]:
        """The steps of the printed proof; each can be walked on an instance."""
        return self.bench().steps

    def reading(self, name: str) -> Statement:
        """The statement in the named reading; the printed one where no repair is declared."""
        return reading_of(self.printed, name)

    def check(self, *, jobs: int = 1, reading: str = "both", **options: Any) -> CheckReport:
        """Checks this statement and every one below it; the same content as the command's JSON."""
        from symbolic_landscape.library.run import check

        return check(self._proofs, [self.key], jobs=jobs, reading=reading, **options)

    def attack(self, *, seed: int = 0) -> tuple[Attack, ...]:
        """Wrong variants of this statement and its proof, and who noticed each."""
        from symbolic_landscape.library.assault import attack

        return attack(self._proofs, [self.key], seed=seed)

    def bench(self, reading: str = "printed") -> Bench:
        """One reading with the instances that fit it."""
        from symbolic_landscape.library.walking import Bench

        if reading not in self._benches:
            self._benches[reading] = Bench(self._proofs, self.reading(reading))
        return self._benches[reading]

    def walk(
        self, instance: Case | Instance | str | None = None, *, reading: str = "printed"
    ) -> Walk:
        """The proof on an instance, or on that of this name, or on the first that fits."""
        return self.bench(reading).walk(instance)

    def break_(self, hypothesis: str, *, reading: str = "printed") -> Break:
        """The near miss of a hypothesis, and where the proof fails on it."""
        return self.bench(reading).broken(hypothesis)

    def falsify(
        self,
        *,
        drop: str | None = None,
        budget: float = 10.0,
        seed: int = 0,
        reading: str = "printed",
    ) -> Found:
        """A short counterexample, if one is found within the seconds of the budget."""
        return self.bench(reading).falsified(drop, budget, seed)

    def __repr__(self) -> str:
        return f"Lemma({self.key}: {self.title})"


class Proofs(Statements, Mapping[str, Lemma]):
    """All loaded statements as lemmas by key, in the order of their papers and sections."""

    def __getitem__(self, key: str) -> Lemma:
        return Lemma(self.printed(key), self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._printed)

    def __len__(self) -> int:
        return len(self._printed)

    def __repr__(self) -> str:
        papers = sorted({one.paper for one in self.statements})
        return f"Proofs({len(self)} statements of {', '.join(papers)})"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


def load_proofs(*folders: str | Path) -> Proofs:
    """The built-in statements and those of the given folders.

    A file that cannot be loaded is listed in `broken` and leaves the rest in place.

    Raises ProofsError for a folder that does not exist, DeclarationError for a key declared twice
    or citations in a circle.
    """
    return Proofs.load(*folders)
