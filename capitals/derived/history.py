"""A city's designation history, derived from decisions and events and never stored."""

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

STEP_OF_DISPUTE: dict[str, tuple[str, ...]] = {
    Dispute.Step.DECISION: (
        Decision.Kind.DECIDED,
        Decision.Kind.DRAFTED,
        Decision.Kind.SUPPORTED,
        Decision.Kind.RECOMMENDED,
    ),
    Dispute.Step.OPENING: (Role.OPENING,),
    Dispute.Step.HANDOVER: (Role.OUTGOING, Role.INCOMING),
    Dispute.Step.CLOSING: (Role.CLOSING,),
}


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


@dataclass
class Title:
    """A designation with its history."""

    designation: Designation
    steps: list[Step]
    disputes: list[Dispute]
    """Those that no single step is concerned by; the others stand at their steps."""
    not_recorded: list[Dispute.Step]

    @property
    def opening(self) -> Event | None:
        """The event that opened the year, where one is known to have been held."""
        held = (step.event for step in self.steps if Role.OPENING in step.kinds and not step.planned)
        return next(held, None)


def title_history(designation: Designation, today: datetime.date) -> Title:
    """The designation's steps in order, disputes beside the step that they concern.

    `designation` comes from `with_steps()` or from more, such as `with_history()`. What is not
    recorded is named by step: of a year to come only the decision can be missing, of the current
    one the opening too.
    """
    steps = _in_order(_decision_steps(designation) + _event_steps(designation))
    remaining = []
    for dispute in designation.disputes.all():
        kinds = STEP_OF_DISPUTE.get(dispute.step, ())
        concerned = [step for kind in kinds for step in steps if kind in step.kinds]
        if concerned:
            concerned[0].disputes.append(dispute)
        else:
            remaining.append(dispute)
    return Title(designation, steps, remaining, _not_recorded(designation, steps, today))


def _decision_steps(designation: Designation) -> list[Step]:
    return [Step([step.kind], step.date, decision=step) for step in designation.decisions.all()]


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


def _not_recorded(designation: Designation, steps: list[Step], today: datetime.date) -> list[Dispute.Step]:
    """The steps that should have been taken and of which nothing is recorded."""
    known = {kind for step in steps if not step.planned or step.cancelled for kind in step.kinds}
    expected = {Dispute.Step.DECISION: Decision.Kind.DECIDED.value}
    held = not designation.replaced_by_id
    if held and designation.year <= today.year:
        expected |= {Dispute.Step.OPENING: Role.OPENING.value}
    if held and designation.year < today.year:
        expected |= {Dispute.Step.HANDOVER: Role.OUTGOING.value, Dispute.Step.CLOSING: Role.CLOSING.value}
    return [step for step, kind in expected.items() if kind not in known]


def step_name(kind: str) -> str:
    """A step's kind in words, from the closed lists of decisions and parts in a title."""
    for choices in (Decision.Kind, EventDesignation.Role):
        if kind in choices.values:
            return str(choices(kind).label)
    raise ValueError(f"“{kind}” is no kind of step")
