"""The serving entry point: Django behind the door that keeps finished responses."""

from __future__ import annotations

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
_django = get_wsgi_application()

# Only now: these read settings and models.
from django.conf import settings  # noqa: E402

from capitals.kept.door import Door  # noqa: E402
from capitals.kept.moment import watch  # noqa: E402
from capitals.kept.warmth import keep_warm  # noqa: E402
from heritage.access import WithAccessLog  # noqa: E402

MAKERS = 2
"""Threads that make pages: two, for with one alone a slow answer of the database would hold up all."""

# What is kept takes microseconds to give: who makes a page lets others in ten times as often as Python would.
sys.setswitchinterval(0.0005)
# While a template is being written, each page shows it as it is.
_capacity = 0 if settings.DEBUG else settings.KEPT_MEGABYTES * 1_000_000
door = Door(_django, watch(), _capacity, MAKERS)
application = WithAccessLog(door) if settings.ACCESS_LOG else door
# What has been made by now stays to the end: the collector of garbage need not look through it at each pass.
gc.collect()
gc.freeze()
if settings.WARM and _capacity:
    keep_warm(door)
