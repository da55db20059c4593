"""Appendix B: critical points of deep linear networks that are no maxima."""
