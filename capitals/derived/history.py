"""A city's designation history, derived from decisions and events and never stored."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from capitals.derived.answers import Answer, answers
from capitals.derived.steps import Role, Step, steps_of
from capitals.models import Decision, Designation, Dispute

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
class Title:
    """A designation with its history."""

    designation: Designation
    steps: list[Step]
    answers: list[Answer]
    disputes: list[Dispute]
    """Those that no single step is concerned by; the others stand at their steps."""

    @property
    def number_of_disputes(self) -> int:
        """On how many questions about the title sources differ."""
        return len(self.disputes) + sum(len(step.disputes) for step in self.steps)

    @property
    def not_recorded(self) -> list[Dispute.Step]:
        """The steps that should have been taken by now and of which nothing is recorded."""
        return [answer.asked for answer in self.answers if answer.missing]


def title_history(designation: Designation, today: datetime.date) -> Title:
    """The designation's steps in order, disputes beside the step that they concern.

    `designation` comes from `with_steps()` or from more, such as `with_history()`.
    """
    steps = steps_of(designation)
    remaining = []
    for dispute in designation.disputes.all():
        kinds = STEP_OF_DISPUTE.get(dispute.step, ())
        concerned = [step for kind in kinds for step in steps if kind in step.kinds]
        if concerned:
            concerned[0].disputes.append(dispute)
        else:
            remaining.append(dispute)
    return Title(designation, steps, answers(designation, steps, today), remaining)
