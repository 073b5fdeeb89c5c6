"""What is kept: the trail as people read it, how long things stay, a person's own copy, and being erased."""
