"""What facilitator, projector and participants see of a session that runs."""
