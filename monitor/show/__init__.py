"""What the commands show people in a terminal."""
