"""The board on the web: pages, open data and feeds, each a file made from one View; written to a folder or served."""
