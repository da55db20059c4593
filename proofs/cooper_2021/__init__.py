"""Cooper 2021, "The critical locus of overparameterized neural networks"; key C21."""

SECTIONS = (
    "former.section_2",
    "former.section_3_1_1_star",
    "former.section_3_1_1",
    "former.section_3_1_2",
    "former.section_3_1_2_core",
    "former.section_5_3",
    "former.section_5_3_maxima",
    "former.section_6_count",
    "former.section_6",
)
"""Modules in the order of the paper; folders are found by themselves."""
