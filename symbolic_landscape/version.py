"""The version of the package, alone, so that whoever needs it loads nothing else."""

from __future__ import annotations

__version__ = "0.2.0"
