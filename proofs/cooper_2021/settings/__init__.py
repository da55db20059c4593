"""Settings of C21: sizes of layers, and networks with their loci."""
