"""The map: where places lie, which label stands where, and that none covers another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import combinations, permutations
from math import dist, radians

import pytest
from django.template.loader import render_to_string
from factories import make_city, make_country, make_designation
from processes import ROOT

from capitals.atlas.dots import LARGEST_TARGET, MOST_LABELS, Dot
from capitals.atlas.labels import labels_around, text_width
from capitals.atlas.locator import LOCATOR, Locator, locator
from capitals.atlas.map import INSET_WINDOW, Map, draw
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import STANDARD_PARALLELS, WINDOW, conformal_conic, project
from capitals.models import City, Designation

pytestmark = pytest.mark.once

YEAR = 2026
LAND = ROOT / "templates" / "capitals" / "components" / "land.html"
PICTURE = ROOT / "static" / "land.svg"
Point = tuple[float, float]


def titles() -> list[Designation]:
    return list(Designation.objects.select_related("city__country"))


def placed_city(latitude: str, longitude: str, name: str = "Town") -> City:
    city = make_city(name=name, latitude=latitude, longitude=longitude)
    city.refresh_from_db()
    return city


def labels(dots: Iterable[Dot]) -> list[Box]:
    """The room of the dots' labels."""
    return [dot.placed.box for dot in dots if dot.placed]


def assert_none_meet(drawn: Iterable[Box], dots: Collection[Dot] = ()) -> None:
    """No box meets a box or the square around a dot, no dot touches a dot."""
    boxes = list(drawn)
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]
    squares = [Box.around(dot.x, dot.y, dot.reach) for dot in dots]
    assert not [(one, other) for one in boxes for other in squares if one.meets(other)]
    assert not [
        (one.name, other.name)
        for one, other in combinations(dots, 2)
        if dist((one.x, one.y), (other.x, other.y)) < one.reach + other.reach
    ]


# The projection


def test_the_projection_gives_snyders_own_example() -> None:
    east, north = conformal_conic(35, -75, parallels=(33, 45), meridian=-96, origin=23)

    # Working Manual, numerical examples, Lambert Conformal Conic on a sphere of radius 1.
    assert east == pytest.approx(0.2966785, abs=1e-7)
    assert north == pytest.approx(0.2462112, abs=1e-7)


def test_the_central_meridian_is_upright_and_north_is_up() -> None:
    (south_x, south_y), (north_x, north_y) = project(40, 55), project(60, 55)

    assert south_x == pytest.approx(north_x)
    assert north_y < south_y
    assert project(50, 60)[0] > project(50, 55)[0]


@pytest.mark.parametrize("latitude", STANDARD_PARALLELS)
def test_the_scale_is_true_along_the_standard_parallels(latitude: float) -> None:
    step = 1e-4
    east, north = conformal_conic(latitude + step, 55)
    west, south = conformal_conic(latitude, 55)

    assert north - south == pytest.approx(radians(step), rel=1e-5)
    assert east == pytest.approx(west)


# The land


def polygons(name: str) -> list[list[Point]]:
    """The rings of the path of that class, in map units."""
    path = re.search(rf'class="{name}"[^>]* d="([^"]+)"', LAND.read_text())
    assert path
    found = []
    x = y = 0.0
    for ring in re.findall(r"m([^mz]+)", path[1]):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        points = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((x, y))
        found.append(points)
        if name != "rivers":
            x, y = points[0]
    return found


def is_inside(rings: list[list[Point]], x: float, y: float) -> bool:
    """Even-odd rule: whether a ray to the right crosses an odd number of edges."""
    crossed = 0
    for ring in rings:
        for (from_x, from_y), (to_x, to_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (from_y > y) != (to_y > y) and x < from_x + (y - from_y) / (to_y - from_y) * (to_x - from_x):
                crossed += 1
    return crossed % 2 == 1


def test_the_picture_that_the_locators_share_holds_the_lines_of_the_map() -> None:
    lines = [re.findall(r' d="([^"]+)"', file.read_text()) for file in (LAND, PICTURE)]

    assert len(lines[0]) == 3
    assert lines[0] == lines[1]


@pytest.mark.parametrize("name", ["land", "lakes", "rivers"])
def test_the_drawing_stays_in_its_window(name: str) -> None:
    points = [point for ring in polygons(name) for point in ring]

    assert len(points) > 100
    # Two units of overhang, and the rounding of each step.
    assert all(WINDOW.holds(x, y, -2.5) for x, y in points)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("Astana", 51.18, 71.45),
        ("Minsk", 53.9, 27.57),
        ("Baku's hinterland", 40.4, 48.5),
        ("Tver", 56.9, 35.9),
    ],
)
def test_land_is_where_land_is(place: str, latitude: float, longitude: float) -> None:
    assert is_inside(polygons("land"), *project(latitude, longitude)), place


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("Caspian Sea", 41.8, 50.7),
        ("Caspian Sea in the north", 45.0, 50.0),
        ("Black Sea", 43.3, 34.3),
        ("Sea of Azov", 46.1, 36.6),
        ("Baltic Sea", 57.3, 19.4),
        ("Mediterranean Sea", 35.3, 31.8),
    ],
)
def test_no_land_is_where_sea_is(place: str, latitude: float, longitude: float) -> None:
    assert not is_inside(polygons("land"), *project(latitude, longitude)), place


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("Ladoga", 60.8, 31.5),
        ("Onega", 61.7, 35.4),
        ("Balkhash", 45.9, 73.9),
        ("Issyk-Kul", 42.4, 77.2),
        ("Van", 38.6, 43.0),
        ("Sevan", 40.35, 45.35),
    ],
)
def test_lakes_are_where_lakes_are(place: str, latitude: float, longitude: float) -> None:
    assert is_inside(polygons("lakes"), *project(latitude, longitude)), place


def test_land_reaches_every_corner_but_the_mediterranean_one() -> None:
    rings = polygons("land")
    corners = [(1.0, WINDOW.bottom - 1), (WINDOW.right - 1, 1.0), (WINDOW.right - 1, WINDOW.bottom - 1)]

    assert [is_inside(rings, *corner) for corner in corners] == [False, True, True]


# Labels


def test_text_takes_more_room_in_wide_letters() -> None:
    assert text_width("Mmm", 10) > text_width("aaa", 10) > text_width("ill", 10) > 0


def test_a_label_stands_clear_of_its_dot() -> None:
    dot = Box.around(100, 100, 6)

    for label in labels_around("Karakol", 100, 100, 10, 17):
        assert not label.box.meets(dot), label


def test_occupied_room_is_found_across_cells() -> None:
    occupied = Occupied([Box(30, 30, 100, 40)])

    assert not occupied.is_free(Box(90, 35, 140, 60))
    assert occupied.is_free(Box(100, 30, 140, 60))
    assert occupied.is_free(Box(30, 40, 100, 60))


# The map of the real record


@pytest.fixture
def drawn(db: None) -> Map:
    return draw(titles(), YEAR)


def test_every_titled_city_is_drawn_once_and_named(drawn: Map) -> None:
    cities = {designation.city.get_absolute_url(): designation.city.name for designation in titles()}

    assert sorted((dot.address, dot.name) for dot in drawn.links) == sorted(cities.items())
    assert all(dot.placed for dot in drawn.links)


def test_nothing_on_the_map_covers_anything_else(drawn: Map) -> None:
    assert drawn.inset
    seas = [sea.box for sea in drawn.seas]
    everything = [*labels(drawn.dots), *seas, drawn.inset.frame, drawn.inset.window]

    assert len(seas) == 4
    assert_none_meet(everything, drawn.dots)
    assert all(WINDOW.contains(box) for box in everything)


def test_nothing_in_the_inset_covers_anything_else(drawn: Map) -> None:
    assert drawn.inset
    everything = [*labels(drawn.inset.dots), drawn.inset.caption.box]

    names = sorted(dot.name for dot in drawn.inset.dots)
    assert names == ["Gabala", "Ganja", "Goris", "Gyumri", "Lachin", "Meghri"]
    assert_none_meet(everything, drawn.inset.dots)
    assert all(drawn.inset.frame.contains(box) for box in everything)


def test_the_inset_shows_its_cities_where_the_map_has_them(drawn: Map) -> None:
    assert drawn.inset
    frame = drawn.inset.frame
    assert frame.width / frame.height == pytest.approx(INSET_WINDOW.width / INSET_WINDOW.height)
    for small, large in zip(drawn.crowd, drawn.inset.dots, strict=True):
        assert small.name == large.name
        assert (small.x - INSET_WINDOW.left) / INSET_WINDOW.width == pytest.approx(
            (large.x - frame.left) / frame.width, abs=0.001
        )
        assert (small.y - INSET_WINDOW.top) / INSET_WINDOW.height == pytest.approx(
            (large.y - frame.top) / frame.height, abs=0.001
        )


def test_labels_for_narrow_screens_stay_on_the_paper(drawn: Map) -> None:
    assert drawn.inset
    larger = {dot.name: dot.larger for dot in drawn.links if dot.larger}

    assert set(larger) == {"Meghri"}
    assert drawn.inset.frame.contains(larger["Meghri"].box)


def test_what_leads_to_a_city_reaches_into_no_other_and_over_no_other_s_name(drawn: Map) -> None:
    assert drawn.inset
    for dots in (drawn.dots, drawn.inset.dots):
        for dot, other in permutations(dots, 2):
            assert dist((dot.x, dot.y), (other.x, other.y)) >= dot.target + other.target - 0.1, dot.name
            assert other.placed
            assert other.placed.box.gap_to(dot.x, dot.y) >= dot.target - 0.1, (dot.name, other.name)
    targets = {dot.name: dot.target for dot in drawn.links}
    assert targets["Astana"] == LARGEST_TARGET
    assert targets["Lachin"] < LARGEST_TARGET
    assert all(dot.target >= dot.reach for dot in drawn.links)


def test_the_links_stand_in_the_order_of_years(drawn: Map) -> None:
    for dots in (drawn.links, drawn.dots, drawn.crowd):
        order = [(dot.year, dot.name) for dot in dots]
        assert order == sorted(order)


@pytest.mark.django_db
@pytest.mark.parametrize("year", range(2011, 2029))
def test_nothing_covers_anything_in_other_years(year: int) -> None:
    drawn = draw(titles(), year)
    assert drawn.inset

    seas = [sea.box for sea in drawn.seas]
    assert_none_meet([*labels(drawn.dots), *seas, drawn.inset.frame], drawn.dots)
    assert_none_meet([*labels(drawn.inset.dots), drawn.inset.caption.box], drawn.inset.dots)


@pytest.mark.django_db
def test_a_filter_leaves_the_others_faint_and_without_a_label() -> None:
    drawn = draw(titles(), YEAR, {"karakol", "goris"})

    named = {dot.name for dot in drawn.links if dot.placed}
    assert named == {dot.name for dot in drawn.links if dot.standing_out} == {"Karakol", "Goris"}
    assert {dot.name for dot in drawn.links if dot.larger} == {"Karakol", "Goris"}
    assert len(drawn.links) == len({designation.city_id for designation in titles()})


@pytest.mark.django_db
def test_the_map_links_each_city_once_and_says_what_it_is() -> None:
    page = render_to_string("capitals/components/map.html", {"map": draw(titles(), YEAR)})

    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', page)
    assert len(links) == len(set(links)) == page.count('<a href="/cities/')
    assert ("/cities/astana/", "Astana, Kazakhstan: 2012") in links
    assert ("/cities/molodechno/", "Molodechno, Belarus: 2027 (to come)") in links
    assert "style=" not in page
    assert "nan" not in re.findall(r'[xy]="([^"]+)"', page)


# The map of records made for it


def test_a_city_without_coordinates_is_left_out(empty_record: None) -> None:
    make_designation(city=make_city(name="Nowhere"))
    make_designation(city=placed_city("50", "50", "Somewhere"))

    assert [dot.name for dot in draw(titles(), YEAR).links] == ["Somewhere"]


def test_a_city_outside_the_window_is_left_out(empty_record: None) -> None:
    make_designation(city=placed_city("39.9", "116.4", "Beijing"))

    assert not draw(titles(), YEAR).links


def test_a_map_without_cities_has_no_inset(empty_record: None) -> None:
    drawn = draw([], YEAR)

    assert drawn.inset is None
    assert "<a " not in render_to_string("capitals/components/map.html", {"map": drawn})


@pytest.mark.parametrize(
    ("years", "state", "said"),
    [
        ((2026,), "now", "Town, Land: 2026"),
        ((2027,), "to-come", "Town, Land: 2027 (to come)"),
        ((2012, 2020), "past", "Town, Land: 2012, 2020"),
        ((2012, 2027), "to-come", "Town, Land: 2012, 2027 (to come)"),
        ((2026, 2030), "now", "Town, Land: 2026, 2030 (to come)"),
    ],
)
def test_a_city_is_one_dot_whatever_it_held(
    empty_record: None, years: tuple[int, ...], state: str, said: str
) -> None:
    city = make_city(country=make_country(name="Land"), name="Town", latitude="50", longitude="50")
    for year in years:
        make_designation(city=city, year=year)

    [dot] = draw(titles(), YEAR).links

    assert (dot.state, dot.label) == (state, said)


def test_a_replaced_title_makes_no_capital(empty_record: None) -> None:
    holder = make_designation(city=placed_city("60", "30", "Holder"), year=2023)
    replaced = placed_city("46", "29", "Replaced")
    make_designation(city=replaced, year=2023, replaced_by=holder)

    drawn = {dot.name: dot for dot in draw(titles(), YEAR).links}
    assert (drawn["Replaced"].state, drawn["Holder"].state) == ("replaced", "past")
    assert drawn["Replaced"].label.endswith(": 2023 (replaced)")

    make_designation(city=replaced, year=2012)
    drawn = {dot.name: dot for dot in draw(titles(), YEAR).links}
    assert (drawn["Replaced"].state, drawn["Replaced"].year) == ("past", 2012)


def test_the_inset_moves_away_from_cities(empty_record: None) -> None:
    make_designation(city=placed_city("40", "46", "Inside"))
    before = draw(titles(), YEAR).inset
    make_designation(city=placed_city("57", "75", "North-east"))
    drawn = draw(titles(), YEAR)

    assert before
    assert drawn.inset
    assert drawn.inset.frame != before.frame
    assert {dot.name for dot in drawn.links} == {"Inside", "North-east"}


def test_no_label_runs_under_the_inset(empty_record: None) -> None:
    make_designation(city=placed_city("40", "46", "Inside"))
    make_designation(city=placed_city("57.5", "65", "Beside the inset"))

    drawn = draw(titles(), YEAR)

    assert drawn.inset
    [dot] = drawn.dots
    assert dot.placed
    assert dot.placed.anchor == "end"
    assert not dot.placed.box.meets(drawn.inset.frame)


def test_a_city_under_the_inset_is_left_out(empty_record: None) -> None:
    make_designation(city=placed_city("40", "46", "Inside"))
    corners = [("58", "72"), ("60", "22"), ("36", "33"), ("38", "77")]
    for latitude, longitude in corners:
        make_designation(city=placed_city(latitude, longitude))

    drawn = draw(titles(), YEAR)

    assert drawn.inset
    assert len(drawn.dots) == len(corners) - 1
    assert not [dot for dot in drawn.dots if drawn.inset.frame.holds(dot.x, dot.y)]


def test_a_crowd_is_drawn_but_not_all_of_it_named(empty_record: None) -> None:
    country = make_country()
    for place in range(150):
        longitude, latitude = 25 + place % 15 * 3, 44 + place // 15 * 1.5
        city = make_city(country=country, name="O", latitude=latitude, longitude=longitude)
        make_designation(city=city, year=1991 + place % 30)

    drawn = draw(titles(), YEAR)

    named = [dot for dot in drawn.links if dot.placed]
    assert len(drawn.links) > 100
    assert len(named) == MOST_LABELS
    assert_none_meet(labels(named))


# The map of one city


def located(city: City) -> Locator | None:
    return locator(city, City.objects.filter(latitude__isnull=False))


@pytest.mark.django_db
def test_every_titled_city_has_a_map_on_which_nothing_covers_anything() -> None:
    for city in City.objects.filter(designations__isnull=False).distinct():
        found = located(city)
        assert found, city
        named = [other.placed.box for other in found.neighbours]
        dots = [Box.around(other.x, other.y, 3) for other in found.neighbours]
        everything = [found.placed.box, Box.around(found.x, found.y, 7), *named, *dots]
        everything += [sea.box for sea in found.seas]
        assert_none_meet(everything)
        assert all(LOCATOR.contains(box) for box in everything), city
        assert WINDOW.contains(found.window), city
        assert found.neighbours, city


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["paris", "london", "rome", "beijing"])
def test_a_city_far_away_has_no_map(slug: str) -> None:
    assert located(City.objects.get(pk=slug)) is None


def test_a_city_without_coordinates_has_no_map(empty_record: None) -> None:
    assert located(make_city()) is None


@pytest.mark.django_db
def test_the_map_of_a_city_tells_which_are_near() -> None:
    found = located(City.objects.get(pk="comrat"))

    assert found
    assert found.alternative == "Comrat on the map; the nearest cities of the record are Chisinau and Kyiv."
    assert "Chisinau" in {other.name for other in found.neighbours}
    page = render_to_string("capitals/components/locator.html", {"locator": found})
    assert f'role="img" aria-label="{found.alternative}"' in page
    assert "<a " not in page


def test_a_neighbour_without_room_for_its_name_is_not_drawn(empty_record: None) -> None:
    here = placed_city("50", "50", "Here")
    country = make_country()
    for place in range(30):
        make_city(
            country=country,
            name=f"A long name {place}",
            latitude=49 + place % 6 * 0.4,
            longitude=51 + place // 6 * 0.4,
        )

    found = located(here)

    assert found
    assert 2 < len(found.neighbours) < 30
    page = render_to_string("capitals/components/locator.html", {"locator": found})
    assert page.count('class="other" cx=') == page.count(">A long name ") == len(found.neighbours)


def test_a_city_alone_is_shown_alone(empty_record: None) -> None:
    found = located(placed_city("50", "50", "Alone"))

    assert found
    assert found.alternative == "Alone on the map."
    assert not found.neighbours
