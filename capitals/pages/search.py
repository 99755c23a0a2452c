"""The search page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from capitals.models import SearchEntry
from capitals.pages.fields import NOT_A_CHOICE
from capitals.pages.filtering import ANY, counted, readable
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest
from capitals.search.nearest import nearest
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
    SearchEntry.Kind.STATEMENT: _("statements on the programme"),
    SearchEntry.Kind.SISTER_TITLE: _("other titles"),
    SearchEntry.Kind.DISPUTE: _("questions on which sources differ"),
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
            "required": _("Write what to look for: a city, a year, a word."),
            "min_length": _("Write at least two letters or digits."),
            "max_length": _("Write at most %(limit_value)d letters; these are %(show_value)d."),
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
            raise forms.ValidationError(_("Write at least one word of two letters or digits."))
        return typed

    def explain(self, numbers: dict[str, int]) -> None:
        """Give the kinds the numbers of what was found."""
        self.fields["kind"].widget.choices = [("", ANY), *counted(KINDS.items(), numbers)]


def search(request: RecordRequest) -> HttpResponse:
    """Everything that holds the words of the query in any spelling, the best first; else nearest names."""
    form = SearchForm(readable(request.GET) if "q" in request.GET else None)
    if not form.is_valid():
        return render(request, SEARCH_PAGE, {"form": form}, status=400 if form.is_bound else 200)
    typed, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    query = SearchQuery.read(typed)
    matching = SearchEntry.objects.matching(query)
    numbers = matching.numbers_by_kind()
    form.explain(numbers)
    found = matching.best_first(query).with_places().of_kind(kind)
    count = numbers.get(kind, 0) if kind else sum(numbers.values())
    parameters = QueryDict(mutable=True)
    parameters.update({"q": typed, "kind": kind} if kind else {"q": typed})
    context = {
        "form": form,
        "elsewhere": sum(numbers.values()) - count,
        **paged(request, found, RESULTS_PER_PAGE, parameters=parameters, count=count),
    }
    context["results"] = [Result(entry, query) for entry in context["page"]]
    if not numbers:
        context |= instead_of_results(query)
    return render(request, SEARCH_PAGE, context)


def instead_of_results(query: SearchQuery) -> dict[str, Any]:
    """What a page shows where nothing was found: names that are near, else how much there is of each kind."""
    near = [Result(entry, meant) for entry, meant in nearest(query)]
    if near:
        return {"nearest": near}
    held = SearchEntry.objects.numbers_by_kind()
    return {"held": [(label, held[kind]) for kind, label in KINDS.items() if kind in held]}
