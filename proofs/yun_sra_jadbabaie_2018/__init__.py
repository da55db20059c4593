"""Yun, Sra and Jadbabaie 2018, "Global optimality conditions for deep neural networks" (YSJ18)."""

from __future__ import annotations

from proofs.yun_sra_jadbabaie_2018 import (
    appendix_b,
    appendix_b_hessian,
    appendix_b_procedure,
    appendix_c,
    saddles,
    section_2,
    section_2_definitions,
    section_2_population,
    section_2_residual,
    section_2_wide,
    section_3,
    section_3_bounds,
    section_3_chains,
    section_3_criticality,
    section_3_global,
    section_3_optimum,
    section_3_relaxation,
    section_3_saddles,
    section_3_unconstrained,
    section_3_wide,
)

SECTIONS = (
    section_2,
    section_2_definitions,
    section_2_wide,
    section_2_population,
    section_2_residual,
    section_3_relaxation,
    section_3_unconstrained,
    section_3_optimum,
    section_3,
    section_3_bounds,
    section_3_wide,
    section_3_chains,
    saddles,
    section_3_saddles,
    section_3_criticality,
    section_3_global,
    appendix_b_hessian,
    appendix_b_procedure,
    appendix_b,
    appendix_c,
)
