"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""

from __future__ import annotations

from symbolic_landscape.proofs.petzka_sminchisescu_2021 import (
    section_3,
    section_6_later_layers,
    section_6_lifting,
    section_6_line,
    section_6_wide_layer,
)

SECTIONS = (
    section_3,
    section_6_wide_layer,
    section_6_lifting,
    section_6_later_layers,
    section_6_line,
)
