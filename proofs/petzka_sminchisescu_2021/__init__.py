"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""

SECTIONS = (
    "section_3",
    "section_6_wide_layer",
    "section_6_lifting",
    "section_6_later_layers",
    "section_6_line",
)
"""Modules in the order of the paper; folders are found by themselves."""
