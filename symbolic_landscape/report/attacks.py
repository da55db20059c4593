"""Attacks in a report: how many variants of each kind were tried, noticed, and who noticed them.

Functions: to_data, lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from symbolic_landscape.judge.attack import ANOTHER_PROOF, KINDS, Attack, tally


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
                "unnoticed": [
                    {"key": a.key, "reading": a.reading, "variant": a.variant}
                    for a in row.unnoticed
                ],
            }
            for row in tally(found)
        ],
    }


def lines(found: Sequence[Attack]) -> Iterable[str]:
    """The table of kinds, then every variant that nobody noticed."""
    rows = tally(found)
    yield f"{'variants':32}{'tried':>8}{'noticed':>9}{'unnoticed':>11}"
    for row in rows:
        yield f"{row.kind:32}{row.tried:8}{row.noticed:9}{len(row.unnoticed):11}"
    tried, noticed = sum(r.tried for r in rows), sum(r.noticed for r in rows)
    share = f"{100 * noticed / tried:.1f} %" if tried else "nothing to try"
    yield f"{'all':32}{tried:8}{noticed:9}{tried - noticed:11}   {share}"
    other = sum(a.by == ANOTHER_PROOF for a in found)
    if other:
        yield f"{other} variants are another proof of the same statement, and are not counted"
    who = Counter(_who(a.by) for a in found if a.by and a.by != ANOTHER_PROOF)
    yield "noticed by: " + ", ".join(f"{word} {count}" for word, count in who.most_common())
    for row in rows:
        if row.unnoticed:
            yield ""
            yield f"unnoticed: {row.kind} ({KINDS[row.kind]})"
            for a in row.unnoticed:
                yield f"  {a.key} ({a.reading}): {a.variant}"


def _who(by: str) -> str:
    """Which check it was, in one word or two."""
    for word in ("kernel", "not used", "not derived", "later step", "steps after"):
        if word in by:
            return {"kernel": "the kernel", "not used": "idle hypotheses"}.get(word, "the proof")
    return "instances"
