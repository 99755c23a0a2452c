"""Templates that a newcomer can read: short lines, nothing said twice, texts in the page's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from processes import ROOT

from capitals.models import InTwoLanguages
from capitals.models.whole import RECORD

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MOST_LETTERS = 160

ids = pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)


@ids
def test_no_line_is_too_long_to_be_read(file: Path) -> None:
    long = [
        number for number, line in enumerate(file.read_text().splitlines(), 1) if len(line) > MOST_LETTERS
    ]

    assert long == []


def test_a_label_of_a_map_is_written_in_one_place() -> None:
    assert [file.name for file in TEMPLATES if "<text" in file.read_text()] == ["map_label.html"]


def test_a_component_of_some_length_says_what_it_shows_and_expects() -> None:
    components = [file for file in TEMPLATES if file.parent.name == "components"]
    longer = {file.name: file.read_text() for file in components if file.read_text().count("\n") > 12}

    assert [name for name, text in longer.items() if not BEGINS_WITH_COMMENT.match(text)] == []


BEGINS_WITH_COMMENT = re.compile(r"({% oneline %}\s*|{% load [^%]*%}\s*)*{#")

BILINGUAL = sorted(
    {field for model in RECORD if issubclass(model, InTwoLanguages) for field in model.texts()}
)
AS_IT_STANDS = {
    "other_name.html": "{{ record.name }}",  # the name in the other language, which says so
    "source_line.html": "{{ source.title }}",  # an article's own title, in its language
    "source_detail.html": "{{ source.title }}",
    "fields_table.html": "{{ column.name }}",  # a field's name in data
    "changed_record.html": "{{ record.name }}",  # chosen in the page's language
    "one_name.html": "{{ languages.0.name }}",  # spellings
    "native_names.html": "{{ name.name }}",
    "names_since.html": "{{ name.name }}",
    "map_label.html": "{{ label.text }}",  # not of the record: the view has chosen the language
    "pieces.html": "{{ piece.text }}",
    "about.html": "{{ amount.name }}",
    "select.html": "{{ widget.name }}",
}
"""Texts that are shown as they are, in a language of their own."""


@ids
def test_a_text_that_has_a_russian_twin_is_asked_for_in_the_page_s_language(file: Path) -> None:
    """`{{ decision.title }}` stood in English on the Russian page; `{{ decision|shown }}` does not."""
    bare = re.findall(rf"{{{{ \w+(?:\.\w+)*\.(?:{'|'.join(BILINGUAL)})(?:\|[^}}]*)? }}}}", file.read_text())

    assert [text for text in bare if text != AS_IT_STANDS.get(file.name)] == []


def test_a_line_of_the_page_may_stand_in_several_lines_of_the_template() -> None:
    page = Template(
        "{% load layout %}<p>{% oneline %}\n  {% if city %}{{ city }}{% endif %}\n  , \n  {{ country }} now\n"
        "{% endoneline %}</p>\n"
    ).render(Context({"city": "A\n  B", "country": "C"}))

    # The break is gone, the space before the comma's own break too; the text of the record is as it was.
    assert page == "<p>A\n  B,C now</p>\n"


def test_the_break_at_the_end_of_a_file_is_none_on_the_page() -> None:
    source = get_template("capitals/components/pieces.html").template.source  # type: ignore[attr-defined]

    assert source
    assert not source.endswith("\n")
