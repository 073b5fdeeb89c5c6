"""The frameworks, to read."""
