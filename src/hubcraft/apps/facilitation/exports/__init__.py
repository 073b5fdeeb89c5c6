"""What is printed or taken home from a room, described for the writers of files."""
