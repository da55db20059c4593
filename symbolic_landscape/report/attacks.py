"""Attacks in a report: how many variants of each kind were tried, noticed, and who noticed them.

Functions: to_data, lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from symbolic_landscape.judge.attack import KINDS, Attack, tally
from symbolic_landscape.report.layout import wrapped


def to_data(found: Sequence[Attack], seed: int) -> dict[str, Any]:
    """The JSON of `lemma-check attack`."""
    return {
        "schema": "lemma-check/attack/1",
        "seed": seed,
        "kinds": [
            {
                "kind": row.kind,
                "tried": row.tried,
                "noticed": row.noticed,
                "true_variants": row.true_variants,
                "other_proofs": row.another_proof,
                "unnoticed": [
                    {"key": a.key, "reading": a.reading, "variant": a.variant}
                    for a in row.unnoticed
                ],
            }
            for row in tally(found)
        ],
    }


def lines(found: Sequence[Attack]) -> Iterable[str]:
    """The table of kinds, then every wrong variant that nobody noticed."""
    rows = tally(found)
    heads = ("variants", "wrong", "noticed", "unnoticed", "true", "proofs")
    yield _row(*heads)
    for row in rows:
        open_ = len(row.unnoticed)
        yield _row(row.kind, row.tried, row.noticed, open_, row.true_variants, row.another_proof)
    tried, noticed = sum(r.tried for r in rows), sum(r.noticed for r in rows)
    true, other = sum(r.true_variants for r in rows), sum(r.another_proof for r in rows)
    yield _row("all", tried, noticed, tried - noticed, true, other)
    share = f"{100 * noticed / tried:.1f} % of the wrong variants are noticed"
    yield share if tried else "there is nothing to try"
    yield "true: variants that the kernel derives; proofs: other proofs of the same claim"
    who = Counter(_who(a.by) for a in found if a.by and a.wrong)
    said = ", ".join(f"{word} {count}" for word, count in who.most_common())
    yield from wrapped(f"noticed by: {said}", 0, 4)
    for row in rows:
        if row.unnoticed:
            yield ""
            yield from wrapped(f"unnoticed: {row.kind} ({KINDS[row.kind]})", 0, 4)
            for a in row.unnoticed:
                yield from wrapped(f"{a.key} ({a.reading}): {a.variant}", 2, 6)


def _row(kind: str, *columns: object) -> str:
    """A line of the table: 80 letters at the most."""
    wrong, noticed, unnoticed, true, proofs = columns
    return f"{kind:28}{wrong:>8}{noticed:>9}{unnoticed:>11}{true:>7}{proofs:>8}"


def _who(by: str) -> str:
    """Which check it was, in one word or two."""
    words = {
        "kernel": "the kernel",
        "not used": "surplus hypotheses",
        "among the hypotheses": "surplus hypotheses",
        "recorded findings": "recorded findings",
        "steps after": "the proof",
    }
    return next((who for word, who in words.items() if word in by), "instances")
