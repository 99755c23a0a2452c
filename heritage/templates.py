"""How template files are read."""

from __future__ import annotations

from django.template import Origin
from django.template.loaders import filesystem


class Loader(filesystem.Loader):
    """Django's loader of files, without the line break at a file's end.

    Every file ends in one. In the middle of a sentence, where a component stands, it would
    be a space on the page: before the comma that follows a citation, for one.
    """

    def get_contents(self, origin: Origin) -> str:
        return super().get_contents(origin).removesuffix("\n")
