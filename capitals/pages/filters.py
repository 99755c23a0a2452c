"""The filters of each list."""

from __future__ import annotations

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from capitals.models import (
    Body,
    City,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    Source,
)
from capitals.pages.choices import Choices, Typed, in_order, labelled, list_or_typed
from capitals.pages.filtering import (
    ClosedChoiceFilter,
    RecordFilterSet,
    SortFilter,
    YearFilter,
    YearsFilter,
)
from capitals.search.spellings import city_called
from capitals.words.folding import fold
from capitals.words.languages import language_name


def country_choices() -> Choices:
    return labelled(Country.objects.by_name().values_list("code", "name", "name_ru"))


def city_choices() -> Choices | Typed:
    cities = City.objects.by_name().values_list("slug", "name", "name_ru")
    return list_or_typed(cities, "slug", city_spelt)


def country_called(spelling: str) -> Country | None:
    """The one country with that code, or called so in English, Russian, its own language or by readers."""
    folded = fold(spelling)
    found = []
    for country in Country.objects.all() if folded else ():
        names = (country.slug, country.code, country.name, country.name_ru, country.name_local)
        if folded in map(fold, (*names, *country.also_typed())):
            found.append(country)
    return found[0] if len(found) == 1 else None


def country_spelt(spelling: str) -> str | None:
    """The code of the country that is called so."""
    country = country_called(spelling)
    return country.code if country else None


def city_spelt(spelling: str) -> str | None:
    """The key of the city that has a name spelt so, as in `/cities/<any spelling>/`."""
    city = city_called(spelling)
    return city.pk if city else None


def body_choices() -> Choices | Typed:
    bodies = Body.objects.that_decided().by_name().values_list("slug", "name", "name_ru")
    return list_or_typed(bodies, "slug", body_spelt)


def body_spelt(spelling: str) -> str | None:
    """The key of the one body with that name."""
    found = Body.objects.that_decided().called_in_either_language(spelling)[:2]
    return found[0].pk if len(found) == 1 else None


def outlet_choices() -> Choices | Typed:
    """The outlets by their names in the page's language; the value is the English one on every page."""
    names = Source.objects.order_by().values_list("outlet", "outlet", "outlet_ru").distinct()
    found = list_or_typed(names, "outlet", outlet_spelt)
    return found if isinstance(found, Typed) else in_order(found)


def outlet_spelt(spelling: str) -> str | None:
    """The one outlet with that name in either language."""
    named = Q(outlet__iexact=spelling) | Q(outlet_ru__iexact=spelling)
    found = Source.objects.filter(named).order_by().values_list("outlet", flat=True).distinct()[:2]
    return found[0] if len(found) == 1 else None


def language_choices() -> Choices:
    codes = Source.objects.order_by().values_list("language", flat=True).distinct()
    return in_order((code, capfirst(language_name(code))) for code in codes)


class DesignationFilterSet(RecordFilterSet):
    """Capitals by country and years."""

    NUMBER = ngettext_lazy("%(counter)s title", "%(counter)s titles", "counter")

    country = ClosedChoiceFilter(
        _("Country"),
        country_choices,
        path="city__country__code",
        spellings=country_spelt,
        shortcut=_("By country"),
    )
    year = YearsFilter()
    sort = SortFilter("newest", "oldest", "city", "country")

    class Meta:
        model = Designation
        fields: tuple[str, ...] = ()


class EventSelectionFilterSet(RecordFilterSet):
    """Events by country, years, kind, city and scope; whoever takes them sorts them."""

    NUMBER = ngettext_lazy("%(counter)s event", "%(counter)s events", "counter")
    SCOPES = (
        ("programme", _("a capital’s year")),
        ("series", _("a recurring event")),
        ("other", _("neither")),
    )

    country = ClosedChoiceFilter(
        _("Country"),
        country_choices,
        question="in_country",
        numbers="numbers_by_country",
        spellings=country_spelt,
        shortcut=_("By country"),
    )
    year = YearsFilter()
    kind = ClosedChoiceFilter(_("Kind"), Event.Kind.choices, path="kind", shortcut=_("By kind"))
    city = ClosedChoiceFilter(
        _("City"), city_choices, question="in_city", numbers="numbers_by_city", spellings=city_spelt
    )
    scope = ClosedChoiceFilter(_("Part of"), SCOPES, question="in_scope", numbers="numbers_by_scope")

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()


class EventFilterSet(EventSelectionFilterSet):
    """Events by the same filters, in the order that a reader wants."""

    sort = SortFilter("newest", "oldest", "city", "country")


class CulturalCentreFilterSet(RecordFilterSet):
    """Centres by host, operating country and year."""

    NUMBER = ngettext_lazy("%(counter)s centre", "%(counter)s centres", "counter")

    country = ClosedChoiceFilter(
        _("Host country"),
        country_choices,
        path="host_country__code",
        spellings=country_spelt,
        shortcut=_("By host country"),
    )
    operator = ClosedChoiceFilter(
        _("Whose centre"),
        country_choices,
        path="operating_country__code",
        spellings=country_spelt,
        shortcut=_("Whose centres"),
    )
    year = YearFilter(_("Established in"), "established_in")
    sort = SortFilter("country", "city", "newest", "oldest")

    class Meta:
        model = CulturalCentre
        fields: tuple[str, ...] = ()


class DecisionFilterSet(RecordFilterSet):
    """Decisions by body and year."""

    NUMBER = ngettext_lazy("%(counter)s decision", "%(counter)s decisions", "counter")

    body = ClosedChoiceFilter(_("Body"), body_choices, path="body")
    year = YearFilter(_("Year"), "taken_in")
    sort = SortFilter("newest", "oldest")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()


class SourceFilterSet(RecordFilterSet):
    """Sources by outlet, language and year."""

    NUMBER = ngettext_lazy("%(counter)s source", "%(counter)s sources", "counter")

    outlet = ClosedChoiceFilter(_("Outlet"), outlet_choices, path="outlet")
    language = ClosedChoiceFilter(_("Language"), language_choices, path="language")
    year = YearFilter(_("Year"), "published_in")
    sort = SortFilter("newest", "oldest")

    class Meta:
        model = Source
        fields: tuple[str, ...] = ()


FILTERSETS: dict[str, type[RecordFilterSet]] = {
    "capitals": DesignationFilterSet,
    "events": EventFilterSet,
    "centres": CulturalCentreFilterSet,
    "decisions": DecisionFilterSet,
    "sources": SourceFilterSet,
}
"""The filters of each list that has some, by the name of its table."""
