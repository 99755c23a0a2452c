"""The database backend of connections that read from PostgreSQL."""
