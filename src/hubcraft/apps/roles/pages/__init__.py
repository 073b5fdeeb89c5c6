"""The administrator’s pages, and those on which people are invited."""
