"""What all that programs read shares: any site's scripts may, and no parameter is passed over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from capitals.pages.problems import problem
from capitals.pages.request import RecordRequest

View = Callable[..., HttpResponseBase]

PAGE_NUMBER = "page"
"""Understood and without effect: what programs read is complete, and a list's page may have it."""


def open_to_all(view: View) -> View:
    """Let scripts of other sites read what `view` answers, also where it refuses or only leads on."""

    @wraps(view)
    def respond(request: RecordRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(request, *arguments, **named)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return respond


def unknown_filters(request: RecordRequest, known: Collection[str]) -> HttpResponse | None:
    """400 where the address has parameters that filter nothing: a slip would be answered with everything.

    A reader's page passes over what it does not know; a program would not see that it did.
    """
    unknown = [name for name in request.GET if name not in {*known, PAGE_NUMBER}]
    if not unknown:
        return None
    if known:
        message = _("There is no such filter here. Known are: %(names)s.") % {
            "names": ", ".join(sorted(known))
        }
    else:
        message = _("There are no filters here.")
    return refused({name[:100]: [message] for name in unknown})


def refused(errors: Mapping[str, Iterable[object]]) -> HttpResponse:
    """400 for filters that are not understood: what is wrong, by parameter."""
    return problem(
        400,
        _("A filter is not understood"),
        _("Nothing is given, rather than everything. The errors say which parameters to mend."),
        {name: list(map(str, messages)) for name, messages in errors.items()},
    )
