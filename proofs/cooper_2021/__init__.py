"""Cooper 2021, "The critical locus of overparameterized neural networks"; key C21."""

SECTIONS: tuple[str, ...] = ()
"""Modules in the order of the paper; folders are found by themselves."""
