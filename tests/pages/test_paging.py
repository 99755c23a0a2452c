"""Whatever runs over several pages: each page has its own address, and its number in its title."""

from __future__ import annotations

import pytest
from django.test import Client
from factories import make_body, make_city, make_country, make_designation, make_event
from markup import Page

from capitals.record.writing import write_search_entries

pytestmark = pytest.mark.once

PER_PAGE = {
    "capitals.pages.years.RECORDS_PER_PAGE": 2,
    "capitals.pages.decisions.RECORDS_PER_PAGE": 2,
    "capitals.pages.search.RESULTS_PER_PAGE": 2,
}
PAGED = {
    "/capitals/2017/": ("/capitals/2017/", "/capitals/2017/?page={}"),
    "/bodies/council/": ("/bodies/council/", "/bodies/council/?page={}"),
    "/search/?q=festival&kind=event": (
        "/search/?kind=event&q=festival",
        "/search/?kind=event&page={}&q=festival",
    ),
}
"""Pages that are no lists with filters, with the one address of their first page and of a further one."""


@pytest.fixture(autouse=True)
def _five_events_two_a_page(empty_record: None, monkeypatch: pytest.MonkeyPatch) -> None:
    body = make_body(slug="council", name="Council", name_ru="Совет")
    title = make_designation(city=make_city(country=make_country(slug="land")), year=2017)
    for number in range(5):
        event = make_event(title=f"Festival {number}", titles=((title, "programme"),))
        event.organisers.set([body])
    write_search_entries("default")
    for name, number in PER_PAGE.items():
        monkeypatch.setattr(name, number)


def get(client: Client, address: str, **parameters: object) -> Page:
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    response = client.get(f"{address}{'&' if '?' in address else '?'}{query}" if query else address)
    assert response.status_code == 200
    return Page(response.content.decode())


def canonical(page: Page) -> str:
    address = page.one("link", rel="canonical").attributes["href"].removeprefix("http://127.0.0.1:8000")
    assert page.one("meta", property="og:url").attributes["content"].endswith(address)
    return address


@pytest.mark.parametrize("edition", ["", "/ru"])
@pytest.mark.parametrize("path", PAGED)
def test_a_further_page_is_canonical_to_itself_and_has_its_number_in_the_title(
    path: str, edition: str, client: Client
) -> None:
    first, second, third = (get(client, f"{edition}{path}", utm_source="x", page=n) for n in (1, 2, 3))

    own, further = (f"{edition}{address}" for address in PAGED[path])
    assert canonical(get(client, f"{edition}{path}")) == canonical(first) == own
    assert [canonical(second), canonical(third)] == [further.format(2), further.format(3)]
    titles = [page.title.rpartition(" · ")[0] for page in (first, second, third)]
    word = "Страница" if edition else "Page"
    assert titles[1:] == [f"{titles[0]} · {word} 2", f"{titles[0]} · {word} 3"]
    assert word not in titles[0]


@pytest.mark.parametrize("path", PAGED)
def test_both_twins_of_a_further_page_name_each_other(path: str, client: Client) -> None:
    for edition in ("", "/ru"):
        page = get(client, f"{edition}{path}", page=2)

        twins = {link.attributes["hreflang"]: link.attributes["href"] for link in page.twins}
        english = canonical(page).removeprefix("/ru")
        assert twins["en"] == twins["x-default"] == f"http://127.0.0.1:8000{english}"
        assert twins["ru"] == f"http://127.0.0.1:8000/ru{english}"


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("number", ["0", "4", "abc", "%00"])
def test_a_page_that_is_not_there_is_404(path: str, number: str, client: Client) -> None:
    sign = "&" if "?" in path else "?"

    assert client.get(f"{path}{sign}page={number}").status_code == 404
