"""Setting the monitor up: what a person answers is proven, then written down."""
