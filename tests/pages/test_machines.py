"""What other programs take from the site by itself: statements for Wikidata, whom to write to."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from asking import get, on
from django.test import Client
from factories import make_city, make_decision, make_designation, make_source

from capitals.models import City, Designation

pytestmark = [pytest.mark.once, pytest.mark.django_db]

VALUE = re.compile(r'somevalue|Q[1-9]\d*|".+"|\+\d{4}-00-00T00:00:00Z/9')
"""What QuickStatements reads in a column of a property (parseValueV1): else the cell is refused."""


def statements(client: Client) -> list[dict[str, str]]:
    """The rows of the file, each by its columns."""
    response = client.get("/data/wikidata.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    text = response.content.decode()
    # Without a byte order mark: the importer knows the form by these letters.
    assert text.startswith("qid,")
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_each_held_title_of_a_city_with_an_item_is_a_statement_with_a_source_of_that_title(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2026, 11, 30, monkeypatch)
    held = Designation.objects.held().exclude(city__wikidata="").filter(year__lte=2026)
    titles = {(title.city.wikidata, title.year): title for title in held.select_related("city")}

    rows = statements(client)

    assert [list(row) for row in rows] == [["qid", "P166", "qal1932", "qal585", "S854", "#"]] * len(rows)
    assert len(rows) == len(titles) > 15
    for row in rows:
        assert re.fullmatch(r"Q[1-9]\d*", row["qid"])
        assert all(VALUE.fullmatch(value) for column, value in row.items() if column not in {"qid", "#"})
        title = titles.pop((row["qid"], int(row["qal585"][1:5])))
        records = [title, *title.decisions.all()]
        addresses = {source.address for record in records for source in record.sources.all()}
        assert row["S854"].strip('"') in addresses - {""}
        assert row["#"] == f"CIS Cultural Capital {title.year}: {title.city.name}"


def test_no_two_titles_share_an_item_for_the_importer_would_make_them_one_statement(client: Client) -> None:
    items = [row["qid"] for row in statements(client)]

    assert len(set(items)) == len(items)


def test_a_title_is_referred_to_the_step_that_decided_it_and_left_out_without_item_year_or_address(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2017, 6, 1, monkeypatch)
    named = make_designation(city=make_city(wikidata="Q7"), year=2017)
    named.sources.set([make_source(address="https://title.example/")])
    decision = make_decision(names=(named,))
    decision.sources.set([make_source(address=""), make_source(address='https://step.example/?a="b"')])
    told = make_designation(city=make_city(wikidata="Q8"), year=2016)
    told.sources.set([make_source(address="https://told.example/")])
    make_designation(city=make_city(wikidata="Q9"), year=2016).sources.set([make_source(address="")])
    to_come = make_designation(city=make_city(wikidata="Q10"), year=2018)
    for left_out in (to_come, make_designation(city=make_city(), year=2017)):
        left_out.sources.set(told.sources.all())
    replaced = make_designation(city=make_city(wikidata="Q11"), year=2017, replaced_by=named)
    replaced.sources.set(told.sources.all())

    rows = statements(client)

    assert [(row["qid"], row["qal585"], row["S854"]) for row in rows] == [
        ("Q8", "+2016-00-00T00:00:00Z/9", '"https://told.example/"'),
        ("Q7", "+2017-00-00T00:00:00Z/9", '"https://step.example/?a="b""'),
    ]


def test_a_city_s_page_leads_to_its_item_and_cites_who_states_it(client: Client) -> None:
    for address, label in {"/cities/gomel/": "In Wikidata", "/ru/cities/gomel/": "В Викиданных"}.items():
        page = get(client, address).main
        [row] = [dt.parent for dt in page.all("dt") if dt.text == label and dt.parent]
        link = row.one("a", rel="external")

        assert link.attributes["href"] == "https://www.wikidata.org/wiki/Q2678"
        assert {number.one("a").attributes["aria-label"].partition(": ")[2] for number in row.all("sup")} == {
            "Natural Earth",
            "Countries States Cities Database",
        }
    assert City.objects.get(pk="lachin").wikidata == ""
    assert "wikidata.org" not in client.get("/cities/lachin/").content.decode()


def test_whom_to_tell_of_a_weakness_is_told_for_a_year_from_today(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2027, 3, 1, monkeypatch)
    settings.SITE_URL = "https://capitals.example"
    settings.CORRECTIONS_EMAIL = "record+fix@example.org"

    response = client.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:record+fix@example.org",
        "Expires: 2028-02-29T00:00:00Z",
        "Preferred-Languages: en, ru",
        "Canonical: https://capitals.example/.well-known/security.txt",
    ]


def test_without_a_mail_address_nothing_is_told_of_it(client: Client, settings: Any) -> None:
    settings.CORRECTIONS_EMAIL = ""

    assert client.get("/.well-known/security.txt").status_code == 404
