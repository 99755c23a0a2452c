"""The spellings of cities' names, in every language and script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from capitals.fields import KEY_VALIDATOR, AsciiField, FoldedField, LanguageField, TogetherField
from capitals.models.cited import Cited, SpeltQuerySet
from capitals.words.languages import RUSSIAN
from capitals.words.texts import Text


class CityNameQuerySet(SpeltQuerySet["CityName"]):
    def displayed(self) -> Self:
        """Without spellings that only serve the search; official names first, former ones by their years."""
        years = F("from_year").asc(nulls_first=True)
        # Not a CASE (`position`), which Django takes longer to write down than all the rest of the query.
        by_kind = StrIndex(Value(" ".join(DISPLAYED)), F("kind"))
        return self.exclude(kind=CityName.Kind.SEARCH).order_by(by_kind, "language", years, "folded", "pk")


class CityName(Cited):
    """One spelling of a city's name; a name used twice has a row for each span of years."""

    ADDRESS_NEEDS = ("city",)

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official name")
        COMMON = "common", _("common name")
        LOCAL = "local", _("local name")
        VARIANT = "variant", _("variant spelling")
        FORMER = "former", _("former name")
        USED_BY = "used_by", _("name used by some")
        SEARCH = "search", _("for search only")

    city = models.ForeignKey("City", models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)
    language = LanguageField()
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        help_text="Official only in a state language of the city's country; search is never displayed.",
    )
    spelling_of = AsciiField(
        max_length=60,
        blank=True,
        validators=[KEY_VALIDATOR],
        help_text="A key that all spellings of one name of the city share; left out, it is the only one.",
    )
    note = models.CharField(
        max_length=300, blank=True, help_text="Who uses it, and when; once for all spellings of a name."
    )
    note_ru = models.CharField(max_length=300, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    folded = FoldedField("name")
    together = TogetherField("name")

    objects = CityNameQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("names of cities")
        indexes: ClassVar = [
            models.Index(fields=["together"], name="city_name_together"),
            models.Index(fields=["kind"], name="city_name_kind"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "name", "language"],
                condition=Q(from_year__isnull=True),
                name="city_name_unique",
                violation_error_message="This city already has this name in this language.",
            ),
            models.UniqueConstraint(
                fields=["city", "name", "language", "from_year"],
                name="city_name_and_first_year_unique",
                violation_error_message="This city already has this name in this language from that year.",
            ),
            models.CheckConstraint(
                condition=Q(to_year__gte=models.F("from_year")),
                name="city_name_years_in_order",
                violation_error_message="The name ends before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="used_by") | ~Q(note="") | ~Q(spelling_of=""),
                name="city_name_used_by_has_note",
                violation_error_message="A name that some use needs a note on who uses it.",
            ),
        ]

    def called(self, language: str) -> Text:
        return Text(f"{self.name} ({self.language})", language)

    def get_absolute_url(self) -> str:
        return self.city.get_absolute_url()

    def place_among_names(self) -> tuple[int, str, int, str, int]:
        """Sorts names as `displayed()` does."""
        kind = DISPLAYED.index(CityName.Kind(self.kind))
        return kind, self.language, self.from_year or 0, self.folded, self.pk

    @property
    def is_native(self) -> bool:
        """Whether it is one of today's names that stand beside the English one."""
        return self.kind == self.Kind.OFFICIAL or (self.kind == self.Kind.COMMON and self.language == RUSSIAN)

    def may_be_in_force(self, year: int) -> bool:
        """Whether nothing recorded says that it was not in use in `year`."""
        return (self.from_year or year) <= year <= (self.to_year or year)

    def was_in_force(self, year: int) -> bool:
        """Whether it is a former name whose recorded years hold `year`."""
        return (
            self.kind == self.Kind.FORMER
            and self.from_year is not None
            and self.to_year is not None
            and self.may_be_in_force(year)
        )


DISPLAYED = (
    CityName.Kind.OFFICIAL,
    CityName.Kind.COMMON,
    CityName.Kind.LOCAL,
    CityName.Kind.USED_BY,
    CityName.Kind.VARIANT,
    CityName.Kind.FORMER,
)
"""The kinds of names that pages show, in their order there."""


TODAY = (CityName.Kind.OFFICIAL, CityName.Kind.COMMON, CityName.Kind.LOCAL)
"""The kinds of names that a city bears today, in a language or another."""


@dataclass(frozen=True)
class OneName:
    """A name of a city with its spellings in all languages, in the order in which pages show names.

    They are of one kind (today's count as one), and those that state years state the same
    (`record/rules.py`); at most one bears a note, which tells of the name.
    """

    names: tuple[CityName, ...]

    @property
    def is_in_use(self) -> bool:
        """Whether it is a name of today, for all or for some."""
        return self.names[0].kind in {*TODAY, CityName.Kind.USED_BY}

    @property
    def is_former(self) -> bool:
        return self.names[0].kind == CityName.Kind.FORMER

    @cached_property
    def years(self) -> tuple[int | None, int | None]:
        """The first and the last year that are recorded of it."""
        stated = ((name.from_year, name.to_year) for name in self.names)
        return next((years for years in stated if any(years)), (None, None))

    @property
    def bearer_of_note(self) -> CityName:
        """The spelling whose note, if any has one, is that of the name."""
        return next((name for name in self.names if name.note), self.names[0])

    def spellings(self) -> list[list[CityName]]:
        """Each spelling once, with the languages that share it."""
        shared: dict[str, list[CityName]] = {}
        for name in self.names:
            shared.setdefault(name.name, []).append(name)
        return list(shared.values())


def each_name(names: Iterable[CityName]) -> list[OneName]:
    """The names of cities, given as `displayed`, each with all of its spellings.

    Today's first, then those that some use, variants, and the former ones by their years.
    """
    together: dict[tuple[str, str | int], list[CityName]] = {}
    for name in names:
        together.setdefault((name.city_id, name.spelling_of or name.pk), []).append(name)
    found = (OneName(tuple(spellings)) for spellings in together.values())
    return sorted(found, key=lambda name: [year or 0 for year in name.years] if name.is_former else [-1])


def each_once(names: Iterable[CityName], without: str) -> list[CityName]:
    """The first of `names` in each spelling, none in the spelling `without`."""
    shown: dict[str, CityName] = {}
    for name in names:
        if name.name != without:
            shown.setdefault(name.name, name)
    return list(shown.values())
