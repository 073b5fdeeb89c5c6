"""What is done with places and roles."""
