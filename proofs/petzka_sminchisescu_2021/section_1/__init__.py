"""Section 1: what the introduction says of another paper."""
