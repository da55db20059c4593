"""Section 5: local minima by embedding a smaller network into a larger one."""
