"""Next steps: what teams promise themselves, and what becomes of it."""
