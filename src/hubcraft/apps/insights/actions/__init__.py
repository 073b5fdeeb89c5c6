"""Claiming what a room left, settling what was promised, sharing upward."""
