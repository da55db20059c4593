"""Loads the built-in statements first, so that every test sees the copy that the engine uses."""

from __future__ import annotations

from symbolic_landscape import load_proofs

load_proofs()
