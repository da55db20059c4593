"""Nguyen and Hein, "The Loss Surface of Deep and Wide Neural Networks", ICML 2017 (NH17)."""

from __future__ import annotations

from proofs.nguyen_hein_2017 import (
    section_2,
    section_2_network,
    section_3,
    section_3_assumptions,
    section_3_losses,
    section_3_previous,
    section_3_remarks,
)

SECTIONS = (
    section_2_network,
    section_2,
    section_3_previous,
    section_3_assumptions,
    section_3_losses,
    section_3,
    section_3_remarks,
)
