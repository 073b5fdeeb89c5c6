"""The shell of every page: its door, its parts, its look."""
