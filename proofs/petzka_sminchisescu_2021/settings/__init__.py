"""Settings of PS21: activations, one layer and its paths, networks."""
