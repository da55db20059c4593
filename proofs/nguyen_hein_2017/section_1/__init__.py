"""Abstract and section 1: the headline."""
