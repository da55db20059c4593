"""Paths: where in a proof a step stands, as the kernel names it.

The path of a step inside the step S is `S/name`; in an induction `S/base/name` or `S/step/name`,
in the n-th case `S/n/name`.

Functions: blocks, paths, without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def without(proof: tuple[Step, ...], path: str, before: str = "") -> tuple[Step, ...]:
    """The proof without the step at this path; as it is where none stands there."""
    kept = list[Step]()
    for step in proof:
        here = before + step.name
        if here == path:
            continue
        if path.startswith(f"{here}/"):
            step = replace(step, reason=_thinned(step.reason, path, here))
        kept.append(step)
    return tuple(kept)


def _thinned(reason: Reason, path: str, here: str) -> Reason:
    """The reason with that step left out of the proofs inside."""
    left = [without(inside, path, f"{here}/{name}") for name, inside in blocks(reason)]
    match reason:
        case Generic() | Contradiction():
            return replace(reason, proof=left[0])
        case Induct():
            return replace(reason, base=left[0], step=left[1])
        case Cases():
            return replace(reason, branches=tuple(left))
    return reason
