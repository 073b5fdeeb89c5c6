"""Choosing what comes, stopping it from a letter, and the calendar itself."""
