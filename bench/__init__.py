"""Benches: each says in its report what was measured, and how to repeat it."""
