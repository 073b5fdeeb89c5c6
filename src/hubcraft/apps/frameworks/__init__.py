"""Installed content packs, version by version."""
