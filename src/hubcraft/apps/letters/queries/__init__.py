"""What waits for somebody, and what stands in their calendar."""
