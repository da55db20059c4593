"""Yun, Sra and Jadbabaie 2018, "Global optimality conditions for deep neural networks" (YSJ18)."""

SECTIONS = (
    "former.section_2",
    "former.section_2_definitions",
    "former.section_2_wide",
    "former.section_2_narrow",
    "former.section_2_efficiency",
    "former.section_3_relaxation",
    "former.section_3_unconstrained",
    "former.section_3_optimum",
    "former.section_3",
    "former.section_3_bounds",
    "former.section_3_wide",
    "former.section_3_chains",
    "former.saddles",
    "former.section_3_saddles",
    "former.section_3_criticality",
    "former.section_3_global",
    "former.appendix_b_hessian",
    "former.appendix_b_procedure",
    "former.appendix_b",
    "former.appendix_c",
)
"""Modules in the order of the paper; folders are found by themselves."""
