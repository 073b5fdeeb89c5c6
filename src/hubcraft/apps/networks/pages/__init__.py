"""Where one belongs."""
