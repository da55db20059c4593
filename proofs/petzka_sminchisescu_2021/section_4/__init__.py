"""Section 4: notation."""
