"""What is asked of a statement, and what came of it."""
