"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima in deep and wide neural networks" (PS21)."""

from __future__ import annotations

from proofs.petzka_sminchisescu_2021 import section_3, section_6

SECTIONS = (section_3, section_6)
