"""What the site says of itself to other programs: its name, its licence, its addresses."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

LICENCE = "CC BY 4.0"
"""What our data and texts may be used under."""
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


NAME_IN_ENGLISH = "CIS Cultural Capitals: an independent record"
"""What data, which is in no one language, is to be attributed to."""


def name() -> str:
    """The name of the record, in the page's language: its publisher and, for want of another, its author."""
    return _("CIS Cultural Capitals: an independent record")


def absolute(path: str) -> str:
    """The permanent address of what is at `path`."""
    return f"{settings.SITE_URL}{path}"
