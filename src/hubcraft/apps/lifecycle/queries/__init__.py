"""Questions about what a hub keeps about itself."""
