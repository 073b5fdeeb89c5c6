"""What a hub keeps over the years, what it shares upward, and what a network and an initiative see of it."""
