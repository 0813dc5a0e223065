"""Builds the image and proves it as it will be run: read-only, without rights, /data alone to write to."""
