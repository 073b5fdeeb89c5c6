"""Strategy cards: what a hub keeps for others, who may read it, and what came of it where it was tried."""
