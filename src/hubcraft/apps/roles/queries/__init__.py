"""What pages about places and roles show."""
