"""The addresses of the pages; all permanent."""

from __future__ import annotations

from django.urls import path, register_converter

from capitals.data.forms import FORMS
from capitals.data.package import NAME
from capitals.pages import feeds
from capitals.pages.centres import centre_detail, centre_list
from capitals.pages.cities import city_detail, city_list
from capitals.pages.countries import country_detail, country_list
from capitals.pages.data import list_as_data, record_as_data, year_as_data
from capitals.pages.dataset import api_description, data_page, whole_dataset
from capitals.pages.decisions import body_detail, decision_detail, decision_list
from capitals.pages.designations import designation_list
from capitals.pages.events import event_detail, event_list
from capitals.pages.home import home
from capitals.pages.machines import robots, security, wikidata
from capitals.pages.opensearch import opensearch, suggest
from capitals.pages.programme import about, programme
from capitals.pages.search import search
from capitals.pages.series import series_detail, series_list
from capitals.pages.sitemap import sitemap_index, sitemap_section
from capitals.pages.sources import source_detail, source_list
from capitals.pages.years import year_detail
from capitals.words.dates import FIRST_YEAR, LAST_YEAR


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


class CityConverter(SpellingConverter):
    """A name in whatever script, but no file's: `/cities/ganja.JSON` leads to no page of that name."""

    regex = r"(?![^/]*\.[A-Za-z0-9]{2,7}(?:/|\Z))[^/\0]{1,200}"


class TableConverter:
    """A list that is given as data too."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormatConverter:
    """What stands behind the dot of a file; longer ones may be part of a name."""

    regex = "[a-z][a-z0-9]{1,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")
register_converter(TableConverter, "table")
register_converter(FormatConverter, "format")
register_converter(SpellingConverter, "spelling")
register_converter(CityConverter, "city")

urlpatterns = [
    path("", home, name="home"),
    path("capitals/", designation_list, name="capitals"),
    path("capitals/<year:year>.ics", feeds.year_calendar, name="year-calendar"),
    path("capitals/<year:year>/", year_detail, name="year"),
    path("cities/", city_list, name="cities"),
    path("cities/<spelling:slug>.atom", feeds.city_feed, name="city-feed"),
    path("cities/<spelling:slug>.ics", feeds.city_calendar, name="city-calendar"),
    path("cities/<city:slug>/", city_detail, name="city"),
    path("countries/", country_list, name="countries"),
    path("countries/<slug:slug>.atom", feeds.country_feed, name="country-feed"),
    path("countries/<slug:slug>.ics", feeds.country_calendar, name="country-calendar"),
    path("countries/<slug:slug>/", country_detail, name="country"),
    path("events/", event_list, name="events"),
    path("events.atom", feeds.event_list_feed, name="events-feed"),
    path("events.ics", feeds.event_list_calendar, name="events-calendar"),
    path("events/<slug:slug>.ics", feeds.event_calendar, name="event-calendar"),
    path("events/<slug:slug>/", event_detail, name="event"),
    path("series/", series_list, name="series-list"),
    path("series/<slug:slug>.ics", feeds.series_calendar, name="series-calendar"),
    path("series/<slug:slug>/", series_detail, name="series"),
    path("centres/", centre_list, name="centres"),
    path("centres/<slug:slug>/", centre_detail, name="centre"),
    path("decisions/", decision_list, name="decisions"),
    path("decisions/<slug:slug>/", decision_detail, name="decision"),
    path("bodies/<slug:slug>/", body_detail, name="body"),
    path("sources/", source_list, name="sources"),
    path("sources/<slug:slug>/", source_detail, name="source"),
    path("search/", search, name="search"),
    path("search/suggest", suggest, name="suggest"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("programme/", programme, name="programme"),
    path("about/", about, name="about"),
    path("changes.atom", feeds.change_feed, name="changes-feed"),
    path("data/", data_page, name="data"),
    path("<table:table>.<format:suffix>", list_as_data, name="list-as-data"),
    path("capitals/<year:year>.<format:suffix>", year_as_data, name="year-as-data"),
    path("<table:table>/<spelling:key>.<format:suffix>", record_as_data, name="record-as-data"),
]

for_machines = [
    path("openapi.json", api_description, name="api-description"),
    path(f"data/{NAME}.zip", whole_dataset, name="dataset"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("data/wikidata.csv", wikidata, name="wikidata"),
]
"""What no reader reads, and so is in no language."""
