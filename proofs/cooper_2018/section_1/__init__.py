"""Section 1 of C18: what the abstract and the introduction claim."""
