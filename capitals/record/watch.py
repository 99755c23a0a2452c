"""What the next editor would look for, and with which words: search phrases in the languages concerned."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import override

from capitals.derived.coverage import UNCONFIRMED, years_covered
from capitals.derived.history import Title
from capitals.models import CityName, Decision, Designation, Dispute, Event
from capitals.words.languages import ENGLISH, RUSSIAN

EVENTS_WANTED = 6
"""Of a title whose year is over; with fewer it says where they were looked for."""

CALLED_IN: dict[str, str] = {
    "az": "MDB-nin mədəniyyət paytaxtı",
    "be": "культурная сталіца СНД",
    "en": "CIS cultural capital",
    "hy": "ԱՊՀ մշակութային մայրաքաղաք",
    "kk": "ТМД мәдени астанасы",
    "ky": "КМШнын маданий борбору",
    "ro": "capitala culturală a CSI",
    "ru": "культурная столица СНГ",
    "tg": "пойтахти фарҳангии ИДМ",
    "tk": "GDA-nyň medeni paýtagty",
    "uz": "MDH madaniy poytaxti",
}
"""What outlets call the title, by language."""

WORDS_OF_STEPS: dict[str, dict[str, str]] = {
    ENGLISH: {
        Dispute.Step.DECISION: "named",
        Dispute.Step.OPENING: "opening ceremony",
        Dispute.Step.HANDOVER: "handed over",
        Dispute.Step.CLOSING: "closing ceremony",
    },
    RUSSIAN: {
        Dispute.Step.DECISION: "объявлен",
        Dispute.Step.OPENING: "торжественное открытие",
        Dispute.Step.HANDOVER: "передал эстафету",
        Dispute.Step.CLOSING: "закрытие года итоги",
    },
}
"""What a report of a step says of it; in other languages the title's name does."""


@dataclass(frozen=True)
class Search:
    """What is missing of a record, where it was looked for, and the phrases to look for it next."""

    record: str
    missing: str
    looked_in: str = ""
    phrases: list[str] = field(default_factory=list)


def searches(today: datetime.date) -> Iterator[Search]:
    """Steps and events of titles, decisions' documents, reports of what was planned."""
    for year in years_covered(today):
        few = year.year < today.year and year.held < EVENTS_WANTED
        for title in year.titles:
            if title.not_recorded or (few and not title.designation.replaced_by_id):
                yield _for_title(title, year.held if few else None)
    for decision in Decision.objects.filter(document="").select_related("body").oldest_first():
        yield Search(decision.pk, "its document", phrases=[_for_document(decision)])
    for event in Event.objects.filter(status__in=UNCONFIRMED).select_related("city").newest_first():
        last = event.end or event.start or event.reported_on
        if last and last.latest < today:
            yield Search(event.pk, "a report that it was held", phrases=[_for_event(event)])


def _for_title(title: Title, few: int | None) -> Search:
    """For the steps that are not recorded, and for events where its year has so few."""
    designation = title.designation
    missing = [str(step.label) for step in title.not_recorded]
    if few is not None:
        missing.append(f"events (its year has {few} that were held, {EVENTS_WANTED} are wanted)")
    phrases = []
    for language, name in _names_by_language(designation).items():
        words = WORDS_OF_STEPS.get(language, {})
        steps = [words[step] for step in title.not_recorded if step in words] or [""]
        phrases += [
            f"{language}: {name} {CALLED_IN[language]} {designation.year} {step}".rstrip() for step in steps
        ]
    return Search(designation.pk, ", ".join(missing), designation.searched_in, phrases)


def _names_by_language(designation: Designation) -> dict[str, str]:
    """The city's name in Russian, in English and in the languages that are spoken there."""
    city = designation.city
    names = {RUSSIAN: city.name_ru or city.name, ENGLISH: city.name}
    spoken = (CityName.Kind.OFFICIAL, CityName.Kind.LOCAL)
    for name in CityName.objects.filter(city=city, kind__in=spoken).order_by("pk"):
        language = name.language.partition("-")[0]
        if language in CALLED_IN:
            names.setdefault(language, name.name)
    return names


def _for_document(decision: Decision) -> str:
    """A phrase that finds an act in the CIS's register: its body, its day, what it is on."""
    with override(RUSSIAN):
        date = decision.date.display() if decision.date else ""
    words = (decision.body.called(RUSSIAN).words, "решение", date, decision.called(RUSSIAN).words)
    return f"{RUSSIAN}: {' '.join(filter(None, words))}"


def _for_event(event: Event) -> str:
    """What a source calls it, else what we do; with its city and year."""
    language, called = (
        (event.original_language, event.original) if event.original else (RUSSIAN, event.title_ru)
    )
    date = event.start or event.reported_on
    words = [called, str(date.year) if date else ""]
    if event.city:
        words.insert(1, event.city.name_ru if language == RUSSIAN else event.city.name)
    return f"{language}: {' '.join(filter(None, words))}"
