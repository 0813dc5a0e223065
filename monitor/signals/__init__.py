"""What machines that watch this one are told: whether it does its work, and in figures."""
