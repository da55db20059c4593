"""Appendix A: analysis of deep nonlinear networks."""
