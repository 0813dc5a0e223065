"""Asking the site for pages and documents: politely, and suspicious of what comes back."""
