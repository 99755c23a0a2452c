"""README's section "In production", word for word, on machines that are namespaces of this one.

`python tests/evening` as root on Debian 12 with nginx and PostgreSQL 15 installed; it takes some minutes, and
prints what it found. What no namespace has is stood in for (`bin/`): apt-get, whose packages are installed
already, and systemctl, which runs the unit's command with its variables and as nobody, without the rest of
its sandbox.
"""
