"""Cooper 2018, "The loss landscape of overparameterized neural networks" (C18).

The text is the anonymous submission to ICLR 2019. What was printed later, as in the SIAM Journal on
Mathematics of Data Science in 2021, may differ.
"""

from symbolic_landscape.statement.paper import Paper

PAPER = Paper(
    key="C18",
    title="The loss landscape of overparameterized neural networks",
    authors=("Y. Cooper",),
    year=2018,
    venue="submission to ICLR 2019",
    arxiv="1804.10200",
    version="that submission; the later one in SIAM J. Math. Data Sci. (2021) may differ",
)
