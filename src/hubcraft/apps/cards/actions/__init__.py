"""What is done with strategy cards."""
