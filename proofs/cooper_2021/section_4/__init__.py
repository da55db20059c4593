"""Section 4 of C21: the global minima."""
