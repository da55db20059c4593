"""Cooper 2021, "The critical locus of overparameterized neural networks" (C21)."""
