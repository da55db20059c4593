"""Yun, Sra and Jadbabaie 2018, "Global optimality conditions for deep neural networks" (YSJ18)."""

from __future__ import annotations

from proofs.yun_sra_jadbabaie_2018 import section_2

SECTIONS = (section_2,)
