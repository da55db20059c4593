"""Cooper 2021, "The critical locus of overparameterized neural networks"; key C21."""

SECTIONS = (
    "section_2",
    "section_3_1_1_star",
    "section_3_1_1",
    "section_3_1_2",
    "section_3_1_2_core",
    "section_5_3",
    "section_5_3_maxima",
    "section_6_count",
    "section_6",
)
"""Modules in the order of the paper; folders are found by themselves."""
