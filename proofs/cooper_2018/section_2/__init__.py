"""Section 2 of C18: the set of zero loss, and the Hessian there."""
