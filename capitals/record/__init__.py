"""Fixtures in, record out: reading, checking and replacing it whole.

No process that serves pages imports any of it.
"""

LOAD_ALIAS = "load"
"""The database that is written to, as settings name it; pages read from `default`."""
