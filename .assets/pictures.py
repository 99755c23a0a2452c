"""Makes the pictures that services show of a shared page, and with `--all` the icons too.

    pip install --editable '.[assets]' && python .assets/pictures.py

A picture stands for the site, for each city with a title and for each title year; `sharing.py` says
what is on it. Those that the record has left behind are drawn anew, and those of what is no more
removed; `--all` draws every one, after a change of the style sheet, of the map or of `favicon.svg`,
which is drawn by hand and is the source of the other icons. It needs Chromium and the record loaded.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import struct
import sys
from pathlib import Path

import django
from PIL import Image, ImageColor
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"

FLAT = ("paper", "ink", "muted", "madder", "rule", "land", "coast", "sea")
"""The colours of a picture for sharing, by their names in the style sheet; few keep it small."""
BLENDS = (
    *(("ink", "paper"), ("muted", "paper"), ("madder", "paper")),
    *(("ink", "land"), ("madder", "land"), ("muted", "sea"), ("ink", "sea"), ("land", "sea")),
)
"""The colours that meet at the edges of letters and dots."""
STEPS = (1 / 3, 2 / 3)
"""How far between the two the steps of an edge lie."""

FIT = """() => {
  const heading = document.querySelector("h1");
  let size = parseFloat(getComputedStyle(heading).fontSize);
  while (heading.scrollWidth > heading.clientWidth) heading.style.fontSize = `${--size}px`;
}"""
"""Makes a heading smaller until its longest word has room."""


def picture(page: Page, markup: str, width: int, height: int, *, transparent: bool = False) -> Image.Image:
    """What Chromium shows of `markup` at that size, in the light scheme."""
    scratch = STATIC / "scratch.html"  # Beside the fonts: a page without an address may load none.
    scratch.write_text(markup)
    try:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(scratch.as_uri())
        page.evaluate("document.fonts.ready")
        if page.locator("h1").count():
            page.evaluate(FIT)
        return Image.open(io.BytesIO(page.screenshot(omit_background=transparent)))
    finally:
        scratch.unlink()


def icon(page: Page, size: int, *, transparent: bool = True) -> Image.Image:
    """`favicon.svg` as a square of `size` pixels."""
    drawing = (STATIC / "favicon.svg").read_text().replace("<svg ", f'<svg width="{size}" height="{size}" ')
    style = "body { margin: 0 } svg { display: block }"
    markup = f"<!doctype html><style>{style}</style>{drawing}"
    return picture(page, markup, size, size, transparent=transparent)


def palette() -> Image.Image:
    """The colours of the pictures for sharing, those of the light scheme, as Pillow wants them."""
    style = (STATIC / "site.css").read_text()
    tokens = dict(re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}),", style))
    flat = {name: ImageColor.getrgb(tokens[name]) for name in FLAT}
    colours = list(flat.values())
    for one, other in BLENDS:
        for step in STEPS:
            pairs = zip(flat[one], flat[other], strict=True)
            colours.append(tuple(round(first * (1 - step) + second * step) for first, second in pairs))
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


def png(image: Image.Image, colours: int = 0) -> bytes:
    """The image as a PNG, with a palette of so many colours where given."""
    shown = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE) if colours else image
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def sharing_png(image: Image.Image, says: str) -> bytes:
    """The image as a PNG in few colours, which says of itself what it shows."""
    shown = image.convert("RGB").quantize(palette=palette(), dither=Image.Dither.NONE)
    told = PngInfo()
    told.add_itxt("Description", says)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", optimize=True, pnginfo=told)
    return buffer.getvalue()


def ico(images: list[bytes], sizes: list[int]) -> bytes:
    """Several PNGs as one icon file: a header of 6 bytes, then 16 bytes for each image."""
    head, offset = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images)
    for image, size in zip(images, sizes, strict=True):
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + b"".join(images)


def draw_icons(page: Page) -> None:
    """Write the icons."""
    sizes = [16, 32, 48]
    (STATIC / "favicon.ico").write_bytes(ico([png(icon(page, size)) for size in sizes], sizes))
    touch = icon(page, 180, transparent=False)
    (STATIC / "apple-touch-icon.png").write_bytes(png(touch, 32))


def main() -> None:
    """Write into static/ what is missing or outdated, or everything; remove what is left over."""
    sys.path[0] = str(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
    django.setup()
    sys.path.append(str(Path(__file__).parent))
    import sharing

    # Playwright's loop runs in this thread; the record is read before it starts.
    everything = sys.argv[1:] == ["--all"]
    says = sharing.wanted()
    chosen = list(says) if everything else sharing.outdated()
    pages = {sharing.SITE: sharing.site_page(), **{card.file: card.page() for card in sharing.cards()}}
    for file in sharing.left_over():
        file.unlink()
    sharing.FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        page = browser.new_page(color_scheme="light")
        if everything:
            draw_icons(page)
        for file in chosen:
            file.write_bytes(sharing_png(picture(page, pages[file], 1200, 630), says[file]))
        browser.close()


if __name__ == "__main__":
    main()
