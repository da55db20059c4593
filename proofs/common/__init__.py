"""What several papers share: points of networks with their facts, and cited outside theorems."""

from __future__ import annotations

from symbolic_landscape.proofs.common import externals, sard

SECTIONS = (externals, sard)
