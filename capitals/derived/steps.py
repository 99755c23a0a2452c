"""The steps of a title in order: what bodies decided and what was celebrated."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from capitals.models import Decision, Designation, Dispute, Event, EventDesignation
from capitals.words.dates import PartialDate

Role = EventDesignation.Role

RANKS: tuple[str, ...] = (
    Decision.Kind.PROPOSED,
    Decision.Kind.RECOMMENDED,
    Decision.Kind.SUPPORTED,
    Decision.Kind.DRAFTED,
    Decision.Kind.DECIDED,
    Decision.Kind.AMENDED,
    Role.PRESENTED,
    Role.INCOMING,
    Role.OPENING,
    Role.OUTGOING,
    Role.CLOSING,
)
"""The steps of a title in the order in which they follow one another."""


@dataclass
class Step:
    """One step of a title: a decision, or an event with its parts in the title."""

    kinds: list[str]
    date: PartialDate | None
    decision: Decision | None = None
    event: Event | None = None
    disputes: list[Dispute] = field(default_factory=list)

    @property
    def record(self) -> Decision | Event:
        """What the step is: one of the two is set."""
        return self.decision or self.event  # type: ignore[return-value]

    @property
    def rank(self) -> int:
        return min(RANKS.index(kind) for kind in self.kinds)

    @property
    def planned(self) -> bool:
        """Whether no source reports that it took place; of cancelled events none does."""
        return self.event is not None and self.event.status != Event.Status.HELD

    @property
    def deciding(self) -> bool:
        """Whether the city was named by it."""
        return self.decision is not None and self.decision.kind == Decision.Kind.DECIDED

    @property
    def cancelled(self) -> bool:
        """Whether it is known not to have taken place."""
        return self.event is not None and self.event.status == Event.Status.CANCELLED


def steps_of(designation: Designation) -> list[Step]:
    """The steps of a title in their order; `designation` comes from `with_steps()` or more."""
    return _in_order(_decision_steps(designation) + _event_steps(designation))


def _decision_steps(designation: Designation) -> list[Step]:
    return [Step([step.kind], step.date, decision=step) for step in designation.decisions_behind]


def _event_steps(designation: Designation) -> list[Step]:
    roles: dict[Event, list[str]] = defaultdict(list)
    for link in designation.event_links.all():
        roles[link.event].append(link.role)
    return [
        Step(sorted(kinds, key=RANKS.index), event.start or event.reported_on, event=event)
        for event, kinds in roles.items()
    ]


def _in_order(steps: list[Step]) -> list[Step]:
    """By date; a vague date stands at the end of its period, steps that share it by rank.

    A step without any date stands before the first dated step that follows it in rank.
    """

    def place(step: Step) -> tuple[datetime.date, int, str]:
        if step.date is not None:
            day = step.date.latest
        else:
            later = [other.date.latest for other in steps if other.date and other.rank > step.rank]
            day = min(later, default=datetime.date.max)
        return day, step.rank, str(step.record.pk)

    return sorted(steps, key=place)


def step_name(kind: str) -> str:
    """A step's kind in words, from the closed lists of decisions and parts in a title."""
    for choices in (Decision.Kind, EventDesignation.Role):
        if kind in choices.values:
            return str(choices(kind).label)
    raise ValueError(f"“{kind}” is no kind of step")
