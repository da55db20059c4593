"""Yun, Sra and Jadbabaie 2018, "Global optimality conditions for deep neural networks" (YSJ18)."""

from symbolic_landscape.statement.paper import Paper

PAPER = Paper(
    key="YSJ18",
    title="Global optimality conditions for deep neural networks",
    authors=("Chulhee Yun", "Suvrit Sra", "Ali Jadbabaie"),
    year=2018,
    venue="ICLR 2018",
    arxiv="1707.02444",
)
