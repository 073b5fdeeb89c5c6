"""Questions about hubs, and about what they share."""
