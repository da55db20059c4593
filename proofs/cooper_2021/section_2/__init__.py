"""Section 2: the standing setting."""
