"""Nguyen and Hein, "The Loss Surface of Deep and Wide Neural Networks", ICML 2017 (NH17)."""

from __future__ import annotations

from proofs.nguyen_hein_2017 import (
    section_2,
    section_2_network,
    section_2_softplus,
    section_3,
    section_3_assumptions,
    section_3_decreasing,
    section_3_losses,
    section_3_low_rank,
    section_3_previous,
    section_3_wide_layer,
    section_3_wide_layer_direct,
    section_4_analytic,
    section_4_bounded,
    section_4_dense,
    section_4_features,
    section_4_generic,
    section_4_growing,
    section_4_implicit,
    section_4_linear,
)

SECTIONS = (
    section_2_network,
    section_2,
    section_2_softplus,
    section_3_previous,
    section_3_assumptions,
    section_3_losses,
    section_3,
    section_3_decreasing,
    section_3_low_rank,
    section_3_wide_layer,
    section_3_wide_layer_direct,
    section_4_analytic,
    section_4_linear,
    section_4_features,
    section_4_bounded,
    section_4_growing,
    section_4_generic,
    section_4_dense,
    section_4_implicit,
)
