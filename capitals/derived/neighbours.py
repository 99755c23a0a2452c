"""Which events of a title stand before and after one of them: derived, never stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from capitals.models import Designation, Event, EventDesignation


@dataclass(frozen=True)
class Neighbours:
    """An event's neighbours, by day, among the events of a title that it has a part in."""

    designation: Designation
    previous: Event | None
    next: Event | None


def titles_joined(event: Event) -> list[Designation]:
    """The titles that `event` has a part in, each once. Asks nothing after `with_bearings()`."""
    return list({link.designation_id: link.designation for link in event.part_of()}.values())


def neighbours(event: Event, titles: list[Designation]) -> list[Neighbours]:
    """Its neighbours in each of its `titles` that it does not have alone. One query."""
    if not titles:
        return []
    events: defaultdict[str, dict[str, Event]] = defaultdict(dict)
    for part in EventDesignation.objects.taking_part().filter(designation__in=titles).by_day():
        events[part.designation_id][part.event_id] = part.event
    found = (_beside(event, designation, list(events[designation.pk].values())) for designation in titles)
    return [beside for beside in found if beside.previous or beside.next]


def _beside(event: Event, designation: Designation, in_order: list[Event]) -> Neighbours:
    position = in_order.index(event)
    following = in_order[position + 1 :]
    return Neighbours(
        designation, in_order[position - 1] if position else None, following[0] if following else None
    )
