"""What an installation does for itself: proving that a backup comes back as it was."""
