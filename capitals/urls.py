"""The addresses of the pages; all permanent."""

from __future__ import annotations

from django.urls import path, register_converter

from capitals import views
from capitals.models import FIRST_YEAR, LAST_YEAR


class YearConverter:
    """A calendar year that the site accepts."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The year; ValueError, and so 404, outside 1991-2100."""
        year = int(value)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        return str(value)


class SpellingConverter:
    """A name in whatever script; a database holds no NUL."""

    regex = "[^/\\0]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")
register_converter(SpellingConverter, "spelling")

urlpatterns = [
    path("", views.home, name="home"),
    path("capitals/", views.designation_list, name="capitals"),
    path("capitals/<year:year>/", views.year_detail, name="year"),
    path("cities/", views.city_list, name="cities"),
    path("cities/<spelling:slug>/", views.city_detail, name="city"),
    path("countries/", views.country_list, name="countries"),
    path("countries/<slug:slug>/", views.country_detail, name="country"),
    path("events/", views.event_list, name="events"),
    path("events/<slug:slug>/", views.event_detail, name="event"),
    path("series/", views.series_list, name="series-list"),
    path("series/<slug:slug>/", views.series_detail, name="series"),
    path("centres/", views.centre_list, name="centres"),
    path("centres/<slug:slug>/", views.centre_detail, name="centre"),
    path("decisions/", views.decision_list, name="decisions"),
    path("decisions/<slug:slug>/", views.decision_detail, name="decision"),
    path("bodies/<slug:slug>/", views.body_detail, name="body"),
    path("sources/", views.source_list, name="sources"),
    path("sources/<slug:slug>/", views.source_detail, name="source"),
    path("search/", views.search, name="search"),
    path("programme/", views.programme, name="programme"),
    path("about/", views.about, name="about"),
]

for_machines = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
]
"""What no reader reads, and so is in no language."""
