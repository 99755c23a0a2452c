"""The root of all addresses, and the pages for errors."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("capitals.urls"))]

handler400 = "heritage.errors.bad_request"
handler404 = "heritage.errors.page_not_found"
handler500 = "heritage.errors.server_error"
