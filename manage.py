#!/usr/bin/env python
"""The site's commands: serve, load and Django's own."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has seen enough, as “| head” does; Python would write the rest once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        # What is wrong is in the environment, which no traceback shows.
        sys.exit(f"ImproperlyConfigured: {error}")
