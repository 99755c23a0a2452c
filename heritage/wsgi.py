"""The serving entry point: Django behind the door that keeps finished responses."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
_django = get_wsgi_application()

# Only now: these read settings and models.
from django.conf import settings  # noqa: E402

from capitals.kept.door import Door  # noqa: E402
from capitals.kept.moment import watch  # noqa: E402
from capitals.kept.warmth import keep_warm  # noqa: E402

# While a template is being written, each page shows it as it is.
application = Door(_django, watch(), 0 if settings.DEBUG else settings.KEPT_MEGABYTES * 1_000_000)
if settings.WARM:
    keep_warm(application)
