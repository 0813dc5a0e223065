"""What people read, in their language: words, plural forms, dates and names."""
