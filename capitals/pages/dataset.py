"""The page on the data, its description for programs, and the whole of it in one file."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from capitals.data import quickstatements
from capitals.data.editions import editions
from capitals.data.formats import as_json
from capitals.data.forms import FORMS
from capitals.data.linked import Node, distribution
from capitals.data.openapi import YEAR, Schema, openapi, query_parameter
from capitals.data.package import NAME, archive, dataset
from capitals.models import Designation
from capitals.models.whole import TABLES
from capitals.pages.data import TYPES, as_data, origin
from capitals.pages.filtering import (
    ClosedChoiceFilter,
    RecordFilterSet,
    SortFilter,
    YearFilter,
    YearsFilter,
)
from capitals.pages.filters import FILTERSETS
from capitals.pages.programs import open_to_all
from capitals.pages.request import RecordRequest
from capitals.words.languages import ENGLISH

NAMES_SHOWN = 30
"""Of what changed in a table; the feed and the table of changes have all."""


def data_page(request: RecordRequest) -> HttpResponse:
    """What there is to take away, what the fields mean, under which licence, and what changed."""
    context = {
        "tables": [(form, form.all_rows().order_by().count()) for form in FORMS.values()],
        "year": max(Designation.objects.held_until(request.today.year).years(), default=request.today.year),
        "download": f"{NAME}.zip",
        "editions": [
            (day, list(tables)) for day, tables in groupby(editions(NAMES_SHOWN), attrgetter("day"))
        ],
        "distributions": distributions(),
        "for_wikidata": quickstatements.NOTE,
    }
    return render(request, "capitals/pages/data.html", context)


def distributions() -> list[Node]:
    """The downloads of the whole record and of each list, in the words of schema.org."""
    whole = distribution(reverse("dataset"), "application/zip", f"{NAME}.zip")
    lists = [
        distribution(f"/{table}.{suffix}", kind.partition(";")[0], f"{table}.{suffix}")
        for table in FORMS
        for suffix, kind in TYPES.items()
    ]
    return [whole, *lists]


@open_to_all
def whole_dataset(request: RecordRequest) -> HttpResponseBase:
    """The dataset in one file."""
    packed = archive(dataset(origin(request.record, "/data/")))
    return as_data(HttpResponse(packed, content_type="application/zip"), f"{NAME}.zip")


@open_to_all
def api_description(request: RecordRequest) -> HttpResponseBase:
    """The description of the data in OpenAPI, with the filters' values as the record has them."""
    with override(ENGLISH):
        filters = {
            name: parameters_of(one(QueryDict(), TABLES[name]._default_manager.none()))
            for name, one in FILTERSETS.items()
        }
    keys = {
        name: TABLES[name]._default_manager.order_by("pk").values_list("pk", flat=True).first()
        for name in TABLES
    }
    examples = {name: key for name, key in keys.items() if key}
    described = openapi(settings.SITE_URL, filters, examples, Designation.objects.years())
    return as_data(HttpResponse(as_json(described) + "\n", content_type=TYPES["json"]), "openapi.json")


def parameters_of(filterset: RecordFilterSet) -> list[Schema]:
    """The parameters by which a list is filtered."""
    found: list[Schema] = []
    for name, one in filterset.filters.items():
        if isinstance(one, ClosedChoiceFilter | SortFilter):
            values = [value for value, _label in one.extra["choices"]]
            if isinstance(one, ClosedChoiceFilter) and one.typed:
                found.append(query_parameter(name, {"type": "string"}, str(one.label)))
            elif values:
                found.append(query_parameter(name, {"type": "string", "enum": values}, str(one.label)))
        elif isinstance(one, YearsFilter):
            told = {
                name: "Any day in that year.",
                f"{name}_min": "That year or later.",
                f"{name}_max": "That year or earlier.",
            }
            found += [query_parameter(parameter, YEAR, meaning) for parameter, meaning in told.items()]
        elif isinstance(one, YearFilter):
            found.append(query_parameter(name, YEAR, str(one.label)))
    return found
