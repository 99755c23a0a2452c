"""The public forms of cities, countries and cultural centres."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.common import country, original, summarised, updated, with_changes
from capitals.data.fields import (
    Form,
    all_at,
    choice,
    degrees,
    flattened,
    key,
    number,
    page,
    partial_date,
    reference,
    several,
    text,
    twins,
)
from capitals.data.parts import NAME, TITLE_OF_CITY, WITH_DISPUTES, disputes, sources
from capitals.models import City, Country, CulturalCentre
from capitals.models.titles import all_titles


def _cities() -> QuerySet[Any]:
    rows = City.objects.by_name().with_country().with_cited_names().with_citations()
    return with_changes(rows.prefetch_related(all_titles(), WITH_DISPUTES), "cities")


CITIES = Form(
    "cities",
    "City",
    _("A place that held a title, hosted an event or houses a centre."),
    flattened(
        key(_("The city’s key.")),
        twins("name", _("What the site calls it."), required=True),
        country("country", _("The country that it lies in, as CIS documents have it.")),
        twins("region", _("District or region, as its state names it.")),
        degrees("latitude", _("Degrees north, from GeoNames.")),
        degrees("longitude", _("Degrees east, from GeoNames.")),
        number("geonames", _("Its number in GeoNames.")),
        text("wikidata", _("Its item in Wikidata, where a source states it.")),
        twins("description", _("What it is, in words.")),
        several("names", _("Its names, official ones first."), NAME, attrgetter("displayed_names")),
        several(
            "titles",
            _("The titles that it was named for, the older first."),
            TITLE_OF_CITY,
            all_at("designations"),
        ),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _cities,
    listed_on="cities",
)


def _countries() -> QuerySet[Any]:
    return with_changes(Country.objects.by_name().with_citations(), "countries")


COUNTRIES = Form(
    "countries",
    "Country",
    _("A state of the CIS area, or one that hosts or takes part."),
    flattened(
        key(_("The country’s key.")),
        text("code", _("Its code in ISO 3166-1; the filters’ value."), required=True),
        twins("name", _("What the site calls it."), required=True),
        text("name_local", _("What it calls itself.")),
        text("local_language", _("The language of that name, as in BCP 47.")),
        text("state_languages", _("Its state languages, as in BCP 47, with spaces between them.")),
        choice("standing", _("Its standing in relation to the CIS."), Country.Standing.choices),
        twins("relation", _("Its relation to the CIS where that is not plain membership.")),
        partial_date("relation_as_of", _("The date as of which that holds.")),
        sources(),
        page(),
        updated(),
    ),
    _countries,
    listed_on="countries",
)


def _centres() -> QuerySet[Any]:
    rows = CulturalCentre.objects.by_country().with_places().with_citations()
    return with_changes(rows.prefetch_related(WITH_DISPUTES), "centres")


CENTRES = Form(
    "centres",
    "Centre",
    _("A cultural centre of one country in another."),
    flattened(
        key(_("The centre’s key.")),
        twins("name", _("What the site calls it."), required=True),
        original("name_original"),
        choice("kind", _("What kind of centre it is."), CulturalCentre.Kind.choices),
        country("operating_country", _("Whose centre it is.")),
        country("host_country", _("The host country.")),
        reference("host_city", _("The host city."), to="cities"),
        twins("street_address", _("Its address there.")),
        partial_date("established", _("When it was formally established.")),
        partial_date("inaugurated", _("When it opened its doors.")),
        twins("operator", _("Who runs it, in words.")),
        choice("status", _("Whether it is open, as far as known."), CulturalCentre.Status.choices),
        partial_date("status_as_of", _("The date as of which that holds.")),
        summarised(),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _centres,
    listed_on="centres",
)
