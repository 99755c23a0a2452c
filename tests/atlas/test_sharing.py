"""The pictures that services show of a shared city or year: up to date, small, named by their pages."""

from __future__ import annotations

import importlib.util
import struct
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import get, read
from django.test import Client
from factories import make_city, make_designation
from markup import Page
from processes import ROOT

from capitals.models import Designation
from capitals.words.languages import ENGLISH, RUSSIAN, address_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

HOST = "http://127.0.0.1:8000"
FOLDER = ROOT / "static" / "sharing"
MOST_BYTES, MOST_BYTES_TOGETHER = 26_000, 1_200_000
TO_DRAW = "run: pip install --editable '.[assets]' && python manage.py load && python .assets/pictures.py"


@pytest.fixture(scope="module")
def sharing() -> Any:
    """`.assets/sharing.py`, which needs none of the tools that draw."""
    spec = importlib.util.spec_from_file_location("sharing", ROOT / ".assets" / "sharing.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_every_titled_city_and_year_has_a_picture_of_what_the_record_says(sharing: Any) -> None:
    cities = {f"{title.city_id}.png" for title in Designation.objects.held()}
    years = {f"{year}.png" for year in Designation.objects.years()}

    assert named(sharing.outdated()) == [], f"pictures are missing or out of date; {TO_DRAW}"
    assert named(sharing.left_over()) == [], f"pictures are left of what is no more; {TO_DRAW}"
    assert {file.name for file in FOLDER.iterdir()} == cities | years


def test_a_picture_that_the_record_has_left_behind_is_noticed(sharing: Any) -> None:
    Designation.objects.filter(pk="lachin-2025").update(year=2029)

    assert {file.name for file in sharing.outdated()} == {"lachin.png", "2029.png"}
    assert named(sharing.left_over()) == ["static/sharing/2025.png"]


def test_the_pictures_are_of_the_size_that_services_show_and_small() -> None:
    pictures = {file.name: file.read_bytes() for file in FOLDER.iterdir()}

    assert {struct.unpack(">II", picture[16:24]) for picture in pictures.values()} == {(1200, 630)}
    assert [name for name, picture in pictures.items() if len(picture) > MOST_BYTES] == []
    assert sum(map(len, pictures.values())) < MOST_BYTES_TOGETHER


def test_a_view_of_the_map_holds_every_city_of_its_card(sharing: Any) -> None:
    for card in sharing.cards():
        drawn = sharing.drawing(card.cities, labelled=card.is_year)
        assert len(drawn.spots) == len(card.cities)
        assert all(drawn.paper.holds(spot.x, spot.y, 10) for spot in drawn.spots), card.name
        assert all(spot.label for spot in drawn.spots) == card.is_year, card.name
        assert card.heading in card.page()


def picture_of(page: Page) -> tuple[str, str]:
    """The address and the description of the picture that the page names."""
    properties = [one.attributes for one in page.one("head").all("meta") if "property" in one.attributes]
    told = {one["property"]: one["content"] for one in properties}
    assert len(told) == len(properties)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    return told["og:image"], told["og:image:alt"]


@pytest.mark.parametrize(
    ("address", "file", "descriptions"),
    [
        ("/cities/lachin/", "sharing/lachin", ("Lachin, Azerbaijan: ", "Лачин, Азербайджан: ")),
        ("/capitals/2013/", "sharing/2013", ("The year 2013: ", "2013 год: ")),
        ("/cities/baku/", "sharing", ("The name of the site ", "Название сайта ")),
        ("/capitals/", "sharing", ("The name of the site ", "Название сайта ")),
    ],
)
def test_a_page_names_its_own_picture_or_the_site_s(
    address: str, file: str, descriptions: tuple[str, str], client: Client
) -> None:
    for language, description in zip((ENGLISH, RUSSIAN), descriptions, strict=True):
        shown, told = picture_of(read(client, address_in(language, address))[1])

        # The name of the file as it is collected holds a sum of its content.
        assert shown.startswith(f"{HOST}/static/{file}.")
        assert shown.endswith(".png")
        assert client.get(shown.removeprefix(HOST)).getvalue() == (ROOT / f"static/{file}.png").read_bytes()
        assert told.startswith(description)


@pytest.mark.parametrize("debug", [False, True])
def test_a_title_whose_picture_is_not_drawn_yet_has_the_site_s(
    debug: bool, client: Client, empty_record: None, settings: Any
) -> None:
    settings.DEBUG = debug
    make_designation(city=make_city(slug="new-town"), year=2031)

    for address in ("/cities/new-town/", "/capitals/2031/"):
        shown, _told = picture_of(get(client, address))
        assert shown.startswith(f"{HOST}/static/sharing."), address
