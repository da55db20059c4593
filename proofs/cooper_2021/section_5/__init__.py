"""Section 5: fibres over the hidden layers, and flat spaces in level sets."""
