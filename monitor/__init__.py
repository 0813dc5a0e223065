"""Tell people, within hours, that a government has published a review document it promised to publish."""

__version__ = "0.1.0"
