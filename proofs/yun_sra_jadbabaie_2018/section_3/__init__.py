"""Section 3: relaxation, gradients, and the proofs of the two theorems."""
