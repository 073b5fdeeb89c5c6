"""Who is what where: giving and taking roles, inviting people, and what the administrator looks after."""
