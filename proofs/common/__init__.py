"""What several papers share: points of networks with their facts, and cited outside theorems."""

SECTIONS = ("externals",)
"""Modules in the order of the paper; folders are found by themselves."""
