"""Many phones over real HTTP, something that goes wrong on a seeded schedule, and a reckoning of what was kept."""
