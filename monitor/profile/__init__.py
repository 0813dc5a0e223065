"""Reading a profile page: fetch it, see that it is one, parse it, say what each link is."""
