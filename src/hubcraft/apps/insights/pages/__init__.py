"""The pages of hubs, networks and initiatives."""
