"""What belongs to a record may be written within it: it says the same, and is held to the same checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from minimal import RECORD, write_fixtures
from test_fixtures import changed, complaints, line_of

from capitals.models import DisputeVersion, EventDesignation
from capitals.record.changes import digests_of
from capitals.record.dependents import BELONGS_TO
from capitals.record.loading import check

pytestmark = pytest.mark.once

PART = """\
- model: capitals.eventdesignation
  fields:
    event: lachin-2025-opening
    designation: lachin-2025
    role: opening
"""
VERSIONS = RECORD[RECORD.index("- model: capitals.disputeversion") : RECORD.index("# The end.")]
WITHIN_THE_EVENT = """\
    sources: [herald-2024-10-08]
    titles:
    - {designation: lachin-2025, role: opening}
- model: capitals.dispute
"""
WITHIN_THE_DISPUTE = """\
    designation: lachin-2025
    versions:
    - claim: The heads of state did (first edition).
      sources: [herald-2024-10-08]
    - claim: A council did (first edition).
      sources: [herald-2024-10-08]
"""
NESTED = changed(
    changed(RECORD, {PART: "", VERSIONS: ""}),
    {
        "    sources: [herald-2024-10-08]\n- model: capitals.dispute\n": WITHIN_THE_EVENT,
        "    step: decision\n    designation: lachin-2025\n": f"    step: decision\n{WITHIN_THE_DISPUTE}",
    },
)


def test_a_record_says_the_same_whether_its_parts_stand_within_it_or_by_themselves(tmp_path: Path) -> None:
    apart = check(write_fixtures(tmp_path / "apart"))
    within = check(write_fixtures(tmp_path / "within", NESTED))

    # Neither the ledger of changes nor the database tells them from each other.
    assert digests_of(within) == digests_of(apart)
    for model in (EventDesignation, DisputeVersion):
        assert [entry.written for entry in within.entries[model]] == [
            entry.written for entry in apart.entries[model]
        ]
        assert within.entries[model] != []


def test_what_belongs_to_a_record_has_a_name_within_it() -> None:
    """As its models have it: `event.titles`."""
    for dependent, (_whole, field) in BELONGS_TO.items():
        assert dependent._meta.get_field(field).remote_field.related_name  # type: ignore[union-attr]


MISTAKES = {
    "{designation: lachin-2025, role: opening}": [
        (
            "{designation: lachin-2024, role: opening}",
            "eventdesignation within event lachin-2025-opening field “designation”: "
            "There is no designation “lachin-2024”. Did you mean “lachin-2025”?",
        ),
        (
            "{designation: lachin-2025, role: begin}",
            "eventdesignation within event lachin-2025-opening field “role”: "
            "Value 'begin' is not a valid choice. It must be one of: programme, opening, ",
        ),
        (
            "{designation: lachin-2025, role: opening, event: other}",
            "eventdesignation within event lachin-2025-opening field “event”: "
            "Where this stands says it already: “lachin-2025-opening”. Remove this line.",
        ),
        (
            "opening",
            "eventdesignation within event lachin-2025-opening: It has no fields. "
            "Write them as “field: value”.",
        ),
        (
            "{designation: lachin-2025, role: opening}\n    - {designation: lachin-2025, role: opening}",
            "eventdesignation within event lachin-2025-opening field “role”: "
            "This event already has this part in this title.",
        ),
    ],
    "    versions:": [
        (
            "    versions: []\n    versions:",
            "dispute lachin-2025-who-decided field “versions”: This field stands here twice. ",
        ),
    ],
}


@pytest.mark.parametrize(
    ("right", "wrong", "says"), [(right, *one) for right, many in MISTAKES.items() for one in many]
)
def test_a_mistake_within_a_record_is_told_at_its_line(
    right: str, wrong: str, says: str, tmp_path: Path
) -> None:
    text = changed(NESTED, {right: wrong})

    told = complaints(tmp_path, text)

    line = line_of(NESTED, right) + wrong.count("\n")
    assert any(one.startswith(f"fixtures/record.yaml:{line}: {says}") for one in told), told


def test_a_list_is_asked_for_where_a_record_has_parts(tmp_path: Path) -> None:
    text = changed(NESTED, {WITHIN_THE_DISPUTE: "    designation: lachin-2025\n    versions: none\n"})

    [problem] = complaints(tmp_path, text)

    assert "field “versions”: A list of records of the kind disputeversion belongs here." in problem
