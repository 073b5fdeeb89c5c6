"""What a hub keeps about itself and its network: life cycle, charter, meeting routines, roster, problems."""
