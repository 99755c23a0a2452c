"""The public forms of titles, of the decisions behind them and of the bodies that took these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.common import country, summarised, updated, with_changes
from capitals.data.fields import (
    YEAR,
    Form,
    at,
    choice,
    flattened,
    key,
    key_of,
    number,
    page,
    partial_date,
    reference,
    several,
    text,
    twins,
)
from capitals.data.parts import (
    DECISION_ON_TITLE,
    EVENT_OF_TITLE,
    TITLE_NAMED,
    WITH_DISPUTES,
    disputes,
    sources,
)
from capitals.derived.answers import dates_taken
from capitals.models import Body, Decision, Designation, Dispute, EventDesignation
from capitals.words.dates import PartialDate


def taken(step: Dispute.Step) -> Callable[[Designation], PartialDate | None]:
    """Reads when a title's step was taken, from a title `with_steps()`."""
    return lambda designation: dates_taken(designation)[step]


def _capitals() -> QuerySet[Any]:
    links = EventDesignation.objects.select_related("event").order_by("event", "role")
    rows = (
        Designation.objects.newest_first()
        .with_places()
        .with_citations()
        .prefetch_related(
            Prefetch("decisions", Decision.objects.oldest_first().select_related("body")),
            WITH_DISPUTES,
            Prefetch("event_links", EventDesignation.objects.in_history().select_related("event")),
            Prefetch("event_links", links, to_attr="parts"),
        )
    )
    return with_changes(rows, "capitals")


CAPITALS = Form(
    "capitals",
    "Capital",
    _("A city’s title for a year; titles that passed to another city too."),
    flattened(
        key(_("City and year: lachin-2025.")),
        number("year", _("The year of the title."), unit=YEAR, required=True),
        reference("city", _("The city."), to="cities", required=True),
        country("country", _("The city’s country."), "city.country"),
        partial_date(
            "decided",
            _("When the city was named; the last step where several did."),
            taken(Dispute.Step.DECISION),
        ),
        partial_date("opened", _("When its year was opened: the first day."), taken(Dispute.Step.OPENING)),
        partial_date(
            "handed_over", _("When the title was handed on: the first day."), taken(Dispute.Step.HANDOVER)
        ),
        partial_date("closed", _("When its year was closed: the first day."), taken(Dispute.Step.CLOSING)),
        key_of(
            "replaced_by",
            _("The title that took its place: the city was named for the year, but did not hold it."),
            "replaced_by_id",
            to="capitals",
        ),
        summarised(),
        twins("events_planned", _("The number of events planned, as sources give it.")),
        twins("events_held", _("The number of events held, as sources give it.")),
        partial_date("searched_to", _("The date of the newest pages that our search reached.")),
        partial_date("next_search", _("When we mean to search again, where steps are missing.")),
        twins("searched_in", _("Where we looked in vain for what is missing: outlets, languages, words.")),
        several("decisions", _("The decisions behind it, the oldest first."), DECISION_ON_TITLE),
        several("events", _("The recorded events with a part in it."), EVENT_OF_TITLE, at("parts")),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _capitals,
    listed_on="capitals",
)


def _decisions() -> QuerySet[Any]:
    rows = Decision.objects.newest_first().select_related("body").with_capitals().with_citations()
    return with_changes(rows.prefetch_related(WITH_DISPUTES), "decisions")


DECISIONS = Form(
    "decisions",
    "Decision",
    _("A step that a body took: it may name several capitals, and one capital may rest on several."),
    flattened(
        key(_("Place and date: moscow-2024-10-08.")),
        twins("title", _("What the decision is called."), required=True),
        reference("body", _("The body that took it."), to="bodies", required=True),
        choice("kind", _("What the body did."), Decision.Kind.choices),
        partial_date("date", _("When it was taken.")),
        twins("place", _("Where it was taken.")),
        text("document", _("The document’s name, in its own language.")),
        text("document_language", _("The document’s language, as in BCP 47.")),
        summarised(),
        several("names", _("The titles that it names."), TITLE_NAMED),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _decisions,
    listed_on="decisions",
)


def _bodies() -> QuerySet[Any]:
    return with_changes(Body.objects.by_name().select_related("country").with_citations(), "bodies")


BODIES = Form(
    "bodies",
    "Body",
    _("Who decides, operates or organises."),
    flattened(
        key(_("The body’s key.")),
        twins("name", _("What it is called."), required=True),
        choice("kind", _("What kind of body it is."), Body.Kind.choices),
        country("country", _("The country that it belongs to, if one."), required=False),
        twins("description", _("What it is, in words.")),
        sources(),
        page(),
        updated(),
    ),
    _bodies,
)
