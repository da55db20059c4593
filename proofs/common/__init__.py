"""What several papers share: points of networks with their facts, and cited outside theorems."""

SECTIONS = (
    "externals",
    "sard",
)
"""Modules, and folders of modules, in the order of the paper."""
