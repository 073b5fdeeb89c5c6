"""What watching costs: the live room beside a bare broadcaster of the same bytes, and beside oTree."""
