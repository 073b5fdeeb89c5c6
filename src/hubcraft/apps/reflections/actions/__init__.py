"""What people do on boards."""
