"""The search: what it finds, what a reader meant, and what a result shows."""
