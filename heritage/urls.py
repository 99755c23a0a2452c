"""The root of all addresses, English ones without a prefix, and the pages for errors."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from capitals.pages.editions import english
from capitals.urls import for_machines

urlpatterns = [
    *for_machines,
    re_path(r"^en(?:/|\Z)", english),
    *i18n_patterns(path("", include("capitals.urls")), prefix_default_language=False),
]

handler400 = "heritage.errors.bad_request"
handler404 = "heritage.errors.page_not_found"
handler500 = "heritage.errors.server_error"
