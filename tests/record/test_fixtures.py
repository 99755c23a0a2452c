"""Each kind of bad fixture is refused, and the message says where, what and how to mend it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Manage
from minimal import RECORD, write_fixtures

from capitals.models import CityName, Designation, Source
from capitals.record.loading import check
from capitals.record.problems import BadFixtures

THE_END = "# The end."
"""Where a change puts a further record."""

SECOND_SOURCE = """\
- model: capitals.source
  pk: gazette-2025
  fields:
    outlet: Gazette
    title: Another article
    language: en
    kind: news
    address: https://gazette.example/lachin
    read_as: full
    establishes: That Lachin held the title.
"""

CENTRE = """\
- model: capitals.culturalcentre
  pk: centre
  fields:
    name: Centre
    kind: state
    operating_country: azerbaijan
    host_country: azerbaijan
    established: "2010"
    inaugurated: "2009-12"
    status: unknown
    summary: It shows films.
    sources: [herald-2024-10-08]
"""

THE_TOWN = "    description: A town in the mountains (first edition).\n"


def spelt(official: str, common: str) -> dict[str, str]:
    """The changes that make the two names of the record spellings of one, with these fields."""
    together = "\n    spelling_of: lachin"
    return {"kind: official": f"{official}{together}", "kind: common": f"{common}{together}"}


def changed(text: str, changes: dict[str, str]) -> str:
    """`text` with each key, which stands in it once, in place of which its value is put."""
    for old, new in changes.items():
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def line_of(text: str, mark: str) -> int:
    """The line of `text` that holds the first line of `mark`, which stands in it once."""
    assert text.count(mark) == 1, f"“{mark}” stands {text.count(mark)} times"
    return text[: text.index(mark)].count("\n") + 1


def record_with(mark: str) -> str:
    """Where the record that holds `mark` begins, as long as nothing was changed before it."""
    before = RECORD[: RECORD.index(mark)].rpartition("- model: ")[0]
    return f"fixtures/record.yaml:{before.count(chr(10)) + 1}"


def complaints(folder: Path, text: str) -> list[str]:
    """What `check` says of a folder of fixtures that holds `text`."""
    write_fixtures(folder / "fixtures", text)
    with pytest.raises(BadFixtures) as caught:
        check(folder / "fixtures")
    return [str(problem) for problem in caught.value.problems]


def bad(name: str, changes: dict[str, str], *, at: str, says: str, record: str = "", field: str = "") -> Any:
    """A row of the table: what is changed, the line that is named, and what the message says."""
    return pytest.param(changes, at, record, field, says, id=name)


NOT_YAML = [
    bad(
        "broken YAML",
        {"name: Azerbaijan": "name: Azerbaijan: a state"},
        at="name: Azerbaijan:",
        says="The YAML is broken: A colon stands in a text without quotes, or a line is indented too far. "
        "Put the text in quotes, or mend the indentation.",
    ),
    bad(
        "a tab",
        {"    name: Azerbaijan": "\tname: Azerbaijan"},
        at="\tname",
        says="A tab stands here. Indent with spaces.",
    ),
    bad(
        "a mapping in place of the list",
        {RECORD: "model: capitals.source\n"},
        at="model",
        says="A fixture is a list of records. Begin each record with “- model:”.",
    ),
    bad(
        "an empty file",
        {RECORD: "# Nothing yet.\n"},
        at="#",
        says="A fixture is a list of records. Begin each record with “- model:”.",
    ),
    bad(
        "a record that is a text",
        {THE_END: "- capitals.source"},
        at="- capitals.source",
        says="A record is a mapping. Give it model, pk and fields.",
    ),
]

SHAPE = [
    bad(
        "unknown model",
        {"model: capitals.body": "model: capitals.boddy"},
        at="model: capitals.boddy",
        says="There is no model “capitals.boddy”. Did you mean “capitals.body”?",
    ),
    bad(
        "a model that only the loader writes",
        {"model: capitals.body": "model: capitals.recordstate"},
        at="model: capitals.recordstate",
        says="There is no model “capitals.recordstate”. ",
    ),
    bad(
        "no model",
        {"- model: capitals.body\n  pk: heads-of-state": "- pk: heads-of-state"},
        at="- pk: heads-of-state",
        says="There is no model “”. Known are: capitals.body, ",
    ),
    bad(
        "no fields",
        {THE_END: "- model: capitals.body\n  pk: council"},
        at="- model: capitals.body\n  pk: council",
        says="The record has no fields. Add “fields:” with a mapping.",
    ),
    bad(
        "unknown key part",
        {"  pk: heads-of-state\n": "  key: heads-of-state\n"},
        at="  key: heads-of-state",
        says="“key” is no part of a record. Only model, pk and fields are.",
    ),
    bad(
        "a part twice",
        {"  pk: heads-of-state\n": "  pk: heads-of-state\n  pk: heads\n"},
        at="  pk: heads\n",
        says="“pk” stands here twice. Remove one.",
    ),
    bad(
        "unknown field",
        {"    description: A town": "    describtion: A town"},
        at="describtion",
        record="city lachin",
        field="describtion",
        says="There is no such field. Did you mean “description”?",
    ),
    bad(
        "a field that the loader fills",
        {"    description: A town": "    folded: A town"},
        at="folded",
        record="city lachin",
        field="folded",
        says="There is no such field. Known are: country, description, description_ru, geonames, ",
    ),
    bad(
        "the key among the fields",
        {"    description: A town": "    slug: A town"},
        at="slug",
        record="city lachin",
        field="slug",
        says="There is no such field. Known are: country, description, description_ru, geonames, ",
    ),
    bad(
        "a field under its column's name",
        {"    country: azerbaijan": "    country: azerbaijan\n    country_id: nowhere"},
        at="country_id",
        record="city lachin",
        field="country_id",
        says="There is no such field. Did you mean “country”?",
    ),
    bad(
        "a relation from the other side",
        {"    description: A town": "    designations: A town"},
        at="designations: A",
        record="city lachin",
        field="designations",
        says="There is no such field. ",
    ),
    bad(
        "duplicate field",
        {"    name: Lachin\n": "    name: Lachin\n    name: Laçin\n"},
        at="    name: Laçin\n",
        record="city lachin",
        field="name",
        says="This field stands here twice. Remove one.",
    ),
    bad(
        "missing field",
        {"    name: Lachin\n": ""},
        at="- model: capitals.city\n",
        record="city lachin",
        field="name",
        says="This field is missing. Add it.",
    ),
    bad(
        "missing choice",
        {"    kind: ceremony\n": ""},
        at="- model: capitals.event\n",
        record="event lachin-2025-opening",
        field="kind",
        says="This field is missing. Add it. It must be one of: ceremony, concert, ",
    ),
    bad(
        "missing foreign key",
        {"    body: heads-of-state\n": ""},
        at="- model: capitals.decision",
        record="decision moscow-2024-10-08",
        field="body",
        says="This field is missing. Add it.",
    ),
    bad(
        "empty foreign key that may be left out",
        {"    kind: cis_organ": '    kind: cis_organ\n    country: ""'},
        at='country: ""',
        record="body heads-of-state",
        field="country",
        says="",
    ),
]

KEYS = [
    bad(
        "missing key",
        {"  pk: heads-of-state\n": ""},
        at="- model: capitals.body",
        record="body without a key",
        field="pk",
        says="The key is missing. Add “pk:” with its slug.",
    ),
    *(
        bad(
            f"malformed key {key}",
            {THE_END: SECOND_SOURCE.replace("gazette-2025", key)},
            at=f"pk: {key}",
            record=f"source {key}",
            field="pk",
            says="A key is made of small ASCII letters, digits and single hyphens. Mend the key.",
        )
        for key in ("Gazette", "gazette--2025", "gazette_2025", "газета", "-gazette", "gazette/2025")
    ),
    bad(
        "overlong key",
        {THE_END: SECOND_SOURCE.replace("gazette-2025", "g" * 101)},
        at="pk: ggg",
        record=f"source {'g' * 101}",
        field="pk",
        says="Ensure this value has at most 100 characters (it has 101). Mend the key.",
    ),
    bad(
        "a number as key",
        {THE_END: SECOND_SOURCE.replace("gazette-2025", "2025")},
        at="pk: 2025",
        record="source 2025",
        field="pk",
        says="YAML reads “2025” as int. Put it in quotes. Mend the key.",
    ),
    bad(
        "key where none belongs",
        {"- model: capitals.eventdesignation\n": "- model: capitals.eventdesignation\n  pk: one\n"},
        at="pk: one",
        record="eventdesignation without a key",
        field="pk",
        says="This kind of record has no key. Remove pk.",
    ),
    bad(
        "duplicate record",
        {
            THE_END: "- model: capitals.body\n  pk: heads-of-state\n  fields: "
            "{name: Twice, kind: cis_organ, sources: [herald-2024-10-08]}"
        },
        at="- model: capitals.body\n  pk: heads-of-state\n  fields: {",
        record="body heads-of-state",
        says=f"This key stands already at {record_with('pk: heads-of-state')}. "
        "Keep one record, or give the other its own key.",
    ),
    bad(
        "reference to nothing",
        {"    body: heads-of-state\n": "    body: heads-of-stat\n"},
        at="body: heads-of-stat\n",
        record="decision moscow-2024-10-08",
        field="body",
        says="There is no body “heads-of-stat”. Did you mean “heads-of-state”?",
    ),
    bad(
        "reference to nothing that is like it",
        {"    body: heads-of-state\n": "    body: x\n"},
        at="body: x\n",
        record="decision moscow-2024-10-08",
        field="body",
        says="There is no body “x”. Add that record, or mend the key.",
    ),
    bad(
        "reference to nothing in a list",
        {"    names: [lachin-2025]": "    names:\n    - lachin-2025\n    - lachin-2026"},
        at="    - lachin-2026",
        record="decision moscow-2024-10-08",
        field="names",
        says="There is no designation “lachin-2026”. Did you mean “lachin-2025”?",
    ),
    bad(
        "a list that names one twice",
        {"    names: [lachin-2025]": "    names: [lachin-2025, lachin-2025]"},
        at="names: [",
        record="decision moscow-2024-10-08",
        field="names",
        says="“lachin-2025” stands here twice. Remove one.",
    ),
    bad(
        "one key in place of a list",
        {"    names: [lachin-2025]": "    names: lachin-2025"},
        at="names: ",
        record="decision moscow-2024-10-08",
        field="names",
        says="A list of keys belongs here. Write it like [one-key, another-key].",
    ),
    bad(
        "a list in place of one key",
        {"    body: heads-of-state\n": "    body: [heads-of-state]\n"},
        at="body: [",
        record="decision moscow-2024-10-08",
        field="body",
        says="A single value belongs here. ",
    ),
]

EVENT_DATES = '    start: "2025-05"\n    end: "2025-06-01"\n'


def bad_date(name: str, written: str, says: str) -> Any:
    return bad(
        name,
        {EVENT_DATES: f"    start: {written}\n"},
        at="start: ",
        record="event lachin-2025-opening",
        field="start",
        says=says,
    )


VALUES = [
    bad_date(
        "13th month",
        '"2025-13"',
        "“2025-13” is not in the calendar: month must be in 1..12. Mend it.",
    ),
    bad_date(
        "30 February",
        '"2025-02-30"',
        "“2025-02-30” is not in the calendar: day is out of range for month. Mend it.",
    ),
    bad_date(
        "a date in words",
        '"5 May 2025"',
        "“5 May 2025” is not a date: write 2012, 2012-10 or 2012-10-05. Mend it.",
    ),
    bad_date("unquoted date", "2025-05-03", "YAML reads “2025-05-03” as timestamp. Put it in quotes. "),
    bad_date("integer year", "2025", "YAML reads “2025” as int. Put it in quotes. "),
    bad_date("null", "null", "There is no value. Leave the field out if it is not recorded."),
    bad_date("nothing after the colon", "", "There is no value. Leave the field out if it is not recorded."),
    bad_date("an empty date", '""', ""),
    bad(
        "quoted year of a title",
        {"year: 2025": 'year: "2025"'},
        at='year: "2025"',
        record="designation lachin-2025",
        field="year",
        says="YAML reads “2025” as str. Write a plain whole number, without quotes. ",
    ),
    bad(
        "year with an underscore",
        {"year: 2025": "year: 2_025"},
        at="year: 2_025",
        record="designation lachin-2025",
        field="year",
        says="“2_025” is no plain number. Write a plain whole number, without quotes. ",
    ),
    bad(
        "year before the CIS",
        {"year: 2025": "year: 1990"},
        at="year: 1990",
        record="designation lachin-2025",
        field="year",
        says="Ensure this value is greater than or equal to 1991. Mend it.",
    ),
    bad(
        "bad country code",
        {'code: "AZ"': 'code: "Az"'},
        at='code: "Az"',
        record="country azerbaijan",
        field="code",
        says="A country code is two capital letters, as in ISO 3166. Mend it.",
    ),
    bad(
        "unquoted no",
        {"language: ru": "language: no"},
        at="language: no",
        record="cityname without a key",
        field="language",
        says="YAML reads “no” as bool. Put it in quotes. ",
    ),
    bad(
        "unquoted 12:30",
        {"    title: Opening of the year (first edition)": "    title: 12:30"},
        at="title: 12:30",
        record="event lachin-2025-opening",
        field="title",
        says="YAML reads “12:30” as int. Put it in quotes. ",
    ),
    bad(
        "bad language",
        {"language: ru": "language: Russian language"},
        at="language: Russian",
        record="cityname without a key",
        field="language",
        says="A language is a BCP 47 code such as az or be-tarask. Mend it.",
    ),
    bad(
        "not one of the choices",
        {"kind: ceremony": "kind: party"},
        at="kind: party",
        record="event lachin-2025-opening",
        field="kind",
        says="Value 'party' is not a valid choice. It must be one of: ceremony, concert, ",
    ),
    bad(
        "nearly one of the choices",
        {"role: opening": "role: openning"},
        at="role: openning",
        record="eventdesignation without a key",
        field="role",
        says="Value 'openning' is not a valid choice. It must be one of: programme, opening, closing, "
        "outgoing, incoming, presented, mentioned. Did you mean “opening”?",
    ),
    bad(
        "yes in place of true",
        {"    summary: The year": "    online: yes\n    summary: The year"},
        at="online: yes",
        record="event lachin-2025-opening",
        field="online",
        says="“yes” is not plain. Write true or false. ",
    ),
    bad(
        "bad address",
        {"https://herald.example/lachin": "herald.example/lachin"},
        at="address: herald",
        record="source herald-2024-10-08",
        field="address",
        says="Enter a valid URL. Mend it.",
    ),
    bad(
        "overlong text",
        {"name: Lachin\n": f"name: {'L' * 101}\n"},
        at="name: LLL",
        record="city lachin",
        field="name",
        says="Ensure this value has at most 100 characters (it has 101). Mend it.",
    ),
    bad(
        "number beyond what every database holds",
        {"kind: common": "kind: common\n    from_year: 99999"},
        at="from_year: ",
        record="cityname without a key",
        field="from_year",
        says="Ensure this value is less than or equal to ",
    ),
    bad(
        "latitude out of range",
        {"39.6374": "90.0001"},
        at="latitude",
        record="city lachin",
        field="latitude",
        says="Ensure this value is less than or equal to 90. Mend it.",
    ),
    bad(
        "longitude out of range",
        {"46.5462": "-180.0001"},
        at="longitude",
        record="city lachin",
        field="longitude",
        says="Ensure this value is greater than or equal to -180. Mend it.",
    ),
    bad(
        "coordinate too exact",
        {"39.6374": "39.63741"},
        at="latitude",
        record="city lachin",
        field="latitude",
        says="Ensure that there are no more than 4 decimal places. Mend it.",
    ),
    bad(
        "coordinate in degrees and minutes",
        {'"39.6374"': "39° 38′"},
        at="latitude",
        record="city lachin",
        field="latitude",
        says="“39° 38′” value must be a decimal number. Mend it.",
    ),
    bad(
        "unquoted coordinate",
        {'"39.6374"': "39.6374"},
        at="latitude",
        record="city lachin",
        field="latitude",
        says="YAML reads “39.6374” as float. Put it in quotes. ",
    ),
    bad(
        "one coordinate without the other",
        {'    longitude: "46.5462"\n': ""},
        at="- model: capitals.city\n",
        record="city lachin",
        says="Give both coordinates or neither. (Constraint city_coordinates_both_or_none.)",
    ),
]

RECORD_ALONE = [
    bad(
        "name ends before it begins",
        {"kind: common": "kind: common\n    from_year: 1990\n    to_year: 1989"},
        at="- model: capitals.cityname\n  fields:\n    city: lachin\n    name: Лачин",
        record="cityname without a key",
        says="The name ends before it begins. (Constraint city_name_years_in_order.)",
    ),
    bad(
        "name used by some without a note",
        {
            "kind: common": "kind: common\n- model: capitals.cityname\n  fields:\n    city: lachin\n"
            "    name: Berdzor\n    language: hy\n    kind: used_by"
        },
        at="- model: capitals.cityname\n  fields:\n    city: lachin\n    name: Berdzor",
        record="cityname without a key",
        says="A name that some use needs a note on who uses it. (Constraint city_name_used_by_has_note.)",
    ),
    bad(
        "event with an end alone",
        {EVENT_DATES: '    end: "2025-06-01"\n'},
        at="- model: capitals.event\n",
        record="event lachin-2025-opening",
        says="An event with an end needs a start. (Constraint event_end_needs_start.)",
    ),
    bad(
        "dispute with two subjects",
        {"    step: decision\n": "    city: lachin\n    step: decision\n"},
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="A dispute is about one record: set one of its subjects. (Constraint dispute_has_one_subject.)",
    ),
    bad(
        "dispute with three subjects",
        {"    step: decision\n": "    city: lachin\n    event: lachin-2025-opening\n    step: decision\n"},
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="A dispute is about one record: set one of its subjects. (Constraint dispute_has_one_subject.)",
    ),
    bad(
        "dispute without a subject",
        {"    step: decision\n    designation: lachin-2025\n": ""},
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="A dispute is about one record: set one of its subjects. (Constraint dispute_has_one_subject.)",
    ),
    bad(
        "dispute on a step of what has no steps",
        {"    step: decision\n    designation: lachin-2025\n": "    step: decision\n    city: lachin\n"},
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="Only a dispute on a designation concerns a step of it. "
        "(Constraint dispute_step_needs_designation.)",
    ),
]

ACROSS_RECORDS = [
    bad(
        "record without citation",
        {"    description: A town in the mountains (first edition).\n    sources: [herald-2024-10-08]\n": ""},
        at="- model: capitals.city\n",
        record="city lachin",
        field="sources",
        says="This record cites nothing. Name a source that states it.",
    ),
    bad(
        "record with an empty list of sources",
        {
            "    description: A town in the mountains (first edition).\n    sources: [herald-2024-10-08]\n": (
                "    sources: []\n"
            )
        },
        at="sources: []",
        record="city lachin",
        field="sources",
        says="This record cites nothing. Name a source that states it.",
    ),
    bad(
        "orphan source",
        {THE_END: SECOND_SOURCE},
        at="- model: capitals.source\n  pk: gazette",
        record="source gazette-2025",
        says="No record rests on this source. Cite it somewhere, or remove it.",
    ),
    bad(
        "two sources with one address",
        {THE_END: SECOND_SOURCE.replace("gazette.example", "herald.example")},
        at="address: https://herald.example/lachin\n    read_as: full\n    establishes: That Lachin held",
        record="source gazette-2025",
        field="address",
        says="Another source has this address: one source, one address. "
        f"The first stands at {record_with('outlet: Herald')}.",
    ),
    bad(
        "two countries with one code",
        {
            THE_END: "- model: capitals.country\n  pk: armenia\n  fields:\n    code: 'AZ'\n"
            "    name: Armenia\n    sources: [herald-2024-10-08]\n"
        },
        at="code: 'AZ'",
        record="country armenia",
        field="code",
        says=f"Another record has this code. The first stands at {record_with('pk: azerbaijan')}.",
    ),
    bad(
        "city and year twice",
        {
            THE_END: "- model: capitals.designation\n  pk: lachin-again\n  fields:\n    city: lachin\n"
            "    year: 2025 # again\n    summary: Again.\n    sources: [herald-2024-10-08]\n"
        },
        at="year: 2025 # again",
        record="designation lachin-again",
        field="year",
        says="This city already has a designation for this year. "
        f"The first stands at {record_with('pk: lachin-2025')}.",
    ),
    bad(
        "a name twice",
        {"name: Лачин\n    language: ru": "name: Laçın\n    language: 'az'"},
        at="language: 'az'",
        record="cityname without a key",
        field="language",
        says="This city already has this name in this language. "
        f"The first stands at {record_with('name: Laçın')}.",
    ),
    bad(
        "a part in a title twice",
        {
            THE_END: "- model: capitals.eventdesignation\n  fields:\n    event: lachin-2025-opening\n"
            "    designation: lachin-2025\n    role: 'opening'\n"
        },
        at="role: 'opening'",
        record="eventdesignation without a key",
        field="role",
        says="This event already has this part in this title. "
        f"The first stands at {record_with('role: opening')}.",
    ),
    bad(
        "a position twice",
        {"position: 2": "position: 1 # too"},
        at="position: 1 # too",
        record="disputeversion without a key",
        field="position",
        says="This dispute already has a version at this position. "
        f"The first stands at {record_with('position: 1')}.",
    ),
    bad(
        "end before start",
        {EVENT_DATES: '    start: "2025-05-20"\n    end: "2025-05-19"\n'},
        at='end: "',
        record="event lachin-2025-opening",
        field="end",
        says="It lies before the start date, 2025-05-20. Check both in the source.",
    ),
    bad(
        "inaugurated before established",
        {THE_END: CENTRE},
        at="inaugurated: ",
        record="culturalcentre centre",
        field="inaugurated",
        says="It lies before the established date, 2010. Check both in the source.",
    ),
    bad(
        "decision after its title's year",
        {
            'kind: decided\n    date: "2024-10-08"': 'kind: decided\n    date: "2026"',
        },
        at="names: [",
        record="decision moscow-2024-10-08",
        field="names",
        says="The decision of 2026 names lachin-2025, whose year was over. Check the date and the title.",
    ),
    bad(
        "designation key that does not fit",
        {"year: 2025": "year: 2026"},
        at="pk: lachin-2025\n",
        record="designation lachin-2025",
        field="pk",
        says="The key does not fit city and year. It should be “lachin-2026”.",
    ),
    bad(
        "official name in no state language",
        {"language: ru\n    kind: common": "language: ru\n    kind: official # too"},
        at="kind: official # too",
        record="cityname without a key",
        field="kind",
        says="“ru” is no state language of Azerbaijan. Call the name local or common.",
    ),
    bad(
        "fact on the programme that rests on an encyclopedia alone",
        {"kind: news": "kind: encyclopedia"},
        at="    sources: [herald-2024-10-08]\n- model: capitals.decision",
        record="designation lachin-2025",
        field="sources",
        says="It rests on encyclopedias alone. Cite an article or a document beside them.",
    ),
    bad(
        "designation replaced by itself",
        {"    summary: Lachin held": "    replaced_by: lachin-2025\n    summary: Lachin held"},
        at="    replaced_by: lachin-2025",
        record="designation lachin-2025",
        field="replaced_by",
        says="lachin-2025 did not take its place: it is of another year, or was replaced itself. "
        "Name the designation that was held in that year.",
    ),
    *(
        bad(
            f"sixty-one words in a {field}",
            {"    summary: Lachin held the title (first edition).": f"{lead}    {field}: {'word ' * 61}"},
            at=f"    {field}: word",
            record="designation lachin-2025",
            field=field,
            says=f"It has 61 words; a list has room for 60. Move what goes beyond into {into}.",
        )
        for field, lead, into in (
            ("summary", "", "account"),
            ("summary_ru", "    summary: It held the title.\n", "account_ru"),
        )
    ),
    bad(
        "two official names in one language",
        {
            THE_END: "- model: capitals.cityname\n  fields: {city: lachin, name: Lachyn, language: az, "
            "kind: official, sources: [herald-2024-10-08]}\n"
        },
        at="fields: {city: lachin",
        record="cityname without a key",
        field="kind",
        says=f"There is another official name in this language at {record_with('name: Laçın')}. "
        "Keep one as official; the other is a variant.",
    ),
    bad(
        "titled city without an official name",
        {"kind: official": "kind: variant"},
        at="- model: capitals.city\n",
        record="city lachin",
        says="This capital has no official name. Add a cityname of kind official.",
    ),
    bad(
        "titled city without a Russian name",
        {"language: ru": "language: be"},
        at="- model: capitals.city\n",
        record="city lachin",
        says="This capital has no Russian name. Add a cityname in ru.",
    ),
    bad(
        "titled city whose Russian name is for search alone",
        {"kind: common": "kind: search"},
        at="- model: capitals.city\n",
        record="city lachin",
        says="This capital has no Russian name. Add a cityname in ru.",
    ),
    bad(
        "titled city without coordinates",
        {'    latitude: "39.6374"\n    longitude: "46.5462"\n': ""},
        at="- model: capitals.city\n",
        record="city lachin",
        field="latitude",
        says="This capital has no coordinates. Take them from GeoNames.",
    ),
    bad(
        "dispute with one version",
        {
            "- model: capitals.disputeversion\n  fields:\n    dispute: lachin-2025-who-decided\n"
            "    position: 2\n    claim: A council did (first edition).\n"
            "    sources: [herald-2024-10-08]\n": ""
        },
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="A dispute needs two versions. Add the other, or drop the dispute.",
    ),
    bad(
        "versions numbered with a gap",
        {"position: 2": "position: 3"},
        at="- model: capitals.dispute\n",
        record="dispute lachin-2025-who-decided",
        says="Its versions are numbered [1, 3]. Number them 1, 2, 3 …",
    ),
    bad(
        "two anchors alike on one page",
        {
            THE_END: "- model: capitals.programmestatement\n  pk: begun\n  fields:\n    position: 1\n"
            "    section: origins\n    heading: Begun\n    text: It began.\n"
            "    sources: [herald-2024-10-08]\n"
            "- model: capitals.sistertitle\n  pk: begun # again\n  fields:\n    name: Another\n"
            "    summary: Another title.\n    sources: [herald-2024-10-08]\n"
        },
        at="pk: begun # again",
        record="sistertitle begun",
        field="pk",
        says="At /programme/#begun stands another record, of "
        f"fixtures/record.yaml:{RECORD.count(chr(10))}. Give this one another key.",
    ),
    bad(
        "tie to a source that the record does not cite",
        {THE_TOWN: f"{THE_TOWN}    supports:\n      gazette: [description]\n"},
        at="    supports:\n      gazette",
        record="city lachin",
        field="supports",
        says="“gazette” is none of this record's sources. Name it under sources too, or mend the key.",
    ),
    bad(
        "tie to a field that the record leaves out",
        {THE_TOWN: f"{THE_TOWN}    supports:\n      herald-2024-10-08: [region]\n"},
        at="    supports:\n      herald",
        record="city lachin",
        field="supports",
        says="This record has no “region” that herald-2024-10-08 could state. "
        "Name a field that the record fills.",
    ),
    bad(
        "name with a key of spellings that no other has",
        {"kind: common": "kind: common\n    spelling_of: lachin"},
        at="    spelling_of: lachin",
        record="cityname without a key",
        field="spelling_of",
        says="No other spelling of “lachin” is recorded. Mend the key, or leave it out.",
    ),
    bad(
        "spellings of one name of two kinds",
        spelt("kind: official", "kind: former"),
        at="    kind: former",
        record="cityname without a key",
        field="kind",
        says="It is “former”, another spelling of “lachin” is “official”. "
        "Give today's, variant and former names keys of their own.",
    ),
    bad(
        "spellings of one name with years that differ",
        spelt("kind: official\n    from_year: 1923", "kind: common\n    from_year: 1926"),
        at="    spelling_of: lachin\n    sources: [herald-2024-10-08]\n- model: capitals.body",
        record="cityname without a key",
        field="spelling_of",
        says="Its years are not those of another spelling of “lachin”: 1923–…. "
        "A name of other years has a key of its own.",
    ),
    bad(
        "two notes on one name",
        spelt("kind: official\n    note: Here.", "kind: common\n    note: There."),
        at="    note: There.",
        record="cityname without a key",
        field="note",
        says="There is a note at another spelling of “lachin”. Write one for all spellings.",
    ),
    bad(
        "name used by some of which no spelling says by whom",
        spelt("kind: used_by", "kind: used_by"),
        at="- model: capitals.cityname\n  fields:\n    city: lachin\n    name: Laçın",
        record="cityname without a key",
        field="note",
        says="No spelling of this name says who uses it. Add a note to one.",
    ),
    bad(
        "former address of a page that stands",
        {THE_END: "- model: capitals.formeraddress\n  pk: /cities/lachin/\n  fields: {}\n"},
        at="pk: /cities/lachin/",
        record="formeraddress /cities/lachin/",
        field="pk",
        says="A page stands at this address. Only what stands no more is former.",
    ),
    bad(
        "former address that leads nowhere",
        {
            THE_END: "- model: capitals.formeraddress\n  pk: /cities/abdallar/\n"
            "  fields:\n    new_path: /cities/lachyn/\n"
        },
        at="new_path: /cities/lachyn/",
        record="formeraddress /cities/abdallar/",
        field="new_path",
        says="Nothing stands at /cities/lachyn/. "
        "Name the page as it is now, / at both ends; left out, the page is gone.",
    ),
]


@pytest.mark.parametrize(
    ("changes", "at", "record", "field", "says"),
    [*NOT_YAML, *SHAPE, *KEYS, *VALUES, *RECORD_ALONE, *ACROSS_RECORDS],
)
def test_a_bad_fixture_is_refused_with_file_line_record_field_and_cure(
    tmp_path: Path, changes: dict[str, str], at: str, record: str, field: str, says: str
) -> None:
    text = changed(RECORD, changes)
    subject = " ".join(part for part in (record, field and f"field “{field}”") if part)
    expected = f"fixtures/record.yaml:{line_of(text, at)}: {subject and f'{subject}: '}{says}"
    found = complaints(tmp_path, text)
    assert [line for line in found if line.startswith(expected)], "\n".join(
        [expected, "was not said:", *found]
    )


def test_the_record_that_the_bad_ones_are_made_from_is_good(tmp_path: Path) -> None:
    fixtures = check(write_fixtures(tmp_path))
    assert len(list(fixtures)) == RECORD.count("- model: ")
    [(entry, designation)] = fixtures.of(Designation)
    assert designation.summary == "Lachin held the title (first edition)."
    assert entry.many["sources"] == [("herald-2024-10-08", line_of(RECORD, "held the title") + 1)]
    assert [str(name) for _, name in fixtures.of(CityName)] == ["Laçın (az)", "Лачин (ru)"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"kind: common": "kind: common\n    from_year: 1990\n    to_year: 1990"}, id="one year's name"
        ),
        pytest.param(
            {EVENT_DATES: '    start: "2025-05"\n    end: "2025"\n'}, id="an end less exact than its start"
        ),
        pytest.param(
            {
                '"39.6374"': '"65.1"',
                'longitude: "46.5462"': 'longitude: "-180"',
                'code: "AZ"': 'code: "RU"',
            },
            id="coordinates at the edge of the earth",
        ),
        pytest.param(
            {'date: "2024-10-08"\n    summary': 'date: "2025-12-31"\n    summary'}, id="a late decision"
        ),
        pytest.param(
            {"    summary: Lachin held the title (first edition).": "    summary: " + "word " * 60},
            id="a summary of sixty words",
        ),
        pytest.param({"state_languages: az": "state_languages: ru az"}, id="two state languages"),
        pytest.param(
            {
                THE_END: "- model: capitals.cityname\n"
                "  fields: {city: lachin, name: Lachyn, language: az, kind: search}"
            },
            id="a spelling for search alone that cites nothing",
        ),
        pytest.param(
            {
                "    address: https://herald.example/lachin\n": "",
                THE_END: SECOND_SOURCE.replace("    address: https://gazette.example/lachin\n", ""),
                "    name: Azerbaijan\n    state_languages: az\n    sources: [": (
                    "    name: Azerbaijan\n    state_languages: az\n    sources: [gazette-2025, "
                ),
            },
            id="two sources without an address",
        ),
    ],
)
def test_what_lies_just_within_the_rules_is_accepted(tmp_path: Path, changes: dict[str, str]) -> None:
    check(write_fixtures(tmp_path, changed(RECORD, changes)))


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path: Path) -> None:
    write_fixtures(tmp_path / "fixtures")
    file = tmp_path / "fixtures" / "record.yaml"
    file.write_bytes(RECORD.replace("Лачин", "XXXXX").encode().replace(b"XXXXX", "Лачин".encode("cp1251")))
    with pytest.raises(BadFixtures) as caught:
        check(tmp_path / "fixtures")
    line = line_of(RECORD, "Лачин")
    expected = f"fixtures/record.yaml:{line}: This is not UTF-8. Save the file as UTF-8."
    assert str(caught.value) == expected


def test_a_control_character_is_refused_with_the_line(tmp_path: Path) -> None:
    found = complaints(tmp_path, changed(RECORD, {"name: Lachin\n": "name: Lach\x00in\n"}))
    [problem] = found
    assert problem.startswith(f"fixtures/record.yaml:{line_of(RECORD, 'name: Lachin')}: The YAML is broken: ")


def test_a_nul_behind_an_escape_is_refused(tmp_path: Path) -> None:
    # PostgreSQL takes no NUL in a text, SQLite does: the check must not depend on the database.
    found = complaints(tmp_path, changed(RECORD, {"name: Lachin\n": 'name: "Lach\\0in"\n'}))
    place = f"fixtures/record.yaml:{line_of(RECORD, 'name: Lachin')}: city lachin field “name”: "
    assert any(problem.startswith(place) for problem in found)


def test_a_folder_without_fixtures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFixtures, match=r"No fixture is here. Put \*\.yaml files there\."):
        check(tmp_path)


def test_the_problems_of_all_stages_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Of fields, references, constraints and rules; rules pass over what rests on a mistake."""
    wrong = {
        "    read_as: full": "    read_as: half",
        "    body: heads-of-state": "    body: heads-of-stat",
        "    names: [lachin-2025]": "    document: Решение",
        '    end: "2025-06-01"': '    end: "2025-04"',
        "    role: opening": "    role: begin",
        "    position: 2": "    position: 3",
    }
    write_fixtures(tmp_path / "fixtures", changed(RECORD, wrong))
    (tmp_path / "fixtures" / "bodies.yaml").write_text(
        "- model: capitals.party\n  fields: {}\n"
        "- model: capitals.body\n  pk: a-council\n  fields: {name: A council, kind: cis_organ}\n"
    )

    with pytest.raises(BadFixtures) as caught:
        check(tmp_path / "fixtures")

    told = [str(problem) for problem in caught.value.problems]
    expected = [
        "bodies.yaml:1: There is no model “capitals.party”.",
        "bodies.yaml:3: body a-council field “sources”: This record cites nothing.",
        "“read_as”: Value 'half' is not a valid choice.",
        "A text in the original needs its language.",
        "“end”: It lies before the start date, 2025-05.",
        "“role”: Value 'begin' is not a valid choice.",
    ]
    assert [(part in whole) for part, whole in zip(expected, told, strict=True)] == [True] * 6, told

    (tmp_path / "fixtures" / "bodies.yaml").unlink()
    with pytest.raises(BadFixtures) as caught:
        check(tmp_path / "fixtures")

    # What may have stood in a record that could not be read is missing now.
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 6
    assert any("“body”: There is no body “heads-of-stat”." in one for one in told)
    assert any("Its versions are numbered [1, 3]." in one for one in told)


def test_while_a_file_is_broken_what_refers_to_its_records_is_no_mistake(tmp_path: Path) -> None:
    source, country, rest = RECORD.partition("- model: capitals.country")
    write_fixtures(tmp_path / "fixtures", country + rest)
    (tmp_path / "fixtures" / "sources.yaml").write_text(source.replace("title: ", "title: A: ", 1))

    with pytest.raises(BadFixtures) as caught:
        check(tmp_path / "fixtures")

    [problem] = map(str, caught.value.problems)
    assert problem.startswith("fixtures/sources.yaml:")
    assert "A colon stands in a text without quotes" in problem


@pytest.mark.parametrize(
    "change", [{"  pk: moscow-2024-10-08\n": ""}, {"  pk: moscow-2024-10-08\n": "  pk: Moscow\n"}]
)
def test_what_only_a_record_without_a_good_key_cites_is_no_orphan(
    change: dict[str, str], tmp_path: Path
) -> None:
    other = RECORD.partition("- model: capitals.country")[0].replace("2024-10-08", "2024-10-09")
    text = RECORD.replace("    names: [lachin-2025]\n    sources: [herald-2024-10-08]", CITES_THE_OTHER)

    [problem] = complaints(tmp_path, changed(other.replace("/lachin", "/other") + text, change))

    assert "decision " in problem
    assert "“pk”" in problem


CITES_THE_OTHER = "    names: [lachin-2025]\n    sources: [herald-2024-10-09]"


def test_a_duplicate_in_another_file_is_found(tmp_path: Path) -> None:
    write_fixtures(tmp_path / "fixtures")
    (tmp_path / "fixtures" / "sources.yaml").write_text(RECORD.partition("- model: capitals.country")[0])
    with pytest.raises(BadFixtures) as caught:
        check(tmp_path / "fixtures")
    assert str(caught.value).startswith(
        "fixtures/sources.yaml:1: source herald-2024-10-08: "
        "This key stands already at fixtures/record.yaml:1. "
    )


def test_the_command_prints_each_problem_and_ends_with_an_error(manage: Manage, tmp_path: Path) -> None:
    changes = {'code: "AZ"': 'code: "x"', "kind: ceremony": "kind: party"}
    folder = write_fixtures(tmp_path / "fixtures", changed(RECORD, changes))
    done = manage("load", "--check", "--fixtures", str(folder))
    painted = manage("load", "--check", "--force-color", "--fixtures", str(folder)).stderr
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"\x1b[36;1mfixtures/record.yaml:{line_of(RECORD, 'code: ')}\x1b[0m: \x1b[1mcountry" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted).splitlines() == done.stderr.splitlines()
    code, kind, end = done.stderr.splitlines()
    assert f"fixtures/record.yaml:{line_of(RECORD, 'code: ')}: country azerbaijan field “code”: " in code
    assert f"fixtures/record.yaml:{line_of(RECORD, 'kind: ceremony')}: event lachin-2025-opening" in kind
    assert end == "CommandError: 2 problems in the fixtures. Nothing was changed."


def test_the_real_fixtures_are_good(settings: Any) -> None:
    fixtures = check(settings.FIXTURES_FOLDER)
    assert len(fixtures.of(Designation)) >= 23
    assert sum(source.founding for _, source in fixtures.of(Source)) == 2
