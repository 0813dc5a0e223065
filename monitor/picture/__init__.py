"""Pictures of what is known: the world map and publications over time, as SVG and PNG."""
