"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""

SECTIONS: tuple[str, ...] = ()
"""Modules in the order of the paper; folders are found by themselves."""
