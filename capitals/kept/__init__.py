"""Finished responses, kept for the next reader: what stands between the server and Django."""
