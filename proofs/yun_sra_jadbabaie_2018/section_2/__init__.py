"""Section 2: the network, the data, saddles, and the two theorems."""
