"""Kinds of critical points and their evidence: `classify`, symmetries, flats, curves, bounds."""

from __future__ import annotations

from symbolic_landscape.critical.classification import (
    Answer,
    Classification,
    Kind,
    NullDirection,
)
from symbolic_landscape.critical.classify import classify, classify_problem

__all__ = ["Answer", "Classification", "Kind", "NullDirection", "classify", "classify_problem"]
