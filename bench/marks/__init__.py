"""How long a mark takes to be on the disk, for a crowd, for phones that come back, and what the sync costs."""
