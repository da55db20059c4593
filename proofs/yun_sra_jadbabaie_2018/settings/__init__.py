"""Settings: deep linear networks, and networks of functions."""
