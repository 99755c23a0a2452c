"""The parts of events in titles, and who spoke there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Self

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from capitals.models.bilingual import InTwoLanguages
from capitals.models.queries import name_order, position


class EventDesignationQuerySet(QuerySet["EventDesignation"]):
    def taking_part(self) -> Self:
        """Those that are more than a mention of the title."""
        return self.exclude(role=EventDesignation.Role.MENTIONED)

    def in_order(self) -> Self:
        return self.order_by("designation__year", name_order("designation__city__"), "role", "pk")

    def by_day(self) -> Self:
        """By day, the earliest first, with no more of their events than a link shows."""
        told = ("title", "title_ru", "title_original", "original_language", "start", "end", "reported_on")
        known_on = Coalesce("event__start", "event__reported_on").asc(nulls_last=True)
        shown = self.select_related("event").only("designation", *(f"event__{field}" for field in told))
        return shown.order_by(known_on, "event", "pk")

    def ceremonies_of(self, designations: Collection[models.Model], roles: Sequence[str]) -> Self:
        """What has one of these roles in one of these titles: by year, in the order of the roles."""
        found = self.filter(designation__in=designations, role__in=roles)
        return found.order_by("designation__year", position("role", tuple(roles)), "event")

    def in_history(self) -> Self:
        """The parts that are steps of a title: neither programme nor mere mention."""
        return self.taking_part().exclude(role=EventDesignation.Role.PROGRAMME).order_by("pk")


class EventDesignation(models.Model):
    """The part that an event has in a title."""

    class Role(models.TextChoices):
        PROGRAMME = "programme", _("part of the programme")
        OPENING = "opening", _("opening of the year")
        CLOSING = "closing", _("closing of the year")
        OUTGOING = "outgoing", _("title handed over")
        INCOMING = "incoming", _("title received")
        PRESENTED = "presented", _("presented as a future capital")
        MENTIONED = "mentioned", _("mentioned")

    event = models.ForeignKey("Event", models.CASCADE, related_name="titles")
    designation = models.ForeignKey("Designation", models.PROTECT, related_name="event_links")
    role = models.CharField(max_length=20, choices=Role)
    stated = models.BooleanField(
        default=True, help_text="Whether a source states the link; False when we infer it."
    )

    objects = EventDesignationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "links of events with titles"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "designation", "role"],
                name="event_designation_role_unique",
                violation_error_message="This event already has this part in this title.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.role} of {self.designation_id}"


class EventSpeaker(InTwoLanguages):
    """A named speaker and the post held then, as the source gives it."""

    event = models.ForeignKey("Event", models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=300, blank=True)
    post_ru = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "speakers"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="event_speaker_unique",
                violation_error_message="This event already has this speaker.",
            )
        ]
