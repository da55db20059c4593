"""What is said: terms and formulas, settings, rules, steps, statements."""
