"""Who is told what: the words, who is owed them, and their delivery."""
