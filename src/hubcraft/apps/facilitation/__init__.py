"""Starting and leading a room, the projector."""
