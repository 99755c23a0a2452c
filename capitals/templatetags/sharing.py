"""The pictures that services show of a page that a reader shares there."""

from __future__ import annotations

from typing import cast

from django import template
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
def picture_called(name: object) -> str:
    """The address of `static/sharing/<name>.png`; nothing where it was not drawn or not collected.

    A new title is in the record before an editor has drawn its picture.
    """
    file = f"sharing/{name}.png"
    try:
        cast(ManifestFilesMixin, staticfiles_storage).stored_name(file)
    except ValueError:
        return ""
    return static(file)
