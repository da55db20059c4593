"""Loads the built-in statements first, so that every test sees the copy that the engine uses.

Property tests draw the same examples in every run; `--hypothesis-profile=explore` draws new ones.
"""

from __future__ import annotations

from hypothesis import settings

from symbolic_landscape import load_proofs

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile("fixed")

load_proofs()
