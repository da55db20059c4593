"""Nguyen and Hein, "The Loss Surface of Deep and Wide Neural Networks", ICML 2017 (NH17)."""

from symbolic_landscape.statement.paper import Paper

PAPER = Paper(
    key="NH17",
    title="The Loss Surface of Deep and Wide Neural Networks",
    authors=("Quynh Nguyen", "Matthias Hein"),
    year=2017,
    venue="ICML 2017",
    arxiv="1704.08045",
)
