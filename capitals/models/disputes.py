"""Questions on which sources differ, version by version."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.fields import PermanentKeyField
from capitals.models.bilingual import InTwoLanguages
from capitals.models.cited import Cited
from capitals.models.constraints import exactly_one_of
from capitals.models.sources import citations

SUBJECTS = ("designation", "decision", "event", "city", "centre", "series", "statement")
"""What a dispute can be about: one nullable foreign key each."""


class DisputeQuerySet(QuerySet["Dispute"]):
    def on_decision(self, decision: str) -> Self:
        """On the deciding step of a title that this decision names."""
        return self.filter(step="decision", designation__decisions=decision)

    def with_versions(self) -> Self:
        """With their versions in order, each with its sources."""
        versions = DisputeVersion.objects.order_by("position").prefetch_related(citations())
        return self.order_by("pk").prefetch_related(Prefetch("versions", versions))


class Dispute(InTwoLanguages):
    """A question on which sources differ, on one record."""

    CALLED = "question"

    class Step(models.TextChoices):
        DECISION = "decision", _("the decision")
        OPENING = "opening", _("the opening")
        HANDOVER = "handover", _("the handover")
        CLOSING = "closing", _("the closing")

    slug = PermanentKeyField()
    question = models.CharField(max_length=200, help_text="In words that a reader understands.")
    question_ru = models.CharField(max_length=200, blank=True)
    step = models.CharField(
        max_length=20, choices=Step, blank=True, help_text="The step of a title that it concerns, if one."
    )
    assessment = models.TextField(blank=True, help_text="Ours, where the evidence leans.")
    assessment_ru = models.TextField(blank=True)
    designation = models.ForeignKey(
        "Designation", models.CASCADE, related_name="disputes", null=True, blank=True
    )
    decision = models.ForeignKey("Decision", models.CASCADE, related_name="disputes", null=True, blank=True)
    event = models.ForeignKey("Event", models.CASCADE, related_name="disputes", null=True, blank=True)
    city = models.ForeignKey("City", models.CASCADE, related_name="disputes", null=True, blank=True)
    centre = models.ForeignKey(
        "CulturalCentre", models.CASCADE, related_name="disputes", null=True, blank=True
    )
    series = models.ForeignKey("EventSeries", models.CASCADE, related_name="disputes", null=True, blank=True)
    statement = models.ForeignKey(
        "ProgrammeStatement", models.CASCADE, related_name="disputes", null=True, blank=True
    )

    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=exactly_one_of(SUBJECTS),
                name="dispute_has_one_subject",
                violation_error_message="A dispute is about one record: set one of its subjects.",
            ),
            models.CheckConstraint(
                condition=Q(step="") | Q(designation__isnull=False),
                name="dispute_step_needs_designation",
                violation_error_message="Only a dispute on a designation concerns a step of it.",
            ),
        ]

    @property
    def subject(self) -> Cited:
        """The record that it is about."""
        subject: Cited = next(filter(None, (getattr(self, name) for name in SUBJECTS)))
        return subject

    def get_absolute_url(self) -> str:
        return f"{self.subject.get_absolute_url().partition('#')[0]}#{self.slug}"


class DisputeVersion(Cited):
    """One version of what happened, with those who state it."""

    CALLED = "claim"
    ADDRESS_NEEDS = tuple(f"dispute__{subject}" for subject in SUBJECTS)

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="versions")
    position = models.PositiveSmallIntegerField()
    claim = models.TextField()
    claim_ru = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = _("versions in disputes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispute", "position"],
                name="dispute_version_position_unique",
                violation_error_message="This dispute already has a version at this position.",
            )
        ]

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()


AnyQuerySet = TypeVar("AnyQuerySet", bound=QuerySet[Any])


class Disputable:
    """For querysets of records on which sources may differ."""

    def with_disputes(self: AnyQuerySet) -> AnyQuerySet:  # type: ignore[misc]  # a mixin for querysets
        """With what sources differ on about them, version by version."""
        return self.prefetch_related(Prefetch("disputes", Dispute.objects.with_versions()))
