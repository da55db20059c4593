"""Comparisons of values, as verdicts with both sides in exact numbers.

An exact field decides; balls decide <, <= and "differs", never an equality; with free symbols in
it a comparison HOLDS or FAILS where it does so for all their values, and is UNDECIDED elsewhere.

Functions: compared, compared_matrices.
"""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_landscape.arithmetic import Matrix, Scalar, shown
from symbolic_landscape.errors import DomainError
from symbolic_landscape.judge.infinitesimals import joined
from symbolic_landscape.judge.operations import Number, equal_fields, real
from symbolic_landscape.judge.symbols import ANY_SIGN, is_symbolic, possible_signs
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

ALLOWED: Mapping[str, frozenset[int]] = {
    "eq": frozenset({0}),
    "le": frozenset({0, 1}),
    "lt": frozenset({1}),
}
"""The signs of the right side minus the left side that each relation allows."""

SIGNS = {"eq": "=", "le": "<=", "lt": "<"}


def compared(relation: str, a: Number, b: Number) -> Verdict:
    """Whether a = b ("eq"), a <= b ("le") or a < b ("lt")."""
    if isinstance(a, int) and isinstance(b, int):
        return _told(relation, a, b, frozenset({(b > a) - (b < a)}), Evidence.EXACT)
    try:
        x, y = equal_fields(real(a), real(b))
        signs = _signs(relation, y - x)
    except DomainError as cause:
        return undecided(f"{shown(a)} {SIGNS[relation]} {shown(b)}: {cause}")
    free = ", ".join(x.field.free_symbols)
    if free and not signs <= ALLOWED[relation] and not signs.isdisjoint(ALLOWED[relation]):
        return undecided(f"it may depend on {free}")
    return _told(relation, a, b, signs, x.field.evidence, free)


def _told(
    relation: str, a: Number, b: Number, signs: frozenset[int], evidence: Evidence, free: str = ""
) -> Verdict:
    """The verdict where the difference has one of these signs, with both sides as texts."""
    claim = f"{shown(a)} {SIGNS[relation]} {shown(b)}"
    if signs <= ALLOWED[relation]:
        return holds(evidence, f"{claim} for all {free}" if free else claim)
    if signs.isdisjoint(ALLOWED[relation]):
        denial = f"{shown(a)} differs from {shown(b)}" if relation == "eq" else f"not {claim}"
        return fails(min(evidence, Evidence.EXACT), denial)
    return undecided(f"{claim}: balls do not tell")


def _signs(relation: str, difference: Scalar) -> frozenset[int]:
    """Signs among which that of a number is."""
    field, raw = difference.field, difference.raw
    if is_symbolic(difference):
        return possible_signs(difference)
    if not field.decides_equality:
        if raw > 0 or raw < 0:
            return frozenset({1 if raw > 0 else -1})
        if relation == "eq":
            return ANY_SIGN
        return frozenset({0, 1} if raw >= 0 else {-1, 0} if raw <= 0 else ANY_SIGN)
    if relation == "eq":
        return frozenset({0} if field.is_zero(raw) else {-1, 1})
    return frozenset({field.sign(raw)})


def compared_matrices(a: Matrix, b: Matrix) -> Verdict:
    """Whether A = B; FAILS at the first entry where they differ, counted from (1, 1)."""
    if a.shape != b.shape:
        return fails(Evidence.EXACT, f"shape {a.shape} differs from shape {b.shape}")
    try:
        field = joined(a.field, b.field)
        x, y = a.over(field), b.over(field)
    except DomainError as cause:
        return undecided(str(cause))
    exact = field.decides_equality and not field.free_symbols
    doubt = None
    if 0 not in a.shape and not (exact and (x - y).is_zero):
        for i, (left, right) in enumerate(zip(x.tolist(), y.tolist(), strict=True), 1):
            for j, (p, q) in enumerate(zip(left, right, strict=True), 1):
                verdict = compared("eq", p, q)
                if verdict.is_fails:
                    return verdict.because(f"entry ({i}, {j}): {verdict.reason}")
                if verdict.is_undecided and doubt is None:
                    doubt = verdict.because(f"entry ({i}, {j}): {verdict.reason}")
    if doubt is not None:
        return doubt
    every = f" for all {', '.join(field.free_symbols)}" if field.free_symbols else ""
    evidence = field.evidence if field.decides_equality else Evidence.EXACT
    return holds(evidence, f"both sides are {shown(b)}, shape {b.shape}{every}")
