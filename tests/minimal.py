"""The smallest record that is whole, as fixtures in YAML, for tests that break or change it."""

from __future__ import annotations

from pathlib import Path

RECORD = """\
- model: capitals.source
  pk: herald-2024-10-08
  fields:
    outlet: Herald
    title: Lachin is named (first edition)
    date: "2024-10-08"
    language: en
    kind: news
    address: https://herald.example/lachin
    read_as: full
    establishes: That Lachin was named (first edition).
- model: capitals.country
  pk: azerbaijan
  fields:
    code: "AZ"
    name: Azerbaijan
    state_languages: az
    sources: [herald-2024-10-08]
- model: capitals.city
  pk: lachin
  fields:
    country: azerbaijan
    name: Lachin
    latitude: "39.6374"
    longitude: "46.5462"
    description: A town in the mountains (first edition).
    sources: [herald-2024-10-08]
- model: capitals.cityname
  fields:
    city: lachin
    name: Laçın
    language: az
    kind: official
    sources: [herald-2024-10-08]
- model: capitals.cityname
  fields:
    city: lachin
    name: Лачин
    language: ru
    kind: common
    sources: [herald-2024-10-08]
- model: capitals.body
  pk: heads-of-state
  fields:
    name: Heads of State (first edition)
    kind: cis_organ
    sources: [herald-2024-10-08]
- model: capitals.designation
  pk: lachin-2025
  fields:
    city: lachin
    year: 2025
    summary: Lachin held the title (first edition).
    sources: [herald-2024-10-08]
- model: capitals.decision
  pk: moscow-2024-10-08
  fields:
    title: Lachin named for 2025 (first edition)
    body: heads-of-state
    kind: decided
    date: "2024-10-08"
    summary: The heads of state named Lachin (first edition).
    names: [lachin-2025]
    sources: [herald-2024-10-08]
- model: capitals.event
  pk: lachin-2025-opening
  fields:
    title: Opening of the year (first edition)
    kind: ceremony
    status: held
    known_from: report
    start: "2025-05"
    end: "2025-06-01"
    city: lachin
    summary: The year was opened (first edition).
    sources: [herald-2024-10-08]
- model: capitals.eventdesignation
  fields:
    event: lachin-2025-opening
    designation: lachin-2025
    role: opening
- model: capitals.dispute
  pk: lachin-2025-who-decided
  fields:
    question: Who decided (first edition)?
    step: decision
    designation: lachin-2025
- model: capitals.disputeversion
  fields:
    dispute: lachin-2025-who-decided
    position: 1
    claim: The heads of state did (first edition).
    sources: [herald-2024-10-08]
- model: capitals.disputeversion
  fields:
    dispute: lachin-2025-who-decided
    position: 2
    claim: A council did (first edition).
    sources: [herald-2024-10-08]
# The end.
"""

SECOND_EDITION = RECORD.replace("first edition", "second edition")


def write_fixtures(folder: Path, text: str = RECORD) -> Path:
    """A folder of fixtures with `text` in its one file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "record.yaml").write_text(text, encoding="utf-8")
    return folder
