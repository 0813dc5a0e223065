"""A simulated profile site, so that the whole program can be seen at work without internet."""
