"""Section 3 of C18: feedforward networks that fit points."""
