"""Appendix A: proofs of the construction of local minima, and minima at infinity."""
