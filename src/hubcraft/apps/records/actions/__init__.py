"""Letting go of what is kept."""
