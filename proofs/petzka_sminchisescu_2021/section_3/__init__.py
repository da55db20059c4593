"""Section 3: the main theorems, as far as they stand."""
