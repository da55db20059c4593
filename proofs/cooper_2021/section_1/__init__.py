"""Section 1: figures."""
