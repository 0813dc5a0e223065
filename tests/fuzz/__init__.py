"""Breaks pages in every way we could think of, and sees that nobody would be told anything false."""
