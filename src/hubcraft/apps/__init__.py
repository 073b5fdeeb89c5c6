"""The concepts, one Django app each."""
