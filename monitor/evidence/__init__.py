"""What proves an alert later: looks at pages, files of documents, the archive, the chain from one to the other."""
