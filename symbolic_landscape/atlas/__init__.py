"""The atlas: points of small networks with their properties, each certified; a file of data."""

from __future__ import annotations

from symbolic_landscape.atlas.entries import Entry, Finding, atlas, entry, find

__all__ = ["Entry", "Finding", "atlas", "entry", "find"]
