"""What changes in what a hub keeps about itself."""
