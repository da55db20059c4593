"""Section 5: classes, one-sided losses, features that are linearly separable."""
