"""Pages of what a hub keeps about itself."""
