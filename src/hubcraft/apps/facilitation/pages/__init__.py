"""What a facilitator visits, the projector, and the watching of all of them."""
