"""The database backend of connections that read from a SQLite file."""
