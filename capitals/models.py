"""The record: capitals, cities, decisions, events and centres, each fact with its sources.

The record is rebuilt whole at every load, and its addresses are permanent: the slug of
everything that has an address is its primary key.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capitals import querysets
from capitals.fields import (
    AsciiField,
    FoldedField,
    PartialDateField,
    PermanentKeyField,
    RussianOrderField,
)
from capitals.languages import ENGLISH, RUSSIAN, EnglishText, address_in, page_language
from capitals.partial_date import PartialDate

FIRST_YEAR, LAST_YEAR = 1991, 2100
"""The years that the site accepts: from the founding of the CIS on."""

LANGUAGE_VALIDATOR = RegexValidator(
    r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z", "A language is a BCP 47 code such as az or be-tarask."
)


def year_rule(field: str, name: str) -> models.CheckConstraint:
    """The named constraint that `field` lies in the years that the site accepts."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": FIRST_YEAR, f"{field}__lte": LAST_YEAR}),
        name=name,
        violation_error_message="The year must lie between 1991 and 2100.",
    )


def language_rule(text: str, language: str, name: str) -> models.CheckConstraint:
    """The named constraint that `text`, where there is one, comes with its `language`."""
    return models.CheckConstraint(
        condition=Q(**{text: ""}) | ~Q(**{language: ""}),
        name=name,
        violation_error_message="A text in the original needs its language.",
    )


class LanguageField(AsciiField):
    """A BCP 47 code, for the `lang` of what stands beside it."""

    default_validators = [LANGUAGE_VALIDATOR]  # noqa: RUF012 - declared as Django declares it

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, **options})


class Shown:
    """A record's texts in the language of the page: `event.shown.title`."""

    def __init__(self, record: InTwoLanguages) -> None:
        self._record = record

    def __getattr__(self, field: str) -> str:
        text: str = getattr(self._record, field)
        if page_language() == ENGLISH:
            return text
        own = self._record.in_russian(field)
        if own or not text or field in self._record.NAMES_KEPT:
            return own or text
        return EnglishText(text)


class InTwoLanguages(models.Model):
    """What has texts in English and, in fields with `_ru` at the end, the same in Russian.

    Pages read `shown`, which falls back to the English text, marked as such, where there is
    no Russian one; `load --report` counts those.
    """

    NAMES_KEPT: ClassVar[tuple[str, ...]] = ()
    """Names that stand as they are where they have no Russian form: nothing is missing then."""

    class Meta:
        abstract = True

    @property
    def shown(self) -> Shown:
        return Shown(self)

    @classmethod
    def texts(cls) -> list[str]:
        """The names of the fields that have a Russian twin."""
        names = {field.name for field in cls._meta.get_fields()}
        return sorted(name for name in names if f"{name}_ru" in names)

    def in_russian(self, field: str) -> str:
        """The Russian twin of the text `field`; empty where there is none."""
        return getattr(self, f"{field}_ru")

    def lacks_in_russian(self) -> list[str]:
        """The texts that it has in English alone."""
        return [
            field
            for field in self.texts()
            if field not in self.NAMES_KEPT and getattr(self, field) and not self.in_russian(field)
        ]


class WithOriginal(InTwoLanguages):
    """What a source may call by a name in its own language, kept beside ours.

    A Russian one heads the Russian page, unless it needs our words to be understood.
    """

    ORIGINAL: ClassVar[tuple[str, str]]
    """The field with our name, and the one with the source's."""

    class Meta:
        abstract = True

    def _original(self) -> str:
        return getattr(self, self.ORIGINAL[1])

    def in_russian(self, field: str) -> str:
        own = super().in_russian(field)
        russian = field == self.ORIGINAL[0] and self.original_language == RUSSIAN  # type: ignore[attr-defined]
        return own or (self._original() if russian else "")

    @property
    def heading_is_ours(self) -> bool:
        """Whether the page's heading is our Russian translation, no source's own words."""
        return page_language() == RUSSIAN and bool(super().in_russian(self.ORIGINAL[0]))

    def original_beside(self) -> str:
        """The source's name, to stand beside the heading; nothing where it is the heading."""
        original = self._original()
        return "" if original == getattr(self.shown, self.ORIGINAL[0]) else original


class Source(InTwoLanguages):
    """An article or a document that states something that the record holds."""

    NAMES_KEPT = ("outlet", "via", "author")

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        OFFICIAL = "official", _("official page")
        DECISION = "decision", _("decision or legal text")
        ACADEMIC = "academic", _("academic work")
        ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
        DATA = "data", _("data set")
        OTHER = "other", _("other")

    class ReadAs(models.TextChoices):
        FULL = "full", _("read in full")
        EXCERPT = "excerpt", _("read as an excerpt")
        COPY = "copy", _("read as a copy elsewhere")

    slug = PermanentKeyField(help_text="Outlet, date and subject: azernews-2025-06-04-lachin.")
    outlet = models.CharField(max_length=200, help_text="Who published it, one spelling for each outlet.")
    outlet_ru = models.CharField(max_length=200, blank=True)
    via = models.CharField(
        max_length=200,
        blank=True,
        help_text="The agency that it relays; two relays of one agency are not independent.",
    )
    via_ru = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    author_ru = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400, help_text="In its own language, or ours if it has none.")
    title_ru = models.CharField(
        max_length=400, blank=True, help_text="Where the title is our description; articles keep theirs."
    )
    title_given = models.BooleanField(
        default=True, help_text="False when the title is our description; it is then shown in brackets."
    )
    date = PartialDateField(help_text="When it was published.")
    language = LanguageField()
    kind = models.CharField(max_length=20, choices=Kind)
    address = models.URLField(max_length=600, blank=True)
    archive_address = models.URLField(max_length=600, blank=True)
    read_as = models.CharField(max_length=20, choices=ReadAs)
    weakness = models.CharField(max_length=500, blank=True, help_text="Why to trust it less, if so.")
    weakness_ru = models.CharField(max_length=500, blank=True)
    seen_on = PartialDateField(help_text="When we read it.")
    establishes = models.CharField(max_length=500, help_text="One line: what this source shows.")
    establishes_ru = models.CharField(max_length=500, blank=True)
    founding = models.BooleanField(
        default=False, help_text="One of the two articles that the project grew from."
    )

    objects = querysets.SourceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(address=""),
                name="source_address_unique",
                violation_error_message="Another source has this address: one source, one address.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown.outlet}: {self.own_title}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    def in_russian(self, field: str) -> str:
        """The Russian twin; the title of an article stands for itself, in its own language."""
        return self.title if field == "title" and self.title_given else super().in_russian(field)

    @property
    def own_title(self) -> str:
        """Its title, or our description of it in brackets."""
        return self.title if self.title_given else f"[{self.shown.title}]"

    @property
    def voice(self) -> str:
        """Who speaks: the agency that it relays, else the outlet itself."""
        return self.via or self.outlet

    def resting(self) -> list[tuple[str, models.QuerySet]]:
        """The records that cite it, by the name of their kind; kinds without any left out."""
        pages = {
            "cityname": ["city"],
            "designation": ["city"],
            "disputeversion": [f"dispute__{subject}" for subject in SUBJECTS],
            "sistertitleholding": ["city", "title"],
        }
        found = []
        for model in Cited.__subclasses__():
            name = str(model._meta.model_name)
            records = getattr(self, f"{name}_records").order_by("pk").select_related(*pages.get(name, ()))
            if records:
                found.append((str(model._meta.verbose_name_plural), records))
        return found


class Cited(InTwoLanguages):
    """Whatever states facts: every subclass names at least one source.

    The loader refuses a record without one (`capitals/rules.py`); the one exception, a
    spelling that is never displayed, is named there.
    """

    sources = models.ManyToManyField(Source, related_name="%(class)s_records", blank=True)

    class Meta:
        abstract = True


class Country(Cited):
    """A state of the CIS area, or one that hosts or takes part."""

    slug = PermanentKeyField()
    code = AsciiField(
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", "A country code is two capital letters, as in ISO 3166.")],
        help_text="ISO 3166-1 alpha-2; the value of the country filters.",
    )
    name = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100, blank=True)
    name_local = models.CharField(max_length=100, blank=True)
    local_language = LanguageField(blank=True, help_text="The language of the local name.")
    state_languages = AsciiField(
        max_length=60,
        blank=True,
        help_text="BCP 47 codes with spaces between them; official names are in one of them.",
    )
    relation = models.CharField(
        max_length=400,
        blank=True,
        help_text="Its relation to the CIS where that is not plain membership, in one sentence.",
    )
    relation_ru = models.CharField(max_length=400, blank=True)
    relation_as_of = PartialDateField()
    folded = FoldedField("name", "name_ru", "name_local")
    russian_order = RussianOrderField("name_ru", "name")

    objects = querysets.CountryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("countries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(relation="") | Q(relation_as_of__isnull=False),
                name="country_relation_is_dated",
                violation_error_message="A relation to the CIS needs the date as of which it holds.",
            ),
            language_rule("name_local", "local_language", "country_local_name_has_language"),
        ]

    def __str__(self) -> str:
        return self.shown.name

    def other_names(self) -> list[tuple[str, str]]:
        """Its name in its own language and in the other of the site's, each with its language.

        Without the one that heads the page, and each spelling once.
        """
        names = {str(self.shown.name): ""}
        names.setdefault(self.name_local, self.local_language)
        other = (self.name_ru, RUSSIAN) if page_language() == ENGLISH else (self.name, ENGLISH)
        names.setdefault(*other)
        return [(name, language) for name, language in names.items() if name and language]

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.slug])


class City(Cited):
    """A place that held a title, hosted an event or houses a centre."""

    slug = PermanentKeyField()
    country = models.ForeignKey(Country, models.PROTECT, related_name="cities")
    name = models.CharField(max_length=100, help_text="The English name that the site uses.")
    name_ru = models.CharField(
        max_length=100, blank=True, help_text="The Russian name that the site uses; one of its names."
    )
    region = models.CharField(
        max_length=200, blank=True, help_text="District or region, as its state names it."
    )
    region_ru = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, WGS 84, from GeoNames.",
    )
    longitude = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, WGS 84, from GeoNames.",
    )
    geonames = models.PositiveIntegerField(null=True, blank=True, help_text="Its number in GeoNames.")
    description = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    folded = FoldedField("name")
    russian_order = RussianOrderField("name_ru", "name")

    objects = querysets.CityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("cities")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="city_coordinates_both_or_none",
                violation_error_message="Give both coordinates or neither.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="city_coordinates_on_earth",
                violation_error_message="Latitude runs from -90 to 90, longitude from -180 to 180.",
            ),
        ]

    def __str__(self) -> str:
        return self.shown.name

    def get_absolute_url(self) -> str:
        return reverse("city", args=[self.slug])

    def native_names(self) -> list[CityName]:
        """Its official names and its Russian one, each spelling once, without the one that the page uses.

        Asks nothing of the database after `with_names()`.
        """
        return _each_once([name for name in self.names.all() if name.is_native], self.shown.name)

    def native_names_in(self, year: int) -> list[CityName]:
        """As `native_names`, but those that were in force in `year`.

        Asks nothing of the database after `with_names()`.
        """
        languages = {name.language for name in self.names.all() if name.is_native}
        then = [
            name
            for name in self.names.all()
            if (name.is_native and name.may_be_in_force(year))
            or (name.was_in_force(year) and name.language in languages)
        ]
        return _each_once(then, self.name_in(year))

    def name_in(self, year: int) -> str:
        """The name in the page's language in force in `year`: a former one whose years hold it, else today's.

        Asks nothing of the database after `with_names()`.
        """
        former = (name.name for name in self._names_of_the_page() if name.was_in_force(year))
        return next(former, self.shown.name)

    def names_since(self, year: int) -> list[CityName]:
        """The former names in the page's language that began after `year`, the earlier first.

        Asks nothing of the database after `with_names()`.
        """
        later = [
            name
            for name in self._names_of_the_page()
            if name.kind == CityName.Kind.FORMER
            and name.from_year is not None
            and name.from_year > year
            and name.name != self.shown.name
        ]
        return sorted(later, key=lambda name: (name.from_year, name.name))

    def _names_of_the_page(self) -> list[CityName]:
        return [name for name in self.names.all() if name.language == page_language()]


def _each_once(names: list[CityName], without: str) -> list[CityName]:
    """The first of `names` in each spelling, none in the spelling `without`."""
    shown: dict[str, CityName] = {}
    for name in names:
        if name.name != without:
            shown.setdefault(name.name, name)
    return list(shown.values())


class CityName(Cited):
    """One spelling of a city's name; a name used twice has a row for each span of years."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official name")
        COMMON = "common", _("common name")
        LOCAL = "local", _("local name")
        VARIANT = "variant", _("variant spelling")
        FORMER = "former", _("former name")
        USED_BY = "used_by", _("name used by some")
        SEARCH = "search", _("for search only")

    city = models.ForeignKey(City, models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)
    language = LanguageField()
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        help_text="Official only in a state language of the city's country; search is never displayed.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="Who uses it, and when.")
    note_ru = models.CharField(max_length=300, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    folded = FoldedField("name")

    objects = querysets.CityNameQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("names of cities")
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
                condition=~Q(kind="used_by") | ~Q(note=""),
                name="city_name_used_by_has_note",
                violation_error_message="A name that some use needs a note on who uses it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def get_absolute_url(self) -> str:
        return self.city.get_absolute_url()

    @property
    def is_native(self) -> bool:
        """Whether it is one of today's names that stand beside the English one."""
        return self.kind == self.Kind.OFFICIAL or (self.kind == self.Kind.COMMON and self.language == "ru")

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


class Body(Cited):
    """Who decides, operates or organises."""

    class Kind(models.TextChoices):
        CIS_ORGAN = "cis_organ", _("CIS body")
        MINISTRY = "ministry", _("ministry or state agency")
        GOVERNMENT = "government", _("government or head of state")
        CITY = "city", _("city or regional authority")
        EMBASSY = "embassy", _("embassy")
        INTERNATIONAL = "international", _("international organisation")
        SOCIETY = "society", _("foundation, union or society")

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.ForeignKey(Country, models.PROTECT, related_name="bodies", null=True, blank=True)
    description = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    folded = FoldedField("name", "name_ru")
    russian_order = RussianOrderField("name_ru", "name")

    objects = querysets.BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.shown.name

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.slug])


class Designation(Cited):
    """A city's title for a year.

    Whether it is past, current or to come is not stored: it follows from the year and
    today (UTC).
    """

    slug = PermanentKeyField(help_text="City and year: lachin-2025.")
    city = models.ForeignKey(City, models.PROTECT, related_name="designations")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    summary = models.TextField()
    summary_ru = models.TextField(blank=True)
    events_planned = models.CharField(max_length=200, blank=True, help_text="As sources give it.")
    events_planned_ru = models.CharField(max_length=200, blank=True)
    events_held = models.CharField(max_length=200, blank=True, help_text="As sources give it.")
    events_held_ru = models.CharField(max_length=200, blank=True)
    searched_to = PartialDateField(help_text="The date of the newest pages that our search reached.")
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replaces",
        null=True,
        blank=True,
        help_text="The designation that held the year: this city was named for it, but did not hold it.",
    )

    objects = querysets.DesignationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("designations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "year"],
                name="designation_city_and_year_unique",
                violation_error_message="This city already has a designation for this year.",
            ),
            year_rule("year", "designation_year_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.city.shown.name} {self.year}"

    def get_absolute_url(self) -> str:
        return f"{reverse('city', args=[self.city_id])}#{self.slug}"

    def native_names(self) -> list[CityName]:
        """The city's native names as they stood in the title year."""
        return self.city.native_names_in(self.year)

    def city_name(self) -> str:
        """The city's name as it stood in the title year."""
        return self.city.name_in(self.year)

    def names_since(self) -> list[CityName]:
        """Names that the city has borne, and given up, since the title year."""
        return self.city.names_since(self.year)

    def deciding_step(self) -> Decision | None:
        """The decision that named the city, the last one where several did.

        Asks nothing of the database after `with_decisions()`.
        """
        deciding = [step for step in self.decisions.all() if step.kind == Decision.Kind.DECIDED]
        return deciding[-1] if deciding else None


class Decision(Cited):
    """A step that a body took: one may name several capitals, one capital rest on several."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        RECOMMENDED = "recommended", _("recommended")
        SUPPORTED = "supported", _("supported")
        DRAFTED = "drafted", _("draft approved")
        DECIDED = "decided", _("decided")
        AMENDED = "amended", _("amended")

    slug = PermanentKeyField(help_text="Place and date: moscow-2024-10-08.")
    title = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    date = PartialDateField()
    place = models.CharField(max_length=100, blank=True)
    place_ru = models.CharField(max_length=100, blank=True)
    document = models.CharField(
        max_length=500, blank=True, help_text="The document's name, in its own language."
    )
    document_language = LanguageField(blank=True)
    summary = models.TextField()
    summary_ru = models.TextField(blank=True)
    names = models.ManyToManyField(
        Designation, related_name="decisions", blank=True, help_text="The capitals that it names."
    )

    objects = querysets.DecisionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("decisions")
        constraints: ClassVar = [
            language_rule("document", "document_language", "decision_document_has_language"),
        ]

    def __str__(self) -> str:
        return self.shown.title

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.slug])


class EventSeries(WithOriginal, Cited):
    """A recurring event; none of them is part of the programme."""

    ORIGINAL = ("name", "name_original")

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    name_original = models.CharField(max_length=200, blank=True)
    original_language = LanguageField(blank=True)
    city = models.ForeignKey(City, models.PROTECT, related_name="series", null=True, blank=True)
    founded = PartialDateField()
    frequency = models.CharField(max_length=200, blank=True)
    frequency_ru = models.CharField(max_length=200, blank=True)
    organisers = models.ManyToManyField(Body, related_name="series", blank=True)
    summary = models.TextField()
    summary_ru = models.TextField(blank=True)
    folded = FoldedField("name", "name_original")
    russian_order = RussianOrderField("name_ru", "name")

    objects = querysets.EventSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "series"
        verbose_name_plural = _("series of events")
        constraints: ClassVar = [
            language_rule("name_original", "original_language", "series_original_name_has_language"),
        ]

    def __str__(self) -> str:
        return self.shown.name

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class Event(WithOriginal, Cited):
    """Something that was held, announced or planned."""

    ORIGINAL = ("title", "title_original")

    class Kind(models.TextChoices):
        CEREMONY = "ceremony", _("ceremony")
        CONCERT = "concert", _("concert")
        FESTIVAL = "festival", _("festival")
        FORUM = "forum", _("forum")
        CONFERENCE = "conference", _("conference")
        ROUND_TABLE = "round-table", _("round table")
        EXHIBITION = "exhibition", _("exhibition")
        COMPETITION = "competition", _("competition")
        MEETING = "meeting", _("meeting")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        HELD = "held", _("held")
        ANNOUNCED = "announced", _("announced; no report that it was held")
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    class KnownFrom(models.TextChoices):
        REPORT = "report", _("reported at the time")
        ANNOUNCEMENT = "announcement", _("only announced")
        RETROSPECTIVE = "retrospective", _("known from later accounts")

    slug = PermanentKeyField(help_text="City, year and subject: ganja-2017-opening.")
    title = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    title_original = models.CharField(max_length=300, blank=True)
    original_language = LanguageField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status)
    known_from = models.CharField(max_length=20, choices=KnownFrom)
    start = PartialDateField(help_text="First day, as far as known; of a plan, the planned one.")
    end = PartialDateField(help_text="Last day, where it is not the first.")
    reported_on = PartialDateField(help_text="When it was reported, where its own day is not known.")
    city = models.ForeignKey(City, models.PROTECT, related_name="events", null=True, blank=True)
    other_cities = models.ManyToManyField(City, related_name="shared_events", blank=True)
    online = models.BooleanField(default=False)
    venue = models.CharField(max_length=200, blank=True)
    venue_ru = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=300, blank=True)
    theme_ru = models.CharField(max_length=300, blank=True)
    organisers = models.ManyToManyField(Body, related_name="events", blank=True)
    participating_countries = models.ManyToManyField(Country, related_name="joined_events", blank=True)
    countries_as_stated = models.CharField(
        max_length=200, blank=True, help_text="The source's own words: “seven countries”."
    )
    countries_as_stated_ru = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(EventSeries, models.PROTECT, related_name="editions", null=True, blank=True)
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField()
    summary_ru = models.TextField(blank=True)

    objects = querysets.EventQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=False),
                name="event_end_needs_start",
                violation_error_message="An event with an end needs a start.",
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(series__isnull=False),
                name="event_edition_needs_series",
                violation_error_message="An edition needs the series that it belongs to.",
            ),
            language_rule("title_original", "original_language", "event_original_title_has_language"),
        ]

    def __str__(self) -> str:
        return self.shown.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def part_of(self) -> list[EventDesignation]:
        """The titles that it has a part in, other than being mentioned.

        Asks nothing of the database after `for_cards()`.
        """
        return [link for link in self.titles.all() if link.role != EventDesignation.Role.MENTIONED]


class EventDesignation(models.Model):
    """The part that an event has in a title."""

    class Role(models.TextChoices):
        PROGRAMME = "programme", _("part of the programme")
        OPENING = "opening", _("opening of the year")
        CLOSING = "closing", _("closing of the year")
        OUTGOING = "outgoing", _("title handed over")
        INCOMING = "incoming", _("title received")
        PRESENTED = "presented", _("presented as a coming capital")
        MENTIONED = "mentioned", _("mentioned")

    event = models.ForeignKey(Event, models.CASCADE, related_name="titles")
    designation = models.ForeignKey(Designation, models.PROTECT, related_name="event_links")
    role = models.CharField(max_length=20, choices=Role)
    stated = models.BooleanField(
        default=True, help_text="Whether a source states the link; False when we infer it."
    )

    objects = querysets.EventDesignationQuerySet.as_manager()

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

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
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

    def __str__(self) -> str:
        return self.shown.name


class CulturalCentre(WithOriginal, Cited):
    """A state's cultural centre abroad."""

    ORIGINAL = ("name", "name_original")

    class Kind(models.TextChoices):
        STATE = "state", _("state centre")
        CITY = "city", _("city centre")
        DIASPORA = "diaspora", _("diaspora centre")
        JOINT = "joint", _("joint centre")

    class Status(models.TextChoices):
        OPERATING = "operating", _("operating")
        CLOSED = "closed", _("closed")
        PLANNED = "planned", _("planned")
        UNKNOWN = "unknown", _("not recorded")

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    name_original = models.CharField(max_length=200, blank=True)
    original_language = LanguageField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    operating_country = models.ForeignKey(Country, models.PROTECT, related_name="centres_abroad")
    host_country = models.ForeignKey(Country, models.PROTECT, related_name="centres_hosted")
    host_city = models.ForeignKey(City, models.PROTECT, related_name="centres", null=True, blank=True)
    street_address = models.CharField(max_length=200, blank=True)
    street_address_ru = models.CharField(max_length=200, blank=True)
    established = PartialDateField(help_text="When it was set up on paper.")
    inaugurated = PartialDateField(help_text="When it opened its doors.")
    operator = models.CharField(max_length=300, blank=True)
    operator_ru = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    status_as_of = PartialDateField()
    summary = models.TextField()
    summary_ru = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="What in this record is our own inference.")
    note_ru = models.TextField(blank=True)

    objects = querysets.CulturalCentreQuerySet.as_manager()

    class Meta:
        verbose_name = "cultural centre"
        verbose_name_plural = _("cultural centres")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="unknown") | Q(status_as_of__isnull=False),
                name="centre_status_is_dated",
                violation_error_message="A status needs the date as of which it holds.",
            ),
            language_rule("name_original", "original_language", "centre_original_name_has_language"),
        ]

    def __str__(self) -> str:
        return self.shown.name

    def get_absolute_url(self) -> str:
        return reverse("centre", args=[self.slug])


class ProgrammeStatement(Cited):
    """A statement on the programme's own history and rules, in order."""

    slug = PermanentKeyField()
    position = models.PositiveSmallIntegerField(unique=True)
    heading = models.CharField(max_length=200)
    heading_ru = models.CharField(max_length=200, blank=True)
    date = PartialDateField()
    text = models.TextField()
    text_ru = models.TextField(blank=True)

    objects = querysets.ProgrammeStatementQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("statements on the programme")

    def __str__(self) -> str:
        return self.shown.heading

    def get_absolute_url(self) -> str:
        return f"{reverse('programme')}#{self.slug}"


class SisterTitle(Cited):
    """A title of another programme that is easily taken for this one."""

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=200, blank=True, help_text="The body that gives it, in words.")
    given_by_ru = models.CharField(max_length=200, blank=True)
    summary = models.TextField(help_text="What it is, and what tells it apart.")
    summary_ru = models.TextField(blank=True)
    folded = FoldedField("name", "name_ru")
    russian_order = RussianOrderField("name_ru", "name")

    objects = querysets.SisterTitleQuerySet.as_manager()

    class Meta:
        verbose_name = "sister title"

    def __str__(self) -> str:
        return self.shown.name

    def get_absolute_url(self) -> str:
        return f"{reverse('programme')}#{self.slug}"


class SisterTitleHolding(Cited):
    """A city of the record that held, or is to hold, a sister title in a year."""

    title = models.ForeignKey(SisterTitle, models.CASCADE, related_name="holdings")
    city = models.ForeignKey(City, models.PROTECT, related_name="sister_titles")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    note = models.CharField(max_length=300, blank=True, help_text="Shared, postponed, prolonged ...")
    note_ru = models.CharField(max_length=300, blank=True)

    objects = querysets.SisterTitleHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "holding of a sister title"
        verbose_name_plural = _("holdings of sister titles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title", "city", "year"],
                name="sister_title_city_and_year_unique",
                violation_error_message="This city already holds this title in this year.",
            ),
            year_rule("year", "sister_title_year_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.title.shown.name} {self.year}: {self.city.shown.name}"

    def get_absolute_url(self) -> str:
        return f"{self.city.get_absolute_url()}#other-titles"


SUBJECTS = ("designation", "decision", "event", "city", "centre", "series", "statement")
"""What a dispute can be about: one nullable foreign key each."""


def exactly_one_of(fields: tuple[str, ...]) -> Q:
    """True when one of `fields` is set and no other.

    Written out as alternatives: `Q ^ Q ^ Q` is true for three as well.
    """
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class Dispute(InTwoLanguages):
    """A question on which sources differ, on one record."""

    class Step(models.TextChoices):
        DECISION = "decision", _("the deciding step")
        OPENING = "opening", _("the opening")
        HANDOVER = "handover", _("the handover")
        CLOSING = "closing", _("the closing")

    slug = PermanentKeyField()
    question = models.CharField(max_length=200, help_text="In words that a reader understands.")
    question_ru = models.CharField(max_length=200, blank=True)
    step = models.CharField(
        max_length=20, choices=Step, blank=True, help_text="The step of a title that it concerns, if one."
    )
    assessment = models.TextField(blank=True, help_text="Ours, where the evidence leans.")
    assessment_ru = models.TextField(blank=True)
    designation = models.ForeignKey(
        Designation, models.CASCADE, related_name="disputes", null=True, blank=True
    )
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="disputes", null=True, blank=True)
    event = models.ForeignKey(Event, models.CASCADE, related_name="disputes", null=True, blank=True)
    city = models.ForeignKey(City, models.CASCADE, related_name="disputes", null=True, blank=True)
    centre = models.ForeignKey(CulturalCentre, models.CASCADE, related_name="disputes", null=True, blank=True)
    series = models.ForeignKey(EventSeries, models.CASCADE, related_name="disputes", null=True, blank=True)
    statement = models.ForeignKey(
        ProgrammeStatement, models.CASCADE, related_name="disputes", null=True, blank=True
    )

    objects = querysets.DisputeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=exactly_one_of(SUBJECTS),
                name="dispute_has_one_subject",
                violation_error_message="A dispute is about one record: set one of its subjects.",
            ),
            models.CheckConstraint(
                condition=Q(step="") | Q(designation__isnull=False),
                name="dispute_step_needs_designation",
                violation_error_message="Only a dispute on a designation concerns a step of it.",
            ),
        ]

    def __str__(self) -> str:
        return self.shown.question

    @property
    def subject(self) -> models.Model:
        """The record that it is about."""
        return next(filter(None, (getattr(self, name) for name in SUBJECTS)))

    def get_absolute_url(self) -> str:
        page = self.subject.get_absolute_url()  # type: ignore[attr-defined]
        return f"{page.partition('#')[0]}#{self.slug}"


class DisputeVersion(Cited):
    """One version of what happened, with those who state it."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="versions")
    position = models.PositiveSmallIntegerField()
    claim = models.TextField()
    claim_ru = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = _("versions in disputes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispute", "position"],
                name="dispute_version_position_unique",
                violation_error_message="This dispute already has a version at this position.",
            )
        ]

    def __str__(self) -> str:
        return self.shown.claim

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()


NAMES_AND_PLACES = (Country, City, CityName, Body)
"""What may rest on encyclopedias alone; no fact on the programme may."""


class Correction(InTwoLanguages):
    """An entry of the corrections log."""

    slug = PermanentKeyField()
    date = PartialDateField(null=False, blank=False)
    path = AsciiField(max_length=300, help_text="The page that was corrected.")
    text = models.TextField()
    text_ru = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.slug


class FormerAddress(models.Model):
    """An address that once was: where it went, or that it is gone."""

    path = AsciiField(max_length=300, primary_key=True)
    new_path = AsciiField(max_length=300, blank=True, help_text="Empty when the page is gone.")

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.path


class SearchEntry(InTwoLanguages):
    """What the search finds: one row for each page, and for each part of a page with an anchor.

    A row serves both languages; its address is the English one. Written by the loader
    (`capitals/indexing.py`), never a fixture. On PostgreSQL a trigram index on each of the
    two folded texts serves the search (migration 0004).
    """

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        COUNTRY = "country", _("country")
        YEAR = "year", _("year")
        DESIGNATION = "designation", _("title")
        SERIES = "series", _("recurring event")
        EVENT = "event", _("event")
        CENTRE = "centre", _("cultural centre")
        DECISION = "decision", _("decision")
        BODY = "body", _("body")
        STATEMENT = "statement", _("the programme")
        SISTER_TITLE = "sister-title", _("other title")
        DISPUTE = "dispute", _("where sources differ")
        SOURCE = "source", _("source")

    address = AsciiField(max_length=300, primary_key=True)
    kind = AsciiField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True)
    folded_names = models.TextField(help_text="Each name folded, with and without spaces: | a b | ab |")
    folded_en = models.TextField(
        help_text="The folded names, then all else that is searched in English, folded."
    )
    folded_ru = models.TextField(help_text="The same with the texts in Russian.")
    title = models.CharField(max_length=410)
    title_ru = models.CharField(max_length=410)
    title_language = LanguageField(blank=True, help_text="Of an article, which keeps its own title.")
    spellings = models.JSONField(
        help_text="Name, language, kind, English and Russian note of each name that may be shown."
    )
    text = models.TextField(help_text="What a passage is shown from, one part to a line.")
    text_ru = models.TextField()
    city = models.ForeignKey(City, models.CASCADE, related_name="+", null=True, db_index=False)
    country = models.ForeignKey(Country, models.CASCADE, related_name="+", null=True, db_index=False)
    place = models.CharField(max_length=100, help_text="Where no city of the record stands for it.")
    place_ru = models.CharField(max_length=100)
    start = PartialDateField()
    end = PartialDateField()
    reported_on = PartialDateField()

    objects = querysets.SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.shown.title

    def get_absolute_url(self) -> str:
        return address_in(page_language(), self.address)


class RecordState(models.Model):
    """What stands in the database: written by the loader, one row, never a fixture."""

    version = AsciiField(max_length=64)
    load_number = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    @property
    def loaded_on(self) -> PartialDate:
        """The day of the load (UTC)."""
        return PartialDate(self.loaded_at.year, self.loaded_at.month, self.loaded_at.day)

    def __str__(self) -> str:
        return self.version
