"""The pictures and the walk-through of the handbook, taken from the running demo: `bin/pictures`."""
