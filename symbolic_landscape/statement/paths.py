"""Paths: where in a proof a step stands, as the kernel names it.

The path of a step inside the step S is `S/name`; in an induction `S/base/name` or `S/step/name`,
in the n-th case `S/n/name`.

Functions: blocks, paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_landscape.statement.step import Cases, Contradiction, Generic, Induct, Reason, Step


def blocks(reason: Reason) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """The proofs inside a reason, each with what its paths have between slashes, if anything."""
    match reason:
        case Generic() | Contradiction():
            return (("", reason.proof),)
        case Induct():
            return (("base/", reason.base), ("step/", reason.step))
        case Cases():
            return tuple((f"{n}/", branch) for n, branch in enumerate(reason.branches, 1))
    return ()


def paths(proof: Sequence[Step], before: str = "") -> Iterator[tuple[str, Step]]:
    """Every step of a proof with its path, those inside a step before it."""
    for step in proof:
        path = before + step.name
        for name, inside in blocks(step.reason):
            yield from paths(inside, f"{path}/{name}")
        yield path, step
