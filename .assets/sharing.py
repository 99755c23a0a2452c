"""What the pictures for sharing show: each city with a title, each title year, and the site itself.

`pictures.py` draws them into `static/sharing/`. Each carries in itself what it says, so that a test
can tell the editor which ones the record has left behind; it does without the tools that draw.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.template import Context, Template
from django.utils.safestring import mark_safe

from capitals.atlas.dots import place_of
from capitals.atlas.labels import Label, first_with_room, labels_around
from capitals.atlas.map import draw
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import WINDOW
from capitals.atlas.seas import Sea, seas_with_room
from capitals.models import CityName, Designation
from capitals.words.dates import LAST_YEAR
from capitals.words.languages import ENGLISH

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
FOLDER = STATIC / "sharing"
SITE = STATIC / "sharing.png"
"""The picture of the site itself, for pages that have none of their own."""
DESCRIPTION = b"Description\0\0\0\0\0"
"""How a text chunk of a PNG begins that is neither compressed nor in a language of its own."""

Point = tuple[float, float]


@dataclass(frozen=True)
class CityOnCard:
    """A city as a card names it, and where it lies on the main map."""

    name: str
    native_names: tuple[CityName, ...]
    country: str
    place: Point | None

    @property
    def says(self) -> str:
        return " · ".join([self.name, *(native.name for native in self.native_names), self.country])


@dataclass(frozen=True)
class Card:
    """A picture: the city or the year in large, its cities, and the years of the title."""

    name: str
    """Its file is called so."""
    heading: str
    cities: tuple[CityOnCard, ...]
    years: tuple[int, ...]

    @property
    def is_year(self) -> bool:
        return self.heading == str(self.years[0])

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.png"

    @property
    def says(self) -> str:
        """What stands on it, places too."""
        places = [f"{city.says} {city.place}" for city in self.cities]
        return "; ".join([self.heading, *places, *map(str, self.years)])

    def page(self) -> str:
        """It as a page of HTML, 1200 by 630."""
        return _page("card.html", {"card": self, "map": drawing(self.cities, labelled=self.is_year)})


def cards() -> list[Card]:
    """A card for each city that was or is to be a capital, then one for each title year."""
    titles = _titles()
    return [*_of_cities(titles), *_of_years(titles)]


def _of_cities(titles: Sequence[Designation]) -> Iterator[Card]:
    for slug in sorted({title.city_id for title in titles}):
        held = [title for title in titles if title.city_id == slug]
        city = held[0].city
        shown = CityOnCard(
            city.called(ENGLISH).words,
            tuple(city.native_names(ENGLISH)),
            city.country.called(ENGLISH).words,
            place_of(city),
        )
        yield Card(slug, shown.name, (shown,), tuple(title.year for title in held))


def _of_years(titles: Iterable[Designation]) -> Iterator[Card]:
    for year, held in groupby(titles, key=lambda title: title.year):
        cities = tuple(
            CityOnCard(
                title.city_called_then(ENGLISH).words,
                tuple(title.native_names(ENGLISH)),
                title.city.country.called(ENGLISH).words,
                place_of(title.city),
            )
            for title in held
        )
        yield Card(str(year), str(year), cities, (year,))


# The map of a card; its units are pixels of the picture


@dataclass(frozen=True)
class Spot:
    """A city's dot, with its name where it has to be told from others."""

    x: float
    y: float
    label: Label | None


@dataclass(frozen=True)
class Drawing:
    """The map of a card, as `card.html` reads it."""

    paper: Box
    window: Box
    """The part of the main map that it shows."""
    spots: tuple[Spot, ...]
    seas: tuple[Sea, ...]


PAPER = Box(0, 0, 690, 616)
HEIGHTS = (420.0, 480.0, 540.0, WINDOW.height)
"""How much of the main map is seen from top to bottom: as little as holds the cities."""
EDGE = 48.0
"""Map units that a city keeps off the edge, if a wider view lets it."""
SPOT_REACH, LABEL_SIZE, SEA_SIZE = 25.0, 27.0, 20.0


def drawing(cities: Iterable[CityOnCard], *, labelled: bool) -> Drawing:
    """The map around the cities, as close as they allow."""
    placed = [(city.name, city.place) for city in cities if city.place]
    window = _window([place for _name, place in placed])
    scale = PAPER.height / window.height
    points = [
        (name, round((x - window.left) * scale, 1), round((y - window.top) * scale, 1))
        for name, (x, y) in placed
    ]
    occupied = Occupied(Box.around(x, y, SPOT_REACH) for _name, x, y in points)
    spots = []
    for name, x, y in points:
        labels = labels_around(name, x, y, SPOT_REACH, LABEL_SIZE) if labelled else ()
        label = first_with_room(labels, PAPER.grown(-10), occupied)
        if label:
            occupied.add(label.box)
        spots.append(Spot(x, y, label))
    return Drawing(PAPER, window, tuple(spots), seas_with_room(SEA_SIZE, window, PAPER, occupied))


def _window(points: Sequence[Point]) -> Box:
    """The closest view that holds the points off its edges; the farthest where none does."""
    columns = [x for x, _y in points] or [WINDOW.width / 2]
    rows = [y for _x, y in points] or [WINDOW.height / 2]
    middle = (min(columns) + max(columns)) / 2, (min(rows) + max(rows)) / 2
    views = (_view(middle, height) for height in HEIGHTS)
    holding = (view for view in views if all(view.holds(x, y, EDGE) for x, y in points))
    return next(holding, _view(middle, HEIGHTS[-1]))


def _view(middle: Point, height: float) -> Box:
    """The part of the main map around the point, moved to lie within it."""
    x, y = middle
    width = height * PAPER.width / PAPER.height
    left = min(max(x - width / 2, WINDOW.left), WINDOW.right - width)
    top = min(max(y - height / 2, WINDOW.top), WINDOW.bottom - height)
    return Box(left, top, left + width, top + height)


# The picture of the site


def site_page() -> str:
    """The site's name beside the map of all capitals as a page of HTML, 1200 by 630."""
    # All in the past: the picture stands longer than a year.
    return _page("site.html", {"map": draw(_titles(), LAST_YEAR)})


def site_says() -> str:
    """What stands on it: every capital with its place."""
    shown = {(title.city.called(ENGLISH).words, place_of(title.city)) for title in _titles()}
    return "; ".join(f"{name} {place}" for name, place in sorted(shown, key=str))


def _titles() -> list[Designation]:
    return list(Designation.objects.held().oldest_first().with_city())


def _page(template: str, context: dict[str, object]) -> str:
    """A template of this folder under the site's own style sheet."""
    # A picture waits for its fonts.
    style = (STATIC / "site.css").read_text().replace("font-display: optional", "font-display: block")
    source = (Path(__file__).parent / template).read_text()
    return Template(source).render(
        Context({**context, "style": mark_safe(style), "folder": f"{STATIC.as_uri()}/"})  # noqa: S308 - our own style sheet
    )


# What is there, and what the record wants


def wanted() -> dict[Path, str]:
    """Every picture that there should be, with what it should say."""
    return {SITE: site_says(), **{card.file: card.says for card in cards()}}


def outdated() -> list[Path]:
    """The pictures that lack, or say what the record no longer does."""
    return [
        file for file, says in wanted().items() if not file.exists() or told_by(file.read_bytes()) != says
    ]


def left_over() -> list[Path]:
    """The pictures of what is no more."""
    return sorted(set(FOLDER.iterdir()) - wanted().keys()) if FOLDER.exists() else []


def told_by(picture: bytes) -> str:
    """What a PNG says of itself, as `Card.says`; nothing where it says nothing."""
    offset = 8  # behind the signature
    while offset < len(picture):
        length, kind = struct.unpack(">I4s", picture[offset : offset + 8])
        content = picture[offset + 8 : offset + 8 + length]
        if kind == b"iTXt" and content.startswith(DESCRIPTION):
            return content.removeprefix(DESCRIPTION).decode()
        offset += length + 12
    return ""
