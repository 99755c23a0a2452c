"""The public forms of what belongs to records: their sources, disputes, names, parts in titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from capitals.data.fields import (
    SEPARATOR,
    YEAR,
    Column,
    Fact,
    Form,
    address,
    at,
    choice,
    date_alone,
    flattened,
    key,
    key_of,
    number,
    reference,
    several,
    text,
    twins,
    yes_or_no,
)
from capitals.data.ourselves import absolute
from capitals.models import (
    Cited,
    CityName,
    Decision,
    Dispute,
    Event,
    EventDesignation,
    Source,
)


@dataclass(frozen=True)
class Citation:
    """A source as a record cites it."""

    source: Source
    states: str
    """The fields that it states, parted as in a cell; empty where it states the whole."""


def citations_of(record: Cited) -> list[Citation]:
    """The sources of a record, in the order in which a page cites them."""
    return [
        Citation(source, SEPARATOR.join(record.supports.get(source.pk, ()))) for source in record.sources_of()
    ]


CITATION = Form(
    "sources",
    "Citation",
    _("A source that states what the record holds."),
    flattened(
        key(_("The source’s key."), "source.pk", to="sources"),
        text("states", _("The fields that it states, by their names; empty where it states the whole.")),
        twins("outlet", _("Who published it."), "source.outlet", required=True),
        text("title", _("What it is called, in its own language."), "source.title", required=True),
        date_alone("date", _("When it was published."), "source.date"),
        text("language", _("Its language, as in BCP 47."), "source.language", required=True),
        address("address", _("Where it was published."), "source.address"),
        address("archive_address", _("Where a copy is kept."), "source.archive_address"),
        Fact(
            at("source"),
            (
                Column(
                    "url",
                    "address",
                    _("Our page on it."),
                    lambda source: absolute(source.get_absolute_url()),
                    required=True,
                ),
            ),
        ),
    ),
)


def sources() -> Fact:
    """The sources of a record; its rows come `with_citations()`."""
    return several("sources", _("The sources that state it."), CITATION, citations_of)


DISPUTED = Form(
    "disputes",
    "DisputedPoint",
    _("A point on which sources differ; the table of disputes has the versions."),
    flattened(
        key(_("The dispute’s key."), to="disputes"),
        twins("question", _("What sources differ on."), required=True),
    ),
)


def disputes() -> Fact:
    """What sources differ on; its rows come with `WITH_DISPUTES`."""
    return several("disputes", _("The points on which sources differ."), DISPUTED)


WITH_DISPUTES = Prefetch("disputes", Dispute.objects.order_by("pk"))


def referred(name: str, singular: str, meaning: Any, *, to: str) -> Form:
    """Records that are referred to by their keys and names."""
    return Form(
        name,
        singular,
        meaning,
        flattened(key(_("The key."), to=to), twins("name", _("What it is called."), required=True)),
    )


BODY = referred("organisers", "Organiser", _("A body that organised it."), to="bodies")
COUNTRY = Form(
    "participating_countries",
    "ParticipatingCountry",
    _("A country that took part."),
    flattened(
        key(_("The country’s key."), to="countries"),
        text("code", _("Its code in ISO 3166-1."), required=True),
        twins("name", _("What it is called."), required=True),
    ),
)
CITY = referred("other_cities", "OtherCity", _("A city that shared it."), to="cities")

SPEAKER = Form(
    "speakers",
    "Speaker",
    _("Someone who spoke there, with the post held then."),
    flattened(
        twins("name", _("The speaker’s name."), required=True),
        twins("post", _("The post held then, as the source gives it.")),
    ),
    cell=lambda row: ", ".join(str(row[name]) for name in ("name", "post") if row[name]),
)

PART_IN_TITLE = Form(
    "titles",
    "PartInTitle",
    _("An event’s link to a title."),
    flattened(
        key(_("The title’s key."), "designation.pk", to="capitals"),
        reference("city", _("The city of the title."), "designation.city", to="cities", required=True),
        number("year", _("The year of the title."), "designation.year", unit=YEAR, required=True),
        choice("role", _("The event’s role in the history of the title."), EventDesignation.Role.choices),
        yes_or_no("stated", _("Whether a source states the link; otherwise it is inferred.")),
    ),
    cell=lambda row: f"{row['key']} ({row['role']})",
)

EVENT_OF_TITLE = Form(
    "events",
    "EventOfTitle",
    _("An event with a part in the title."),
    flattened(
        key(_("The event’s key."), "event.pk", to="events"),
        choice("role", _("The event’s role in the history of the title."), EventDesignation.Role.choices),
        yes_or_no("stated", _("Whether a source states the link; otherwise it is inferred.")),
        twins("title", _("What the event is called."), "event.title", required=True),
        choice("status", _("Whether it was held."), Event.Status.choices, "event.status"),
        date_alone("start", _("Its first day."), "event.start"),
    ),
    cell=lambda row: f"{row['key']} ({row['role']})",
)

DECISION_ON_TITLE = Form(
    "decisions",
    "DecisionOnTitle",
    _("A decision that names the title."),
    flattened(
        key(_("The decision’s key."), to="decisions"),
        choice("kind", _("What the body did."), Decision.Kind.choices),
        date_alone("date", _("When it was taken.")),
        reference("body", _("The body that took it."), to="bodies", required=True),
    ),
)

TITLE_NAMED = Form(
    "names",
    "TitleNamed",
    _("A title that a decision names."),
    flattened(
        key(_("The title’s key."), to="capitals"),
        reference("city", _("The city."), to="cities", required=True),
        number("year", _("The year."), unit=YEAR, required=True),
    ),
)

TITLE_OF_CITY = Form(
    "titles",
    "TitleOfCity",
    _("A title of the city."),
    flattened(
        key(_("The title’s key."), to="capitals"),
        number("year", _("The year."), unit=YEAR, required=True),
        key_of(
            "replaced_by",
            _("The title that took its place in that year, if one did."),
            "replaced_by_id",
            to="capitals",
        ),
    ),
)

NAME = Form(
    "names",
    "CityName",
    _("One spelling of a city’s name."),
    flattened(
        text("name", _("The spelling."), required=True),
        text("language", _("Its language, as in BCP 47."), required=True),
        choice(
            "kind",
            _("What the name is to the city."),
            [kind for kind in CityName.Kind.choices if kind[0] != CityName.Kind.SEARCH],
        ),
        text("spelling_of", _("A key shared by all spellings of one name of the city.")),
        twins("note", _("Who uses it, and when.")),
        number("from_year", _("The first year of its use."), unit=YEAR),
        number("to_year", _("The last year of its use."), unit=YEAR),
        several("sources", _("The sources that state it."), CITATION, citations_of),
    ),
    cell=lambda row: f"{row['name']} ({row['language']})",
)

VERSION = Form(
    "versions",
    "Version",
    _("One version of what happened, with those who state it."),
    flattened(
        number("position", _("Its position among the versions."), required=True),
        twins("claim", _("What this version says."), required=True),
        several("sources", _("The sources that state it."), CITATION, citations_of),
    ),
    cell=lambda row: str(row["claim"]),
)

HOLDING = Form(
    "holdings",
    "Holding",
    _("A city of the record that held, or is to hold, the title in a year."),
    flattened(
        reference("city", _("The city."), to="cities", required=True),
        number("year", _("The year."), unit=YEAR, required=True),
        twins("note", _("Shared, postponed, prolonged.")),
        several("sources", _("The sources that state it."), CITATION, citations_of),
    ),
    cell=lambda row: f"{row['city']} {row['year']}",
)
