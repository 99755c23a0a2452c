"""A request as views see it: dated, and with the record that it is answered from."""

from __future__ import annotations

import datetime

from django.http import HttpRequest

from capitals.models import RecordState


class RecordRequest(HttpRequest):
    """What `heritage/middleware.py` makes of a request."""

    today: datetime.date
    """The one day that the response is of, in UTC: nothing asks the clock again."""
    record: RecordState
    """The version of the record that the response is read from."""
