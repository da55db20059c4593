"""Cooper 2021, "The critical locus of overparameterized neural networks" (C21)."""

from symbolic_landscape.statement.paper import Paper

PAPER = Paper(
    key="C21",
    title="The critical locus of overparameterized neural networks",
    authors=("Y. Cooper",),
    year=2021,
    venue="arXiv preprint",
    arxiv="2005.04210",
)
