"""What comes to people by itself: one letter a week, and a calendar that their own program asks for."""
