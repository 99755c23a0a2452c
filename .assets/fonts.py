"""Build the site's fonts: WOFF2 subsets in static/fonts, their licences, and the @font-face rules.

Families, all under the SIL Open Font License 1.1 (none reserves its name, so a changed font may keep it):
Literata (all text), Golos Text (labels), Noto Serif Armenian, Noto Serif Georgian.

Packages (npm), the versions the files in static/fonts were built from:
  @fontsource-variable/literata@5.3.0              @fontsource-variable/golos-text@5.3.0
  @fontsource-variable/noto-serif-armenian@5.3.0   @fontsource-variable/noto-serif-georgian@5.3.0
and, only measured for the fallback faces, never shipped:
  @fontsource/gelasio@5.3.0 (as wide as Georgia)   @fontsource/tinos@5.3.0 (as wide as Times New Roman)
  @fontsource/arimo@5.3.0 (as wide as Arial)       @fontsource/roboto@5.3.0   @fontsource/noto-serif@5.3.0

Run with fonttools 4.68.0 and brotli 1.2.1 (the extra "assets" of pyproject.toml):
  npm install <the packages above>
  python .assets/fonts.py <scratch folder>/node_modules static/fonts > <scratch folder>/fonts.css
The same packages give the same bytes. The rules printed belong at the head of static/site.css.

What is done to the fonts: the weight axis is cut to the weights used and the optical size pinned; the
package's files of one script are joined, so that a word such as Şuşa or Көкжиек comes from one file; letters
that a family lacks or draws wrongly are made from its own parts (LITERATA_TAJIK, GOLOS_BREVES, DRAWN_LIKE);
hinting and all layout features that the site does not use are dropped.
"""

from __future__ import annotations

import argparse
import sys
from cmath import rect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import radians
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import OVERLAP_COMPOUND
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

Point = tuple[float, float]

WEIGHTS = (400, 700)
"""The weights of the serif text: regular to bold."""

LABEL_WEIGHTS = (400, 600)
"""The weights of the labels; what asks for more gets 600."""

TEXT_SIZE = 16.0
"""Optical size of Literata, in points; CSS would ask for the size in px: 17 for the text, less for notes."""

DISPLAY_SIZE = 48.0
DISPLAY_WEIGHT = 600
"""Optical size (points) and only weight of the cut for large headings."""

FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum")
"""The OpenType features kept: what shapes text, and the figures of tables."""

# What the site writes, by script. Languages in the comments; `both_cases` adds the capitals.
PRINTABLE_ASCII = "".join(map(chr, range(0x20, 0x7F)))
LATIN_1 = "\u00a0£§©«®°·»×ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýÿ"
PUNCTUATION = "‐‑–—‘’‚“”„•…‹›€−\u2009\u202f"
ARROWS = "←↑→↓↗"
EXTENDED_LATIN = (
    "əığşıİ"  # Azerbaijani, Turkish
    "ňžş"  # Turkmen
    "ʻʼ"  # Uzbek, and transliterated names
    "ășțşţ"  # Romanian, the older cedillas too
    "ąćęłńśźż"  # Polish
    "čěšĺŭ"  # Belarusian in Latin letters, Sorbian, Czech
    "ĕ"  # Chuvash, as its sources write it
    "œ"  # French
    "āēīōū"  # transliterated titles
)
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
OTHER_CYRILLIC = (
    "ўі"  # Belarusian
    "єїґ"  # Ukrainian
    "әғқңөұүһ"  # Kazakh, Kyrgyz, Azerbaijani
    "җ"  # Tatar, Turkmen
    "ӣӯҳҷ"  # Tajik, Uzbek
)
ARMENIAN = "".join(map(chr, (*range(0x531, 0x557), *range(0x559, 0x560), *range(0x561, 0x588), 0x589, 0x58A)))
GEORGIAN = "".join(map(chr, range(0x10D0, 0x10F1)))

ENGLISH_FREQUENCIES: Mapping[str, float] = {
    "a": 8.167, "b": 1.492, "c": 2.782, "d": 4.253, "e": 12.702, "f": 2.228, "g": 2.015, "h": 6.094,
    "i": 6.966, "j": 0.153, "k": 0.772, "l": 4.025, "m": 2.406, "n": 6.749, "o": 7.507, "p": 1.929,
    "q": 0.095, "r": 5.987, "s": 6.327, "t": 9.056, "u": 2.758, "v": 0.978, "w": 2.360, "x": 0.150,
    "y": 1.974, "z": 0.074, " ": 21.3,
}  # fmt: skip
"""How often a letter occurs per 100 letters of English text (Lewand, Cryptological Mathematics, 2000), and a
space after every 4.7 letters."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """One file to ship: its name in static/fonts, CSS family and weights, and its characters."""

    name: str
    family: str
    characters: str
    weights: str = "400 700"
    size_adjust: float | None = None


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A system font that stands in: a word for its name, its full names by weight, the package measured."""

    name: str
    package: str
    regular: tuple[str, ...]
    bold: tuple[str, ...]


GEORGIA = Stand(
    name="Georgia",
    package="gelasio",
    regular=("Georgia", "Gelasio", "Gelasio Regular"),
    bold=("Georgia Bold", "Georgia-Bold", "Gelasio Bold"),
)
NOTO_SERIF = Stand(
    name="Noto",
    package="noto-serif",
    regular=("Noto Serif", "NotoSerif", "Noto Serif Regular"),
    bold=("Noto Serif Bold", "NotoSerif-Bold"),
)
TIMES = Stand(
    name="Times",
    package="tinos",
    regular=("Times New Roman", "Liberation Serif", "Tinos"),
    bold=("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "Tinos Bold"),
)
ARIAL = Stand(
    name="Arial",
    package="arimo",
    regular=("Arial", "Liberation Sans", "Arimo", "Helvetica"),
    bold=("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Arimo Bold", "Helvetica Bold"),
)
ROBOTO = Stand(
    name="Roboto",
    package="roboto",
    regular=("Roboto", "Roboto Regular", "Roboto-Regular"),
    bold=("Roboto Bold", "Roboto-Bold"),
)


def both_cases(letters: str) -> str:
    """The letters with their capitals or small letters, where that is one letter: each once, in order."""
    cased = {
        form for letter in letters for form in (letter, letter.lower(), letter.upper()) if len(form) == 1
    }
    return "".join(sorted(cased))


def package_font(modules: Path, package: str, file: str, **axes: float | tuple[float, float]) -> TTFont:
    """The named file of a variable package, cut to the given axes (`wght` is WEIGHTS unless told)."""
    path = modules / "@fontsource-variable" / package / "files" / f"{package}-{file}-normal.woff2"
    font = TTFont(path, recalcTimestamp=False)
    # Glyphs are added below: the tables that would need a line for each are either never used here (vertical
    # setting) or made anew from the outlines (HVAR).
    for table in {"HVAR", "MVAR", "VVAR", "vhea", "vmtx"} & set(font.keys()):
        del font[table]
    return instantiateVariableFont(font, {"wght": WEIGHTS} | axes)


def graft(target: TTFont, source: TTFont) -> None:
    """Copy into `target` the characters that it lacks and `source`, another file of the same font, has.

    Glyphs of one name are one drawing, so parts which `target` has already are kept. Kerning is not copied:
    the target's own remains.
    """
    characters = source.getBestCmap()
    for code in sorted(set(characters) - set(target.getBestCmap())):
        copy_glyph(target, source, characters[code])
        map_character(target, code, characters[code])


def copy_glyph(target: TTFont, source: TTFont, name: str) -> None:
    """Copy one glyph with its parts, widths and variations unless the target has it."""
    if name in target["glyf"].glyphs:
        return
    glyph = source["glyf"][name]
    if glyph.isComposite():
        for component in glyph.components:
            copy_glyph(target, source, component.glyphName)
    add_glyph(target, name, glyph, source["hmtx"][name], variations=variations_of(source, name))


def variations_of(font: TTFont, name: str) -> list[TupleVariation]:
    """The glyph's variations; none in a font of one weight."""
    return font["gvar"].variations.get(name, []) if "gvar" in font else []


def add_glyph(
    font: TTFont, name: str, glyph: Any, metrics: tuple[int, int], *, variations: list[TupleVariation]
) -> None:
    """Add a glyph to the font, or put it in the place of the one so named.

    `metrics`: advance width and left side bearing, in font units.
    """
    if name not in font["glyf"].glyphs:
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"][name] = metrics
    if "gvar" in font:
        font["gvar"].variations[name] = variations


def map_character(font: TTFont, code: int, name: str) -> None:
    """Give the character with this code the named glyph, in every Unicode table."""
    for table in font["cmap"].tables:
        if table.isUnicode() and (code <= 0xFFFF or table.format == 12):
            table.cmap[code] = name


def same_glyph(font: TTFont, pairs: Mapping[str, str]) -> None:
    """Give each character of `pairs` the glyph of the character it is drawn like."""
    for character, like in pairs.items():
        map_character(font, ord(character), font.getBestCmap()[ord(like)])


def masters(font: TTFont) -> tuple[TTFont, ...]:
    """The font at the ends of its weight axis: regular and bold; itself, if it has one weight."""
    if "fvar" not in font:
        return (font,)
    if {tuple(tuple_.axes["wght"]) for all_ in font["gvar"].variations.values() for tuple_ in all_} != {
        (0, 1, 1)
    }:
        raise ValueError("the weights between regular and bold are not a straight line")
    axis = font["fvar"].axes[0]
    ends = (axis.minValue, axis.maxValue)
    return tuple(instantiateVariableFont(font, {"wght": weight}, inplace=False) for weight in ends)


def to_bold(regular: Sequence[Point], bold: Sequence[Point]) -> list[TupleVariation]:
    """The variation that takes each point of a glyph, with its four phantom points, from regular to bold."""
    deltas = [
        (round(x_bold - x), round(y_bold - y)) for (x, y), (x_bold, y_bold) in zip(regular, bold, strict=True)
    ]
    return [TupleVariation({"wght": (0.0, 1.0, 1.0)}, deltas)]


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A letter to make: from a base letter and a mark.

    `model` (a letter and the letter it was made from) tells how far a descender stands out and how much wider
    the letter is; without one the mark is set over the middle of the base.
    """

    letter: str
    base: str
    mark: str
    model: tuple[str, str] | None = None


DESCENDER, DESCENDER_CAPITAL = "descender", "descender.case"
LITERATA_TAJIK = (
    Joined(letter="ӣ", base="и", mark="macron"),
    Joined(letter="Ӣ", base="И", mark="macron.case"),
    Joined(letter="ӯ", base="у", mark="macron"),
    Joined(letter="Ӯ", base="У", mark="macron.case"),
    Joined(letter="ҳ", base="х", mark=DESCENDER, model=("қ", "к")),
    Joined(letter="Ҳ", base="Х", mark=DESCENDER_CAPITAL, model=("Қ", "К")),
    Joined(letter="ҷ", base="ч", mark=DESCENDER, model=("ң", "н")),
    Joined(letter="Ҷ", base="Ч", mark=DESCENDER_CAPITAL, model=("Ң", "Н")),
)
"""The letters of Tajik that Literata lacks; its own descender (of ң) and macron are used."""

GOLOS_BREVES = tuple(
    Joined(letter=letter, base=base, mark="uni0306.case" if base.isupper() else "uni0306")
    for letter, base in zip("ğĞŬĕĔ", "gGUeE", strict=True)
)
"""Letters whose breve the package's Golos Text has lost (ğ, Ğ, Ŭ look like g, G, U: Agdam for Ağdam),
and the ĕ of Chuvash names that it lacks; the breve is that of its ă."""


def add_descender(font: TTFont, name: str, letter: str) -> None:
    """Add the descender of ң or Ң as a glyph of its own: cut off level with the top of the foot serif."""
    outlines: list[list[Point]] = []
    for master in masters(font):
        coordinates, _, _ = master["glyf"][master.getBestCmap()[ord(letter)]].getCoordinates(master["glyf"])
        # The outline's last points and its first run down the right side, round the descender and back up to
        # the foot of the stem (54, then 0 to 5); 7 is the outer top of the foot's serif.
        top = coordinates[7][1]
        right = coordinates[54]
        outlines.append([(right[0], top), right, *coordinates[:6], (coordinates[5][0], top)])
    on_curve = [True, True, True, *point_flags(font, letter, 1, 5), True, True]
    add_outline(font, name, outlines, on_curve)


def point_flags(font: TTFont, letter: str, start: int, stop: int) -> list[bool]:
    """Whether each of these points of the letter's outline is on the curve."""
    _, _, flags = font["glyf"][font.getBestCmap()[ord(letter)]].getCoordinates(font["glyf"])
    return [bool(flag & 1) for flag in flags[start:stop]]


def add_outline(font: TTFont, name: str, outlines: list[list[Point]], on_curve: list[bool]) -> None:
    """Add a glyph of one contour, given at each master; its advance is the regular's right edge."""
    regular = outlines[0]
    pen = TTGlyphPen(None)
    # qCurveTo of a closed contour: start on the curve, then the off-curve runs between the on-curve points.
    pen.moveTo(regular[0])
    pending: list[Point] = []
    for point, is_on in list(zip(regular, on_curve, strict=True))[1:]:
        pending.append(point)
        if is_on:
            pen.qCurveTo(*pending)
            pending = []
    pen.closePath()
    glyph = pen.glyph(dropImpliedOnCurves=False)
    if len(glyph.coordinates) != len(regular):
        raise ValueError(f"{name}: {len(glyph.coordinates)} points of {len(regular)}")
    glyph.recalcBounds(font["glyf"])
    phantom: list[Point] = [(0, 0)] * 4
    variations = to_bold(regular + phantom, outlines[1] + phantom) if len(outlines) > 1 else []
    add_glyph(font, name, glyph, (round(glyph.xMax), glyph.xMin), variations=variations)


def add_joined(font: TTFont, joined: Joined) -> None:
    """Add a letter made of two glyphs, with a place and an advance width worked out at each master."""
    places: list[Point] = []  # where the mark goes across, and the advance width
    for master in masters(font):
        glyphs, widths, names = master["glyf"], master["hmtx"], master.getBestCmap()
        base, mark = glyphs[names[ord(joined.base)]], glyphs[joined.mark]
        advance = widths[names[ord(joined.base)]][0]
        if joined.model is None:
            places.append(((base.xMin + base.xMax - mark.xMin - mark.xMax) / 2, advance))
        else:
            made, plain = (names[ord(letter)] for letter in joined.model)
            right_edge = base.xMax + glyphs[made].xMax - glyphs[plain].xMax
            places.append((right_edge - mark.xMax, advance + widths[made][0] - widths[plain][0]))
    pen = TTGlyphPen(font["glyf"])
    base_name = font.getBestCmap()[ord(joined.base)]
    pen.addComponent(base_name, (1, 0, 0, 1, 0, 0))
    pen.addComponent(joined.mark, (1, 0, 0, 1, round(places[0][0]), 0))
    glyph = pen.glyph()
    # The parts overlap: renderers must not cut the common area out.
    glyph.components[0].flags |= OVERLAP_COMPOUND
    points: list[list[Point]] = [
        [(0, 0), (place, 0), (0, 0), (advance, 0), (0, 0), (0, 0)] for place, advance in places
    ]
    variations = to_bold(points[0], points[1]) if len(points) > 1 else []
    # A letter drawn wrongly keeps its name, by which it is kerned.
    name = font.getBestCmap().get(ord(joined.letter), f"uni{ord(joined.letter):04X}")
    side_bearing = font["hmtx"][base_name][1]
    add_glyph(font, name, glyph, (round(places[0][1]), side_bearing), variations=variations)
    glyph.recalcBounds(font["glyf"])
    map_character(font, ord(joined.letter), name)


def add_turned_arrows(font: TTFont, degrees: Mapping[str, float]) -> None:
    """Add arrows that the font lacks: ↑ turned anticlockwise by so many degrees about its middle."""
    characters = font.getBestCmap()
    up = font["glyf"][characters[ord("↑")]]
    middle = complex((up.xMin + up.xMax) / 2, (up.yMin + up.yMax) / 2)
    advance = font["hmtx"][characters[ord("↑")]][0]
    outlines = [
        [complex(*point) for point in master["glyf"][characters[ord("↑")]].getCoordinates(master["glyf"])[0]]
        for master in masters(font)
    ]
    on_curve = point_flags(font, "↑", 0, len(outlines[0]))
    if not on_curve[0]:
        raise ValueError("the arrow's outline does not start on its curve")
    for arrow, angle in degrees.items():
        turn = rect(1, radians(angle))
        turned = [[middle + (point - middle) * turn for point in outline] for outline in outlines]
        name = f"uni{ord(arrow):04X}"
        rounded: list[list[Point]] = [
            [(round(point.real), round(point.imag)) for point in outline] for outline in turned
        ]
        add_outline(font, name, rounded, on_curve)
        font["hmtx"][name] = (advance, font["glyf"][name].xMin)
        map_character(font, ord(arrow), name)


DRAWN_LIKE = {"‐": "-", "‑": "-", "\u202f": "\u2009", "ʻ": "‘", "ʼ": "’"}
"""Characters drawn like another. The families lack them or, for ʻ, have one of no width that runs into the
next letter (Oʻzbekiston)."""


def literata_latin(modules: Path, **axes: float | tuple[float, float]) -> TTFont:
    """Literata's Latin letters and signs at the given axes, in one font."""
    font = package_font(modules, "literata", "latin-opsz", **axes)
    graft(font, package_font(modules, "literata", "latin-ext-opsz", **axes))
    add_turned_arrows(font, {"←": 90, "→": -90, "↗": -45})
    same_glyph(font, DRAWN_LIKE)
    return font


def literata_cyrillic(modules: Path, **axes: float | tuple[float, float]) -> TTFont:
    """Literata's Cyrillic letters at the given axes, in one font, with those of Tajik."""
    font = package_font(modules, "literata", "cyrillic-opsz", **axes)
    graft(font, package_font(modules, "literata", "cyrillic-ext-opsz", **axes))
    latin = package_font(modules, "literata", "latin-opsz", **axes)
    for mark in ("macron", "macron.case"):
        copy_glyph(font, latin, mark)
    add_descender(font, DESCENDER, "ң")
    add_descender(font, DESCENDER_CAPITAL, "Ң")
    for joined in LITERATA_TAJIK:
        add_joined(font, joined)
    return font


def golos_file(modules: Path, file: str) -> TTFont:
    """A file of Golos Text cut to LABEL_WEIGHTS, with a straight line between them.

    The package draws 500 apart. Of the weight axis left, 500 is the middle, and its variations are nought at
    both ends: without them, and with those of 600 growing from 400 on, 400 and 600 stay as drawn, 500 (which
    the site does not use) is off by up to a fiftieth of the font size, and the files are half as large.
    """
    font = package_font(modules, "golos-text", file, wght=LABEL_WEIGHTS)
    table = font["gvar"].variations
    for name in font.getGlyphOrder():
        ends = [variation for variation in table.get(name, []) if variation.axes["wght"][1] == 1]
        for variation in ends:
            variation.axes["wght"] = (0.0, 1.0, 1.0)
        table[name] = ends
    return font


def complete_golos(modules: Path) -> TTFont:
    """Golos Text's Latin letters in one font; the ə it lacks is its Cyrillic ә, the same drawing."""
    font = golos_file(modules, "latin-wght")
    graft(font, golos_file(modules, "latin-ext-wght"))
    cyrillic = golos_file(modules, "cyrillic-ext-wght")
    for latin_letter, cyrillic_letter in (("ə", "ә"), ("Ə", "Ә")):
        name = cyrillic.getBestCmap()[ord(cyrillic_letter)]
        copy_glyph(font, cyrillic, name)
        map_character(font, ord(latin_letter), name)
    add_turned_arrows(font, {"↗": -45})
    # Drawn in the file, for "->" in coding, but reached by no character.
    for letter, name in (("←", "arrowleft"), ("→", "arrowright")):
        map_character(font, ord(letter), name)
    for joined in GOLOS_BREVES:
        add_joined(font, joined)
    # Romanian texts draw ţ with a comma as well.
    same_glyph(font, DRAWN_LIKE | {"ţ": "ț", "Ţ": "Ț"})
    return font


def golos_cyrillic(modules: Path) -> TTFont:
    """Golos Text's Cyrillic letters in one font."""
    font = golos_file(modules, "cyrillic-wght")
    graft(font, golos_file(modules, "cyrillic-ext-wght"))
    return font


def subset(font: TTFont, characters: str) -> None:
    """Leave in the font only the characters named, and the features kept."""
    options = Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # copyright, names, licence
    options.drop_tables += ["DSIG", "HVAR", "MVAR", "STAT", "gasp", "prep"]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    if "gvar" in font:
        # The subsetter wants an entry for the glyphs that are the same at every weight too.
        font["gvar"].variations = {name: variations_of(font, name) for name in font.getGlyphOrder()}
    subsetter.subset(font)
    if "gvar" in font:
        add_HVAR(font)


def unicode_range(characters: Iterable[str]) -> str:
    """The characters as a CSS unicode-range, runs joined: "U+20-7E, U+A9"."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def average_advance(font: TTFont) -> float:
    """The mean advance width of English text set in the font, as a share of the font size (kerning apart)."""
    names, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    total = sum(share * widths[names[ord(letter)]][0] for letter, share in ENGLISH_FREQUENCIES.items())
    return float(total / sum(ENGLISH_FREQUENCIES.values()) / units)


def fallback_rule(modules: Path, font: TTFont, *, family: str, stand: Stand, bold: bool) -> str:
    """The @font-face rule that makes a system font take the place of `font`, a font of one weight.

    size-adjust is the ratio of the mean advances, so that lines break at about the same words. It scales the
    ascent and descent as well, so these are ours divided by it: the line boxes keep their height.
    """
    package = modules / "@fontsource" / stand.package / "files"
    measured = TTFont(package / f"{stand.package}-latin-{700 if bold else 400}-normal.woff2")
    scale = average_advance(font) / average_advance(measured)
    header, units = font["hhea"], font["head"].unitsPerEm
    sources = ", ".join(f'local("{name}")' for name in (stand.bold if bold else stand.regular))
    overrides = {
        "size-adjust": scale,
        "ascent-override": header.ascent / units / scale,
        "descent-override": -header.descent / units / scale,
        "line-gap-override": header.lineGap / units / scale,
    }
    descriptors = "; ".join(f"{override}: {share:.2%}" for override, share in overrides.items())
    weight = "600 700" if bold else "400 500"
    name = f"{family} like {stand.name}"
    return f'@font-face {{ font-family: "{name}"; src: {sources}; font-weight: {weight}; {descriptors}; }}'


def face_rule(face: Face, characters: Iterable[str]) -> str:
    """The @font-face rule of a file in static/fonts; its address is relative to static/site.css."""
    adjust = f"size-adjust: {face.size_adjust:.1%}; " if face.size_adjust else ""
    return (
        f'@font-face {{ font-family: "{face.family}"; src: url(fonts/{face.name}.woff2) format("woff2"); '
        f"font-weight: {face.weights}; font-display: optional; {adjust}"
        f"unicode-range: {unicode_range(characters)}; }}"
    )


def write_licences(modules: Path, output: Path) -> None:
    """Copy each family's licence, as its package has it, next to the fonts."""
    for package in ("literata", "golos-text", "noto-serif-armenian", "noto-serif-georgian"):
        text = (modules / "@fontsource-variable" / package / "LICENSE").read_bytes()
        (output / f"LICENCE-{package}.txt").write_bytes(text)


def build(modules: Path, output: Path) -> list[str]:
    """Write the fonts and licences into `output`; return the lines of CSS."""
    latin = both_cases(PRINTABLE_ASCII + LATIN_1 + EXTENDED_LATIN) + PUNCTUATION + ARROWS
    cyrillic = both_cases(RUSSIAN + OTHER_CYRILLIC) + "№"
    heading = both_cases(
        ascii_letters + digits + " !&'(),-./:?\u00a0äáàâåçéèêëíîïñóôöõßúûüýø" + EXTENDED_LATIN
    ) + ("‑–—‘’“”„…«»")
    size = {"opsz": TEXT_SIZE}
    display: dict[str, float | tuple[float, float]] = {"opsz": DISPLAY_SIZE, "wght": DISPLAY_WEIGHT}
    # Noto's small letters are 536 units high, Literata's 507.
    noto_scale = 507 / 536
    faces = (
        (Face(name="literata-latin", family="Literata", characters=latin), literata_latin(modules, **size)),
        (
            Face(name="literata-cyrillic", family="Literata", characters=cyrillic),
            literata_cyrillic(modules, **size),
        ),
        (
            Face(name="literata-display", family="Literata Display", characters=heading, weights="600"),
            literata_latin(modules, **display),
        ),
        (Face(name="golos-text-latin", family="Golos Text", characters=latin), complete_golos(modules)),
        (Face(name="golos-text-cyrillic", family="Golos Text", characters=cyrillic), golos_cyrillic(modules)),
        (
            Face(
                name="noto-serif-armenian",
                family="Noto Serif Armenian",
                characters=ARMENIAN + "․",
                size_adjust=noto_scale,
            ),
            package_font(modules, "noto-serif-armenian", "armenian-wght"),
        ),
        (
            Face(
                name="noto-serif-georgian",
                family="Noto Serif Georgian",
                characters=GEORGIAN,
                size_adjust=noto_scale,
            ),
            package_font(modules, "noto-serif-georgian", "georgian-wght"),
        ),
    )
    rules: list[str] = []
    for face, font in faces:
        subset(font, face.characters)
        font.flavor = "woff2"
        font.save(output / f"{face.name}.woff2")
        missing = set(map(ord, face.characters)) - set(font.getBestCmap())
        if missing:
            sys.stderr.write(f"{face.name} lacks {''.join(map(chr, sorted(missing)))}\n")
        rules.append(face_rule(face, map(chr, font.getBestCmap())))
    by_name = {face.name: font for face, font in faces}
    for name, family, stands in (
        ("literata-latin", "Literata", (GEORGIA, NOTO_SERIF, TIMES)),
        ("golos-text-latin", "Golos Text", (ARIAL, ROBOTO)),
    ):
        for bold in (False, True):
            one_weight = instantiateVariableFont(by_name[name], {"wght": 600 if bold else 400}, inplace=False)
            rules.extend(
                fallback_rule(modules, one_weight, family=family, stand=stand, bold=bold) for stand in stands
            )
    write_licences(modules, output)
    return rules


def main() -> None:
    """Read the command line, build, and print the rules."""
    parser = argparse.ArgumentParser(description="Build the fonts of the site.")
    parser.add_argument("modules", type=Path, help="the node_modules folder with the packages")
    parser.add_argument("output", type=Path, help="where the fonts and licences go: static/fonts")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    sys.stdout.write("\n".join(build(arguments.modules, arguments.output)) + "\n")


if __name__ == "__main__":
    main()
