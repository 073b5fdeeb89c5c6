"""Boards, marks, ballots, the reveal."""
