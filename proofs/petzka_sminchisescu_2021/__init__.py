"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""

from symbolic_landscape.statement.paper import Paper

PAPER = Paper(
    key="PS21",
    title="Non-attracting Regions of Local Minima in Deep and Wide Neural Networks",
    authors=("Henning Petzka", "Cristian Sminchisescu"),
    year=2021,
    venue="Journal of Machine Learning Research 22",
    arxiv="1812.06486",
)
