"""What a facilitator does: runs the session, answers who asks."""
