"""Join codes, seats, presence: who is here."""
