"""Section 4: networks of functions."""
