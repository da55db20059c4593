"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""

SECTIONS = (
    "former.section_3",
    "former.section_6_wide_layer",
    "former.section_6_lifting",
    "former.section_6_later_layers",
    "former.section_6_line",
)
"""Modules in the order of the paper; folders are found by themselves."""
