"""The papers, one package each, in the order in which they are listed and checked."""

PAPERS: tuple[str, ...] = ("common", "nguyen_hein_2017")
