"""Questions about strategy cards."""
