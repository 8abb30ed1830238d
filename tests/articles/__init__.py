"""Invented articles with what they say, and how an extraction is scored against it."""
