"""Section 6 and Appendix A.4: paths from almost everywhere to a global minimum."""
