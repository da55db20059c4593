"""Section 3: deep linear networks."""
