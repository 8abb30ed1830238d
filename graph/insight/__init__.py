"""Insight: answers that no single claim gives, each with its day, its data version and the name of its query."""
