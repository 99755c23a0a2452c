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
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        # What is wrong is in the environment, which no traceback shows.
        sys.exit(f"ImproperlyConfigured: {error}")
