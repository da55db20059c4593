"""Petzka and Sminchisescu 2021, "Non-attracting regions of local minima ..." (PS21)."""
