"""The status of a statement: computed from what was found, and never typed in.

`derived` says of a statement that the kernel accepts every step, that neither a hypothesis nor a
part of one is left over, that it was tried on instances, and that all it cites is derived or
assumed: true for all data of the setting, relative to the rules and externals. `checked` says: on
the instances that were tried.

Functions: status, statuses, lacking, assumed, found, as_expected, exit_status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symbolic_landscape.judge.results import NOTICES, Node, StatementResult

STATUSES = (
    "derived",
    "checked",
    "refuted",
    "gap",
    "vacuous",
    "inconsistent",
    "undecided",
    "assumed",
)

WHOLE = ("statement", "regime")
"""A finding at one of these places speaks of the statement as a whole."""


def status(result: StatementResult) -> str:
    """The status of one reading by itself, whatever the status of what it cites."""
    kinds = {(f.kind, f.where) for f in result.findings if f.kind not in NOTICES}
    for kind in ("refuted", "inconsistent", "vacuous"):
        if any(found == kind and where.startswith(WHOLE) for found, where in kinds):
            return kind
    if kinds:
        return "gap"
    if result.kind == "external":
        return "assumed"
    if result.open_obligations:
        return "undecided"
    return "checked" if lacking(result) else "derived"


def lacking(result: StatementResult) -> tuple[str, ...]:
    """What the reading by itself lacks to be derived, each in a few words."""
    derivation, steps = result.derivation, len(result.steps)
    open_ = steps - result.steps_derived
    surplus = () if derivation.explained else (*derivation.surplus, *derivation.surplus_parts)
    found = {
        "it has no proof": not steps,
        f"{open_} of its {steps} steps {'is' if open_ == 1 else 'are'} not": bool(open_),
        derivation.refused: bool(steps and derivation.refused),
        "it was not tried on instances": not result.tried,
        f"its proof does not use {', '.join(surplus)}": bool(surplus),
    }
    return tuple(words for words, lacks in found.items() if lacks)


def statuses(results: Sequence[StatementResult]) -> dict[Node, str]:
    """The status of each (key, reading); `derived` only where all that it cites is, or is assumed.

    A cited reading that is not among the results is not derived.
    """
    own = {r.node: status(r) for r in results}
    cites = {r.node: [cited(node, own) for node in r.cites] for r in results}
    settled: dict[Node, bool] = {}

    def is_derived(node: Node) -> bool:
        if node not in settled:
            settled[node] = False  # a circle derives nothing
            settled[node] = own.get(node) == "assumed" or (
                own.get(node) == "derived" and all(map(is_derived, cites[node]))
            )
        return settled[node]

    return {
        node: "checked" if word == "derived" and not is_derived(node) else word
        for node, word in own.items()
    }


def cited(node: Node, known: Mapping[Node, object]) -> Node:
    """The reading that stands for a cited one: the printed one where that has no repair."""
    return node if node in known else (node[0], "printed")


def assumed(result: StatementResult, results: Mapping[Node, StatementResult]) -> tuple[str, ...]:
    """The external statements and external rules that a reading rests on, sorted."""
    names: set[str] = set()
    seen: set[Node] = set()
    todo = [result.node]
    while todo:
        node = cited(todo.pop(), results)
        if node in seen or node not in results:
            continue
        seen.add(node)
        one = results[node]
        if one.kind == "external" and one is not result:
            names.add(one.key)
        names.update(one.derivation.assumed)
        todo += one.cites
    return tuple(sorted(names))


# ---- recorded findings, exit status --------------------------------------------------------------
def found(result: StatementResult) -> tuple[tuple[str, str], ...]:
    """The (kind, where) of every finding that is no notice, sorted."""
    return tuple(sorted({(f.kind, f.where) for f in result.findings if f.kind not in NOTICES}))


def unexpected(result: StatementResult) -> list[tuple[str, str]]:
    """The findings that are not recorded."""
    return [pair for pair in found(result) if not any(_says(e, pair) for e in result.expected)]


def missing(result: StatementResult) -> list[tuple[str, str]]:
    """The recorded findings that did not come up."""
    pairs = found(result)
    return [record for record in result.expected if not any(_says(record, p) for p in pairs)]


def _says(record: tuple[str, str], pair: tuple[str, str]) -> bool:
    """Whether a record means this finding; one without a place means it anywhere."""
    return record[0] == pair[0] and record[1] in ("", pair[1])


def as_expected(result: StatementResult) -> bool:
    """True when the findings are exactly the recorded ones and there is at least one."""
    return bool(result.expected) and not unexpected(result) and not missing(result)


def exit_status(results: Sequence[StatementResult]) -> int:
    """0 all at least checked or as recorded, 1 something unexpected failed, 3 only undecided.

    Where questions stayed open, recorded findings that did not come up are not yet a failure. What
    is taken over from the literature may stay open on instances: it is assumed all the same.
    """
    silent = [r for r in results if missing(r) and not r.open_obligations]
    if silent or any(map(unexpected, results)):
        return 1
    asked = (r for r in results if r.kind != "external" or not r.judged)
    return 3 if any(r.open_obligations for r in asked) else 0
