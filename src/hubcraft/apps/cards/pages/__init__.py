"""Pages of strategy cards."""
