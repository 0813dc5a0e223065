"""Kills the real program at random moments, again and again, and counts what was lost, repeated or made up."""
