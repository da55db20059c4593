"""The statements that are still declared in the former form; a file goes when its keys stand."""
