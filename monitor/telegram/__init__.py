"""The chat side: sending messages and answering commands."""
