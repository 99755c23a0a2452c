"""What a reader asks of a title first: when it was decided, opened, handed over and closed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from capitals.derived.steps import Role, Step, steps_of
from capitals.models import Decision, Designation, Dispute
from capitals.words.dates import PartialDate

State = Literal["recorded", "planned", "cancelled", "not recorded", "to come"]

QUESTIONS: tuple[tuple[Dispute.Step, Any, str], ...] = (
    (Dispute.Step.DECISION, _("Decided"), Decision.Kind.DECIDED),
    (Dispute.Step.OPENING, _("Opened"), Role.OPENING),
    (Dispute.Step.HANDOVER, _("Handed over"), Role.OUTGOING),
    (Dispute.Step.CLOSING, _("Closed"), Role.CLOSING),
)
"""What is asked, its label, and the kind of step that answers it."""


@dataclass(frozen=True)
class Answer:
    """One of the four answers on a title."""

    asked: Dispute.Step
    label: Any
    """What stands above it: “Opened”."""
    state: State
    step: Step | None = None
    """What answers it, unless nothing is recorded."""

    @property
    def missing(self) -> bool:
        """Whether it should have happened by now and no source reports that it did."""
        return self.state in {"not recorded", "planned"}


def answers(designation: Designation, steps: Iterable[Step], today: datetime.date) -> list[Answer]:
    """The answers on a title from the steps of its history.

    Of a title that another took the place of there is but the decision. What the title's year
    has not yet brought is “to come”, planned or not; only later is it “not recorded”.
    """
    steps = list(steps)
    begun, over = designation.year <= today.year, designation.year < today.year
    due = {Dispute.Step.DECISION: True, Dispute.Step.OPENING: begun}
    asked = QUESTIONS[:1] if designation.replaced_by_id else QUESTIONS
    return [
        _answer(step, label, [one for one in steps if kind in one.kinds], due.get(step, over))
        for step, label, kind in asked
    ]


def dates_taken(designation: Designation) -> dict[Dispute.Step, PartialDate | None]:
    """When each of the four steps of a title was taken; None where none is recorded, or without a date.

    What was taken does not depend on today. `designation` comes from `with_steps()` or more.
    """
    taken: dict[Dispute.Step, PartialDate | None] = dict.fromkeys(step for step, *_ in QUESTIONS)
    for answer in answers(designation, steps_of(designation), datetime.date.max):
        if answer.state == "recorded" and answer.step:
            taken[answer.asked] = answer.step.date
    return taken


def _answer(asked: Dispute.Step, label: Any, steps: list[Step], due: bool) -> Answer:
    """The step that was taken, else the one that is planned, else why there is none.

    Of several that were taken the first opened the year, the last decided on it and ended it.
    """
    chosen = 0 if asked == Dispute.Step.OPENING else -1
    taken = [step for step in steps if not step.planned]
    if taken:
        return Answer(asked, label, "recorded", taken[chosen])
    if steps:
        step = steps[chosen]
        planned: State = "planned" if due else "to come"
        return Answer(asked, label, "cancelled" if step.cancelled else planned, step)
    return Answer(asked, label, "not recorded" if due else "to come")
