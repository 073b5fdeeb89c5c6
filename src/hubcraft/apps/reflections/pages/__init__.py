"""What a participant visits."""
