"""JSON for programs: the same doors as the pages, one file per concept. Nothing here asks a model."""
