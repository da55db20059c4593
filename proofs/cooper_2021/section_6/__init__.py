"""Section 6: dimensions for hidden layers of one width."""
