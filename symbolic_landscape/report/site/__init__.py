"""The static site: statements, the graph, errata, rules and the atlas as pages that need no server.

Function: write_site.
"""

from __future__ import annotations

from symbolic_landscape.report.site.writing import write_site

__all__ = ["write_site"]
