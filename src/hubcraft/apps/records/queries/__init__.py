"""Asking what is kept."""
