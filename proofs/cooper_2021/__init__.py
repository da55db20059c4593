"""Cooper 2021, "The critical locus of overparameterized neural networks"; key C21."""

from __future__ import annotations

from symbolic_landscape.proofs.cooper_2021 import (
    section_2,
    section_3_1_1,
    section_3_1_1_star,
    section_3_1_2,
    section_3_1_2_core,
    section_5_3,
    section_5_3_maxima,
    section_6,
    section_6_count,
)

SECTIONS = (
    section_2,
    section_3_1_1_star,
    section_3_1_1,
    section_3_1_2,
    section_3_1_2_core,
    section_5_3,
    section_5_3_maxima,
    section_6_count,
    section_6,
)
