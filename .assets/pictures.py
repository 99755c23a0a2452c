"""Makes the icons and the picture that services show of a shared page.

`favicon.svg` is drawn by hand and is the source of the other icons; the sharing picture is
the site's own map under its own style sheet. Run it after either has changed, with the
record loaded:

    pip install --editable '.[assets]' && python .assets/pictures.py
"""

from __future__ import annotations

import io
import os
import shutil
import struct
import sys
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"

SHARING_STYLE = """
body { margin: 0; width: 1200px; height: 630px; padding: 54px 60px; display: grid;
  grid-template-columns: 380px 1fr; gap: 48px; align-items: center; border-top: 14px solid var(--madder); }
h1 { font-size: 66px; line-height: 1.06; letter-spacing: -0.02em; margin: 0 0 26px; }
p { font: 25px/1.4 var(--sans); color: var(--muted); }
.map { width: 652px; }
.map figcaption { display: none; }
"""


def sharing_page() -> str:
    """The sharing picture as a page: the site's name beside the map of all capitals."""
    from django.template.loader import render_to_string

    from capitals.atlas.map import draw
    from capitals.models import Designation
    from capitals.words.dates import LAST_YEAR

    # All in the past: the picture stands longer than a year.
    drawn = draw(Designation.objects.held().oldest_first().with_places(), LAST_YEAR)
    drawing = render_to_string("capitals/components/map.html", {"map": drawn})
    # A picture waits for its fonts.
    style = (STATIC / "site.css").read_text().replace("font-display: optional", "font-display: block")
    style += SHARING_STYLE
    return (
        f'<!doctype html><html lang="en"><head><base href="{STATIC.as_uri()}/"><style>{style}</style></head>'
        "<body><div><h1>CIS Cultural Capitals</h1><p>An independent record: which city in which year, "
        f"with every source</p></div>{drawing}</body></html>"
    )


def picture(page: Page, markup: str, width: int, height: int, *, transparent: bool = False) -> Image.Image:
    """What Chromium shows of `markup` at that size, in the light scheme."""
    scratch = STATIC / "scratch.html"  # Beside the fonts: a page without an address may load none.
    scratch.write_text(markup)
    try:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(scratch.as_uri())
        page.evaluate("document.fonts.ready")
        return Image.open(io.BytesIO(page.screenshot(omit_background=transparent)))
    finally:
        scratch.unlink()


def icon(page: Page, size: int, *, transparent: bool = True) -> Image.Image:
    """`favicon.svg` as a square of `size` pixels."""
    drawing = (STATIC / "favicon.svg").read_text().replace("<svg ", f'<svg width="{size}" height="{size}" ')
    style = "body { margin: 0 } svg { display: block }"
    markup = f"<!doctype html><style>{style}</style>{drawing}"
    return picture(page, markup, size, size, transparent=transparent)


def png(image: Image.Image, colours: int = 0) -> bytes:
    """The image as a PNG, with a palette of so many colours where given."""
    buffer = io.BytesIO()
    shown = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE) if colours else image
    shown.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def ico(images: list[bytes], sizes: list[int]) -> bytes:
    """Several PNGs as one icon file: a header of 6 bytes, then 16 bytes for each image."""
    head, offset = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images)
    for image, size in zip(images, sizes, strict=True):
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + b"".join(images)


def main() -> None:
    """Write the icons and the sharing picture into static/."""
    sys.path[0] = str(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
    # Playwright's loop runs in this thread; the record was read before it starts.
    django.setup()
    markup = sharing_page()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        page = browser.new_page(color_scheme="light")
        sizes = [16, 32, 48]
        (STATIC / "favicon.ico").write_bytes(ico([png(icon(page, size)) for size in sizes], sizes))
        touch = icon(page, 180, transparent=False)
        (STATIC / "apple-touch-icon.png").write_bytes(png(touch, 32))
        (STATIC / "sharing.png").write_bytes(png(picture(page, markup, 1200, 630), 64))
        browser.close()


if __name__ == "__main__":
    main()
