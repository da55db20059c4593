"""Settings of C18: data and predictions, activations, networks with labels."""
