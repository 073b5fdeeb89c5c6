"""Coming into a room."""
