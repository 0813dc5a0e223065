"""Reading a profile page: see that it is one, parse it, say what each link is."""
