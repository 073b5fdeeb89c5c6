"""Initiative, network, team, and who is looking."""
