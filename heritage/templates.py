"""How template files are read, and that each is compiled once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.engine import Engine
from django.template.loaders import filesystem

from heritage.compiling import QuickTemplate


class Loader(filesystem.Loader):
    """Django's loader of files, which keeps what it has compiled, and reads no line break at a file's end.

    Every file ends in one. In the middle of a sentence, where a component stands, it would
    be a space on the page: before the comma that follows a citation, for one.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._compiled: dict[str, Template] = {}

    def get_template(self, template_name: str, skip: Iterable[Origin] | None = None) -> Template:
        """The template, compiled by our nodes; a process compiles each once."""
        if template_name not in self._compiled:
            self._compiled[template_name] = self._compile(template_name)
        return self._compiled[template_name]

    def _compile(self, template_name: str) -> Template:
        for origin in self.get_template_sources(template_name):
            with suppress(TemplateDoesNotExist):
                return QuickTemplate(self.get_contents(origin), origin, template_name, self.engine)
        raise TemplateDoesNotExist(template_name)

    def get_contents(self, origin: Origin) -> str:
        return super().get_contents(origin).removesuffix("\n")

    def reset(self) -> None:
        """Forget the templates: `runserver` calls it when a file has changed."""
        self._compiled.clear()
