"""Section 4 of C18: wide feedforward networks."""
