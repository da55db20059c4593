"""Section 3: the star locus and the core locus."""
