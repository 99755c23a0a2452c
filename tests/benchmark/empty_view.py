"""Django with one view that does nothing: what the server and the framework cost by themselves."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    """An answer without a page, in which nothing is looked up."""
    return HttpResponse(b"ok", content_type="text/plain")


urlpatterns = [path("", nothing)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="none")
application = get_wsgi_application()
