"""The search page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from capitals.models import SearchEntry
from capitals.models.searchable import SearchEntryQuerySet
from capitals.pages.fields import NOT_A_CHOICE
from capitals.pages.filtering import ANY, counted
from capitals.pages.paging import paged
from capitals.pages.parameters import readable
from capitals.pages.request import RecordRequest
from capitals.search.answers import CityAskedFor, capitals_asked_for, city_asked_for
from capitals.search.meant import what_was_meant
from capitals.search.nearest import NEAREST, Names
from capitals.search.results import Result
from capitals.words.query import SearchQuery

RESULTS_PER_PAGE = 25
SEARCH_PAGE = "capitals/pages/search.html"

KINDS = {
    SearchEntry.Kind.CITY: _("cities"),
    SearchEntry.Kind.COUNTRY: _("countries"),
    SearchEntry.Kind.YEAR: _("years"),
    SearchEntry.Kind.DESIGNATION: _("titles"),
    SearchEntry.Kind.SERIES: _("series of events"),
    SearchEntry.Kind.EVENT: _("events"),
    SearchEntry.Kind.CENTRE: _("cultural centres"),
    SearchEntry.Kind.DECISION: _("decisions"),
    SearchEntry.Kind.BODY: _("bodies"),
    SearchEntry.Kind.STATEMENT: _("statements about the programme"),
    SearchEntry.Kind.SISTER_TITLE: _("other titles"),
    SearchEntry.Kind.DISPUTE: _("points on which sources differ"),
    SearchEntry.Kind.SOURCE: _("sources"),
}
"""What is found, in words that stand beside a number."""


class SearchForm(forms.Form):
    """What a reader looks for, and of which kind."""

    q = forms.CharField(
        label=_("Search the record"),
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "required": _("Type what you are looking for: a city, a year, a word."),
            "min_length": _("Type at least two letters or digits."),
            "max_length": _(
                "That is %(show_value)d characters; the limit is %(limit_value)d. Please shorten it."
            ),
        },
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", ANY), *KINDS.items()],
        required=False,
        error_messages=NOT_A_CHOICE,
    )

    def clean_q(self) -> str:
        """The words; refused where none is long enough to tell one record from another."""
        typed: str = self.cleaned_data["q"]
        if not any(len(word.text) > 1 for word in SearchQuery.read(typed).words):
            raise forms.ValidationError(_("Type at least one word of two letters or digits."))
        return typed

    def explain(self, numbers: dict[str, int]) -> None:
        """Give the kinds the numbers of what was found."""
        self.fields["kind"].widget.choices = [("", ANY), *counted(KINDS.items(), numbers)]


def search(request: RecordRequest) -> HttpResponse:
    """What answers the query, then all that holds its words in any spelling; else what was meant."""
    form = SearchForm(readable(request.GET) if "q" in request.GET else None)
    if not form.is_valid():
        return render(request, SEARCH_PAGE, {"form": form}, status=400 if form.is_bound else 200)
    typed, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    query, city, matching = looked_for(typed)
    numbers = matching.numbers_by_kind()
    form.explain(numbers)
    found = matching.best_first(query, led_by=city.leading if city else ()).with_places().of_kind(kind)
    count = numbers.get(kind, 0) if kind else sum(numbers.values())
    parameters = QueryDict(mutable=True)
    parameters.update({"q": typed, "kind": kind} if kind else {"q": typed})
    context = {
        "form": form,
        "year": request.today.year,
        "elsewhere": sum(numbers.values()) - count,
        **paged(request, found, RESULTS_PER_PAGE, parameters=parameters, count=count),
    }
    context["results"] = results(context["page"], query, city)
    if not numbers:
        context |= instead_of_results(typed)
    elif context["page"].number == 1 and not kind:
        context["capitals"] = capitals_asked_for(query)
    return render(request, SEARCH_PAGE, context)


def looked_for(typed: str) -> tuple[SearchQuery, CityAskedFor | None, SearchEntryQuerySet]:
    """The query that was typed, the city if it asks for one alone, and the entries that match."""
    query = SearchQuery.read(typed)
    city = city_asked_for(query)
    query = city.query if city else query
    return query, city, SearchEntry.objects.matching(query)


def results(entries: Iterable[SearchEntry], query: SearchQuery, city: CityAskedFor | None) -> list[Result]:
    """What a page shows of each entry; of the city that was asked for its titles too."""
    titles = {city.address: city.titles} if city else {}
    return [Result(entry, query.asked, titles.get(entry.address, ())) for entry in entries]


def instead_of_results(typed: str) -> dict[str, Any]:
    """What a page shows where nothing was found: what is found for the words that were meant.

    Where several may have been, the names that are near; where none is, how much there is of each kind.
    """
    names = Names()
    meant, near = what_was_meant(typed, names)
    if meant:
        query, city, matching = looked_for(meant)
        found = matching.best_first(query, led_by=city.leading if city else ()).with_places()
        return {
            "meant": meant,
            "meant_count": matching.count(),
            "capitals": capitals_asked_for(query),
            "results": results(found[:NEAREST], query, city),
        }
    if near:
        return {"nearest": [Result(each.entry, each.words) for each in near]}
    held = SearchEntry.objects.numbers_by_kind()
    return {"held": [(label, held[kind]) for kind, label in KINDS.items() if kind in held]}
