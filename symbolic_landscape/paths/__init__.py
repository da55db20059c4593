"""Paths of parameters along which the loss never rises."""

from __future__ import annotations

from symbolic_landscape.paths.descent import DescentPath, path_to_global_minimum
from symbolic_landscape.paths.falling import falls_from_critical, non_increasing

__all__ = ["DescentPath", "falls_from_critical", "non_increasing", "path_to_global_minimum"]
