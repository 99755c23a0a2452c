"""Where cities stand on the map, which of them carry a label there, and where the label stands.

Everything is in map units: the map is `WINDOW.width` units wide, whatever its size on a
screen, and `y` grows downwards. No border is drawn anywhere; land, lakes and rivers are
`components/land.html`, made once by `.assets/land.py` with the projection of this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, dist, floor, log, pi, radians, sin, sqrt, tan
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from capitals.models import City, Designation

State = Literal["now", "to-come", "past", "replaced"]
Anchor = Literal["start", "middle", "end"]

# The projection

EARTH_RADIUS = 6371.0
"""Kilometres; a sphere is exact enough for a drawing a thousand units wide."""
STANDARD_PARALLELS = (40.0, 58.0)
"""Degrees north, where the scale is true."""
CENTRAL_MERIDIAN = 55.0
"""Degrees east, the meridian that stands upright."""
ORIGIN_LATITUDE = 49.0
"""Degrees north, where kilometres north and south are counted from."""


def _cotangent_of_half_colatitude(latitude: float) -> float:
    """tan(pi/4 + latitude/2), the term that every formula of the projection shares."""
    return tan(pi / 4 + radians(latitude) / 2)


def conformal_conic(
    latitude: float,
    longitude: float,
    *,
    parallels: tuple[float, float] = STANDARD_PARALLELS,
    meridian: float = CENTRAL_MERIDIAN,
    origin: float = ORIGIN_LATITUDE,
) -> tuple[float, float]:
    """The place in Lambert's conformal conic projection of a sphere of radius 1: east, north.

    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
    equations 14-1, 14-2, 14-4 and 15-1 to 15-3.
    """
    first, second = (radians(parallel) for parallel in parallels)
    cone = log(cos(first) / cos(second)) / log(
        _cotangent_of_half_colatitude(parallels[1]) / _cotangent_of_half_colatitude(parallels[0])
    )
    factor = cos(first) * _cotangent_of_half_colatitude(parallels[0]) ** cone / cone
    radius = factor / _cotangent_of_half_colatitude(latitude) ** cone
    angle = cone * radians(longitude - meridian)
    return radius * sin(angle), factor / _cotangent_of_half_colatitude(origin) ** cone - radius * cos(angle)


# Places on the paper


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def view_box(self) -> str:
        """As SVG wants it: left, top, width, height."""
        return " ".join(f"{round(number, 1):g}" for number in (self.left, self.top, self.width, self.height))

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies inside, at least `margin` from every side."""
        return (
            self.left + margin <= x <= self.right - margin and self.top + margin <= y <= self.bottom - margin
        )

    def contains(self, other: Box) -> bool:
        return self.holds(other.left, other.top) and self.holds(other.right, other.bottom)

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def grown(self, margin: float) -> Box:
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    @classmethod
    def around(cls, x: float, y: float, reach: float) -> Box:
        return cls(x - reach, y - reach, x + reach, y + reach)


WEST, EAST, NORTH, SOUTH = -2500.0, 2400.0, 1700.0, -1380.0
"""The window's sides, in kilometres from where the central meridian crosses 49 degrees north."""
WIDTH = 960.0
UNITS_PER_KILOMETRE = WIDTH / (EAST - WEST)
WINDOW = Box(0, 0, WIDTH, float(round((NORTH - SOUTH) * UNITS_PER_KILOMETRE)))
"""The main map: from the Baltic to the Altai, from Saint Petersburg to beyond Mary."""


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The place in map units, to the right and downwards, of degrees north and east (WGS 84)."""
    east, north = conformal_conic(latitude, longitude)
    return (
        (east * EARTH_RADIUS - WEST) * UNITS_PER_KILOMETRE,
        (NORTH - north * EARTH_RADIUS) * UNITS_PER_KILOMETRE,
    )


# Room for words


CHARACTER_WIDTHS = {"narrow": (0.4, "ijlftrI.,:;'’()-| "), "wide": (0.98, "mwMWЖШЩЮФжшщюфмыЫ")}
ORDINARY_WIDTH = 0.7
"""Advance widths in em: above those of semibold Golos Text, for a reader's own font may be wider."""


def text_width(text: str, size: float) -> float:
    """The width to keep free for `text`, in units of its font `size`."""
    ems = 0.0
    for character in text:
        fitting = (width for width, characters in CHARACTER_WIDTHS.values() if character in characters)
        ems += next(fitting, ORDINARY_WIDTH)
    return ems * size


ASCENT, DESCENT = 0.8, 0.25
"""How far letters reach above and below their line, in em."""


class Occupied:
    """Boxes on the paper, kept by the cells that they touch: a question costs its neighbours alone."""

    CELL = 32.0

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def _touched(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(floor(box.left / self.CELL), ceil(box.right / self.CELL)):
            for row in range(floor(box.top / self.CELL), ceil(box.bottom / self.CELL)):
                yield column, row

    def add(self, box: Box) -> None:
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether none of the boxes shares room with it."""
        return not any(box.meets(other) for cell in self._touched(box) for other in self._cells.get(cell, ()))


@dataclass(frozen=True)
class Label:
    """A line of text: where its baseline begins, ends or has its middle, and the room that it takes."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box


def label_at(text: str, x: float, y: float, anchor: Anchor, size: float, share: float = 1.0) -> Label:
    """A label with its baseline at that point, for which `share` of the usual width is kept free."""
    width = text_width(text, size) * share
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    box = Box(left, y - ASCENT * size, left + width, y + DESCENT * size)
    return Label(text, round(x, 1), round(y, 1), anchor, box)


def labels_around(text: str, x: float, y: float, reach: float, size: float) -> Iterator[Label]:
    """Where a label may stand around a dot that reaches so far, the best place first."""
    level = y + 0.35 * size
    over, under = y - reach - DESCENT * size, y + reach + ASCENT * size
    yield label_at(text, x + reach, level, "start", size)
    yield label_at(text, x - reach, level, "end", size)
    yield label_at(text, x, over, "middle", size)
    yield label_at(text, x, under, "middle", size)
    aside = 0.6 * reach
    for height in (over + 0.4 * reach, under - 0.4 * reach):
        yield label_at(text, x + aside, height, "start", size)
        yield label_at(text, x - aside, height, "end", size)


def first_with_room(labels: Iterable[Label], paper: Box, occupied: Occupied) -> Label | None:
    """The first of the labels that lies on the paper and meets nothing; none where none does."""
    return next(
        (label for label in labels if paper.contains(label.box) and occupied.is_free(label.box)), None
    )


# What is drawn


@dataclass(frozen=True)
class Dot:
    """A city: a link where it has an address; its label where there is room for one."""

    address: str
    name: str
    label: str
    """Its accessible name: city, country and years."""
    state: State
    year: int
    """The year that decides its state."""
    standing_out: bool
    loud: bool
    """Whether it is named on a narrow screen too."""
    x: float
    y: float
    placed: Label | None = None
    larger: Label | None = None
    """The label for a narrow screen."""

    @property
    def radius(self) -> int:
        """The radius of its circle, to the middle of the line."""
        return DOT_RADII[self.state]

    @property
    def reach(self) -> float:
        """The radius of what is seen of it."""
        return self.radius + HALF_A_LINE


DOT_RADII: dict[State, int] = {"now": 8, "to-come": 5, "past": 5, "replaced": 4}
HALF_A_LINE = 1.0
"""Map units; the style sheet draws lines of two units or less."""
LABEL_GAP = 4.0
LABEL_SIZE, LARGE_LABEL_SIZE = 17.0, 34.0
"""Font sizes in map units: the map is some 640 pixels wide beside a text, 330 on a telephone."""
LARGE_DOTS = 1.7
"""How many times larger a dot is drawn on a narrow screen."""
MOST_LABELS = 60
"""How many labels are tried; more would be no map."""
FEW = 3
"""How many cities a filter may leave for their labels to stand on a narrow screen."""
FRAME_MARGIN = 6.0


@dataclass(frozen=True)
class Sea:
    """The name of a sea, one line for each word, and the room that it takes."""

    lines: tuple[Label, ...]
    box: Box


SEA_SIZE = 15.0
SEA_SHARE = 0.8
"""The serif of the seas is narrower than the semibold of the cities."""
SEAS = (
    (gettext_lazy("Baltic Sea"), 57.3, 19.4),
    (gettext_lazy("Black Sea"), 43.3, 34.3),
    (gettext_lazy("Caspian Sea"), 44.6, 50.0),
    (gettext_lazy("Mediterranean Sea"), 35.35, 31.8),
)
"""Name, degrees north and east of its middle."""


def _sea(name: str, x: float, y: float, size: float) -> Sea:
    """The sea's name around that point."""
    words = name.split()
    height = 1.15 * size
    first = y - height * (len(words) - 1) / 2 + 0.3 * size
    lines = tuple(
        label_at(word, x, first + height * row, "middle", size, SEA_SHARE) for row, word in enumerate(words)
    )
    boxes = [line.box for line in lines]
    return Sea(
        lines,
        Box(
            min(box.left for box in boxes),
            boxes[0].top,
            max(box.right for box in boxes),
            boxes[-1].bottom,
        ),
    )


@dataclass(frozen=True)
class Inset:
    """An enlarged part of the map, laid over a corner of it where no city lies."""

    window: Box
    """What it shows, in map units."""
    frame: Box
    """Where it lies, in map units."""
    dots: tuple[Dot, ...]
    """Already where they lie in the frame."""
    caption: Label


@dataclass(frozen=True)
class Map:
    """The main map, as `components/map.html` reads it."""

    window: Box
    seas: tuple[Sea, ...]
    dots: tuple[Dot, ...]
    """The linked dots of the main map, by year, then by name."""
    crowd: tuple[Dot, ...]
    """The dots of the cities that the inset has the links of."""
    inset: Inset | None

    @property
    def links(self) -> list[Dot]:
        """The dots of the map and of its inset in one order, by year, then by name."""
        inset = self.inset.dots if self.inset else ()
        return sorted([*self.dots, *inset], key=_by_year)


INSET_CENTRE = (39.95, 45.85)
"""Degrees north and east."""
INSET_ENLARGEMENT = 3.6
INSET_SIZE = (312.0, 228.0)
CAPTION_SIZE = 13.0
INSET_OFFSET = 14.0
"""How far from the map's own frame it lies."""


def _inset_window() -> Box:
    """The part of the map that the inset enlarges."""
    x, y = project(*INSET_CENTRE)
    width, height = (side / INSET_ENLARGEMENT for side in INSET_SIZE)
    left, top = round(x - width / 2, 1), round(y - height / 2, 1)
    return Box(left, top, left + width, top + height)


INSET_WINDOW = _inset_window()


def _inset_frame(dots: Iterable[Dot]) -> Box:
    """The corner with the fewest cities beneath: north-east, else south-west, south-east, north-west."""
    width, height = INSET_SIZE
    left, right = INSET_OFFSET, WINDOW.right - INSET_OFFSET - width
    top, bottom = INSET_OFFSET, WINDOW.bottom - INSET_OFFSET - height
    corners = ((right, top), (left, bottom), (right, bottom), (left, top))
    frames = [Box(x, y, x + width, y + height) for x, y in corners]
    points = [(dot.x, dot.y, dot.reach) for dot in dots]
    return min(frames, key=lambda frame: sum(frame.holds(x, y, -reach) for x, y, reach in points))


# Who is drawn, and how


def _years(held: Sequence[Designation], today_year: int) -> str:
    """The years of a city's titles: "2012, 2027 (to come)"."""
    words = []
    for designation in held:
        if designation.replaced_by_id:
            words.append(_("%(year)s (replaced)") % {"year": designation.year})
        elif designation.year > today_year:
            words.append(_("%(year)s (to come)") % {"year": designation.year})
        else:
            words.append(str(designation.year))
    return ", ".join(words)


def _state(held: Sequence[Designation], today_year: int) -> tuple[State, int]:
    """How the city stands today, and the year that decides it: this one, else its newest."""
    kept = [designation.year for designation in held if not designation.replaced_by_id]
    if not kept:
        return "replaced", max(designation.year for designation in held)
    if today_year in kept:
        return "now", today_year
    newest = max(kept)
    return ("to-come" if newest > today_year else "past"), newest


def _all_dots(
    designations: Iterable[Designation], today_year: int, matching: Collection[str] | None
) -> list[Dot]:
    """A dot for every city with coordinates in the window, by year, then by name."""
    titles: defaultdict[str, list[Designation]] = defaultdict(list)
    for designation in designations:
        titles[designation.city_id].append(designation)
    few = matching is not None and len(matching) <= FEW
    dots = []
    for slug, of_city in titles.items():
        city = of_city[0].city
        place = _place(city)
        if place is None:
            continue
        held = sorted(of_city, key=lambda designation: designation.year)
        state, year = _state(held, today_year)
        label = _("%(city)s, %(country)s: %(years)s") % {
            "city": city,
            "country": city.country,
            "years": _years(held, today_year),
        }
        standing_out = matching is None or slug in matching
        loud = standing_out and (few or state == "now")
        dots.append(Dot(city.get_absolute_url(), str(city), label, state, year, standing_out, loud, *place))
    return sorted(dots, key=_by_year)


def _by_year(dot: Dot) -> tuple[int, str, str]:
    """The order of the links: by year, then by name."""
    return dot.year, dot.name, dot.address


def _place(city: City) -> tuple[float, float] | None:
    """Where the city stands in the window, to a tenth of a unit; none outside or without coordinates."""
    if city.latitude is None or city.longitude is None:
        return None
    x, y = project(float(city.latitude), float(city.longitude))
    return (round(x, 1), round(y, 1)) if WINDOW.holds(x, y, FRAME_MARGIN) else None


def _urgency(dot: Dot) -> tuple[int, int]:
    """Whose label is placed first: now, to come, then the newest."""
    order: tuple[State, ...] = ("now", "to-come", "past", "replaced")
    return order.index(dot.state), -dot.year


def _with_labels(dots: Sequence[Dot], window: Box, boxes: Sequence[Box]) -> tuple[Dot, ...]:
    """The dots in their order, each with the labels that find room in `window` beside `boxes`."""
    standing_out = sorted((dot for dot in dots if dot.standing_out), key=_urgency)
    loud = [dot for dot in standing_out if dot.loud]
    placed = _placed(standing_out[:MOST_LABELS], dots, window, boxes, LABEL_SIZE, 1.0)
    larger = _placed(loud[:MOST_LABELS], dots, window, boxes, LARGE_LABEL_SIZE, LARGE_DOTS)
    return tuple(replace(dot, placed=placed.get(dot.address), larger=larger.get(dot.address)) for dot in dots)


def _placed(
    labelled: Iterable[Dot],
    dots: Iterable[Dot],
    window: Box,
    boxes: Iterable[Box],
    size: float,
    enlargement: float,
) -> dict[str, Label]:
    """The labels of that font size, by the address of their dot, where they meet nothing."""
    occupied = Occupied(boxes)
    for dot in dots:
        occupied.add(Box.around(dot.x, dot.y, dot.reach * enlargement))
    paper = window.grown(-FRAME_MARGIN)
    found = {}
    for dot in labelled:
        reach = dot.reach * enlargement + LABEL_GAP
        label = first_with_room(labels_around(dot.name, dot.x, dot.y, reach, size), paper, occupied)
        if label:
            occupied.add(label.box)
            found[dot.address] = label
    return found


def _is_enlarged(dot: Dot) -> bool:
    """Whether the inset has it."""
    return INSET_WINDOW.holds(dot.x, dot.y, FRAME_MARGIN / 2)


def _enlarged(dot: Dot, frame: Box) -> Dot:
    """The dot of the main map where it lies in the inset."""
    x = frame.left + (dot.x - INSET_WINDOW.left) * INSET_ENLARGEMENT
    y = frame.top + (dot.y - INSET_WINDOW.top) * INSET_ENLARGEMENT
    return replace(dot, x=round(x, 1), y=round(y, 1))


def draw(
    designations: Iterable[Designation], today_year: int, matching: Collection[str] | None = None
) -> Map:
    """The map of the cities of `designations`, which come with their city and its country.

    `matching` are the keys of the cities that a filter leaves: the others are drawn faint
    and without a label. Cities without coordinates or outside the window are left out.
    """
    everywhere = _all_dots(designations, today_year, matching)
    crowd = [dot for dot in everywhere if _is_enlarged(dot)]
    beside = [dot for dot in everywhere if not _is_enlarged(dot)]
    inset = None
    covered: list[Box] = []
    if crowd:
        frame = _inset_frame(everywhere)
        beside = [dot for dot in beside if not frame.holds(dot.x, dot.y, -dot.reach)]
        caption = label_at(_("South Caucasus"), frame.right - 10, frame.bottom - 10, "end", CAPTION_SIZE)
        enlarged = [_enlarged(dot, frame) for dot in crowd]
        inset = Inset(INSET_WINDOW, frame, _with_labels(enlarged, frame, [caption.box]), caption)
        covered = [frame.grown(FRAME_MARGIN), INSET_WINDOW.grown(2)]
    dot_boxes = [Box.around(dot.x, dot.y, dot.reach) for dot in beside]
    seas = _seas_with_room(SEA_SIZE, WINDOW, WINDOW, Occupied([*covered, *dot_boxes]))
    labelled = _with_labels(beside, WINDOW, [*covered, *(sea.box for sea in seas)])
    return Map(WINDOW, seas, labelled, tuple(crowd), inset)


def _seas_with_room(size: float, window: Box, paper: Box, occupied: Occupied) -> tuple[Sea, ...]:
    """The names of the seas in the part `window` of the map, drawn as `paper`; fills `occupied`."""
    scale = paper.width / window.width
    found = []
    for name, latitude, longitude in SEAS:
        x, y = project(latitude, longitude)
        sea = _sea(str(name), (x - window.left) * scale, (y - window.top) * scale, size)
        if paper.grown(-FRAME_MARGIN).contains(sea.box) and occupied.is_free(sea.box):
            occupied.add(sea.box)
            found.append(sea)
    return tuple(found)


# The map of one city


@dataclass(frozen=True)
class Neighbour:
    """Another city of the record, for orientation."""

    name: str
    x: float
    y: float
    placed: Label | None


@dataclass(frozen=True)
class Locator:
    """The map of one city, as `components/locator.html` reads it; its units are its own."""

    paper: Box
    window: Box
    """The part of the main map that it shows."""
    x: float
    y: float
    placed: Label
    neighbours: tuple[Neighbour, ...]
    seas: tuple[Sea, ...]
    alternative: str
    """What the picture tells, for those who do not see it."""


LOCATOR = Box(0, 0, 320, 220)
LOCATOR_SCALES = (1.0, 1.3, 1.7, 2.2, 3.2)
"""Units of the locator for a unit of the map, so that it shows a third of the map or less."""
WIDEST_SCALE = 0.7
"""Where fewer than two other cities would be seen otherwise."""
NEAREST_APART = 26.0
"""Locator units that the nearest city stands off where a scale allows it."""
LOCATOR_REACH, NEIGHBOUR_REACH = 7.0, 3.0
LOCATOR_LABEL_SIZE, NEIGHBOUR_LABEL_SIZE = 15.0, 12.0
LOCATOR_SEA_SIZE = 11.0
MOST_NEIGHBOURS = 40
"""How many other cities are drawn."""
NAMED_NEIGHBOURS = 8
"""How many of them are tried with a label."""


def _locator_window(x: float, y: float, scale: float) -> Box:
    """The part of the map around the point at that scale, moved to lie within the map."""
    width, height = LOCATOR.width / scale, LOCATOR.height / scale
    left = min(max(x - width / 2, WINDOW.left), WINDOW.right - width)
    top = min(max(y - height / 2, WINDOW.top), WINDOW.bottom - height)
    return Box(left, top, left + width, top + height)


def locator(city: City, others: Iterable[City]) -> Locator | None:
    """The map of `city` with the `others` around it; none for a city outside the main map."""
    place = _place(city)
    if place is None:
        return None
    elsewhere = [
        (dist(place, there), str(other), there)
        for other in others
        if other.pk != city.pk and (there := _place(other)) is not None
    ]
    nearest = sorted(elsewhere)[:MOST_NEIGHBOURS]
    gap = nearest[0][0] if nearest else WINDOW.width
    scale = next((scale for scale in LOCATOR_SCALES if gap * scale >= NEAREST_APART), LOCATOR_SCALES[-1])
    if sum(_locator_window(*place, scale).holds(*there) for *_rest, there in nearest) < 2:
        apart = (LOCATOR_REACH + NEIGHBOUR_REACH) * sqrt(2)  # so that their boxes do not meet
        wider = (wide for wide in (WIDEST_SCALE, *LOCATOR_SCALES) if gap * wide >= apart)
        scale = next(wider, scale)
    window = _locator_window(*place, scale)

    def moved(point: tuple[float, float]) -> tuple[float, float]:
        return round((point[0] - window.left) * scale, 1), round((point[1] - window.top) * scale, 1)

    x, y = moved(place)
    paper = LOCATOR.grown(-FRAME_MARGIN)
    occupied = Occupied([Box.around(x, y, LOCATOR_REACH)])
    drawn: list[tuple[str, float, float]] = []
    for _distance, name, there in nearest:
        there_x, there_y = moved(there)
        box = Box.around(there_x, there_y, NEIGHBOUR_REACH)
        if paper.contains(box) and occupied.is_free(box):
            occupied.add(box)
            drawn.append((name, there_x, there_y))
    reach = LOCATOR_REACH + LABEL_GAP
    own = list(labels_around(str(city), x, y, reach, LOCATOR_LABEL_SIZE))
    placed = first_with_room(own, paper, occupied) or own[0]
    occupied.add(placed.box)
    neighbours = []
    for position, (name, there_x, there_y) in enumerate(drawn):
        label = None
        if position < NAMED_NEIGHBOURS:
            places = labels_around(name, there_x, there_y, NEIGHBOUR_REACH + 2.5, NEIGHBOUR_LABEL_SIZE)
            label = first_with_room(places, paper, occupied)
        if label:
            occupied.add(label.box)
        neighbours.append(Neighbour(name, there_x, there_y, label))
    near = [name for _distance, name, there in nearest if paper.holds(*moved(there))]
    seas = _seas_with_room(LOCATOR_SEA_SIZE, window, LOCATOR, occupied)
    return Locator(LOCATOR, window, x, y, placed, tuple(neighbours), seas, _alternative(str(city), near))


def _alternative(name: str, near: Sequence[str]) -> str:
    """The city and the first of those `near` it."""
    match near[:2]:
        case [first, second]:
            text = _("%(city)s on the map; the nearest cities of the record are %(first)s and %(second)s.")
            return text % {"city": name, "first": first, "second": second}
        case [only]:
            text = _("%(city)s on the map; the nearest city of the record is %(first)s.")
            return text % {"city": name, "first": only}
        case _:
            return _("%(city)s on the map.") % {"city": name}
