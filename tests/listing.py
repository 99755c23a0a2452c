"""The lists with filters: which there are, what one shows, and what it refuses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from markup import Element, Page

from capitals.pages.filtering import RecordFilterSet
from capitals.pages.filters import (
    CulturalCentreFilterSet,
    DecisionFilterSet,
    DesignationFilterSet,
    EventFilterSet,
    SourceFilterSet,
)

LISTS = ("/capitals/", "/events/", "/centres/", "/decisions/", "/sources/")
FILTERSETS: dict[str, type[RecordFilterSet]] = {
    "/capitals/": DesignationFilterSet,
    "/events/": EventFilterSet,
    "/centres/": CulturalCentreFilterSet,
    "/decisions/": DecisionFilterSet,
    "/sources/": SourceFilterSet,
}
CHOICES = {
    "/capitals/": ("country", "sort"),
    "/events/": ("country", "kind", "city", "scope", "sort"),
    "/centres/": ("country", "operator", "sort"),
    "/decisions/": ("body", "sort"),
    "/sources/": ("outlet", "language", "sort"),
}
YEARS = {
    "/capitals/": ("year_min", "year_max"),
    "/events/": ("year_min", "year_max"),
    "/centres/": ("year",),
    "/decisions/": ("year",),
    "/sources/": ("year",),
}
"""The controls for years; the lists with two of them take `year` too."""
EVERY_CHOICE = [(path, name) for path, names in CHOICES.items() for name in names]
EVERY_YEAR = [(path, name) for path, names in YEARS.items() for name in names]
EVERY_FILTER = EVERY_CHOICE + EVERY_YEAR
SORTS = {
    "/capitals/": ("oldest", "city", "country"),
    "/events/": ("oldest", "city", "country"),
    "/centres/": ("city", "newest", "oldest"),
    "/decisions/": ("oldest",),
    "/sources/": ("oldest",),
}
EVERY_SORT = [(path, sort) for path, sorts in SORTS.items() for sort in sorts]
SITE = "http://127.0.0.1:8000"


def get(client: Client, address: str) -> tuple[int, Page]:
    response = client.get(address)
    return response.status_code, Page(response.content.decode())


def listed(page: Page) -> list[str]:
    """The keys of the records that a list shows, in order; of capitals, city and year."""
    found = []
    for row in page.main.all("tr"):
        for head in row.all("th", scope="row"):
            key = head.hrefs[0].strip("/").split("/")[-1]
            years = row.all("td", class_="year")
            found.append(f"{key}-{years[0].text}" if years else key)
    for card in page.main.all("article", class_="card"):
        found.append(card.one("h3").hrefs[0].strip("/").split("/")[-1])
    for sources in page.main.all("ul", class_="source-list"):
        found += [item.hrefs[0].strip("/").split("/")[-1] for item in sources.all("li")]
    return found


def finds(client: Client, address: str) -> list[str]:
    """What the list at `address` finds; it must answer 200."""
    status, page = get(client, address)
    assert status == 200
    return listed(page)


def led_on(client: Client, address: str) -> str:
    """The address that the list at `address` leads on to; the address itself where it answers 200."""
    response = client.get(address)
    if response.status_code == 200:
        return address
    assert response.status_code == 302, address
    return str(response["Location"])


def followed(path: str, link: Element) -> str:
    """Where a link on the list at `path` leads."""
    return urljoin(path, link.attributes["href"])


def refused(client: Client, address: str, *fields: str) -> Page:
    """The page for a filter that is not understood: 400, the form, a message at each of `fields`."""
    return refuses(client.get(address), *fields)


def refuses(response: Any, *fields: str) -> Page:
    """That page, as the answer `response`."""
    assert response.status_code == 400
    page = Page(response.content.decode())
    form = page.main.one("form", class_="filters")
    with_message = []
    for field in form.all(class_="field"):
        wrong = [control.attributes for control in field.all("input", "select", aria_invalid="true")]
        for message in field.all("p", class_="field-error"):
            assert message.text
            # The message is tied to its controls for those who do not see it.
            assert wrong
            assert all(message.attributes["id"] in one["aria-describedby"].split() for one in wrong)
            with_message += [one["name"] for one in wrong]
    assert with_message == list(fields)
    assert "open" in page.main.one("details").attributes
    assert form.all("p", role="alert")
    assert listed(page) == []
    assert page.main.all("h2", class_="count") == []
    return page
