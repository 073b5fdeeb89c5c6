"""Strategies: what teams use where they are pretty good or great."""
