"""The conversation: what a chat asks or presses, and what it is answered. Values in, values out."""
