"""The public forms of sources, disputes, what is said of the programme, other titles and changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.common import updated, with_changes
from capitals.data.fields import (
    Column,
    Fact,
    Form,
    address,
    choice,
    day,
    flattened,
    key,
    number,
    page,
    partial_date,
    several,
    text,
    twins,
    yes_or_no,
)
from capitals.data.parts import HOLDING, VERSION, WITH_DISPUTES, disputes, sources
from capitals.models import SUBJECTS, Change, Dispute, ProgrammeStatement, SisterTitle, Source
from capitals.models.whole import TABLE_OF


def _sources() -> QuerySet[Any]:
    return with_changes(Source.objects.newest_first(), "sources")


SOURCES = Form(
    "sources",
    "Source",
    _("An article or a document that states something that the record holds."),
    flattened(
        key(_("Outlet, date and subject: azernews-2025-06-04-lachin.")),
        twins("outlet", _("Who published it."), required=True),
        twins("via", _("The agency that it relays; two relays of one agency are not independent.")),
        twins("author", _("Who wrote it.")),
        text("title", _("What it is called, in its own language."), required=True),
        text(
            "title_ru", _("What it is called in Russian, where the title is our description."), language="ru"
        ),
        yes_or_no("title_given", _("Whether the title is its own; otherwise it is our description.")),
        partial_date("date", _("When it was published.")),
        text("language", _("Its language, as in BCP 47."), required=True),
        choice("kind", _("What kind of source it is."), Source.Kind.choices),
        address("address", _("Where it was published.")),
        address("archive_address", _("Where a copy is kept.")),
        choice("read_as", _("How we read it."), Source.ReadAs.choices),
        partial_date("seen_on", _("When we read it.")),
        twins("weakness", _("Its weakness as a source, if any.")),
        twins("establishes", _("What it shows, in a line."), required=True),
        yes_or_no("founding", _("Whether it is one of the two articles that the project grew from.")),
        page(),
        updated(),
    ),
    _sources,
    listed_on="sources",
)


def _disputes() -> QuerySet[Any]:
    rows = Dispute.objects.with_versions().select_related(*SUBJECTS, "designation__city")
    return with_changes(rows, "disputes")


def _subject(dispute: Dispute) -> tuple[str, str]:
    """The table and the key of the record that a dispute is about."""
    return TABLE_OF[type(dispute.subject)], str(dispute.subject.pk)


DISPUTES = Form(
    "disputes",
    "Dispute",
    _("A question about one record on which sources differ."),
    flattened(
        key(_("The dispute’s key.")),
        twins("question", _("What sources differ on."), required=True),
        Fact(
            _subject,
            (
                Column(
                    "about_table",
                    "text",
                    _("The table of the record that it is about."),
                    lambda subject: subject[0],
                    required=True,
                ),
                Column("about", "key", _("That record’s key."), lambda subject: subject[1], required=True),
            ),
        ),
        choice(
            "step", _("The step of a title that it concerns, if one."), Dispute.Step.choices, required=False
        ),
        twins("assessment", _("Our reading, where the evidence leans.")),
        several("versions", _("What is said, version by version."), VERSION),
        page(),
        updated(),
    ),
    _disputes,
)


def _statements() -> QuerySet[Any]:
    rows = ProgrammeStatement.objects.in_order().with_citations()
    return with_changes(rows.prefetch_related(WITH_DISPUTES), "statements")


STATEMENTS = Form(
    "statements",
    "Statement",
    _("A statement on the programme’s own history and rules."),
    flattened(
        key(_("The statement’s key.")),
        choice("section", _("What it speaks of."), ProgrammeStatement.Section.choices),
        number("position", _("Its position among the statements."), required=True),
        twins("heading", _("What it says, in a few words."), required=True),
        partial_date("date", _("The date that it is about.")),
        twins("text", _("What it says."), required=True),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _statements,
    listed_on="programme",
)


def _sister_titles() -> QuerySet[Any]:
    rows = SisterTitle.objects.by_name().with_holdings().with_citations()
    return with_changes(rows, "sister-titles")


SISTER_TITLES = Form(
    "sister-titles",
    "SisterTitle",
    _("A title of another programme that is easily taken for this one."),
    flattened(
        key(_("The title’s key.")),
        twins("name", _("What it is called."), required=True),
        twins("given_by", _("The body that gives it, in words.")),
        twins("summary", _("What it is, and what tells it apart."), required=True),
        several("holdings", _("The cities of the record that held it."), HOLDING),
        sources(),
        page(),
        updated(),
    ),
    _sister_titles,
    listed_on="programme",
)

CHANGES = Form(
    "changes",
    "Change",
    _("What became of one record in one edition."),
    flattened(
        day("date", _("The day of the edition.")),
        text("table", _("The table of the record."), required=True),
        text("record_key", _("The record’s key."), "key", required=True),
        choice("kind", _("What became of it."), Change.Kind.choices),
        text("name", _("What a withdrawn record was called, an article in its own language.")),
        text("name_ru", _("What it was called in Russian."), language="ru"),
    ),
    Change.objects.newest_first,
)
