"""Section 4: analytic features, features of full rank, implicit functions."""
