"""The state of the world: what each country has published, read from what is known."""
