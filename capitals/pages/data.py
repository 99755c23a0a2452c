"""Lists and records as data: the same rows as on the pages, complete, in JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.data.fields import Form
from capitals.data.formats import Origin, csv_list, json_list, json_record
from capitals.data.forms import FORMS
from capitals.data.ourselves import absolute
from capitals.models import FormerAddress, RecordState
from capitals.models.whole import PAGES, TABLES
from capitals.pages.alternates import FORMATS
from capitals.pages.filters import FILTERSETS, country_called
from capitals.pages.lists import led_on
from capitals.pages.parameters import canonical_path
from capitals.pages.problems import problem
from capitals.pages.programs import open_to_all, refused, unknown_filters
from capitals.pages.request import RecordRequest
from capitals.search.spellings import city_called
from capitals.words.languages import ENGLISH, RUSSIAN, address_in, page_language

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
"""What each format of data is called in a response."""
STREAMED_FROM = 5_000
"""Rows from which a list is sent as it is read, not made whole before: some twenty megabytes."""
ROWS_AT_ONCE = 1_000


@open_to_all
def list_as_data(request: RecordRequest, table: str, suffix: str) -> HttpResponseBase:
    """A list with its filters, complete; 400 with a body that explains where one is not understood."""
    form = FORMS[table]
    elsewhere = without_a_language(request, suffix, f"/{table}", form.listed_on)
    if elsewhere is not None:
        return elsewhere
    page = reverse(form.listed_on)
    rows = form.all_rows()
    refusal = unknown_filters(request, FILTERSETS[table].known() if table in FILTERSETS else ())
    if refusal is not None:
        return refusal
    if table in FILTERSETS:
        filterset = FILTERSETS[table](request.GET, rows)
        rewritten = led_on(request, filterset)
        if rewritten is not None:
            return rewritten
        if not filterset.is_valid():
            return refused(filterset.form.errors)
        return sent(
            request,
            form,
            filterset.rows(),
            suffix,
            canonical_path(page, filterset.parameters().dict()),
        )
    return sent(request, form, rows, suffix, page)


@open_to_all
def year_as_data(request: RecordRequest, year: int, suffix: str) -> HttpResponseBase:
    """The titles of a year, as the list of capitals has them."""
    elsewhere = without_a_language(request, suffix, f"/capitals/{year}", "year")
    elsewhere = elsewhere or unknown_filters(request, ())
    if elsewhere is not None:
        return elsewhere
    rows = FORMS["capitals"].all_rows().held_in(year)
    if not rows.exists():
        return problem(404, "Not found", f"No capital is recorded for {year}.")
    return sent(request, FORMS["capitals"], rows, suffix, reverse("year", args=[year]))


@open_to_all
def record_as_data(request: RecordRequest, table: str, key: str, suffix: str) -> HttpResponseBase:
    """One record in JSON; where a city is called so, or the record once had that address, the way to it."""
    page = next((name for name, model in PAGES.items() if model is TABLES.get(table)), "")
    elsewhere = without_a_language(request, suffix, f"/{table}/{key}", page, data=("json",))
    elsewhere = elsewhere or unknown_filters(request, ())
    if elsewhere is not None:
        return elsewhere
    form = FORMS[table]
    record = form.all_rows().filter(pk=key).first() if table in TABLES else None
    if record is None:
        return not_there(table, key)
    body = json_record(form.row(record), origin(request.record, record.get_absolute_url()))
    return as_data(HttpResponse(body, content_type=TYPES["json"]), f"{key}.json")


def without_a_language(
    request: RecordRequest, suffix: str, address: str, page: str, data: tuple[str, ...] = tuple(TYPES)
) -> HttpResponse | None:
    """From an address with a language's prefix the way to that without: data has both languages in one.

    `address` is without its format, `page` the name of the page with the same content. For a format
    that is not there a 404 which names those that are: for readers (Http404), or for programs where
    other addresses have it.
    """
    if suffix not in data:
        others = [one.suffix for one in FORMATS.get(page, ()) if one.suffix not in TYPES]
        ways = ", ".join(f"{address}.{one}" for one in [*data, *others])
        told = _("There is no such format here. What there is: %(ways)s.") % {"ways": ways}
        if suffix in TYPES:
            return problem(404, "Not found", told)
        raise Http404(told)
    if page_language() == RUSSIAN:
        return HttpResponsePermanentRedirect(address_in(ENGLISH, request.get_full_path()))
    return None


def not_there(table: str, key: str) -> HttpResponse:
    """301 to the city or country that is called so or to where the record went; 410 where it is gone."""
    if table == "cities" and (city := city_called(key)):
        return HttpResponsePermanentRedirect(f"/cities/{city.pk}.json")
    if table == "countries" and (country := country_called(key)):
        return HttpResponsePermanentRedirect(f"/countries/{country.pk}.json")
    former = FormerAddress.objects.filter(pk=f"/{table}/{key}/").first() if "\0" not in key else None
    if former is None:
        return problem(404, "Not found", f"No record has this key; /{table}.json lists those that there are.")
    if not former.new_path:
        return problem(410, "Gone", "There was a record here; it will not come back.")
    is_a_record = former.new_path.strip("/").partition("/")[0] in TABLES
    way = f"{former.new_path.rstrip('/')}.json" if is_a_record else former.new_path
    return HttpResponsePermanentRedirect(way)


def sent(request: RecordRequest, form: Form, rows: QuerySet[Any], suffix: str, page: str) -> HttpResponseBase:
    """A list in a format: made whole, or where it is long sent as it is read."""
    count = rows.count()
    if count < STREAMED_FROM:
        body = "".join(document(form, rows, count, suffix, origin(request.record, page)))
        return as_data(HttpResponse(body, content_type=TYPES[suffix]), f"{form.table}.{suffix}")
    response = StreamingHttpResponse(in_one_version(form, rows, suffix, page), content_type=TYPES[suffix])
    columns = " ".join(column.name for column in form.columns)
    response["ETag"] = f'"{sha256(f"{request.record.version} {columns}".encode()).hexdigest()[:32]}"'
    return as_data(response, f"{form.table}.{suffix}")


def document(form: Form, rows: QuerySet[Any], count: int, suffix: str, begun_with: Origin) -> Iterator[str]:
    """The list's document, piece by piece."""
    read = (form.row(record) for record in rows.iterator(chunk_size=ROWS_AT_ONCE))
    return json_list(read, count, begun_with) if suffix == "json" else csv_list(form.columns, read)


def in_one_version(form: Form, rows: QuerySet[Any], suffix: str, page: str) -> Iterator[str]:
    """The document from a snapshot of its own: that of the request has ended when the body is read."""
    with transaction.atomic():
        record = RecordState.objects.with_edition().get()
        yield from document(form, rows, rows.count(), suffix, origin(record, page))


def origin(record: RecordState, page: str) -> Origin:
    """Where data comes from, with the address of the page that shows the same."""
    return Origin(record.version, str(record.edition or ""), absolute(page))


Sent = TypeVar("Sent", bound=HttpResponseBase)


def as_data(response: Sent, name: str) -> Sent:
    """A response with a name for who keeps it."""
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
