"""The serving entry point: read-only connections to DATABASE_URL."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings must be set up first

from heritage.database import serve_from  # noqa: E402

serve_from(settings.READING_DATABASE)
