"""What a search marks in its results: seen in light and in dark, and covering nothing."""

from __future__ import annotations

import re

import pytest
from processes import ROOT

STYLE = (ROOT / "static" / "site.css").read_text()


def brightness(token: str, scheme: int) -> float:
    """The relative luminance of a colour's token in light (0) or dark (1), as WCAG has it."""
    colours = re.search(rf"--{token}: light-dark\(#(\w{{6}}), #(\w{{6}})\)", STYLE)
    assert colours
    parts = (int(colours[scheme + 1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    darker, brighter = sorted((brightness(one, scheme), brightness(other, scheme)))
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_a_mark_is_told_from_the_page_and_its_words_are_read(scheme: int) -> None:
    assert contrast("mark", "ink", scheme) >= 7
    assert contrast("mark", "paper", scheme) >= 1.2


def test_a_mark_is_no_higher_than_a_line_of_a_heading() -> None:
    """A shadow or the box of the letters would paint over the line above."""
    (mark,) = re.findall(r"^  mark \{(.*)\}$", STYLE, re.MULTILINE)
    height = re.search(r"100% ([\d.]+)em no-repeat", mark)
    line = re.search(r"h1, h2, h3 \{[^}]*line-height: ([\d.]+);", STYLE)

    assert height
    assert line
    assert float(height[1]) <= float(line[1])
    assert "box-shadow" not in mark
