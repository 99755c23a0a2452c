"""Countries and cities."""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from capitals.fields import (
    AsciiField,
    FoldedField,
    LanguageField,
    PartialDateField,
    PermanentKeyField,
    RussianOrderField,
    TogetherField,
)
from capitals.models.addresses import address_of
from capitals.models.cited import Cited, NamedQuerySet, SpeltQuerySet
from capitals.models.constraints import language_rule
from capitals.models.disputes import Disputable
from capitals.models.names import CityName, CityNameQuerySet, OneName, each_name, each_once
from capitals.models.queries import name_order
from capitals.words.languages import ENGLISH, RUSSIAN
from capitals.words.texts import Text


class CountryQuerySet(NamedQuerySet["Country"]):
    def with_counts(self) -> Self:
        """With the numbers of centres hosted and run abroad."""
        return self.annotate(
            hosted_count=self._number_of("centres_hosted"),
            abroad_count=self._number_of("centres_abroad"),
        )

    def _number_of(self, path: str) -> Subquery:
        """How many records the `path` from a country leads to.

        A subquery for each number: several joins in one query would multiply their rows.
        """
        counted = Country.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Subquery(counted.annotate(number=Count(path)).values("number"))


class Country(Cited):
    """A state of the CIS area, or one that hosts or takes part."""

    class Standing(models.TextChoices):
        """A plain member ratified the founding agreement and the Charter, and no later step is recorded."""

        MEMBER = "member", _("member of the CIS")
        RELATED = "related", _("other ties to the CIS")
        OUTSIDE = "outside", _("outside the CIS; hosts or takes part")

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
    other_spellings = models.CharField(
        max_length=300,
        blank=True,
        help_text="What readers also type for it, with commas between; for search and filters, never shown.",
    )
    state_languages = AsciiField(
        max_length=60,
        blank=True,
        help_text="BCP 47 codes with spaces between them; official names are in one of them.",
    )
    standing = models.CharField(
        max_length=20,
        choices=Standing,
        default=Standing.OUTSIDE,
        help_text="What it is to the CIS; what is not plain membership is told in its relation.",
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

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("countries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(relation="") | Q(relation_as_of__isnull=False),
                name="country_relation_is_dated",
                violation_error_message="A relation to the CIS needs the date as of which it holds.",
            ),
            models.CheckConstraint(
                condition=Q(~Q(relation=""), standing="related") | Q(~Q(standing="related"), relation=""),
                name="country_relation_is_told",
                violation_error_message="A state is “related” where its relation to the CIS is told.",
            ),
            language_rule("name_local", "local_language", "country_local_name_has_language"),
        ]

    def also_typed(self) -> list[str]:
        """What readers type for it beside its names; no page shows these."""
        return [spelling.strip() for spelling in self.other_spellings.split(",") if spelling.strip()]

    def other_names(self, language: str) -> list[Text]:
        """Its name in its own language and in the other of the site's than `language`.

        Without the one that heads the page in `language`, and each spelling once.
        """
        names = {self.called(language).words: ""}
        names.setdefault(self.name_local, self.local_language)
        other = (self.name_ru, RUSSIAN) if language == ENGLISH else (self.name, ENGLISH)
        names.setdefault(*other)
        return [Text(name, spoken) for name, spoken in names.items() if name and spoken]

    def get_absolute_url(self) -> str:
        return address_of("country", self.slug)


class CityQuerySet(Disputable, SpeltQuerySet["City"]):
    def with_country(self) -> Self:
        return self.select_related("country")

    def with_names(self) -> Self:
        """With the names that pages show."""
        return self.prefetch_related(displayed_names())

    def nearest_to(self, city: City, most: int) -> Self:
        """Those that lie nearest to the `city` as a plane has it, it among them; all have coordinates."""
        latitude, longitude = city.latitude or Decimal(), city.longitude or Decimal()
        # A degree of longitude is that much shorter than one of latitude.
        shorter = Decimal(round(cos(radians(latitude)) ** 2, 4))
        north, east = F("latitude") - Value(latitude), F("longitude") - Value(longitude)
        distance = ExpressionWrapper(
            north * north + east * east * Value(shorter), output_field=models.FloatField()
        )
        shown = ("slug", "name", "name_ru", "latitude", "longitude")
        return self.filter(latitude__isnull=False).only(*shown).order_by(distance, "pk")[:most]

    def by_standing(self) -> Self:
        """Those that hold or held a title before those only named, both before others; by name."""
        titles = City.objects.filter(pk=OuterRef("pk"), designations__isnull=False)
        held = titles.filter(designations__replaced_by__isnull=True)
        standing = Case(When(Exists(held), then=0), When(Exists(titles), then=1), default=2)
        return self.annotate(standing=standing).order_by("standing", name_order(), "pk")

    def with_cited_names(self) -> Self:
        """With the names that pages show, each with its sources."""
        names = CityName.objects.displayed().order_by().with_citations()
        return self.prefetch_related(Prefetch("names", names, to_attr="names_fetched"))

    def known_as(self, spelling: str, names: CityNameQuerySet) -> Self:
        """Those of which `spelling` is the name, or one of `names`."""
        own = names.filter(city=OuterRef("pk"))
        return self.spelt(spelling) | self.filter(Exists(own.spelt(spelling)))


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
    wikidata = AsciiField(
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*\Z", "An item of Wikidata is a Q and a number: Q1234.")],
        help_text="Its item in Wikidata, where a source states it.",
    )
    description = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    folded = FoldedField("name")
    together = TogetherField("name")
    russian_order = RussianOrderField("name_ru", "name")

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("cities")
        indexes: ClassVar = [
            models.Index(fields=["folded", "slug"], name="city_by_name"),
            models.Index(fields=["russian_order", "slug"], name="city_by_russian_name"),
            models.Index(fields=["slug", "country"], name="city_country"),
            models.Index(fields=["together"], name="city_together"),
            models.Index(fields=["latitude", "longitude"], name="city_place"),
        ]
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

    def get_absolute_url(self) -> str:
        return address_of("city", self.slug)

    # The names: none of these asks the database after `with_names()`.

    @cached_property
    def names_fetched(self) -> list[CityName]:
        """The same in no order; `with_names()` has filled it."""
        return list(self.names.displayed())

    @cached_property
    def displayed_names(self) -> list[CityName]:
        """The names that pages show, in their order there."""
        return sorted(self.names_fetched, key=CityName.place_among_names)

    def native_names(self, language: str) -> list[CityName]:
        """Its official names and its Russian one, each spelling once, without the one that the page uses."""
        native = [name for name in self.displayed_names if name.is_native]
        return each_once(native, self.called(language).words)

    def names_in_use(self) -> list[OneName]:
        """The names that it bears today, then those that some use for it."""
        return [name for name in each_name(self.displayed_names) if name.is_in_use]

    def other_names(self) -> list[OneName]:
        """Its variant names, then the former ones by their years."""
        return [name for name in each_name(self.displayed_names) if not name.is_in_use]

    def native_names_in(self, year: int, language: str) -> list[CityName]:
        """As `native_names`, but those that were in force in `year`."""
        languages = {name.language for name in self.displayed_names if name.is_native}
        then = [
            name
            for name in self.displayed_names
            if (name.is_native and name.may_be_in_force(year))
            or (name.was_in_force(year) and name.language in languages)
        ]
        return each_once(then, self.called_in(year, language).words)

    def called_in(self, year: int, language: str) -> Text:
        """Its name in `language` in force in `year`: a former one whose years hold it, else today's."""
        former = (name.name for name in self._names_in(language) if name.was_in_force(year))
        then = next(former, "")
        return Text(then, language) if then else self.called(language)

    def names_since(self, year: int, language: str) -> list[CityName]:
        """The former names in `language` that began after `year`, the earlier first."""
        today = self.called(language).words
        later = [
            (name.from_year, name.name, name)
            for name in self._names_in(language)
            if name.kind == CityName.Kind.FORMER and name.name != today
            if name.from_year is not None and name.from_year > year
        ]
        return [name for *_order, name in sorted(later, key=lambda found: found[:2])]

    def _names_in(self, language: str) -> list[CityName]:
        return [name for name in self.displayed_names if name.language == language]


def displayed_names(path: str = "names") -> Prefetch[str]:
    """The names that lists show of a city, for its `displayed_names` to sort."""
    shown = ("city", "name", "language", "kind", "from_year", "to_year", "folded")
    return Prefetch(path, CityName.objects.displayed().order_by().only(*shown), to_attr="names_fetched")
