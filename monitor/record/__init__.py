"""What is known of each country, and how it is kept whole."""
